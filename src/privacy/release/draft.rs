//! A table before it is let out: its exact lines, the sums that readers know, and which lines have
//! to be withheld so that none of few people can be found.

use hashbrown::HashMap;

use crate::model::Measures;
use crate::privacy::release::counts::{CountLine, Counts, Heading};
use crate::privacy::release::equation::{ADDS_UP, Month, Months, Parts, Sums};
use crate::privacy::release::known::{Fate, Known};
use crate::privacy::release::published::{ConfStatus, ObsStatus, Published, PublishedLine};

/// A line of a draft.
struct Line {
    count: CountLine,
    fate: Fate,
}

/// Lines that together are a line that is published already.
struct Equation {
    whole: Known,
    members: Vec<u32>,
    sums: Sums,
}

/// A table that is about to be let out.
pub struct Draft {
    heading: Heading,
    lines: Vec<Line>,
    equations: Vec<Equation>,
    visitors_min: u64,
    /// Has whoever is counted here viewed a page?
    has_views: bool,
    /// Does the table say that lines are withheld for another reason than that they are few?
    says_more: bool,
    provisional: bool,
}

/// The table of a period that is part of this one, as it was let out, with its exact figures.
pub struct Part<'a> {
    /// As it was let out.
    pub published: &'a Published,
    /// What was counted.
    pub counts: &'a Counts,
}

/// A month of a year, with its days.
pub struct MonthPart<'a> {
    /// The month.
    pub month: Part<'a>,
    /// What was let out of its days.
    pub days: &'a DayParts,
}

/// What was let out of the days of a month, by line.
#[derive(Default)]
pub struct DayParts(HashMap<(String, String), Parts>);

impl DayParts {
    /// Adds a day.
    pub fn add(&mut self, day: &Part<'_>) {
        for (key, fate, known) in day.lines() {
            let parts = self.0.entry(key).or_default();
            let published = day.published;
            parts.add(fate, &known, published.says_few(), published.visitors_min);
        }
    }
}

type Key = (String, String);

fn key(line: &CountLine) -> Key {
    (line.label.clone(), line.second.clone())
}

impl Part<'_> {
    /// Each line that was counted, what became of it, and what is known of it if it is shown.
    fn lines(&self) -> impl Iterator<Item = (Key, Fate, Known)> {
        let least = self.published.visitors_min;
        let shown: HashMap<(&str, &str), Known> = self
            .published
            .lines
            .iter()
            .filter_map(|line| {
                let known = Known::of_line(line, least)?;
                Some(((line.label.as_str(), line.second.as_str()), known))
            })
            .collect();
        self.counts.lines.iter().map(move |line| {
            let known = shown.get(&(line.label.as_str(), line.second.as_str()));
            match known {
                Some(&known) => (key(line), Fate::Shown, known),
                None => (key(line), withheld_fate(&line.measures, least), Known::NOTHING),
            }
        })
    }
}

impl Published {
    /// Does it tell of all that it withholds that it is few?
    fn says_few(&self) -> bool {
        let code = ConfStatus::Secondary;
        let line = |line: &PublishedLine| line.conf_status == code;
        self.remainder != Some(code) && !self.lines.iter().any(line)
    }
}

fn withheld_fate(measures: &Measures, visitors_min: u64) -> Fate {
    if measures.visitors < visitors_min { Fate::Primary } else { Fate::Secondary }
}

impl Draft {
    /// Lines of fewer visitors than the threshold are withheld from the start. A line of nothing
    /// at all is about nobody, and is shown as zero.
    pub fn new(counts: Counts, visitors_min: u64, has_views: bool, provisional: bool) -> Self {
        let Counts { heading, lines } = counts;
        let line = |count: CountLine| {
            let few = count.measures.visitors < visitors_min;
            let is_few = few && count.measures != Measures::default();
            Line { count, fate: if is_few { Fate::Primary } else { Fate::Shown } }
        };
        Self {
            heading,
            lines: lines.into_iter().map(line).collect(),
            equations: Vec::new(),
            visitors_min,
            has_views,
            says_more: false,
            provisional,
        }
    }

