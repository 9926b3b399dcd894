//! The door in: a request goes in as `Raw`, and comes out as a `Hit` that has no room for an
//! address or an agent.

use std::net::IpAddr;
use std::sync::Arc;

use compact_str::CompactString;
use jiff::Timestamp;

use crate::model::{KindOfHit, Site, SiteId, SiteIdentity, ZoneDay};
use crate::privacy::networks::NetworkKey;
use crate::privacy::raw::Raw;
use crate::privacy::salt::Salt;

/// Bytes of a visitor key. With a million visitors on a site and day, two share a key with a
/// chance of one in 37 million (birthday bound, 2^64).
const VISITOR_BYTES: usize = 8;

/// The values of a hit, each with the place of its dimension in `dimension::ALL`.
pub type Values = Vec<(u8, CompactString)>;

/// The key that stands for no visitor: one in 2^64 visitors has it, and would lose a visit.
pub const NO_VISITOR: [u8; VISITOR_BYTES] = [0; VISITOR_BYTES];

/// What is kept of a request until its day closes. It has neither `Debug` nor `Serialize`.
pub struct Hit {
    /// The site it belongs to.
    pub site: SiteId,
    /// That site and no other one, whatever number it has in which store.
    pub site_identity: SiteIdentity,
    /// The local day it belongs to.
    pub day: Arc<ZoneDay>,
    /// When it was received, by the service's own clock, in whole seconds.
    pub received: Timestamp,
    /// The visitor's key on this site and day. It is closed, and so nobody else makes a hit.
    visitor: [u8; VISITOR_BYTES],
    /// The bucket of the visitor's network. It is closed for the same reason.
    bucket: Option<u8>,
    /// The hash of the sender's idempotency key, if it gave one.
    pub key: Option<[u8; VISITOR_BYTES]>,
    /// The same under the salt of the day before, in the first minutes after midnight.
    pub key_day_before: Option<[u8; VISITOR_BYTES]>,
    /// What it reports.
    pub kind: KindOfHit,
    /// The values of the dimensions.
    pub values: Values,
}

impl Hit {
    /// The visitor's key on this site and day, or [`NO_VISITOR`].
    pub fn visitor(&self) -> [u8; VISITOR_BYTES] {
        self.visitor
    }

    /// The bucket of the visitor's network, unless the visitor is left out.
    pub fn bucket(&self) -> Option<u8> {
        self.bucket
    }
}

/// What is sealed beside the request itself.
pub struct Sealing<'a> {
    /// The site it is for.
    pub site: &'a Site,
    /// What it reports.
    pub kind: KindOfHit,
    /// The values of the dimensions.
    pub values: Values,
    /// Is the visitor left out, as the browser wishes and the site decided?
    pub without_visitor: bool,
    /// The salt of the local day.
    pub salt: &'a Salt,
    /// The salt of the day before, while it is still there.
    pub salt_before: Option<&'a Salt>,
    /// The site's key of the month.
    pub network_key: &'a NetworkKey,
    /// What the sender calls this message, so that a copy is known for one.
    pub idempotency_key: Option<&'a str>,
    /// The service's own time.
    pub received: Timestamp,
}

/// Seals a request: from here on nobody can say from which address or browser it came.
pub fn seal(raw: Raw, sealing: Sealing<'_>) -> Hit {
    let Sealing { site, salt, received, .. } = sealing;
    let site_bytes = site.id.0.to_be_bytes();
    let visitor = match raw.address {
        _ if sealing.without_visitor => NO_VISITOR,
        IpAddr::V4(address) => {
            digest(salt, &[b"visitor", &site_bytes, &address.octets(), raw.agent.as_bytes()])
        }
        // A household has a /64 and its machines change address inside it (RFC 8981).
        IpAddr::V6(address) => {
            digest(salt, &[b"visitor", &site_bytes, &address.octets()[..8], raw.agent.as_bytes()])
        }
    };
    let key_under = |salt: &Salt| {
        let key = sealing.idempotency_key?;
        Some(digest(salt, &[b"key", &site_bytes, key.as_bytes()]))
    };
    Hit {
        site: site.id,
        site_identity: site.identity,
        day: salt.day().clone(),
        received,
        visitor,
        bucket: (visitor != NO_VISITOR).then(|| sealing.network_key.bucket(raw.address)),
        key: key_under(salt),
        key_day_before: sealing.salt_before.and_then(key_under),
        kind: sealing.kind,
        values: sealing.values,
    }
}

