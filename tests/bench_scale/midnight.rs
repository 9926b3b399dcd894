//! A real day that closes while beacons of the next arrive: how long, how much memory, and whether
//! anybody waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use parvis::journal::{APPEND_WAIT_MAX, Drain, Journal, JournalError, Live, Stored};
use parvis::model::{Random, Site, ZoneDay};
use parvis::privacy::{Hit, Salts};
use parvis::publish::Nightly;
use parvis::store::{By, Figures, Question, SqliteStore, StoreError};
use tokio::task::JoinSet;

use crate::audience::Audience;
use crate::show::{self, Goal};

/// Appends under way at once while the day is filled: as many as a batch takes.
const WAITING_MAX: usize = 4_096;

/// Beacons a second of the next day: a hundred times the mean of a million views a day.
const NEXT_DAY_BEACONS: u64 = 2_000;

/// What the next day's beacons met.
#[derive(Default)]
struct NextDay {
    acknowledged: u64,
    refused: u64,
    worst: Duration,
}

/// Fills a day with so many views, drains it, and closes it.
pub fn close(views: u64) -> Result<(), StoreError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Arc::new(SqliteStore::open(&folder.path().join("data"))?);
    let site = show::site(&store)?;
    let audience = Audience::new(1);
    let day = ZoneDay { zone: site.zone.clone(), date: jiff::civil::date(2026, 11, 23) };
    let random: Random = Arc::new(|bytes| bytes.fill(7));
    let salts = Salts::open(folder.path().join("salts"), random, vec![]).expect("a folder");
    let salts = Arc::new(salts);
    let journal_folder = folder.path().join("journal");
    let journal = Journal::open(&journal_folder, store.clone(), Timestamp::now());
    let journal = Arc::new(journal.expect("a journal"));
    let live = Arc::new(Live::default());
    let mut drain =
        Drain::new(journal_folder.clone(), store.clone(), journal.clone(), salts.clone(), live);
    let planned = audience.day(views);
    let hits = planned.len();
    let salt = salts.of(&day.zone, day.start()).expect("a salt");
    let started = day.start().as_second();
    let began = Instant::now();
    let sealed = planned.iter().map(|hit| audience.hit(hit, &site, &salt, started));
    fill(&journal, sealed);
    println!("  {hits} hits in the journal after {:.1} s", began.elapsed().as_secs_f64());
    drop(planned);
    drop(salt);

    drain_evening(&mut drain, &day, hits);
    close_in_the_morning(&mut drain, &journal, &salts, &site, &day);
    check(&store, &site, &day, views)?;
    journal.stop();
    release(&store, "the day is released, s", day.end() + SignedDuration::from_mins(10));
    // The days after it are of nobody.
    release(&store, "its month is released, s", day.end() + SignedDuration::from_hours(24 * 10));
    Ok(())
}

/// Releases what is due at this moment.
fn release(store: &SqliteStore, what: &str, now: Timestamp) {
    show::forget_peak();
    let resident_before = show::resident_mb();
    let nightly = Nightly { store, now, is_open: &|_| false, is_stopped: &|| false };
    let began = Instant::now();
    let outcome = nightly.run().expect("the release is made");
    show::line(what, began.elapsed().as_secs_f64(), Goal::None);
    let peak = show::peak_mb().saturating_sub(resident_before);
    println!("  {} releases take {peak} MB more at their peak", outcome.released);
    assert!(outcome.refused.is_empty(), "{:?}", outcome.refused);
}

/// Counts what is in the journal, as the service does all day long.
fn drain_evening(drain: &mut Drain, day: &ZoneDay, hits: usize) {
    let evening = day.end() - SignedDuration::from_secs(1);
    let resident_before = show::resident_mb();
    let (began, core_began) = (Instant::now(), show::core_ms());
    drain.step(evening).expect("the day is drained");
    let drained = began.elapsed();
    let core = (show::core_ms() - core_began) * 1e6 / hits as f64;
    let resident = show::resident_mb().saturating_sub(resident_before);
    let nanoseconds = drained.as_nanos() as u64 / hits as u64;
    show::line("drained, ns a hit", nanoseconds as f64, Goal::AtMost(1e9 / 30_000.0));
    show::line("of that on a core", core, Goal::None);
    println!(
        "  the open day takes {resident} MB, {} bytes a hit",
        resident * 1_000_000 / hits as u64
    );
}

