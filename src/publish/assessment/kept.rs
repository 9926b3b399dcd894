//! What is left of the visit that nobody made, under the rules of one site.

use compact_str::CompactString;
use jiff::Timestamp;

use crate::collect::Message;
use crate::dimension::{self, Subject};
use crate::model::{Profile, Site};
use crate::privacy::made_up::{self, KeyOf, marks};
use crate::signal::Tables;

/// What is left of the visit on a site.
pub struct Kept {
    /// The site.
    pub host: String,
    /// How much it measures.
    pub profile: Profile,
    /// Every value that would be kept, with the name of its breakdown; nothing if the visit could
    /// not be tried.
    pub values: Option<Vec<(&'static str, CompactString)>>,
    /// Of what its visitors' keys depend on.
    pub key: Option<KeyOf>,
}

impl Kept {
    /// Tries the visit on a site.
    pub fn of(site: &Site, tables: &Tables, now: Timestamp) -> Self {
        Self {
            host: site.host.to_string(),
            profile: site.rules.profile,
            values: values(site, tables),
            key: made_up::key_of(site, now),
        }
    }

    /// Is the mark in any value that would be kept? What could not be tried is taken to hold it.
    pub fn holds(&self, mark: &str) -> bool {
        let Some(values) = &self.values else { return true };
        values.iter().any(|(_, value)| value.to_lowercase().contains(&mark.to_lowercase()))
    }

    /// Does any breakdown of these names have a value?
    pub fn has_any(&self, names: &[&str]) -> bool {
        let Some(values) = &self.values else { return true };
        values.iter().any(|(name, _)| names.contains(name))
    }
}

/// The values of a view, of the use of a feature and of a download.
fn values(site: &Site, tables: &Tables) -> Option<Vec<(&'static str, CompactString)>> {
    let page = made_up::page(site);
    let (feature, property) = (marks::FEATURE, marks::PROPERTY);
    let link = format!("https://www.example.org/{}@example.fr/?id={}", marks::MAIL, marks::CLICK);
    let bodies = [
        serde_json::json!({ "n": "pageview", "u": page }),
        serde_json::json!({ "n": feature, "u": page, "p": { "user": property } }),
        serde_json::json!({ "n": "download", "u": page, "p": { "url": link } }),
    ];
    let mut kept = Vec::new();
    for body in bodies {
        let message = Message::read(body.to_string().as_bytes()).ok()?;
        let meaning = message.meaning(site).ok()?;
        let raw = made_up::raw(site)?;
        let subject = Subject {
            raw: &raw,
            site,
            kind: meaning.kind,
            deed: meaning.deed.as_ref(),
            software: &raw.software(&tables.agents),
            tables,
        };
        let values = dimension::values(&subject).into_iter();
        kept.extend(values.map(|(place, value)| (dimension::ALL[usize::from(place)].name, value)));
    }
    Some(kept)
}
