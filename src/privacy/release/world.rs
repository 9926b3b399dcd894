//! Everything that readers can put side by side when a period is released: the tables that are
//! about to be let out, those that were, and the sums between them; and which lines have to be
//! withheld.
//!
//! A reader who knows the rules can bound every line that is withheld: by the totals, by the other
//! lines, by the days of a month, by other breakdowns of the same visitors. The bounds are narrowed
//! again and again until nothing changes. As long as one of them tells too much, a line that is not
//! let out yet is withheld as well, the smallest near it first. In the worst case nothing new is
//! let out, and then nothing new is told.

use hashbrown::{HashMap, HashSet};

use crate::model::Measures;
use crate::privacy::release::counts::{CountLine, Counts, Heading};
use crate::privacy::release::known::{Fate, Known};
use crate::privacy::release::published::Published;
use crate::privacy::release::sums::{ADDS_UP, AT_MOST, Equation, Sum, Sums, at_most};

/// A table with more withheld lines than this is taken to have any number of them: those whose
/// label is shown nowhere are one rest of which nothing is known.
const NAMED_WITHHELD_MAX: usize = 100;

/// The number of a table in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableId(pub(super) usize);

/// The two labels of a line, by their numbers.
type Key = (u32, u32);

/// Is told the two labels of each line that another one is part of.
type Found<'a> = &'a mut dyn FnMut(&str, &str);

pub(super) struct Table {
    pub(super) heading: Heading,
    pub(super) visitors_min: u64,
    /// Has whoever is counted in it viewed a page?
    pub(super) has_views: bool,
    /// Does it say that lines are withheld for another reason than that they are few?
    pub(super) says_more: bool,
    pub(super) places: HashMap<Key, u32>,
    pub(super) rest: Option<u32>,
    /// The lines of a table that is about to be let out, and the number of the first.
    pub(super) lines: Vec<CountLine>,
    pub(super) first: usize,
    pub(super) provisional: bool,
    /// Of which of its lines, and of the whole, nothing is said because nothing was collected.
    pub(super) down: HashSet<String>,
    pub(super) is_down: bool,
    /// Must its lines be known no better than they are by themselves?
    pub(super) stays_as_known: bool,
}

/// One line.
pub(super) struct Cell {
    pub(super) table: usize,
    pub(super) fate: Fate,
    pub(super) measures: Measures,
    /// What its publication alone tells.
    pub(super) shown: Known,
    /// May it still be withheld?
    pub(super) is_candidate: bool,
    /// Was it withheld to help another line?
    pub(super) is_help: bool,
    /// May it be shown again, if it turns out not to help?
    pub(super) may_return: bool,
    /// Is it the rest of a table, or nothing at all?
    pub(super) is_nobody: bool,
}

impl Cell {
    /// What may be nobody, and of which nothing is known.
    fn nobody(table: usize) -> Self {
        Self {
            table,
            fate: Fate::Secondary,
            measures: Measures::default(),
            shown: Known::NOTHING,
            is_candidate: false,
            is_help: false,
            may_return: false,
            is_nobody: true,
        }
    }
}

/// What readers can put side by side.
#[derive(Default)]
pub struct World {
    pub(super) names: HashMap<String, u32>,
    pub(super) tables: Vec<Table>,
    pub(super) cells: Vec<Cell>,
    pub(super) equations: Vec<Equation>,
    /// The labels of lines that are shown in any table, or were about to be.
    pub(super) named: HashSet<Key>,
}

impl World {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table that is about to be let out. Lines of fewer visitors than the threshold are
    /// withheld from the start. A line of nothing at all is about nobody, and is shown as zero.
    pub fn add_draft(
        &mut self,
        counts: Counts,
        visitors_min: u64,
        has_views: bool,
        provisional: bool,
    ) -> TableId {
        let Counts { heading, lines, mut down, is_down, lacks_details } = counts;
        let is_nobody = |line: &CountLine| line.measures == Measures::default();
        let is_down = is_down && lines.iter().all(is_nobody);
        // What was counted all the same is a figure.
        let counted = lines.iter().filter(|line| !is_nobody(line));
        counted.for_each(|line| _ = down.remove(&line.label));
        let first = self.cells.len();
        let id = self.table(heading, visitors_min, has_views, provisional);
        for count in &lines {
            let is_few = count.measures.visitors < visitors_min;
            let is_nobody = count.measures == Measures::default();
            let fate = if is_few && !is_nobody { Fate::Primary } else { Fate::Shown };
            let shown = Known::of_shown(&count.measures, visitors_min);
            let is_candidate = fate == Fate::Shown && !is_nobody;
            let key = self.key(&count.label, &count.second);
            let measures = count.measures;
            let cell = Cell { fate, measures, shown, is_candidate, is_nobody, ..Cell::nobody(id) };
            self.cell(id, key, cell);
        }
        let table = &mut self.tables[id];
        if lacks_details {
            table.places.clear();
        }
        (table.lines, table.first, table.down, table.is_down) = (lines, first, down, is_down);
        TableId(id)
    }

