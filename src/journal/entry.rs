//! One hit as it lies in the journal, and the texts it names, each standing once with a number.

use compact_str::CompactString;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

use crate::dimension;
use crate::journal::names::{Admission, NameList, NewName, PublishedBefore};
use crate::model::{KindOfHit, SiteId};
use crate::privacy::{Hit, NO_VISITOR};

/// One hit as it lies in the journal: about 40 bytes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Seconds since the day began; never less than those of the entry before.
    pub second: u32,
    /// The site's number in the file.
    pub site: u32,
    visitor: [u8; 8],
    /// The hash of the idempotency key.
    pub key: Option<[u8; 8]>,
    kind: u8,
    reading_seconds: u16,
    /// The numbers of its values in the file's table. 0 is none: earlier versions wrote a place
    /// for every dimension.
    values: Vec<u32>,
    bucket: Option<u8>,
}

/// The same as versions wrote it that knew no buckets.
#[derive(Deserialize)]
struct EntryWithoutBucket {
    second: u32,
    site: u32,
    visitor: [u8; 8],
    key: Option<[u8; 8]>,
    kind: u8,
    reading_seconds: u16,
    values: Vec<u32>,
}

impl From<EntryWithoutBucket> for Entry {
    fn from(entry: EntryWithoutBucket) -> Self {
        let EntryWithoutBucket { second, site, visitor, key, kind, reading_seconds, values } =
            entry;
        Self { second, site, visitor, key, kind, reading_seconds, values, bucket: None }
    }
}

/// How the entries of a batch are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// By a version that knew no buckets.
    WithoutBuckets,
    /// As this version packs them.
    WithBuckets,
}

/// Unpacks a batch; tells whether it could be read to its end.
pub fn unpack(mut packed: &[u8], packing: Packing, entries: &mut Vec<Entry>) -> bool {
    while !packed.is_empty() {
        let read = match packing {
            Packing::WithBuckets => postcard::take_from_bytes(packed),
            Packing::WithoutBuckets => postcard::take_from_bytes::<EntryWithoutBucket>(packed)
                .map(|(entry, rest)| (entry.into(), rest)),
        };
        let Ok((entry, rest)) = read else { return false };
        entries.push(entry);
        packed = rest;
    }
    true
}

impl Entry {
    /// The bucket of the visitor's network, if it is known.
    pub fn bucket(&self) -> Option<u8> {
        self.bucket
    }

    /// What the hit reports.
    pub fn kind(&self) -> KindOfHit {
        match self.kind {
            0 => KindOfHit::View,
            1 => KindOfHit::Event,
            _ => KindOfHit::Reading(self.reading_seconds),
        }
    }

    /// The visitor's key, unless the hit is counted without one.
    pub fn visitor(&self) -> Option<[u8; 8]> {
        (self.visitor != NO_VISITOR).then_some(self.visitor)
    }

    /// The numbers of its values.
    pub fn values(&self) -> impl Iterator<Item = u32> {
        self.values.iter().copied().filter(|&number| number != 0)
    }

    /// Names other values in the place of some, each once.
    pub fn replace_values(&mut self, other: impl Fn(u32) -> u32) {
        let mut values = Vec::with_capacity(self.values.len());
        for number in self.values().map(other) {
            if !values.contains(&number) {
                values.push(number);
            }
        }
        self.values = values;
    }
}

/// A text of the journal.
#[derive(Clone)]
pub struct Value {
    /// Its number in the day.
    pub id: u32,
    /// The site it stands for, by its number in the file.
    pub site: SiteId,
    /// The dimension's code.
    pub dimension: u8,
    /// The text.
    pub text: CompactString,
}

/// The texts of one day and their numbers.
pub struct Numbers {
    /// By site, and by the dimension's place in the list of all.
    known: HashMap<SiteId, Vec<NameList>>,
    admission: Admission,
    next: u32,
    added: Vec<Value>,
}

impl Default for Numbers {
    fn default() -> Self {
        let admission = Admission::default();
        Self { known: HashMap::new(), admission, next: 1, added: Vec::new() }
    }
}

impl Numbers {
    /// Takes note of a text that has its number already.
    pub fn learn(&mut self, value: Value) {
        let place = dimension::ALL.iter().position(|known| known.code == value.dimension);
        if let Some(place) = place {
            let known = self.known.entry(value.site).or_insert_with(no_texts);
            known[place].insert(value.text, value.id);
        }
        self.next = self.next.max(value.id + 1);
    }

    /// The texts that were numbered since the last call.
    pub fn take_added(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.added)
    }

    /// The hit as an entry. What was published before is asked for once a list is half full.
    pub fn entry(
        &mut self,
        hit: &Hit,
        site: SiteId,
        second: u32,
        published_before: &PublishedBefore<'_>,
    ) -> Entry {
        let (kind, reading_seconds) = match hit.kind {
            KindOfHit::View => (0, 0),
            KindOfHit::Event => (1, 0),
            KindOfHit::Reading(seconds) => (2, seconds),
        };
        let mut values = Vec::with_capacity(hit.values.len());
        let Self { known, admission, next, added } = self;
        let known = known.entry(site).or_insert_with(no_texts);
        for (place, text) in &hit.values {
            let place = usize::from(*place);
            let list = &mut known[place];
            let number = list.number(text).unwrap_or_else(|| {
                let (dimension, identity) = (dimension::ALL[place], hit.site_identity);
                let bucket = hit.bucket();
                let name = NewName { site, identity, dimension, text, bucket };
                let is_admitted = admission.admits(list, &name, published_before);
                let text = if is_admitted { text.as_str() } else { dimension::OVERFLOW };
                let (text, dimension) = (text.into(), dimension.code);
                number_of(list, Value { id: *next, site, dimension, text }, next, added)
            });
            // Two values of one hit may be the same, or both be counted as overflow.
            if !values.contains(&number) {
                values.push(number);
            }
        }
        Entry {
            second,
            site: site.0,
            visitor: hit.visitor(),
            key: hit.key,
            kind,
            reading_seconds,
            values,
            bucket: hit.bucket(),
        }
    }
}

fn no_texts() -> Vec<NameList> {
    vec![NameList::default(); dimension::ALL.len()]
}

/// The number of a text, which is the next one if it has none.
fn number_of(list: &mut NameList, value: Value, next: &mut u32, added: &mut Vec<Value>) -> u32 {
    if let Some(number) = list.number(&value.text) {
        return number;
    }
    let number = value.id;
    *next += 1;
    list.insert(value.text.clone(), number);
    added.push(value);
    number
}
