//! The pages in words and the self-assessment say what the running service does: another setting is
//! another text, in both languages.

use serde_json::Value;

use crate::service::{Service, folder_with_site, program, run};

const HOST: &str = "www.example.fr";

/// The file of the self-assessment.
fn assessment(service: &Service) -> Value {
    let answer = service.get("/privacy/assessment.json", &[]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The numbers of the criteria that are not met.
fn not_met(assessment: &Value) -> Vec<&str> {
    let all = assessment["criteria"].as_array().unwrap().iter();
    let failed = all.filter(|one| one["state"] == "not_met");
    failed.map(|one| one["id"].as_str().unwrap()).collect()
}

/// A page in one language, without its marks and with single spaces.
fn text(service: &Service, path: &str) -> String {
    let answer = service.get(path, &[("accept", "text/html")]);
    assert_eq!(answer.status, 200, "{path}");
    let mut text = String::new();
    let mut is_mark = false;
    for letter in answer.body.chars() {
        match letter {
            '<' => is_mark = true,
            '>' => is_mark = false,
            letter if !is_mark => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_assessment_follows_the_rules_of_the_sites() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(not_met(&assessment(&service)), Vec::<&str>::new());
    assert!(text(&service, "/en/privacy").contains("0 are not"));
    service.stop();
    let words = ["site", "set", HOST, "--profile", "extended", "--gpc", "ignore"];
    assert_eq!(run(&data, &words).0, 0);
    let service = Service::start(&data);
    let found = assessment(&service);
    assert_eq!(not_met(&found), ["C1", "C2", "C3", "C6"]);
    assert_eq!(found["criteria"][0]["sites_not_met"][0], HOST);
    let french = text(&service, "/fr/privacy");
    assert!(
        french.contains("4 ne le sont pas") && french.contains("D’après notre auto-évaluation")
    );
    let english = text(&service, "/en/privacy");
    for page in [&french, &english] {
        let small = page.to_lowercase();
        assert!(!small.contains("certifi") && !small.contains("validé"), "{page}");
    }
    assert!(english.contains("the view is counted as any other"), "{english}");
    let methodology = text(&service, "/fr/methodology");
    assert!(methodology.contains("extended la vue est comptée comme une autre"), "{methodology}");
    assert!(methodology.contains("avec exactement ces règles : 0"), "{methodology}");
    service.stop();
}

#[test]
fn settings_stand_in_the_pages_and_in_the_file() {
    let (_folder, data) = folder_with_site();
    let words = ["site", "set", HOST, "--visitors-min", "17", "--section", "/services/"];
    assert_eq!(run(&data, &words).0, 0);
    let mut command = program();
    command.env("PARVIS_RETENTION_MONTHS", "7");
    command.env("PARVIS_EXCLUDED_NETWORKS", "198.51.100.0/24");
    command.env("PARVIS_PUBLISHER_NAME", "Ministry of Examples");
    command.env("PARVIS_PUBLISHER_EMAIL", "audience@example.fr");
    let service = Service::start_with(command, &data, &[]);
    assert_eq!(assessment(&service)["retention_months"], 7);
    assert!(text(&service, "/fr/privacy").contains("7 mois après"));
    let methodology = text(&service, "/en/methodology");
    assert!(methodology.contains("are kept for 7 months"), "{methodology}");
    assert!(methodology.contains("17 Open Licence 2.0 (Etalab) sections: /services/"));
    // Which networks are excluded is the operator's own affair; that some are is not.
    assert!(methodology.contains("Excluded networks 1"), "{methodology}");
    assert!(!methodology.contains("198.51.100"), "{methodology}");
    // The breaks of the two decisions.
    assert!(methodology.contains("The rule of publication changed"), "{methodology}");
    let statement = text(&service, "/en/accessibility");
    assert!(statement.contains("Ministry of Examples") && statement.contains("it has not been"));
    assert!(statement.contains("audience@example.fr"), "{statement}");
    service.stop();
}
