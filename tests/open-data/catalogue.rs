//! What a catalogue says, read back with the parsers of the libraries that it is written with.

use std::collections::BTreeSet;

use oxjsonld::JsonLdParser;
use oxrdf::graph::CanonicalizationAlgorithm;
use oxrdf::{Graph, NamedNodeRef, TermRef};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;
use parvis::publish::catalogue::dcat::{self, Checksums, Syntax};
use parvis::publish::catalogue::{Language, datapackage, schema_org};

use crate::files;
use crate::portal::portal;

const DCT: &str = "http://purl.org/dc/terms/";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const SPDX: &str = "http://spdx.org/rdf/terms#";

#[test]
fn the_same_portal_gives_the_same_bytes() {
    let all = || {
        let (portal, files) = portal();
        files::published(&portal, files).unwrap()
    };
    assert_eq!(all(), all());
}

#[test]
fn three_syntaxes_hold_one_graph() {
    let [turtle, rdf_xml, json_ld] = Syntax::ALL.map(|syntax| {
        let mut graph = read(syntax, Checksums::Written);
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        graph
    });
    assert!(turtle.len() > 200, "{}", turtle.len());
    assert_eq!(turtle, rdf_xml);
    assert_eq!(turtle, json_ld);
}

#[test]
fn nothing_is_later_than_the_catalogue() {
    let graph = read(Syntax::Turtle, Checksums::Written);
    let moments = objects(&graph, DCT, "modified");
    assert_eq!(moments, BTreeSet::from(["2026-11-23T01:00:00Z".to_owned()]));
}

#[test]
fn identifiers_are_the_same_wherever_the_service_moves() {
    let identifiers = |base: &str| {
        let (mut portal, _) = portal();
        portal.base_url = base.to_owned();
        let mut bytes = Vec::new();
        dcat::write(&portal, Syntax::Turtle, Checksums::LeftOut, &mut bytes).unwrap();
        objects(&parse_turtle(&bytes), DCT, "identifier")
    };
    let here = identifiers("https://stats.example.fr");
    assert!(here.contains("/data/www.example.fr/pages"), "{here:?}");
    assert_eq!(here, identifiers("https://audience.example.org"));
}

#[test]
fn periods_and_contacts_have_no_address_that_a_harvester_would_look_up() {
    let graph = read(Syntax::Turtle, Checksums::Written);
    for (namespace, name) in [(DCT, "temporal"), (DCAT, "contactPoint")] {
        let word = format!("{namespace}{name}");
        let of = graph.triples_for_predicate(NamedNodeRef::new(&word).unwrap());
        let nodes: Vec<_> = of.map(|triple| triple.object).collect();
        assert!(!nodes.is_empty(), "{word}");
        assert!(nodes.iter().all(TermRef::is_blank_node), "{word}: {nodes:?}");
    }
}

#[test]
fn checksums_are_written_as_the_profile_has_them_or_not_at_all() {
    let (_, files) = portal();
    let expected = files.iter().map(|file| files::sha256(&file.bytes)).collect();
    let graph = read(Syntax::Turtle, Checksums::Written);
    assert_eq!(objects(&graph, SPDX, "checksumValue"), expected);
    let graph = read(Syntax::Turtle, Checksums::LeftOut);
    assert_eq!(objects(&graph, SPDX, "checksumValue"), BTreeSet::new());
}

#[test]
fn a_name_that_no_address_can_hold_is_refused() {
    let (mut portal, _) = portal();
    portal.base_url = "not an address".to_owned();
    let written = dcat::write(&portal, Syntax::Turtle, Checksums::LeftOut, &mut Vec::new());
    assert!(written.unwrap_err().to_string().contains("not an address"));
}

#[test]
fn no_text_ends_the_element_of_a_page() {
    let (mut portal, _) = portal();
    portal.title.fr = "</script><script>alert(1)</script>\u{2028}&amp;".to_owned();
    let collection = &portal.collections[0];
    let dataset = &collection.datasets[0];
    let value = schema_org::dataset(
        &portal,
        collection,
        dataset,
        ("https://stats.example.fr/fr/data", Language::French),
    );
    let text = schema_org::script_text(&value);
    assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read, value);
}

#[test]
fn a_package_names_every_canonical_file_within_its_folder() {
    let (portal, files) = portal();
    let package = datapackage::of_collection(&portal, &portal.collections[0]);
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 1);
    assert_eq!(resources[0]["path"], "pages/latest.csv");
    assert_eq!(resources[0]["bytes"], files[0].bytes.len());
    assert_eq!(resources[0]["hash"], format!("sha256:{}", files::sha256(&files[0].bytes)));
    assert_eq!(resources[0]["title_fr"], "Pages : exemple");
    let whole = datapackage::of_portal(&portal);
    assert_eq!(whole["resources"][0]["path"], "www.example.fr/datapackage.json");
}

fn read(syntax: Syntax, checksums: Checksums) -> Graph {
    let (portal, _) = portal();
    let mut bytes = Vec::new();
    dcat::write(&portal, syntax, checksums, &mut bytes).unwrap();
    match syntax {
        Syntax::Turtle => parse_turtle(&bytes),
        Syntax::RdfXml => {
            RdfXmlParser::new().for_slice(&bytes).map(|triple| triple.unwrap()).collect()
        }
        Syntax::JsonLd => JsonLdParser::new()
            .for_slice(&bytes)
            .map(|quad| oxrdf::Triple::from(quad.unwrap()))
            .collect(),
    }
}

fn parse_turtle(bytes: &[u8]) -> Graph {
    TurtleParser::new().for_slice(bytes).map(|triple| triple.unwrap()).collect()
}

/// The literals of a property, and the addresses.
fn objects(graph: &Graph, namespace: &str, name: &str) -> BTreeSet<String> {
    let word = format!("{namespace}{name}");
    let of = graph.triples_for_predicate(NamedNodeRef::new(&word).unwrap());
    let texts = of.map(|triple| match triple.object {
        TermRef::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    });
    texts.collect()
}
