//! Which new names of a site's day get a line of their own.
//!
//! All of them, until a list is half full. From then on those that were published before, and those
//! that came from several networks: the fuller the list, the more. So invented names of one sender
//! fill no more than the first half, however many they are and however early they come.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};

use compact_str::CompactString;
use hashbrown::{HashMap, HashSet};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::dimension::{Dimension, OVERFLOW};
use crate::model::{NetworkSet, SiteId, SiteIdentity};
use crate::store::{NAMES_DAYS, Store, StoreError};

/// How many networks a new name needs once so many eighths of its list are taken. Two are a second
/// person, mostly; five are more than a person has in a day (home, office, some of a carrier).
const NETWORKS_FROM_EIGHTHS: [(usize, u32); 3] = [(7, 5), (6, 3), (4, 2)];

/// Names of one network of readers that wait for a second one; a further one displaces the oldest
/// of the same network, so that nobody displaces what others asked for. With 256 buckets of
/// networks at most 65,536 names wait on a day, in 6 MB.
const WAITING_OF_NETWORK_MAX: usize = 256;

/// After so many new names the store is asked again what was published, if it could not say.
const ASK_AGAIN_NAMES: u32 = 1_024;

/// Says which names of a breakdown were published of a site before the day.
pub type PublishedBefore<'a> = dyn Fn(SiteIdentity, u8) -> Result<HashSet<String>, StoreError> + 'a;

/// The names of a breakdown that were published of a site in the two months before a day.
pub fn published_before(
    store: &dyn Store,
    day: Date,
    site: SiteIdentity,
    dimension: u8,
) -> Result<HashSet<String>, StoreError> {
    let site = store.sites()?.into_iter().find(|one| one.identity == site);
    let Some(site) = site else { return Ok(HashSet::new()) };
    let from = day.saturating_sub(NAMES_DAYS.days());
    store.released_labels(&site, (dimension, 0), from)
}

/// The names of one breakdown of a site that have a line of their own, and their numbers.
#[derive(Clone, Default)]
pub struct NameList {
    numbers: HashMap<CompactString, u32>,
    /// The hashes of those published before, once the store was asked.
    published: Option<HashSet<u64>>,
    /// So many new names pass before the store is asked again.
    unasked_names: u32,
}

impl NameList {
    /// The number of a name that has one.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// Notes the number of a name.
    pub fn insert(&mut self, name: CompactString, number: u32) {
        self.numbers.insert(name, number);
    }

    /// Names that have a line; that of all others does not count.
    fn len(&self) -> usize {
        self.numbers.len() - usize::from(self.numbers.contains_key(OVERFLOW))
    }
}

/// A new name, and who sent it.
pub struct NewName<'a> {
    /// The site, as the day's file numbers it.
    pub site: SiteId,
    /// The same in the store.
    pub identity: SiteIdentity,
    /// The breakdown.
    pub dimension: &'static Dimension,
    /// The name.
    pub text: &'a str,
    /// The bucket of the sender's network, if the sender is known.
    pub bucket: Option<u8>,
}

/// Decides about the new names of one day.
#[derive(Default)]
pub struct Admission {
    hashes: RandomState,
    waiting: Waiting,
}

impl Admission {
    /// Does a new name get a line of its own?
    pub fn admits(
        &mut self,
        list: &mut NameList,
        name: &NewName<'_>,
        published_before: &PublishedBefore<'_>,
    ) -> bool {
        let (held, most) = (list.len(), name.dimension.distinct_max as usize);
        if !name.dimension.may_be_invented {
            return held < most;
        }
        let needed = networks_needed(held, most);
        if needed == Some(0) {
            return true;
        }
        let hash = self.hash(name, name.text);
        if self.was_published(list, name, hash, published_before) {
            return true;
        }
        let Some((needed, bucket)) = needed.zip(name.bucket) else { return false };
        let is_admitted = self.waiting.see(hash, bucket) >= needed;
        if is_admitted {
            self.waiting.forget(hash);
        }
        is_admitted
    }

    fn was_published(
        &self,
        list: &mut NameList,
        name: &NewName<'_>,
        hash: u64,
        published_before: &PublishedBefore<'_>,
    ) -> bool {
        if list.published.is_none() && list.unasked_names > 0 {
            list.unasked_names -= 1;
        } else if list.published.is_none() {
            match published_before(name.identity, name.dimension.code) {
                Ok(names) => {
                    let hashes = names.iter().map(|text| self.hash(name, text));
                    list.published = Some(hashes.collect());
                }
                Err(error) => {
                    tracing::error!("which names were published before is not known: {error}");
                    list.unasked_names = ASK_AGAIN_NAMES;
                }
            }
        }
        list.published.as_ref().is_some_and(|published| published.contains(&hash))
    }

    fn hash(&self, name: &NewName<'_>, text: &str) -> u64 {
        self.hashes.hash_one((name.site.0, name.dimension.code, text))
    }
}

/// From how many networks a new name has to come where so many of a list's places are taken;
/// nothing where all are.
fn networks_needed(held: usize, most: usize) -> Option<u32> {
    if held >= most {
        return None;
    }
    let step = NETWORKS_FROM_EIGHTHS.iter().find(|(eighths, _)| held * 8 >= most * eighths);
    Some(step.map_or(0, |(_, networks)| *networks))
}

/// Names without a line of their own, by their hashes, and the networks that they came from.
#[derive(Default)]
struct Waiting {
    networks: HashMap<u64, NetworkSet>,
    /// The names that each network was the first to send, from the oldest.
    begun: HashMap<u8, VecDeque<u64>>,
}

impl Waiting {
    /// Notes that a name came from a network; from how many it came.
    fn see(&mut self, name: u64, bucket: u8) -> u32 {
        if !self.networks.contains_key(&name) {
            let begun = self.begun.entry(bucket).or_default();
            if begun.len() >= WAITING_OF_NETWORK_MAX
                && let Some(oldest) = begun.pop_front()
            {
                self.networks.remove(&oldest);
            }
            begun.push_back(name);
        }
        let networks = self.networks.entry(name).or_default();
        networks.insert(bucket);
        networks.count()
    }

    /// It has a line now.
    fn forget(&mut self, name: u64) {
        self.networks.remove(&name);
    }
}

#[cfg(test)]
mod tests;
