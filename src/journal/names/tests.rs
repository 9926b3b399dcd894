//! Every limit, at its last allowed value and at the first refused one.

use std::cell::Cell;

use super::*;
use crate::dimension::named;

const SITE: SiteId = SiteId(3);

/// The networks of an attacker and of readers.
const ATTACKER: u8 = 200;

/// A list with what decides about its new names.
struct Bench {
    admission: Admission,
    list: NameList,
    dimension: &'static Dimension,
    asked: Cell<usize>,
    published: Vec<&'static str>,
    /// Can the store not be read?
    is_broken: Cell<bool>,
}

impl Bench {
    fn new(dimension: &str) -> Self {
        Self {
            admission: Admission::default(),
            list: NameList::default(),
            dimension: named(dimension).unwrap(),
            asked: Cell::new(0),
            published: Vec::new(),
            is_broken: Cell::new(false),
        }
    }

    /// One hit with a name: has the name a line of its own?
    fn hit(&mut self, text: &str, bucket: impl Into<Option<u8>>) -> bool {
        if self.list.number(text).is_some() {
            return true;
        }
        let identity = SiteIdentity(9);
        let (dimension, bucket) = (self.dimension, bucket.into());
        let name = NewName { site: SITE, identity, dimension, text, bucket };
        let published = |site: SiteIdentity, code| {
            assert_eq!((site, code), (identity, dimension.code));
            self.asked.set(self.asked.get() + 1);
            match self.is_broken.get() {
                true => Err(StoreError::Damaged("a table".to_owned())),
                false => Ok(self.published.iter().map(|&text| text.to_owned()).collect()),
            }
        };
        let is_admitted = self.admission.admits(&mut self.list, &name, &published);
        let text = if is_admitted { text } else { OVERFLOW };
        let number = self.list.numbers.len() as u32;
        self.list.insert(text.into(), number);
        is_admitted
    }

    /// Fills so many places, whatever it takes.
    fn fill(&mut self, places: usize) {
        for number in self.list.len()..places {
            let text = format!("/filled/{number}");
            assert!((0..5).any(|bucket| self.hit(&text, bucket)), "{number}");
        }
    }

    /// How many networks a new name needs.
    fn needed(&mut self, text: &str) -> Option<usize> {
        (1..=50).find(|bucket| self.hit(text, *bucket as u8))
    }
}

#[test]
fn one_network_fills_half_a_list_however_many_names_it_invents() {
    for (dimension, most) in [("page", 50_000), ("source", 5_000), ("search", 20_000)] {
        let mut bench = Bench::new(dimension);
        let admitted = (0..120_000).filter(|one| bench.hit(&format!("/{one}"), ATTACKER)).count();
        assert_eq!(admitted, most / 2, "{dimension}");
        assert_eq!(bench.list.len(), most / 2);
        // The second reader has the line, and everybody from then on.
        assert!(!bench.hit("/real", 1) && !bench.hit("/real", 1));
        assert!(bench.hit("/real", 2) && bench.hit("/real", ATTACKER));
    }
}

#[test]
fn the_fuller_a_list_the_more_networks_a_new_name_needs() {
    let mut bench = Bench::new("source");
    let mut needed = |places: usize, text: &str| {
        bench.fill(places);
        bench.needed(text)
    };
    assert_eq!(needed(2_499, "last of the free half"), Some(1));
    assert_eq!(needed(2_500, "first of two"), Some(2));
    assert_eq!(needed(3_749, "last of two"), Some(2));
    assert_eq!(needed(3_750, "first of three"), Some(3));
    assert_eq!(needed(4_374, "last of three"), Some(3));
    assert_eq!(needed(4_375, "first of five"), Some(5));
    assert_eq!(needed(4_999, "last of all"), Some(5));
    assert_eq!(needed(5_000, "too late"), None);
    assert_eq!(bench.list.len(), 5_000);
}

#[test]
fn names_published_before_have_a_place_even_where_there_is_none() {
    let mut bench = Bench::new("source");
    bench.published = vec!["known.fr", "other.fr"];
    bench.fill(2_500);
    assert_eq!(bench.asked.get(), 0, "nothing is asked for until half is taken");
    assert!(bench.hit("known.fr", ATTACKER));
    bench.fill(5_000);
    assert!(!bench.hit("unknown.fr", 1));
    assert!(bench.hit("other.fr", None), "a reader who is not counted reads it too");
    assert_eq!(bench.list.len(), 5_001);
    assert_eq!(bench.asked.get(), 1);
}

#[test]
fn a_store_that_cannot_say_is_asked_again_after_1024_names() {
    let mut bench = Bench::new("source");
    bench.published = vec!["known.fr"];
    bench.fill(2_500);
    bench.is_broken.set(true);
    assert!(!bench.hit("known.fr", 1));
    bench.is_broken.set(false);
    for number in 0..ASK_AGAIN_NAMES {
        assert!(!bench.hit(&format!("{number}.fr"), 1));
    }
    assert_eq!(bench.asked.get(), 1);
    assert!(bench.hit("known.fr", 1));
    assert_eq!(bench.asked.get(), 2);
}

#[test]
fn a_network_displaces_none_of_the_names_that_another_asked_for() {
    let mut waiting = Waiting::default();
    assert_eq!((waiting.see(1, 1), waiting.see(2, ATTACKER)), (1, 1));
    (10..300_000).for_each(|name| assert_eq!(waiting.see(name, ATTACKER), 1));
    // The other network's name is there, and the attacker's own oldest is not.
    assert_eq!((waiting.see(1, 2), waiting.see(2, 2)), (2, 1));
    let of_attacker = waiting.begun.get(&ATTACKER).unwrap();
    assert_eq!(of_attacker.len(), WAITING_OF_NETWORK_MAX);
    (0..=u8::MAX).for_each(|bucket| {
        let first = 1_000_000 * (u64::from(bucket) + 1);
        (first..first + 300).for_each(|name| assert_eq!(waiting.see(name, bucket), 1));
    });
    assert_eq!(waiting.networks.len(), 65_536);
    assert_eq!(waiting.begun.values().map(VecDeque::len).sum::<usize>(), 65_536);
}

#[test]
fn the_oldest_name_of_a_network_waits_for_256_further_ones() {
    let mut waiting = Waiting::default();
    (0..256).for_each(|name| assert_eq!(waiting.see(name, 1), 1));
    assert_eq!(waiting.see(0, 2), 2);
    waiting.see(256, 1);
    assert_eq!(waiting.see(0, 3), 1);
}

#[test]
fn readers_that_are_not_counted_vouch_for_no_name() {
    let mut bench = Bench::new("source");
    bench.fill(2_500);
    assert!((0..9).all(|_| !bench.hit("real.fr", None)));
    assert!(!bench.hit("real.fr", 1) && bench.hit("real.fr", 2));
}

#[test]
fn short_lists_and_tables_are_free_until_they_are_full() {
    let mut bench = Bench::new("device");
    assert!((0..10).all(|number| bench.hit(&number.to_string(), ATTACKER)));
    assert!(!bench.hit("too late", 1) && !bench.hit("too late", 2));
    // ISO 3166-1 has more codes than half of that list.
    let mut bench = Bench::new("country");
    assert!((0..249).all(|number| bench.hit(&number.to_string(), ATTACKER)));
    assert_eq!(bench.asked.get(), 0);
}
