//! Which of several media types a client likes best (RFC 9110, section 12.5.1).

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header, Quality};

/// The one of these media types that the client likes best, the first one of those it likes the
/// same; also the first one for a client that names none of them.
pub fn preferred<'a>(request: &HttpRequest, offered: &[&'a str]) -> &'a str {
    let Ok(Accept(liked)) = Accept::parse(request) else {
        return offered.first().copied().unwrap_or_default();
    };
    let quality = |media_type: &str| {
        let (kind, _) = media_type.split_once('/').unwrap_or((media_type, ""));
        let range = format!("{kind}/*");
        // The most specific range that holds the type decides.
        let names = [media_type, &range, "*/*"];
        let found = names.iter().find_map(|name| {
            liked.iter().find(|one| one.item.essence_str() == *name).map(|one| one.quality)
        });
        found.unwrap_or(Quality::ZERO)
    };
    // The last of those that are liked best is taken, so the order is turned round.
    let best = offered.iter().copied().rev().max_by_key(|media_type| quality(media_type));
    best.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const OFFERED: [&str; 3] = ["text/html", "text/turtle", "application/ld+json"];

    fn of(accept: &str) -> &'static str {
        let request = TestRequest::get().insert_header(("accept", accept)).to_http_request();
        preferred(&request, &OFFERED)
    }

    #[test]
    fn the_type_liked_best_is_taken_and_the_first_where_nothing_is_said() {
        assert_eq!(preferred(&TestRequest::get().to_http_request(), &OFFERED), "text/html");
        assert_eq!(of("*/*"), "text/html");
        assert_eq!(of("application/pdf"), "text/html");
        assert_eq!(of("text/turtle"), "text/turtle");
        assert_eq!(of("application/ld+json, */*;q=0.1"), "application/ld+json");
        assert_eq!(of("text/html;q=0.5, text/turtle;q=0.9"), "text/turtle");
        assert_eq!(of("text/turtle;q=0, */*"), "text/html");
        assert_eq!(of("application/*, text/*;q=0.2"), "application/ld+json");
        assert_eq!(
            of("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            "text/html"
        );
        assert_eq!(of("text/turtle; charset=utf-8"), "text/turtle");
    }
}
