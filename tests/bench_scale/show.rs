//! What is printed, and the little that all parts share: the site, the staff's pass, memory.

use jiff::Timestamp;
use parvis::model::{Host, Profile, Site, SiteRules, Zone};
use parvis::privacy::StaffPass;
use parvis::store::{NewSite, Sites, SqliteStore, StoreError};

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    None,
}

/// Prints one figure with its goal.
pub fn line(name: &str, figure: f64, goal: Goal) {
    match goal {
        Goal::AtMost(goal) => {
            let verdict = if figure <= goal { "met" } else { "MISSED" };
            println!("  {name:<58}{figure:>12.2}  goal {goal:>9.0}  {verdict}");
        }
        Goal::None => println!("  {name:<58}{figure:>12.2}"),
    }
}

/// The site of a store, made if it is not there.
pub fn site(store: &SqliteStore) -> Result<Site, StoreError> {
    if store.sites()?.is_empty() {
        let site = NewSite {
            host: Host::parse("www.example.fr").expect("a host"),
            aliases: vec![],
            zone: Zone::named("UTC")?,
            query_kept: vec![],
            rules: SiteRules { profile: Profile::Extended, ..SiteRules::default() },
            organisation: None,
            synthetic: true,
        };
        store.add_site(&site, Timestamp::UNIX_EPOCH)?;
    }
    Ok(store.sites()?.remove(0))
}

/// Staff, to read exact figures.
pub fn pass() -> StaffPass {
    StaffPass::signed_in("bench".to_owned())
}

/// Memory of this process that is in use, in MB.
pub fn resident_mb() -> u64 {
    of_status("VmRSS:")
}

/// The most memory that was in use since [`forget_peak`], in MB.
pub fn peak_mb() -> u64 {
    of_status("VmHWM:")
}

/// Counts the peak from now on.
pub fn forget_peak() {
    // The kernel's documentation, proc(5): 5 sets the peak to what is in use now.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// How long a process has been on a core, in the kernel's ticks, mostly hundredths of a second.
pub fn core_ticks(process: u32) -> u64 {
    // The kernel's documentation, proc(5): the fourteenth field, after a name in parentheses.
    let said = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = said.rsplit(") ").next().unwrap_or_default();
    after.split(' ').nth(11).and_then(|ticks| ticks.parse().ok()).unwrap_or(0)
}

/// How long this thread has been on a core, in milliseconds: on a shared machine it says what a
/// machine of one's own would need.
pub fn core_ms() -> f64 {
    // The kernel brings the figure up to date when the thread lets others go first.
    std::thread::yield_now();
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = said.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}

fn of_status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.unwrap_or(0) * 1_024 / 1_000_000
}

/// Prints the times of a question with its goal, in milliseconds: the least on a core, the least
/// and the first by the clock. The goal is for the clock.
pub fn timed(name: &str, [core, least, first]: [f64; 3], goal: Goal) {
    let verdict = match goal {
        Goal::AtMost(goal) if least <= goal => format!("  goal {goal:>4.0}  met"),
        Goal::AtMost(goal) => format!("  goal {goal:>4.0}  MISSED"),
        Goal::None => String::new(),
    };
    println!("  {name:<54}{core:>10.2}{least:>10.2}{first:>10.2}{verdict}");
}
