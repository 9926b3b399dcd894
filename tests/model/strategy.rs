//! Invents streams: relative waits and choices by number, so that a failing stream shrinks well.

use jiff::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::events::{
    Act, CROWD, Deed, Event, FEATURE, From, PAGES, PEOPLE, Place, Policy, Stream, one_of_crowd,
};

/// When streams begin, and the zones of their sites: clocks go forward and back, at midnight too;
/// a day is left out; months, years and leap days end.
const STARTS: [(&str, [&str; 3]); 14] = [
    ("2026-03-28T20:00:00Z", ["Europe/Paris", "UTC", "America/St_Johns"]),
    ("2026-10-24T20:00:00Z", ["Europe/Paris", "Asia/Beirut", "UTC"]),
    ("2026-10-24T12:00:00Z", ["Asia/Beirut", "Europe/Paris", "Asia/Kolkata"]),
    ("2011-12-30T02:00:00Z", ["Pacific/Apia", "UTC", "Pacific/Kiritimati"]),
    ("2026-03-08T01:00:00Z", ["America/St_Johns", "America/Havana", "UTC"]),
    ("2026-11-01T00:00:00Z", ["America/Havana", "America/St_Johns", "Europe/Paris"]),
    ("2026-04-23T18:00:00Z", ["Africa/Cairo", "Europe/Paris", "Asia/Kathmandu"]),
    ("2026-10-29T14:00:00Z", ["Africa/Cairo", "UTC", "America/St_Johns"]),
    ("2026-09-06T00:00:00Z", ["America/Santiago", "UTC", "Europe/Paris"]),
    ("2026-04-04T23:00:00Z", ["America/Santiago", "Europe/Paris", "Pacific/Chatham"]),
    ("2026-01-31T18:00:00Z", ["Europe/Paris", "UTC", "Indian/Reunion"]),
    ("2025-12-30T18:00:00Z", ["Europe/Paris", "Pacific/Kiritimati", "America/Havana"]),
    ("2024-02-28T10:00:00Z", ["UTC", "Europe/Paris", "America/St_Johns"]),
    ("2026-11-23T10:00:00Z", ["Europe/Paris", "Europe/Paris", "UTC"]),
];

/// So often somebody does one thing: more often than is published.
const OFTEN: usize = 31;

/// How long nothing happens.
#[derive(Clone, Debug)]
enum Wait {
    Seconds(i64),
    /// Until so many seconds after the same person's last view on the site.
    SinceView(i64),
    /// Until so many seconds after the site's next midnight.
    Midnight(i64),
    Days(i64),
}

/// One request, by the numbers of its choices.
#[derive(Clone, Debug)]
struct Request {
    wait: Wait,
    site: Index,
    person: usize,
    page: usize,
    from: From,
    deed: Deed,
    on_alias: bool,
    language: Option<&'static str>,
    width: Option<u32>,
    title: Option<&'static str>,
    refusal: (bool, bool),
}

#[derive(Clone, Debug)]
enum Step {
    Request(Request),
    /// The same request from many people.
    Crowd(Request),
    /// One person does the same again and again.
    Often(Request),
    /// An earlier request again, under its key, so many seconds later.
    Copy(Index, i64),
    Drain,
    Restart(bool, Wait),
    Look,
}

fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        4 => select(vec![0, 1, 59, 600]).prop_map(Wait::Seconds),
        4 => select(vec![1_799, 1_800, 1_801]).prop_map(Wait::SinceView),
        2 => (0i64..20_000).prop_map(Wait::Seconds),
        2 => select(vec![-1_000, -1, 0, 1, 59, 61]).prop_map(Wait::Midnight),
        1 => select(vec![1i64, 2, 4]).prop_map(Wait::Days),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let properties = select(vec![
        vec![],
        vec![("plan", "A")],
        vec![("Taille", "Écran"), ("plan", "A")],
        vec![("plan", "B"), ("step", "2")],
    ]);
    let feature = (select(vec![FEATURE, "share", "Été"]), properties);
    prop_oneof![
        9 => Just(Deed::View),
        4 => select(vec![0u64, 1, 30, 3_600, 4_000]).prop_map(Deed::Reading),
        1 => select(vec![
            Deed::Download("https://doc.example/f.pdf?x=1", Some("doc.example/f.pdf")),
            Deed::Download("https://doc.example/G.pdf", Some("doc.example/G.pdf")),
            Deed::Outbound("https://news.example/", Some("news.example/")),
            Deed::Outbound("mailto:a@b.example", None),
        ]),
        1 => Just(Deed::Missing),
        2 => feature.prop_map(|(name, properties)| Deed::Feature(name, properties)),
    ]
}

fn from() -> impl Strategy<Value = From> {
    select(vec![
        From::Nothing,
        From::Other("https://news.example/x?y=1", "news.example"),
        From::Other("https://www.partner.example/", "partner.example"),
        From::Own(4),
        From::Alias(6),
        From::Other("android-app://com.example.news/", "com.example.news"),
        From::Blank,
    ])
}