    /// Adds a table that was let out, with its exact figures.
    pub fn add_kept(&mut self, published: &Published, counts: &Counts, has_views: bool) -> TableId {
        let least = published.visitors_min;
        let id = self.table(published.heading.clone(), least, has_views, false);
        self.tables[id].says_more = !published.says_few();
        self.tables[id].is_down = published.not_collected;
        let mut shown: HashMap<(&str, &str), Known> = HashMap::new();
        for line in published.lines() {
            if let Some(known) = Known::of_line(&line, least) {
                shown.insert((line.label, line.second), known);
            }
        }
        if counts.lacks_details {
            self.add_shown(id, published);
            return TableId(id);
        }
        let is_shown = |line: &CountLine| -> Option<Known> {
            shown.get(&(line.label.as_str(), line.second.as_str())).copied()
        };
        let withheld = counts.lines.iter().filter(|line| is_shown(line).is_none()).count();
        for line in &counts.lines {
            let key = self.key(&line.label, &line.second);
            let few = line.measures.visitors < least;
            let (fate, known) = match is_shown(line) {
                Some(known) => (Fate::Shown, known),
                None if few => (Fate::Primary, Known::NOTHING),
                None => (Fate::Secondary, Known::NOTHING),
            };
            if fate != Fate::Shown && withheld > NAMED_WITHHELD_MAX && !self.named.contains(&key) {
                self.rest(id);
                continue;
            }
            let is_nobody = line.measures == Measures::default();
            let measures = line.measures;
            let cell = Cell { fate, measures, shown: known, is_nobody, ..Cell::nobody(id) };
            self.cell(id, key, cell);
        }
        TableId(id)
    }

    /// The lines of a table of which only what was let out is kept.
    fn add_shown(&mut self, table: usize, published: &Published) {
        if published.not_collected {
            return;
        }
        for line in published.lines() {
            let Some(shown) = Known::of_line(&line, published.visitors_min) else { continue };
            let key = self.key(line.label, line.second);
            let cell = Cell { fate: Fate::Shown, shown, ..Cell::nobody(table) };
            self.cell(table, key, cell);
        }
        if published.withholds() {
            self.rest(table);
        }
    }

    /// Each of these lines is the sum of the lines of the same labels in the other tables.
    pub fn sum_of_periods(&mut self, whole: TableId, parts: &[TableId]) {
        let wholes: Vec<_> =
            self.tables[whole.0].places.iter().map(|(&key, &at)| (key, at)).collect();
        for (key, whole) in wholes {
            let found = parts.iter().filter_map(|part| self.tables[part.0].places.get(&key));
            let found: Vec<u32> = found.copied().collect();
            // A part that is withheld without a name may stand among many.
            let may_be_in_rest = |part: &TableId| {
                let table = &self.tables[part.0];
                table.rest.is_some() && !table.places.contains_key(&key)
            };
            let sums = if parts.iter().any(may_be_in_rest) { AT_MOST } else { ADDS_UP };
            if !found.is_empty() {
                self.equations.push(Equation { whole, parts: found, sums, is_bounded: true });
            }
        }
    }

