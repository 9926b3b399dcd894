//! The register of sites as a dataset: who is measured, since when, by which rules, and how much of
//! each site the measure reaches.

use std::io;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Licence, OnRefusal, Profile, Site, Words};
use crate::publish::beside::{full, number, open, optional, text};
use crate::publish::table::{Column, Kind, Row, Schema, Value};
use crate::store::{Coverage, CoverageSource, Method, Organisation, Store, StoreError};

/// The licences with their names.
const LICENCES: [(&str, Words); Licence::ALL.len()] = {
    let mut licences = [("", Words::new("", "")); Licence::ALL.len()];
    let mut place = 0;
    while place < licences.len() {
        licences[place] = (Licence::ALL[place].name(), Licence::ALL[place].title());
        place += 1;
    }
    licences
};

/// The profiles with their meaning.
pub const PROFILES: [(&str, Words); 2] = [
    (
        Profile::Exempt.name(),
        Words::new(
            "exempté de consentement : ni campagne, ni canal d'acquisition",
            "exempt from consent: no campaign, no channel",
        ),
    ),
    (
        Profile::Extended.name(),
        Words::new("étendu, sur une autre base légale", "extended, on another legal ground"),
    ),
];

/// What is done with a refusal.
pub const REFUSALS: [(&str, Words); 3] = [
    (OnRefusal::Drop.name(), Words::new("la vue n'est pas comptée", "the view is not counted")),
    (
        OnRefusal::CountWithoutVisitor.name(),
        Words::new("la vue est comptée sans visiteur", "the view is counted without a visitor"),
    ),
    (
        OnRefusal::Ignore.name(),
        Words::new("la vue est comptée comme une autre", "the view is counted as any other"),
    ),
];

/// The registers that identify organisations.
const SCHEMES: [(&str, Words); 2] = [
    ("SIREN", Words::new("unité légale, répertoire Sirene", "legal unit, French Sirene register")),
    ("SIRET", Words::new("établissement, répertoire Sirene", "establishment, Sirene register")),
];

/// The columns.
pub fn schema() -> Schema {
    Schema {
        dataset: "sites",
        title: Words::new("Registre des sites", "Register of sites"),
        description: Words::new(
            "Les sites mesurés : organisation, date d'entrée, règles de comptage et de diffusion, \
             licence, contact, part du site que la mesure atteint",
            "The sites that are measured: organisation, since when, rules of counting and \
             publishing, licence, contact, share of the site that the measure reaches",
        ),
        columns: [who(), publishing(), rules(), reach()].concat(),
        primary_key: vec!["site"],
    }
}

/// Who is measured.
fn who() -> Vec<Column> {
    vec![
        full(
            "site",
            Kind::Text,
            ("Site", "Site"),
            ("Nom d'hôte du site mesuré", "Host name of the site"),
        ),
        open(
            "aliases",
            Kind::Text,
            ("Autres hôtes", "Aliases"),
            (
                "Autres noms d'hôte du site, séparés par des espaces ; vide si aucun",
                "Other hosts of the site, by spaces; empty if there are none",
            ),
        ),
        open(
            "organisation",
            Kind::Text,
            ("Organisation", "Organisation"),
            (
                "Nom de l'organisation dans les adresses ; vide si aucune",
                "The organisation's name in addresses; empty if there is none",
            ),
        ),
        open(
            "organisation_name",
            Kind::Text,
            ("Nom de l'organisation", "Name of the organisation"),
            ("Vide si aucune organisation", "Empty if there is no organisation"),
        ),
        open(
            "identifier",
            Kind::Text,
            ("Identifiant", "Identifier"),
            (
                "Identifiant de l'organisation dans un registre ; vide si inconnu",
                "The organisation's identifier in a register; empty if unknown",
            ),
        ),
        open(
            "identifier_scheme",
            Kind::Code(&SCHEMES),
            ("Registre de l'identifiant", "Scheme of the identifier"),
            ("Vide si l'identifiant est d'un autre registre", "Empty if it is of another register"),
        ),
    ]
}

