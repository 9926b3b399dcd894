//! What each reason for not counting means to readers, in French and English.

use crate::collect::dropped::Dropped;
use crate::model::Words;

/// Every reason in the order of [`Dropped::ALL`], with its meaning in a sentence without its end.
const MEANINGS: [(Dropped, Words); Dropped::ALL.len()] = [
    (
        Dropped::Robot,
        Words::new(
            "un robot qui se déclare, ou une requête sans nom de navigateur",
            "a robot that says so, or a request without the name of a browser",
        ),
    ),
    (
        Dropped::Headless,
        Words::new("un navigateur piloté par un programme", "a browser that a program drives"),
    ),
    (
        Dropped::Impossible,
        Words::new(
            "un nom de navigateur qu'aucun navigateur ne porte",
            "the name of a browser that no browser has",
        ),
    ),
    (
        Dropped::Monitor,
        Words::new(
            "une sonde qui surveille si le site répond",
            "a probe that watches whether the site answers",
        ),
    ),
    (
        Dropped::FetchHeaders,
        Words::new(
            "des en-têtes que le navigateur annoncé n'enverrait pas",
            "headers that the named browser would not send",
        ),
    ),
    (
        Dropped::GlobalPrivacyControl,
        Words::new(
            "le navigateur demande de ne pas être suivi (Global Privacy Control)",
            "the browser asks not to be followed (Global Privacy Control)",
        ),
    ),
    (
        Dropped::DoNotTrack,
        Words::new(
            "le navigateur demande de ne pas être suivi (Do Not Track)",
            "the browser asks not to be tracked (Do Not Track)",
        ),
    ),
    (
        Dropped::OptOut,
        Words::new(
            "la personne a demandé ici à ne pas être comptée",
            "the person asked here not to be counted",
        ),
    ),
    (
        Dropped::Prefetch,
        Words::new(
            "le navigateur prépare une page que personne n'a encore vue ; elle est comptée quand \
             elle s'affiche",
            "the browser fetches a page ahead that nobody has seen; it is counted when it is \
             shown",
        ),
    ),
    (
        Dropped::Excluded,
        Words::new(
            "un réseau que l'exploitant a exclu : le sien, ou celui de sa surveillance",
            "a network that the operator excluded: its own, or that of its monitoring",
        ),
    ),
    (
        Dropped::Duplicate,
        Words::new("le même message a déjà été compté", "the same message was counted already"),
    ),
    (Dropped::BodyTooLarge, Words::new("un message trop long", "a message that is too long")),
    (Dropped::BodyUnreadable, Words::new("un message illisible", "a message that cannot be read")),
    (
        Dropped::BodyTooSlow,
        Words::new(
            "un message qui n'est pas arrivé en entier à temps",
            "a message that did not arrive whole in time",
        ),
    ),
    (
        Dropped::UrlTooLong,
        Words::new(
            "une page dont l'hôte et le chemin sont trop longs",
            "a page whose host and path are too long",
        ),
    ),
    (
        Dropped::UrlUnusable,
        Words::new("une adresse de page qui n'en est pas une", "an address of a page that is none"),
    ),
    (
        Dropped::NameUnusable,
        Words::new(
            "un nom d'événement vide, trop long ou qui n'est pas du texte",
            "the name of an event that is empty, too long or no text",
        ),
    ),
    (
        Dropped::PropertiesUnusable,
        Words::new(
            "un événement avec trop de propriétés, ou une propriété trop longue ; seules \
             d'anciennes versions le refusaient, il est maintenant compté sans cette propriété",
            "an event with too many properties, or one that is too long; only older versions \
             refused it, it is now counted without that property",
        ),
    ),
    (
        Dropped::SeveralSites,
        Words::new("un message qui nomme plusieurs sites", "a message that names several sites"),
    ),
    (
        Dropped::UnknownSite,
        Words::new("un site qui n'est pas mesuré ici", "a site that is not counted here"),
    ),
    (
        Dropped::ForeignHost,
        Words::new(
            "une page d'un hôte qui n'est pas celui du site",
            "a page of a host that is not the site's",
        ),
    ),
    (
        Dropped::ForeignOrigin,
        Words::new(
            "un message envoyé depuis la page d'un autre site",
            "a message that was sent from a page of another site",
        ),
    ),
    (
        Dropped::SandboxedPage,
        Words::new(
            "une page isolée (sandbox), dont le navigateur ne dit pas à quel site elle appartient",
            "a sandboxed page, of which the browser does not say to what site it belongs",
        ),
    ),
    (
        Dropped::TooManyRequests,
        Words::new(
            "une seule adresse envoie plus que sa part",
            "one address sends more than its share",
        ),
    ),
    (
        Dropped::JournalFull,
        Words::new(
            "plus de vues arrivent qu'il n'est possible d'en écrire ; l'expéditeur réessaie",
            "more views arrive than can be written; the sender tries again",
        ),
    ),
    (
        Dropped::JournalStalled,
        Words::new(
            "le disque est trop lent ; l'expéditeur réessaie",
            "the disk takes too long; the sender tries again",
        ),
    ),
    (
        Dropped::JournalRefused,
        Words::new(
            "le disque refuse d'écrire ; l'expéditeur réessaie",
            "the disk refuses to write; the sender tries again",
        ),
    ),
    (
        Dropped::Stopping,
        Words::new(
            "le service s'arrête ; l'expéditeur réessaie",
            "the service is stopping; the sender tries again",
        ),
    ),
    (
        Dropped::DayUnusable,
        Words::new(
            "l'horloge de la machine a reculé, ou le sel du jour ne peut pas être gardé ; \
             l'expéditeur réessaie",
            "the machine's clock went back, or the salt of the day cannot be kept; the sender \
             tries again",
        ),
    ),
    (
        Dropped::JournalSiteUnknown,
        Words::new(
            "une vue reçue dont la base, restaurée d'une sauvegarde plus ancienne, ne connaît pas \
             le site",
            "a view that was received, and whose site the store, restored from an older backup, \
             does not know",
        ),
    ),
];

/// What a reason means.
pub fn meaning(dropped: Dropped) -> Words {
    let found = MEANINGS.iter().find(|(one, _)| *one == dropped);
    // The test below holds the list complete; a name still says something.
    found.map_or(Words::new(dropped.reason(), dropped.reason()), |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_meaning() {
        for (dropped, (one, words)) in Dropped::ALL.into_iter().zip(MEANINGS) {
            assert_eq!(dropped, one);
            assert!(words.fr != words.en && !words.fr.ends_with('.'), "{}", words.fr);
        }
    }
}
