//! Passwords that are tried first are refused, on the terminal and on the form, in both languages
//! (M9).

use crate::attacks::accounts::user;
use crate::service::{Service, folder_with_site};

/// What is refused, and what is said in English and in French.
const REFUSED: [(&str, &str, &str); 6] = [
    ("elevenchars", "at least 12", "au moins 12"),
    ("aaaaaaaaaaaa", "repeats a few characters", "répète quelques caractères"),
    ("123456789012", "follows the alphabet", "suit l’alphabet"),
    ("jeanne.dupont", "made of the login", "fait de l’identifiant"),
    ("administrator", "tried first", "essaie en premier"),
    ("Password2026", "tried first", "essaie en premier"),
];

#[test]
fn m9_passwords_that_are_tried_first_are_refused_and_the_form_says_why() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let link = service.first_link.clone().unwrap();
    let token = link.split_once("token=").unwrap().1;
    for (number, (password, english, french)) in REFUSED.into_iter().enumerate() {
        let (code, said) = user(&data, &["add", "jeanne.dupont"], password);
        assert!(code == 2 && said.contains(english), "{password}: {said}");
        let form = format!("token={token}&login=jeanne.dupont&password={password}");
        for (language, text) in [("en", english), ("fr", french)] {
            let address = format!("198.18.{number}.7");
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("accept-language", language),
                ("x-forwarded-for", &address),
            ];
            let answer = service.post("/admin/first", &headers, form.as_bytes());
            assert!(answer.status == 200 && answer.body.contains(text), "{}", answer.body);
        }
    }
    assert_eq!(user(&data, &["add", "jeanne.dupont"], "chaise verte sous la pluie").0, 0);
}
