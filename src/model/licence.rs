//! The licences under which a site's figures may be published.

use serde::{Deserialize, Serialize};

use crate::model::Words;

/// A licence, by its SPDX identifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Licence {
    /// Licence Ouverte 2.0, that of French public data.
    #[default]
    #[serde(rename = "etalab-2.0")]
    Ouverte,
    /// Creative Commons Attribution 4.0.
    #[serde(rename = "CC-BY-4.0")]
    Attribution,
    /// Open Database License 1.0: who publishes a changed database shares it alike.
    #[serde(rename = "ODbL-1.0")]
    OpenDatabase,
    /// Creative Commons Zero 1.0: no condition.
    #[serde(rename = "CC0-1.0")]
    Zero,
}

impl Licence {
    /// Every licence.
    pub const ALL: [Self; 4] = [Self::Ouverte, Self::Attribution, Self::OpenDatabase, Self::Zero];

    /// Its SPDX identifier, as it stands in files and settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ouverte => "etalab-2.0",
            Self::Attribution => "CC-BY-4.0",
            Self::OpenDatabase => "ODbL-1.0",
            Self::Zero => "CC0-1.0",
        }
    }

    /// The licence of this identifier.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|licence| licence.name() == name)
    }

    /// Its name for people.
    pub fn title(self) -> Words {
        match self {
            Self::Ouverte => Words::new("Licence Ouverte 2.0", "Open Licence 2.0 (Etalab)"),
            Self::Attribution => Words::new(
                "Creative Commons Attribution 4.0",
                "Creative Commons Attribution 4.0 International",
            ),
            Self::OpenDatabase => Words::new(
                "Open Database License 1.0 (partage à l'identique)",
                "Open Database License 1.0 (share alike)",
            ),
            Self::Zero => Words::new("Creative Commons Zéro 1.0", "Creative Commons Zero 1.0"),
        }
    }

    /// Where its text is.
    pub fn address(self) -> &'static str {
        match self {
            Self::Ouverte => "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
            Self::Attribution => "https://creativecommons.org/licenses/by/4.0/",
            Self::OpenDatabase => "https://opendatacommons.org/licenses/odbl/1-0/",
            Self::Zero => "https://creativecommons.org/publicdomain/zero/1.0/",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_has_one_name_everywhere() {
        for licence in Licence::ALL {
            assert_eq!(Licence::named(licence.name()), Some(licence));
            assert_eq!(serde_json::json!(licence), licence.name());
        }
        assert_eq!(Licence::named("GPL-3.0"), None);
    }
}
