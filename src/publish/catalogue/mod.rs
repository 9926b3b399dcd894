//! The catalogue of what is published, in the four ways that portals and programs read: Data
//! Package, CSVW, DCAT-AP and schema.org. All are written from the one description below.

pub mod csvw;
pub mod datapackage;
pub mod dcat;
pub mod schema_org;

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::model::Words;
use crate::publish::table::Schema;

/// What identifies the catalogue itself, below the address of the service.
const CATALOGUE: &str = "/data/#catalog";

/// A text in French and English that is put together while running.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// The same text in French and English.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The text in one of its languages.
    pub fn said_in(&self, language: Language) -> &str {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self::new(words.fr, words.en)
    }
}

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// Its tag, as in `lang="fr"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// What kind of body an organisation is, by the list of the European profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentKind {
    /// Of a state.
    NationalAuthority,
    /// Of a region.
    RegionalAuthority,
    /// Of a town or a county.
    LocalAuthority,
    /// Of several states.
    SupraNationalAuthority,
    /// A university or an institute.
    Academia,
    /// An association or a foundation.
    NonProfitOrganisation,
    /// A company.
    Company,
}

/// Who publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its name.
    pub name: String,
    /// Its number in a public register, such as a SIREN.
    pub identifier: Option<String>,
    /// Its own website.
    pub url: Option<String>,
    /// Its address for letters about the data.
    pub email: Option<String>,
    /// What kind of body it is.
    pub kind: AgentKind,
}

/// Who answers questions about the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A name, best of a service rather than of a person.
    pub name: String,
    /// An e-mail address.
    pub email: Option<String>,
    /// A page with a form.
    pub url: Option<String>,
}

/// Under what conditions the files may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its SPDX identifier.
    pub spdx: String,
    /// Its address: portals recognise a licence by it.
    pub url: String,
    /// Its name.
    pub title: String,
}

/// The country that the sites belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its code of three letters (ISO 3166-1), such as `FRA`.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// West, south, east and north, in degrees: portals that draw maps read nothing else.
    pub bounds: Option<[f64; 4]>,
}

/// How often a dataset gets new figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// After every local day.
    Daily,
    /// After every month.
    Monthly,
    /// After every year.
    Annual,
    /// When something happens.
    Irregular,
}

/// Everything that one service publishes.
#[derive(Clone, Debug)]
pub struct Portal<'a> {
    /// Where it is served, such as `https://stats.example.fr`, without a final slash.
    pub base_url: String,
    /// Its name.
    pub title: Text,
    /// What it publishes, in a sentence or two.
    pub description: Text,
    /// Who runs it.
    pub publisher: Agent,
    /// Who answers questions about it.
    pub contact: Contact,
    /// The licence of the catalogue itself.
    pub licence: Licence,
    /// Where its sites belong; nothing when they are of several countries.
    pub place: Option<Place>,
    /// When it first published.
    pub issued: Option<Timestamp>,
    /// When this catalogue is written. No date of it is later: portals refuse the future.
    pub modified: Timestamp,
    /// The program that writes it, with its version.
    pub generator: String,
    /// A site, an organisation, all sites, or the registers of the service.
    pub collections: Vec<Collection<'a>>,
}

/// Datasets that lie in one folder and share a publisher and a licence.
#[derive(Clone, Debug)]
pub struct Collection<'a> {
    /// Its folder below the portal, such as `/data/www.example.fr`, without a final slash. The
    /// identifiers of its datasets begin with it: it must never change.
    pub path: String,
    /// Its name.
    pub title: Text,
    /// What it is about, in a sentence or two.
    pub description: Text,
    /// The address of the site that was counted, if it is one site.
    pub source: Option<String>,
    /// Who answers for the figures.
    pub publisher: Agent,
    /// Who answers questions about them.
    pub contact: Contact,
    /// The licence of its files.
    pub licence: Licence,
    /// Are the figures invented to show the product?
    pub synthetic: bool,
    /// Its datasets.
    pub datasets: Vec<DatasetEntry<'a>>,
}

/// One dataset of a collection.
#[derive(Clone, Debug)]
pub struct DatasetEntry<'a> {
    /// Its columns, and its name in addresses.
    pub schema: &'a Schema,
    /// Its name, which tells it apart from the same dataset of another site.
    pub title: Text,
    /// What it is. Portals take a description of less than 100 characters for none.
    pub description: Text,
    /// Words to find it by.
    pub keywords: Vec<Text>,
    /// The first day that it has figures of.
    pub first: Option<Date>,
    /// The last day that it has figures of.
    pub last: Option<Date>,
    /// How often it gets new ones.
    pub frequency: Frequency,
    /// When it was first published.
    pub issued: Option<Timestamp>,
    /// When one of its files last changed.
    pub modified: Timestamp,
    /// The path of the page that shows it.
    pub landing: String,
    /// The path below which programs ask for its figures, if they can.
    pub api: Option<String>,
    /// Its files, at addresses that stay: portals know a file again by its address.
    pub distributions: Vec<Distribution>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// Its path below the portal, such as `/data/www.example.fr/pages/latest.csv`.
    pub path: String,
    /// Its extension, such as `csv` or `tableur.csv`.
    pub extension: String,
    /// Its media type, parameters and all.
    pub media_type: String,
    /// What the format is good for.
    pub title: Text,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// The day, month or year of its figures; nothing for a register.
    pub period: Option<String>,
}

impl Portal<'_> {
    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// A moment as everything here writes it: to the second, and never after this catalogue.
    fn moment(&self, moment: Timestamp) -> String {
        let seconds = moment.min(self.modified).as_second();
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
    }
}

impl Collection<'_> {
    /// The last part of its folder: a host, the name of an organisation, or `all`.
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whose work the figures are, beside the publisher: nobody's when they are invented.
    fn provenance(&self) -> Option<Text> {
        self.synthetic.then(|| {
            Text::new(
                "Chiffres inventés pour montrer le produit : ils ne décrivent aucune audience.",
                "Figures invented to show the product: they describe no audience.",
            )
        })
    }

    /// Where a path of its folder lies, seen from the folder.
    fn path_within<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(&self.path).map_or(path, |rest| rest.trim_start_matches('/'))
    }
}

impl DatasetEntry<'_> {
    /// The path that identifies it for ever, wherever the service moves.
    pub fn identifier(&self, collection: &Collection<'_>) -> String {
        format!("{}/{}", collection.path, self.schema.dataset)
    }

    /// Its canonical files: those that the schema describes to the letter.
    pub fn canonical(&self) -> impl Iterator<Item = &Distribution> {
        self.distributions.iter().filter(|distribution| distribution.is_canonical())
    }
}

impl Distribution {
    /// Is it the plain CSV, which the schema describes to the letter?
    pub fn is_canonical(&self) -> bool {
        self.extension == "csv"
    }

    /// The last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Its media type without parameters.
    fn essence(&self) -> &str {
        self.media_type.split(';').next().unwrap_or_default().trim()
    }
}

/// The address of a dataset's Table Schema, which is the same for every site.
pub fn schema_path(dataset: &str) -> String {
    format!("/data/schemas/{dataset}.json")
}

/// A description as the bytes of its file.
pub fn file_bytes(description: &Value) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(description)?;
    bytes.push(b'\n');
    Ok(bytes)
}
