//! What a site has decided about its own counting: its privacy profile, how it takes a refusal, and
//! what it declares of its pages and features.

use serde::{Deserialize, Serialize};

/// Declared sections of one site. Each is a line of every day, and a navigation has some tens.
pub const SECTIONS_MAX: usize = 200;

/// Declared features of one site.
pub const FEATURES_MAX: usize = 100;

/// Query parameters of one kind that a site may declare.
pub const PARAMETERS_MAX: usize = 20;

/// Longest declared name or path, in bytes.
pub const DECLARED_BYTES_MAX: usize = 200;

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
    pub fn name(self) -> &'static str {
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
    pub fn name(self) -> &'static str {
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// What is wrong with declared rules.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RulesError {
    /// Not a path.
    #[error("{0:?} is not a section: write the beginning of a path, such as /services/")]
    Section(String),
    /// Not a name.
    #[error(
        "{0:?} is not a name: write 1 to {DECLARED_BYTES_MAX} bytes without control characters"
    )]
    Name(String),
    /// Too many of them.
    #[error("at most {1} {0} can be declared")]
    TooMany(&'static str, usize),
}

impl SiteRules {
    /// Checks what a person declared.
    pub fn check(&self) -> Result<(), RulesError> {
        let is_name = |name: &String| {
            let fits = (1..=DECLARED_BYTES_MAX).contains(&name.len());
            fits && !name.chars().any(char::is_control)
        };
        let wrong = |name: &&String| !is_name(name);
        if let Some(name) = self.features.iter().chain(&self.search_parameters).find(wrong) {
            return Err(RulesError::Name(name.clone()));
        }
        let is_section = |path: &String| path.starts_with('/') && is_name(path);
        if let Some(path) = self.sections.iter().find(|path| !is_section(path)) {
            return Err(RulesError::Section(path.clone()));
        }
        let lists = [
            ("sections", self.sections.len(), SECTIONS_MAX),
            ("features", self.features.len(), FEATURES_MAX),
            ("search parameters", self.search_parameters.len(), PARAMETERS_MAX),
        ];
        match lists.into_iter().find(|&(_, count, most)| count > most) {
            Some((what, _, most)) => Err(RulesError::TooMany(what, most)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_store_does_not_say_has_its_default() {
        let rules: SiteRules = serde_json::from_str(r#"{"sections":["/a/"]}"#).unwrap();
        assert_eq!((rules.profile, rules.gpc), (Profile::Exempt, OnRefusal::Drop));
        assert_eq!(rules.sections, ["/a/"]);
    }

    #[test]
    fn declared_rules_are_checked() {
        let with = |sections: Vec<String>| SiteRules { sections, ..SiteRules::default() }.check();
        assert_eq!(with(vec!["/a/".into()]), Ok(()));
        assert!(matches!(with(vec!["a".into()]), Err(RulesError::Section(_))));
        assert!(matches!(with(vec!["/a".into(); SECTIONS_MAX + 1]), Err(RulesError::TooMany(..))));
        let rules = SiteRules { features: vec![String::new()], ..SiteRules::default() };
        assert_eq!(rules.check(), Err(RulesError::Name(String::new())));
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
