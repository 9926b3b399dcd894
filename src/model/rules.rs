//! What a site has decided about its own counting and publishing: its privacy profile, how it takes
//! a refusal, what it declares of its pages and features, its licence and its threshold.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::model::address::{path_key, readable};
use crate::model::file_kind::{EXTENSION_BYTES_MAX, declared_extension};
use crate::model::legible::is_hidden;
use crate::model::licence::Licence;

/// Declared sections of one site. Each is a line of every day, and a navigation has some tens.
pub const SECTIONS_MAX: usize = 200;

/// Declared features of one site.
pub const FEATURES_MAX: usize = 100;

/// Query parameters of one kind that a site may declare.
pub const PARAMETERS_MAX: usize = 20;

/// Extensions that a site may declare as downloads.
pub const DOWNLOADS_MAX: usize = 50;

/// Longest declared name or path, in bytes.
pub const DECLARED_BYTES_MAX: usize = 200;

/// Lines whose readers come from fewer networks than about this are not published, unless the site
/// decides otherwise: what statistical offices ask of research output, in people.
pub const VISITORS_MIN_DEFAULT: u64 = 10;

/// What a site may decide: below 8 a sender from four networks
/// learns too much (`docs/anonymity.md`), above 50 little is left to publish.
pub const VISITORS_MIN_RANGE: RangeInclusive<u64> = 8..=50;

/// How much is measured, and on which legal ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// The French exemption from consent (CNIL, July 2025): no campaigns, no acquisition channel
    /// beyond the referring host, three kinds of event, features declared beforehand.
    #[default]
    Exempt,
    /// What the other audience tools measure, for sites that rely on another legal ground.
    Extended,
}

impl Profile {
    /// Its name in settings and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Extended => "extended",
        }
    }

    /// The profile of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Exempt, Self::Extended].into_iter().find(|profile| profile.name() == name)
    }
}

/// What is done with a view whose browser says that it does not want to be followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnRefusal {
    /// It is not counted; that there was one is.
    #[default]
    Drop,
    /// It is counted as a page view, without a visitor or a visit.
    CountWithoutVisitor,
    /// It is counted as any other.
    Ignore,
}

impl OnRefusal {
    /// Its name in settings and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::CountWithoutVisitor => "count_without_visitor",
            Self::Ignore => "ignore",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Drop, Self::CountWithoutVisitor, Self::Ignore];
        all.into_iter().find(|one| one.name() == name)
    }
}

/// The rules of one site. What an older store does not say has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteRules {
    /// How much is measured.
    pub profile: Profile,
    /// What `Sec-GPC: 1` does.
    pub gpc: OnRefusal,
    /// What `DNT: 1` does.
    pub dnt: OnRefusal,
    /// Path prefixes whose visitors are counted exactly; one may lie within another.
    pub sections: Vec<String>,
    /// Query parameters that hold what was searched for on the site, such as `q`.
    pub search_parameters: Vec<String>,
    /// Names of the features whose use the site reports.
    pub features: Vec<String>,
    /// Extensions of files that are downloads, beyond those that are everywhere; in small letters
    /// and without a dot. Access logs are counted by them; a tag has its own `data-downloads`.
    pub downloads: Vec<String>,
    /// Lines of fewer visitors are not published.
    pub visitors_min: u64,
    /// The licence of what is published.
    pub licence: Licence,
    /// Whom readers of the figures may ask: an e-mail address or a web page.
    pub contact: Option<String>,
}

impl Default for SiteRules {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            gpc: OnRefusal::default(),
            dnt: OnRefusal::default(),
            sections: Vec::new(),
            search_parameters: Vec::new(),
            features: Vec::new(),
            downloads: Vec::new(),
            visitors_min: VISITORS_MIN_DEFAULT,
            licence: Licence::default(),
            contact: None,
        }
    }
}

/// What is wrong with declared rules.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RulesError {
    /// Not a path.
    #[error("{0:?} is not a section: write the beginning of a path, such as /services/")]
    Section(String),
    /// Not a name.
    #[error(
        "{0:?} is not a name: write 1 to {DECLARED_BYTES_MAX} bytes without control characters or \
         others that nobody sees"
    )]
    Name(String),
    /// Not the extension of a file.
    #[error(
        "{0:?} is no extension: write the letters behind the last dot of a file's name, such as \
         gpkg, at most {EXTENSION_BYTES_MAX}"
    )]
    Extension(String),
    /// Too many of them.
    #[error("at most {1} {0} can be declared")]
    TooMany(&'static str, usize),
    /// Below or above what a threshold may be.
    #[error(
        "{0} visitors are no threshold: write {first} to {last}",
        first = VISITORS_MIN_RANGE.start(),
        last = VISITORS_MIN_RANGE.end()
    )]
    VisitorsMin(u64),
    /// Nobody can be reached there.
    #[error(
        "{0:?} is no contact: write an e-mail address such as audience@example.fr, or a page such \
         as https://www.example.fr/contact"
    )]
    Contact(String),
}

impl SiteRules {
    /// The same with the keys of its sections, by which the pages are told that lie in them.
    pub fn with_section_keys(mut self) -> Self {
        self.sections.iter_mut().for_each(|section| *section = path_key(section));
        self.sections.sort();
        self.sections.dedup();
        self
    }

