//! What was let out, as it is kept: so that it is the same for ever, however it was counted.
//!
//! A kept table is one byte for the layout, then the fields of [`Kept`] in postcard's form, packed
//! by zstd where that is worth it. It holds published figures alone.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use zstd::bulk::Decompressor;

use crate::privacy::release::counts::Heading;
use crate::privacy::release::figure::ConfStatus;
use crate::privacy::release::lines::{Lines, code_of};
use crate::privacy::release::published::Published;

/// The states of a table.
const FINAL: u8 = 0;
const PROVISIONAL: u8 = 1;
const WITHOUT_COLLECTOR: u8 = 2;

/// The layout of a table that is not packed, and of one that is.
const PLAIN: u8 = 1;
const PACKED: u8 = 2;

/// A table longer than this is packed: below it the frame takes more than it saves.
const PACKED_BYTES_MIN: usize = 400;

/// zstd's own default level; higher ones save a few hundredths.
const LEVEL: i32 = 3;

thread_local! {
    /// What zstd needs to unpack: making it takes as long as unpacking a small table, and an answer
    /// may need hundreds.
    static UNPACKING: RefCell<Option<Decompressor<'static>>> =
        RefCell::new(Decompressor::new().ok());
}

/// A table may be this long once it is unpacked: ten million lines of a hundred bytes.
const PLAIN_BYTES_MAX: usize = 1 << 30;

/// A kept table cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a released table cannot be read; restore a backup")]
pub struct KeptError;

/// The fields of a table.
#[derive(Serialize, Deserialize)]
struct Kept<L> {
    visitors_min: u64,
    state: u8,
    remainder: u8,
    lines: L,
}

fn conf_of(number: u8) -> Result<ConfStatus, KeptError> {
    match number {
        0 => Ok(ConfStatus::Free),
        1 => Ok(ConfStatus::SmallCount),
        2 => Ok(ConfStatus::Secondary),
        _ => Err(KeptError),
    }
}

/// A table as bytes.
pub fn keep(published: &Published) -> Result<Vec<u8>, KeptError> {
    let kept = Kept {
        visitors_min: published.visitors_min,
        state: match published {
            Published { not_collected: true, .. } => WITHOUT_COLLECTOR,
            Published { provisional: true, .. } => PROVISIONAL,
            _ => FINAL,
        },
        remainder: published.remainder.map_or(0, code_of),
        lines: &published.lines,
    };
    let mut bytes = vec![PLAIN];
    bytes.extend(postcard::to_stdvec(&kept).map_err(|_| KeptError)?);
    if bytes.len() >= PACKED_BYTES_MIN {
        let length = bytes.len() as u64;
        let packed = zstd::bulk::compress(&bytes, LEVEL).map_err(|_| KeptError)?;
        bytes = vec![PACKED];
        bytes.extend(length.to_le_bytes());
        bytes.extend(packed);
    }
    Ok(bytes)
}

/// The table of these bytes. What it is about is kept beside it.
pub fn reopen(bytes: &[u8], heading: Heading) -> Result<Published, KeptError> {
    match bytes.split_first() {
        Some((&PLAIN, fields)) => read(fields, heading),
        Some((&PACKED, rest)) => {
            let (length, packed) = rest.split_first_chunk().ok_or(KeptError)?;
            let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| KeptError)?;
            if length > PLAIN_BYTES_MAX {
                return Err(KeptError);
            }
            let plain = UNPACKING.with_borrow_mut(|unpacking| match unpacking {
                Some(unpacking) => unpacking.decompress(packed, length).map_err(|_| KeptError),
                None => Err(KeptError),
            })?;
            match plain.split_first() {
                Some((&PLAIN, fields)) => read(fields, heading),
                _ => Err(KeptError),
            }
        }
        _ => Err(KeptError),
    }
}

fn read(fields: &[u8], heading: Heading) -> Result<Published, KeptError> {
    let kept: Kept<Lines> = postcard::from_bytes(fields).map_err(|_| KeptError)?;
    if kept.state > WITHOUT_COLLECTOR || !kept.lines.are_whole() {
        return Err(KeptError);
    }
    Ok(Published {
        heading,
        lines: kept.lines,
        remainder: (kept.remainder != 0).then(|| conf_of(kept.remainder)).transpose()?,
        provisional: kept.state == PROVISIONAL,
        not_collected: kept.state == WITHOUT_COLLECTOR,
        visitors_min: kept.visitors_min,
    })
}
