//! Robots that say who they are: the maintained list `crawler-user-agents` as one set of patterns.

use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// Bound on the compiled set and its search cache, in bytes: it takes about 5 MB today.
const COMPILED_BYTES_MAX: usize = 64 << 20;

/// The compiled list.
pub struct Robots {
    patterns: RegexSet,
}

#[derive(Deserialize)]
struct Entry {
    pattern: String,
}

impl Robots {
    /// Compiles the list, a JSON array of objects with a `pattern` each.
    pub fn new(list: &[u8]) -> Self {
        let entries: Vec<Entry> = serde_json::from_slice(list)
            .expect("the list of robots inside the program is tested to be read");
        let patterns = RegexSetBuilder::new(entries.iter().map(|entry| entry.pattern.as_str()))
            .unicode(false)
            .size_limit(COMPILED_BYTES_MAX)
            .dfa_size_limit(COMPILED_BYTES_MAX)
            .build()
            .expect("the list of robots inside the program is tested to compile");
        Self { patterns }
    }

    /// Does one of the patterns know this agent?
    pub fn knows(&self, agent: &str) -> bool {
        self.patterns.is_match(agent.as_bytes())
    }
}
