//! A table as every format writes it: what its columns are, what it is about, and its rows one by
//! one, so that a file of a million rows takes no more memory than one of ten.

use std::io;

use jiff::Timestamp;

use crate::model::Words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number that is not negative.
    Integer,
    /// A number with decimals.
    Number,
    /// Yes or no.
    Boolean,
    /// A calendar date, `2026-11-22`.
    Date,
    /// A moment with its offset, `2026-11-22T10:00:00Z`.
    Moment,
    /// One of a few codes, each with its meaning.
    Code(&'static [(&'static str, Words)]),
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name: English, lower case, words joined by `_`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its name for people.
    pub title: Words,
    /// What it means, with its unit.
    pub description: Words,
    /// May it be empty? Then the column that says why is named in the description.
    pub may_be_empty: bool,
}

/// The columns of a dataset: the same in every file of it.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The dataset's name in addresses.
    pub dataset: &'static str,
    /// Its name for people.
    pub title: Words,
    /// What it is, in a sentence or two.
    pub description: Words,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The names of the columns that together tell every row apart.
    pub primary_key: Vec<&'static str>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: another column of the row says why.
    Nothing,
    /// Of a column of texts, dates, moments or codes.
    Text(String),
    /// Of a column of whole numbers.
    Integer(u64),
    /// Of a column of numbers.
    Number(f64),
    /// Of a column of yes and no.
    Boolean(bool),
}

/// One row, in the order of the columns.
pub type Row = Vec<Value>;

/// Rows, one after the other.
pub type Rows<'a> = dyn Iterator<Item = io::Result<Row>> + 'a;

/// What a file says of itself, in the formats that have room for it.
#[derive(Clone, Debug)]
pub struct Head {
    /// Whose figures: a host, the name of an organisation, or `all`.
    pub about: String,
    /// A day, month or year as in the file's address; nothing for registers.
    pub period: Option<String>,
    /// The zone of its days; nothing where there are several.
    pub time_zone: Option<String>,
    /// Which revision, from 1; 0 while the file is provisional.
    pub revision: u32,
    /// When it was released; nothing while it is provisional.
    pub released: Option<Timestamp>,
    /// Why there is this revision, if it is not the first.
    pub reason: Option<String>,
    /// The program that wrote it, with its version.
    pub generator: String,
    /// The version of the rules of disclosure control.
    pub rule: &'static str,
    /// How the days were collected, by commas.
    pub method: String,
    /// The licence, by its SPDX identifier.
    pub licence: String,
    /// Are the figures invented to show the product?
    pub synthetic: bool,
}

/// One kind of file.
pub trait Format: Sync {
    /// Its extension in addresses, such as `csv` or `tableur.csv`.
    fn extension(&self) -> &'static str;
    /// Its media type.
    fn media_type(&self) -> &'static str;
    /// What it is good for, in a few words.
    fn title(&self) -> Words;
    /// Writes a table in it, row by row.
    fn write(
        &self,
        head: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()>;
}
