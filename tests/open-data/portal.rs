//! A small portal: two sites' worth of figures and a register, with awkward texts.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::date;
use parvis::model::Words;
use parvis::publish::catalogue::{
    Agent, AgentKind, Collection, Contact, DatasetEntry, Distribution, Frequency, Licence, Place,
    Portal, Text,
};
use parvis::publish::table::{Column, Kind, Row, Schema, Value};

use crate::files::{self, File};

const STATUSES: &[(&str, Words)] = &[
    ("A", Words::new("chiffre normal", "normal figure")),
    ("P", Words::new("provisoire", "provisional")),
    ("Q", Words::new("masqué", "withheld")),
];

/// A dataset of a site: pages with awkward paths, and a withheld figure.
pub static PAGES: LazyLock<Schema> = LazyLock::new(|| Schema {
    dataset: "pages",
    title: Words::new("Pages", "Pages"),
    description: Words::new("Les pages lues, par période.", "The pages read, by period."),
    columns: vec![
        column("site", Kind::Text, false),
        column("period", Kind::Date, false),
        column("path", Kind::Text, false),
        column("views", Kind::Integer, true),
        column("obs_status", Kind::Code(STATUSES), false),
    ],
    primary_key: vec!["site", "period", "path"],
});

/// A register: the kinds of column that figures do not have.
pub static SITES: LazyLock<Schema> = LazyLock::new(|| Schema {
    dataset: "sites",
    title: Words::new("Sites", "Sites"),
    description: Words::new("Le registre des sites.", "The register of sites."),
    columns: vec![
        column("site", Kind::Text, false),
        column("since", Kind::Moment, false),
        column("coverage", Kind::Number, true),
        column("synthetic", Kind::Boolean, false),
    ],
    primary_key: vec!["site"],
});

fn column(name: &'static str, kind: Kind, may_be_empty: bool) -> Column {
    let title = Words::new("Titre de la colonne", "Title of the column");
    let description = Words::new("Ce qu'elle contient.", "What it holds.");
    Column { name, kind, title, description, may_be_empty }
}

pub fn page_rows() -> Vec<Row> {
    let row = |path: &str, views: Value, status: &str| {
        let text = |text: &str| Value::Text(text.to_owned());
        vec![text("www.example.fr"), text("2026-11-22"), text(path), views, text(status)]
    };
    vec![
        row("/", Value::Integer(1_234_560), "A"),
        row("/a,b;\"c\"", Value::Integer(20), "A"),
        row("=1+1", Value::Integer(0), "P"),
        row("/été/ \u{1F600}", Value::Nothing, "Q"),
        row("/<script>&", Value::Integer(10), "A"),
    ]
}

pub fn site_rows() -> Vec<Row> {
    let row = |site: &str, coverage: Value, synthetic: bool| {
        let since = Value::Text("2025-01-02T03:04:05Z".to_owned());
        vec![Value::Text(site.to_owned()), since, coverage, Value::Boolean(synthetic)]
    };
    vec![
        row("www.example.fr", Value::Number(98.25), false),
        row("demo.localhost", Value::Nothing, true),
    ]
}

/// The portal with its files.
pub fn portal() -> (Portal<'static>, Vec<File>) {
    let (site, site_files) = site_collection();
    let (all, all_files) = register_collection();
    let portal = Portal {
        base_url: "https://stats.example.fr".to_owned(),
        title: Text::new("Audience des sites publics", "Audience of public websites"),
        description: Text::new(
            "Les chiffres d'audience des sites publics, publiés chaque nuit.",
            "The audience figures of public websites, published every night.",
        ),
        publisher: agent("Ministère de l'Exemple", Some("130025265")),
        contact: contact(),
        licence: licence(),
        place: Some(Place {
            code: "FRA".to_owned(),
            name: Text::new("France", "France"),
            bounds: Some([-5.2, 41.3, 9.7, 51.2]),
        }),
        issued: Some(moment("2025-01-01T00:00:00Z")),
        modified: moment("2026-11-23T01:00:00.5Z"),
        generator: "parvis 0.1.0".to_owned(),
        collections: vec![site, all],
    };
    (portal, [site_files, all_files].concat())
}

