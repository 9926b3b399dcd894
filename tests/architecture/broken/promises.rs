//! Trees that break a promise: a type made outside its door, a secret that prints, a clock read
//! below the top, a word that is banned.

use super::{bites, bites_lines, passes};
use crate::source::{Finding, Tree};
use crate::{knowledge, types, words};

const RAW: (&str, &str) = (
    "src/privacy/raw.rs",
    "pub struct Raw { agent: String }\nimpl Raw {\n    \
     pub const AGENT_BYTES_MAX: usize = 512;\n    \
     pub fn new() -> Self { Raw { agent: String::new() } }\n    \
     pub fn parse() -> Option<Raw> { None }\n    pub fn agent(&self) -> &str { &self.agent }\n    \
     pub fn rules() -> u8 { 0 }\n}\n",
);
const DOOR: (&str, &str) = ("src/privacy/mod.rs", "pub mod raw;\npub use raw::Raw;\n");

#[test]
fn a_type_made_outside_its_door() {
    let cases = [
        ("Raw", "src/collect/mod.rs", "src/web/beacon.rs", "take a `&Raw` as an argument"),
        ("Raw", "src/app/serve.rs", "src/app/import_log.rs", "take a `&Raw` as an argument"),
        ("Hit", "src/journal/drain.rs", "src/privacy/seal.rs", "seal a `Raw` instead"),
        ("Counts", "src/publish/csv.rs", "src/store/sqlite.rs", "ask the store"),
        ("Published", "src/web/public.rs", "src/privacy/release.rs", "release `Counts` instead"),
        ("StaffPass", "src/web/live.rs", "src/web/admin/mod.rs", "take it as an argument"),
    ];
    for (name, wrong, right, cure) in cases {
        let makers = [
            format!("use crate::privacy::{name};\nfn a() {{ b({name}::new()) }}\n"),
            format!("use crate::privacy::{name} as N;\nfn a() {{ b(N {{ c: 1 }}) }}\n"),
            format!("// Inline.\nfn a() {{ b().map(crate::privacy::{name}::from) }}\n"),
            format!("use crate::privacy::*;\nfn a() {{ <{name} as Default>::default() }}\n"),
            format!("use crate::privacy::{name};\nfn a() {{ vec![{name}(1); 2] }}\n"),
            format!("use crate::privacy::{name};\nmacro_rules! m {{ () => {{ {name} {{ }} }} }}\n"),
        ];
        for text in &makers {
            let broken = [DOOR, (wrong, text.as_str())];
            let mended = [DOOR, (right, text.as_str())];
            bites(types::check_makers, &broken, &format!("{wrong}:2"), cure, &mended);
        }
    }
}

#[test]
fn what_a_type_offers_besides_may_be_used() {
    let text = "use crate::privacy::Raw;\nfn read(raw: &Raw) -> usize {\n    \
        Raw::rules();\n    raw.agent().len().min(Raw::AGENT_BYTES_MAX)\n}\n\
        fn names(raws: &[Raw]) { raws.iter().map(Raw::agent); }\n\
        fn other() { b(Kind::Raw); c(Kind::Raw { d: 1 }); foreign::deep::Raw::new(); }\n\
        fn open(Hit { day, .. }: Hit) {}\n";
    passes(types::check_makers, &[RAW, DOOR, ("src/dimension/page.rs", text)]);
    let text = "use crate::privacy::Raw;\nfn read() { Raw::parse(); }\n";
    bites_lines(types::check_makers, "src/dimension/page.rs", text, &[2]);
}

