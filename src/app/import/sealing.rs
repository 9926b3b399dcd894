//! One line of a log as the hit that it counts as.

use crate::collect::access_log::{Entry, Judged, Layout};
use crate::collect::{Dropped, Meaning, seal_past};
use crate::dimension::{Deed, deed_names};
use crate::model::{KindOfHit, Site, written_host};
use crate::privacy::{Arrival, Hit, PastKeys, Raw, RawError, scrubbed_url};
use crate::signal::Tables;

/// Seals a line as the hit that it counts as.
pub fn seal_entry(
    site: &Site,
    tables: &Tables,
    keys: &PastKeys,
    entry: &Entry<'_>,
    judged: Judged<'_>,
) -> Result<Hit, Dropped> {
    let host = entry.page_host().unwrap_or(site.host.as_str().into());
    let address_of = |target: &str| format!("https://{host}{target}");
    let referrer = entry.referrer.as_deref();
    let deed = |name: &'static str, target| {
        let deed = Deed { name: name.into(), target, properties: vec![] };
        Meaning { kind: KindOfHit::Event, deed: Some(deed) }
    };
    let (page, meaning) = match judged {
        Judged::View(target) => (address_of(target), Meaning { kind: KindOfHit::View, deed: None }),
        Judged::Missing(target) => (address_of(target), deed(deed_names::MISSING, None)),
        Judged::Download(target) => {
            let document = address_of(target);
            let target = scrubbed_url(&document);
            // The page that the link stands on is the one that led to the document.
            let page = referrer.filter(|from| is_on(site, from)).map_or(document, str::to_owned);
            (page, deed(deed_names::DOWNLOAD, target))
        }
    };
    let arrival = Arrival { page: &page, referrer, ..Arrival::default() };
    let raw = Raw::new(entry.address, entry.agent.clone().into_owned(), arrival);
    let raw = raw.map_err(|error| match error {
        RawError::TooLong => Dropped::UrlTooLong,
        RawError::NotWeb => Dropped::UrlUnusable,
    })?;
    let names_agents = entry.layout != Layout::Common;
    seal_past(site, tables, keys, raw, meaning, entry.time, names_agents)
}

fn is_on(site: &Site, address: &str) -> bool {
    let url = url::Url::parse(address).ok();
    let host = url.as_ref().and_then(written_host);
    host.is_some_and(|host| site.answers_to(host))
}
