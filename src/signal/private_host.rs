//! Hosts of private networks: names and addresses that mean something inside one house or office
//! only, and tell about it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// What stands for every host of a private network.
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
];

/// Is this the address of a page in a private network?
pub fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private_four(address),
        Some(Host::Ipv6(address)) => is_private_six(address),
        Some(Host::Domain(name)) => is_private_name(name),
        None => false,
    }
}

/// Is this host, as it is written in an address, one of a private network?
pub fn is_private_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => is_private_four(address),
        Ok(IpAddr::V6(address)) => is_private_six(address),
        Err(_) => is_private_name(host),
    }
}

fn is_private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    // A name of one label is found in one's own network only.
    !name.contains('.')
        || PRIVATE_DOMAINS.iter().any(|domain| {
            name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

fn is_private_four(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // RFC 6598 gives 100.64.0.0/10 to providers' own networks; 0.0.0.0/8 is "this network".
    let is_shared = first == 100 && (64..128).contains(&second);
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || first == 0
        || is_shared
}

fn is_private_six(address: Ipv6Addr) -> bool {
    if let Some(four) = address.to_ipv4_mapped() {
        return is_private_four(four);
    }
    // The old site-local addresses are fec0::/10.
    address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.segments()[0] & 0xffc0 == 0xfec0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private(host: &str) -> bool {
        is_private(&Url::parse(&format!("http://{host}/a")).unwrap())
    }

    #[test]
    fn names_and_addresses_of_private_networks_are_known_in_every_form() {
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
        ] {
            assert!(private(host), "{host}");
        }
    }

    #[test]
    fn public_names_and_addresses_are_not() {
        for host in [
            "example.org",
            "local.example.org",
            "thelocal.fr",
            "locallan.com",
            "172.32.0.1",
            "100.128.0.1",
            "9.9.9.9",
            "[2001:4860::1]",
            "internal.example.com",
        ] {
            assert!(!private(host), "{host}");
        }
        assert!(is_private_host("[::1]") && is_private_host("10.0.0.1") && is_private_host("nas"));
        assert!(!is_private_host("example.org") && !is_private_host("[2001:4860::1]"));
    }
}
