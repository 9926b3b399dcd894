//! Everything public of a site, its days, months and years set side by side: what follows of the
//! lines that are withheld, by bounds that are passed from sum to sum until nothing changes.

use hashbrown::HashMap;
use parvis::dimension::{self, JOINED, Joined, WITHIN};
use parvis::model::Period;
use parvis::privacy::Published;
use parvis::privacy::disclosure::audit::Relation;
use parvis::privacy::disclosure::bounds::{VIEWS, VISITORS, VISITS};
use parvis::store::WHOLE_SITE;

use crate::decided::THRESHOLD;
use crate::site::{Codes, Counted, Public, codes_of};

/// The figures that are followed.
const PLACES: [usize; 3] = [VISITORS, VISITS, VIEWS];

/// How parts relate to their whole, in the order in which measures are stored.
type Relations = [Relation; parvis::model::COUNTED];

/// Figures of invented sites are far below it.
const UNBOUNDED: i64 = 1 << 40;

/// Between which numbers a figure lies, in each of the places.
#[derive(Clone, Copy, Debug)]
struct Interval {
    low: [i64; 3],
    high: [i64; 3],
}

const UNKNOWN: Interval = Interval { low: [0; 3], high: [UNBOUNDED; 3] };

/// Parts that add up to a whole, as far as each place does.
struct Sum {
    whole: usize,
    parts: Vec<usize>,
    relations: [Relation; 3],
}

/// What is asked of a figure that is withheld.
pub struct Withheld {
    what: String,
    number: usize,
    /// Which line it is, if it is one for certain: it may be of nobody then.
    line: Option<(Period, Codes, String, String)>,
}

/// The figures of one table.
struct Table {
    lines: HashMap<(String, String), usize>,
    /// Of the lines without a name, if there are any.
    rest: Option<usize>,
}

#[derive(Default)]
pub struct Attack {
    intervals: Vec<Interval>,
    sums: Vec<Sum>,
    /// What is part of the lines without a name.
    portions: Vec<(usize, usize)>,
    pub withheld: Vec<Withheld>,
    tables: HashMap<(Period, Codes), Table>,
}

impl Attack {
    pub fn new(public: &Public) -> Self {
        let mut attack = Self::default();
        let mut keys: Vec<&(Period, Codes)> = public.keys().collect();
        keys.sort_by_key(|key| (key.0.to_string(), key.1));
        for key in keys {
            attack.read(*key, &public[key]);
        }
        let mut periods: Vec<Period> = public.keys().map(|key| key.0).collect();
        periods.sort_by_key(Period::to_string);
        periods.dedup();
        for &period in &periods {
            attack.add_breakdowns(period);
            attack.add_crossings(period);
            for codes in codes_of(period) {
                attack.add_parts(period, codes, &periods);
            }
        }
        attack
    }

    fn unknown(&mut self) -> usize {
        self.intervals.push(UNKNOWN);
        self.intervals.len() - 1
    }

    fn read(&mut self, key: (Period, Codes), table: &Published) {
        let mut read = Table { lines: HashMap::new(), rest: None };
        for line in table.lines() {
            let number = self.unknown();
            if line.is_withheld() {
                let what = format!("{} {:?} {}", key.0, key.1, line.label);
                let line = (key.0, key.1, line.label.to_owned(), line.second.to_owned());
                self.withheld.push(Withheld { what, number, line: Some(line) });
            } else {
                let figures = line.counts();
                let published = PLACES.map(|place| figures[place] as i64);
                let least = [THRESHOLD.div_ceil(2) as i64, 1, 1];
                let interval = &mut self.intervals[number];
                for place in 0..3 {
                    let (shown, is_any) = (published[place], published[place] > 0);
                    interval.low[place] = if is_any { (shown - 9).max(least[place]) } else { 0 };
                    interval.high[place] = if is_any { shown + 9 } else { 0 };
                }
            }
            read.lines.insert((line.label.to_owned(), line.second.to_owned()), number);
        }
        if table.remainder().is_some() {
            let (what, number) = (format!("{} {:?} rest", key.0, key.1), self.unknown());
            self.withheld.push(Withheld { what, number, line: None });
            read.rest = Some(number);
        }
        self.tables.insert(key, read);
    }

