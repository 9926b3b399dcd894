//! The tables of a period on their way out: which of their lines are published, and with which
//! figures.

use hashbrown::{HashMap, HashSet};

use crate::model::{COUNTED, Measures, Period};
use crate::privacy::disclosure::audit::{Entry, LinkedSum, LinkedTables, Record, Relation, State};
use crate::privacy::disclosure::bounded::{Before, Bounded};
use crate::privacy::disclosure::bounds::Relations;
use crate::privacy::disclosure::cell::{Cell, Joined, draws_of};
use crate::privacy::disclosure::rounding::Rounding;
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::privacy::disclosure::table::{Table, Why, is_several};
use crate::privacy::disclosure::threshold::{Demand, Reach, draw};
use crate::privacy::release::{ConfStatus, CountLine, Counts, Decided, ObsStatus, Published};

/// Days and months on which a line is withheld are followed one by one if they are no more than
/// this.
const APART_MAX: usize = 3;

pub use crate::privacy::disclosure::table::WholesOf;

/// The values that a cell is about, each with the code of its dimension.
pub type Labels<'a> = Vec<(u8, &'a str)>;

/// The number of a table among the drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableId(usize);

/// What is asked of lines, and by which numbers.
pub struct Rule<'a> {
    /// The installation's secret.
    pub secret: &'a RoundingSecret,
    /// The site's host.
    pub site: &'a str,
    /// Its threshold.
    pub threshold: u64,
}

impl Heads<'_> {
    /// By which values a line has its draw: a crossing has that of its first breakdown.
    fn draw_labels<'l>(&self, labels: &Labels<'l>) -> Labels<'l> {
        let count = if self.is_crossing { 1 } else { labels.len() };
        let own = labels.iter().take(count);
        own.map(|(code, value)| (self.drawn_as.unwrap_or(*code), *value)).collect()
    }
}

/// What a table that is about to be published is about.
pub struct Heads<'a> {
    /// The period.
    pub period: Period,
    /// The values of a line, each with the code of its dimension, that of the first breakdown
    /// before others: what makes a cell, whatever table it stands in.
    pub labels: &'a dyn for<'l> Fn(&'l str, &'l str) -> Labels<'l>,
    /// How many networks its readers come from.
    pub reach: &'a dyn Fn(&str, &str) -> Reach,
    /// May a line of these values be named? Today only those that were published before may.
    pub may_be_named: &'a dyn Fn(&str, &str) -> bool,
    /// Is it of two breakdowns together?
    pub is_crossing: bool,
    /// The dimension whose draws its lines have, if it is not that of their first value: who
    /// enters by a page has viewed it.
    pub drawn_as: Option<u8>,
    /// What was published of it before, if this is a revision.
    pub before: Option<&'a Published>,
}

/// The tables of a period on their way out, beside those of its parts that are public.
pub struct Drafts<'a> {
    rule: Rule<'a>,
    tables: Vec<Table>,
    linked: LinkedTables,
    /// The entries of lines whose one value names two things: a crossing of both has the same.
    joined: HashMap<Joined, usize>,
    /// What was done for the release.
    pub record: Record,
}

impl<'a> Drafts<'a> {
    /// None yet.
    pub fn new(rule: Rule<'a>) -> Self {
        let networks_least = rule.threshold.div_ceil(2);
        let linked =
            LinkedTables { threshold: rule.threshold, networks_least, ..LinkedTables::default() };
        let (tables, joined, record) = (Vec::new(), HashMap::new(), Record::default());
        Self { rule, tables, linked, joined, record }
    }

