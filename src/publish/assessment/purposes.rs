//! What measuring is for, and what of marketing stays out (C1 to C6).

use crate::model::{KindOfHit, Profile, Words};
use crate::privacy::made_up::marks;
use crate::publish::assessment::{Criterion, Found};
use crate::publish::catalogue::Text;

/// Breakdowns that tell how a visit was won: channels and campaigns.
const OF_MARKETING: [&str; 6] = [
    "source_kind",
    "campaign_source",
    "campaign_medium",
    "campaign",
    "campaign_content",
    "campaign_term",
];

/// Kinds of event that the exemption allows.
const KINDS_MAX: usize = 3;

/// The criteria of this file.
pub fn all(found: &Found<'_>) -> Vec<Criterion> {
    vec![
        closed_purposes(found),
        marketing_off(found),
        no_identifiers(found),
        referrer_is_host(found),
        coarse_software(found),
        few_kinds(found),
    ]
}

fn closed_purposes(found: &Found<'_>) -> Criterion {
    let extended = found.sites(|site| site.profile != Profile::Exempt);
    let (all, exempt) = (found.kept.len(), found.kept.len() - extended.len());
    Criterion::checked(
        "C1",
        Words::new(
            "La mesure ne sert qu'à évaluer la performance du site, repérer des problèmes de \
             navigation, améliorer la technique et l'ergonomie, dimensionner les serveurs et \
             analyser les contenus consultés, pour le seul compte de l'éditeur.",
            "Measuring only serves to evaluate how the site performs, to find problems of \
             navigation, to improve technique and ergonomics, to size servers and to analyse what \
             is read, for the publisher alone.",
        ),
        true,
        extended,
        Text::new(
            format!(
                "{exempt} site(s) sur {all} ont le profil « exempt », qui ne mesure rien d'autre. \
                 Personne ne reçoit de ce service que les statistiques anonymes que chacun peut \
                 lire."
            ),
            format!(
                "{exempt} of {all} site(s) have the profile “exempt”, which measures nothing \
                 else. Nobody receives from this service anything but the anonymous statistics \
                 that everybody can read."
            ),
        ),
    )
}

fn marketing_off(found: &Found<'_>) -> Criterion {
    Criterion::tried(
        "C2",
        Words::new(
            "Ce qui relève du marketing est désactivé par défaut : campagnes, canaux \
             d'acquisition, entonnoirs, tests de contenus.",
            "What belongs to marketing is off by default: campaigns, channels of acquisition, \
             funnels, tests of contents.",
        ),
        Profile::default() == Profile::Exempt,
        found.sites(|site| site.has_any(&OF_MARKETING)),
        Text::new(
            "Un site qui ne décide rien a le profil « exempt ». Une visite fictive portait une \
             campagne et un genre de provenance.",
            "A site that decides nothing has the profile “exempt”. A made-up visit carried a \
             campaign and a kind of source.",
        ),
    )
}

fn no_identifiers(found: &Found<'_>) -> Criterion {
    Criterion::tried(
        "C3",
        Words::new(
            "Aucun identifiant de client n'est importé, et aucun identifiant de campagne lu dans \
             les adresses n'est gardé.",
            "No identifier of a client is imported, and no identifier of a campaign is kept from \
             addresses.",
        ),
        true,
        found.sites_keeping(&[marks::CAMPAIGN, marks::CLICK, marks::PROPERTY]),
        Text::new(
            "Une visite fictive portait utm_source, utm_campaign, mtm_campaign, pk_campaign, \
             gclid et fbclid dans son adresse, et une propriété libre dans un événement ; il \
             n'existe pas de fonction pour identifier une personne.",
            "A made-up visit carried utm_source, utm_campaign, mtm_campaign, pk_campaign, gclid \
             and fbclid in its address, and a free property in an event; there is no function to \
             identify a person.",
        ),
    )
}

fn referrer_is_host(found: &Found<'_>) -> Criterion {
    Criterion::tried(
        "C4",
        Words::new(
            "De la page de provenance, seul le nom d'hôte est gardé.",
            "Of the page that led to the site, its host alone is kept.",
        ),
        true,
        found.sites_keeping(&[marks::LED_FROM]),
        Text::new(
            "Une visite fictive venait d'une page avec un chemin et des paramètres.",
            "A made-up visit came from a page with a path and parameters.",
        ),
    )
}

fn coarse_software(found: &Found<'_>) -> Criterion {
    Criterion::tried(
        "C5",
        Words::new(
            "Les données sont réduites au nécessaire : du navigateur et du système, rien de plus \
             fin que la version majeure.",
            "Data are reduced to what is needed: of browser and system nothing finer than the \
             major version.",
        ),
        true,
        found.sites_keeping(&[marks::MINOR_VERSION]),
        Text::new(
            "La chaîne qui nomme le navigateur n'est jamais écrite. Celui d'une visite fictive \
             donnait sa version mineure.",
            "The text that names the browser is never written. That of a made-up visit told its \
             minor version.",
        ),
    )
}

/// How many kinds of event there are. A new kind does not compile until it has a number here.
fn kinds() -> usize {
    let number = |kind: KindOfHit| match kind {
        KindOfHit::View => 1,
        KindOfHit::Event => 2,
        KindOfHit::Reading(_) => 3,
    };
    [KindOfHit::View, KindOfHit::Event, KindOfHit::Reading(0)]
        .map(number)
        .into_iter()
        .fold(0, usize::max)
}

fn few_kinds(found: &Found<'_>) -> Criterion {
    let kinds = kinds();
    Criterion::checked(
        "C6",
        Words::new(
            "Au plus trois genres d'événements : la présence sur une page, l'usage d'une fonction \
             (un clic), le temps de chargement, de défilement ou de lecture.",
            "At most three kinds of event: presence on a page, use of a feature (a click), time \
             of loading, scrolling or reading.",
        ),
        kinds <= KINDS_MAX,
        found.sites_keeping(&[marks::FEATURE]),
        Text::new(
            format!(
                "Il y a {kinds} genres d'événements : page vue, usage d'une fonction, temps de \
                 lecture. Sous le profil « exempt », une fonction que le site n'a pas déclarée ne \
                 garde pas le nom que l'expéditeur lui donne."
            ),
            format!(
                "There are {kinds} kinds of event: page view, use of a feature, reading time. \
                 Under the profile “exempt” a feature that the site did not declare does not keep \
                 the name that the sender gives it."
            ),
        ),
    )
}
