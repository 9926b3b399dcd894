//! Everything that readers can put side by side when a period is released: the tables that are about
//! to be let out, those that were, and the sums between them; and which lines have to be withheld.
//!
//! A reader who knows the rules can bound every line that is withheld: by the totals, by the other
//! lines, by the days of a month, by other breakdowns of the same visitors. The bounds are narrowed
//! again and again until nothing changes. As long as one of them tells too much, a line that is not
//! let out yet is withheld as well, the smallest near it first. In the worst case nothing new is let
//! out, and then nothing new is told.

use hashbrown::{HashMap, HashSet};

use crate::model::Measures;
use crate::privacy::release::counts::{CountLine, Counts, Heading};
use crate::privacy::release::known::{Fate, Known, VISITORS, is_protected};
use crate::privacy::release::published::Published;
use crate::privacy::release::sums::{ADDS_UP, Equation, Sums};

/// How often bounds are narrowed at most: what ten rounds do not find, no reader finds by hand.
const ROUNDS_MAX: usize = 10;

/// How far from a line that is told too much another one is looked for that may be withheld.
const DISTANCE_MAX: usize = 6;

/// A table with more withheld lines than this is taken to have any number of them: those whose
/// label is shown nowhere are one rest of which nothing is known.
const NAMED_WITHHELD_MAX: usize = 100;

/// The number of a table in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableId(pub(super) usize);

/// The two labels of a line, by their numbers.
type Key = (u32, u32);

pub(super) struct Table {
    pub(super) heading: Heading,
    pub(super) visitors_min: u64,
    /// Has whoever is counted in it viewed a page?
    has_views: bool,
    /// Does it say that lines are withheld for another reason than that they are few?
    pub(super) says_more: bool,
    places: HashMap<Key, u32>,
    rest: Option<u32>,
    /// The lines of a table that is about to be let out, and the number of the first.
    pub(super) lines: Vec<CountLine>,
    pub(super) first: usize,
    pub(super) provisional: bool,
    /// Of which of its lines, and of the whole, nothing is said because nothing was collected.
    pub(super) down: HashSet<String>,
    pub(super) is_down: bool,
    /// Must its lines be known no better than they are by themselves?
    stays_as_known: bool,
}

/// One line.
pub(super) struct Cell {
    table: usize,
    pub(super) fate: Fate,
    measures: Measures,
    /// What its publication alone tells.
    shown: Known,
    /// May it still be withheld?
    is_candidate: bool,
    /// Is it the rest of a table, or nothing at all?
    is_nobody: bool,
}

