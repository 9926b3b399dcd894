//! Trees that are wrong on the page: too long, without a caption, generated, or badly named.

use super::{bites, passes};
use crate::source::is_ignored;
use crate::{captions, committed, sizes};

#[test]
fn a_file_that_is_too_long() {
    let (long, short) = ("// a\n".repeat(401), "// a\n".repeat(400));
    let cure = "a file holds at most 400 lines";
    let mended = [("src/store.rs", short.as_str())];
    bites(sizes::check, &[("src/store.rs", &long)], "src/store.rs:1", cure, &mended);
    bites(sizes::check, &[("tests/story.rs", &long)], "tests/story.rs:1", cure, &mended);
}

#[test]
fn a_function_that_is_too_long() {
    let function = |lines: usize| format!("{{\n{}}}\n", "    a();\n".repeat(lines - 2));
    let cure = "a function holds at most 70 lines";
    for head in ["fn work() ", "impl A { fn b(&self) ", "fn c() { fn d() ", "trait E { fn f() "] {
        let tail = if head.contains("{ ") { "}\n" } else { "" };
        let text = |lines| format!("// One.\n{head}{}{tail}", function(lines));
        let (long, short) = (text(71), text(69));
        let mended = [("src/store.rs", short.as_str())];
        bites(sizes::check, &[("src/store.rs", &long)], "src/store.rs:2", cure, &mended);
    }
}

#[test]
fn a_line_that_is_too_long() {
    let (long, short) = (format!("\n// {}\n", "é ".repeat(49)), "é ".repeat(48));
    let link = format!("//! https://example.org/{}\n// {short}\n", "a".repeat(100));
    let cure = "a line holds at most 100 columns";
    let mended = [("src/store.rs", link.as_str())];
    bites(sizes::check, &[("src/store.rs", &long)], "src/store.rs:2", cure, &mended);
}

#[test]
fn a_file_that_cannot_be_read() {
    let cure = "mend the syntax";
    let mended = [("src/store.rs", "fn a() {}")];
    let broken = [("src/store.rs", "fn a( {}")];
    bites(sizes::check_readable, &broken, "src/store.rs:1", cure, &mended);
}

#[test]
fn a_file_without_a_caption() {
    let cases: &[(&str, &str, &[&str], &str)] = &[
        (
            "src/store.rs",
            "begin the file with one `//! ` paragraph",
            &[
                "use a::b;\n",
                "//!\n",
                "\n//! Keeps what was counted.\n",
                "//! The store.\n",
                "//! It",
            ],
            "//! Keeps what was counted, day by day, and\n//! forgets the rest.\n//!\n//! More.\n",
        ),
        (
            "tracker-js/beacon.ts",
            "begin the file with a `// ` or `/** ` comment",
            &["let a = 1;\n", "// beacon\n", "/**\n * beacon\n */\n", ""],
            "/**\n * Sends one page view home.\n */\nlet a = 1;\n",
        ),
        (
            "assets/scripts/chart.js",
            "begin the file with a `// ` or `/** ` comment",
            &["'use strict';\n"],
            "#!/usr/bin/env node\n// Draws the curve of a site.\n",
        ),
        ("src/store/sql/day.sql", "begin the file with a `-- `", &["select 1"], "-- One day.\n"),
        ("assets/styles/site.css", "begin the file with a `/* `", &["a {}"], "/* The site. */\n"),
    ];
    for (path, cure, broken, mended) in cases {
        for text in *broken {
            let place = format!("{path}:1");
            bites(captions::check, &[(path, text)], &place, cure, &[(path, mended)]);
        }
    }
}

#[test]
fn a_file_with_two_captions() {
    let one = "//! Keeps what was counted.\n\n/// Days.\nmod days {}\n";
    let cure = "keep one block of `//!`";
    let mended = [("src/store.rs", one)];
    let apart = "//! Keeps what was counted.\n\n//! And more.\n";
    bites(captions::check, &[("src/store.rs", apart)], "src/store.rs:3", cure, &mended);
    let inside = "//! Keeps what was counted.\nmod days {\n    //! Days.\n}\n";
    bites(captions::check, &[("src/store.rs", inside)], "src/store.rs:3", cure, &mended);
}

#[test]
fn a_file_made_by_a_tool() {
    let large = "a".repeat(300_001);
    let mended = [("assets/scripts/chart.js", "// a"), ("tests/old-data/one.db", "a\0b")];
    let cases = [
        ("assets/chart.min.js", "a", "let the build make it from its package"),
        ("tracker-js/node_modules/a/index.js", "a", "let the build make it from its package"),
        ("tracker-js/dist/t.js", "a", "let the build make it from its package"),
        ("assets/countries.csv", &large, "keep files under 300 kB"),
        ("deploy/parvis", "\u{7f}ELF\0", "commit the source"),
        ("assets/places.mmdb", "\0", "commit the source"),
    ];
    for (path, text, cure) in cases {
        bites(committed::check, &[(path, text)], &format!("{path}:1"), cure, &mended);
    }
    passes(committed::check, &[("assets/icon.png", "\0")]);
}

#[test]
fn a_name_that_says_nothing() {
    let cure = "name it by what it does";
    let mended = [("src/signal/referrer.rs", "")];
    for path in ["src/utils/hash.rs", "src/web/helpers.rs", "tests/common/mod.rs", "src/misc.rs"] {
        bites(committed::check_names, &[(path, "")], &format!("{path}:1"), cure, &mended);
    }
}

#[test]
fn a_walk_without_git_leaves_out_what_git_ignores() {
    let ignored = "# built\n/target/\nnode_modules\n*.log\n";
    for path in [".git", "target", "node_modules", "tracker-js/node_modules", "a/b.log"] {
        assert!(is_ignored(path, ignored), "{path}");
    }
    for path in ["", "src", "src/target", "src/log.rs", ".gitignore", "built"] {
        assert!(!is_ignored(path, ignored), "{path}");
    }
}