    /// Readers know the lines that these lines are parts of. `wholes` says of a line, by its two
    /// labels, of which ones; a whole that is itself withheld withholds all its parts.
    pub fn parts_of(
        &mut self,
        published: &Published,
        sums: Sums,
        wholes: impl Fn(&str, &str) -> Vec<String>,
    ) {
        let mut members: HashMap<String, Vec<u32>> = HashMap::new();
        for (place, line) in self.lines.iter().enumerate() {
            for whole in wholes(&line.count.label, &line.count.second) {
                members.entry(whole).or_default().push(place as u32);
            }
        }
        let least = published.visitors_min;
        for line in &published.lines {
            if let Some(whole) = Known::of_line(line, least)
                && let Some(members) = members.remove(&line.label)
            {
                self.equations.push(Equation { whole, members, sums });
            }
        }
        // What is left has no shown line above it.
        for place in members.into_values().flatten() {
            self.withhold(place as usize);
        }
    }

    /// These lines are the sums of lines that are published already: `holds` says whether a line,
    /// the first text, holds a part, the second.
    pub fn wholes_of(&mut self, part: &Part<'_>, sums: Sums, holds: impl Fn(&str, &str) -> bool) {
        let published = part.published;
        let parts: Vec<_> = part.lines().collect();
        let has_views = self.has_views;
        self.keep_if(|line, known| {
            let mut held = Parts::default();
            for ((label, _), fate, known) in &parts {
                if holds(&line.label, label) {
                    held.add(*fate, known, published.says_few(), published.visitors_min);
                }
            }
            held.stay_unknown(known, &sums, has_views)
        });
    }

    /// These lines are the sums of those of the days.
    pub fn sum_of_days(&mut self, days: &DayParts) {
        let has_views = self.has_views;
        self.keep_if(|line, known| {
            let parts = days.0.get(&key(line));
            parts.is_none_or(|parts| parts.stay_unknown(known, &ADDS_UP, has_views))
        });
    }

