//! What the portal is made of: the store, the sites, and who publishes them where.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::Site;
use crate::publish::portal::counted::Counted;
use crate::store::{Organisation, Store, members};

/// Who publishes what belongs to no organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The name for people.
    pub name: String,
    /// The body's own website.
    pub url: Option<String>,
    /// An address for letters about the data.
    pub email: Option<String>,
    /// A number in a public register, such as a SIREN.
    pub identifier: Option<String>,
}

/// What the portal is made of.
pub struct Source<'a> {
    /// What was let out, and the registers.
    pub store: &'a dyn Store,
    /// The sites that are counted.
    pub sites: &'a [Arc<Site>],
    /// The beginning of every address, without a final slash.
    pub base_url: &'a str,
    /// Who publishes what belongs to no organisation.
    pub publisher: &'a Publisher,
    /// The service's time.
    pub now: Timestamp,
    /// How many languages the pages have.
    pub languages: u64,
    /// What takes long to count.
    pub counted: &'a Counted,
}

impl Source<'_> {
    /// The sites of an organisation and of its parts.
    pub fn within(&self, all: &[Organisation], one: &Organisation) -> Vec<Arc<Site>> {
        let within = members(all, one.id);
        let is_within =
            |site: &&Arc<Site>| site.organisation.is_some_and(|id| within.contains(&id));
        self.sites.iter().filter(is_within).cloned().collect()
    }
}