    /// Its sections as people read them.
    pub fn readable_sections(&self) -> Vec<Cow<'_, str>> {
        self.sections.iter().map(|section| readable(section)).collect()
    }

    /// Checks what a person declared.
    pub fn check(&self) -> Result<(), RulesError> {
        let is_name = |name: &String| {
            let fits = (1..=DECLARED_BYTES_MAX).contains(&name.len());
            fits && !name.chars().any(is_hidden)
        };
        let wrong = |name: &&String| !is_name(name);
        if let Some(name) = self.features.iter().chain(&self.search_parameters).find(wrong) {
            return Err(RulesError::Name(name.clone()));
        }
        let is_section = |path: &String| path.starts_with('/') && is_name(path);
        if let Some(path) = self.sections.iter().find(|path| !is_section(path)) {
            return Err(RulesError::Section(path.clone()));
        }
        let is_extension = |one: &&String| declared_extension(one).as_ref() == Some(one);
        if let Some(wrong) = self.downloads.iter().find(|one| !is_extension(one)) {
            return Err(RulesError::Extension(wrong.clone()));
        }
        if !VISITORS_MIN_RANGE.contains(&self.visitors_min) {
            return Err(RulesError::VisitorsMin(self.visitors_min));
        }
        if let Some(contact) = self.contact.as_ref().filter(|contact| !is_contact(contact)) {
            return Err(RulesError::Contact(contact.clone()));
        }
        let lists = [
            ("sections", self.sections.len(), SECTIONS_MAX),
            ("features", self.features.len(), FEATURES_MAX),
            ("search parameters", self.search_parameters.len(), PARAMETERS_MAX),
            ("downloads", self.downloads.len(), DOWNLOADS_MAX),
        ];
        match lists.into_iter().find(|&(_, count, most)| count > most) {
            Some((what, _, most)) => Err(RulesError::TooMany(what, most)),
            None => Ok(()),
        }
    }
}

/// An e-mail address, or the address of a web page.
fn is_contact(text: &str) -> bool {
    let fits = (1..=DECLARED_BYTES_MAX).contains(&text.len());
    if !fits || text.chars().any(|letter| is_hidden(letter) || letter.is_whitespace()) {
        return false;
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return url::Url::parse(text).is_ok_and(|url| url.username().is_empty());
    }
    let Some((name, domain)) = text.split_once('@') else { return false };
    let is_host = domain.contains('.') && url::Host::parse(domain).is_ok();
    !name.is_empty() && is_host && !name.contains(['<', '>', '"', '(', ')', ',', ';', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_store_does_not_say_has_its_default() {
        let rules: SiteRules = serde_json::from_str(r#"{"sections":["/a/"]}"#).unwrap();
        assert_eq!((rules.profile, rules.gpc), (Profile::Exempt, OnRefusal::Drop));
        assert_eq!(rules.sections, ["/a/"]);
        assert_eq!((rules.visitors_min, rules.licence), (10, Licence::Ouverte));
    }

    #[test]
    fn a_threshold_and_a_contact_are_checked() {
        let of = |visitors_min| SiteRules { visitors_min, ..SiteRules::default() }.check();
        assert_eq!((of(8), of(50)), (Ok(()), Ok(())));
        for wrong in [0, 7, 51, u64::MAX] {
            assert_eq!(of(wrong), Err(RulesError::VisitorsMin(wrong)));
        }
        let said = RulesError::VisitorsMin(4).to_string();
        assert_eq!(said, "4 visitors are no threshold: write 8 to 50");
        let of = |contact: &str| {
            SiteRules { contact: Some(contact.to_owned()), ..SiteRules::default() }.check()
        };
        for right in ["audience@example.fr", "https://www.example.fr/contact?about=figures"] {
            assert_eq!(of(right), Ok(()));
        }
        for wrong in
            ["", "nobody", "a@b", "@example.fr", "a b@example.fr", "javascript:x@a.fr", "https://"]
        {
            assert_eq!(of(wrong), Err(RulesError::Contact(wrong.to_owned())), "{wrong}");
        }
    }

    #[test]
    fn declared_rules_are_checked() {
        let with = |sections: Vec<String>| SiteRules { sections, ..SiteRules::default() }.check();
        assert_eq!(with(vec!["/a/".into()]), Ok(()));
        assert!(matches!(with(vec!["a".into()]), Err(RulesError::Section(_))));
        assert!(matches!(with(vec!["/a".into(); SECTIONS_MAX + 1]), Err(RulesError::TooMany(..))));
        let rules = SiteRules { features: vec![String::new()], ..SiteRules::default() };
        assert_eq!(rules.check(), Err(RulesError::Name(String::new())));
        let with = |one: &str| {
            SiteRules { downloads: vec![one.to_owned()], ..SiteRules::default() }.check()
        };
        assert_eq!(with("gpkg"), Ok(()));
        for wrong in ["", ".gpkg", "GPKG", "tar.xz"] {
            assert_eq!(with(wrong), Err(RulesError::Extension(wrong.to_owned())));
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for profile in [Profile::Exempt, Profile::Extended] {
            assert_eq!(Profile::named(profile.name()), Some(profile));
        }
        for one in [OnRefusal::Drop, OnRefusal::CountWithoutVisitor, OnRefusal::Ignore] {
            assert_eq!(OnRefusal::named(one.name()), Some(one));
        }
        assert_eq!(Profile::named("none"), None);
    }
}
