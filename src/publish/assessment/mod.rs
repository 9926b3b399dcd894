//! The self-assessment: each criterion of the French exemption from consent, with what in the
//! running configuration meets it or does not, found out anew each time it is asked for.
//!
//! Where it can be tried it is tried: a visit that nobody made, full of what must not be kept, goes
//! through the same doors as every other one, under the rules of every site, and what is left of it
//! is looked at. The rest is derived from the constants and settings that the service runs by. What
//! no program can know stays with the operator, and is said to.
//!
//! The criteria are told in our own words after documents that quote the CNIL: its own form could
//! not be read. So nothing here is called certified, by anybody.

mod collection;
mod duties;
mod identity;
mod kept;
mod purposes;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::model::{Site, Words};
use crate::publish::GENERATOR;
use crate::publish::catalogue::Text;
use crate::signal::Tables;

use kept::Kept;

/// Where the CNIL says under which conditions no consent is needed.
pub const SOURCE: &str = "https://www.cnil.fr/fr/node/167364";

/// How the outcome may be told: the authority certifies nothing.
pub const CLAIM: Words =
    Words::new("D'après notre auto-évaluation", "According to our self-assessment");

/// What the assessment cannot promise.
pub const CAVEAT: Words = Words::new(
    "Les critères sont dits ici avec nos mots, d'après la page de la CNIL du 4 juillet 2025 et des \
     documents qui citent son outil d'auto-évaluation ; le PDF de la CNIL lui-même n'a pas pu être \
     lu, et la CNIL n'a pas examiné ce service.",
    "The criteria are told here in our own words, after the CNIL's page of 4 July 2025 and \
     documents that quote its self-assessment tool; the CNIL's own PDF could not be read, and the \
     CNIL has not examined this service.",
);

/// What the assessment is made of: everything that the answers are derived from.
pub struct Grounds<'a> {
    /// The sites with their rules.
    pub sites: &'a [Arc<Site>],
    /// The offline tables.
    pub tables: &'a Tables,
    /// The service's time.
    pub now: Timestamp,
    /// Months after which details are deleted.
    pub retention_months: u32,
    /// Days that an opt-out lasts.
    pub opt_out_days: i64,
    /// What pages may load, as browsers are told (`Content-Security-Policy`).
    pub page_policy: &'a str,
    /// The script that runs on the pages of the sites.
    pub tracker: &'a str,
    /// Is there an account that reads exact figures?
    pub has_staff: bool,
    /// How many organisations the sites belong to.
    pub organisations: usize,
}

/// What became of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The running configuration meets it.
    Met,
    /// It does not.
    NotMet,
    /// It is for the operator, or for the sites, to meet it: no program can know.
    Operator,
}

impl State {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Met, Self::NotMet, Self::Operator];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Operator => "operator",
        }
    }
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its number here; the CNIL numbers its own list otherwise.
    pub id: &'static str,
    /// What is asked for.
    pub requirement: Words,
    /// What became of it.
    pub state: State,
    /// What was found here.
    pub here: Text,
    /// What stays to be done by the operator or by the sites.
    pub remains: Option<Words>,
    /// The sites that do not meet it, by host.
    pub sites: Vec<String>,
}

impl Criterion {
    /// A criterion that is met if something holds and no site fails.
    fn checked(
        id: &'static str,
        requirement: Words,
        holds: bool,
        sites: Vec<String>,
        here: Text,
    ) -> Self {
        let state = if holds && sites.is_empty() { State::Met } else { State::NotMet };
        Self { id, requirement, state, here, remains: None, sites }
    }

    /// A criterion that was tried with the visit that nobody made: it is met if no site keeps what
    /// must not stay, and says so.
    fn tried(
        id: &'static str,
        requirement: Words,
        holds: bool,
        sites: Vec<String>,
        here: Text,
    ) -> Self {
        let (fr, en) = if sites.is_empty() {
            ("Rien n'en est resté.", "Nothing of it stayed.")
        } else {
            ("Il en reste quelque chose.", "Something of it stays.")
        };
        let here = Text::new(format!("{} {fr}", here.fr), format!("{} {en}", here.en));
        Self::checked(id, requirement, holds, sites, here)
    }

    /// With what remains to be done.
    fn remaining(mut self, words: Words) -> Self {
        self.remains = Some(words);
        self
    }

    /// What is well here, and is only met if the operator does the rest.
    fn of_operator(mut self) -> Self {
        if self.state == State::Met {
            self.state = State::Operator;
        }
        self
    }
}

/// The sites and what is left of the visit on each, beside the grounds.
struct Found<'a> {
    grounds: &'a Grounds<'a>,
    kept: Vec<Kept>,
}

impl Found<'_> {
    /// The hosts of the sites of which this is true.
    fn sites(&self, is_true: impl Fn(&Kept) -> bool) -> Vec<String> {
        self.kept.iter().filter(|one| is_true(one)).map(|one| one.host.clone()).collect()
    }

    /// The hosts of the sites that keep one of these marks of the visit.
    fn sites_keeping(&self, marks: &[&str]) -> Vec<String> {
        self.sites(|one| marks.iter().any(|mark| one.holds(mark)))
    }
}

/// Assesses the running configuration: every criterion, in the order of their numbers.
pub fn assess(grounds: &Grounds<'_>) -> Vec<Criterion> {
    let left = |site: &Arc<Site>| Kept::of(site, grounds.tables, grounds.now);
    let found = Found { grounds, kept: grounds.sites.iter().map(left).collect() };
    let parts = [purposes::all(&found), collection::all(&found), identity::all(&found)];
    let mut all: Vec<_> = parts.into_iter().flatten().chain(duties::all(&found)).collect();
    all.sort_by_key(|one| one.id[1..].parse::<u32>().unwrap_or(u32::MAX));
    all
}

/// How many criteria are in a state.
pub fn count(criteria: &[Criterion], state: State) -> usize {
    criteria.iter().filter(|one| one.state == state).count()
}

/// The assessment as its file says it, in both languages.
pub fn as_json(criteria: &[Criterion], grounds: &Grounds<'_>) -> Value {
    let words = |words: Words| json!({ "fr": words.fr, "en": words.en });
    let criterion = |one: &Criterion| {
        json!({
            "id": one.id,
            "state": one.state.name(),
            "requirement": words(one.requirement),
            "here": { "fr": one.here.fr, "en": one.here.en },
            "remains": one.remains.map(words),
            "sites_not_met": one.sites,
        })
    };
    let counts: serde_json::Map<_, _> = State::ALL
        .into_iter()
        .map(|state| (state.name().to_owned(), json!(count(criteria, state))))
        .collect();
    json!({
        "claim": words(CLAIM),
        "certified": false,
        "caveat": words(CAVEAT),
        "source": SOURCE,
        "program": GENERATOR,
        "assessed": grounds.now.to_string(),
        "sites": grounds.sites.len(),
        "retention_months": grounds.retention_months,
        "opt_out_days": grounds.opt_out_days,
        "counts": counts,
        "criteria": criteria.iter().map(criterion).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
