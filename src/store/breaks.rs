//! Breaks in series: moments after which figures do not compare with those before, and why.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Site, SiteId, Words};
use crate::store::{Method, StoreError};

/// Why a series breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// The tag was put on the site's pages, or is there again.
    TagAdded,
    /// The tag is gone: no page reports any more.
    TagRemoved,
    /// Pages load another version of the tracker.
    Tracker,
    /// The lists and rules that know robots changed.
    Robots,
    /// The table that names browsers and systems changed.
    AgentTable,
    /// The table that names countries changed.
    CountryTable,
    /// The table that names sources changed.
    SourceTable,
    /// Which requests are let through changed: networks, proxies, limits.
    Filter,
    /// What a refusal by GPC or DNT does changed.
    Refusal,
    /// The privacy profile changed.
    Profile,
    /// What an address keeps, or which section a page lies in, changed.
    Addresses,
    /// The hosts that belong to the site changed.
    Hosts,
    /// The site was merged with another one, or split.
    Merged,
    /// The collector did not run.
    Outage,
    /// A figure is defined otherwise.
    Definition,
    /// The threshold below which nothing is published changed.
    Release,
    /// Days were counted from an access log.
    Import,
    /// Anything else, in words.
    Other,
}

impl BreakKind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::TagAdded,
        Self::TagRemoved,
        Self::Tracker,
        Self::Robots,
        Self::AgentTable,
        Self::CountryTable,
        Self::SourceTable,
        Self::Filter,
        Self::Refusal,
        Self::Profile,
        Self::Addresses,
        Self::Hosts,
        Self::Merged,
        Self::Outage,
        Self::Definition,
        Self::Release,
        Self::Import,
        Self::Other,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TagAdded => "tag_added",
            Self::TagRemoved => "tag_removed",
            Self::Tracker => "tracker_version",
            Self::Robots => "robot_rules",
            Self::AgentTable => "agent_table",
            Self::CountryTable => "country_table",
            Self::SourceTable => "source_table",
            Self::Filter => "filter_rules",
            Self::Refusal => "refusal_policy",
            Self::Profile => "privacy_profile",
            Self::Addresses => "addresses",
            Self::Hosts => "hosts",
            Self::Merged => "site_merged_or_split",
            Self::Outage => "outage",
            Self::Definition => "definition",
            Self::Release => "release_rule",
            Self::Import => "import",
            Self::Other => "other",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What happened, in a sentence without its end.
    pub const fn title(self) -> Words {
        match self {
            Self::TagAdded => Words::new(
                "le marqueur est posé, ou de retour, sur les pages",
                "the tag was put on the pages, or is back",
            ),
            Self::TagRemoved => Words::new(
                "le marqueur a disparu des pages",
                "the tag has disappeared from the pages",
            ),
            Self::Tracker => Words::new(
                "les pages chargent une autre version du traceur",
                "the pages load another version of the tracker",
            ),
            Self::Robots => Words::new(
                "les règles qui reconnaissent les robots ont changé",
                "the rules that recognise robots changed",
            ),
            Self::AgentTable => Words::new(
                "la table des navigateurs et systèmes a changé",
                "the table of browsers and systems changed",
            ),
            Self::CountryTable => {
                Words::new("la table des pays a changé", "the table of countries changed")
            }
            Self::SourceTable => Words::new(
                "la table des provenances connues a changé",
                "the table of known sources changed",
            ),
            Self::Filter => Words::new(
                "les règles de filtrage des requêtes ont changé",
                "the rules that filter requests changed",
            ),
            Self::Refusal => Words::new(
                "la prise en compte des refus GPC et DNT a changé",
                "what a refusal by GPC or DNT does changed",
            ),
            Self::Profile => {
                Words::new("le profil de confidentialité a changé", "the privacy profile changed")
            }
            Self::Addresses => Words::new(
                "ce que gardent les adresses, ou les rubriques, a changé",
                "what addresses keep, or the sections, changed",
            ),
            Self::Hosts => Words::new(
                "les noms d'hôte rattachés au site ont changé",
                "the hosts that belong to the site changed",
            ),
            Self::Merged => Words::new(
                "le site a été fusionné ou scindé",
                "the site was merged with another or split",
            ),
            Self::Outage => {
                Words::new("le service de collecte était arrêté", "the collector did not run")
            }
            Self::Definition => {
                Words::new("la définition d'un chiffre a changé", "a figure is defined otherwise")
            }
            Self::Release => {
                Words::new("la règle de diffusion a changé", "the rule of publication changed")
            }
            Self::Import => Words::new(
                "des jours sont comptés d'après les journaux du serveur",
                "days are counted from access logs",
            ),
            Self::Other => Words::new("autre raison, voir la note", "another reason, see the note"),
        }
    }

    /// The breakdowns that it alters; none means that all figures are altered.
    pub const fn dimensions(self) -> &'static [&'static str] {
        match self {
            Self::AgentTable => {
                &["device", "browser", "browser_version", "system", "system_version"]
            }
            Self::CountryTable => &["country", "region"],
            Self::SourceTable => &["source", "source_kind"],
            Self::Addresses => &["page", "entry_page", "exit_page", "section", "search", "event"],
            _ => &[],
        }
    }
}

