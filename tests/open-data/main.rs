//! The catalogue of a small portal that has every kind of column and file.

mod catalogue;
mod files;
mod portal;