#[test]
fn a_secret_that_prints() {
    let cure = "this type must not reach a log or a file";
    let broken = [
        "// The visitor.\n#[derive(Clone, Debug)]\npub struct Raw;\n",
        "// A day's salt.\nimpl std::fmt::Display for Salt {}\n",
        "// Sealed.\n#[cfg_attr(test, derive(Serialize))]\nstruct Hit { day: u16 }\n",
        "// Counted.\nimpl<'a> serde::Serialize for &'a Counts {}\n",
    ];
    let mended = [("src/privacy/raw.rs", "#[derive(Clone)]\npub struct Raw;\n")];
    for text in broken {
        let broken = [("src/privacy/raw.rs", text)];
        bites(types::check_silence, &broken, "src/privacy/raw.rs:2", cure, &mended);
    }
    let back_door = [("src/privacy/raw.rs", "#[derive(Default)]\nstruct Published;\n")];
    let cure = "this trait makes the type out of nothing";
    bites(types::check_silence, &back_door, "src/privacy/raw.rs:1", cure, &mended);
}

#[test]
fn a_hit_with_room_for_an_address() {
    bites(
        types::check_room,
        &[("src/privacy/seal.rs", "pub struct Hit {\n    from: Option<std::net::IpAddr>,\n}\n")],
        "src/privacy/seal.rs:2",
        "has no room for an address",
        &[("src/privacy/seal.rs", "pub struct Hit {\n    country: Option<Country>,\n}\n")],
    );
}

#[test]
fn a_foreign_crate_out_of_its_place() {
    let rule = knowledge::check_foreign;
    let web = "use actix_web::HttpResponse;\n";
    let cure = "only src/web knows the web server";
    let mended = [("src/web/beacon.rs", web), ("src/app/serve.rs", web)];
    bites(rule, &[("src/collect/mod.rs", web)], "src/collect/mod.rs:1", cure, &mended);
    let header = "fn a(r: &actix_http::Request) {}\n";
    bites(rule, &[("src/publish/csv.rs", header)], "src/publish/csv.rs:1", cure, &mended);

    let database = "use rusqlite::Connection;\n";
    let in_test = "#[cfg(test)]\nmod tests {\n    use rusqlite::Connection;\n}\n";
    let mended = [("src/store/sqlite.rs", database), ("src/publish/mod.rs", in_test)];
    let cure = "only src/store and src/journal know SQLite";
    bites(rule, &[("src/publish/mod.rs", database)], "src/publish/mod.rs:1", cure, &mended);

    let address = "use std::net::{IpAddr, TcpListener};\n";
    let glob = "use std::net::*;\n";
    let mended = [("src/signal/geo.rs", address)];
    let cure = "an address may be seen only on its way";
    for text in [address, glob] {
        bites(rule, &[("src/journal/mod.rs", text)], "src/journal/mod.rs:1", cure, &mended);
    }
}

#[test]
fn a_refusal_out_of_its_place() {
    let rule = knowledge::check_statuses;
    let cure = "a refusal has its status in src/web/error.rs";
    let refusals = [
        "use actix_web::http::StatusCode as S;\nfn a() { b(S::TOO_MANY_REQUESTS) }\n",
        "use actix_web::HttpResponse;\nfn a() { HttpResponse::NotFound().finish() }\n",
        "// Inline.\nfn a() { actix_web::error::ErrorBadRequest(1) }\n",
    ];
    let fine = "use actix_web::HttpResponse;\nfn a() { HttpResponse::Accepted().finish() }\n\
        #[cfg(test)]\nmod tests {\n    fn t() { assert_eq!(a, StatusCode::NOT_FOUND) }\n}\n";
    for text in refusals {
        let mended = [("src/web/error.rs", text), ("src/web/api.rs", fine)];
        bites(rule, &[("src/web/api.rs", text)], "src/web/api.rs:2", cure, &mended);
    }
}

