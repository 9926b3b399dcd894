//! `make bench`: how large a site's history may grow, and how fast it is read, by questions and as
//! pages; how a day closes.
//!
//! Machines are shared and noisy, so nothing is asserted but that answers are there: each figure is
//! the least of several runs, beside the first one.

mod audience;
mod chance;
mod history;
mod midnight;
mod pages;
mod questions;
mod released;
mod show;
mod size;

use std::path::{Path, PathBuf};
use std::time::Instant;

use history::History;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use parvis::store::{SqliteStore, StoreError};

/// One history: so many views a month, in so many whole months and the present one.
struct Measured {
    views_a_month: u64,
    months: i64,
    templates: u64,
}

impl Measured {
    /// The first day and the last, which is yesterday: pages show the days before today.
    fn days(&self) -> (Date, Date) {
        let last = TimeZone::UTC.to_datetime(Timestamp::now()).date().saturating_sub(1.day());
        (last.first_of_month().saturating_sub(self.months.months()), last)
    }
}

/// The history that the goals are about: 25 whole months and the present one.
const PROMISED: Measured = Measured { views_a_month: 10_000_000, months: 25, templates: 4 };

/// A tenth and ten times as much, when asked for by `others`. Of the large one only three months:
/// it takes long to make.
const OTHERS: [Measured; 2] = [
    Measured { views_a_month: 1_000_000, months: 25, templates: 4 },
    Measured { views_a_month: 100_000_000, months: 2, templates: 1 },
];

/// Views of the day that closes.
const CLOSING_VIEWS: u64 = 1_000_000;

fn main() -> Result<(), StoreError> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    // A smoke run of the bench's own code, on machines that have no time for more.
    let part = if std::env::var_os("PARVIS_BENCH_SHORT").is_some() { 100 } else { 1 };
    let is_named = |name: &str| asked.iter().any(|word| word == name);
    let is_asked = |name: &str| asked.is_empty() || is_named(name);
    if is_asked("close") {
        println!("\nA day of {} views closes:", CLOSING_VIEWS / part);
        midnight::close(CLOSING_VIEWS / part)?;
    }
    if is_named("close-10") {
        println!("\nA day of {} views closes:", 10 * CLOSING_VIEWS / part);
        midnight::close(10 * CLOSING_VIEWS / part)?;
    }
    if is_asked("promised") {
        measure(&PROMISED, part, true)?;
    }
    for other in &OTHERS {
        if ["others", &other.views_a_month.to_string()].into_iter().any(is_named) {
            measure(other, part, false)?;
        }
    }
    Ok(())
}

fn measure(measured: &Measured, part: u64, with_goals: bool) -> Result<(), StoreError> {
    let views = measured.views_a_month / part;
    let (first, last) = measured.days();
    println!("\n{views} views a month on {} paths, {first} to {last}:", audience::PAGES);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = kept(views).unwrap_or_else(|| temporary.path().join("data"));
    prepare(&folder, measured, views)?;
    let days = size::show(&folder, with_goals);
    questions::show(&folder, first, last, with_goals)?;
    if with_goals {
        let began = Instant::now();
        let store = SqliteStore::open(&folder)?;
        let made = released::release(&store, &show::site(&store)?, (first, last))?;
        println!("  {made} months and years released in {:.0} s", began.elapsed().as_secs_f64());
        drop(store);
        pages::show(&folder, last, part == 1);
    }
    println!("  {days} days, {:.1} million views", days as f64 * views as f64 / 30.44e6);
    Ok(())
}

/// Where a history is kept from run to run, if that is wanted: making it takes minutes.
fn kept(views: u64) -> Option<PathBuf> {
    let folder = std::env::var_os("PARVIS_BENCH_DATA")?;
    Some(Path::new(&folder).join(views.to_string()))
}

fn prepare(folder: &Path, measured: &Measured, views: u64) -> Result<(), StoreError> {
    if folder.join("store.sqlite").exists() {
        return Ok(());
    }
    let began = Instant::now();
    let store = SqliteStore::open(folder)?;
    let site = show::site(&store)?;
    let history = History::invent(&site, views, measured.templates);
    let invented = began.elapsed().as_secs_f64();
    let (lines, crossed) = history.lines();
    println!(
        "  a working day: {lines} lines and {crossed} crossed lines; invented in {invented:.0} s"
    );
    let began = Instant::now();
    let (first, last) = measured.days();
    history.write(&store, &site, first, last);
    println!("  written and gathered in {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}
