//! Re-uses: anybody declares one without saying who they are, staff look at it, and what is
//! published is a page and a dataset.

use crate::clocked::Clocked;
use crate::portal::{HOST, released};
use crate::service::Answer;

/// A form as a browser sends it.
fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The fields of a re-use without fault, one of them replaced.
fn fields<'a>(url: &'a str, name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("title", "Une carte"),
        ("url", url),
        ("kind", "visualization"),
        ("datasets", "/data/www.example.fr/pages"),
        ("description", "Ce qu'elle montre"),
    ];
    if !name.is_empty() {
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
    }
    fields
}

fn send(service: &Clocked, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
    all.extend(headers);
    service.post("/fr/reuses", &all, &form(fields))
}

/// Declares from an address of its own, so that the limit of one address is not met.
fn declare(service: &Clocked, from: &str, fields: &[(&str, &str)]) -> Answer {
    send(service, &[("x-forwarded-for", from)], fields)
}

fn waiting(service: &Clocked) -> i64 {
    service.count("select count(*) from reuse where state = 'pending'")
}

#[test]
fn fifty_reuses_are_on_one_page_and_the_others_on_the_next() {
    let (_folder, service) = released();
    let cookie = service.sign_in();
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie.as_str())];
    for number in 1..=60 {
        let url = format!("https://use{number}.example.org/");
        let from = format!("198.18.{number}.7");
        assert_eq!(declare(&service, &from, &fields(&url, "", "")).status, 303);
        let path = format!("/admin/reuses/{number}/publish");
        assert_eq!(service.post(&path, &headers, "").status, 303, "{number}");
    }
    let shown = |path: &str| service.get(path, &[]).body.matches("<article>").count();
    let used = "dataset=/data/www.example.fr/pages";
    assert_eq!(shown("/fr/reuses"), 50);
    assert_eq!(shown("/fr/reuses?page=2"), 10);
    assert_eq!(shown(&format!("/fr/reuses?{used}&page=2")), 10);
    assert_eq!((shown("/fr/reuses?page=9"), shown("/fr/reuses?page=none")), (10, 50));
    let first = service.get(&format!("/fr/reuses?{used}"), &[]).body;
    assert!(first.contains("page=2\" rel=\"next\"") && first.contains("Page 1 sur 2"), "{first}");
    assert!(first.contains("60 réutilisations utilisent ceci"), "{first}");
}