#[test]
fn a_clock_below_the_top() {
    let cases = [
        ("use std::time::SystemTime as S;\nfn a() { S::now(); }\n", "the time is read"),
        ("// Inline.\nfn a() { jiff::Timestamp::now(); }\n", "the time is read"),
        ("use jiff::Zoned;\nfn a() { b.unwrap_or_else(Zoned::now); }\n", "the time is read"),
        ("use std::time::Instant;\nfn a() { debug!(\"{}\", Instant::now()); }\n", "the clock is"),
        ("// Chance.\nfn a() { getrandom::fill(&mut b); }\n", "chance is read"),
        ("// Chance.\nuse rand::rngs::OsRng;\n", "chance is read"),
        ("use std::env as e;\nfn a() { e::var(\"B\"); }\n", "the environment is read"),
    ];
    for (text, cure) in cases {
        let mended = [("src/app/serve.rs", text), ("src/config.rs", text), ("src/main.rs", text)];
        let broken = [("src/collect/mod.rs", text)];
        bites(knowledge::check_world, &broken, "src/collect/mod.rs:2", cure, &mended);
    }
    let fine = "use std::time::Instant;\n\
        fn a(now: Instant) { b(env!(\"CARGO_PKG_VERSION\"), now) }\n\
        /// Not `Instant::now`.\nconst A: &str = \"Instant::now(), std::env::var\";\n";
    passes(knowledge::check_world, &[("src/collect/mod.rs", fine)]);
}

#[test]
fn every_banned_word() {
    let text = r#"fn a() {
    b().unwrap();
    c.map(Option::unwrap);
    assert!(d.unwrap());
    select! { x = e() => x.unwrap(), }
    unsafe { f() }
    todo!();
    match g { _ => unimplemented!("later") }
    dbg!(h);
    println!("i");
    eprintln!("j");
    k().unwrap_or_default(); // .unwrap() and unsafe in a comment
    let l = "unsafe .unwrap() todo!()";
}
#[allow(clippy::too_many_arguments)]
fn m() {}
#[cfg_attr(test, allow(dead_code))]
fn n() {}
#[expect(unused_variables)]
fn o() {}
#[expect(clippy::large_enum_variant, reason = "it is rare")]
fn p() {}
#[allow(non_snake_case)]
fn q() {}
#[cfg(test)]
mod tests {
    #[test]
    #[ignore = "slow"]
    fn r() { s().unwrap(); println!("t"); }
}
"#;
    let lines = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 17, 19, 28];
    bites_lines(words::check, "src/store/mod.rs", text, &lines);
}

#[test]
fn each_ban_names_its_cure() {
    let cases = [
        ("fn a() { b.unwrap() }", "say why it cannot fail"),
        ("fn a() { unsafe { b() } }", "find a safe way"),
        ("fn a() { todo!() }", "write the missing part"),
        ("fn a() { dbg!(b) }", "delete it, or trace"),
        ("fn a() { println!() }", "only src/main.rs and src/app speak"),
        ("#[allow(unused)]\nfn a() {}", "mend what the lint complains of"),
        ("#[test]\n#[ignore]\nfn a() {}", "a test that does not run promises nothing"),
    ];
    for (text, cure) in cases {
        let findings: Vec<Finding> = words::check(&Tree::of(&[("src/store.rs", text)]));
        assert!(findings.iter().any(|finding| finding.cure.contains(cure)), "{text}: {findings:?}");
    }
    let top = "fn a() { println!(\"ready\"); b().expect(\"the list is never empty\"); }\n";
    passes(words::check, &[("src/main.rs", top), ("src/app/serve.rs", top)]);
}

#[test]
fn a_mark_of_work_left_for_later() {
    let mark = concat!("# Guide\n\n", "TO", "DO: write\n");
    let cure = "do it now, or write down what is so today";
    let mended = [("docs/guide.md", "# Guide\n\nWrite to us; TODOS is a word.\n")];
    bites(words::check, &[("docs/guide.md", mark)], "docs/guide.md:3", cure, &mended);
    let code = concat!("fn a() {} // FIX", "ME\n");
    bites(words::check, &[("tests/a.rs", code)], "tests/a.rs:1", cure, &mended);
}