    /// A figure of which no more is known than that it is part of the lines without a name.
    fn portion(&mut self, rest: Option<usize>) -> Option<usize> {
        let rest = rest?;
        let portion = self.unknown();
        self.portions.push((portion, rest));
        Some(portion)
    }

    fn add(&mut self, whole: usize, parts: Vec<usize>, relations: Relations) {
        let relations = PLACES.map(|place| relations[place]);
        self.sums.push(Sum { whole, parts, relations });
    }

    /// The site is the sum of each breakdown, and a value of what lies within it.
    fn add_breakdowns(&mut self, period: Period) {
        let total = self.tables[&(period, (WHOLE_SITE, 0))].lines.values().next().copied();
        for one in dimension::ALL {
            let Some(table) = self.tables.get(&(period, (one.code, 0))) else { continue };
            if let (Some(total), true) = (total, one.has_views()) {
                let parts = table.lines.values().copied().chain(table.rest).collect();
                self.add(total, parts, one.relations());
            }
        }
        for within in &WITHIN {
            let relations = within.relations;
            let codes = (within.whole.code, within.part.code);
            self.add_within(period, codes, relations, &|whole, part| (within.holds)(whole, part));
        }
        for joined in &JOINED {
            for (place, half) in joined.halves.into_iter().enumerate() {
                let holds = |whole: &str, part: &str| {
                    Joined::split(part).is_some_and(|halves| halves[place] == whole)
                };
                let codes = (half.code, joined.both.code);
                self.add_within(period, codes, half.relations(), &holds);
            }
        }
    }

    fn add_within(
        &mut self,
        period: Period,
        (whole, part): Codes,
        relations: Relations,
        holds: &dyn Fn(&str, &str) -> bool,
    ) {
        let key = |code| (period, (code, 0));
        let (Some(wholes), Some(parts)) =
            (self.tables.get(&key(whole)), self.tables.get(&key(part)))
        else {
            return;
        };
        let rest = parts.rest;
        let sums: Vec<(usize, Vec<usize>)> = wholes
            .lines
            .iter()
            .map(|((label, _), &whole)| {
                let held = parts.lines.iter().filter(|((part, _), _)| holds(label, part));
                (whole, held.map(|(_, &number)| number).collect())
            })
            .collect();
        for (whole, mut parts) in sums {
            parts.extend(self.portion(rest));
            self.add(whole, parts, relations);
        }
    }

    /// A line is the sum of its crossings with another breakdown.
    fn add_crossings(&mut self, period: Period) {
        for (one, other) in dimension::CROSSINGS {
            let Some(table) = self.tables.get(&(period, (one.code, other.code))) else { continue };
            if !one.has_views() || !other.has_views() {
                continue;
            }
            let rest = table.rest;
            let crossed: Vec<((String, String), usize)> =
                table.lines.iter().map(|(key, &number)| (key.clone(), number)).collect();
            for (half, relations) in [(one, other.relations()), (other, one.relations())] {
                let Some(whole) = self.tables.get(&(period, (half.code, 0))) else { continue };
                let wholes: Vec<(String, usize)> =
                    whole.lines.iter().map(|(key, &number)| (key.0.clone(), number)).collect();
                for (label, whole) in wholes {
                    let own = |(first, second): &(String, String)| {
                        label == *if half.code == one.code { first } else { second }
                    };
                    let parts = crossed.iter().filter(|(key, _)| own(key)).map(|part| part.1);
                    let mut parts: Vec<usize> = parts.collect();
                    parts.extend(self.portion(rest));
                    self.add(whole, parts, relations);
                }
            }
        }
    }

