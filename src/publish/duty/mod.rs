//! Files that laws and other governments' sites ask for, in their own words: made of released
//! tables alone, as all others are.

mod report;
mod sdg;
mod usa;

pub use sdg::{Sdg, SdgNote, SdgPayload, sdg};
pub use usa::{Agency, Usa, report_names, usa};