    /// Adds a table that is about to be published; each of its lines is decided by itself.
    pub fn add(&mut self, counts: Counts, heads: &Heads<'_>, is_provisional: bool) -> TableId {
        let number = self.tables.len();
        let demand = Demand::new(self.rule.threshold, heads.is_crossing, heads.period);
        let period = heads.period.to_string();
        let draws = draws_of(heads.period);
        let mut table = Table::new(self.rule.threshold, is_provisional);
        let before = Before::of(heads.before);
        for line in &counts.lines {
            let Bounded { figures: exact, is_lifted, is_cut } = Bounded::of(&line.measures);
            table.is_lifted |= is_lifted;
            table.is_cut |= is_cut;
            let labels = (heads.labels)(&line.label, &line.second);
            let draw_of = heads.draw_labels(&labels);
            let cell = Cell::new(self.rule.site, &period, labels);
            let drawn = draw(self.rule.secret, &Cell::new(self.rule.site, &draws, draw_of));
            // Nobody on a site looks like few people: a day on which one came would stand out.
            let is_nobody =
                line.measures == Measures::default() && (counts.is_down || !cell.labels.is_empty());
            let is_named =
                !counts.heading.labels_protected || (heads.may_be_named)(&line.label, &line.second);
            let reach = (heads.reach)(&line.label, &line.second);
            let why = match is_nobody || (demand.is_met(reach, drawn) && is_named) {
                true => None,
                false => Some(ConfStatus::SmallCount),
            };
            let shown = Rounding::of(self.rule.secret, &cell).figures(exact);
            let known = before.figures(&line.label, &line.second);
            let (state, why) = match (known, why) {
                // What was published stays as it is, as long as it says no less than the truth.
                (Some(known), _) if is_named && Rounding::may_be(known, exact) => {
                    (State::Frozen(known), None)
                }
                (_, None) => (State::New { exact, shown }, None),
                (_, Some(why)) => (State::Withheld, Some(why)),
            };
            let order = self.rule.secret.order(&cell);
            let known = cell.joined().map(|cell| (self.joined.get(&cell).copied(), cell));
            let (entry, why) = match known {
                Some((Some(entry), _)) => (entry, self.why(entry)),
                Some((None, cell)) if !heads.is_crossing => {
                    let entry = self.entry(number, state, order, false);
                    self.joined.insert(cell, entry);
                    (entry, why)
                }
                _ => (self.entry(number, state, order, false), why),
            };
            table.lines.push((entry, why));
            let has_name = why.is_none() || !counts.heading.labels_protected;
            table.put((&line.label, &line.second), entry, has_name);
        }
        let is_rest = |line: &(usize, Why)| line.1.is_some() && counts.heading.labels_protected;
        let published = table.lines.iter().filter(|line| line.1.is_none()).count();
        if table.lines.iter().any(is_rest) || !counts.names_all(published) {
            // Which of several values it is nobody can tell; where the values are not known
            // beforehand there may always be another one.
            let is_several = counts.known.is_none_or(|known| known >= published + 2);
            let rest = self.entry(number, State::Withheld, 0, is_several);
            self.linked.entries[rest].may_be_nobody = counts.known.is_some();
            table.rest = Some(rest);
        }
        let is_nobody = |line: &CountLine| line.measures == Measures::default();
        let is_gap = counts.is_down && counts.lines.iter().all(is_nobody);
        table.is_unknown = counts.lacks_details || is_gap;
        table.counts = Some(counts);
        self.tables.push(table);
        TableId(number)
    }

    /// Adds a table that is public already.
    pub fn add_public(&mut self, published: &Published) -> TableId {
        let number = self.tables.len();
        let mut table = Table::new(published.visitors_min(), false);
        for line in published.lines().filter(|line| line.obs_status != ObsStatus::NotCollected) {
            let state = match line.is_withheld() {
                true => State::Withheld,
                false => State::Frozen(line.counts()),
            };
            let entry = self.entry(number, state, 0, false);
            table.put((line.label, line.second), entry, true);
        }
        table.is_unknown = published.was_not_collected();
        if published.remainder().is_some() || table.is_unknown {
            table.rest = Some(self.entry(number, State::Withheld, 0, true));
        }
        self.tables.push(table);
        TableId(number)
    }

    /// Why an entry is withheld, if it is.
    fn why(&self, entry: usize) -> Why {
        matches!(self.linked.entries[entry].state, State::Withheld)
            .then_some(ConfStatus::SmallCount)
    }

    fn entry(&mut self, table: usize, state: State, order: u64, is_several: bool) -> usize {
        self.linked.entries.push(Entry {
            table,
            state,
            order,
            is_several,
            is_settled: false,
            may_be_nobody: false,
        });
        self.linked.entries.len() - 1
    }

