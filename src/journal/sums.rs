//! The checksums of a journal's rows: CRC-32 finds every change within four bytes, wherever it is.

use crc32fast::Hasher;

use crate::journal::entry::Packing;
use crate::model::SiteIdentity;

/// The sum of a batch: its place in the file, and its packed entries. Those that are packed
/// otherwise have another one, and so the sum says how they are.
pub fn of_batch(row: i64, entries: &[u8], packing: Packing) -> u32 {
    let mut sum = Hasher::new();
    match packing {
        Packing::WithoutBuckets => {}
        Packing::WithBuckets => sum.update(&[1]),
    }
    sum.update(&row.to_le_bytes());
    sum.update(entries);
    sum.finalize()
}

/// The sum of a text with all that is said of it.
pub fn of_value(number: u32, site: u32, dimension: u8, text: &str) -> u32 {
    let mut sum = Hasher::new();
    sum.update(&number.to_le_bytes());
    sum.update(&site.to_le_bytes());
    sum.update(&[dimension]);
    sum.update(text.as_bytes());
    sum.finalize()
}

/// The sum of a site's number in the file and its identity.
pub fn of_site(number: u32, identity: SiteIdentity) -> u32 {
    let mut sum = Hasher::new();
    sum.update(&number.to_le_bytes());
    sum.update(&identity.0.to_le_bytes());
    sum.finalize()
}
