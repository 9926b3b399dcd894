//! No address is lost for a slash at its end, or for asking what it takes (row 7's kind).

use super::{ask, header, routes, service};
use crate::service::FIREFOX;

#[test]
fn every_address_answers_what_it_takes_and_is_found_with_a_slash_too() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    for (path, is_sent) in routes() {
        let (status, head, body) = ask(&service, "OPTIONS", &path, &[]);
        assert_eq!((status, body.as_str()), (204, ""), "{path}");
        let is_open = ["/data", "/api"].iter().any(|place| path.starts_with(place));
        let methods = if is_open { "access-control-allow-methods" } else { "allow" };
        let takes = header(&head, methods).unwrap();
        assert!(takes.contains(if is_sent { "post" } else { "get, head" }), "{path}: {takes}");
        let is_page =
            !is_sent && !path.ends_with('/') && !path.rsplit('/').next().unwrap().contains('.');
        if !is_page || path.ends_with("/live/events") {
            continue;
        }
        for method in ["GET", "HEAD"] {
            let headers = [("cookie", cookie.as_str()), ("user-agent", FIREFOX)];
            let plain = ask(&service, method, &path, &headers).0;
            // The page of a folder has its slash.
            if plain == 308 {
                continue;
            }
            let (status, head, _) = ask(&service, method, &format!("{path}/?a=b"), &headers);
            let is_led = status == 308 && header(&head, "location") == Some(format!("{path}?a=b"));
            assert!(is_led || status == plain, "{method} {path}/: {status}, without: {plain}");
        }
    }
    for (path, place) in [
        ("/sites/", "/sites"),
        ("/en/sites/", "/en/sites"),
        ("/fr/sites//", "/fr/sites"),
        ("/embed/www.a.example/", "/embed/www.a.example"),
        ("/en/reuses/new/", "/en/reuses/new"),
        ("/admin/live/", "/admin/live"),
    ] {
        let (status, head, _) = ask(&service, "GET", path, &[]);
        assert_eq!((status, header(&head, "location").as_deref()), (308, Some(place)), "{path}");
    }
    for path in ["/data", "/data/", "/api", "/api/", "/api/v1", "/api/v1/"] {
        assert_eq!(ask(&service, "OPTIONS", path, &[]).0, 204, "{path}");
    }
    for path in ["/nothing/", "//elsewhere.example/", "//elsewhere.example/sites/", "/fr/nothing/"]
    {
        let (status, head, _) = ask(&service, "GET", path, &[]);
        assert_eq!((status, header(&head, "location")), (404, None), "{path}");
    }
    assert_eq!(ask(&service, "OPTIONS", "/nothing", &[]).0, 404);
}
