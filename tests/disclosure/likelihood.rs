//! Maximum likelihood over every estimate of one cell: its own figure, that it is published at all,
//! the sums of the breakdowns and crossings that divide it, and those of its days. The attacker
//! knows the rule and has tried it himself, with secrets of his own.

use hashbrown::HashMap;
use jiff::civil::date;
use parvis::model::Period;
use parvis::privacy::disclosure::audit::{Entry, LinkedSum, LinkedTables, Record, Relation, State};
use parvis::privacy::disclosure::cell::Cell;
use parvis::privacy::disclosure::rounding::{Figures, Rounding};
use parvis::privacy::disclosure::secret::RoundingSecret;
use parvis::privacy::disclosure::threshold::{Demand, Reach, draw};

use crate::chance::Chance;
use crate::decided::THRESHOLD;
use crate::site::secret;

/// Lines below ten times the base are small.
const SMALL: u64 = 100;

/// Lines are of so many visitors at most, as far as the attacker knows.
const MOST: u64 = 130;

/// Fewer networks are never published.
const LEAST: u64 = 5;

/// Breakdowns and crossings that divide a line.
const TABLES: u8 = 6;

/// Cells that are attacked, and how often each count is tried beforehand.
const CELLS: u64 = 8_000;
const TRIALS: u64 = 1_000;

/// What is asked for: at most one in ten. One figure alone names one in ten of large lines, which
/// are shown exactly: that is base ten itself.
const NAMED_MOST: f64 = 0.10;

/// Are parts made to add up to their wholes?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Fitted,
    Independent,
}

/// What the attacker knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Knows {
    /// The rule: what is withheld of a table may be anything.
    Rule,
    /// By which law the invented lines were cut, and so how much is withheld about.
    Law,
}

fn figures(visitors: u64, views: u64) -> Figures {
    [views, visitors, visitors, 0, 0, 0]
}

fn add(tables: &mut LinkedTables, table: usize, state: State, order: u64) -> usize {
    let (is_several, is_settled) = (false, false);
    tables.entries.push(Entry {
        table,
        state,
        order,
        is_several,
        is_settled,
        may_be_nobody: false,
    });
    tables.entries.len() - 1
}

