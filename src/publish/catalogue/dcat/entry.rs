//! One dataset of the catalogue with its files and its schema, as DCAT-AP and the harvester of
//! data.gouv.fr want them.

use std::io;

use super::thing::Thing;
use super::vocabulary::{self as word, Term};
use super::{Checksums, agent_address, contact, country_address, service_address};
use crate::publish::catalogue::{
    Collection, DatasetEntry, Distribution, Frequency, Portal, Text, schema_path,
};

/// A dataset being written, with everything around it.
pub struct Writing<'a> {
    pub portal: &'a Portal<'a>,
    pub collection: &'a Collection<'a>,
    pub dataset: &'a DatasetEntry<'a>,
    pub checksums: Checksums,
}

impl Writing<'_> {
    /// The dataset with its files.
    pub fn dataset(&self) -> io::Result<Thing> {
        let Self { portal, collection, dataset, .. } = self;
        let moment = |at| portal.moment(at);
        let mut thing = Thing::named(&self.address(), word::DATASET_CLASS)?
            .text(word::TITLE, &dataset.title)
            .text(word::DESCRIPTION, &dataset.description)
            // Without the address of the service: harvesters keep a dataset by it for ever.
            .plain(word::IDENTIFIER, &dataset.identifier(collection))
            .points_to(word::PUBLISHER, &agent_address(portal, &collection.publisher))?
            .points_to(word::CREATOR, &agent_address(portal, &collection.publisher))?
            .thing(word::CONTACT_POINT, contact(&collection.contact)?)
            .points_to(word::LICENCE, &collection.licence.url)?
            .term(word::ACCESS_RIGHTS, Term::open_to_all())
            .term(word::FREQUENCY, frequency(dataset.frequency))
            .may_value(word::ISSUED, dataset.issued.map(moment), word::DATE_TIME)
            .value(word::MODIFIED, moment(dataset.modified), word::DATE_TIME)
            .may_thing(word::TEMPORAL, self.period())
            .may_value(word::TEMPORAL_RESOLUTION, self.resolution(), word::DURATION)
            .may_point_to(word::SPATIAL, country_address(portal).as_deref())?
            .thing(word::LANDING_PAGE, Thing::page(&portal.address(&dataset.landing))?)
            .points_to(word::CONFORMS_TO, &self.schema_address())?
            .may_thing(word::PROVENANCE, self.provenance())
            .term(word::THEME, Term::theme());
        for language in Term::languages() {
            thing = thing.term(word::LANGUAGE, language);
        }
        for keyword in &dataset.keywords {
            thing = thing.text(word::KEYWORD, keyword);
        }
        for file in &dataset.distributions {
            thing = thing.thing(word::DISTRIBUTION, self.file(file)?);
        }
        if let Some(path) = &dataset.api {
            thing = thing.thing(word::DISTRIBUTION, self.interface(path)?);
        }
        Ok(thing)
    }

    /// The schema of the dataset.
    pub fn schema(&self) -> io::Result<Thing> {
        let schema = self.dataset.schema;
        Ok(Thing::named(&self.schema_address(), word::STANDARD)?
            .text(word::TITLE, &schema.title.into())
            .text(word::DESCRIPTION, &schema.description.into()))
    }

    /// A file at its stable address.
    fn file(&self, file: &Distribution) -> io::Result<Thing> {
        let portal = self.portal;
        let title = |title: &str| format!("{title} ({})", file.file_name());
        let about = Text::new(title(&self.dataset.title.fr), title(&self.dataset.title.en));
        let address = portal.address(&file.path);
        let checksum = (self.checksums == Checksums::Written).then(|| {
            Thing::nameless(word::CHECKSUM_CLASS).term(word::ALGORITHM, sha256()).value(
                word::CHECKSUM_VALUE,
                file.sha256.clone(),
                word::HEXADECIMAL,
            )
        });
        let (code, name) = file_type(&file.extension);
        // Only the canonical file is what the schema says to the letter.
        let schema = file.is_canonical().then(|| self.schema_address());
        self.distribution(&format!("{}#{}", self.address(), file.file_name()))?
            .text(word::TITLE, &about)
            .text(word::DESCRIPTION, &file.title)
            .thing(word::ACCESS_URL, Thing::anything(&address)?)
            .points_to(word::DOWNLOAD_URL, &address)?
            .term(word::FORMAT, Term::file_type(code, name))
            .term(word::MEDIA_TYPE, Term::media_type(file.essence()))
            .value(word::BYTE_SIZE, file.bytes.to_string(), word::NOT_NEGATIVE)
            .may_thing(word::CHECKSUM, checksum)
            .may_point_to(word::CONFORMS_TO, schema.as_deref())
    }

    /// The same figures through the interface for programs.
    fn interface(&self, path: &str) -> io::Result<Thing> {
        let title = Text::new("Interface de programmation", "Programming interface");
        let description = Text::new(
            "Les mêmes chiffres pour une période et des filtres au choix, en JSON ou en CSV",
            "The same figures for a period and filters of your choice, in JSON or CSV",
        );
        self.distribution(&format!("{}#api", self.address()))?
            .text(word::TITLE, &title)
            .text(word::DESCRIPTION, &description)
            .thing(word::ACCESS_URL, Thing::anything(&self.portal.address(path))?)
            .term(word::FORMAT, Term::file_type("JSON", "JSON"))
            .term(word::MEDIA_TYPE, Term::media_type("application/json"))
            .points_to(word::ACCESS_SERVICE, &service_address(self.portal))
    }

    /// What is said of every way to the figures.
    fn distribution(&self, address: &str) -> io::Result<Thing> {
        let modified = self.portal.moment(self.dataset.modified);
        let mut thing = Thing::named(address, word::DISTRIBUTION_CLASS)?
            .points_to(word::LICENCE, &self.collection.licence.url)?
            .term(word::AVAILABILITY, Term::stable())
            .value(word::MODIFIED, modified, word::DATE_TIME);
        for language in Term::languages() {
            thing = thing.term(word::LANGUAGE, language);
        }
        Ok(thing)
    }

    fn address(&self) -> String {
        self.portal.address(&self.dataset.identifier(self.collection))
    }

    fn schema_address(&self) -> String {
        self.portal.address(&schema_path(self.dataset.schema.dataset))
    }

    fn period(&self) -> Option<Thing> {
        let (first, last) = (self.dataset.first?, self.dataset.last?);
        let period = Thing::nameless(word::PERIOD_OF_TIME)
            .value(word::START_DATE, first.to_string(), word::DATE)
            .value(word::END_DATE, last.to_string(), word::DATE);
        Some(period)
    }

    fn resolution(&self) -> Option<String> {
        let duration = match self.dataset.frequency {
            Frequency::Daily => "P1D",
            Frequency::Monthly => "P1M",
            Frequency::Annual => "P1Y",
            Frequency::Irregular => return None,
        };
        Some(duration.to_owned())
    }

    fn provenance(&self) -> Option<Thing> {
        let text = self.collection.provenance()?;
        Some(Thing::nameless(word::PROVENANCE_STATEMENT).text(word::LABEL, &text))
    }
}

fn frequency(frequency: Frequency) -> Term {
    match frequency {
        Frequency::Daily => Term::frequency("DAILY", ["quotidien", "daily"]),
        Frequency::Monthly => Term::frequency("MONTHLY", ["mensuel", "monthly"]),
        Frequency::Annual => Term::frequency("ANNUAL", ["annuel", "annual"]),
        Frequency::Irregular => Term::frequency("IRREG", ["irrégulier", "irregular"]),
    }
}

/// The code of a file's format in the European list, and its name.
fn file_type(extension: &str) -> (&'static str, &'static str) {
    match extension.rsplit('.').next() {
        Some("csv") => ("CSV", "CSV"),
        Some("json") => ("JSON", "JSON"),
        Some("parquet") => ("PARQUET", "Parquet"),
        _ => ("OCTET", "Octet Stream"),
    }
}

fn sha256() -> Term {
    let address = word::SHA256.as_str().to_owned();
    Term { address, class: word::ALGORITHM_CLASS, names: None }
}