    /// These lines are the sums of those of the months.
    pub fn sum_of_months(&mut self, months: &[MonthPart<'_>]) {
        let mut all: HashMap<Key, Months> = HashMap::new();
        for MonthPart { month, days } in months {
            let visitors_min = month.published.visitors_min;
            let says_few = month.published.says_few();
            for (key, fate, known) in month.lines() {
                let days = days.0.get(&key).cloned().unwrap_or_default();
                let known = match fate {
                    Fate::Shown => known,
                    Fate::Primary if says_few => {
                        let mut known = Known::NOTHING;
                        known.high[super::known::VISITORS] = visitors_min as i64 - 1;
                        known
                    }
                    Fate::Primary | Fate::Secondary => days.known(),
                };
                all.entry(key).or_default().add(Month { fate, known, visitors_min, days });
            }
        }
        let has_views = self.has_views;
        self.keep_if(|line, known| {
            all.get(&key(line)).is_none_or(|months| months.stay_unknown(known, has_views))
        });
    }

    /// What was withheld once stays withheld in every later revision: only lines that were shown
    /// before may be shown, and all others only if nothing was withheld before.
    pub fn freeze(&mut self, before: &Published) {
        let shown: HashMap<(&str, &str), bool> = before
            .lines
            .iter()
            .map(|line| ((line.label.as_str(), line.second.as_str()), !line.is_withheld()))
            .collect();
        let unknown_may = before.remainder.is_none();
        for place in 0..self.lines.len() {
            let count = &self.lines[place].count;
            let may = shown.get(&(count.label.as_str(), count.second.as_str()));
            if !may.copied().unwrap_or(unknown_may) {
                self.withhold(place);
            }
        }
    }

    /// Withholds every line, because what they are parts of is withheld.
    pub fn withhold_all(&mut self) {
        (0..self.lines.len()).for_each(|place| self.withhold(place));
    }

    fn withhold(&mut self, place: usize) {
        let line = &mut self.lines[place];
        if line.fate == Fate::Shown && line.count.measures != Measures::default() {
            line.fate = Fate::Secondary;
            self.says_more = true;
        }
    }

    /// Keeps a shown line only if it betrays none of its parts.
    fn keep_if(&mut self, mut may: impl FnMut(&CountLine, &Known) -> bool) {
        for place in 0..self.lines.len() {
            let line = &self.lines[place];
            let known = Known::of_shown(&line.count.measures, self.visitors_min);
            if line.fate == Fate::Shown && !may(&line.count, &known) {
                self.withhold(place);
            }
        }
    }

    /// Withholds as many further lines as it takes, the smallest first, and lets the rest out.
    pub fn protect(mut self) -> Published {
        let mut alone = vec![false; self.lines.len()];
        for equation in self.equations.iter().filter(|equation| equation.members.len() == 1) {
            alone[equation.members[0] as usize] = true;
        }
        let equations = std::mem::take(&mut self.equations);
        while self.round(&equations, &alone) {}
        self.let_out()
    }

    /// Looks at every sum once; says whether anything had to be done.
    fn round(&mut self, equations: &[Equation], alone: &[bool]) -> bool {
        let mut has_changed = false;
        for equation in equations {
            while !self.holds(equation) {
                let smallest = self.smallest_shown(equation, alone);
                match smallest {
                    Some(place) => self.withhold(place),
                    // With this code no reader can be sure that what is withheld is few.
                    None if !self.says_more => self.says_more = true,
                    None => {
                        self.withhold_all();
                        return false;
                    }
                }
                has_changed = true;
            }
        }
        has_changed
    }

    fn holds(&self, equation: &Equation) -> bool {
        let mut parts = Parts::default();
        for &place in &equation.members {
            let Line { count, fate } = &self.lines[place as usize];
            if count.measures != Measures::default() {
                let known = Known::of_shown(&count.measures, self.visitors_min);
                parts.add(*fate, &known, !self.says_more, self.visitors_min);
            }
        }
        parts.stay_unknown(&equation.whole, &equation.sums, self.has_views)
    }

    /// The shown line of the fewest visitors. One that a published line tells by itself is no help.
    fn smallest_shown(&self, equation: &Equation, alone: &[bool]) -> Option<usize> {
        let members = equation.members.iter().map(|&place| place as usize);
        let shown = members.filter(|&place| {
            let line = &self.lines[place];
            let is_something = line.count.measures != Measures::default();
            line.fate == Fate::Shown && is_something && !alone[place]
        });
        shown.min_by_key(|&place| (self.lines[place].count.measures.visitors, place))
    }

    fn let_out(self) -> Published {
        let code = |fate| match fate {
            Fate::Shown => ConfStatus::Free,
            Fate::Primary if !self.says_more => ConfStatus::SmallCount,
            Fate::Primary | Fate::Secondary => ConfStatus::Secondary,
        };
        let mut remainder = None;
        let mut lines = Vec::new();
        for Line { count, fate } in self.lines {
            if fate == Fate::Shown {
                lines.push(shown_line(count, self.provisional));
            } else if self.heading.labels_protected {
                remainder = Some(code(fate));
            } else {
                lines.push(PublishedLine::withheld(count.label, count.second, code(fate)));
            }
        }
        Published {
            heading: self.heading,
            lines,
            remainder,
            provisional: self.provisional,
            visitors_min: self.visitors_min,
        }
    }
}

fn shown_line(count: CountLine, provisional: bool) -> PublishedLine {
    let is_provisional = count.provisional || provisional;
    PublishedLine {
        figures: super::ratio::figures(&count.measures),
        label: count.label,
        second: count.second,
        obs_status: if is_provisional { ObsStatus::Provisional } else { ObsStatus::Normal },
        conf_status: ConfStatus::Free,
    }
}