    /// The lines of a table are parts of lines of another: `of` calls what it is given with the
    /// labels of each of them.
    pub fn parts_of(
        &mut self,
        whole: TableId,
        parts: TableId,
        (sums, is_bounded): (Sums, bool),
        of: impl Fn(&str, &str, Found<'_>),
    ) {
        // Nobody knows how much of a rest lies in which whole.
        let sums = if self.tables[parts.0].rest.is_some() { sums.map(at_most) } else { sums };
        self.add_parts((whole, parts), None, (sums, is_bounded), of);
    }

    fn add_parts(
        &mut self,
        (whole, parts): (TableId, TableId),
        rest: Option<u32>,
        (sums, is_bounded): (Sums, bool),
        of: impl Fn(&str, &str, Found<'_>),
    ) {
        let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
        let texts = self.texts();
        let wholes = &self.tables[whole.0].places;
        let number = |text: &str| self.names.get(text).copied();
        for (&(label, second), &cell) in &self.tables[parts.0].places {
            of(texts[label as usize], texts[second as usize], &mut |label, second| {
                let key = number(label).zip(number(second));
                if let Some(&whole) = key.and_then(|key| wholes.get(&key)) {
                    groups.entry(whole).or_default().push(cell);
                }
            });
        }
        for (whole, mut parts_of_it) in groups {
            parts_of_it.sort_unstable();
            parts_of_it.extend(rest);
            let parts = parts_of_it;
            self.equations.push(Equation { whole, parts, sums, is_bounded });
        }
    }

    /// The lines of a table are parts of another's one line. A table without any line says that
    /// there is nothing to add up; if there is, it was not collected.
    pub fn parts_of_total(
        &mut self,
        whole: TableId,
        parts: TableId,
        (sums, is_bounded): (Sums, bool),
    ) {
        let table = &self.tables[parts.0];
        if table.places.is_empty() && table.rest.is_none() && !table.is_down {
            let wholes: Vec<u32> = self.tables[whole.0].places.values().copied().collect();
            for whole in wholes {
                let figures = self.cells[whole as usize].measures.counted();
                let has_parts = |(sum, figure)| matches!(sum, Sum::Exact) && figure > 0;
                if sums.into_iter().zip(figures).any(has_parts) {
                    self.tables[parts.0].is_down = true;
                } else {
                    self.equations.push(Equation { whole, parts: Vec::new(), sums, is_bounded });
                }
            }
            return;
        }
        let of_total = |_: &str, _: &str, found: Found<'_>| found("", "");
        // All of the rest lies in the total.
        let rest = self.tables[parts.0].rest;
        self.add_parts((whole, parts), rest, (sums, is_bounded), of_total);
    }

    /// The relations that the figures of a table keep to another's one line: an earlier version
    /// counted a visit in every hour that it touched.
    pub fn kept_sums(&self, whole: TableId, parts: TableId, sums: Sums) -> Sums {
        let of = |table: TableId| {
            let cells = self.tables[table.0].places.values();
            let measures = cells.map(|&cell| self.cells[cell as usize].measures);
            measures.fold(Measures::default(), |mut sum, one| {
                sum.add(one);
                sum
            })
        };
        let (whole, parts) = (of(whole).counted(), of(parts).counted());
        std::array::from_fn(|place| match sums[place] {
            Sum::Exact if parts[place] > whole[place] => Sum::AtLeast,
            sum => sum,
        })
    }

    /// The first labels of a table's lines.
    pub fn labels(&self, table: TableId) -> Vec<String> {
        let texts = self.texts();
        let places = self.tables[table.0].places.keys();
        places.map(|key| texts[key.0 as usize].to_owned()).collect()
    }

    /// The labels, by their numbers.
    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![""; self.names.len()];
        for (text, &number) in &self.names {
            texts[number as usize] = text;
        }
        texts
    }

    /// How many lines there are in all.
    pub fn lines(&self) -> usize {
        self.cells.len()
    }

    /// Nothing more may be told of the lines of this table than is known already: what lies below
    /// them is not in this world.
    pub fn keep_as_known(&mut self, table: TableId) {
        self.tables[table.0].stays_as_known = true;
    }

    /// What was withheld once stays withheld in every later revision: only lines that were shown
    /// before may be shown, and all others only if nothing was withheld before.
    pub fn freeze(&mut self, table: TableId, before: &Published) {
        let shown: HashMap<(&str, &str), bool> =
            before.lines().map(|line| ((line.label, line.second), !line.is_withheld())).collect();
        let unknown_may = before.remainder.is_none();
        for place in 0..self.tables[table.0].lines.len() {
            let line = &self.tables[table.0].lines[place];
            let may = shown.get(&(line.label.as_str(), line.second.as_str()));
            if !may.copied().unwrap_or(unknown_may) {
                self.withhold(self.tables[table.0].first + place);
            }
        }
    }

    fn table(
        &mut self,
        heading: Heading,
        visitors_min: u64,
        has_views: bool,
        provisional: bool,
    ) -> usize {
        self.tables.push(Table {
            heading,
            visitors_min,
            has_views,
            says_more: false,
            places: HashMap::new(),
            rest: None,
            lines: Vec::new(),
            first: 0,
            provisional,
            down: HashSet::new(),
            is_down: false,
            stays_as_known: false,
        });
        self.tables.len() - 1
    }

    fn key(&mut self, label: &str, second: &str) -> Key {
        let mut number = |text: &str| {
            let next = self.names.len() as u32;
            *self.names.entry_ref(text).or_insert(next)
        };
        (number(label), number(second))
    }

    fn cell(&mut self, table: usize, key: Key, cell: Cell) {
        if cell.fate == Fate::Shown {
            self.named.insert(key);
        }
        self.tables[table].places.insert(key, self.cells.len() as u32);
        self.cells.push(cell);
    }

    fn rest(&mut self, table: usize) {
        if self.tables[table].rest.is_none() {
            self.tables[table].rest = Some(self.cells.len() as u32);
            self.cells.push(Cell::nobody(table));
        }
    }

    pub(super) fn withhold(&mut self, cell: usize) {
        let cell = &mut self.cells[cell];
        if cell.is_candidate {
            (cell.fate, cell.is_candidate) = (Fate::Secondary, false);
            self.tables[cell.table].says_more = true;
        }
    }
}
