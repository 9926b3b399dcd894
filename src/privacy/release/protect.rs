//! Which further lines have to be withheld so that no line of few people can be found: what is
//! known of every line, which of them are told too well, and what helps them.

use hashbrown::HashSet;

use crate::privacy::release::known::{Fate, Known, VISITORS, is_protected};
use crate::privacy::release::sums::Equation;
use crate::privacy::release::world::{Cell, Table, World};

/// How often bounds are narrowed at most: what ten rounds do not find, no reader finds by hand.
const ROUNDS_MAX: usize = 10;

/// How far from a line that is told too much another one is looked for that may be withheld.
const DISTANCE_MAX: usize = 6;

/// How often it is tried to show lines again: each takes a look at everything.
const GIVEN_BACK_MAX: usize = 600;

/// How many lines are looked at for that in all: some ten seconds on one core.
const GIVEN_BACK_LOOKS_MAX: usize = 100_000_000;

/// A line that may be withheld: its visitors, and its number.
type Candidate = (u64, usize);

impl World {
    /// Withholds as many further lines as it takes.
    pub fn protect(&mut self) {
        let sums = self.sums_of_lines();
        loop {
            let known = self.known(&sums);
            if self.take_back(&known) {
                continue;
            }
            let cells = 0..self.cells.len();
            let told: Vec<usize> = cells.filter(|&cell| self.is_told(cell, &known[cell])).collect();
            if told.is_empty() {
                self.give_back(&sums);
                return;
            }
            let others = self.say_more(told);
            if others.is_empty() {
                continue;
            }
            let help = self.nearest(&sums, &others, |cell| cell.is_candidate);
            if !help.is_empty() {
                for cell in help {
                    self.withhold(cell);
                    (self.cells[cell].is_help, self.cells[cell].may_return) = (true, true);
                }
                continue;
            }
            // No single line helps any more: whole tables are kept back, the nearest first.
            let drafts: Vec<bool> =
                self.tables.iter().map(|table| !table.lines.is_empty()).collect();
            let shown = self.nearest(&sums, &others, |cell| {
                cell.fate == Fate::Shown && !cell.is_nobody && drafts[cell.table]
            });
            if shown.is_empty() {
                return;
            }
            let tables: HashSet<usize> =
                shown.into_iter().map(|cell| self.cells[cell].table).collect();
            tables.into_iter().for_each(|table| self.keep_back(table));
        }
    }

    /// A line that was withheld to help another one, and that is known all the same, helps nobody:
    /// it is shown again, for good. Says whether there was one.
    fn take_back(&mut self, known: &[Known]) -> bool {
        let mut has_changed = false;
        for (cell, known) in self.cells.iter_mut().zip(known) {
            let width = known.high[VISITORS].saturating_sub(known.low[VISITORS]);
            if cell.is_help && width < self.tables[cell.table].visitors_min as i64 {
                (cell.fate, cell.is_help) = (Fate::Shown, false);
                has_changed = true;
            }
        }
        has_changed
    }

    /// Shows again, the largest first, what was withheld to help and is not needed for it: all at
    /// once, and if that tells too much, half and half.
    fn give_back(&mut self, sums: &[Vec<u32>]) {
        let may_return = |cell: &usize| {
            let cell = &self.cells[*cell];
            cell.may_return && cell.fate == Fate::Secondary
        };
        let mut cells: Vec<usize> = (0..self.cells.len()).filter(may_return).collect();
        cells.sort_by_key(|&cell| std::cmp::Reverse(self.cells[cell].measures.visitors));
        let mut tries = GIVEN_BACK_MAX.min(GIVEN_BACK_LOOKS_MAX / self.cells.len().max(1));
        let mut groups = vec![cells];
        while let Some(mut group) = groups.pop().filter(|_| tries > 0) {
            tries -= 1;
            group.iter().for_each(|&cell| self.cells[cell].fate = Fate::Shown);
            let known = self.known(sums);
            if !(0..self.cells.len()).any(|cell| self.is_told(cell, &known[cell])) {
                continue;
            }
            group.iter().for_each(|&cell| self.cells[cell].fate = Fate::Secondary);
            if group.len() > 1 {
                groups.push(group.split_off(group.len() / 2));
                groups.push(group);
            }
        }
    }

