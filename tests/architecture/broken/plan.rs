//! Trees with a wrong plan: floors that reach upward, circles, forgotten files, a map with gaps.

use super::{bites, bites_lines, passes};
use crate::{cycles, floors, reach};

#[test]
fn a_floor_that_reaches_upward() {
    let cure = "a floor uses only the floors below it";
    bites(
        floors::check,
        &[("src/store/mod.rs", "use crate::model::Day;\nuse crate::web::Page;\n")],
        "src/store/mod.rs:2",
        cure,
        &[("src/store/mod.rs", "use crate::model::Day;\nuse crate::privacy::Counts;\n")],
    );
}

#[test]
fn every_way_to_write_an_upward_path() {
    let text = r#"use crate::{model::Day, web::{self, error::*}};
use super::super::app as above;
fn work(page: &crate::web::Page) -> u8 {
    println!("{}", crate::config::LIMIT);
    select! { x = crate::publish::next() => crate::collect::{a, b}, }
    above::start()
}
#[derive(Clone, crate::web::Derived)]
#[serde(with = "crate::web::dates")]
struct Row;
#[cfg(test)]
mod tests {
    use super::super::super::journal::Journal;
    use parvis::web;
}
macro_rules! page { () => { $crate::web::Page } }
/// Like [`crate::web::Page`], "crate::web::Page" is only mentioned here.
const TEXT: &str = "crate::web::Page";
"#;
    let lines = [1, 2, 3, 4, 5, 6, 8, 9, 13, 14, 16];
    bites_lines(floors::check, "src/dimension/page.rs", text, &lines);
}

#[test]
fn a_re_export_does_not_hide_where_a_name_lives() {
    let lower = ("src/model.rs", "use crate::store::Engine;\n");
    let upper = ("src/store/mod.rs", "pub mod sqlite;\npub use sqlite::Engine;\n");
    let home = ("src/store/sqlite.rs", "pub struct Engine;\n");
    let web = ("src/web/mod.rs", "use crate::store::Engine;\n");
    let cure = "a floor uses only the floors below it";
    bites(floors::check, &[lower, upper, home], "src/model.rs:1", cure, &[web, upper, home]);
}

#[test]
fn a_module_without_a_floor() {
    bites(
        floors::check,
        &[("src/cache.rs", "pub struct Cache;\n")],
        "src/cache.rs:1",
        "give it a floor",
        &[("src/store/cache.rs", "pub struct Cache;\n")],
    );
}

#[test]
fn a_name_that_lives_in_the_map() {
    let lib = ("src/lib.rs", "pub const VERSION: &str = \"1\";\n");
    bites(
        floors::check,
        &[lib, ("src/web/mod.rs", "fn page() -> &'static str { crate::VERSION }\n")],
        "src/web/mod.rs:1",
        "src/lib.rs is the map and holds nothing",
        &[lib, ("src/web/mod.rs", "fn page() -> &'static str { crate::model::VERSION }\n")],
    );
}

#[test]
fn a_map_with_gaps() {
    let plan = |floors: &[&str]| {
        let lines: Vec<String> = floors.iter().map(|floor| format!("//! - `{floor}`: x")).collect();
        format!("//! The house, from the top.\n//!\n{}\npub mod model;\n", lines.join("\n"))
    };
    let (whole, mut swapped) = (plan(floors::FLOORS), floors::FLOORS.to_vec());
    swapped.swap(2, 3);
    let (swapped, short) = (plan(&swapped), plan(&floors::FLOORS[..10]));
    let model = ("src/model.rs", "");
    let cure = "list every floor, one a line";
    for text in [swapped, short] {
        let broken = [("src/lib.rs", text.as_str()), model];
        let mended = [("src/lib.rs", whole.as_str()), model];
        bites(floors::check_map, &broken, "src/lib.rs:1", cure, &mended);
    }
    let extra = [("src/lib.rs", whole.as_str()), model, ("src/store.rs", "")];
    let cure = "declare every module of the top level";
    bites(floors::check_map, &extra, "src/store.rs:1", cure, &extra[..2]);
}

#[test]
fn a_circle_between_files() {
    let list = ("src/journal/mod.rs", "mod append;\nmod drain;\npub use drain::Drain;\n");
    let append = ("src/journal/append.rs", "use super::Drain;\npub struct Append;\n");
    let drain = ("src/journal/drain.rs", "use super::append::Append;\npub struct Drain;\n");
    let alone = ("src/journal/append.rs", "pub struct Append;\n");
    let cure = "break the circle";
    let mended = [list, alone, drain];
    bites(cycles::check, &[list, append, drain], "src/journal/append.rs:1", cure, &mended);
    bites(cycles::check, &[list, append, drain], "src/journal/drain.rs:1", cure, &mended);
}