/// The head of the digest of the parts.
fn digest(salt: &Salt, parts: &[&[u8]]) -> [u8; VISITOR_BYTES] {
    let mut head = [0; VISITOR_BYTES];
    head.copy_from_slice(&salt.secret.digest(parts)[..VISITOR_BYTES]);
    head
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Host, Zone};
    use crate::privacy::raw::Arrival;
    use crate::privacy::salt::Salts;

    const NOON: &str = "2026-11-23T11:00:00Z";

    struct Bench {
        _folder: tempfile::TempDir,
        salts: Salts,
        network_key: NetworkKey,
    }

    fn bench() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let next = std::sync::atomic::AtomicU8::new(1);
        let random: crate::model::Random = Arc::new(move |bytes| {
            bytes.fill(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        });
        let network_key = NetworkKey::in_memory(&random);
        let salts = Salts::open(folder.path().to_owned(), random, vec![]).unwrap();
        Bench { _folder: folder, salts, network_key }
    }

    fn site(id: u32) -> Site {
        Site::new(SiteId(id), Host::parse("a.fr").unwrap(), Zone::named("UTC").unwrap())
    }

    fn visitor(bench: &Bench, site_id: u32, address: &str, agent: &str, moment: &str) -> [u8; 8] {
        hit(bench, site_id, address, agent, moment, false).visitor
    }

    fn hit(
        bench: &Bench,
        site_id: u32,
        address: &str,
        agent: &str,
        moment: &str,
        without_visitor: bool,
    ) -> Hit {
        let arrival = Arrival { page: "https://a.fr/", ..Arrival::default() };
        let raw = Raw::new(address.parse().unwrap(), agent.into(), arrival).unwrap();
        let moment = moment.parse().unwrap();
        let site = site(site_id);
        let salt = bench.salts.of(&site.zone, moment).unwrap();
        let sealing = Sealing {
            site: &site,
            kind: KindOfHit::View,
            values: vec![],
            without_visitor,
            salt: &salt,
            salt_before: None,
            network_key: &bench.network_key,
            idempotency_key: None,
            received: moment,
        };
        seal(raw, sealing)
    }

    #[test]
    fn a_visitor_is_the_same_on_one_site_and_day_and_nowhere_else() {
        let bench = bench();
        let one = visitor(&bench, 1, "192.0.2.1", "Firefox", NOON);
        assert_eq!(one, visitor(&bench, 1, "192.0.2.1", "Firefox", "2026-11-23T23:59:59Z"));
        assert_ne!(one, visitor(&bench, 2, "192.0.2.1", "Firefox", NOON));
        assert_ne!(one, visitor(&bench, 1, "192.0.2.2", "Firefox", NOON));
        assert_ne!(one, visitor(&bench, 1, "192.0.2.1", "Safari", NOON));
        assert_ne!(one, visitor(&bench, 1, "192.0.2.1", "Firefox", "2026-11-24T00:00:00Z"));
    }

    #[test]
    fn ipv6_is_taken_by_its_64_bits_and_mapped_ipv4_as_ipv4() {
        let bench = bench();
        let one = visitor(&bench, 1, "2001:db8:1:2::1", "Firefox", NOON);
        assert_eq!(one, visitor(&bench, 1, "2001:db8:1:2:aaaa::9", "Firefox", NOON));
        assert_ne!(one, visitor(&bench, 1, "2001:db8:1:3::1", "Firefox", NOON));
        assert_eq!(
            visitor(&bench, 1, "::ffff:192.0.2.1", "Firefox", NOON),
            visitor(&bench, 1, "192.0.2.1", "Firefox", NOON)
        );
    }

    #[test]
    fn a_hit_has_one_byte_of_its_network_and_none_without_a_visitor() {
        let bench = bench();
        let of = |address: &str, without_visitor: bool| {
            hit(&bench, 1, address, "Firefox", NOON, without_visitor).bucket()
        };
        let one = of("192.0.2.1", false);
        assert!(one.is_some());
        assert_eq!(one, of("192.0.2.77", false));
        assert_eq!(one, of("::ffff:192.0.2.1", false));
        assert_eq!(of("192.0.2.1", true), None);
        let others: Vec<_> =
            (0..20).map(|number| of(&format!("192.0.{number}.1"), false)).collect();
        assert!(others.iter().any(|other| *other != one));
    }
}