    /// Lets tables that are about to be let out say that not all they withhold is few: then no
    /// reader can be sure of it. Returns the lines that this does not help.
    fn say_more(&mut self, told: Vec<usize>) -> Vec<usize> {
        let mut helped = HashSet::new();
        let mut others = Vec::new();
        for cell in told {
            let number = self.cells[cell].table;
            let table = &mut self.tables[number];
            let can_say = !table.lines.is_empty() && !table.says_more;
            if can_say || helped.contains(&number) {
                table.says_more = true;
                helped.insert(number);
            } else {
                others.push(cell);
            }
        }
        // What was said may help them, too.
        if helped.is_empty() { others } else { Vec::new() }
    }

    fn keep_back(&mut self, table: usize) {
        self.tables[table].says_more = true;
        let Table { first, ref lines, .. } = self.tables[table];
        for cell in &mut self.cells[first..first + lines.len()] {
            if cell.fate == Fate::Shown && !cell.is_nobody {
                (cell.fate, cell.is_candidate, cell.is_help) = (Fate::Secondary, false, false);
                cell.may_return = true;
            }
        }
    }

    /// What is known of every line, from everything that is shown.
    fn known(&self, sums: &[Vec<u32>]) -> Vec<Known> {
        let start = |cell: &Cell| match cell.fate {
            Fate::Shown => cell.shown,
            Fate::Primary if !self.tables[cell.table].says_more => {
                let table = &self.tables[cell.table];
                let mut known = Known::NOTHING;
                known.high[VISITORS] = table.visitors_min as i64 - 1;
                // Where the line itself is shown without its figures, somebody was there.
                let is_listed = !table.heading.labels_protected;
                known.low[VISITORS] = i64::from(is_listed && cell.measures.visitors > 0);
                known
            }
            Fate::Primary | Fate::Secondary => Known::NOTHING,
        };
        let mut known: Vec<Known> = self.cells.iter().map(start).collect();
        // Only the sums of lines of which more is known now are looked at again.
        let mut is_due = vec![true; self.equations.len()];
        let mut touched: Vec<usize> = (0..self.cells.len()).collect();
        let mut changed = Vec::new();
        for _ in 0..ROUNDS_MAX {
            for (number, equation) in self.equations.iter().enumerate() {
                if std::mem::take(&mut is_due[number]) {
                    changed.clear();
                    equation.narrow(&mut known, &mut changed);
                    for cell in changed.iter().map(|&cell| cell as usize) {
                        sums[cell].iter().for_each(|&sum| is_due[sum as usize] = true);
                        touched.push(cell);
                    }
                }
            }
            for cell in std::mem::take(&mut touched) {
                if known[cell].order(self.tables[self.cells[cell].table].has_views) {
                    sums[cell].iter().for_each(|&sum| is_due[sum as usize] = true);
                }
            }
            if !is_due.contains(&true) {
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

    /// For each of these lines the smallest of the nearest lines that fit.
    fn nearest(
        &self,
        sums: &[Vec<u32>],
        told: &[usize],
        fits: impl Fn(&Cell) -> bool,
    ) -> HashSet<usize> {
        let mut found = HashSet::new();
        let fitting = |(number, cell): (usize, &Cell)| -> Option<Candidate> {
            fits(cell).then_some((cell.measures.visitors, number))
        };
        // The smallest that fits so near each line, one step further each time.
        let mut near: Vec<_> = self.cells.iter().enumerate().map(fitting).collect();
        let mut told = told.to_vec();
        for _ in 0..DISTANCE_MAX {
            let of_sum = |sum: &Equation| sum.members().filter_map(|cell| near[cell]).min();
            let of_sums: Vec<_> = self.equations.iter().map(of_sum).collect();
            let of_line =
                |sums: &Vec<u32>| sums.iter().filter_map(|&sum| of_sums[sum as usize]).min();
            near = sums.iter().map(of_line).collect();
            told.retain(|&cell| {
                found.extend(near[cell].map(|(_, number)| number));
                near[cell].is_none()
            });
            if told.is_empty() {
                break;
            }
        }
        found
    }

    /// The sums that each line stands in.
    fn sums_of_lines(&self) -> Vec<Vec<u32>> {
        let mut sums = vec![Vec::new(); self.cells.len()];
        for (number, equation) in self.equations.iter().enumerate() {
            equation.members().for_each(|cell| sums[cell].push(number as u32));
        }
        sums
    }
}
