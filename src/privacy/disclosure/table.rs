//! A table among the drafts: where its lines stand among all entries.

use hashbrown::HashMap;

use crate::model::COUNTED;
use crate::privacy::disclosure::audit::Relation;
use crate::privacy::disclosure::bounds::{VIEWS, VISITS};
use crate::privacy::release::{ConfStatus, Counts};

/// Says for a line which lines of another table it is part of.
pub type WholesOf<'a> = &'a dyn Fn(&str, &str, &mut dyn FnMut(&str, &str));

/// Why a line is withheld, if it is.
pub(super) type Why = Option<ConfStatus>;

/// A table.
pub(super) struct Table {
    /// What is published of it, if that is not decided yet.
    pub counts: Option<Counts>,
    /// The threshold that it is published under.
    pub threshold: u64,
    /// The entry of each line that has one, by its two labels.
    pub places: HashMap<String, HashMap<String, usize>>,
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
            lines: Vec::new(),
            rest: None,
            is_provisional,
            is_unknown: false,
            is_lifted: false,
            is_cut: false,
        }
    }

    /// How its lines relate to those that they are parts of, after what one reader adds is bounded.
    pub fn relations(&self, mut relations: [Relation; COUNTED]) -> [Relation; COUNTED] {
        if self.is_lifted {
            relations[VIEWS] = relations[VIEWS].or_more();
        }
        if self.is_cut {
            relations[VISITS] = relations[VISITS].or_less();
        }
        relations
    }

    /// How many of its lines without a name are part of each line of another table.
    pub fn hidden(&self, wholes: WholesOf<'_>, whole: &Self) -> HashMap<usize, usize> {
        let mut hidden: HashMap<usize, usize> = HashMap::new();
        let Some(counts) = self.counts.as_ref().filter(|one| one.heading.labels_protected) else {
            return hidden;
        };
        for (line, (_, why)) in counts.lines.iter().zip(&self.lines) {
            if why.is_some() {
                wholes(&line.label, &line.second, &mut |label, second| {
                    if let Some(whole) = whole.place(label, second) {
                        *hidden.entry(whole).or_default() += 1;
                    }
                });
            }
        }
        hidden
    }

    /// Notes the entry of a line.
    pub fn put(&mut self, label: &str, second: &str, entry: usize) {
        let seconds = self.places.entry_ref(label).or_default();
        seconds.insert(second.to_owned(), entry);
    }

    /// The entry of a line.
    pub fn place(&self, label: &str, second: &str) -> Option<usize> {
        self.places.get(label)?.get(second).copied()
    }
}
