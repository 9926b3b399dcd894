//! The catalogue of a portal that has every kind of column and file, written into a folder that
//! the validators of `npm test` read.

mod catalogue;
mod files;
mod portal;
