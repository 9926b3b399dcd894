//! The breakdowns: each is one name in [`ALL`] and one value in a file here; journal, store, API,
//! files and pages walk the list.

mod campaign;
mod crossing;
mod deed;
mod known;
mod page;
mod place;
mod source;
mod sums;
mod technology;

use std::borrow::Cow;

use compact_str::CompactString;

use crate::model::{KindOfHit, Site, Words, address, legible};
use crate::privacy::{Raw, Values};
use crate::signal::{Software, Tables};

pub use crossing::{CROSSINGS, crossing};
pub use sums::{JOINED, Joined, WITHIN, Within};

/// Who may see a breakdown. It has no default: each dimension states its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Everybody, as far as `privacy::release` lets it out.
    Public,
    /// Signed-in staff alone.
    Staff,
    /// Everybody, and not even staff reads a line of fewer visitors than the threshold: what
    /// people typed.
    PublicAboveThreshold,
    /// Everybody, crossed with another one alone: by itself it has no table.
    Crossed,
    /// Nobody by itself: it is shown beside another one, as a title beside its page.
    Beside,
}

impl Exposure {
    /// May everybody ask for it?
    pub fn is_public(self) -> bool {
        matches!(self, Self::Public | Self::PublicAboveThreshold)
    }

    /// May everybody ask for it together with another one?
    pub fn is_public_crossed(self) -> bool {
        self.is_public() || self == Self::Crossed
    }
}

/// What a value is a property of. It decides which hits a line counts, and which of its figures
/// may be added to those of another line without counting anybody twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Of the visitor's key: each visitor has one value on a day, such as the country.
    Visitor,
    /// Of the visit: that of its first view, such as the source.
    Visit,
    /// Of the visit: the page of its first view.
    FirstPage,
    /// Of the visit: the page of its last view.
    LastPage,
    /// Of each hit: one value, such as the page.
    Hit,
    /// Of each hit: any number of values, such as the sections.
    HitSeveral,
    /// Of an event: one value at most, such as the document that was downloaded.
    Deed,
    /// Of an event: any number of values, such as its properties.
    DeedSeveral,
}

/// Where the values of a breakdown come from.
pub struct Subject<'a> {
    /// The request, closed but for its coarse answers.
    pub raw: &'a Raw,
    /// The site it is for.
    pub site: &'a Site,
    /// What it reports.
    pub kind: KindOfHit,
    /// What was done, if it reports an event.
    pub deed: Option<&'a Deed>,
    /// Its software, read once for all dimensions.
    pub software: &'a Software,
    /// The offline tables.
    pub tables: &'a Tables,
}

/// An event: what was done, and to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// `download`, `outbound`, `missing` or the name of a declared feature.
    pub name: CompactString,
    /// The scrubbed address of the link, for a download or an outbound link.
    pub target: Option<CompactString>,
    /// The scrubbed properties, `name=value`.
    pub properties: Vec<CompactString>,
}

/// The names of events that every site has, whatever it declares.
pub mod deed_names {
    /// A document was downloaded.
    pub const DOWNLOAD: &str = "download";
    /// A link to another site was followed.
    pub const OUTBOUND: &str = "outbound";
    /// A page was asked for that does not exist.
    pub const MISSING: &str = "missing";
    /// A feature was used whose name the site did not declare.
    pub const FEATURE: &str = "feature";
}

/// One breakdown. A new one answers every question: there is no default.
pub struct Dimension {
    /// Its number in journal and store; never changed, never used again; below [`CODES`].
    pub code: u8,
    /// Its name in addresses, columns and pages.
    pub name: &'static str,
    /// What it is, in one sentence for data dictionaries.
    pub description: Words,
    /// The columns that a value has; several where it names several things ([`BETWEEN`] them).
    pub columns: &'static [&'static str],
    /// Who may see it.
    pub exposure: Exposure,
    /// What its values are properties of.
    pub of: Of,
    /// Has every page view a value? Then its lines add up to those of the site.
    pub is_total: bool,
    /// Are its values paths, which mean something on one site only?
    pub is_path: bool,
    /// Are its values addresses, kept by their keys and shown in their readable form: paths, hosts,
    /// or names of sources, which may be hosts?
    pub is_address: bool,
    /// May a sender invent values without end? Not where they are of a short list, of a table or
    /// declared by the site.
    pub may_be_invented: bool,
    /// Distinct values kept on one site and day; all further ones are counted as [`OVERFLOW`].
    pub distinct_max: u32,
    /// Says the values of a hit.
    pub values: fn(&Subject<'_>, &mut Say<'_>),
}

/// Takes the values of a hit.
pub type Say<'a> = dyn FnMut(CompactString) + 'a;

/// Codes are below this.
pub const CODES: usize = 64;

/// Every breakdown.
pub const ALL: [&Dimension; 30] = [
    &page::PAGE,
    &page::ENTRY_PAGE,
    &page::EXIT_PAGE,
    &page::SECTION,
    &page::HOST,
    &page::TITLE,
    &source::SOURCE,
    &source::SOURCE_KIND,
    &place::COUNTRY,
    &place::REGION,
    &technology::DEVICE,
    &place::COUNTRY_DEVICE,
    &technology::BROWSER,
    &technology::BROWSER_VERSION,
    &technology::SYSTEM,
    &technology::SYSTEM_VERSION,
    &technology::SCREEN,
    &technology::LANGUAGE,
    &deed::EVENT,
    &deed::DOWNLOAD,
    &deed::OUTLINK,
    &deed::MISSING,
    &deed::MISSING_FROM,
    &deed::SEARCH,
    &deed::PROPERTY,
    &campaign::SOURCE,
    &campaign::MEDIUM,
    &campaign::NAME,
    &campaign::CONTENT,
    &campaign::TERM,
];

