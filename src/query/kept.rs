//! Answers for everybody, kept for as long as they cannot have changed: many people ask the same,
//! and adding up the pages of a large site takes longer than showing them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::model::Site;
use crate::query::answer::Answer;
use crate::query::ask::Ask;

/// Lines of all answers that are kept, some 200 bytes each: together not more than 10 MB.
const LINES_MAX: u64 = 50_000;

/// What an answer takes besides its lines, in lines.
const LINES_OF_ANSWER: u64 = 5;

/// Bytes of a question that weigh as much as a line: a filter may be long.
const BYTES_OF_LINE: usize = 200;

/// Answers of the usual page, which has some twenty with ten lines each.
const ANSWERS_USUAL: usize = 2_000;

type Answers = Cache<Key, Arc<(Ask, Answer)>, Lines>;

/// The answers that were made last.
pub struct Kept {
    answers: Answers,
}

impl Default for Kept {
    fn default() -> Self {
        Self { answers: Cache::with_weighter(ANSWERS_USUAL, LINES_MAX, Lines) }
    }
}

/// Weighs answers by their lines, their sites, and the length of the question.
#[derive(Clone)]
struct Lines;

impl Weighter<Key, Arc<(Ask, Answer)>> for Lines {
    fn weight(&self, key: &Key, answered: &Arc<(Ask, Answer)>) -> u64 {
        let asked: usize = key.pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
        let lines = key.sites.len() + answered.1.rows.len() + asked / BYTES_OF_LINE;
        lines as u64 + LINES_OF_ANSWER
    }
}

/// The quarter of an hour, the last change of a past day, and the last release.
pub type Moment = (i64, i64, Option<i64>);

/// What an answer depends on.
pub struct Key {
    /// The sites as they are set now.
    pub sites: Vec<Arc<Site>>,
    /// Is it about their sum?
    pub is_sum: bool,
    /// What is asked for.
    pub what: String,
    /// The parameters as they were written.
    pub pairs: Vec<(String, String)>,
    /// The state of the figures.
    pub moment: Moment,
}

// Settings that change make another site; those of a key are held, so that no address comes again.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        let alike = |one: (&Arc<Site>, &Arc<Site>)| Arc::ptr_eq(one.0, one.1);
        self.sites.len() == other.sites.len()
            && self.sites.iter().zip(&other.sites).all(alike)
            && (self.is_sum, &self.what, &self.pairs, self.moment)
                == (other.is_sum, &other.what, &other.pairs, other.moment)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sites.iter().for_each(|site| Arc::as_ptr(site).hash(state));
        (self.is_sum, &self.what, &self.pairs, self.moment).hash(state);
    }
}

impl Kept {
    /// The answer to a question of everybody, if it was made since the figures changed; else `make`
    /// makes it.
    pub fn answer<E>(
        &self,
        key: Key,
        make: impl FnOnce() -> Result<(Ask, Answer), E>,
    ) -> Result<(Ask, Answer), E> {
        if let Some(kept) = self.answers.get(&key) {
            return Ok((*kept).clone());
        }
        let answered = make()?;
        self.answers.insert(key, Arc::new(answered.clone()));
        Ok(answered)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Host, SiteId, Zone};
    use crate::query::answer::Days;
    use crate::query::ask::What;

    fn answered(query: &str) -> (Ask, Answer) {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let ask = Ask::read(What::Totals, pairs, date(2026, 11, 24), date(2025, 1, 1)).unwrap();
        let answer = Answer {
            first: ask.span.first,
            last: ask.span.last,
            compared: None,
            metrics: Vec::new(),
            not_collected: Vec::new(),
            partly_collected: Vec::new(),
            left_out: Vec::new(),
            days: Days::default(),
            rows: Vec::new(),
            rows_total: 0,
            provisional: false,
            synthetic: false,
            rows_withheld: 0,
        };
        (ask, answer)
    }

    #[test]
    fn a_long_question_weighs_more() {
        let key = |value: String| Key {
            sites: Vec::new(),
            is_sum: true,
            what: What::Totals.name(),
            pairs: vec![("filter".to_owned(), value)],
            moment: (1, 1, None),
        };
        let answer = Arc::new(answered("period=7d"));
        let weight = |value: String| Lines.weight(&key(value), &answer);
        assert_eq!(weight("page:is:/".to_owned()), LINES_OF_ANSWER);
        assert_eq!(weight("a".repeat(8_000)), LINES_OF_ANSWER + 40);
    }

    #[test]
    fn an_answer_is_kept_until_something_changes() {
        let zone = Zone::named("UTC").unwrap();
        let site = || Arc::new(Site::new(SiteId(1), Host::parse("a.fr").unwrap(), zone.clone()));
        let (own, set_anew) = (site(), site());
        let kept = Kept::default();
        let key = |site: &Arc<Site>, period: &str, moment| Key {
            sites: vec![site.clone()],
            is_sum: false,
            what: What::Totals.name(),
            pairs: vec![("period".to_owned(), period.to_owned())],
            moment,
        };
        let first = (1, 1, None);
        let is_made = |key: Key| {
            let mut is_made = false;
            let answer = kept.answer(key, || {
                is_made = true;
                Ok::<_, ()>(answered("period=7d"))
            });
            assert_eq!(answer.unwrap().1.last, date(2026, 11, 23));
            is_made
        };
        assert!(is_made(key(&own, "7d", first)));
        assert!(!is_made(key(&own, "7d", first)));
        assert!(is_made(key(&own, "28d", first)), "another question");
        assert!(is_made(key(&set_anew, "7d", first)), "the same site with other settings");
        assert!(is_made(key(&own, "7d", (2, 1, None))), "a quarter of an hour later");
        assert!(is_made(key(&own, "7d", (1, 2, None))), "a past day has changed");
        assert!(is_made(key(&own, "7d", (1, 1, Some(1)))), "a day was released");
        assert!(!is_made(key(&own, "7d", first)));
        let failed = kept.answer(key(&own, "year", first), || Err::<(Ask, Answer), _>("no"));
        assert_eq!(failed.err(), Some("no"));
        assert!(is_made(key(&own, "year", first)), "what failed is not kept");
    }
}