    /// Are there values, or may there be some, that a table does not name?
    pub fn has_rest(&self, table: TableId) -> bool {
        self.tables[table.0].rest.is_some()
    }

    /// The first labels of a table's lines.
    pub fn labels(&self, table: TableId) -> Vec<String> {
        let Table { places, nameless, .. } = &self.tables[table.0];
        let mut labels: Vec<String> = places.keys().chain(nameless.keys()).cloned().collect();
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// The lines of a table are parts of lines of another: `wholes` names them for each. What is
    /// part of a line without a name has none either: it would say how many are behind that. The
    /// relations come with whether who is counted has viewed a page, and whether values that no
    /// table names may be among the parts.
    pub fn link(
        &mut self,
        whole: TableId,
        parts: TableId,
        (relations, has_views, is_open): (Relations, bool, bool),
        wholes: WholesOf<'_>,
    ) {
        let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
        let number = parts.0;
        let (whole, parts) = (&self.tables[whole.0], &self.tables[parts.0]);
        if parts.is_unknown {
            return;
        }
        let relations = parts.relations(relations);
        let mut nameless = HashSet::new();
        for (label, seconds) in &parts.places {
            for (second, &entry) in seconds {
                wholes(label, second, &mut |label, second| match whole.place(label, second) {
                    Some(whole) => groups.entry(whole).or_default().push(entry),
                    None if whole.is_nameless(label, second) => _ = nameless.insert(entry),
                    None => {}
                });
            }
        }
        // A whole without any named part may have parts that are withheld.
        if parts.rest.is_some() {
            let all = whole.places.values().flat_map(HashMap::values);
            all.for_each(|&whole| _ = groups.entry(whole).or_default());
        }
        // Where there may always be one more value, nobody knows how many are hidden.
        let hidden = if is_open { HashMap::new() } else { parts.hidden(wholes, whole) };
        // All lines without a name are part of the one line of a table that has no other.
        let is_one = whole.rest.is_none() && whole.places.len() == 1 && groups.len() == 1;
        let rest = parts.rest;
        let mut groups: Vec<(usize, Vec<usize>)> = groups.into_iter().collect();
        self.withhold(number, |entry| nameless.contains(&entry));
        // In whatever order lines were found: the same counts are published alike.
        groups.sort_unstable_by_key(|group| group.0);
        for (whole, mut named) in groups {
            named.sort_unstable();
            match rest {
                Some(rest) if is_one => named.push(rest),
                Some(rest) => {
                    let portion = self.portion(number, rest, has_views);
                    let weight = hidden.get(&whole).copied().unwrap_or_default();
                    let is_known = self.linked.entries[rest].may_be_nobody;
                    self.linked.entries[portion].is_several = match is_known {
                        true => self.linked.entries[rest].is_several,
                        false => is_open || is_several(weight),
                    };
                    named.push(portion);
                }
                None => {}
            }
            self.linked.sums.push(LinkedSum { whole, parts: named, relations, has_views });
        }
    }

    /// An entry for those of the lines without a name that are part of one line: they are no more
    /// than all of them.
    fn portion(&mut self, table: usize, rest: usize, has_views: bool) -> usize {
        let portion = self.entry(table, State::Withheld, 0, true);
        self.linked.entries[portion].may_be_nobody = self.linked.entries[rest].may_be_nobody;
        let relations = [Relation::AtMost; COUNTED];
        let parts = vec![portion];
        self.linked.sums.push(LinkedSum { whole: rest, parts, relations, has_views });
        portion
    }

    /// Each line is the sum of the lines of the same labels in the tables of the parts of its
    /// period.
    pub fn link_periods(&mut self, whole: TableId, parts: &[TableId], has_views: bool) {
        if self.tables[whole.0].is_unknown {
            return;
        }
        let mut lines = Vec::new();
        for (label, seconds) in &self.tables[whole.0].places {
            for (second, &entry) in seconds {
                let of_part = |part: &TableId| {
                    let table = &self.tables[part.0];
                    let named = table.place(label, second).map(|entry| (entry, false));
                    named.or(table.rest.map(|rest| (rest, true)))
                };
                lines.push((entry, parts.iter().filter_map(of_part).collect::<Vec<_>>()));
            }
        }
        lines.sort_unstable();
        for (whole, found) in lines {
            let is_withheld =
                |part: &(usize, bool)| matches!(self.linked.entries[part.0].state, State::Withheld);
            let (withheld, shown): (Vec<_>, Vec<_>) = found.into_iter().partition(is_withheld);
            let mut parts: Vec<usize> = shown.into_iter().map(|part| part.0).collect();
            let table = self.linked.entries[whole].table;
            if withheld.len() > APART_MAX {
                // Each of the days on which a line is withheld may be the one on which nobody came.
                parts.push(self.entry(table, State::Withheld, 0, true));
            } else {
                for (entry, is_rest) in withheld {
                    parts.push(if is_rest { self.part_of(entry, table, has_views) } else { entry });
                }
            }
            let relations = [Relation::Exact; COUNTED];
            self.linked.sums.push(LinkedSum { whole, parts, relations, has_views });
        }
    }

    /// An entry for one line among those without a name.
    fn part_of(&mut self, rest: usize, table: usize, has_views: bool) -> usize {
        let part = self.portion(table, rest, has_views);
        self.linked.entries[part].is_several = false;
        part
    }

    /// Withholds what cannot be published, and settles the figures of the rest.
    pub fn decide(&mut self) {
        self.withhold_parts_of_withheld();
        loop {
            let failures = self.linked.audit(&mut self.record);
            if failures.is_empty() {
                return;
            }
            for failure in failures {
                let number = self.linked.entries[failure].table;
                // An hour that is withheld has a name: what it hides behind is the other hours.
                let is_named = !self.tables[number].are_labels_protected();
                self.withhold(number, |entry| is_named || entry == failure);
            }
            self.withhold_parts_of_withheld();
        }
    }

    /// A part is published only if the line that it is part of is.
    fn withhold_parts_of_withheld(&mut self) {
        loop {
            let entries = &self.linked.entries;
            let is_new = |part: &&usize| matches!(entries[**part].state, State::New { .. });
            let mut lost: HashMap<usize, HashSet<usize>> = HashMap::new();
            for sum in &self.linked.sums {
                if matches!(entries[sum.whole].state, State::Withheld) {
                    for &part in sum.parts.iter().filter(is_new) {
                        lost.entry(entries[part].table).or_default().insert(part);
                    }
                }
            }
            if lost.is_empty() {
                return;
            }
            for (table, lost) in lost {
                self.withhold(table, |entry| lost.contains(&entry));
            }
        }
    }

    /// Withholds lines of a table, for the sake of others.
    fn withhold(&mut self, number: usize, is_it: impl Fn(usize) -> bool) {
        let table = &mut self.tables[number];
        let is_nameless = table.are_labels_protected();
        for (entry, why) in &mut table.lines {
            let state = &mut self.linked.entries[*entry].state;
            if is_it(*entry) && matches!(state, State::New { .. }) {
                (*state, *why) = (State::Withheld, Some(ConfStatus::Secondary));
                self.linked.entries[*entry].is_several = is_nameless;
            }
        }
    }

    /// Is the first line of a table withheld, as that of a site's total?
    pub fn is_withheld(&self, table: TableId) -> bool {
        let first = self.tables[table.0].lines.first();
        first.is_some_and(|(entry, _)| self.why(*entry).is_some())
    }

    /// A table as everybody may see it. Where the total of its site is hidden, it tells nothing.
    pub fn publish(&mut self, table: TableId, is_hidden: bool) -> Option<Published> {
        let Table { counts, threshold, lines, is_provisional, .. } = &mut self.tables[table.0];
        let counts = counts.take()?;
        let entries = &self.linked.entries;
        let decided = lines.iter().map(|(entry, why)| match (entries[*entry].state, why) {
            (State::New { shown, .. } | State::Frozen(shown), _) => Decided::Shown(shown),
            (State::Withheld, why) => Decided::Withheld(why.unwrap_or(ConfStatus::Secondary)),
        });
        let flags = (*is_provisional, is_hidden);
        Some(Published::of_decided(counts, decided, *threshold, flags))
    }
}