fn new_line(
    tables: &mut LinkedTables,
    table: usize,
    (secret, cell): (&RoundingSecret, &Cell<'_>),
    exact: Figures,
) -> usize {
    let shown = Rounding::of(secret, cell).figures(exact);
    add(tables, table, State::New { exact, shown }, secret.order(cell))
}

fn visitors(tables: &LinkedTables, number: usize) -> u64 {
    match tables.entries[number].state {
        State::New { shown, .. } | State::Frozen(shown) => shown[1],
        State::Withheld => 0,
    }
}

/// Cuts visitors into parts: a first of any size, a second of any size of the rest, and so on.
fn parts_of(visitors: u64, chance: &mut Chance) -> Vec<u64> {
    let mut left = visitors;
    let mut parts = Vec::new();
    while left > 0 {
        let own = if chance.below(4) == 0 { left } else { 1 + chance.below(left) };
        parts.push(own);
        left -= own;
    }
    parts
}

/// What a table says of the line that it divides: its parts, those that show ten, and by how much
/// their sum is more or less, and whether it is complete.
type Said = (usize, usize, i64, bool);

/// Withholds what fails the audit, until nothing does.
fn settle(tables: &mut LinkedTables) {
    loop {
        let failures = tables.audit(&mut Record::default());
        if failures.is_empty() {
            return;
        }
        for failure in failures {
            tables.entries[failure].state = State::Withheld;
            tables.entries[failure].is_several = true;
        }
    }
}

/// What is published of a line of so many visitors: its own figure, and what each of so many
/// tables says.
fn published(
    (rule, knows): (Rule, Knows),
    exact: u64,
    count: u8,
    chance: &mut Chance,
) -> (u64, Vec<Said>) {
    let secret = secret(chance.number());
    let site = "www.example.fr";
    let mut tables = LinkedTables { threshold: THRESHOLD, networks_least: 5, ..Default::default() };
    let views = exact + chance.rare(exact as f64 * 0.8);
    let whole = Cell::new(site, "2026-12", vec![]);
    new_line(&mut tables, 0, (&secret, &whole), figures(exact, views));
    for table in 1..=count {
        let mut left = views - exact;
        let cut = parts_of(exact, chance);
        let mut parts = Vec::new();
        let mut is_complete = true;
        for (place, own) in cut.iter().enumerate() {
            let more = if place + 1 == cut.len() { left } else { chance.below(left + 1) };
            left -= more;
            let text = place.to_string();
            let cell = Cell::new(site, "2026-12", vec![(table, &text)]);
            let exact = figures(*own, own + more);
            if meets(*own, draw(&secret, &cell)) {
                parts.push(new_line(&mut tables, table.into(), (&secret, &cell), exact));
            } else {
                is_complete = false;
            }
        }
        if !is_complete {
            tables.entries.push(Entry {
                table: table.into(),
                state: State::Withheld,
                order: 0,
                is_several: true,
                is_settled: false,
                may_be_nobody: false,
            });
            parts.push(tables.entries.len() - 1);
        }
        let relations = [Relation::Exact; parvis::model::COUNTED];
        tables.sums.push(LinkedSum { whole: 0, parts, relations, has_views: true });
    }
    if rule == Rule::Fitted {
        settle(&mut tables);
    }
    let shown = visitors(&tables, 0);
    let said = tables.sums.iter().map(|sum| {
        let withheld = |part: &&usize| tables.entries[**part].state == State::Withheld;
        let is_complete = !sum.parts.iter().any(|part| withheld(&part));
        let parts: Vec<u64> = sum
            .parts
            .iter()
            .filter(|part| !withheld(part))
            .map(|part| visitors(&tables, *part))
            .collect();
        let tens = parts.iter().filter(|part| **part == 10).count();
        let more = parts.iter().sum::<u64>() as i64 - shown as i64;
        if !is_complete && knows == Knows::Rule {
            return (0, 0, 0, false);
        }
        (parts.len(), tens, more, is_complete)
    });
    (shown, said.collect())
}

/// Is a line of so many visitors, each from a network of his own, published with this draw?
fn meets(exact: u64, drawn: i64) -> bool {
    let demand = Demand::new(THRESHOLD, false, Period::Month(date(2026, 12, 1)));
    demand.is_met(Reach { networks: exact, networks_of_a_day: exact }, drawn)
}

fn is_published(exact: u64, secret: &RoundingSecret) -> bool {
    let cell = Cell::new("www.example.fr", "2026-12", vec![(1, "/page")]);
    meets(exact, draw(secret, &cell))
}

/// What the attacker has found by trying: how likely each figure is for each count, and what a
/// table says then.
struct Tried {
    shown: HashMap<(u64, u64), f64>,
    said: HashMap<(u64, u64, Said), f64>,
}

impl Tried {
    fn new(case: (Rule, Knows), chance: &mut Chance) -> Self {
        let demand = Demand::new(THRESHOLD, false, Period::Month(date(2026, 12, 1)));
        let mut tried = Self { shown: HashMap::new(), said: HashMap::new() };
        for exact in LEAST..=MOST {
            let share = demand.likelihood(exact) / TRIALS as f64;
            for _ in 0..TRIALS {
                let (shown, said) = published(case, exact, 1, chance);
                *tried.shown.entry((exact, shown)).or_default() += share;
                *tried.said.entry((exact, shown, said[0])).or_default() += share;
            }
        }
        tried
    }

    /// The likelihood of what is published, with or without what the tables say.
    fn likelihood(&self, exact: u64, shown: u64, said: &[Said]) -> f64 {
        let Some(own) = self.shown.get(&(exact, shown)) else { return 0.0 };
        let of = |said: &Said| {
            // What was never seen is not impossible.
            self.said.get(&(exact, shown, *said)).copied().unwrap_or(own / (TRIALS * 10) as f64)
        };
        said.iter().fold(*own, |all, said| all * of(said) / own)
    }

    fn named(&self, shown: u64, said: &[Said], chance: &mut Chance) -> u64 {
        let of = |exact: u64| self.likelihood(exact, shown, said);
        let best = (LEAST..=MOST).map(of).fold(0.0, f64::max);
        let all: Vec<u64> = (LEAST..=MOST).filter(|exact| of(*exact) >= best * 0.999_999).collect();
        *chance.one_of(&all)
    }
}

/// The shares of small lines that are named right: from their own figures, from everything.
fn attack(case: (Rule, Knows), seed: u64) -> (f64, f64) {
    let mut chance = Chance(seed);
    let tried = Tried::new(case, &mut chance);
    let (mut small, mut by_own, mut by_all) = (0, 0, 0);
    for number in 0..CELLS {
        let exact = LEAST + chance.below(MOST - LEAST + 1);
        if exact >= SMALL || !is_published(exact, &secret(number)) {
            continue;
        }
        let (shown, said) = published(case, exact, TABLES, &mut chance);
        small += 1;
        by_own += u64::from(tried.named(shown, &[], &mut chance) == exact);
        by_all += u64::from(tried.named(shown, &said, &mut chance) == exact);
    }
    (by_own as f64 / small as f64, by_all as f64 / small as f64)
}

#[test]
fn no_more_than_one_small_line_in_ten_is_named() {
    // Of 6,000 small lines a share of one in ten is measured to 0.4 %: the limit is passed by
    // chance in less than one of a hundred runs.
    let noise = 2.33 * (NAMED_MOST * (1.0 - NAMED_MOST) / (CELLS as f64 * 0.75)).sqrt();
    let (own, all) = attack((Rule::Fitted, Knows::Rule), 1);
    println!("named from the own figure {own:.4}, from everything {all:.4}");
    assert!(all <= NAMED_MOST + noise, "{all:.4}");
    let (own, all) = attack((Rule::Independent, Knows::Rule), 1);
    println!("with independent rounding: {own:.4} and {all:.4}");
    assert!(all > 0.15, "the attack finds nothing in sums that are rounded apart: {all:.4}");
    // Whoever knew by which law the lines were cut would name more of them, under the rule too.
    let (_, all) = attack((Rule::Fitted, Knows::Law), 1);
    println!("knowing how much is withheld about: {all:.4}");
    assert!(all <= 0.15, "{all:.4}");
}

/// What is published of a line by so many days and by their month.
fn published_days(rule: Rule, days: &[u64], chance: &mut Chance) -> (u64, u64) {
    let secret = secret(chance.number());
    let site = "www.example.fr";
    let mut tables = LinkedTables { threshold: THRESHOLD, networks_least: 5, ..Default::default() };
    let exact: u64 = days.iter().sum();
    let whole = Cell::new(site, "2026-12", vec![(1, "/page")]);
    new_line(&mut tables, 0, (&secret, &whole), figures(exact, exact));
    let mut parts = Vec::new();
    for (number, day) in days.iter().enumerate() {
        let period = format!("2026-12-{number}");
        let cell = Cell::new(site, &period, vec![(1, "/page")]);
        let shown = Rounding::of(&secret, &cell).figures(figures(*day, *day));
        parts.push(add(&mut tables, number + 1, State::Frozen(shown), 0));
    }
    let sum = parts.iter().map(|part| visitors(&tables, *part)).sum();
    let relations = [Relation::Exact; parvis::model::COUNTED];
    tables.sums.push(LinkedSum { whole: 0, parts, relations, has_views: true });
    if rule == Rule::Fitted {
        assert!(tables.audit(&mut Record::default()).is_empty());
    }
    (visitors(&tables, 0), sum)
}

/// The shares of lines that are named right from the month's figure, and from its days as well.
fn attack_days(rule: Rule, days: usize) -> (f64, f64) {
    let mut chance = Chance(days as u64);
    let draw_days = |chance: &mut Chance| -> Vec<u64> {
        (0..days).map(|_| 10 + chance.below(SMALL / days as u64)).collect()
    };
    let mut tried: HashMap<(u64, Option<u64>), HashMap<u64, u64>> = HashMap::new();
    for _ in 0..60_000 {
        let exact = draw_days(&mut chance);
        let (shown, sum) = published_days(rule, &exact, &mut chance);
        for key in [(shown, None), (shown, Some(sum))] {
            *tried.entry(key).or_default().entry(exact.iter().sum()).or_default() += 1;
        }
    }
    let (cells, mut right) = (10_000, [0, 0]);
    for _ in 0..cells {
        let exact = draw_days(&mut chance);
        let (shown, sum) = published_days(rule, &exact, &mut chance);
        let truth: u64 = exact.iter().sum();
        for (place, key) in [(shown, None), (shown, Some(sum))].into_iter().enumerate() {
            let best = tried.get(&key).and_then(|of| of.iter().max_by_key(|one| one.1));
            right[place] += u64::from(best.is_some_and(|best| *best.0 == truth));
        }
    }
    (right[0] as f64 / cells as f64, right[1] as f64 / cells as f64)
}

#[test]
fn the_days_of_a_month_are_no_second_estimate_of_it() {
    for days in 1..=3 {
        let (own, all) = attack_days(Rule::Fitted, days);
        println!("read on {days} days: {own:.4} from the month, {all:.4} from its days as well");
        assert!(all <= own + 0.012, "{days} days: {own:.4} and {all:.4}");
    }
    let (own, all) = attack_days(Rule::Independent, 1);
    println!("read on one day, rounded twice: {own:.4} and {all:.4}");
    assert!(all > own + 0.03, "two roundings of one number tell no more than one");
}
