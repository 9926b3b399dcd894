//! What a visitor's key is made of, and who may put things together (C9, C10, C13, C14).

use crate::model::Words;
use crate::publish::assessment::{Criterion, Found};
use crate::publish::catalogue::Text;

/// What a policy of pages may name: the service itself, and pictures that a page carries in itself.
const OWN_SOURCES: [&str; 3] = ["'none'", "'self'", "data:"];

/// The criteria of this file.
pub fn all(found: &Found<'_>) -> Vec<Criterion> {
    vec![
        key_of_site_and_day(found),
        nobody_across_sites(found),
        no_third_party(found),
        publishers_apart(found),
    ]
}

fn key_of_site_and_day(found: &Found<'_>) -> Criterion {
    Criterion::checked(
        "C9",
        Words::new(
            "Une empreinte, s'il y en a une, dépend du site et du temps.",
            "A fingerprint, where there is one, depends on the site and on time.",
        ),
        true,
        found.sites(|one| one.key.is_none_or(|key| !key.site || !key.day)),
        Text::new(
            "La même visite fictive reçoit une autre clé sur un autre site et sous le sel d'un \
             autre jour. Le sel est tiré au hasard pour le jour local et détruit quand ce jour se \
             ferme. La case du réseau, d'un octet, dépend du site et du mois, dont la clé est \
             détruite de même.",
            "The same made-up visit gets another key on another site and under the salt of another \
             day. The salt is drawn by chance for the local day and destroyed when that day \
             closes. The bucket of the network, of one byte, depends on the site and the month, \
             whose key is destroyed likewise.",
        ),
    )
}

fn nobody_across_sites(found: &Found<'_>) -> Criterion {
    Criterion::checked(
        "C10",
        Words::new(
            "Personne n'est suivi d'un site à l'autre ; une couverture unique et dédoublonnée de \
             plusieurs sites est exclue.",
            "Nobody is followed from one site to another; a single, deduplicated reach of several \
             sites is ruled out.",
        ),
        true,
        found.sites(|one| one.key.is_none_or(|key| !key.site)),
        Text::new(
            "La clé d'une visite fictive n'est pas la même sur deux sites : les chiffres de \
             plusieurs sites ne peuvent être que des sommes, et se disent « non dédoublonnés ».",
            "The key of a made-up visit is not the same on two sites: figures of several sites can \
             only be sums, and say that they are not deduplicated.",
        ),
    )
}

/// Does every directive name nothing but the service itself, beginning with nothing at all?
fn names_only_itself(policy: &str) -> bool {
    let directives = policy.split(';').map(str::trim).filter(|text| !text.is_empty());
    let is_own = |text: &str| text.split_whitespace().skip(1).all(|one| OWN_SOURCES.contains(&one));
    policy.trim_start().starts_with("default-src 'none'") && directives.into_iter().all(is_own)
}

fn no_third_party(found: &Found<'_>) -> Criterion {
    let policy = found.grounds.page_policy;
    Criterion::checked(
        "C13",
        Words::new(
            "Les données ne sont croisées avec aucun autre traitement ni transmises à des tiers ; \
             le prestataire ne les réutilise pas.",
            "Data are not matched with any other processing nor handed to third parties; the \
             provider does not reuse them.",
        ),
        names_only_itself(policy),
        Vec::new(),
        Text::new(
            "Les pages ne chargent que des fichiers de ce service (règle donnée au navigateur : \
             default-src 'none', le reste 'self'). Les tables de pays, de navigateurs et de \
             robots sont dans le programme : rien n'est demandé à un autre service.",
            "Pages load files of this service alone (the rule that browsers are given: default-src \
             'none', the rest 'self'). The tables of countries, browsers and robots are inside the \
             program: nothing is asked of another service.",
        ),
    )
    .remaining(Words::new(
        "Si un prestataire exploite le service, son contrat l'écrit (article 28 du RGPD).",
        "Where a provider runs the service, its contract says so (article 28 of the GDPR).",
    ))
}

fn publishers_apart(found: &Found<'_>) -> Criterion {
    let (organisations, sites) = (found.grounds.organisations, found.kept.len());
    Criterion::checked(
        "C14",
        Words::new(
            "Si un même service mesure pour plusieurs éditeurs, la collecte de chacun est \
             indépendante.",
            "Where one service measures for several publishers, each is collected for by itself.",
        ),
        true,
        found.sites(|one| one.key.is_none_or(|key| !key.site)),
        Text::new(
            format!(
                "{sites} site(s), {organisations} organisation(s) déclarée(s). Chaque site a ses \
                 propres clés, ses propres comptes et ses propres règles ; un message n'est compté \
                 que pour le site dont la page l'envoie."
            ),
            format!(
                "{sites} site(s), {organisations} organisation(s) declared. Each site has keys, \
                 counts and rules of its own; a message is counted only for the site whose page \
                 sends it."
            ),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_names_another_host_is_found_out() {
        let own = "default-src 'none'; img-src 'self' data:; base-uri 'none'";
        assert!(names_only_itself(own));
        for wrong in [
            "",
            "default-src 'self'",
            "default-src 'none'; script-src 'self' https://cdn.example.org",
            "default-src 'none'; connect-src *",
        ] {
            assert!(!names_only_itself(wrong), "{wrong}");
        }
    }
}
