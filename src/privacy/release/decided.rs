//! A table as everybody may see it, once it is decided which of its lines are published.

use crate::model::{COUNTED, Measures};
use crate::privacy::release::NOT_COLLECTED_LABEL;
use crate::privacy::release::counts::{CountLine, Counts};
use crate::privacy::release::figure::ConfStatus;
use crate::privacy::release::lines::Lines;
use crate::privacy::release::published::Published;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Its figures are published so.
    Shown([u64; COUNTED]),
    /// It is withheld.
    Withheld(ConfStatus),
}

impl Published {
    /// The table of counts whose lines are decided, each in its place. Does its day go on, and is
    /// the total of its site withheld? Then so is all of it.
    pub fn of_decided(
        counts: Counts,
        decided: impl Iterator<Item = Decided>,
        visitors_min: u64,
        (provisional, is_hidden): (bool, bool),
    ) -> Self {
        let decided: Vec<Decided> = decided.collect();
        let published = decided.iter().filter(|one| matches!(one, Decided::Shown(_))).count();
        let names_all = counts.names_all(published);
        let Counts { heading, lines: counted, down, is_down, .. } = counts;
        let is_down = is_down && counted.iter().all(is_nobody);
        let has = |why: ConfStatus| decided.contains(&Decided::Withheld(why));
        // One code for all: which of them are few is nobody's business, nor whether anybody is
        // there where that could be known from the code.
        let code = match (has(ConfStatus::SmallCount), has(ConfStatus::Secondary)) {
            _ if is_hidden && !is_down => Some(ConfStatus::SmallCount),
            (_, true) => Some(ConfStatus::Secondary),
            (true, false) => Some(ConfStatus::SmallCount),
            (false, false) if !names_all => Some(ConfStatus::SmallCount),
            (false, false) => None,
        };
        let mut lines = Lines::default();
        for (line, decided) in counted.iter().zip(&decided) {
            // Readers know of what was not collected what they know of a zero.
            let is_missing = is_nobody(line) && (is_down || down.contains(&line.label));
            match decided {
                _ if is_missing => lines.miss(&line.label, &line.second),
                // An hour of nobody looks like one of few people, wherever there is one of them.
                Decided::Shown(_) if !heading.labels_protected && is_nobody(line) => match code {
                    Some(code) => lines.withhold(&line.label, &line.second, code),
                    None => lines.show(&line.label, &line.second, [0; COUNTED]),
                },
                Decided::Shown(figures) => {
                    lines.show(&line.label, &line.second, *figures);
                }
                Decided::Withheld(_) if heading.labels_protected => {}
                Decided::Withheld(why) => {
                    lines.withhold(&line.label, &line.second, code.unwrap_or(*why));
                }
            }
        }
        if is_down && heading.labels_protected {
            lines.miss(NOT_COLLECTED_LABEL, "");
        }
        let remainder = code.filter(|_| heading.labels_protected);
        Self { heading, lines, remainder, provisional, not_collected: is_down, visitors_min }
    }
}

fn is_nobody(line: &CountLine) -> bool {
    line.measures == Measures::default()
}
