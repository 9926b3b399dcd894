//! A page of a visitor is never taken for our own word, which stands where something was redacted.

use super::{HOST, escaped, exact, start};
use crate::service::wait_until;

#[test]
fn a_page_whose_address_has_our_own_word_is_a_line_of_its_own() {
    let service = start();
    let paths = [
        "/:redacted",
        "/%3Aredacted",
        "/%3a%72edacted",
        "/jeanne@b.example",
        "/%253Aredacted",
        "/a:redacted/b",
        "/a-1234567/b",
    ];
    for (reader, path) in paths.iter().enumerate() {
        let body = format!(r#"{{"n":"pageview","u":"https://{HOST}{path}"}}"#);
        assert_eq!(service.send(&format!("198.18.{reader}.7"), &body), 202, "{path}");
    }
    let expected = [
        ("/%253Aredacted", 1),
        ("/%3Aredacted", 3),
        ("/:redacted", 1),
        ("/a%3Aredacted/b", 1),
        ("/a-:redacted/b", 1),
    ]
    .map(|(path, views)| (path.to_owned(), views));
    wait_until("each is counted", || {
        let mut all = exact(&service, "page", "");
        all.sort();
        all == expected
    });
    for (path, views) in expected {
        let found = exact(&service, "page", &format!("&filter=page:is:{}", escaped(&path)));
        assert_eq!(found, [(path, views)]);
    }
}
