//! A table among the drafts: where its lines stand among all entries.

use hashbrown::{HashMap, HashSet};

use crate::privacy::disclosure::bounds::{Relations, VIEWS, VISITS};
use crate::privacy::release::{ConfStatus, CountLine, Counts};

/// Says for a line which lines of another table it is part of.
pub type WholesOf<'a> = &'a dyn Fn(&str, &str, &mut dyn FnMut(&str, &str));

/// Why a line is withheld, if it is.
pub(super) type Why = Option<ConfStatus>;

/// What a line without a name counts among others, for who is found behind them.
fn weight_of(line: &CountLine, threshold: u64) -> usize {
    if line.measures.visitors < threshold { 1 } else { 2 }
}

/// May lines of this weight stand for each other? Whoever knows all values but one knows which one
/// a single line without a name has; of one with enough visitors that is no more than their number.
pub(super) fn is_several(weight: usize) -> bool {
    weight != 1
}

/// A table.
pub(super) struct Table {
    /// What is published of it, if that is not decided yet.
    pub counts: Option<Counts>,
    /// The threshold that it is published under.
    pub threshold: u64,
    /// The entry of each line that has a name, by its two labels.
    pub places: HashMap<String, HashMap<String, usize>>,
    /// The labels of lines that are withheld without a name.
    pub nameless: HashMap<String, HashSet<String>>,
    /// The entries of the lines, in their order, and why each is withheld.
    pub lines: Vec<(usize, Why)>,
    /// Stands for the lines that are withheld without a name.
    pub rest: Option<usize>,
    /// Does its day go on?
    pub is_provisional: bool,
    /// Were its lines not collected, or are they not kept? Then it adds up to nothing.
    pub is_unknown: bool,
    /// Have some of its lines more views than the bound on what one reader adds leaves?
    pub is_lifted: bool,
    /// Have some of its lines fewer visits than were counted?
    pub is_cut: bool,
}

impl Table {
    /// One without lines.
    pub fn new(threshold: u64, is_provisional: bool) -> Self {
        Self {
            counts: None,
            threshold,
            places: HashMap::new(),
            nameless: HashMap::new(),
            lines: Vec::new(),
            rest: None,
            is_provisional,
            is_unknown: false,
            is_lifted: false,
            is_cut: false,
        }
    }

    /// Have its withheld lines no name? Those of a table that is public already have none.
    pub fn are_labels_protected(&self) -> bool {
        self.counts.as_ref().is_none_or(|counts| counts.heading.labels_protected)
    }

    /// How its lines relate to those that they are parts of, after what one reader adds is bounded.
    pub fn relations(&self, mut relations: Relations) -> Relations {
        if self.is_lifted {
            relations[VIEWS] = relations[VIEWS].or_more();
        }
        if self.is_cut {
            relations[VISITS] = relations[VISITS].or_less();
        }
        relations
    }

    /// What hides the lines without a name that are part of each line of another table.
    pub fn hidden(&self, wholes: WholesOf<'_>, whole: &Self) -> HashMap<usize, usize> {
        let mut hidden: HashMap<usize, usize> = HashMap::new();
        let Some(counts) = self.counts.as_ref().filter(|one| one.heading.labels_protected) else {
            return hidden;
        };
        for (line, (_, why)) in counts.lines.iter().zip(&self.lines) {
            if why.is_some() {
                wholes(&line.label, &line.second, &mut |label, second| {
                    if let Some(whole) = whole.place(label, second) {
                        *hidden.entry(whole).or_default() += weight_of(line, self.threshold);
                    }
                });
            }
        }
        hidden
    }

    /// Notes the entry of a line, which has a name or none.
    pub fn put(&mut self, (label, second): (&str, &str), entry: usize, is_named: bool) {
        if is_named {
            self.places.entry_ref(label).or_default().insert(second.to_owned(), entry);
        } else {
            self.nameless.entry_ref(label).or_default().insert(second.to_owned());
        }
    }

    /// Is the line withheld without a name?
    pub fn is_nameless(&self, label: &str, second: &str) -> bool {
        self.nameless.get(label).is_some_and(|seconds| seconds.contains(second))
    }

    /// The entry of a line.
    pub fn place(&self, label: &str, second: &str) -> Option<usize> {
        self.places.get(label)?.get(second).copied()
    }
}
