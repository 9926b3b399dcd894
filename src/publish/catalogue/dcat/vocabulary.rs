//! The words of the vocabularies that a catalogue is written with, and the terms of the European
//! lists that it uses, each with its name for people.

use oxrdf::NamedNodeRef;

/// A word of a vocabulary.
pub type Word = NamedNodeRef<'static>;

/// The namespaces, with the short names that files give them.
pub const PREFIXES: [(&str, &str); 12] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

macro_rules! words {
    ($namespace:literal: $($name:ident = $word:literal),+ $(,)?) => {
        $(pub const $name: Word = NamedNodeRef::new_unchecked(concat!($namespace, $word));)+
    };
}

words!("http://www.w3.org/1999/02/22-rdf-syntax-ns#": TYPE = "type");
words!("http://www.w3.org/2000/01/rdf-schema#": LABEL = "label", RESOURCE = "Resource");
words!("http://www.w3.org/2004/02/skos/core#":
    CONCEPT = "Concept", CONCEPT_SCHEME = "ConceptScheme", PREFERRED_LABEL = "prefLabel");
words!("http://www.w3.org/ns/dcat#":
    CATALOG = "Catalog", DATASET_CLASS = "Dataset", DISTRIBUTION_CLASS = "Distribution",
    DATA_SERVICE = "DataService", DATASET = "dataset", SERVICE = "service",
    DISTRIBUTION = "distribution", ACCESS_SERVICE = "accessService", ACCESS_URL = "accessURL",
    DOWNLOAD_URL = "downloadURL", BYTE_SIZE = "byteSize", MEDIA_TYPE = "mediaType",
    KEYWORD = "keyword", THEME = "theme", THEME_TAXONOMY = "themeTaxonomy",
    LANDING_PAGE = "landingPage", CONTACT_POINT = "contactPoint", START_DATE = "startDate",
    END_DATE = "endDate", ENDPOINT_URL = "endpointURL", SERVES_DATASET = "servesDataset",
    ENDPOINT_DESCRIPTION = "endpointDescription", BOUNDS = "bbox",
    TEMPORAL_RESOLUTION = "temporalResolution");
words!("http://data.europa.eu/r5r/": AVAILABILITY = "availability");
words!("http://purl.org/dc/terms/":
    TITLE = "title", DESCRIPTION = "description", PUBLISHER = "publisher", CREATOR = "creator",
    ISSUED = "issued", MODIFIED = "modified", IDENTIFIER = "identifier", LICENCE = "license",
    LANGUAGE = "language", SPATIAL = "spatial", TEMPORAL = "temporal", FORMAT = "format",
    FREQUENCY = "accrualPeriodicity", CONFORMS_TO = "conformsTo", ACCESS_RIGHTS = "accessRights",
    PROVENANCE = "provenance", KIND = "type", STANDARD = "Standard",
    PERIOD_OF_TIME = "PeriodOfTime", LOCATION = "Location",
    LINGUISTIC_SYSTEM = "LinguisticSystem", LICENCE_DOCUMENT = "LicenseDocument",
    RIGHTS_STATEMENT = "RightsStatement", PROVENANCE_STATEMENT = "ProvenanceStatement",
    FREQUENCY_CLASS = "Frequency", FILE_FORMAT = "MediaTypeOrExtent",
    MEDIA_TYPE_CLASS = "MediaType");
words!("http://xmlns.com/foaf/0.1/":
    AGENT = "Agent", NAME = "name", HOMEPAGE = "homepage", MAILBOX = "mbox",
    DOCUMENT = "Document");
words!("http://www.w3.org/2006/vcard/ns#":
    CONTACT = "Kind", CONTACT_ORGANISATION = "Organization", FULL_NAME = "fn",
    HAS_EMAIL = "hasEmail", HAS_ADDRESS = "hasURL");
words!("http://spdx.org/rdf/terms#":
    CHECKSUM_CLASS = "Checksum", CHECKSUM = "checksum", ALGORITHM = "algorithm",
    ALGORITHM_CLASS = "ChecksumAlgorithm", SHA256 = "checksumAlgorithm_sha256",
    CHECKSUM_VALUE = "checksumValue");
words!("http://www.opengis.net/ont/geosparql#": WELL_KNOWN_TEXT = "wktLiteral");
words!("http://www.w3.org/2001/XMLSchema#":
    DATE = "date", DATE_TIME = "dateTime", DURATION = "duration", HEXADECIMAL = "hexBinary",
    NOT_NEGATIVE = "nonNegativeInteger");

/// A term that somebody else defines. Its class and its name are repeated in the file, because
/// the profile checks the class and readers do not look the name up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Its address.
    pub address: String,
    /// What it is.
    pub class: Word,
    /// Its name in French and English.
    pub names: Option<[String; 2]>,
}

impl Term {
    /// A term of the European lists.
    fn european(list: &str, code: &str, class: Word, names: [&str; 2]) -> Self {
        let address = format!("http://publications.europa.eu/resource/authority/{list}/{code}");
        Self { address, class, names: Some(names.map(str::to_owned)) }
    }

    /// The languages of everything.
    pub fn languages() -> [Self; 2] {
        [("FRA", ["français", "French"]), ("ENG", ["anglais", "English"])]
            .map(|(code, names)| Self::european("language", code, LINGUISTIC_SYSTEM, names))
    }

    /// The subject of everything.
    pub fn theme() -> Self {
        let names = ["Gouvernement et secteur public", "Government and public sector"];
        Self::european("data-theme", "GOVE", CONCEPT, names)
    }

    /// The list that the subject is from.
    pub fn themes() -> Self {
        let address = "http://publications.europa.eu/resource/authority/data-theme".to_owned();
        let names = ["Thèmes des données", "Data themes"].map(str::to_owned);
        Self { address, class: CONCEPT_SCHEME, names: Some(names) }
    }

    /// Open to everybody.
    pub fn open_to_all() -> Self {
        Self::european("access-right", "PUBLIC", RIGHTS_STATEMENT, ["public", "public"])
    }

    /// Meant to stay.
    pub fn stable() -> Self {
        let names = ["stable", "stable"];
        Self::european("planned-availability", "STABLE", CONCEPT, names)
    }

    /// How often something is renewed.
    pub fn frequency(code: &str, names: [&str; 2]) -> Self {
        Self::european("frequency", code, FREQUENCY_CLASS, names)
    }

    /// A format in the European list.
    pub fn file_type(code: &str, name: &str) -> Self {
        Self::european("file-type", code, FILE_FORMAT, [name, name])
    }

    /// A media type in the list of the Internet.
    pub fn media_type(essence: &str) -> Self {
        let address = format!("https://www.iana.org/assignments/media-types/{essence}");
        Self { address, class: MEDIA_TYPE_CLASS, names: None }
    }

    /// A country.
    pub fn country(code: &str) -> String {
        format!("http://publications.europa.eu/resource/authority/country/{code}")
    }

    /// A kind of organisation.
    pub fn agent_kind(code: &str, names: [&str; 2]) -> Self {
        let address = format!("http://purl.org/adms/publishertype/{code}");
        Self { address, class: CONCEPT, names: Some(names.map(str::to_owned)) }
    }
}