#[test]
fn a_circle_between_floors() {
    let store = ("src/store/sql.rs", "fn a() { crate::journal::read() }\n");
    let journal = ("src/journal/mod.rs", "use crate::privacy::Hit;\nuse crate::store::sql;\n");
    let privacy = ("src/privacy/seal.rs", "use crate::store;\n");
    let cure = "break the circle";
    let mended = [journal, privacy];
    bites(cycles::check, &[store, journal], "src/store/sql.rs:1", cure, &mended);
}

#[test]
fn a_list_of_children_is_no_circle() {
    let list = "mod page;\nmod place;\npub trait Dimension {}\n\
        pub const ALL: &[&dyn Dimension] = &[&page::Page, &place::Place];\n";
    let page = "use super::Dimension;\npub struct Page;\nimpl Dimension for Page {}\n\
        #[cfg(test)]\nmod tests {\n    use super::super::place::Place;\n}\n";
    let place = "use super::page::Page;\npub struct Place;\n";
    let files = [
        ("src/dimension/mod.rs", list),
        ("src/dimension/page.rs", page),
        ("src/dimension/place.rs", place),
    ];
    passes(cycles::check, &files);
}

const MANIFEST: (&str, &str) = (
    "Cargo.toml",
    "autotests = false\nautobenches = false\n[[test]]\nname = \"story\"\n\
     path = \"tests/story/main.rs\"\n",
);

#[test]
fn a_forgotten_rust_file() {
    let lib = ("src/lib.rs", "pub mod store;\nmod model { mod day; }\n");
    let store = ("src/store/mod.rs", "mod sqlite;\n#[cfg(test)]\nmod tests;\n");
    let day = ("src/model/day.rs", "");
    let story = ("tests/story/main.rs", "mod visitor;\n");
    let known = [
        MANIFEST,
        lib,
        store,
        ("src/store/sqlite.rs", "mod rows;"),
        ("src/store/sqlite/rows.rs", ""),
        ("src/store/tests.rs", ""),
        day,
        story,
        ("tests/story/visitor.rs", ""),
    ];
    for forgotten in ["src/store/old.rs", "tests/lonely.rs", "src/rows.rs"] {
        let broken = [&known[..], &[(forgotten, "")]].concat();
        let place = format!("{forgotten}:1");
        bites(reach::check, &broken, &place, "declare the file with `mod`", &known);
    }
}

#[test]
fn tests_that_register_themselves() {
    let bare = ("Cargo.toml", "autotests = false\n");
    bites(reach::check, &[bare], "Cargo.toml:1", "say `autotests = false`", &[MANIFEST]);
}

#[test]
fn a_forgotten_statement() {
    let lib = ("src/lib.rs", "mod store;");
    let sql = ("src/store/sql/day.sql", "-- a day\n");
    let silent = ("src/store.rs", "");
    let cure = "read the file with `include_str!`";
    let readers = [
        "const DAY: &str = include_str!(\"store/sql/day.sql\");",
        "const DAY: &str = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \
            \"/src/store/sql/day.sql\"));",
        "#[derive(Embed)]\n#[folder = \"src/store/sql\"]\nstruct Statements;",
    ];
    for reader in readers {
        let mended = [MANIFEST, lib, sql, ("src/store.rs", reader)];
        bites(
            reach::check,
            &[MANIFEST, lib, sql, silent],
            "src/store/sql/day.sql:1",
            cure,
            &mended,
        );
    }
}

#[test]
fn a_forgotten_template() {
    let lib = ("src/lib.rs", "#[derive(Template)]\n#[template(path = \"site.html\")]\nstruct S;");
    let site = ("assets/templates/site.html", "{% extends \"layout.html\" %}");
    let layout = ("assets/templates/layout.html", "{%- include \"parts/foot.html\" -%}");
    let foot = ("assets/templates/parts/foot.html", "");
    let lonely = ("assets/templates/lonely.html", "{% extends \"layout.html\" %}");
    let mended = [MANIFEST, lib, site, layout, foot];
    let broken = [MANIFEST, lib, site, layout, foot, lonely];
    let cure = "name the template in";
    bites(reach::check, &broken, "assets/templates/lonely.html:1", cure, &mended);
}
