//! The questions that a history is asked, each with the time that its answer may take.

use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use parvis::dimension;
use parvis::store::{By, Figures, Filter, Question, SqliteStore, StoreError, Test};

use crate::show::{self, Goal};

/// Runs of each question after the first.
const RUNS: u32 = 9;

/// Asks everything and prints how long the answers took, the first time and at best.
pub fn show(folder: &Path, first: Date, last: Date, with_goals: bool) -> Result<(), StoreError> {
    let code = |name: &str| dimension::named(name).expect("a dimension of the list").code;
    let only = |name: &str, test, value: &str| Filter {
        dimension: code(name),
        test,
        values: vec![value.to_owned()],
        spellings: Vec::new(),
    };
    let year = last.saturating_sub(364.days()).max(first);
    let month = last.saturating_sub(29.days()).max(first);
    let calendar = last.first_of_month().saturating_sub(12.months()).max(first);
    let month_before = last.first_of_month().saturating_sub(1.day());
    let whole_month = month_before.first_of_month();
    let page = By::Value(code("page"));
    let country = By::Value(code("country"));
    let device = By::Value(code("device"));
    let source = By::Value(code("source"));
    let home = || vec![only("country", Test::Is, "AA")];
    let abroad = || vec![only("country", Test::IsNot, "AA")];
    let rare = || vec![only("country", Test::Is, "AZ")];
    let front = || vec![only("page", Test::Is, &crate::audience::Audience::new(0).pages.texts[0])];
    let within = || vec![only("page", Test::StartsWith, "/section-07/")];
    let contains = || vec![only("page", Test::Contains, "part-3")];
    let questions = [
        ("totals, all months", By::Nothing, first, last, vec![], 10.0),
        ("daily series, all months", By::Day, first, last, vec![], 10.0),
        ("pages, 365 days", page, year, last, vec![], 50.0),
        ("pages, 12 whole months", page, calendar, month_before, vec![], 50.0),
        ("pages, 30 days", page, month, last, vec![], 50.0),
        ("countries, 365 days", country, year, last, vec![], 50.0),
        ("pages of the home country, 30 days", page, month, last, home(), 200.0),
        ("pages of all other countries, 30 days", page, month, last, abroad(), 200.0),
        ("pages of a rare country, 30 days", page, month, last, rare(), 200.0),
        ("countries of the front page, 30 days", country, month, last, front(), 200.0),
        ("countries of a section by prefix, 30 days", country, month, last, within(), 200.0),
        ("devices of paths with a text in them, 30 days", device, month, last, contains(), 200.0),
        ("sources by prefix of page, 30 days", source, month, last, within(), 200.0),
        (
            "sources on tablets, 30 days",
            source,
            month,
            last,
            vec![only("device", Test::Is, "tablet")],
            200.0,
        ),
        ("devices of all sources, 30 days", device, month, last, vec![direct(&code)], 200.0),
        ("days of a page, 365 days", By::Day, year, last, front(), 0.0),
        ("pages of the home country, one month", page, whole_month, month_before, home(), 200.0),
        ("pages of the home country, 365 days", page, year, last, home(), 0.0),
        ("days of the home country's pages, 365 days", By::Day, year, last, both(&code), 0.0),
    ];
    println!("  {:<54}{:>10}{:>10}{:>10}", "", "core, ms", "least, ms", "first, ms");
    for (name, by, first, last, filters, goal) in questions {
        let goal = if with_goals && goal > 0.0 { Goal::AtMost(goal) } else { Goal::None };
        ask(folder, name, (by, first, last, filters), goal)?;
    }
    Ok(())
}

fn direct(code: &impl Fn(&str) -> u8) -> Filter {
    Filter {
        dimension: code("source"),
        test: Test::IsNot,
        values: vec![String::new()],
        spellings: Vec::new(),
    }
}

fn both(code: &impl Fn(&str) -> u8) -> Vec<Filter> {
    let filter = |name, test, value: &str| Filter {
        dimension: code(name),
        test,
        values: vec![value.to_owned()],
        spellings: Vec::new(),
    };
    vec![filter("country", Test::Is, "AA"), filter("page", Test::StartsWith, "/section-07/")]
}

fn ask(
    folder: &Path,
    name: &str,
    (by, first, last, filters): (By, Date, Date, Vec<Filter>),
    goal: Goal,
) -> Result<(), StoreError> {
    // A store of its own, so that the first answer has neither connection nor statements ready.
    let store = SqliteStore::open(folder)?;
    let site = show::site(&store)?;
    let now = Timestamp::MAX;
    let question = Question { site: &site, first, last, by, filters: &filters, now };
    let mut times = Vec::new();
    let mut on_core = f64::INFINITY;
    let mut lines = 0;
    for _ in 0..=RUNS {
        let core_began = show::core_ms();
        let began = Instant::now();
        let counts = store.counts(&question)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        on_core = on_core.min(show::core_ms() - core_began);
        lines = counts.exact(&show::pass()).len();
    }
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let name = format!("{name} ({lines})");
    show::timed(&name, [on_core, least, times[0]], goal);
    Ok(())
}
