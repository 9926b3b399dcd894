//! From which address a request came: the connection's own, or what a trusted proxy says.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{FORWARDED, HeaderName, X_FORWARDED_FOR};
use ipnet::IpNet;

use crate::collect::Client;

/// Which header of a trusted proxy is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`, and `Forwarded` where it is absent.
    Any,
    /// `X-Forwarded-For` alone.
    XForwardedFor,
    /// `Forwarded` (RFC 7239) alone.
    Forwarded,
    /// `X-Real-IP` alone, which holds one address.
    XRealIp,
}

/// The header by which nginx often names the reader's address.
const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

impl ForwardedHeader {
    /// The setting of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "any" => Some(Self::Any),
            "x-forwarded-for" => Some(Self::XForwardedFor),
            "forwarded" => Some(Self::Forwarded),
            "x-real-ip" => Some(Self::XRealIp),
            _ => None,
        }
    }

    /// Its name in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
            Self::XRealIp => "x-real-ip",
        }
    }
}

/// The address of the visitor. A header counts only if the connection is a trusted proxy's, and
/// is read from its end: each trusted proxy in the chain vouches for the one before.
pub fn address(request: &HttpRequest, trusted: &[IpNet], header: ForwardedHeader) -> IpAddr {
    client(request, trusted, header).address
}

/// Does the request come from a proxy that is believed?
pub fn is_trusted(request: &HttpRequest, trusted: &[IpNet]) -> bool {
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    peer.is_some_and(|peer| trusted.iter().any(|network| network.contains(&peer)))
}

/// The address of the visitor, and what is wrong with it.
pub fn client(request: &HttpRequest, trusted: &[IpNet], header: ForwardedHeader) -> Client {
    let unknown = IpAddr::from([0, 0, 0, 0]);
    let mut address = request.peer_addr().map_or(unknown, |peer| peer.ip().to_canonical());
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&address) {
        // A proxy in the next network that nobody said is one: its header is not believed.
        let is_proxy = is_private(&address) && is_forwarded(request);
        return Client {
            address,
            is_proxy: is_proxy || address.is_loopback(),
            is_private: is_private(&address),
            is_unreadable: false,
        };
    }
    let mut is_unreadable = false;
    for hop in hops(request, header).rev() {
        let Some(hop) = hop else {
            is_unreadable = true;
            break;
        };
        address = hop.to_canonical();
        if !is_trusted(&address) {
            break;
        }
    }
    Client {
        address,
        is_proxy: is_trusted(&address) || address.is_loopback(),
        is_private: is_private(&address),
        is_unreadable,
    }
}

fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

fn is_forwarded(request: &HttpRequest) -> bool {
    [X_FORWARDED_FOR, FORWARDED, X_REAL_IP].iter().any(|name| request.headers().contains_key(name))
}

/// The chain of addresses, first the visitor's; an entry that is no address is nothing.
fn hops(
    request: &HttpRequest,
    header: ForwardedHeader,
) -> impl DoubleEndedIterator<Item = Option<IpAddr>> {
    type Read = fn(&str) -> Option<IpAddr>;
    let headers = request.headers();
    let (name, read): (_, Read) = match header {
        ForwardedHeader::Any if headers.contains_key(X_FORWARDED_FOR) => (X_FORWARDED_FOR, bare),
        ForwardedHeader::XForwardedFor => (X_FORWARDED_FOR, bare),
        ForwardedHeader::XRealIp => (X_REAL_IP, bare),
        ForwardedHeader::Any | ForwardedHeader::Forwarded => (FORWARDED, forwarded_for),
    };
    // A line that is no text names no address.
    let lines = headers.get_all(name).map(|line| line.to_str().unwrap_or("-"));
    lines.flat_map(|line| line.split(',')).map(move |entry| read(entry.trim()))
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn bare(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split(']').next()?.parse().ok();
    }
    text.split(':').next()?.parse().ok()
}

/// The `for` of one element of `Forwarded`, such as `for="[2001:db8::1]:443";proto=https`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    bare(value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn of(peer: &str, headers: &[(&str, &str)], header: ForwardedHeader) -> String {
        let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        let trusted = ["127.0.0.0/8".parse().unwrap(), "10.0.0.0/8".parse().unwrap()];
        address(&request.to_http_request(), &trusted, header).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        let forged = [("x-forwarded-for", "192.0.2.7")];
        assert_eq!(of("198.51.100.1:5", &forged, ForwardedHeader::Any), "198.51.100.1");
    }

    #[test]
    fn a_chain_is_read_from_its_end_to_the_first_stranger() {
        let chain =
            [("x-forwarded-for", "203.0.113.9, 192.0.2.7"), ("x-forwarded-for", "10.1.1.1")];
        assert_eq!(of("127.0.0.1:5", &chain, ForwardedHeader::Any), "192.0.2.7");
        let nonsense = [("x-forwarded-for", "192.0.2.7, unknown")];
        assert_eq!(of("127.0.0.1:5", &nonsense, ForwardedHeader::Any), "127.0.0.1");
    }

    #[test]
    fn both_headers_are_read_and_one_can_be_named() {
        let both = [
            ("forwarded", "for=\"[2001:db8::1]:443\";proto=https"),
            ("x-forwarded-for", "192.0.2.7:80"),
        ];
        assert_eq!(of("127.0.0.1:5", &both, ForwardedHeader::Any), "192.0.2.7");
        assert_eq!(of("127.0.0.1:5", &both, ForwardedHeader::Forwarded), "2001:db8::1");
        assert_eq!(of("127.0.0.1:5", &both[..1], ForwardedHeader::Any), "2001:db8::1");
        assert_eq!(of("127.0.0.1:5", &both[..1], ForwardedHeader::XForwardedFor), "127.0.0.1");
        let real = [("x-real-ip", "198.51.100.7"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(of("127.0.0.1:5", &real, ForwardedHeader::XRealIp), "198.51.100.7");
        assert_eq!(of("127.0.0.1:5", &real, ForwardedHeader::Any), "203.0.113.9");
        assert_eq!(of("192.0.2.1:5", &real, ForwardedHeader::XRealIp), "192.0.2.1");
    }

    #[test]
    fn it_is_known_when_a_proxy_is_taken_for_the_reader() {
        let of = |peer: &str, headers: &[(&str, &str)]| {
            let mut request = TestRequest::default().peer_addr(peer.parse().unwrap());
            for (name, value) in headers {
                request = request.append_header((*name, *value));
            }
            let trusted = ["127.0.0.0/8".parse().unwrap()];
            let client = client(&request.to_http_request(), &trusted, ForwardedHeader::Any);
            (client.is_proxy, client.is_unreadable)
        };
        assert_eq!(of("127.0.0.1:5", &[("x-forwarded-for", "192.0.2.7")]), (false, false));
        assert_eq!(of("127.0.0.1:5", &[("x-real-ip", "192.0.2.7")]), (true, false));
        assert_eq!(of("127.0.0.1:5", &[("x-forwarded-for", "garbage")]), (true, true));
        assert_eq!(of("127.0.0.1:5", &[("x-forwarded-for", "")]), (true, true));
        // Of a network of one's own, readers have private addresses; a proxy there names others.
        assert_eq!(of("172.17.0.1:5", &[("x-forwarded-for", "192.0.2.7")]), (true, false));
        assert_eq!(of("10.1.2.3:5", &[]), (false, false));
        assert_eq!(of("[fd00::1]:5", &[("forwarded", "for=192.0.2.7")]), (true, false));
    }
}
