//! What was let out, as it is kept: so that it is the same for ever, however it was counted.
//!
//! A kept table is one byte for the layout, then the fields of [`Kept`] in postcard's form, packed
//! by zstd where that is worth it. It holds published figures alone.

use serde::{Deserialize, Serialize};

use crate::model::{Metric, MetricValue};
use crate::privacy::ROUNDED_TO;
use crate::privacy::release::counts::Heading;
use crate::privacy::release::published::{ConfStatus, Figure, ObsStatus, Published, PublishedLine};

/// The code of a line that was not collected; those of lines that are withheld are below it.
const NOT_COLLECTED: u8 = 3;

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

/// A table may be this long once it is unpacked: ten million lines of a hundred bytes.
const PLAIN_BYTES_MAX: usize = 1 << 30;

/// A kept table cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a released table cannot be read; restore a backup")]
pub struct KeptError;

/// The fields of a table. Figures are counted in tens; a ratio is one more than itself, and 0 where
/// there is none.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    visitors_min: u64,
    state: u8,
    remainder: u8,
    labels: Vec<String>,
    seconds: Vec<String>,
    /// Of each line: 0 if it is shown, else its code.
    codes: Vec<u8>,
    /// Of each line that is shown: the figures, in the order of [`Metric::ALL`].
    figures: Vec<u64>,
}

fn conf_number(code: ConfStatus) -> u8 {
    match code {
        ConfStatus::Free => 0,
        ConfStatus::SmallCount => 1,
        ConfStatus::Secondary => 2,
    }
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
    let mut kept = Kept {
        visitors_min: published.visitors_min,
        state: match published {
            Published { not_collected: true, .. } => WITHOUT_COLLECTOR,
            Published { provisional: true, .. } => PROVISIONAL,
            _ => FINAL,
        },
        remainder: published.remainder.map_or(0, conf_number),
        ..Kept::default()
    };
    let is_crossed = published.lines.iter().any(|line| !line.second.is_empty());
    for line in &published.lines {
        kept.labels.push(line.label.clone());
        if is_crossed {
            kept.seconds.push(line.second.clone());
        }
        let is_collected = line.obs_status != ObsStatus::NotCollected;
        kept.codes.push(if is_collected { conf_number(line.conf_status) } else { NOT_COLLECTED });
        if is_collected && !line.is_withheld() {
            kept.figures.extend(line.figures.iter().map(|figure| match figure {
                Figure::Rounded(figure) => figure / ROUNDED_TO,
                Figure::Ratio(ratio) => ratio.map_or(0, |ratio| ratio + 1),
                Figure::Withheld => 0,
            }));
        }
    }
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
            let plain = zstd::bulk::decompress(packed, length).map_err(|_| KeptError)?;
            match plain.split_first() {
                Some((&PLAIN, fields)) => read(fields, heading),
                _ => Err(KeptError),
            }
        }
        _ => Err(KeptError),
    }
}

fn read(fields: &[u8], heading: Heading) -> Result<Published, KeptError> {
    let kept: Kept = postcard::from_bytes(fields).map_err(|_| KeptError)?;
    if kept.state > WITHOUT_COLLECTOR {
        return Err(KeptError);
    }
    let provisional = kept.state == PROVISIONAL;
    let mut figures = kept.figures.chunks_exact(Metric::ALL.len());
    let mut seconds = kept.seconds.into_iter();
    let mut lines = Vec::with_capacity(kept.labels.len());
    for (label, code) in kept.labels.into_iter().zip(kept.codes) {
        let second = seconds.next().unwrap_or_default();
        if code == NOT_COLLECTED {
            lines.push(PublishedLine::not_collected(label, second));
            continue;
        }
        let conf_status = conf_of(code)?;
        if conf_status != ConfStatus::Free {
            lines.push(PublishedLine::withheld(label, second, conf_status));
            continue;
        }
        let figures = figures.next().ok_or(KeptError)?;
        let obs_status = if provisional { ObsStatus::Provisional } else { ObsStatus::Normal };
        let figures = std::array::from_fn(|place| figure(Metric::ALL[place], figures[place]));
        lines.push(PublishedLine { label, second, figures, obs_status, conf_status });
    }
    Ok(Published {
        heading,
        lines,
        remainder: (kept.remainder != 0).then(|| conf_of(kept.remainder)).transpose()?,
        provisional,
        not_collected: kept.state == WITHOUT_COLLECTOR,
        visitors_min: kept.visitors_min,
    })
}

fn figure(metric: Metric, kept: u64) -> Figure {
    // Which metrics are ratios is asked of a line of nothing.
    match metric.of(&crate::model::Measures::default()) {
        MetricValue::Count(_) => Figure::Rounded(kept * ROUNDED_TO),
        MetricValue::Ratio(_) => Figure::Ratio(kept.checked_sub(1)),
    }
}