fn site_collection() -> (Collection<'static>, Vec<File>) {
    let path = "/data/www.example.fr";
    let (dataset, files) = entry(path, &PAGES, &page_rows());
    let collection = Collection {
        path: path.to_owned(),
        title: Text::new("Audience de www.example.fr", "Audience of www.example.fr"),
        description: Text::new("Ce que le site a été lu.", "How the site was read."),
        source: Some("https://www.example.fr/".to_owned()),
        publisher: agent("Ville d'Exemple & Cie <mairie>", None),
        contact: contact(),
        licence: licence(),
        synthetic: true,
        datasets: vec![dataset],
    };
    (collection, files)
}

fn register_collection() -> (Collection<'static>, Vec<File>) {
    let path = "/data/all";
    let (mut dataset, files) = entry(path, &SITES, &site_rows());
    dataset.frequency = Frequency::Irregular;
    dataset.api = None;
    let collection = Collection {
        path: path.to_owned(),
        title: Text::new("Registres", "Registers"),
        description: Text::new("Les registres du portail.", "The registers of the portal."),
        source: None,
        publisher: agent("Ministère de l'Exemple", Some("130025265")),
        contact: contact(),
        licence: licence(),
        synthetic: false,
        datasets: vec![dataset],
    };
    (collection, files)
}

fn entry(
    folder: &str,
    schema: &'static Schema,
    rows: &[Row],
) -> (DatasetEntry<'static>, Vec<File>) {
    let long = "une description qui dit en plus de cent caractères de quoi il s'agit, d'où \
        viennent les chiffres et comment ils sont comptés";
    let files = files::write_all(&format!("{folder}/{}", schema.dataset), schema, rows);
    let dataset = DatasetEntry {
        schema,
        title: Text::new(format!("{} : exemple", schema.title.fr), schema.title.en),
        description: Text::new(long, long),
        keywords: vec![Text::new("fréquentation", "audience")],
        first: Some(date(2026, 11, 1)),
        last: Some(date(2026, 11, 22)),
        frequency: Frequency::Daily,
        issued: Some(moment("2026-11-02T01:00:00Z")),
        // Later than the portal: what is written must not be.
        modified: moment("2027-01-01T00:00:00Z"),
        landing: format!("{folder}/{}/", schema.dataset),
        api: Some("/api/v1/sites/www.example.fr/breakdown/page".to_owned()),
        distributions: files.iter().map(distribution).collect(),
    };
    (dataset, files)
}

fn distribution(file: &File) -> Distribution {
    Distribution {
        path: file.path.clone(),
        extension: file.extension.to_owned(),
        media_type: file.media_type.to_owned(),
        title: Text::new("Pour un programme ou un tableur", "For a program or a spreadsheet"),
        bytes: u64::try_from(file.bytes.len()).expect("a small file"),
        sha256: files::sha256(&file.bytes),
        period: Some("2026-11-22".to_owned()),
    }
}

fn agent(name: &str, identifier: Option<&str>) -> Agent {
    Agent {
        name: name.to_owned(),
        identifier: identifier.map(str::to_owned),
        url: Some("https://www.example.fr/".to_owned()),
        email: Some("contact@example.fr".to_owned()),
        kind: AgentKind::NationalAuthority,
    }
}

fn contact() -> Contact {
    Contact {
        name: "Service statistique".to_owned(),
        email: Some("stats@example.fr".to_owned()),
        url: Some("https://www.example.fr/contact".to_owned()),
    }
}

fn licence() -> Licence {
    Licence {
        spdx: "etalab-2.0".to_owned(),
        url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence".to_owned(),
        title: "Licence Ouverte / Open Licence version 2.0".to_owned(),
    }
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}
