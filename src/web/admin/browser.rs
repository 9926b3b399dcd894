//! Browsers in which a login was signed in before: they are not slowed down by what strangers try.
//!
//! The cookie is a keyed hash of the login under the hash of its password. So nothing is stored,
//! nobody else can make one, and another password ends them all.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::model::hexadecimal;
use crate::web::admin::password::same;

/// The cookie. It goes to the form to sign in alone.
const COOKIE: &str = "parvis-browser";

/// Days for which a browser is known.
pub const BROWSER_DAYS: i64 = 180;

const DAY_SECONDS: i64 = 86_400;

/// Does the request come from a browser in which this login was signed in?
pub fn is_known(request: &HttpRequest, (login, hash): (&str, &str), now: Timestamp) -> bool {
    let Some(cookie) = request.cookie(COOKIE) else { return false };
    let Some((ends, _)) = cookie.value().split_once('-') else { return false };
    let is_open = ends.parse::<i64>().is_ok_and(|ends| now.as_second() < ends);
    is_open && same(cookie.value(), &value(ends, (login, hash)))
}

/// The cookie of a browser in which this login is signed in now.
pub fn cookie((login, hash): (&str, &str), now: Timestamp, is_secure: bool) -> Cookie<'static> {
    let ends = (now.as_second() + BROWSER_DAYS * DAY_SECONDS).to_string();
    Cookie::build(COOKIE, value(&ends, (login, hash)))
        .path("/admin/sign-in")
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Strict)
        .max_age(time::Duration::days(BROWSER_DAYS))
        .finish()
}

fn value(ends: &str, (login, hash): (&str, &str)) -> String {
    let keyed = Hmac::<Sha256>::new_from_slice(hash.as_bytes());
    let mut keyed = keyed.expect("HMAC takes a key of any length");
    keyed.update(format!("{COOKIE}\n{ends}\n{login}").as_bytes());
    format!("{ends}-{}", hexadecimal(&keyed.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_browser_is_known_for_its_login_and_password_until_its_time_is_over() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let jeanne = ("jeanne", "hash of one password");
        let made = cookie(jeanne, now, false);
        let of = |value: &str| {
            let cookie = Cookie::new(COOKIE, value.to_owned());
            TestRequest::default().cookie(cookie).to_http_request()
        };
        let request = of(made.value());
        assert!(is_known(&request, jeanne, now));
        assert!(!is_known(&request, ("martin", jeanne.1), now));
        assert!(!is_known(&request, ("jeanne", "hash of another"), now));
        let after = Timestamp::from_second(1_800_000_000 + BROWSER_DAYS * DAY_SECONDS).unwrap();
        assert!(!is_known(&request, jeanne, after));
        let (ends, rest) = made.value().split_once('-').unwrap();
        let later: i64 = ends.parse::<i64>().unwrap() + 1;
        for forged in [format!("{later}-{rest}"), format!("{ends}-"), rest.to_owned(), "-".into()] {
            assert!(!is_known(&of(&forged), jeanne, now), "{forged}");
        }
    }
}