/// What a person may say of a break beside its kind. All of it is optional.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BreakWords {
    /// The figures that are altered; none means all.
    pub metrics: Vec<String>,
    /// The breakdowns that are altered; none means all.
    pub dimensions: Vec<String>,
    /// How much the figures moved, in words.
    pub estimated_effect: Option<String>,
    /// Days that were counted both ways.
    pub overlap_days: Option<u32>,
    /// What the figures before are to be multiplied by to compare with those after.
    pub splice_coefficient: Option<f64>,
    /// What happened, in French.
    pub note_fr: String,
    /// The same in English.
    pub note_en: String,
}

/// A moment after which figures do not compare with those before.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Its number in the store; 0 before it has one.
    pub id: i64,
    /// Of which site.
    pub site: SiteId,
    /// From when on.
    pub began: Timestamp,
    /// Why.
    pub kind: BreakKind,
    /// What was so before.
    pub before: String,
    /// What has been so since.
    pub after: String,
    /// How days were counted before, where that is part of it.
    pub method_before: Option<Method>,
    /// How they have been counted since.
    pub method_after: Option<Method>,
    /// What a person said of it.
    pub words: BreakWords,
    /// Did a person write it, and not Parvis itself?
    pub is_manual: bool,
}

/// Before the moment at which an outage ended, where the value after a break says it.
const UNTIL: &str = "until ";

impl Break {
    /// A time in which nothing was counted, up to a moment as the site's zone writes it.
    pub fn outage(site: SiteId, began: Timestamp, until: &str) -> Self {
        let change = (String::new(), format!("{UNTIL}{until}"));
        Self::automatic(site, began, BreakKind::Outage, change)
    }

    /// When an outage ended, as the site's zone writes it.
    pub fn until(&self) -> Option<&str> {
        self.after.strip_prefix(UNTIL).filter(|_| self.kind == BreakKind::Outage)
    }

    /// Is it the beginning of a series, whose first day is given, and so no break of it? Earlier
    /// versions registered the first view and the first import as breaks.
    pub fn is_beginning(&self, date: Date, first: Date) -> bool {
        let begins = matches!(self.kind, BreakKind::TagAdded | BreakKind::Import);
        !self.is_manual && (date < first || (date == first && begins))
    }

    /// Does it alter figures that are not of one breakdown alone?
    pub fn alters_whole_figures(&self) -> bool {
        self.words.dimensions.is_empty() && self.kind.dimensions().is_empty()
    }

    /// One that Parvis writes by itself.
    pub fn automatic(
        site: SiteId,
        began: Timestamp,
        kind: BreakKind,
        (before, after): (String, String),
    ) -> Self {
        let (method_before, method_after) = match kind {
            BreakKind::TagAdded => (None, Some(Method::Beacon)),
            BreakKind::TagRemoved => (Some(Method::Beacon), None),
            BreakKind::Import => (None, Some(Method::AccessLog)),
            _ => (None, None),
        };
        Self {
            id: 0,
            site,
            began,
            kind,
            before,
            after,
            method_before,
            method_after,
            words: BreakWords::default(),
            is_manual: false,
        }
    }
}

/// The register of breaks.
pub trait Breaks {
    /// The breaks of a site in a period, in the order of time.
    fn breaks(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Break>, StoreError>;
    /// All breaks of a site, in the order of time.
    fn all_breaks(&self, site: &Site) -> Result<Vec<Break>, StoreError>;
    /// Adds one, unless the same is there; says whether it was added.
    fn add_break(&self, one: &Break) -> Result<bool, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written_and_have_words() {
        for kind in BreakKind::ALL {
            assert_eq!(BreakKind::named(kind.name()), Some(kind));
            assert!(!kind.title().fr.is_empty() && kind.title().fr != kind.title().en);
            for name in kind.dimensions() {
                assert!(crate::dimension::named(name).is_some(), "{name}");
            }
        }
        // What older stores hold.
        for name in ["privacy_profile", "refusal_policy", "hosts", "addresses", "import", "other"] {
            assert!(BreakKind::named(name).is_some(), "{name}");
        }
    }
}
