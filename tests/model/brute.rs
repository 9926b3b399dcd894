//! A model too simple to be wrong: every request in a list, and every figure counted anew from it,
//! by the words of the definitions alone.

use jiff::civil::Date;

use crate::events::{Deed, Event, Place, Policy, Stream};
use crate::said::{DIMENSIONS, Owner, owner, said};

/// 30 minutes.
const VISIT_GAP_SECONDS: i64 = 1_800;

/// Longest reading time of one message.
const READING_SECONDS_MAX: u64 = 3_600;

/// So many views and events of one visitor on one day are published at most.
const READER_HITS_MAX: usize = 30;

/// In which way the model is wrong on purpose, to show that the comparison sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    None,
    GapOf31Minutes,
    BounceDespiteEvent,
    SourceOfLastView,
    VisitorByEvent,
    VisitInEveryHour,
    OneMoreBeforeOver,
    /// Of imported days alone.
    GapIsZero,
    LogReadsForZeroSeconds,
}

/// The dimensions that no line of a log says anything of.
const NOT_IN_LOGS: [&str; 5] = ["screen", "language", "title", "outlink", "property"];

/// Views, visitors, visits, bounces, events and seconds of reading; and of the views and events
/// those that are over.
pub type Figures = [u64; 8];

/// The figures of a line that counts nothing.
pub const NOTHING: Figures = [0; 8];

/// A person as a site knows one on a day: network and agent.
type Visitor = (&'static str, &'static str);

/// One request that counts.
pub struct Hit {
    pub event: Event,
    pub visitor: Option<Visitor>,
    /// The number of the visit it belongs to, if it belongs to one.
    pub visit: Option<usize>,
    /// The local hour, as `2026-10-25T02:00:00+02:00`.
    pub hour: String,
    /// Is it one of so many of its kind that its visitor has been bounded?
    is_over: bool,
    /// Its values, in the order of the dimensions.
    values: Vec<Vec<String>>,
}

/// One visit: the numbers of its views, and of its events and reading times.
struct Visit {
    visitor: Visitor,
    views: Vec<usize>,
    others: Vec<usize>,
}

/// A site's local day.
pub struct Day {
    pub site: usize,
    pub date: Date,
    pub hits: Vec<Hit>,
    visits: Vec<Visit>,
    flaw: Flaw,
    /// Was it counted from an access log?
    pub is_by_log: bool,
}

/// What a value must be.
pub type Condition<'a> = (&'a str, &'a dyn Fn(&str) -> bool);

/// Every day of a stream, as far as it has happened.
pub fn days(places: &[Place], events: &[Event], flaw: Flaw) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut counted: Vec<&Event> = Vec::new();
    for event in events {
        let is_copy = |other: &&Event| other.site == event.site && other.key == event.key;
        if !counts(event, &places[event.site]) || counted.iter().any(is_copy) {
            continue;
        }
        counted.push(event);
        let date = places[event.site].date(event.moment);
        let found = days.iter().position(|day| day.site == event.site && day.date == date);
        let place = found.unwrap_or_else(|| {
            let (hits, visits) = (vec![], vec![]);
            days.push(Day { site: event.site, date, hits, visits, flaw, is_by_log: false });
            days.len() - 1
        });
        days[place].hits.push(Hit::of(event, &places[event.site]));
    }
    for day in &mut days {
        day.find_visits();
        day.find_over();
        day.find_values(&places[day.site]);
    }
    days
}

/// Every day of a whole stream.
pub fn days_of(stream: &Stream, flaw: Flaw) -> Vec<Day> {
    days(&stream.places, &stream.events(), flaw)
}

fn refusals(event: &Event, place: &Place) -> Vec<Policy> {
    let said = [(event.gpc, place.gpc), (event.dnt, place.dnt)];
    said.into_iter().filter(|(is_said, _)| *is_said).map(|(_, policy)| policy).collect()
}

fn counts(event: &Event, place: &Place) -> bool {
    !event.person.is_robot && !refusals(event, place).contains(&Policy::Drop)
}

