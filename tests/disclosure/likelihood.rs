//! Maximum likelihood over every estimate of one cell: its own figure, and the sums of the
//! breakdowns that divide it.

use parvis::model::SiteIdentity;
use parvis::privacy::disclosure::audit::{Entry, LinkedSum, LinkedTables, Record, Relation, State};
use parvis::privacy::disclosure::cell::Cell;
use parvis::privacy::disclosure::rounding::{Figures, Rounding};
use parvis::privacy::disclosure::secret::RoundingSecret;

const CELLS: u64 = 4_000;

struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }
}

/// The likelihood of a published figure, if so much was counted.
fn likelihood(shown: u64, exact: u64) -> f64 {
    let (below, distance) = (exact / 10 * 10, exact % 10);
    if exact > 0 && exact < 10 {
        return f64::from(u8::from(shown == 10));
    }
    if shown == below {
        (10 - distance) as f64 / 10.0
    } else if shown == below + 10 {
        distance as f64 / 10.0
    } else {
        0.0
    }
}

/// The distribution of what is counted, if figures are shown so, each as likely as another before.
fn sum_of(shown: &[u64]) -> Vec<f64> {
    let mut sum = vec![1.0];
    for &shown in shown {
        let mut next = vec![0.0; sum.len() + shown as usize + 10];
        for exact in shown.saturating_sub(9).max(1)..=shown + 9 {
            let own = likelihood(shown, exact);
            for (other, likelihood) in sum.iter().enumerate() {
                next[other + exact as usize] += likelihood * own;
            }
        }
        sum = next;
    }
    sum
}

fn attack(fits: bool, seed: u64) -> f64 {
    let mut chance = Chance(seed);
    let mut right = 0;
    let mut left_out = 0;
    for number in 0..CELLS {
        let secret = RoundingSecret::new(&[(number % 251) as u8; 32]);
        let period = number.to_string();
        let whole = 20 + chance.below(80);
        let figures = |visitors: u64| -> Figures { [visitors * 2, visitors, visitors, 0, 0, 0] };
        let mut tables = LinkedTables { threshold: 10, networks_least: 5, ..Default::default() };
        let add = |tables: &mut LinkedTables, table: usize, cell: Cell<'_>, exact: Figures| {
            let shown = Rounding::of(&secret, &cell).figures(exact);
            let state = State::New { exact, shown };
            let order = secret.order(&cell);
            tables.entries.push(Entry {
                table,
                state,
                order,
                is_several: false,
                is_settled: false,
            });
            tables.entries.len() - 1
        };
        let site = SiteIdentity(1);
        add(&mut tables, 0, Cell::new(site, &period, vec![]), figures(whole));
        for table in 1..=6 {
            let mut left = whole;
            let mut parts = Vec::new();
            let texts: Vec<String> =
                (0..1 + chance.below(4)).map(|part| part.to_string()).collect();
            for (place, text) in texts.iter().enumerate() {
                let others = 5 * (texts.len() - place - 1) as u64;
                let is_last = place + 1 == texts.len();
                if left <= others + 5 && !is_last {
                    continue;
                }
                let part = if is_last { left } else { 5 + chance.below(left - others - 5) };
                left -= part;
                let cell = Cell::new(site, &period, vec![(table, text)]);
                parts.push(add(&mut tables, table.into(), cell, figures(part)));
            }
            let relations = [Relation::Exact; 6];
            tables.sums.push(LinkedSum { whole: 0, parts, relations, has_views: true });
        }
        if fits {
            let failures = tables.audit(&mut Record::default());
            left_out += failures.len();
            tables.sums.retain(|sum| {
                let table = tables.entries[sum.parts[0]].table;
                !failures
                    .iter()
                    .any(|one| *one == parvis::privacy::disclosure::audit::Failure::Table(table))
            });
        }
        let shown = |number: usize| match tables.entries[number].state {
            State::New { shown, .. } | State::Frozen(shown) => shown[1],
            State::Withheld => 0,
        };
        let sums: Vec<(u64, Vec<f64>)> = tables
            .sums
            .iter()
            .map(|sum| {
                let shown: Vec<u64> = sum.parts.iter().map(|part| shown(*part)).collect();
                (shown.iter().sum(), sum_of(&shown))
            })
            .collect();
        let mut best = (0.0, vec![]);
        for exact in 1..150 {
            let mut all = likelihood(shown(0), exact);
            for (sum, distribution) in &sums {
                // A sum that is the figure itself was made so.
                if !fits || *sum != shown(0) {
                    all *= distribution.get(exact as usize).copied().unwrap_or(0.0);
                }
            }
            if all > best.0 {
                best = (all, vec![exact]);
            } else if all == best.0 {
                best.1.push(exact);
            }
        }
        let named = best.1[chance.below(best.1.len() as u64) as usize];
        right += u64::from(named == whole);
    }
    println!("left out: {left_out} of {}", CELLS * 6);
    right as f64 / CELLS as f64
}

#[test]
fn explore() {
    println!("independent: {}", attack(false, 1));
    println!("fitted: {}", attack(true, 1));
}
