//! Hosts that are never named: those of private networks, which mean something inside one house or
//! office only and tell about it, and addresses of machines, which may be somebody's own.

use std::net::IpAddr;

use url::{Host, Url};

/// What stands for every host of a private network, and for every machine that has no name but its
/// address.
pub const PRIVATE: &str = ":private";

/// Domains that no public registry has (RFC 2606, 6761, 6762, 8375, 9476; ICANN's reserved
/// `internal`) and those that routers and offices use all the same.
const PRIVATE_DOMAINS: &[&str] = &[
    "corp",
    "domain",
    "fritz.box",
    "home",
    "home.arpa",
    "host",
    "in-addr.arpa",
    "internal",
    "intra",
    "intranet",
    "invalid",
    "ip6.arpa",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "private",
    "test",
    "workgroup",
    // Public names of addresses inside: `192-168-1-4.nip.io`.
    "localtest.me",
    "lvh.me",
    "nip.io",
    "plex.direct",
    "sslip.io",
    "ts.net",
    "xip.io",
    // Names that boxes and disks at home give themselves.
    "freeboxos.fr",
    "myfritz.net",
    "myqnapcloud.com",
    "synology.me",
    // Names that providers give to the addresses of their customers.
    "abo.bbox.fr",
    "abo.wanadoo.fr",
    "fbx.proxad.net",
    "rev.sfr.net",
    "subs.proxad.net",
    "t-ipconnect.de",
];

/// Numbers of an address that stands in a name: `203-0-113-9.example.net`.
const NUMBERS_IN_NAME: usize = 4;

/// Is this the address of a page in a private network, or on a machine without a name?
pub fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => is_private_name(name),
        None => false,
    }
}

/// Is this host, as it is written in an address, one of those?
pub fn is_private_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok() || is_private_name(host)
}

fn is_private_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    // A name of one label is found in one's own network only.
    (!name.is_empty() && !name.contains('.'))
        || has_address(name)
        || PRIVATE_DOMAINS.iter().any(|domain| {
            name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

/// Does the name hold an address, as those have that providers give to their customers?
fn has_address(name: &str) -> bool {
    let mut numbers = 0;
    name.split(['.', '-']).any(|part| {
        let is_digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers = if is_digits && part.parse::<u8>().is_ok() { numbers + 1 } else { 0 };
        numbers == NUMBERS_IN_NAME
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private(host: &str) -> bool {
        is_private(&Url::parse(&format!("http://{host}/a")).unwrap())
    }

    #[test]
    fn names_of_private_networks_and_all_addresses_are_known_in_every_form() {
        for host in [
            "localhost",
            "app.localhost:8080",
            "192.168.1.4",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.1",
            "127.0.0.2",
            "169.254.3.4",
            "100.64.0.1",
            "100.127.255.254",
            "0.0.0.0",
            "2130706433",
            "0x7f.1",
            "[::1]",
            "[fe80::1]",
            "[fd00::5]",
            "[fec0::1]",
            "[::ffff:10.0.0.1]",
            "intranet-wiki",
            "INTRANET-WIKI.",
            "nas.local",
            "pc.lan",
            "wiki.intranet",
            "db.internal",
            "router.home.arpa",
            "shop.test",
            "fritz.box",
            "192-168-1-4.nip.io",
            "9.9.9.9",
            "172.32.0.1",
            "100.128.0.1",
            "203.0.113.9.",
            "[2001:4860::1]",
            "[::ffff:203.0.113.9]:8080",
            "3405803785",
            "9.113.0.203.in-addr.arpa",
            "203-0-113-9.subs.example.net",
            "ip-203-0-113-9.example.net",
            "dynamic.203.0.113.9.example.net",
            "lfbn-idf1-1-742-60.w86-238.abo.wanadoo.fr",
            "jeanne.freeboxos.fr",
        ] {
            assert!(private(host), "{host}");
        }
    }

    #[test]
    fn public_names_are_not() {
        for host in [
            "example.org",
            "local.example.org",
            "thelocal.fr",
            "locallan.com",
            "internal.example.com",
            "1-2-3.example.com",
            "2026-11-28.example.com",
            "a1-2-3-4.example.com",
        ] {
            assert!(!private(host), "{host}");
        }
        assert!(is_private_host("[::1]") && is_private_host("10.0.0.1") && is_private_host("nas"));
        assert!(!is_private_host("example.org") && is_private_host("[2001:4860::1]"));
    }
}