fn request() -> impl Strategy<Value = Request> {
    let people = prop_oneof![5 => 0..3usize, 3 => 3..PEOPLE.len() - 1, 1 => Just(PEOPLE.len() - 1)];
    let refusal = prop_oneof![
        8 => Just((false, false)),
        1 => Just((true, false)),
        1 => Just((false, true)),
        1 => Just((true, true)),
    ];
    let says = (
        prop_oneof![3 => Just(false), 1 => Just(true)],
        select(vec![None, Some("fr"), Some("en"), Some("de")]),
        select(vec![None, Some(390), Some(800), Some(1_600)]),
        select(vec![None, Some("Accueil"), Some("Nous  écrire")]),
        refusal,
    );
    (wait(), any::<Index>(), people, 0..PAGES.len(), from(), deed(), says).prop_map(
        |(wait, site, person, page, from, deed, says)| {
            let (on_alias, language, width, title, refusal) = says;
            Request {
                wait,
                site,
                person,
                page,
                from,
                deed,
                on_alias,
                language,
                width,
                title,
                refusal,
            }
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let copy = (any::<Index>(), select(vec![0i64, 1, 30, 5_000]));
    let copy = copy.prop_map(|(of, after)| Step::Copy(of, after));
    prop_oneof![
        60 => request().prop_map(Step::Request),
        2 => request().prop_map(Step::Crowd),
        1 => request().prop_map(Step::Often),
        6 => copy,
        6 => Just(Step::Drain),
        4 => (any::<bool>(), wait()).prop_map(|(drains, wait)| Step::Restart(drains, wait)),
        2 => Just(Step::Look),
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    select(vec![Policy::WithoutVisitor, Policy::Drop, Policy::Ignore])
}

/// Streams of at most so many steps.
pub fn streams(steps_max: usize) -> impl Strategy<Value = Stream> {
    let place = (policy(), policy(), any::<bool>(), prop_oneof![1 => Just(false), 3 => Just(true)]);
    (0..STARTS.len(), vec(place, 1..=3), vec(step(), 1..steps_max)).prop_map(
        |(start, places, steps)| {
            let (moment, zones) = STARTS[start];
            let place = |(number, (gpc, dnt, extended, declares))| Place {
                host: format!("site{number}.example"),
                alias: format!("alias{number}.example"),
                zone: zones[number],
                extended,
                gpc,
                dnt,
                declares,
            };
            let places: Vec<_> = places.into_iter().enumerate().map(place).collect();
            let moment = moment.parse().unwrap();
            let mut telling = Telling { places, moment, acts: Vec::new(), keys: 0 };
            steps.into_iter().for_each(|step| telling.tell(step));
            Stream { places: telling.places, acts: telling.acts }
        },
    )
}

/// Turns waits into moments.
struct Telling {
    places: Vec<Place>,
    moment: Timestamp,
    acts: Vec<Act>,
    keys: usize,
}

impl Telling {
    fn tell(&mut self, step: Step) {
        match step {
            Step::Request(request) => {
                let person = PEOPLE[request.person];
                let site = request.site.index(self.places.len());
                self.wait(&request.wait, site, person.address);
                let event = self.event(&request, site, person);
                self.acts.push(Act::Happens(Box::new(event)));
            }
            Step::Crowd(request) => {
                let site = request.site.index(self.places.len());
                self.wait(&request.wait, site, CROWD[0]);
                for number in 0..CROWD.len() {
                    let event = self.event(&request, site, one_of_crowd(number));
                    self.acts.push(Act::Happens(Box::new(event)));
                }
            }
            Step::Often(request) => {
                let person = PEOPLE[request.person];
                let site = request.site.index(self.places.len());
                self.wait(&request.wait, site, person.address);
                for _ in 0..OFTEN {
                    let event = self.event(&request, site, person);
                    self.acts.push(Act::Happens(Box::new(event)));
                }
            }
            Step::Copy(of, after) => self.copy(of, after),
            Step::Drain => self.acts.push(Act::Drains(self.moment)),
            Step::Restart(drains, wait) => {
                self.wait(&wait, 0, "");
                self.acts.push(Act::Restarts { drains, at: self.moment });
            }
            Step::Look => self.acts.push(Act::Looks(self.moment)),
        }
    }

    fn event(&mut self, request: &Request, site: usize, person: crate::events::Person) -> Event {
        self.keys += 1;
        Event {
            moment: self.moment,
            site,
            person,
            on_alias: request.on_alias,
            page: PAGES[request.page],
            from: request.from,
            language: request.language,
            width: request.width,
            title: request.title,
            deed: request.deed.clone(),
            gpc: request.refusal.0,
            dnt: request.refusal.1,
            key: format!("key {}", self.keys),
        }
    }

    fn wait(&mut self, wait: &Wait, site: usize, address: &str) {
        let after = |moment: Timestamp, seconds| moment + SignedDuration::from_secs(seconds);
        let until = match *wait {
            Wait::Seconds(seconds) => after(self.moment, seconds),
            Wait::Days(days) => after(self.moment, days * 86_400),
            Wait::Midnight(seconds) => {
                after(self.places[site].midnight_after(self.moment), seconds)
            }
            Wait::SinceView(seconds) => {
                let last = self.happened().rfind(|event| {
                    let is_view = event.deed == Deed::View;
                    is_view && event.site == site && event.person.address == address
                });
                after(last.map_or(self.moment, |event| event.moment), seconds)
            }
        };
        self.moment = self.moment.max(until);
    }

    fn happened(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.acts.iter().filter_map(|act| match act {
            Act::Happens(event) => Some(&**event),
            Act::Drains(_) | Act::Restarts { .. } | Act::Looks(_) => None,
        })
    }

    /// A copy is promised to be known for one as long as its original's day is open: until a
    /// minute after that day's midnight.
    fn copy(&mut self, of: Index, after: i64) {
        let originals: Vec<_> = self.happened().cloned().collect();
        if originals.is_empty() {
            return;
        }
        let original = originals[originals.len() - 1 - of.index(originals.len().min(4))].clone();
        let moment = self.moment + SignedDuration::from_secs(after);
        let place = &self.places[original.site];
        let first = originals.iter().find(|event| event.key == original.key).unwrap();
        let closes = place.midnight_after(first.moment) + SignedDuration::from_secs(60);
        if moment < closes {
            self.moment = moment;
            self.acts.push(Act::Happens(Box::new(Event { moment, ..original })));
        }
    }
}
