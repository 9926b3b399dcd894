//! One page is one line, and text is for people (rows 17, 18, 19, 32, 38, 39).

mod redacted;

use parvis::app::{SiteOptions, set_site};
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{FIREFOX, folder_with_site, run};

const HOST: &str = "www.a.example";
const NOON: &str = "2026-11-23T12:00:00Z";
const TODAY: &str = "2026-11-23";
const MORROW: &str = "2026-11-24T12:00:00Z";

/// Readers of each page: enough that their lines are published.
const READERS: usize = 20;

/// A service of one site, and the session of an administrator.
struct Bench {
    clocked: Clocked,
    cookie: String,
    _folder: tempfile::TempDir,
}

impl std::ops::Deref for Bench {
    type Target = Clocked;

    fn deref(&self) -> &Clocked {
        &self.clocked
    }
}

fn start() -> Bench {
    start_with(SiteOptions::default())
}

fn start_with(options: SiteOptions) -> Bench {
    let (folder, data) = folder_with_sites(&[(HOST, "UTC")]);
    set_site(&data, HOST, options, NOON.parse().unwrap()).unwrap();
    let clocked = Clocked::start(data, NOON);
    let cookie = clocked.sign_in();
    Bench { clocked, cookie, _folder: folder }
}

/// Readers of one page, each from an address of their own.
fn read(clocked: &Bench, page: &str, readers: usize) {
    for reader in 0..readers {
        let address = format!("198.{}.{}.7", 18 + reader / 250, reader % 250);
        let url = serde_json::to_string(&format!("https://{HOST}{page}")).unwrap();
        let status = clocked.send(&address, &format!(r#"{{"n":"pageview","u":{url}}}"#));
        assert_eq!(status, 202, "{page}");
    }
}

fn log_lines(day: &str, request: &str, readers: usize) -> Vec<String> {
    let line = |reader: usize| {
        format!(
            "198.51.100.{} - - [{day}:10:00:00 +0000] \"GET {request} HTTP/1.1\" 200 5 \"-\" \
             \"{FIREFOX}\"\n",
            reader + 1
        )
    };
    (0..readers).map(line).collect()
}

fn escaped(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// The exact values of a breakdown with their figures, as administrators read them.
fn exact(clocked: &Bench, dimension: &str, more: &str) -> Vec<(String, u64)> {
    let path = format!("/admin/api/v1/sites/{HOST}/breakdown/{dimension}?period=all{more}");
    let answer = clocked.get(&path, &[("cookie", &clocked.cookie)]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let line = |row: &Value| {
        let value = row[dimension].as_str().unwrap().to_owned();
        // What a log cannot give is not collected.
        let figure = |name: &str| row[name].as_u64().unwrap_or_default();
        let figure = figure("views") + figure("events");
        (value, figure)
    };
    let mut lines: Vec<_> = body["rows"].as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

/// Waits until as many hits are counted.
fn counted(clocked: &Bench, hits: usize) {
    crate::service::wait_until("what was sent is counted", || {
        let sum: u64 = exact(clocked, "page", "").iter().map(|line| line.1).sum();
        sum == hits as u64
    });
}

fn line(value: &str, figure: usize) -> (String, u64) {
    (value.to_owned(), figure as u64)
}

#[test]
fn row_17_equal_paths_are_one_line() {
    let clocked = start();
    let groups: [(&str, &[&str]); 6] = [
        (
            "/démarches/état",
            &[
                "/démarches/état",
                "/d%C3%A9marches/%C3%A9tat",
                "/d%c3%a9marches/%c3%a9tat",
                "/%64%C3%A9marches/%C3%A9ta%74",
                "/de\u{301}marches/e\u{301}tat",
                "/x/../d%C3%A9marches/./%C3%A9tat",
            ],
        ),
        ("/a[i]-*(b+c)", &["/a[i]-*(b+c)", "/a%5Bi%5D-%2A(b%2Bc)", "/a[i]-%2a%28b+c%29"]),
        ("/~user/A", &["/~user/A", "/%7Euser/%41"]),
        ("/%25C3", &["/%25C3", "/%25%43%33"]),
        ("/a%2Fb", &["/a%2Fb", "/a%2fb"]),
        ("/a/b", &["/a/b"]),
    ];
    let mut hits = 0;
    for (_, written) in groups {
        for page in written {
            read(&clocked, page, 2);
            hits += 2;
        }
    }
    counted(&clocked, hits);
    let mut expected: Vec<_> =
        groups.iter().map(|(shown, written)| line(shown, 2 * written.len())).collect();
    expected.sort();
    assert_eq!(exact(&clocked, "page", ""), expected);
    // A log says the same of another day.
    let requests = ["/d%c3%a9marches", "/%64%C3%A9marches", "/d%C3%A9marches"];
    let lines: Vec<_> = requests.iter().flat_map(|one| log_lines("20/Nov/2026", one, 3)).collect();
    assert_eq!(clocked.import(HOST, &lines, false).counted, 9);
    let found = exact(&clocked, "page", "&filter=page:is:/d%C3%A9marches");
    assert_eq!(found, [line("/démarches", 9)]);
}

#[test]
fn row_17_people_read_letters_everywhere() {
    let clocked = start();
    for page in ["/d%C3%A9marches/%C3%A9tat", "/contact"] {
        read(&clocked, page, READERS);
    }
    counted(&clocked, 2 * READERS);
    clocked.at(MORROW);
    clocked.publish(HOST, TODAY);
    for format in ["csv", "json", "tableur.csv"] {
        let file = clocked.get(&format!("/data/{HOST}/pages/{TODAY}.{format}"), &[]).body;
        assert!(file.contains("/démarches/état") && !file.contains("%C3"), "{format}: {file}");
    }
    let from = format!("from={TODAY}&to={TODAY}");
    for page in [
        format!("/fr/sites/{HOST}?{from}"),
        format!("/fr/sites/{HOST}/page?{from}"),
        format!("/fr/sites/{HOST}/page?{from}&find=d%C3%A9marches"),
        format!("/fr/sites/{HOST}/page?{from}&find=D%C3%89MARCHES"),
        format!("/fr/sites/{HOST}/page?{from}&find=%2Fd%25C3%25A9m"),
        format!("/embed/{HOST}?{from}&by=page"),
        format!("/fr/sites/{HOST}?{from}&filter=page:is:/d%C3%A9marches/%C3%A9tat"),
    ] {
        let body = clocked.get(&page, &[]).body;
        assert!(body.contains("/démarches/état"), "{page}: {body}");
    }
    let alone = format!("/fr/sites/{HOST}?{from}&filter=page:is:/d%25C3%25A9marches/%25C3%25A9tat");
    let body = clocked.get(&alone, &[]).body;
    // The page itself is led to by its own address.
    assert!(body.contains(&format!("href=\"https://{HOST}/d%C3%A9marches/%C3%A9tat\"")), "{body}");
    assert!(body.contains("<span class=\"host\">/démarches/état</span>"), "{body}");
}

#[test]
fn row_18_bytes_that_are_no_text_are_never_a_made_up_sign() {
    let clocked = start();
    let pages =
        ["/caf%E9", "/caf%C3%A9", "/%F0%9F%98", "/%00", "/caf%EF%BF%BD", "/%EF%F0%E8%E2%E5%F2"];
    for page in pages {
        read(&clocked, page, 1);
    }
    counted(&clocked, pages.len());
    assert_eq!(exact(&clocked, "page", ""), [line("/:redacted", 4), line("/café", 2)]);
    let mut lines = log_lines("20/Nov/2026", "/caf%E9", 2);
    lines.extend(log_lines("20/Nov/2026", r"/caf\xc3\xa9", 2));
    lines.extend(log_lines("20/Nov/2026", r"/caf\xe9", 2));
    lines.extend(log_lines("20/Nov/2026", r"/caf\xE9", 2));
    assert_eq!(clocked.import(HOST, &lines, false).counted, 8);
    let found = exact(&clocked, "page", "&filter=page:is:/caf%C3%A9");
    assert_eq!(found, [line("/café", 10)]);
}

#[test]
fn row_19_a_slash_at_the_end_makes_another_page_and_that_is_said() {
    let clocked = start();
    let pages = ["/about", "/about/", "/index.html", "/"];
    pages.iter().for_each(|page| read(&clocked, page, 2));
    counted(&clocked, 8);
    assert_eq!(exact(&clocked, "page", "").len(), 4);
    for (language, words) in [("fr", "barre oblique finale"), ("en", "slash at the end")] {
        let body = clocked.get(&format!("/{language}/methodology"), &[]).body;
        assert!(body.contains(words) && body.contains("index.html"), "{language}");
    }
}

#[test]
fn row_32_a_filter_finds_a_page_in_either_form() {
    let clocked = start();
    let pages = [
        "/100%25",
        "/d%C3%A9marches",
        "/d%25C3%25A9marches",
        "/a%20b.(c)*/",
        "/x,y:z|w",
        "/a%2Fb",
        "/\u{65e5}\u{672c}",
        "/q%22%3Cz%3E",
        "/50%25%20de%20plus",
    ];
    pages.iter().for_each(|page| read(&clocked, page, 2));
    counted(&clocked, 2 * pages.len());
    let lines = exact(&clocked, "page", "");
    assert_eq!(lines.len(), pages.len());
    // Each line finds itself alone by what is shown of it.
    for (shown, views) in &lines {
        let filter = escaped(&format!("page:is:{}", shown.replace('|', "\\|")));
        let found = exact(&clocked, "page", &format!("&filter={filter}"));
        assert_eq!(found, [(shown.clone(), *views)], "{shown}");
    }
    for (filter, expected) in [
        ("page:is:/démarches", &["/démarches"][..]),
        ("page:is:/d%C3%A9marches", &["/démarches"]),
        ("page:is:/d%c3%a9marches", &["/démarches"]),
        ("page:is:/d%25C3%25A9marches", &["/d%25C3%25A9marches"]),
        ("page:is:/a b.(c)*/", &["/a b.(c)*/"]),
        ("page:is:/a%20b.(c)*/", &["/a b.(c)*/"]),
        ("page:contains:dém", &["/démarches"]),
        ("page:contains:DÉM", &["/démarches"]),
        ("page:contains:d%C3%A9m", &["/démarches"]),
        ("page:contains:%", &["/100%", "/50% de plus"]),
        ("page:contains:a b", &["/a b.(c)*/"]),
        ("page:contains:c3%a9", &[]),
        ("page:starts_with:/dém", &["/démarches"]),
        ("page:starts_with:/d%C3%A9m", &["/démarches"]),
        ("page:is:/日本", &["/日本"]),
        ("page:is:/100%", &["/100%"]),
        ("page:is:/100%25", &["/100%"]),
    ] {
        let found = exact(&clocked, "page", &format!("&filter={}", escaped(filter)));
        let found: Vec<_> = found.iter().map(|line| line.0.as_str()).collect();
        assert_eq!(found, expected, "{filter}");
    }
}

#[test]
fn row_38_what_was_searched_for_is_words_or_nothing() {
    let clocked = start_with(SiteOptions {
        search_parameters: Some(vec!["q".to_owned()]),
        query_kept: Some(vec!["page".to_owned()]),
        ..SiteOptions::default()
    });
    let searches = [
        ("%E9tat", Some("état")),
        ("caf%E9+cr%E8me", Some("café crème")),
        ("prime+d%27activit%C3%A9", Some("prime d'activité")),
        ("%F0%9F%98%80", Some("😀")),
        ("a%2Bb", Some("a+b")),
        ("%E2%80%AEabc", Some("abc")),
        ("z%E2%80%8Bw%EF%BB%BF", Some("zw")),
        ("%EF%F0%E8%E2%E5%F2", None),
        ("caf%EF%BF%BD", None),
        ("%C3%A9t%C3", None),
    ];
    for (words, _) in searches {
        read(&clocked, &format!("/s?q={words}"), 12);
    }
    read(&clocked, "/s?page=caf%E9+cr%E8me", 1);
    counted(&clocked, 12 * searches.len() + 1);
    let mut expected: Vec<_> =
        searches.iter().filter_map(|one| one.1).map(|words| line(words, 12)).collect();
    expected.sort();
    assert_eq!(exact(&clocked, "search", ""), expected);
    let kept = exact(&clocked, "page", "&filter=page:contains:caf%C3%A9%20cr");
    assert_eq!(kept, [line("/s?page=café crème", 1)]);
    let requests = ["/s?q=caf%E9", "/s?q=%E9tat", "/s?q=%c3%a9tat"];
    let lines: Vec<_> = requests.iter().flat_map(|one| log_lines("20/Nov/2026", one, 12)).collect();
    assert_eq!(clocked.import(HOST, &lines, false).counted, 36);
    let found = exact(&clocked, "search", "&filter=search:is:%C3%A9tat");
    assert_eq!(found, [line("état", 36)]);
}

#[test]
fn hidden_signs_are_in_no_text_of_a_sender() {
    let clocked =
        start_with(SiteOptions { profile: Some("extended".to_owned()), ..SiteOptions::default() });
    let hidden = "\u{202E}a\u{200B}b\u{2066}\u{FEFF}\u{AD}c\u{E0041}\u{FFFD}";
    let page = format!("https://{HOST}/{hidden}?utm_campaign={hidden}");
    for reader in 1..=12 {
        let message = serde_json::json!({
            "n": "pageview", "u": page, "t": hidden,
            "r": "https://pr\u{e9}fecture.example/",
        });
        assert_eq!(clocked.send(&format!("198.18.{reader}.7"), &message.to_string()), 202);
        let event = serde_json::json!({
            "n": format!("x{hidden}"), "u": format!("https://{HOST}/"), "p": { hidden: hidden },
        });
        assert_eq!(clocked.send(&format!("198.18.{reader}.7"), &event.to_string()), 202);
    }
    counted(&clocked, 24);
    // The letter that stands for what was lost makes the page's name unreadable, as a whole.
    assert_eq!(exact(&clocked, "page", ""), [line("/", 12), line("/:redacted", 12)]);
    assert_eq!(exact(&clocked, "event", ""), [line("xabc", 12)]);
    assert_eq!(exact(&clocked, "property", ""), [line("abc=abc", 12)]);
    let sources = exact(&clocked, "source", "");
    assert_eq!(sources[0].0, "préfecture.example");
    for filter in ["pr%C3%A9fecture.example", "xn--prfecture-c4a.example"] {
        let found = exact(&clocked, "source", &format!("&filter=source:is:{filter}"));
        assert_eq!(found.len(), 1, "{filter}");
    }
    assert!(exact(&clocked, "campaign", "").is_empty(), "a damaged word is left out");
}

#[test]
fn row_39_a_site_is_shown_and_found_as_it_was_typed() {
    let (_folder, data) = folder_with_site();
    let (code, said) = run(&data, &["site", "add", "préfecture.example"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("préfecture.example is counted") && !said.contains("xn--"), "{said}");
    let (code, said) = run(&data, &["site", "add", "préfecture.example"]);
    assert_eq!(code, 1);
    assert!(said.contains("préfecture.example is already") && !said.contains("www."), "{said}");
    let (_, said) = run(&data, &["site", "list"]);
    assert!(said.contains("préfecture.example") && !said.contains("xn--"), "{said}");
    let service = crate::service::Service::start(&data);
    let home = service.get("/fr/", &[]).body;
    assert!(home.contains(">préfecture.example</a>"), "{home}");
    for written in
        ["xn--prfecture-c4a.example", "pr%C3%A9fecture.example", "PR%C3%89FECTURE.EXAMPLE"]
    {
        let page = service.get(&format!("/fr/sites/{written}"), &[]);
        assert_eq!(page.status, 200, "{written}");
        assert!(page.body.contains("<h1 class=\"host\">préfecture.example</h1>"), "{written}");
        let canonical = "/fr/sites/xn--prfecture-c4a.example\"";
        let link = page.body.lines().find(|line| line.contains("rel=\"canonical\"")).unwrap();
        assert!(link.contains(canonical), "{link}");
        for path in ["totals", "breakdown/page"] {
            let answer = service.get(&format!("/api/v1/sites/{written}/{path}"), &[]);
            assert_eq!(answer.status, 200, "{written} {path}");
            assert!(answer.body.contains("\"site\": \"xn--prfecture-c4a.example\""));
        }
        assert_eq!(service.get(&format!("/embed/{written}/badge.svg"), &[]).status, 200);
    }
    let sites = service.get("/api/v1/sites", &[]).body;
    assert!(sites.contains("\"host_unicode\":\"préfecture.example\""), "{sites}");
    let page = service.get("/fr/compare?site=pr%C3%A9fecture.example", &[]).body;
    assert!(page.contains("value=\"préfecture.example\""), "{page}");
}

#[test]
fn row_39_a_host_that_no_page_can_have_is_refused_with_what_to_do() {
    let (_folder, data) = folder_with_site();
    for (host, advice) in [
        ("*.example", "--alias"),
        ("www.*.example", "--alias"),
        ("x-.example", "no hyphen at either end"),
        ("a..example", "1 to 63 letters"),
        ("a_b.example", "letters, digits or hyphens"),
        ("127.0.0.1:80", "without"),
        ("127.1", "127.0.0.1"),
    ] {
        for words in [
            &["site", "add", host][..],
            &["site", "add", "b.example", "--alias", host],
            &["site", "set", "www.example.fr", "--alias", host],
        ] {
            let (code, said) = run(&data, words);
            assert_eq!(code, 2, "{words:?}: {said}");
            assert!(said.contains(advice) && said.contains(host), "{words:?}: {said}");
        }
    }
    let (code, said) = run(&data, &["site", "add", "--", "-x.example"]);
    assert_eq!(code, 2);
    assert!(said.contains("no hyphen at either end"), "{said}");
    let (_, said) = run(&data, &["site", "list"]);
    assert_eq!(said.lines().count(), 1, "{said}");
}
