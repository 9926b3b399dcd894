//! The lines of a published table, as columns. The table of a large site has ten thousand lines and
//! more, and a question reads dozens of tables: with a text and a row of its own for each line most
//! of the time went into making and dropping them.

use serde::de::Deserializer;
use serde::{Deserialize, Serialize, Serializer};

use crate::model::{Metric, Texts};
use crate::privacy::release::figure::{ConfStatus, ObsStatus, PublishedLine};
use crate::privacy::release::ratio;

/// Figures of a line that is shown.
const FIGURES: usize = Metric::ALL.len();

/// Figures of a line that are counted.
const COUNTED: usize = crate::model::COUNTED;

/// The codes of a line: it is shown, or withheld for one reason or the other, or nothing was
/// collected.
const SHOWN: u8 = 0;
const SMALL_COUNT: u8 = 1;
const SECONDARY: u8 = 2;
const NOT_COLLECTED: u8 = 3;

/// The code of a line that is shown, or withheld for a reason.
pub(super) fn code_of(why: ConfStatus) -> u8 {
    match why {
        ConfStatus::Free => SHOWN,
        ConfStatus::SmallCount => SMALL_COUNT,
        ConfStatus::Secondary => SECONDARY,
    }
}

/// A code for each line, one byte each.
#[derive(Clone, Debug, Default, PartialEq)]
struct Codes(Vec<u8>);

impl Serialize for Codes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(|codes| Self(codes.to_vec()))
    }
}

/// The lines of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lines {
    labels: Texts,
    /// The other value of each line; none where no line has one.
    seconds: Texts,
    codes: Codes,
    /// Of each line that is shown the figures, in the order of [`Metric::ALL`]: counted in tens; a
    /// ratio is one more than itself, and 0 where there is none.
    figures: Vec<u64>,
}

impl Lines {
    /// Adds a line with figures as they are published.
    pub fn show(&mut self, label: &str, second: &str, figures: [u64; COUNTED]) {
        self.add(label, second, SHOWN);
        self.figures.extend(ratio::kept(figures));
    }

    /// Adds a line whose figures are withheld.
    pub fn withhold(&mut self, label: &str, second: &str, why: ConfStatus) {
        self.add(label, second, code_of(why));
    }

    /// Adds a line of what was not collected.
    pub fn miss(&mut self, label: &str, second: &str) {
        self.add(label, second, NOT_COLLECTED);
    }

    fn add(&mut self, label: &str, second: &str, code: u8) {
        let is_crossed = !second.is_empty() || !self.seconds.is_empty();
        if is_crossed {
            while self.seconds.len() < self.labels.len() {
                self.seconds.push("");
            }
            self.seconds.push(second);
        }
        self.labels.push(label);
        self.codes.0.push(code);
    }

    /// Does every line have its code, and every one that is shown its figures?
    pub fn are_whole(&self) -> bool {
        let shown = self.codes.0.iter().filter(|&&code| code == SHOWN).count();
        let crossed = self.seconds.len();
        self.codes.0.len() == self.labels.len()
            && (crossed == 0 || crossed == self.labels.len())
            && self.codes.0.iter().all(|&code| code <= NOT_COLLECTED)
            && self.figures.len() == shown * FIGURES
    }

    /// Is this the code of a line of the table?
    pub fn has(&self, why: ConfStatus) -> bool {
        self.codes.0.contains(&code_of(why))
    }

    /// The lines, in their order. Those of a provisional table are provisional.
    pub fn iter(&self, is_provisional: bool) -> impl Iterator<Item = PublishedLine<'_>> {
        let shown = if is_provisional { ObsStatus::Provisional } else { ObsStatus::Normal };
        let mut figures = self.figures.chunks_exact(FIGURES);
        self.codes.0.iter().enumerate().map(move |(number, &code)| {
            let (obs_status, conf_status) = match code {
                SHOWN => (shown, ConfStatus::Free),
                SMALL_COUNT => (ObsStatus::Suppressed, ConfStatus::SmallCount),
                SECONDARY => (ObsStatus::Suppressed, ConfStatus::Secondary),
                _ => (ObsStatus::NotCollected, ConfStatus::Free),
            };
            PublishedLine {
                label: self.labels.get(number),
                second: self.seconds.get(number),
                kept: if code == SHOWN { figures.next().unwrap_or_default() } else { &[] },
                obs_status,
                conf_status,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::release::figure::Figure;

    const MANY: [u64; COUNTED] = [120, 40, 50, 20, 0, 3_000];

    #[test]
    fn codes_are_written_as_a_list_of_numbers() {
        let bytes = postcard::to_stdvec(&Codes(vec![SHOWN, SECONDARY])).unwrap();
        assert_eq!(bytes, postcard::to_stdvec(&vec![SHOWN, SECONDARY]).unwrap());
        assert_eq!(postcard::from_bytes::<Codes>(&bytes).unwrap().0, [SHOWN, SECONDARY]);
    }

    #[test]
    fn each_line_has_its_own_figures() {
        let mut lines = Lines::default();
        lines.withhold("/few", "", ConfStatus::SmallCount);
        lines.show("/a", "FR", MANY);
        lines.miss("/down", "");
        lines.show("/b", "", [0; COUNTED]);
        assert!(lines.are_whole());
        let said: Vec<_> = lines
            .iter(true)
            .map(|line| (line.label, line.second, line.figure(Metric::Views), line.obs_status))
            .collect();
        let expected = [
            ("/few", "", Figure::Withheld, ObsStatus::Suppressed),
            ("/a", "FR", Figure::Rounded(120), ObsStatus::Provisional),
            ("/down", "", Figure::Withheld, ObsStatus::NotCollected),
            ("/b", "", Figure::Rounded(0), ObsStatus::Provisional),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn lines_without_their_figures_or_of_an_unknown_code_are_not_whole() {
        let mut lines = Lines::default();
        lines.show("/a", "", MANY);
        assert!(lines.are_whole());
        let without = Lines { figures: Vec::new(), ..lines.clone() };
        let unknown =
            Lines { codes: Codes(vec![NOT_COLLECTED + 1]), figures: Vec::new(), ..lines.clone() };
        assert!(!without.are_whole() && !unknown.are_whole());
        lines.labels.push("/b");
        assert!(!lines.are_whole());
    }
}