/// What readers can put side by side.
#[derive(Default)]
pub struct World {
    names: HashMap<String, u32>,
    pub(super) tables: Vec<Table>,
    pub(super) cells: Vec<Cell>,
    equations: Vec<Equation>,
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
        let Counts { heading, lines, mut down, is_down } = counts;
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
            self.cell(id, key, Cell { table: id, fate, measures, shown, is_candidate, is_nobody });
        }
        let table = &mut self.tables[id];
        (table.lines, table.first, table.down, table.is_down) = (lines, first, down, is_down);
        TableId(id)
    }

    /// Adds a table that was let out, with its exact figures.
    pub fn add_kept(&mut self, published: &Published, counts: &Counts, has_views: bool) -> TableId {
        let least = published.visitors_min;
        let id = self.table(published.heading.clone(), least, has_views, false);
        self.tables[id].says_more = !published.says_few();
        let mut shown: HashMap<(&str, &str), Known> = HashMap::new();
        for line in &published.lines {
            if let Some(known) = Known::of_line(line, least) {
                shown.insert((&line.label, &line.second), known);
            }
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
            if fate != Fate::Shown && withheld > NAMED_WITHHELD_MAX && !self.is_named(key) {
                self.rest(id);
                continue;
            }
            let is_nobody = line.measures == Measures::default();
            let (measures, is_candidate) = (line.measures, false);
            let cell = Cell { table: id, fate, measures, shown: known, is_candidate, is_nobody };
            self.cell(id, key, cell);
        }
        TableId(id)
    }

    /// Each of these lines is the sum of the lines of the same labels in the other tables.
    pub fn sum_of_periods(&mut self, whole: TableId, parts: &[TableId]) {
        let wholes: Vec<_> =
            self.tables[whole.0].places.iter().map(|(&key, &at)| (key, at)).collect();
        for (key, whole) in wholes {
            let found = parts.iter().filter_map(|part| self.tables[part.0].places.get(&key));
            let parts: Vec<u32> = found.copied().collect();
            if !parts.is_empty() {
                self.equations.push(Equation { whole, parts, sums: ADDS_UP, is_bounded: true });
            }
        }
    }

    /// The lines of a table are parts of lines of another: `of` says of which, by their labels.
    pub fn parts_of(
        &mut self,
        whole: TableId,
        parts: TableId,
        (sums, is_bounded): (Sums, bool),
        of: impl Fn(&str, &str) -> Vec<String>,
    ) {
        let mut groups: HashMap<String, Vec<u32>> = HashMap::new();
        let texts: HashMap<u32, &str> =
            self.names.iter().map(|(text, &number)| (number, text.as_str())).collect();
        let text = |number: &u32| texts.get(number).copied().unwrap_or_default();
        for ((label, second), &cell) in &self.tables[parts.0].places {
            for whole in of(text(label), text(second)) {
                groups.entry(whole).or_default().push(cell);
            }
        }
        let none = self.names.get("").copied().unwrap_or(u32::MAX);
        for (label, mut parts_of_it) in groups {
            let Some(&label) = self.names.get(&label) else { continue };
            let Some(&whole) = self.tables[whole.0].places.get(&(label, none)) else { continue };
            parts_of_it.sort_unstable();
            parts_of_it.extend(self.tables[parts.0].rest);
            let parts = parts_of_it;
            self.equations.push(Equation { whole, parts, sums, is_bounded });
        }
    }

    /// The first labels of a table's lines.
    pub fn labels(&self, table: TableId) -> Vec<String> {
        let mut of_number = vec![""; self.names.len()];
        for (text, &number) in &self.names {
            of_number[number as usize] = text;
        }
        let places = self.tables[table.0].places.keys();
        places.map(|key| of_number[key.0 as usize].to_owned()).collect()
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
        let shown: HashMap<(&str, &str), bool> = before
            .lines
            .iter()
            .map(|line| ((line.label.as_str(), line.second.as_str()), !line.is_withheld()))
            .collect();
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
        self.tables[table].places.insert(key, self.cells.len() as u32);
        self.cells.push(cell);
    }

    /// Is a line of these labels shown in any table, or about to be?
    fn is_named(&self, key: Key) -> bool {
        let mut found = self.tables.iter().filter_map(|table| table.places.get(&key));
        found.any(|&cell| self.cells[cell as usize].fate == Fate::Shown)
    }

    fn rest(&mut self, table: usize) {
        if self.tables[table].rest.is_none() {
            self.tables[table].rest = Some(self.cells.len() as u32);
            self.cells.push(Cell {
                table,
                fate: Fate::Secondary,
                measures: Measures::default(),
                shown: Known::NOTHING,
                is_candidate: false,
                is_nobody: true,
            });
        }
    }

    fn withhold(&mut self, cell: usize) {
        let cell = &mut self.cells[cell];
        if cell.is_candidate {
            (cell.fate, cell.is_candidate) = (Fate::Secondary, false);
            self.tables[cell.table].says_more = true;
        }
    }

    /// Withholds as many further lines as it takes.
    pub fn protect(&mut self) {
        loop {
            let known = self.known();
            let told: Vec<usize> =
                (0..self.cells.len()).filter(|&cell| self.is_told(cell, &known[cell])).collect();
            if told.is_empty() {
                return;
            }
            let mut helped = HashSet::new();
            let mut others = Vec::new();
            for cell in told {
                // With another code no reader can be sure that what is withheld is few.
                let table = self.cells[cell].table;
                let is_draft = !self.tables[table].lines.is_empty();
                if is_draft && !self.tables[table].says_more || helped.contains(&table) {
                    self.tables[table].says_more = true;
                    helped.insert(table);
                } else {
                    others.push(cell);
                }
            }
            let withheld = self.nearest_candidates(others);
            if withheld.is_empty() && helped.is_empty() {
                (0..self.cells.len()).for_each(|cell| self.withhold(cell));
                return;
            }
            withheld.into_iter().for_each(|cell| self.withhold(cell));
        }
    }

    /// What is known of every line, from everything that is shown.
    fn known(&self) -> Vec<Known> {
        let start = |cell: &Cell| match cell.fate {
            Fate::Shown => cell.shown,
            Fate::Primary if !self.tables[cell.table].says_more => {
                let mut known = Known::NOTHING;
                known.high[VISITORS] = self.tables[cell.table].visitors_min as i64 - 1;
                known
            }
            Fate::Primary | Fate::Secondary => Known::NOTHING,
        };
        let mut known: Vec<Known> = self.cells.iter().map(start).collect();
        for _ in 0..ROUNDS_MAX {
            let mut has_changed = false;
            for equation in &self.equations {
                has_changed |= equation.narrow(&mut known);
            }
            for (cell, known) in self.cells.iter().zip(&mut known) {
                has_changed |= known.order(self.tables[cell.table].has_views);
            }
            if !has_changed {
                break;
            }
        }
        known
    }

    fn is_told(&self, cell: usize, known: &Known) -> bool {
        let cell = &self.cells[cell];
        let table = &self.tables[cell.table];
        if table.stays_as_known && cell.fate == Fate::Shown && *known != cell.shown {
            return true;
        }
        let is_withheld = cell.fate != Fate::Shown && !cell.is_nobody;
        is_withheld
            && !is_protected(cell.fate, known, &cell.measures, table.visitors_min, table.has_views)
    }

    /// For each of these lines the smallest line nearest to it that may still be withheld.
    fn nearest_candidates(&self, told: Vec<usize>) -> HashSet<usize> {
        let mut found = HashSet::new();
        // Which line each line near is looked at for.
        let mut near: HashMap<usize, usize> = told.iter().map(|&cell| (cell, cell)).collect();
        let mut open: HashSet<usize> = told.into_iter().collect();
        for _ in 0..DISTANCE_MAX {
            let mut best: HashMap<usize, (u64, usize)> = HashMap::new();
            let mut next = near.clone();
            for equation in &self.equations {
                let origins: Vec<usize> =
                    equation.members().filter_map(|cell| near.get(&cell).copied()).collect();
                for origin in origins.into_iter().filter(|origin| open.contains(origin)) {
                    for cell in equation.members() {
                        next.entry(cell).or_insert(origin);
                        if self.cells[cell].is_candidate {
                            let visitors = self.cells[cell].measures.visitors;
                            let one = best.entry(origin).or_insert((visitors, cell));
                            *one = (*one).min((visitors, cell));
                        }
                    }
                }
            }
            for (origin, (_, cell)) in best {
                open.remove(&origin);
                found.insert(cell);
            }
            if open.is_empty() {
                break;
            }
            near = next;
        }
        found
    }
}