#[test]
fn a_declared_reuse_is_published_when_staff_say_so() {
    let (_folder, service) = released();
    let answer = declare(&service, "192.0.2.1", &fields("https://Carte.example.org", "", ""));
    assert_eq!((answer.status, answer.header("location")), (303, Some("/fr/reuses/waiting")));
    assert_eq!(service.get("/fr/reuses/waiting", &[]).status, 200);
    let other = fields("https://other.example.org/", "title", "Refused");
    assert_eq!(declare(&service, "192.0.2.2", &other).status, 303);
    let shown = |path: &str| service.get(path, &[]).body;
    assert!(!shown("/fr/reuses").contains("Une carte"));
    assert_eq!(shown("/data/reuses.csv").lines().count(), 1);
    // Nobody decides without signing in, nor from a page of another site.
    let decide = |what: &str, headers: &[(&str, &str)], body: &str| {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        service.post(&format!("/admin/reuses/{what}"), &[&form, headers].concat(), body)
    };
    assert_eq!(decide("1/publish", &[], "").status, 401);
    assert_eq!(service.get("/admin/reuses", &[]).header("location"), Some("/admin/sign-in"));
    let cookie = service.sign_in();
    let staff = [("cookie", cookie.as_str())];
    let foreign = [staff[0], ("origin", "https://evil.example")];
    assert_eq!(decide("1/publish", &foreign, "").status, 403);
    assert_eq!(waiting(&service), 2);
    let list = service.get("/admin/reuses", &staff).body;
    assert!(list.contains("https://carte.example.org/") && list.contains("Refused"), "{list}");
    assert_eq!(decide("1/publish", &staff, "").status, 303);
    assert_eq!(decide("9/publish", &staff, "").status, 404);
    assert_eq!(decide("2/refuse", &staff, "reason=").status, 400);
    assert_eq!(decide("2/refuse", &staff, &form(&[("reason", &"é".repeat(501))])).status, 400);
    assert_eq!(waiting(&service), 1);
    assert_eq!(decide("2/refuse", &staff, &form(&[("reason", &"é".repeat(500))])).status, 303);
    // The page, the file, the filter and the indicator say the same.
    let csv = shown("/data/reuses.csv");
    let line = csv.lines().nth(1).unwrap();
    let known = "1,Une carte,visualization,https://carte.example.org/,Ce qu'elle montre,\
                 /data/www.example.fr/pages,2026-11-03T12:00:00Z,2026-11-03T12:00:00Z";
    assert_eq!((csv.lines().count(), line), (2, known));
    for (path, is_there) in [
        ("/fr/reuses", true),
        ("/en/reuses?dataset=/data/www.example.fr", true),
        ("/en/reuses?dataset=/data/www.example.fr/pages", true),
        ("/en/reuses?dataset=/data/www.example.fr/sources", false),
        ("/en/reuses?dataset=/data/all", false),
    ] {
        let page = shown(path);
        assert_eq!(page.contains("href=\"https://carte.example.org/\""), is_there, "{path}");
        assert!(!page.contains("Refused"), "{path}");
    }
    assert!(shown("/data/indicators.csv").contains(",reuses_published,1,"));
    assert!(shown("/en/indicators").contains("Re-uses published"));
    // What was published can be taken back.
    assert_eq!(decide("1/refuse", &staff, "reason=gone").status, 303);
    assert_eq!(shown("/data/reuses.csv").lines().count(), 1);
}

#[test]
fn each_limit_of_a_declaration_holds_and_what_was_typed_stays() {
    let (_folder, service) = released();
    let long_url = |length: usize| {
        let start = "https://example.org/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    let many = |count: usize| "/data/all\n".repeat(count);
    let named = format!("https://stats.example.fr/data/{HOST}/pages/2026-10-r1.csv, sites");
    let cases: [(&str, String, bool); 22] = [
        ("title", "é".repeat(200), true),
        ("title", "é".repeat(201), false),
        ("title", "  ".to_owned(), false),
        ("title", "a\u{7}b".to_owned(), false),
        ("title", "a\u{202e}b".to_owned(), false),
        ("url", long_url(2_000), true),
        ("url", long_url(2_001), false),
        ("url", "javascript:alert(1)".to_owned(), false),
        ("url", "https://user:word@example.org/".to_owned(), false),
        ("url", "example.org".to_owned(), false),
        ("kind", "".to_owned(), false),
        ("kind", "Idea".to_owned(), false),
        ("datasets", named, true),
        ("datasets", many(20), true),
        ("datasets", many(21), false),
        ("datasets", "/data/nobody.example/pages".to_owned(), false),
        ("datasets", "/data/www.example.fr/pagesandmore".to_owned(), false),
        ("datasets", "https://evil.example/data/all".to_owned(), false),
        ("datasets", " ".to_owned(), false),
        ("description", "\u{1f600}".repeat(2_000), true),
        ("description", "é".repeat(2_001), false),
        ("description", "a\u{0}b".to_owned(), false),
    ];
    let mut taken = 0;
    for (number, (field, value, fits)) in cases.iter().enumerate() {
        let url = format!("https://example.org/{number}");
        let answer = declare(&service, &format!("198.18.{number}.7"), &fields(&url, field, value));
        let said: String = value.chars().take(40).collect();
        let wanted = if *fits { 303 } else { 400 };
        assert_eq!(answer.status, wanted, "{field} {said}: {}", answer.body);
        taken += i64::from(*fits);
        if !fits {
            let fault = format!("id=\"{field}-fault\"");
            let link = format!("href=\"#{field}\"");
            assert!(answer.body.contains(&fault) && answer.body.contains(&link), "{field} {said}");
            let kept = if *field == "title" { "visualization\" selected" } else { "Une carte" };
            assert!(answer.body.contains(kept), "{field} {said}: {}", answer.body);
        }
    }
    assert_eq!(waiting(&service), taken);
    let datasets = "select count(*) from reuse where datasets";
    assert_eq!(service.count(&format!("{datasets} = '/data/all'")), 1);
    assert_eq!(service.count(&format!("{datasets} = '/data/www.example.fr/pages,/data/sites'")), 1);
}

#[test]
fn an_address_is_declared_once_and_a_person_is_told_so() {
    let (_folder, service) = released();
    let known = fields("https://example.org/one", "", "");
    assert_eq!(declare(&service, "192.0.2.1", &known).status, 303);
    let again = fields("HTTPS://example.org:443/one", "", "");
    let answer = declare(&service, "192.0.2.2", &again);
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("déjà déclarée"), "{}", answer.body);
    assert_eq!(waiting(&service), 1);
}