/// Since when and how it is published.
fn publishing() -> Vec<Column> {
    vec![
        full(
            "since",
            Kind::Date,
            ("Inscrit depuis", "Registered since"),
            ("Jour d'inscription du site", "Day on which the site was registered"),
        ),
        open(
            "first_day",
            Kind::Date,
            ("Premier jour mesuré", "First day with figures"),
            ("Vide si rien n'a encore été compté", "Empty if nothing was counted yet"),
        ),
        full(
            "time_zone",
            Kind::Text,
            ("Fuseau horaire", "Time zone"),
            ("Fuseau IANA dont minuit clôt le jour", "IANA zone whose midnight ends the day"),
        ),
        full(
            "licence",
            Kind::Code(&LICENCES),
            ("Licence", "Licence"),
            ("Licence des chiffres, code SPDX", "Licence of the figures, SPDX identifier"),
        ),
        open(
            "contact",
            Kind::Text,
            ("Contact", "Contact"),
            ("Adresse électronique ou page ; vide si aucun", "E-mail or page; empty if none"),
        ),
    ]
}

/// By which rules.
fn rules() -> Vec<Column> {
    let refusal = |name, title, description| full(name, Kind::Code(&REFUSALS), title, description);
    vec![
        full(
            "privacy_profile",
            Kind::Code(&PROFILES),
            ("Profil de confidentialité", "Privacy profile"),
            ("Étendue de la mesure", "How much is measured"),
        ),
        refusal("gpc", ("Signal GPC", "GPC"), ("Effet de Sec-GPC: 1", "What Sec-GPC: 1 does")),
        refusal("dnt", ("Signal DNT", "DNT"), ("Effet de DNT: 1", "What DNT: 1 does")),
        full(
            "visitors_min",
            Kind::Integer,
            ("Seuil de diffusion", "Threshold of publication"),
            (
                "Une ligne de moins de visiteurs n'est pas diffusée",
                "A line of fewer visitors is not published",
            ),
        ),
        open(
            "methods",
            Kind::Text,
            ("Méthodes", "Methods"),
            (
                "Méthodes de collecte des jours, séparées par des virgules ; vide si aucun jour",
                "How its days were collected, by commas; empty if there are none",
            ),
        ),
        full(
            "synthetic",
            Kind::Boolean,
            ("Données inventées", "Invented"),
            (
                "Les chiffres sont-ils inventés pour la démonstration ?",
                "Are the figures invented to show the product?",
            ),
        ),
    ]
}

/// How much of it the measure reaches.
fn reach() -> Vec<Column> {
    let percent = |name, title, description| open(name, Kind::Integer, title, description);
    vec![
        percent(
            "coverage_sitemap",
            ("Couverture du plan du site", "Coverage of the sitemap"),
            (
                "Pages du plan du site vues au moins une fois, en pour cent ; vide si non mesurée",
                "Pages of the sitemap seen at least once, in percent; empty if not measured",
            ),
        ),
        percent(
            "coverage_log",
            ("Couverture des journaux", "Coverage of the access logs"),
            (
                "Pages vues par le marqueur pour cent vues des journaux ; vide si non mesurée",
                "Page views by the tag for a hundred in the logs; empty if not measured",
            ),
        ),
        open(
            "coverage_period",
            Kind::Text,
            ("Période de la couverture", "Period of the coverage"),
            (
                "Période de la mesure la plus récente ; vide si aucune",
                "Of the latest; empty if none",
            ),
        ),
        open(
            "coverage_measured",
            Kind::Moment,
            ("Couverture mesurée", "Coverage measured"),
            ("Moment de la mesure la plus récente ; vide si aucune", "When; empty if never"),
        ),
    ]
}