/// Closes the day while beacons of the next one arrive. The goal is for a million views.
fn close_in_the_morning(
    drain: &mut Drain,
    journal: &Arc<Journal>,
    salts: &Arc<Salts>,
    site: &Site,
    day: &ZoneDay,
) {
    show::forget_peak();
    let resident_before = show::resident_mb();
    let stop = Arc::new(AtomicBool::new(false));
    let morning = day.end() + SignedDuration::from_secs(61);
    let beacons = {
        let (journal, salts, site) = (journal.clone(), salts.clone(), site.clone());
        let stop = stop.clone();
        std::thread::spawn(move || next_day(&journal, &salts, &site, morning, &stop))
    };
    std::thread::sleep(Duration::from_millis(200));
    let (began, core_began) = (Instant::now(), show::core_ms());
    drain.step(morning).expect("the day closes");
    let closed = began.elapsed();
    let core = (show::core_ms() - core_began) / 1e3;
    let peak = show::peak_mb().saturating_sub(resident_before);
    stop.store(true, Ordering::Relaxed);
    let met = beacons.join().expect("the beacons end");
    show::line("closed, s", closed.as_secs_f64(), Goal::AtMost(10.0));
    show::line("of that on a core", core, Goal::None);
    println!("  closing takes {peak} MB more at its peak");
    println!(
        "  beacons of the next day meanwhile: {} acknowledged, {} answered 503, the slowest after \
         {:.1} ms",
        met.acknowledged,
        met.refused,
        met.worst.as_secs_f64() * 1e3
    );
}

async fn append(journal: &Journal, hit: Hit) -> Result<Stored, JournalError> {
    journal.append(hit)?.within(APPEND_WAIT_MAX).await
}

/// Appends all hits, many at once.
fn fill(journal: &Arc<Journal>, hits: impl Iterator<Item = Hit>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(async {
        let mut waiting = JoinSet::new();
        for hit in hits {
            let journal = journal.clone();
            waiting.spawn(async move { append(&journal, hit).await });
            if waiting.len() >= WAITING_MAX {
                while let Some(done) = waiting.join_next().await {
                    done.expect("no panic").expect("the hit is written");
                }
            }
        }
        while let Some(done) = waiting.join_next().await {
            done.expect("no panic").expect("the hit is written");
        }
    });
}

/// Appends beacons of the next day at an even rate until it is told to stop.
fn next_day(
    journal: &Journal,
    salts: &Salts,
    site: &Site,
    now: Timestamp,
    stop: &AtomicBool,
) -> NextDay {
    let audience = Audience::new(2);
    let planned = audience.day(NEXT_DAY_BEACONS);
    let salt = salts.of(&site.zone, now).expect("the next day's salt");
    let started = now.as_second();
    let mut met = NextDay::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(async {
        let mut turn = tokio::time::interval(Duration::from_micros(1_000_000 / NEXT_DAY_BEACONS));
        for hit in planned.iter().cycle() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            turn.tick().await;
            let hit = audience.hit(&hit.at(0), site, &salt, started);
            let began = Instant::now();
            match append(journal, hit).await {
                Ok(_) => met.acknowledged += 1,
                Err(_) => met.refused += 1,
            }
            met.worst = met.worst.max(began.elapsed());
        }
    });
    met
}

/// What was acknowledged is counted.
fn check(store: &SqliteStore, site: &Site, day: &ZoneDay, views: u64) -> Result<(), StoreError> {
    let (date, now) = (day.date, Timestamp::MAX);
    let question = Question { site, first: date, last: date, by: By::Nothing, filters: &[], now };
    let lines = store.counts(&question)?.exact(&show::pass());
    let counted = lines.first().map_or(0, |line| line.measures.views);
    assert!(counted >= views, "{views} views were acknowledged, {counted} are counted");
    println!("  {counted} views, {} visitors counted", lines[0].measures.visitors);
    Ok(())
}