/// The page's code: live figures and the first and last page of a visit are made of it.
pub const PAGE: u8 = page::PAGE.code;

/// The code of the first page of a visit.
pub const ENTRY_PAGE: u8 = page::ENTRY_PAGE.code;

/// The code of the last page of a visit.
pub const EXIT_PAGE: u8 = page::EXIT_PAGE.code;

/// The code of page titles: lines of path and title, of which the store keeps the latest title.
pub const TITLE: u8 = page::TITLE.code;

/// The codes of breakdowns that earlier versions wrote. They are never used again.
pub const RETIRED_CODES: [u8; 1] = [8];

/// The line that counts what came after a site's distinct values of the day were full.
pub const OVERFLOW: &str = ":overflow";

/// The value where a table knows nothing.
pub const UNKNOWN: &str = ":unknown";

/// The source of a visit that came from nowhere on the web.
pub const DIRECT: &str = ":direct";

/// Between the two halves of a value that names two things: a character that no address and no
/// scrubbed text has.
pub const BETWEEN: char = '\t';

/// Values of most hits: a view has 13 and, if it is in a section or has a title, one or two more.
const VALUES_LIKELY: usize = 16;

/// The values of every dimension for this hit.
pub fn values(subject: &Subject<'_>) -> Values {
    let mut values = Values::with_capacity(VALUES_LIKELY);
    for (place, dimension) in ALL.iter().enumerate() {
        (dimension.values)(subject, &mut |value| values.push((place as u8, value)));
    }
    values
}

/// The dimension of this name.
pub fn named(name: &str) -> Option<&'static Dimension> {
    ALL.into_iter().find(|dimension| dimension.name == name)
}

/// The dimension of this code.
pub fn coded(code: u8) -> Option<&'static Dimension> {
    ALL.into_iter().find(|dimension| dimension.code == code)
}

impl Dimension {
    /// A kept value as people read it; [`Dimension::key`] leads back.
    pub fn readable<'a>(&self, value: &'a str) -> Cow<'a, str> {
        if self.is_address { of_parts(value, address::readable) } else { Cow::Borrowed(value) }
    }

    /// The value as it is kept, from either form.
    pub fn key(&self, value: &str) -> String {
        if !self.is_address {
            return legible::composed(value).into_owned();
        }
        of_parts(value, |part| Cow::Owned(address::key(part))).into_owned()
    }

    /// A kept value in the form that a search looks into, with what [`Dimension::searched`] makes
    /// of the words.
    pub fn searchable<'a>(&self, value: &'a str) -> Cow<'a, str> {
        if self.is_address { of_parts(value, address::searchable) } else { Cow::Borrowed(value) }
    }

    /// A piece of a value that is looked for, in either form.
    pub fn searched(&self, piece: &str) -> String {
        if self.is_address {
            of_parts(piece, |part| Cow::Owned(address::searched(part))).into_owned()
        } else {
            legible::composed(piece).into_owned()
        }
    }
}

/// Makes something of each of the things that a value names.
fn of_parts<'a>(value: &'a str, made: impl Fn(&'a str) -> Cow<'a, str>) -> Cow<'a, str> {
    if !value.contains(BETWEEN) {
        return made(value);
    }
    let parts: Vec<_> = value.split(BETWEEN).map(made).collect();
    Cow::Owned(parts.join(BETWEEN.encode_utf8(&mut [0; 4])))
}

impl Of {
    /// Are these values of events alone?
    pub fn is_of_deeds(self) -> bool {
        matches!(self, Self::Deed | Self::DeedSeveral)
    }

    /// Is the value decided for the whole visit?
    pub fn is_of_visits(self) -> bool {
        matches!(self, Self::Visit | Self::FirstPage | Self::LastPage)
    }

    /// May visitors of several values be added up?
    pub fn visitors_add_up(self) -> bool {
        self == Self::Visitor
    }

    /// May visits and bounces of several values be added up?
    pub fn visits_add_up(self) -> bool {
        self == Self::Visitor || self.is_of_visits()
    }

    /// May bounces of several values be added up? A bounce has one view, and so one page.
    pub fn bounces_add_up(self) -> bool {
        self.hits_add_up()
    }

    /// May views, events and reading time of several values be added up?
    pub fn hits_add_up(self) -> bool {
        !matches!(self, Self::HitSeveral | Self::DeedSeveral)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_each_used_once() {
        let mut codes: Vec<_> = ALL.iter().map(|dimension| dimension.code).collect();
        codes.extend(RETIRED_CODES);
        let mut names: Vec<_> = ALL.iter().map(|dimension| dimension.name).collect();
        codes.sort_unstable();
        codes.dedup();
        names.sort_unstable();
        names.dedup();
        let count = ALL.len();
        assert_eq!((codes.len(), names.len()), (count + RETIRED_CODES.len(), count));
        assert!(!codes.contains(&0), "0 is the whole site");
        assert!(codes.iter().all(|code| usize::from(*code) < CODES));
    }

    #[test]
    fn the_page_is_the_first_value_of_a_hit() {
        assert_eq!(ALL[0].code, PAGE);
    }
}
