//! Who sent a request, as a server logs it in front of the time: an address, perhaps with the
//! virtual host before it.

use std::net::IpAddr;

use crate::collect::access_log::Refused;

/// The virtual host, if there is one, and the address. The user and what `identd` says come after
/// them and are passed over, spaces and all.
pub(super) fn sender(head: &[u8]) -> Result<(Option<&str>, IpAddr), Refused> {
    let mut words = head.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let first = words.next().ok_or(Refused::Address)?;
    let second = words.next().unwrap_or_default();
    let has_both = words.nth(1).is_some();
    if first.ends_with(b",") || second.ends_with(b",") {
        return Err(Refused::AddressList);
    }
    match (address(first), address(second)) {
        // A server without a name logs its own address as the host.
        (None, Some(address)) => Ok((virtual_host(first)?, address)),
        (Some(_), Some(address)) if has_both => Ok((virtual_host(first)?, address)),
        (Some(address), _) => Ok((None, address)),
        (None, None) if is_name(first) || is_name(second) => Err(Refused::AddressName),
        (None, None) => Err(Refused::Address),
    }
}

fn virtual_host(word: &[u8]) -> Result<Option<&str>, Refused> {
    let host = std::str::from_utf8(unquoted(word)).map_err(|_| Refused::Format)?;
    Ok(Some(host).filter(|host| *host != "-"))
}

/// An address, without what some servers add to it: quotes, the brackets and the port of a socket,
/// and the scope of an address that is only known on one link (`fe80::1%eth0`).
fn address(word: &[u8]) -> Option<IpAddr> {
    let word = std::str::from_utf8(unquoted(word)).ok()?;
    if let Some(inside) = word.strip_prefix('[') {
        let (inside, port) = inside.split_once(']')?;
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return if is_port { six(inside) } else { None };
    }
    if let Ok(address) = word.parse() {
        return Some(address);
    }
    // Without brackets only a port after dots can be told from the address.
    match word.rsplit_once(':') {
        Some((host, port)) if host.contains('.') && is_port(port) => host.parse().ok(),
        _ => six(word),
    }
}

fn six(text: &str) -> Option<IpAddr> {
    let bare = match text.split_once('%') {
        Some((bare, scope)) if !scope.is_empty() => bare,
        Some(_) => return None,
        None => return text.parse().ok(),
    };
    bare.parse().ok().map(IpAddr::V6)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn unquoted(word: &[u8]) -> &[u8] {
    let bare = word.strip_prefix(b"\"").and_then(|word| word.strip_suffix(b"\""));
    bare.unwrap_or(word)
}

/// Letters, digits and dots, with at least one letter: the name of a machine.
fn is_name(word: &[u8]) -> bool {
    word.iter().any(u8::is_ascii_alphabetic)
        && word.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_scopes_brackets_and_quotes_are_taken_off() {
        for (word, expected) in [
            ("198.51.100.7", "198.51.100.7"),
            ("198.51.100.7:42918", "198.51.100.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("fe80::1%enp0s8", "fe80::1"),
            ("[fe80::1%25eth0]:80", "fe80::1"),
            ("::ffff:198.51.100.7", "::ffff:198.51.100.7"),
            ("::ffff:198.51.100.7:42918", "::ffff:198.51.100.7"),
            ("[198.51.100.7]", "198.51.100.7"),
            ("\"[::1]\"", "::1"),
            ("\"198.51.100.7:1\"", "198.51.100.7"),
        ] {
            assert_eq!(address(word.as_bytes()), expected.parse().ok(), "{word}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for word in [
            "",
            "-",
            "\"",
            "198.51.100",
            "198.51.100.7:",
            "198.51.100.7:99999",
            "198.51.100.7:+80",
            "198.51.100.7%eth0",
            "198.51.100.256:80",
            "fe80::1%",
            "[2001:db8::7",
            "[2001:db8::7]443",
            "[2001:db8::7]:",
            "[]:80",
            "2001:db8::g",
            "host.example:80",
            "\"198.51.100.7",
        ] {
            assert_eq!(address(word.as_bytes()), None, "{word}");
        }
    }
}
