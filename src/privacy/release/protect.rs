//! Which further lines have to be withheld so that no line of few people can be found: what is
//! known of every line, which of them are told too well, and what helps them.

use hashbrown::{HashMap, HashSet};

use crate::privacy::release::known::{Fate, Known, VISITORS, is_protected};
use crate::privacy::release::sums::Equation;
use crate::privacy::release::world::{Cell, Table, World};

/// How often bounds are narrowed at most: what ten rounds do not find, no reader finds by hand.
const ROUNDS_MAX: usize = 10;

/// How far from a line that is told too much another one is looked for that may be withheld.
const DISTANCE_MAX: usize = 6;

/// Turns in which one line of a sum is withheld for each line that it tells too much of. After them
/// it is two, four and so on, lest a few lines take hours; and then what was known before is looked
/// at.
const PATIENT_TURNS: u32 = 6;

/// After so many turns whole tables are kept back; what is not needed of them is shown again in the
/// end.
const TURNS_MAX: u32 = 12;

/// How often it is tried to show lines again: each takes a look at everything.
const GIVEN_BACK_MAX: usize = 600;

/// How many lines are looked at for that in all: some ten seconds on one core.
const GIVEN_BACK_LOOKS_MAX: usize = 100_000_000;

/// A line that may be withheld: its visitors, and its number.
type Candidate = (u64, usize);

impl World {
    /// Withholds as many further lines as it takes.
    pub fn protect(&mut self) {
        // In whatever order the sums were found: the same counts are withheld alike.
        self.equations.sort_unstable_by(|one, other| {
            (one.whole, &one.parts).cmp(&(other.whole, &other.parts))
        });
        let sums = self.sums_of_lines();
        let mut floor = None;
        let mut turn = 0_u32;
        loop {
            let known = self.known(&sums);
            if self.take_back(&known) {
                continue;
            }
            if turn == PATIENT_TURNS && floor.is_none() {
                floor = Some(self.floor(&sums));
            }
            let told = self.told(&known, floor.as_deref());
            if told.is_empty() {
                self.give_back(&sums, floor.as_deref());
                return;
            }
            let others = self.say_more(told);
            if others.is_empty() {
                continue;
            }
            turn += 1;
            if turn <= TURNS_MAX && self.help((&sums, &known), &others, turn) {
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

    /// Withholds lines that help these. Says whether there were any.
    fn help(&mut self, (sums, known): (&[Vec<u32>], &[Known]), told: &[usize], turn: u32) -> bool {
        let count = 1 << turn.saturating_sub(PATIENT_TURNS).min(usize::BITS - 1);
        let (mut help, far) = self.within((sums, known), told, count);
        help.extend(self.nearest(sums, &far, |cell| cell.is_candidate));
        for &cell in &help {
            self.withhold(cell);
            (self.cells[cell].is_help, self.cells[cell].may_return) = (true, true);
        }
        !help.is_empty()
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
    fn give_back(&mut self, sums: &[Vec<u32>], floor: Option<&[Known]>) {
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
            if self.told(&known, floor).is_empty() {
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

    /// The lines that are told too well. What is known of a line if nothing new is let out, which
    /// is its `floor`, is not told by what is let out now.
    fn told(&self, known: &[Known], floor: Option<&[Known]>) -> Vec<usize> {
        let is_told = |&cell: &usize| {
            let is_new = |floor: &[Known]| {
                let told = known[cell].beyond(&floor[cell]);
                known[cell] != floor[cell] && self.is_told(cell, &told)
            };
            self.is_told(cell, &known[cell]) && floor.is_none_or(is_new)
        };
        (0..self.cells.len()).filter(is_told).collect()
    }

    /// What is known of every line if nothing new is let out.
    fn floor(&mut self, sums: &[Vec<u32>]) -> Vec<Known> {
        let is_draft: Vec<bool> = self.tables.iter().map(|table| !table.lines.is_empty()).collect();
        let says_more: Vec<bool> = self.tables.iter().map(|table| table.says_more).collect();
        let is_shown =
            |cell: &Cell| cell.fate == Fate::Shown && !cell.is_nobody && is_draft[cell.table];
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| is_shown(cell));
        let shown: Vec<usize> = cells.map(|(number, _)| number).collect();
        shown.iter().for_each(|&cell| self.cells[cell].fate = Fate::Secondary);
        for (table, is_draft) in self.tables.iter_mut().zip(&is_draft) {
            table.says_more |= is_draft;
        }
        let floor = self.known(sums);
        shown.iter().for_each(|&cell| self.cells[cell].fate = Fate::Shown);
        for (table, says_more) in self.tables.iter_mut().zip(says_more) {
            table.says_more = says_more;
        }
        floor
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

    /// For each of these lines the smallest lines, so many, that may still be withheld of the sum
    /// that by itself tells too much of it, the shortest if there are several; where it takes
    /// several sums together, the smallest of each. Besides the lines of which no sum has one.
    fn within(
        &self,
        (sums, known): (&[Vec<u32>], &[Known]),
        told: &[usize],
        count: usize,
    ) -> (HashSet<usize>, Vec<usize>) {
        let mut of_sums: HashMap<u32, (Known, Vec<usize>)> = HashMap::new();
        let (mut found, mut far) = (HashSet::new(), Vec::new());
        for &cell in told {
            let mut of_line = sums[cell].clone();
            of_line.sort_by_key(|&sum| self.equations[sum as usize].parts.len());
            let mut with_help = Vec::new();
            for sum in of_line {
                let equation = &self.equations[sum as usize];
                let (parts, smallest) = of_sums.entry(sum).or_insert_with(|| {
                    (equation.sum_of_parts(known), self.smallest(equation, count))
                });
                if smallest.is_empty() {
                    continue;
                }
                if self.is_told(cell, &equation.told_of(cell, known, parts)) {
                    with_help = vec![sum];
                    break;
                }
                with_help.push(sum);
            }
            if with_help.is_empty() {
                far.push(cell);
            }
            with_help.iter().for_each(|sum| found.extend(&of_sums[sum].1));
        }
        (found, far)
    }

    /// The smallest lines of a sum that may still be withheld, so many at most.
    fn smallest(&self, sum: &Equation, count: usize) -> Vec<usize> {
        let candidates = sum.members().filter(|&cell| self.cells[cell].is_candidate);
        let size = |cell: &usize| (self.cells[*cell].measures.visitors, *cell);
        if count == 1 {
            return candidates.min_by_key(size).into_iter().collect();
        }
        let mut smallest: Vec<usize> = candidates.collect();
        smallest.sort_by_key(size);
        smallest.truncate(count);
        smallest
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
