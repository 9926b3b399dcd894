//! Files that laws and other governments' sites ask for, in their own words: made of released
//! tables alone, as all others are.

mod sdg;

pub use sdg::{Sdg, SdgNote, SdgPayload, sdg};