#[test]
fn programs_floods_and_other_sites_declare_nothing() {
    let (_folder, service) = released();
    let mut trapped = fields("https://example.org/robot", "", "");
    trapped.push(("website", "https://spam.example"));
    assert_eq!(declare(&service, "192.0.2.1", &trapped).status, 303);
    let foreign = [("origin", "https://evil.example"), ("x-forwarded-for", "192.0.2.1")];
    assert_eq!(send(&service, &foreign, &fields("https://example.org/", "", "")).status, 403);
    assert_eq!(waiting(&service), 0);
    // A declaration with a fault is no declaration; of those without, five a minute are taken.
    let faulty = fields("https://example.org/", "title", "");
    for _ in 0..10 {
        assert_eq!(declare(&service, "192.0.2.1", &faulty).status, 400);
    }
    let statuses: Vec<_> = (0..7)
        .map(|number| {
            let url = format!("https://example.org/{number}");
            declare(&service, "192.0.2.1", &fields(&url, "", "")).status
        })
        .collect();
    assert_eq!(statuses, [303, 303, 303, 303, 303, 429, 429]);
    let other = fields("https://example.org/other", "", "");
    assert_eq!(declare(&service, "192.0.2.2", &other).status, 303);
    service.at("2026-11-03T12:01:00Z");
    let later = declare(&service, "192.0.2.1", &fields("https://example.org/later", "", ""));
    assert_eq!(later.status, 303);
    assert_eq!(waiting(&service), 7);
}

#[test]
fn when_too_many_wait_it_is_said_and_what_was_typed_stays() {
    let (_folder, service) = released();
    let store = rusqlite::Connection::open(service.options.data.join("store.sqlite")).unwrap();
    let fill = "with recursive n (n) as (select 1 union all select n + 1 from n where n < 999)
                insert into reuse (title, url, kind, description, datasets, declared_at, state)
                select 'a', n, 'idea', '', '/data/all', 0, 'pending' from n";
    store.execute(fill, []).unwrap();
    let last = declare(&service, "192.0.2.1", &fields("https://example.org/1000", "", ""));
    assert_eq!(last.status, 303);
    let answer = declare(&service, "192.0.2.1", &fields("https://example.org/1001", "", ""));
    assert_eq!(answer.status, 503);
    assert!(answer.header("retry-after").is_some());
    assert!(answer.body.contains("Trop de déclarations"), "{}", answer.body);
    assert!(answer.body.contains("https://example.org/1001"), "{}", answer.body);
    let list = service.get("/admin/reuses", &[("cookie", &service.sign_in())]).body;
    assert_eq!(list.matches("<article").count(), 50);
}
