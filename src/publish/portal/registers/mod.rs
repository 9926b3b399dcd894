//! The registers as files: breaks, methods, sites, re-uses, downloads, indicators and releases,
//! each made anew when it is asked for, row by row.

mod releases;

use std::io;
use std::sync::{Arc, LazyLock};

use crate::model::Site;
use crate::privacy::RELEASE_RULE;
use crate::publish::beside;
use crate::publish::catalogue::{Collection, Portal};
use crate::publish::packed::packed;
use crate::publish::portal::indicators;
use crate::publish::portal::source::Source;
use crate::publish::table::{Format, Head, Row, Schema};
use crate::publish::{ALL, GENERATOR, LICENCE, PublishError};
use crate::store::ReleasedFile;

/// The folder of the registers.
pub const FOLDER: &str = "/data";

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Moments after which figures do not compare with those before.
    Breaks,
    /// The ways of counting.
    Methods,
    /// The sites that are measured.
    Sites,
    /// What others made of the figures.
    Reuses,
    /// How often the files were downloaded.
    FileDownloads,
    /// What there is of everything.
    Indicators,
    /// Every release with its files.
    Releases,
}

/// Every register.
pub const REGISTERS: [Register; 7] = [
    Register::Breaks,
    Register::Methods,
    Register::Sites,
    Register::Reuses,
    Register::FileDownloads,
    Register::Indicators,
    Register::Releases,
];

/// The registers of the catalogue. That of the releases is beside it: it is as long as everything
/// that was ever published, and changes with each release.
pub const DESCRIBED: [Register; 6] = [
    Register::Breaks,
    Register::Methods,
    Register::Sites,
    Register::Reuses,
    Register::FileDownloads,
    Register::Indicators,
];

impl Register {
    /// The register of this name.
    pub fn named(name: &str) -> Option<Self> {
        REGISTERS.into_iter().find(|one| one.name() == name)
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaks => "breaks",
            Self::Methods => "methods",
            Self::Sites => "sites",
            Self::Reuses => "reuses",
            Self::FileDownloads => "file_downloads",
            Self::Indicators => "indicators",
            Self::Releases => "releases",
        }
    }

    /// Its columns.
    fn schema(self) -> Schema {
        match self {
            Self::Breaks => beside::break_schema(),
            Self::Methods => beside::method_schema(),
            Self::Sites => beside::site_schema(),
            Self::Reuses => beside::reuse_schema(),
            Self::FileDownloads => beside::download_schema(),
            Self::Indicators => indicators::schema(),
            Self::Releases => releases::schema(),
        }
    }
}

/// How many datasets the catalogue names: those of figures that have files, and the registers.
pub fn datasets_of(portal: &Portal<'_>) -> u64 {
    let has_figures = |one: &&Collection<'_>| one.path != FOLDER;
    let figures = portal.collections.iter().filter(has_figures).flat_map(|one| &one.datasets);
    let with_files = figures.filter(|dataset| !dataset.distributions.is_empty());
    (with_files.count() + DESCRIBED.len()) as u64
}

/// The schema of a register, which lives as long as the program.
pub fn register_schema(register: Register) -> &'static Schema {
    static SCHEMAS: LazyLock<[Schema; REGISTERS.len()]> =
        LazyLock::new(|| REGISTERS.map(Register::schema));
    &SCHEMAS[register as usize]
}

/// A register as a packed file: of all sites, or of the one that is given. The catalogue, which
/// describes the registers, says how many datasets it has.
pub fn register(
    source: &Source<'_>,
    (register, datasets): (Register, u64),
    of: Option<&Arc<Site>>,
    format: &dyn Format,
) -> Result<(ReleasedFile, Vec<u8>), PublishError> {
    let sites = of.map_or(source.sites, std::slice::from_ref);
    let head = Head {
        about: of.map_or(ALL.to_owned(), |site| site.host.to_string()),
        period: None,
        time_zone: of.map(|site| site.zone.name().to_owned()),
        revision: 0,
        released: None,
        reason: None,
        generator: GENERATOR.to_owned(),
        rule: RELEASE_RULE,
        method: String::new(),
        licence: of.map_or(LICENCE, |site| site.rules.licence.name()).to_owned(),
        synthetic: sites.iter().any(|site| site.synthetic),
    };
    let schema = register_schema(register);
    let mut rows: Box<dyn Iterator<Item = io::Result<Row>> + '_> = match register {
        Register::Breaks => Box::new(beside::break_rows(source.store, sites)),
        Register::Methods => Box::new(beside::method_rows()),
        Register::Sites => Box::new(beside::site_rows(source.store, sites, source.now)),
        Register::Reuses => Box::new(beside::reuse_rows(source.store)),
        Register::FileDownloads => Box::new(beside::download_rows(source.store, source.now)),
        Register::Indicators => Box::new(indicators::rows(source, datasets)?),
        Register::Releases => Box::new(releases::rows(source)),
    };
    Ok(packed(format, &head, schema, &mut *rows)?)
}
