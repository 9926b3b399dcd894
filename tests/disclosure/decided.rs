//! Tables of a few lines, decided by the product's own drafts.

use hashbrown::HashMap;
use jiff::civil::date;
use parvis::dimension;
use parvis::model::{Host, Measures, Period, Zone};
use parvis::privacy::disclosure::drafts::{Drafts, Heads, Labels, Rule, TableId};
use parvis::privacy::disclosure::rounding::Figures;
use parvis::privacy::disclosure::secret::RoundingSecret;
use parvis::privacy::disclosure::threshold::Reach;
use parvis::privacy::{CountLine, Counts, Heading, Published};

/// The threshold of the tables.
pub const THRESHOLD: u64 = 10;

/// A line on its way out.
#[derive(Clone)]
pub struct Row {
    pub label: &'static str,
    pub second: &'static str,
    pub measures: Measures,
    pub networks: u64,
}

impl Row {
    /// So many visitors, each from a network of his own, who read one page once.
    pub fn of_networks(label: &'static str, second: &'static str, networks: u64) -> Self {
        let (views, visitors, visits) = (networks, networks, networks);
        let measures = Measures { views, visitors, visits, ..Measures::default() };
        Self { label, second, measures, networks }
    }
}

/// What is published: figures by the two labels.
pub type Lines = HashMap<(String, String), Figures>;

pub fn day(number: i8) -> Period {
    Period::Day(date(2026, 12, number))
}

pub fn month() -> Period {
    Period::Month(date(2026, 12, 1))
}

/// The lines of one table.
pub fn published(secret: &RoundingSecret, period: Period, codes: (u8, u8), rows: &[Row]) -> Lines {
    let mut drafts = drafts(secret);
    let table = add(&mut drafts, period, codes, rows);
    drafts.decide();
    shown(&mut drafts, table)
}

/// The lines of a breakdown and of one of its crossings, set side by side.
pub fn published_crossing(
    secret: &RoundingSecret,
    codes: (u8, u8),
    rows: &[Row],
    crossed: &[Row],
) -> Lines {
    let mut drafts = drafts(secret);
    let whole = add(&mut drafts, month(), (codes.0, 0), rows);
    let part = add(&mut drafts, month(), codes, crossed);
    let second = dimension::coded(codes.1).expect("a breakdown");
    let to_first = |label: &str, _: &str, found: &mut dyn FnMut(&str, &str)| found(label, "");
    drafts.link(whole, part, (second.relations(), second.has_views(), false), &to_first);
    drafts.decide();
    shown(&mut drafts, part)
}

fn drafts(secret: &RoundingSecret) -> Drafts<'_> {
    Drafts::new(Rule { secret, site: "www.example.fr", threshold: THRESHOLD })
}

fn add(drafts: &mut Drafts<'_>, period: Period, codes: (u8, u8), rows: &[Row]) -> TableId {
    let heading = Heading {
        site: Host::parse("www.example.fr").unwrap(),
        zone: Zone::named("UTC").unwrap(),
        first: period.first(),
        last: period.last(),
        synthetic: true,
        labels_protected: true,
        staff_below_threshold: false,
    };
    let line = |row: &Row| CountLine {
        label: row.label.to_owned(),
        second: row.second.to_owned(),
        measures: row.measures,
        provisional: false,
    };
    let networks: HashMap<(&str, &str), u64> =
        rows.iter().map(|row| ((row.label, row.second), row.networks)).collect();
    let heads = Heads {
        period,
        labels: &|label, second| {
            let both: Labels<'_> = vec![(codes.0, label), (codes.1, second)];
            both.into_iter().filter(|(code, _)| *code != 0).collect()
        },
        reach: &|label, second| {
            let networks = networks.get(&(label, second)).copied().unwrap_or(0);
            Reach { networks, networks_of_a_day: networks }
        },
        may_be_named: &|_, _| true,
        is_crossing: codes.1 != 0,
        drawn_as: None,
        before: None,
    };
    drafts.add(Counts::of_store(heading, rows.iter().map(line).collect()), &heads, false)
}

fn shown(drafts: &mut Drafts<'_>, table: TableId) -> Lines {
    drafts.publish(table, false).as_ref().map(lines_of).unwrap_or_default()
}

/// The lines of a table whose figures are published.
pub fn lines_of(table: &Published) -> Lines {
    let shown = table.lines().filter(|line| !line.is_withheld());
    shown.map(|line| ((line.label.to_owned(), line.second.to_owned()), line.counts())).collect()
}
