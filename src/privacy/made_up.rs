//! A visit that nobody made, full of what must not be kept: the self-assessment sends it through
//! the same doors as every other one, and looks at what is left of it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{KindOfHit, Random, Site, SiteId};
use crate::privacy::networks::PastKeys;
use crate::privacy::raw::{Arrival, Raw};
use crate::privacy::seal::{Sealing, seal};

/// Its address, of a network that is kept for examples (RFC 5737).
pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// What must not be kept of it, whatever the site decided.
pub mod marks {
    /// The e-mail address in the page's path.
    pub const MAIL: &str = "jean.dupont";
    /// The telephone number in the page's path.
    pub const TELEPHONE: &str = "0612345678";
    /// The token in the page's path.
    pub const TOKEN: &str = "a3f5c6d7e8b9a0c1";
    /// The identifier of the campaign.
    pub const CAMPAIGN: &str = "made-up-campaign";
    /// The identifier of the click on an advertisement.
    pub const CLICK: &str = "made-up-click";
    /// The path of the page that led here.
    pub const LED_FROM: &str = "made-up-path";
    /// The minor version of the browser.
    pub const MINOR_VERSION: &str = "6778";
    /// The property of the event.
    pub const PROPERTY: &str = "made-up-property";
    /// The name of a feature that no site has declared.
    pub const FEATURE: &str = "made-up-feature";
}

/// Its user agent: a browser that tells its minor version.
const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
    Gecko) Chrome/131.0.6778.85 Safari/537.36";

/// The visit, on a page of this site.
pub fn raw(site: &Site) -> Option<Raw> {
    let page = page(site);
    let arrival = Arrival {
        page: &page,
        is_origin_alone: false,
        referrer: Some("https://www.example.org/made-up-path/?user=4711"),
        accept_language: Some("fr-FR,fr;q=0.9,en;q=0.8"),
        width: Some(1_280),
        title: Some("Jean, jean.dupont@example.fr, 0612345678"),
    };
    Raw::new(IpAddr::V4(ADDRESS), AGENT.to_owned(), arrival).ok()
}

/// The address of its page.
pub fn page(site: &Site) -> String {
    use marks::{CAMPAIGN, CLICK, MAIL, TELEPHONE, TOKEN};
    let host = site.host.as_str();
    format!(
        "https://{host}/{MAIL}@example.fr/{TELEPHONE}/{TOKEN}/?utm_source={CAMPAIGN}&\
         utm_medium={CAMPAIGN}&utm_campaign={CAMPAIGN}&mtm_campaign={CAMPAIGN}&\
         pk_campaign={CAMPAIGN}&gclid={CLICK}&fbclid={CLICK}"
    )
}

/// Of what a visitor's key depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyOf {
    /// Does the same person have another key on another site?
    pub site: bool,
    /// And another one under the salt of another day?
    pub day: bool,
}

/// Seals the visit on two sites and two days, and compares the keys.
pub fn key_of(site: &Site, now: Timestamp) -> Option<KeyOf> {
    let other = Site { id: SiteId(site.id.0.wrapping_add(1)), ..site.clone() };
    // Two salts as chance might have made them: it never makes the same twice.
    let keys_of = |byte: u8| {
        let random: Random = Arc::new(move |bytes| bytes.fill(byte));
        PastKeys::in_memory(site.zone.day_at(now), &random)
    };
    let (today, tomorrow) = (keys_of(1), keys_of(2));
    let key = |site: &Site, keys: &PastKeys| {
        let sealing = Sealing {
            site,
            kind: KindOfHit::View,
            values: Vec::new(),
            without_visitor: false,
            salt: &keys.salt,
            salt_before: None,
            network_key: &keys.network,
            idempotency_key: None,
            received: now,
        };
        Some(seal(raw(site)?, sealing).visitor())
    };
    let one = key(site, &today)?;
    Some(KeyOf { site: one != key(&other, &today)?, day: one != key(site, &tomorrow)? })
}
