//! Streams that once told the product and the model apart, each shrunk to what it takes.

use jiff::{SignedDuration, Timestamp};

use crate::brute::{Flaw, days_of};
use crate::compare::{Depth, compare};
use crate::events::{Act, Deed, Event, From, PAGES, PEOPLE, Place, Policy, Stream};
use crate::live::{check as check_stream, check_with_questions};

/// Noon in Paris.
const NOON: &str = "2026-11-23T11:00:00Z";

/// A second before midnight in Paris.
const LATE: &str = "2026-11-23T22:59:59Z";

fn place() -> Place {
    Place {
        host: "site0.example".to_owned(),
        alias: "alias0.example".to_owned(),
        zone: "Europe/Paris",
        extended: true,
        gpc: Policy::Drop,
        dnt: Policy::Drop,
        declares: false,
    }
}

fn event(moment: &str, deed: Deed) -> Event {
    Event {
        moment: moment.parse().unwrap(),
        site: 0,
        person: PEOPLE[0],
        on_alias: false,
        page: PAGES[0],
        from: From::Nothing,
        language: None,
        width: None,
        title: None,
        deed,
        gpc: false,
        dnt: false,
        key: "key".to_owned(),
    }
}

fn check(acts: Vec<Act>) {
    let stream = Stream { places: vec![place()], acts };
    if let Err(difference) = check_with_questions(&stream) {
        panic!("{difference}");
    }
}

fn happens(event: &Event) -> Act {
    Act::Happens(Box::new(event.clone()))
}

#[test]
fn a_day_on_which_nobody_read_for_a_second_is_closed_as_any_other() {
    let reading = event(NOON, Deed::Reading(0));
    check(vec![happens(&reading), Act::Drains(reading.moment)]);
}

#[test]
fn a_letter_with_an_accent_is_found_in_either_case() {
    check(vec![happens(&event(NOON, Deed::Feature("Été", vec![])))]);
}

#[test]
fn bounces_of_several_pages_are_added_up() {
    check(vec![happens(&event(NOON, Deed::View))]);
}

#[test]
fn a_copy_after_midnight_and_a_restart_counts_once() {
    let late = event(LATE, Deed::View);
    let after: Timestamp = late.moment + SignedDuration::from_secs(10);
    let again = Event { moment: after, ..late.clone() };
    check(vec![happens(&late), Act::Restarts { drains: false, at: after }, happens(&again)]);
}

#[test]
fn a_visit_over_the_full_hour_is_in_the_hour_in_which_it_begins() {
    let first = event("2026-11-23T10:59:30Z", Deed::View);
    let second = event("2026-11-23T11:01:00Z", Deed::View);
    let second = Event { key: "another".to_owned(), ..second };
    let stream = Stream { places: vec![place()], acts: vec![happens(&first), happens(&second)] };
    let product = match check_stream(&stream) {
        Ok(product) => product,
        Err(difference) => panic!("{difference}"),
    };
    let wrong = days_of(&stream, Flaw::VisitInEveryHour);
    let compared = compare(product.store(), &product.sites(), &wrong, Depth::Closed);
    assert!(compared.is_err(), "nobody notices a visit in two hours");
}
