//! How long things are kept, and what is owed to readers (C15 to C20).

use crate::model::{OnRefusal, Words};
use crate::privacy::{OPT_OUT_DAYS, RETENTION_MONTHS_MAX};
use crate::publish::assessment::{CLAIM, Criterion, Found};
use crate::publish::catalogue::Text;

/// What a script would write into a browser with.
const WAYS_TO_STORE: [&str; 5] =
    ["document.cookie", "setItem", "indexedDB", "cookieStore", "caches.open"];

/// Words that would claim more than an assessment of one's own.
const TOO_MUCH: [&str; 4] = ["certif", "valid", "approuv", "approv"];

/// The criteria of this file.
pub fn all(found: &Found<'_>) -> Vec<Criterion> {
    vec![
        short_markers(found),
        short_retention(found),
        informed(),
        opposition(found),
        no_transfer(),
        communication(),
    ]
}

fn short_markers(found: &Found<'_>) -> Criterion {
    let (days, tracker) = (found.grounds.opt_out_days, found.grounds.tracker);
    let stores = WAYS_TO_STORE.iter().any(|way| tracker.contains(way));
    Criterion::checked(
        "C15",
        Words::new(
            "Un traceur ne vit pas plus de 13 mois et n'est pas prolongé à chaque visite.",
            "A tracker lives no longer than 13 months and is not prolonged with each visit.",
        ),
        days <= OPT_OUT_DAYS && !tracker.is_empty() && !stores,
        Vec::new(),
        Text::new(
            format!(
                "Compter ne dépose rien : le script de mesure ne contient aucun moyen d'écrire \
                 dans le navigateur. Le seul cookie est celui d'un refus ; il dure {days} jours et \
                 n'est renouvelé que par la personne elle-même."
            ),
            format!(
                "Counting stores nothing: the measuring script has no means of writing into the \
                 browser. The only cookie is that of a refusal; it lasts {days} days and is \
                 renewed by the person alone."
            ),
        ),
    )
}

fn short_retention(found: &Found<'_>) -> Criterion {
    let months = found.grounds.retention_months;
    Criterion::checked(
        "C16",
        Words::new(
            "Les informations collectées sont gardées au plus 25 mois.",
            "What was collected is kept for 25 months at most.",
        ),
        months <= RETENTION_MONTHS_MAX,
        Vec::new(),
        Text::new(
            format!(
                "Les clés de visiteur vivent un jour, le détail des comptes {months} mois. Restent \
                 ensuite les totaux quotidiens de sites entiers et ce qui a été publié, qui ne \
                 disent rien de personne."
            ),
            format!(
                "Visitor keys live for a day, the details of the counts for {months} months. What \
                 stays then are the daily totals of whole sites and what was published, which are \
                 about nobody."
            ),
        ),
    )
    .remaining(Words::new(
        "L'exploitant revoit ces durées de temps en temps.",
        "The operator reviews these terms from time to time.",
    ))
}

fn informed() -> Criterion {
    Criterion::checked(
        "C17",
        Words::new(
            "Les personnes sont informées de la mesure et de son but (recommandé ; les articles 12 \
             et 13 du RGPD restent dus).",
            "People are told of the measuring and its purpose (recommended; articles 12 and 13 of \
             the GDPR remain due).",
        ),
        true,
        Vec::new(),
        Text::new(
            "Cette page l'explique, en français et en anglais.",
            "This page explains it, in French and in English.",
        ),
    )
    .remaining(Words::new(
        "Chaque site mesuré le dit dans sa propre politique de confidentialité, avec le nom du \
         responsable du traitement.",
        "Each measured site says so in its own privacy policy, with the name of the controller.",
    ))
    .of_operator()
}

fn opposition(found: &Found<'_>) -> Criterion {
    let all = found.grounds.sites.len();
    let heeding = |ignores: fn(&crate::model::SiteRules) -> bool| {
        found.grounds.sites.iter().filter(|site| !ignores(&site.rules)).count()
    };
    let gpc = heeding(|rules| rules.gpc == OnRefusal::Ignore);
    let dnt = heeding(|rules| rules.dnt == OnRefusal::Ignore);
    Criterion::checked(
        "C18",
        Words::new(
            "Les personnes peuvent s'opposer, simplement et durablement.",
            "People can object, simply and lastingly.",
        ),
        found.grounds.opt_out_days > 0,
        Vec::new(),
        Text::new(
            format!(
                "Le bouton de cette page vaut pour cet hôte, sans script aussi. Le signal Global \
                 Privacy Control est pris en compte sur {gpc} site(s) sur {all}, Do Not Track sur \
                 {dnt}. D'une visite refusée, il ne reste qu'un compteur par raison."
            ),
            format!(
                "The button of this page holds for this host, without script too. The signal \
                 Global Privacy Control is heeded on {gpc} of {all} site(s), Do Not Track on \
                 {dnt}. Of a refused visit nothing stays but a counter by reason."
            ),
        ),
    )
    .remaining(Words::new(
        "Chaque site mesuré pose le même bouton sur sa propre page (deux lignes à copier, plus \
         bas) : un refus fait ici ne vaut pas là-bas.",
        "Each measured site puts the same button on a page of its own (two lines to copy, below): \
         a refusal made here does not hold there.",
    ))
    .of_operator()
}

fn no_transfer() -> Criterion {
    Criterion::checked(
        "C19",
        Words::new(
            "Les données ne quittent pas l'Union européenne sans garanties.",
            "Data do not leave the European Union without safeguards.",
        ),
        true,
        Vec::new(),
        Text::new(
            "Tout est sur la machine où tourne ce service, qui n'envoie rien ailleurs.",
            "Everything is on the machine that runs this service, which sends nothing elsewhere.",
        ),
    )
    .remaining(Words::new(
        "L'exploitant choisit où se trouvent cette machine et ses sauvegardes.",
        "The operator chooses where that machine and its backups stand.",
    ))
    .of_operator()
}

fn communication() -> Criterion {
    let claims = [CLAIM.fr, CLAIM.en].map(str::to_lowercase);
    let claims_too_much =
        claims.iter().any(|claim| TOO_MUCH.iter().any(|word| claim.contains(word)));
    Criterion::checked(
        "C20",
        Words::new(
            "La conformité n'est présentée que comme une auto-évaluation, dont le document est \
             remis aux éditeurs.",
            "Conformity is presented as a self-assessment alone, the document of which is given to \
             the publishers.",
        ),
        !claims_too_much,
        Vec::new(),
        Text::new(
            format!("Cette page et son fichier disent « {} », et rien de plus.", CLAIM.fr),
            format!("This page and its file say “{}”, and nothing more.", CLAIM.en),
        ),
    )
}
