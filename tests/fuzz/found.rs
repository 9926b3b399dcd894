//! What was found, as the smallest input that shows it and what is right.

use parvis::collect::{Dropped, Message};
use parvis::dimension::PAGE;
use parvis::privacy::Arrival;

use crate::checks::values::{check, sites, view};

/// What is kept as the page of an address.
fn page(address: &str) -> String {
    let kept = check(&sites()[0], Arrival { page: address, ..Arrival::default() }, &view(), None);
    let place = parvis::dimension::ALL.iter().position(|one| one.code == PAGE).unwrap();
    let page = kept.into_iter().find(|(at, _)| usize::from(*at) == place);
    page.unwrap().1.to_string()
}

#[test]
fn a_sign_at_the_beginning_hides_no_mail_address_behind_it() {
    for (path, expected) in [
        ("/@jeanne@example.fr", "/:redacted"),
        ("/@@example.fr", "/:redacted"),
        ("/%40jeanne%2540example.fr/a", "/:redacted/a"),
        ("/#/@jeanne@example.fr", "/#/:redacted"),
        ("/?q=@service+jeanne@example.fr", "/?q=:redacted"),
        ("/@ministere", "/@ministere"),
        ("/@", "/@"),
    ] {
        assert_eq!(page(&format!("https://www.example.fr{path}")), expected);
    }
}

#[test]
fn an_event_whose_name_shows_nothing_is_refused_and_so_is_a_property() {
    for name in ["\u{202e}", "\u{200b} \u{feff}", "\u{ad}", ":", ": :"] {
        let body = serde_json::json!({ "n": name, "u": "https://www.example.fr/" }).to_string();
        let message = Message::read(body.as_bytes()).unwrap();
        for site in sites() {
            assert_eq!(message.meaning(site), Err(Dropped::NameUnusable), "{name:?}");
        }
        let properties = serde_json::json!({ name: "value", "plan": name });
        let body = serde_json::json!({ "n": "x", "u": "https://www.example.fr/", "p": properties });
        let message = Message::read(body.to_string().as_bytes()).unwrap();
        let deed = message.meaning(&sites()[1]).unwrap().deed.unwrap();
        assert_eq!(deed.properties, ["plan="], "{name:?}");
    }
}
