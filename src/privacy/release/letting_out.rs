//! A table as it may be seen by everybody, once it is known which of its lines are withheld.

use crate::privacy::release::NOT_COLLECTED_LABEL;
use crate::privacy::release::counts::CountLine;
use crate::privacy::release::known::Fate;
use crate::privacy::release::published::{ConfStatus, ObsStatus, Published, PublishedLine};
use crate::privacy::release::world::{Table, TableId, World};

impl World {
    /// A table as it may be seen by everybody.
    pub fn let_out(&mut self, table: TableId) -> Published {
        let lines = std::mem::take(&mut self.tables[table.0].lines);
        let table = &self.tables[table.0];
        let mut remainder = None;
        let mut published = Vec::new();
        for (place, count) in lines.into_iter().enumerate() {
            let code = match self.cells[table.first + place].fate {
                Fate::Shown => {
                    published.push(table.shown(count));
                    continue;
                }
                Fate::Primary if !table.says_more => ConfStatus::SmallCount,
                Fate::Primary | Fate::Secondary => ConfStatus::Secondary,
            };
            if table.heading.labels_protected {
                remainder = Some(code);
            } else {
                published.push(PublishedLine::withheld(count.label, count.second, code));
            }
        }
        if table.is_down && table.heading.labels_protected {
            let label = NOT_COLLECTED_LABEL.to_owned();
            published.push(PublishedLine::not_collected(label, String::new()));
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
    fn shown(&self, count: CountLine) -> PublishedLine {
        // It is withheld from nobody that nothing was counted: readers know of it what they know
        // of a zero.
        if self.is_down || self.down.contains(&count.label) {
            return PublishedLine::not_collected(count.label, count.second);
        }
        let is_provisional = count.provisional || self.provisional;
        PublishedLine {
            figures: super::ratio::figures(&count.measures),
            label: count.label,
            second: count.second,
            obs_status: if is_provisional { ObsStatus::Provisional } else { ObsStatus::Normal },
            conf_status: ConfStatus::Free,
        }
    }
}

impl Published {
    /// Does it tell of all that it withholds that it is few?
    pub(super) fn says_few(&self) -> bool {
        let code = ConfStatus::Secondary;
        let line = |line: &PublishedLine| line.conf_status == code;
        self.remainder != Some(code) && !self.lines.iter().any(line)
    }
}
