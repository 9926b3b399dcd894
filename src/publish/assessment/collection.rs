//! Addresses, places and what goes out (C7, C8, C11, C12, C21).

use crate::dimension;
use crate::model::{VISITORS_MIN_RANGE, Words};
use crate::privacy::made_up::{ADDRESS, marks};
use crate::privacy::{RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::publish::assessment::{Criterion, Found};
use crate::publish::catalogue::Text;
use crate::publish::datasets;

/// Names of places that are finer than what is allowed, as breakdowns would be called.
const TOO_FINE: [&str; 6] = ["city", "postcode", "district", "latitude", "longitude", "network"];

/// Names of what would show one person's way through a site, as columns would be called.
const OF_ONE_PERSON: [&str; 7] =
    ["visitor", "visitor_key", "visitor_id", "session", "address", "user_agent", "click_path"];

/// What reports and exports are rounded to at least.
const ROUNDED_TO_MIN: u64 = 10;

/// The criteria of this file.
pub fn all(found: &Found<'_>) -> Vec<Criterion> {
    vec![
        address_is_forgotten(found),
        no_finer_place(),
        rounded(found),
        nobody_followed(),
        clean_addresses(found),
    ]
}

fn address_is_forgotten(found: &Found<'_>) -> Criterion {
    Criterion::checked(
        "C7",
        Words::new(
            "L'adresse réseau sert au plus à situer la ville, puis est pseudonymisée (au moins le \
             dernier octet est ôté).",
            "The network address serves at most to find the town, and is pseudonymised then (at \
             least its last byte is removed).",
        ),
        true,
        found.sites_keeping(&[&ADDRESS.to_string()]),
        Text::new(
            "L'adresse n'est écrite nulle part, même tronquée : ce qui est gardé d'une visite n'a \
             pas de place pour elle. Aucune valeur d'une visite fictive ne contient son adresse.",
            "The address is written nowhere, not even cut: what is kept of a visit has no room \
             for it. No value of a made-up visit holds its address.",
        ),
    )
}

fn no_finer_place() -> Criterion {
    let finer = dimension::ALL.iter().any(|one| TOO_FINE.contains(&one.name));
    Criterion::checked(
        "C8",
        Words::new(
            "La géolocalisation n'est pas plus fine que la ville.",
            "Geolocation is no finer than the town.",
        ),
        !finer,
        Vec::new(),
        Text::new(
            "Aucune ventilation n'est plus fine que la région, et celle-ci n'existe que si \
             l'exploitant apporte une table qui la connaît. La ville n'est jamais demandée à la \
             table.",
            "No breakdown is finer than the region, which only exists where the operator brings a \
             table that knows it. The table is never asked for the town.",
        ),
    )
}

fn rounded(found: &Found<'_>) -> Criterion {
    let least = found.grounds.sites.iter().map(|site| site.rules.visitors_min).min();
    let least = least.unwrap_or(VISITORS_MIN);
    let (least_allowed, staff) = (VISITORS_MIN_RANGE.start(), found.grounds.has_staff);
    let criterion = Criterion::checked(
        "C11",
        Words::new(
            "Il n'en sort que des statistiques anonymes : rapports et exports agrégés et arrondis \
             à la dizaine, ou analyse d'anonymat documentée ; aucune combinaison de filtres \
             n'isole une personne.",
            "Only anonymous statistics come out: reports and exports aggregated and rounded to \
             the nearest ten, or a documented analysis of anonymity; no combination of filters \
             singles anybody out.",
        ),
        ROUNDED_TO >= ROUNDED_TO_MIN && *least_allowed > 1,
        Vec::new(),
        Text::new(
            format!(
                "Tout ce qui est diffusé passe par une seule porte ({RELEASE_RULE}) : arrondi à \
                 {ROUNDED_TO} près, lignes de moins de {VISITORS_MIN} visiteurs retenues (le \
                 seuil le plus bas d'un site est {least}), et d'autres avec elles si une \
                 soustraction les trahissait."
            ),
            format!(
                "Everything that is published passes one door ({RELEASE_RULE}): rounded to the \
                 nearest {ROUNDED_TO}, lines under {VISITORS_MIN} visitors withheld (the lowest \
                 threshold of a site is {least}), and others with them where a subtraction would \
                 betray them."
            ),
        ),
    );
    if !staff {
        return criterion;
    }
    let remains = Words::new(
        "Des administrateurs ont un compte et lisent des comptes exacts, non arrondis : \
         l'exploitant documente pourquoi ceux-ci n'isolent personne, ou se passe de ces comptes.",
        "Administrators have accounts and read exact counts, not rounded: the operator documents \
         why those single nobody out, or does without accounts.",
    );
    criterion.remaining(remains).of_operator()
}

fn nobody_followed() -> Criterion {
    let columns = datasets().flat_map(|dataset| dataset.schema().columns);
    let published: Vec<_> = columns.map(|column| column.name).collect();
    let broken_down = dimension::ALL.iter().flat_map(|one| one.columns.iter().copied());
    let shows_one =
        published.into_iter().chain(broken_down).any(|name| OF_ONE_PERSON.contains(&name));
    Criterion::checked(
        "C12",
        Words::new(
            "La navigation d'une personne ne peut pas être suivie : ni rejeu de session, ni \
             journal de visites, ni fiche de visiteur.",
            "The way of one person through the site cannot be followed: no replay of sessions, no \
             log of visits, no card of a visitor.",
        ),
        !shows_one,
        Vec::new(),
        Text::new(
            "Ni les fichiers, ni l'API, ni les pages d'administration n'ont de ligne ou de \
             colonne par visiteur ; la base ne garde que des comptes.",
            "Neither files, API nor the pages of administrators have a line or a column a \
             visitor; the store holds counts alone.",
        ),
    )
}

fn clean_addresses(found: &Found<'_>) -> Criterion {
    let declaring = found.grounds.sites.iter().filter(|site| !site.query_kept.is_empty()).count();
    Criterion::tried(
        "C21",
        Words::new(
            "Adresses, titres et événements ne contiennent pas de données personnelles.",
            "Addresses, titles and events hold no personal data.",
        ),
        true,
        found.sites_keeping(&[marks::MAIL, marks::TELEPHONE, marks::TOKEN]),
        Text::new(
            format!(
                "Les paramètres des adresses sont ôtés, sauf ceux que déclarent {declaring} \
                 site(s). L'adresse, le titre et le lien d'une visite fictive portaient une \
                 adresse électronique, un numéro de téléphone et un jeton."
            ),
            format!(
                "The parameters of addresses are dropped, but for those that {declaring} site(s) \
                 declare. The address, the title and the link of a made-up visit carried an \
                 e-mail address, a telephone number and a token."
            ),
        ),
    )
    .remaining(Words::new(
        "Un nom propre dans un chemin ou un titre ne se reconnaît pas à sa forme : le site \
         s'assure que ses adresses n'en portent pas.",
        "A person's name in a path or a title cannot be known by its shape: the site makes sure \
         that its addresses have none.",
    ))
}