    /// A month's line is the sum of its days, and a year's of its months. Where a day does not
    /// name it, it is of nobody or among those without a name.
    fn add_parts(&mut self, period: Period, codes: Codes, periods: &[Period]) {
        let is_part = |part: &&Period| match (period, **part) {
            (Period::Month(month), Period::Day(day)) => day.first_of_month() == month,
            (Period::Year(year), Period::Month(month)) => month.first_of_year() == year,
            _ => false,
        };
        let parts: Vec<Period> = periods.iter().filter(is_part).copied().collect();
        let Some(table) = self.tables.get(&(period, codes)) else { return };
        let is_given = |part: &Period| self.tables.contains_key(&(*part, codes));
        if parts.is_empty() || !parts.iter().all(is_given) {
            return;
        }
        let lines: Vec<_> =
            table.lines.iter().map(|(key, &number)| (key.clone(), number)).collect();
        for (key, whole) in lines {
            let mut numbers = Vec::new();
            for part in &parts {
                let of_part = &self.tables[&(*part, codes)];
                let (named, rest) = (of_part.lines.get(&key).copied(), of_part.rest);
                if let Some(named) = named {
                    numbers.push(named);
                } else if let Some(portion) = self.portion(rest) {
                    let what = format!("{part} {codes:?} {key:?}");
                    let line = Some((*part, codes, key.0.clone(), key.1.clone()));
                    self.withheld.push(Withheld { what, number: portion, line });
                    numbers.push(portion);
                }
            }
            self.add(whole, numbers, [Relation::Exact; parvis::model::COUNTED]);
        }
    }

    /// Narrows every interval until nothing changes.
    pub fn follow(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        loop {
            let mut is_changed = false;
            for sum in &sums {
                for place in 0..3 {
                    is_changed |= self.follow_sum(sum, place);
                }
            }
            for number in 0..self.portions.len() {
                let (portion, rest) = self.portions[number];
                for place in 0..3 {
                    let (low, high) =
                        (self.intervals[portion].low[place], self.intervals[rest].high[place]);
                    is_changed |= self.narrow(portion, place, 0, high)
                        | self.narrow(rest, place, low, UNBOUNDED);
                }
            }
            if !is_changed {
                return;
            }
        }
    }

    fn narrow(&mut self, number: usize, place: usize, low: i64, high: i64) -> bool {
        let interval = &mut self.intervals[number];
        let is_narrower = low > interval.low[place] || high < interval.high[place];
        interval.low[place] = interval.low[place].max(low);
        interval.high[place] = interval.high[place].min(high);
        assert!(interval.low[place] <= interval.high[place], "the truth is in it: {interval:?}");
        is_narrower
    }

    fn follow_sum(&mut self, sum: &Sum, place: usize) -> bool {
        let relation = sum.relations[place];
        let is_at_most = matches!(relation, Relation::Exact | Relation::AtMost);
        let is_at_least = matches!(relation, Relation::Exact | Relation::AtLeast);
        let of =
            |number: usize| (self.intervals[number].low[place], self.intervals[number].high[place]);
        let (whole_low, whole_high) = of(sum.whole);
        let low: i64 = sum.parts.iter().map(|part| of(*part).0).sum();
        let high: i64 = sum.parts.iter().map(|part| of(*part).1).sum();
        let mut is_changed = false;
        if is_at_most {
            is_changed |= self.narrow(sum.whole, place, low, UNBOUNDED);
        }
        if is_at_least {
            is_changed |= self.narrow(sum.whole, place, 0, high);
        }
        for &part in &sum.parts {
            let own = self.intervals[part];
            if is_at_most {
                is_changed |= self.narrow(part, place, 0, whole_high - (low - own.low[place]));
            }
            if is_at_least && high - own.high[place] < UNBOUNDED {
                is_changed |=
                    self.narrow(part, place, whole_low - (high - own.high[place]), UNBOUNDED);
            }
        }
        is_changed
    }

    /// The withheld figures of which too much is known: that they are fewer than the threshold, or,
    /// of a line of fewer networks than that, that somebody was there.
    pub fn found(&self, site: &Counted) -> Vec<String> {
        let enough = THRESHOLD as i64 - 1;
        let is_few = |(period, codes, label, second): &(Period, Codes, String, String)| {
            let key = (label.clone(), second.clone());
            site.reaches(*codes, *period).get(&key).is_none_or(|reach| reach.networks < THRESHOLD)
        };
        let is_found = |withheld: &&Withheld| {
            let Interval { low, high } = self.intervals[withheld.number];
            let is_there = low.iter().any(|low| *low > 0);
            high.iter().any(|high| *high < enough)
                || (is_there && withheld.line.as_ref().is_some_and(is_few))
        };
        let found = self.withheld.iter().filter(is_found);
        found.map(|one| format!("{}: {:?}", one.what, self.intervals[one.number])).collect()
    }
}
