//! The small sums that readers can write down between the tables of one period.

use std::cell::RefCell;

use hashbrown::HashMap;

use crate::dimension::{
    self, Dimension, ENTRY_PAGE, EXIT_PAGE, JOINED, Joined, PAGE, WITHIN, Within,
};
use crate::model::COUNTED;
use crate::privacy::disclosure::audit::Relation;
use crate::privacy::disclosure::drafts::{Drafts, TableId};
use crate::store::{HOURS, Method, WHOLE_SITE};

/// The dimensions of a table, the second 0 where there is one.
pub type Codes = (u8, u8);

/// Hours add up to their day, and a visit is in the hour in which it begins; a visitor may be in
/// several of them.
const HOURS_ADD_UP: [Relation; COUNTED] = [
    Relation::Exact,
    Relation::AtLeast,
    Relation::Exact,
    Relation::Exact,
    Relation::Exact,
    Relation::Exact,
];

/// A first or last page's visitors and visits are among those of the page; the rest is of the whole
/// visit.
const OF_SAME_PAGE: [Relation; COUNTED] = [
    Relation::Free,
    Relation::AtMost,
    Relation::AtMost,
    Relation::Free,
    Relation::Free,
    Relation::Free,
];

/// The tables of one period among the drafts.
pub struct Layer {
    /// The tables, by what they are of.
    pub tables: Vec<(Codes, TableId)>,
    /// How its days were collected.
    pub methods: Vec<Method>,
}

impl Layer {
    /// Is there a method that gives these breakdowns? Where nothing was collected, that is said.
    pub fn is_given(&self, codes: Codes) -> bool {
        self.methods.is_empty() || self.methods.iter().any(|method| gives(*method, codes))
    }

    /// The table of these dimensions, if it is there.
    pub fn table(&self, codes: Codes) -> Option<TableId> {
        self.tables.iter().find(|table| table.0 == codes).map(|table| table.1)
    }

    /// How the lines of a breakdown relate to those that they are parts of: where not every day
    /// gives them, something may be in none.
    fn relations(&self, codes: Codes, relations: [Relation; COUNTED]) -> [Relation; COUNTED] {
        if self.methods.iter().all(|method| gives(*method, codes)) {
            return relations;
        }
        relations.map(Relation::or_less)
    }

    /// Adds the sums between the tables.
    pub fn link(&self, drafts: &mut Drafts<'_>) {
        let Some(total) = self.table((WHOLE_SITE, 0)) else { return };
        for &(codes, table) in &self.tables {
            let (one, other) = (dimension::coded(codes.0), dimension::coded(codes.1));
            match (one, other) {
                _ if codes.0 == HOURS => {
                    drafts.link(total, table, (HOURS_ADD_UP, true, false), &to_total)
                }
                (Some(one), None) => {
                    let relations = self.relations(codes, one.relations());
                    drafts.link(total, table, (relations, one.has_views(), false), &to_total);
                }
                (Some(one), Some(other)) => self.link_crossing(drafts, table, (one, other)),
                (None, _) => {}
            }
        }
        for within in &WITHIN {
            let tables = (self.table((within.whole.code, 0)), self.table((within.part.code, 0)));
            if let (Some(whole), Some(part)) = tables {
                let holders = Holders::new(within, drafts.labels(whole));
                let has_views = within.part.has_views();
                drafts.link(
                    whole,
                    part,
                    (within.relations, has_views, false),
                    &|label, _, found| {
                        holders.of(label, |whole| found(whole, ""));
                    },
                );
            }
        }
        self.link_same(drafts);
        for joined in &JOINED {
            let Some(part) = self.table((joined.both.code, 0)) else { continue };
            for (place, half) in joined.halves.into_iter().enumerate() {
                let Some(whole) = self.table((half.code, 0)) else { continue };
                drafts.link(whole, part, (half.relations(), true, false), &|label, _, found| {
                    if let Some(halves) = Joined::split(label) {
                        found(halves[place], "");
                    }
                });
            }
        }
    }

    /// Who enters or leaves by a page has viewed it.
    fn link_same(&self, drafts: &mut Drafts<'_>) {
        let Some(whole) = self.table((PAGE, 0)) else { return };
        for code in [ENTRY_PAGE, EXIT_PAGE] {
            if let Some(part) = self.table((code, 0)) {
                let same = (OF_SAME_PAGE, true, false);
                drafts.link(whole, part, same, &|label, _, found| found(label, ""));
            }
        }
    }

    /// A crossing is part of the lines of both its breakdowns.
    fn link_crossing(
        &self,
        drafts: &mut Drafts<'_>,
        table: TableId,
        (one, other): (&Dimension, &Dimension),
    ) {
        let (codes, has_views) = ((one.code, other.code), one.has_views() && other.has_views());
        // Where every value of the other breakdown is published, nothing else is among the parts.
        let is_open = |code: u8| self.table((code, 0)).is_none_or(|table| drafts.has_rest(table));
        let (one_is_open, other_is_open) = (is_open(one.code), is_open(other.code));
        if let Some(whole) = self.table((one.code, 0)) {
            let relations = self.relations(codes, other.relations());
            let heads = (relations, has_views, other_is_open);
            drafts.link(whole, table, heads, &|label, _, found| found(label, ""));
        }
        if let Some(whole) = self.table((other.code, 0)) {
            let relations = self.relations(codes, one.relations());
            let heads = (relations, has_views, one_is_open);
            drafts.link(whole, table, heads, &|_, second, found| {
                found(second, "");
            });
        }
    }
}

fn gives(method: Method, codes: Codes) -> bool {
    method.breaks_down_by(codes.0) && method.breaks_down_by(codes.1)
}

fn to_total(_: &str, _: &str, found: &mut dyn FnMut(&str, &str)) {
    found("", "");
}

/// Which values of a coarser breakdown hold a value of a finer one.
struct Holders<'a> {
    within: &'a Within,
    coarse: Vec<String>,
    /// The places of those that hold a value.
    found: RefCell<HashMap<String, Vec<usize>>>,
}

impl<'a> Holders<'a> {
    fn new(within: &'a Within, coarse: Vec<String>) -> Self {
        Self { within, coarse, found: RefCell::default() }
    }

    fn of(&self, fine: &str, mut each: impl FnMut(&str)) {
        let mut found = self.found.borrow_mut();
        let places = found.entry_ref(fine).or_insert_with(|| {
            let coarse = self.coarse.iter().enumerate();
            let holding = coarse.filter(|(_, coarse)| (self.within.holds)(coarse, fine));
            holding.map(|(place, _)| place).collect()
        });
        places.iter().for_each(|&place| each(&self.coarse[place]));
    }
}