impl Hit {
    fn of(event: &Event, place: &Place) -> Self {
        let person = (event.person.network, event.person.agent);
        let is_known = !refusals(event, place).contains(&Policy::WithoutVisitor);
        let local = event.moment.to_zoned_datetime(place.zone());
        let hour = format!("{}{}", local.strftime("%Y-%m-%dT%H:00:00"), local.strftime("%:z"));
        Self {
            event: event.clone(),
            visitor: is_known.then_some(person),
            visit: None,
            hour,
            is_over: false,
            values: vec![],
        }
    }

    /// Its values in a dimension.
    pub fn values(&self, dimension: &str) -> &[String] {
        let place = DIMENSIONS.iter().position(|(name, _)| *name == dimension).unwrap();
        &self.values[place]
    }

    pub fn is_view(&self) -> bool {
        self.event.deed == Deed::View
    }

    pub fn is_event(&self) -> bool {
        !matches!(self.event.deed, Deed::View | Deed::Reading(_))
    }

    fn reading_seconds(&self) -> u64 {
        match self.event.deed {
            Deed::Reading(seconds) => seconds.min(READING_SECONDS_MAX),
            _ => 0,
        }
    }
}

impl Day {
    /// Goes through the day in its order: a view goes on with its visitor's last visit or begins
    /// one; what else is done belongs to the visit that began last.
    fn find_visits(&mut self) {
        let gap = if self.flaw == Flaw::GapOf31Minutes { 1_860 } else { VISIT_GAP_SECONDS };
        for number in 0..self.hits.len() {
            let Some(visitor) = self.hits[number].visitor else { continue };
            let latest = self.visits.iter().rposition(|visit| visit.visitor == visitor);
            let is_view = self.hits[number].is_view();
            let moment = self.hits[number].event.moment;
            let goes_on = latest.filter(|&latest| {
                let last_view = *self.visits[latest].views.last().unwrap();
                let before = self.hits[last_view].event.moment;
                !is_view || moment.as_second() - before.as_second() < gap
            });
            let visit = match goes_on {
                Some(visit) => visit,
                None if is_view => {
                    self.visits.push(Visit { visitor, views: vec![], others: vec![] });
                    self.visits.len() - 1
                }
                None => continue,
            };
            self.hits[number].visit = Some(visit);
            let Visit { views, others, .. } = &mut self.visits[visit];
            if is_view { views.push(number) } else { others.push(number) }
        }
    }

    /// Finds what each visitor does after the thirtieth time: views by themselves, and events.
    fn find_over(&mut self) {
        let most = READER_HITS_MAX + usize::from(self.flaw == Flaw::OneMoreBeforeOver);
        for number in 0..self.hits.len() {
            let (before, hit) = (&self.hits[..number], &self.hits[number]);
            let is_reading = !hit.is_view() && !hit.is_event();
            if hit.visitor.is_none() || is_reading {
                continue;
            }
            let is_alike = |other: &&Hit| {
                other.visitor == hit.visitor
                    && (other.is_view(), other.is_event()) == (hit.is_view(), hit.is_event())
            };
            let count = before.iter().filter(is_alike).count();
            self.hits[number].is_over = count >= most;
        }
    }

    /// The same day as a log tells it: without what no line of a log says.
    pub fn by_log(mut self, place: &Place) -> Self {
        self.is_by_log = true;
        self.find_values(place);
        self
    }

    fn find_values(&mut self, place: &Place) {
        for number in 0..self.hits.len() {
            let values = DIMENSIONS.map(|(name, owner)| self.values_of(number, name, owner, place));
            self.hits[number].values = values.into();
        }
    }

    fn values_of(&self, number: usize, name: &str, owner: Owner, place: &Place) -> Vec<String> {
        if self.is_by_log && NOT_IN_LOGS.contains(&name) {
            return vec![];
        }
        let hit = &self.hits[number];
        let visit = hit.visit.map(|visit| &self.visits[visit].views);
        let first = visit.map(|views| &self.hits[views[0]].event);
        let last = visit.map(|views| &self.hits[*views.last().unwrap()].event);
        let of = |event: Option<&Event>, name| event.map(|event| said(event, place, name));
        let values = match owner {
            Owner::FirstView if hit.visitor.is_none() => Some(said(&hit.event, place, name)),
            Owner::FirstView if self.flaw == Flaw::SourceOfLastView => of(last, name),
            Owner::FirstView => of(first, name),
            Owner::FirstPage => of(first, "page"),
            Owner::LastPage => of(last, "page"),
            _ => Some(said(&hit.event, place, name)),
        };
        values.unwrap_or_default()
    }

