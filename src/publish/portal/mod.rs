//! The portal: everything that is published under one roof, each part found by its address, for the
//! running service and for a folder of files alike.

mod counted;
mod declaration;
mod described;
mod document;
mod entries;
mod feed;
mod folder;
mod index;
mod indicators;
mod place;
mod registers;
mod source;

pub use counted::Counted;
pub use declaration::{Declaration, Fault, dataset, is_plain, judge};
pub use described::portal;
pub use document::{Document, document, documents};
pub use entries::folder_of;
pub use folder::{Written, write_folder};
pub use indicators::{Indicator, Said, indicators};
pub use registers::{Register, datasets_of};
pub use source::{Publisher, Source};
