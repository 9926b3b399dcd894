//! A table as it may be seen by everybody, once it is known which of its lines are withheld.

use crate::model::Measures;
use crate::privacy::release::NOT_COLLECTED_LABEL;
use crate::privacy::release::counts::CountLine;
use crate::privacy::release::figure::ConfStatus;
use crate::privacy::release::known::Fate;
use crate::privacy::release::lines::Lines;
use crate::privacy::release::published::Published;
use crate::privacy::release::world::{Table, TableId, World};

impl World {
    /// A table as it may be seen by everybody.
    pub fn let_out(&mut self, table: TableId) -> Published {
        let lines = std::mem::take(&mut self.tables[table.0].lines);
        let table = &self.tables[table.0];
        let mut remainder = None;
        let mut published = Lines::default();
        // An hour of nobody looks like one of few people, wherever there is one of few people.
        let code_of_few =
            if table.says_more { ConfStatus::Secondary } else { ConfStatus::SmallCount };
        let fate_of = |place: usize| self.cells[table.first + place].fate;
        let hides_nobody = !table.heading.labels_protected
            && (0..lines.len()).any(|place| fate_of(place) != Fate::Shown);
        for (place, count) in lines.iter().enumerate() {
            let code = match fate_of(place) {
                Fate::Shown if hides_nobody && table.is_quiet(count) => code_of_few,
                Fate::Shown => {
                    table.show(count, &mut published);
                    continue;
                }
                Fate::Primary => code_of_few,
                Fate::Secondary => ConfStatus::Secondary,
            };
            if table.heading.labels_protected {
                remainder = Some(code);
            } else {
                published.withhold(&count.label, &count.second, code);
            }
        }
        if table.is_down && table.heading.labels_protected {
            published.miss(NOT_COLLECTED_LABEL, "");
        }
        Published {
            heading: table.heading.clone(),
            lines: published,
            remainder,
            provisional: table.provisional,
            not_collected: table.is_down,
            visitors_min: table.visitors_min,
        }
    }
}

impl Table {
    /// Was it collected, and did nobody come?
    fn is_quiet(&self, count: &CountLine) -> bool {
        let is_missing = self.is_down || self.down.contains(&count.label);
        count.measures == Measures::default() && !is_missing
    }

    fn show(&self, count: &CountLine, lines: &mut Lines) {
        // It is withheld from nobody that nothing was counted: readers know of it what they know
        // of a zero.
        if self.is_down || self.down.contains(&count.label) {
            lines.miss(&count.label, &count.second);
        } else {
            lines.show(&count.label, &count.second, &count.measures);
        }
    }
}

impl Published {
    /// Does it tell of all that it withholds that it is few?
    pub(super) fn says_few(&self) -> bool {
        let code = ConfStatus::Secondary;
        self.remainder != Some(code) && !self.lines.has(code)
    }
}