    /// A visit with exactly one view and no other event.
    fn is_bounce(&self, visit: usize) -> bool {
        let Visit { views, others, .. } = &self.visits[visit];
        let is_quiet = !others.iter().any(|&other| self.hits[other].is_event());
        views.len() == 1 && (is_quiet || self.flaw == Flaw::BounceDespiteEvent)
    }

    /// The figures of the hits that meet every condition. Of what was done, those who did it are
    /// counted, and of everything else those who viewed.
    pub fn count(&self, conditions: &[Condition<'_>]) -> Figures {
        self.count_hits(conditions, |_| true)
    }

    /// The same of one local hour. A visit counts in the hour in which it begins.
    pub fn count_hour(&self, hour: &str) -> Figures {
        let mut figures = self.count_hits(&[], |hit| hit.hour == hour);
        if self.flaw != Flaw::VisitInEveryHour {
            let begins = |visit: &&Visit| self.hits[visit.views[0]].hour == hour;
            figures[2] = self.visits.iter().filter(begins).count() as u64;
        }
        figures
    }

    fn count_hits(&self, conditions: &[Condition<'_>], also: impl Fn(&Hit) -> bool) -> Figures {
        let meets = |hit: &&Hit| {
            let all = conditions
                .iter()
                .all(|(name, is_right)| hit.values(name).iter().any(|value| is_right(value)));
            all && also(hit)
        };
        let of_deeds = conditions
            .iter()
            .any(|(name, _)| matches!(owner(name), Owner::Deed | Owner::DeedSeveral));
        let hits: Vec<&Hit> = self.hits.iter().filter(meets).collect();
        let (mut visitors, mut visits) = (Vec::new(), Vec::new());
        for hit in &hits {
            let is_seen = if of_deeds { hit.is_event() } else { hit.is_view() };
            let is_seen = is_seen || self.flaw == Flaw::VisitorByEvent;
            if let Some(visitor) = hit.visitor.filter(|who| is_seen && !visitors.contains(who)) {
                visitors.push(visitor);
            }
            if let Some(visit) = hit.visit.filter(|visit| is_seen && !visits.contains(visit)) {
                visits.push(visit);
            }
        }
        [
            hits.iter().filter(|hit| hit.is_view()).count() as u64,
            visitors.len() as u64,
            visits.len() as u64,
            visits.iter().filter(|visit| self.is_bounce(**visit)).count() as u64,
            hits.iter().filter(|hit| hit.is_event()).count() as u64,
            hits.iter().map(|hit| hit.reading_seconds()).sum(),
            hits.iter().filter(|hit| hit.is_over && hit.is_view()).count() as u64,
            hits.iter().filter(|hit| hit.is_over && hit.is_event()).count() as u64,
        ]
    }

    /// The addresses of the visitors who are counted among the hits that meet every condition.
    pub fn readers(
        &self,
        conditions: &[Condition<'_>],
        also: impl Fn(&Hit) -> bool,
    ) -> Vec<&'static str> {
        let of_deeds = conditions
            .iter()
            .any(|(name, _)| matches!(owner(name), Owner::Deed | Owner::DeedSeveral));
        let counts = |hit: &&Hit| {
            let all = conditions
                .iter()
                .all(|(name, is_right)| hit.values(name).iter().any(|value| is_right(value)));
            let is_seen = if of_deeds { hit.is_event() } else { hit.is_view() };
            all && is_seen && hit.visitor.is_some() && also(hit)
        };
        self.hits.iter().filter(counts).map(|hit| hit.event.person.address).collect()
    }

    /// Every value that a hit of the day has in a dimension.
    pub fn all_values(&self, dimension: &str) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.hits.iter().flat_map(|hit| hit.values(dimension)) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    }

    /// Every hour in which something happened.
    pub fn hours(&self) -> Vec<String> {
        let mut hours: Vec<String> = Vec::new();
        for hit in &self.hits {
            if !hours.contains(&hit.hour) {
                hours.push(hit.hour.clone());
            }
        }
        hours
    }
}

/// The sum of two lines.
pub fn sum(one: Figures, other: Figures) -> Figures {
    std::array::from_fn(|place| one[place] + other[place])
}