/// The rows of these sites.
pub fn rows<'a>(
    store: &'a dyn Store,
    sites: &'a [Arc<Site>],
    now: Timestamp,
) -> impl Iterator<Item = io::Result<Row>> + 'a {
    let organisations = store.organisations();
    sites.iter().map(move |site| {
        let failed = |error: &StoreError| io::Error::other(error.to_string());
        let organisations = organisations.as_ref().map_err(failed)?;
        row(store, site, organisations, now).map_err(|error| failed(&error))
    })
}

fn row(
    store: &dyn Store,
    site: &Site,
    organisations: &[Organisation],
    now: Timestamp,
) -> Result<Row, StoreError> {
    let organisation = organisations.iter().find(|one| Some(one.id) == site.organisation);
    let identifier = organisation.and_then(|one| one.identifier.as_deref());
    let aliases: Vec<_> = site.aliases.iter().map(|alias| alias.as_str()).collect();
    let first = store.first_day(site)?;
    let since = site.zone.day_at(store.registered(site)?).date;
    let methods = match first {
        Some(first) => store.methods(site, first, site.zone.day_at(now).date)?,
        None => Vec::new(),
    };
    let methods: Vec<_> = methods.into_iter().map(Method::name).collect();
    let coverage = store.coverage(site)?;
    let latest = coverage.iter().max_by_key(|one| one.measured);
    let percent = |source| {
        let found = coverage.iter().find(|one| one.source == source);
        number(found.and_then(Coverage::percent))
    };
    let rules = &site.rules;
    Ok(vec![
        text(site.host.as_str()),
        text(&aliases.join(" ")),
        optional(organisation.map(|one| one.slug.as_str())),
        optional(organisation.map(|one| one.name.as_str())),
        optional(identifier),
        optional(identifier.and_then(scheme)),
        Value::Text(since.to_string()),
        optional(first.map(|first| first.to_string()).as_deref()),
        text(site.zone.name()),
        text(rules.licence.name()),
        optional(rules.contact.as_deref()),
        text(rules.profile.name()),
        text(rules.gpc.name()),
        text(rules.dnt.name()),
        Value::Integer(rules.visitors_min),
        text(&methods.join(",")),
        Value::Boolean(site.synthetic),
        percent(CoverageSource::Sitemap),
        percent(CoverageSource::AccessLog),
        optional(latest.map(|one| one.period.as_str())),
        optional(latest.map(|one| site.zone.written(one.measured)).as_deref()),
    ])
}

/// The register of an identifier, by its form: nine digits are a SIREN and fourteen a SIRET, each
/// with a check digit (ISO/IEC 7812-1, as INSEE uses it).
fn scheme(identifier: &str) -> Option<&'static str> {
    let digits: Vec<u32> = identifier
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| letter.to_digit(10))
        .collect::<Option<_>>()?;
    let name = match digits.len() {
        9 => "SIREN",
        14 => "SIRET",
        _ => return None,
    };
    let doubled = |(place, digit): (usize, &u32)| {
        let twice = digit * (1 + place as u32 % 2);
        twice / 10 + twice % 10
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    // The establishments of La Poste alone are numbered otherwise: their digits add up to fives.
    let is_post =
        name == "SIRET" && digits[..9] == LA_POSTE && digits.iter().sum::<u32>().is_multiple_of(5);
    (sum.is_multiple_of(10) || is_post).then_some(name)
}

/// The SIREN of La Poste.
const LA_POSTE: [u32; 9] = [3, 5, 6, 0, 0, 0, 0, 0, 0];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siren_is_known_by_its_check_digit() {
        // The identifier of the Direction interministérielle du numérique, and one digit changed.
        assert_eq!(scheme("130 025 265"), Some("SIREN"));
        assert_eq!(scheme("130025266"), None);
        assert_eq!(scheme("13002526500013"), Some("SIRET"));
        assert_eq!(scheme("FR-1234"), None);
    }
}
