//! DCAT-AP 3, the profile of European portals: one graph, written as Turtle, RDF/XML and JSON-LD.

mod entry;
mod thing;
mod vocabulary;

use std::collections::BTreeMap;
use std::io;

use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, Triple};
use oxrdfxml::RdfXmlSerializer;
use oxttl::TurtleSerializer;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use self::thing::{Order, Thing};
use self::vocabulary::{self as word, Term};
use crate::publish::catalogue::{
    Agent, AgentKind, CATALOGUE, Contact, Licence, Place, Portal, Text,
};

/// One way of writing the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// For people.
    Turtle,
    /// For older programs.
    RdfXml,
    /// For programs of the web.
    JsonLd,
}

impl Syntax {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Turtle, Self::RdfXml, Self::JsonLd];

    /// Its extension in addresses.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
        }
    }

    /// Its media type. UTF-8 is what all three are read as, and RDF/XML says so in its first line.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::RdfXml => "application/rdf+xml",
            Self::JsonLd => "application/ld+json",
        }
    }
}

/// Are the SHA-256 of files written into the catalogue?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksums {
    /// Yes, as the profile has them: as `xsd:hexBinary`.
    Written,
    /// No. data.gouv.fr (udata 17.18) reads `xsd:hexBinary` as bytes, which its own check then
    /// refuses with the whole dataset; any other type breaks the profile. The SHA-256 stand in
    /// `datapackage.json`.
    LeftOut,
}

/// Writes the catalogue of a portal. The same portal always gives the same bytes.
pub fn write(
    portal: &Portal<'_>,
    syntax: Syntax,
    checksums: Checksums,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match syntax {
        Syntax::Turtle => {
            let serializer = word::PREFIXES
                .into_iter()
                .try_fold(TurtleSerializer::new(), |serializer, (name, address)| {
                    serializer.with_prefix(name, address)
                });
            let mut writer = serializer.map_err(io::Error::other)?.for_writer(out);
            each_triple(portal, checksums, &mut |triple| writer.serialize_triple(&triple))?;
            writer.finish()?.write_all(b"\n")
        }
        Syntax::RdfXml => {
            let serializer = word::PREFIXES
                .into_iter()
                .try_fold(RdfXmlSerializer::new(), |serializer, (name, address)| {
                    serializer.with_prefix(name, address)
                });
            let mut writer = serializer.map_err(io::Error::other)?.for_writer(out);
            each_triple(portal, checksums, &mut |triple| writer.serialize_triple(&triple))?;
            writer.finish()?.write_all(b"\n")
        }
        Syntax::JsonLd => {
            let serializer = word::PREFIXES
                .into_iter()
                .try_fold(JsonLdSerializer::new(), |serializer, (name, address)| {
                    serializer.with_prefix(name, address)
                });
            let mut writer = serializer.map_err(io::Error::other)?.for_writer(out);
            each_triple(portal, checksums, &mut |triple| {
                writer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))
            })?;
            writer.finish()?.write_all(b"\n")
        }
    }
}

/// Hands on the graph: the catalogue, its service, its datasets with their files, and last what
/// they share.
fn each_triple(
    portal: &Portal<'_>,
    checksums: Checksums,
    write: &mut dyn FnMut(Triple) -> io::Result<()>,
) -> io::Result<()> {
    let mut order = Order::new(write);
    order.write(catalogue(portal)?)?;
    order.write(service(portal)?)?;
    for collection in &portal.collections {
        for dataset in &collection.datasets {
            let writing = entry::Writing { portal, collection, dataset, checksums };
            order.write(writing.dataset()?)?;
            order.write(writing.schema()?)?;
        }
    }
    for thing in agents_and_licences(portal)? {
        order.write(thing)?;
    }
    if let Some(place) = &portal.place {
        order.write(country(place)?)?;
    }
    order.finish()
}

fn catalogue(portal: &Portal<'_>) -> io::Result<Thing> {
    let mut thing = Thing::named(&portal.address(CATALOGUE), word::CATALOG)?
        .text(word::TITLE, &portal.title)
        .text(word::DESCRIPTION, &portal.description)
        .plain(word::IDENTIFIER, "/data")
        .points_to(word::PUBLISHER, &agent_address(portal, &portal.publisher))?
        .thing(word::CONTACT_POINT, contact(&portal.contact)?)
        .points_to(word::LICENCE, &portal.licence.url)?
        .thing(word::HOMEPAGE, Thing::page(&portal.address("/data/"))?)
        .may_value(word::ISSUED, portal.issued.map(|at| portal.moment(at)), word::DATE_TIME)
        .value(word::MODIFIED, portal.moment(portal.modified), word::DATE_TIME)
        .term(word::THEME_TAXONOMY, Term::themes())
        .may_point_to(word::SPATIAL, country_address(portal).as_deref())?;
    for language in Term::languages() {
        thing = thing.term(word::LANGUAGE, language);
    }
    thing = thing.points_to(word::SERVICE, &service_address(portal))?;
    for collection in &portal.collections {
        for dataset in &collection.datasets {
            let address = portal.address(&dataset.identifier(collection));
            thing = thing.points_to(word::DATASET, &address)?;
        }
    }
    Ok(thing)
}

/// The interface for programs.
fn service(portal: &Portal<'_>) -> io::Result<Thing> {
    let title = Text::new("Interface de programmation de Parvis", "Parvis programming interface");
    let description = Text::new(
        "Interroge les mêmes chiffres d'audience que les fichiers, par site, par période et par \
         ventilation. Ni clé ni compte ; réponses en JSON et en CSV.",
        "Asks for the same audience figures as the files, by site, period and breakdown. No key \
         and no account; answers in JSON and CSV.",
    );
    let description_address = portal.address("/api/openapi.json");
    let mut thing = Thing::named(&service_address(portal), word::DATA_SERVICE)?
        .text(word::TITLE, &title)
        .text(word::DESCRIPTION, &description)
        .plain(word::IDENTIFIER, "/api/v1")
        .thing(word::ENDPOINT_URL, Thing::anything(&portal.address("/api/v1"))?)
        .thing(word::ENDPOINT_DESCRIPTION, Thing::anything(&description_address)?)
        .points_to(word::CONFORMS_TO, OPENAPI)?
        .points_to(word::PUBLISHER, &agent_address(portal, &portal.publisher))?
        .thing(word::CONTACT_POINT, contact(&portal.contact)?)
        .points_to(word::LICENCE, &portal.licence.url)?
        .term(word::ACCESS_RIGHTS, Term::open_to_all())
        .term(word::THEME, Term::theme());
    for keyword in [Text::new("audience", "audience"), Text::new("statistiques", "statistics")] {
        thing = thing.text(word::KEYWORD, &keyword);
    }
    for collection in &portal.collections {
        for dataset in collection.datasets.iter().filter(|dataset| dataset.api.is_some()) {
            let address = portal.address(&dataset.identifier(collection));
            thing = thing.points_to(word::SERVES_DATASET, &address)?;
        }
    }
    Ok(thing)
}

/// What the interface is described in.
const OPENAPI: &str = "https://spec.openapis.org/oas/v3.1.0";

/// Every organisation and every licence, once.
fn agents_and_licences(portal: &Portal<'_>) -> io::Result<Vec<Thing>> {
    let mut agents =
        BTreeMap::from([(agent_address(portal, &portal.publisher), &portal.publisher)]);
    let mut licences = BTreeMap::from([(portal.licence.url.as_str(), &portal.licence)]);
    for collection in &portal.collections {
        agents.insert(agent_address(portal, &collection.publisher), &collection.publisher);
        licences.insert(&collection.licence.url, &collection.licence);
    }
    let mut things = vec![Thing::named(OPENAPI, word::STANDARD)?.plain(word::TITLE, "OpenAPI 3.1")];
    for (address, agent) in agents {
        things.push(agent_at(&address, agent)?);
    }
    for (address, licence) in licences {
        things.push(licence_at(address, licence)?);
    }
    Ok(things)
}

fn agent_at(address: &str, agent: &Agent) -> io::Result<Thing> {
    let mailbox = agent.email.as_ref().map(|email| format!("mailto:{email}"));
    let mut thing = Thing::named(address, word::AGENT)?
        .plain(word::NAME, &agent.name)
        .term(word::KIND, agent_kind(agent.kind))
        .may_point_to(word::MAILBOX, mailbox.as_deref())?;
    if let Some(identifier) = &agent.identifier {
        thing = thing.plain(word::IDENTIFIER, identifier);
    }
    if let Some(url) = &agent.url {
        thing = thing.thing(word::HOMEPAGE, Thing::page(url)?);
    }
    Ok(thing)
}

fn licence_at(address: &str, licence: &Licence) -> io::Result<Thing> {
    Ok(Thing::named(address, word::LICENCE_DOCUMENT)?
        .plain(word::TITLE, &licence.title)
        .plain(word::IDENTIFIER, &licence.spdx))
}

fn country(place: &Place) -> io::Result<Thing> {
    let bounds = place.bounds.map(|[west, south, east, north]| {
        format!(
            "POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, \
             {west} {south}))"
        )
    });
    Ok(Thing::named(&Term::country(&place.code), word::LOCATION)?
        .text(word::PREFERRED_LABEL, &place.name)
        .may_value(word::BOUNDS, bounds, word::WELL_KNOWN_TEXT))
}

/// Who answers questions, as a card.
fn contact(contact: &Contact) -> io::Result<Thing> {
    let mailbox = contact.email.as_ref().map(|email| format!("mailto:{email}"));
    Thing::nameless(word::CONTACT)
        .link(word::TYPE, word::CONTACT_ORGANISATION)
        .plain(word::FULL_NAME, &contact.name)
        .may_point_to(word::HAS_EMAIL, mailbox.as_deref())?
        .may_point_to(word::HAS_ADDRESS, contact.url.as_deref())
}

/// The address of an organisation: by its number in a register, else by its name.
fn agent_address(portal: &Portal<'_>, agent: &Agent) -> String {
    let name = agent.identifier.as_deref().unwrap_or(&agent.name);
    portal.address(&format!("/data/#agent-{}", utf8_percent_encode(name, NON_ALPHANUMERIC)))
}

fn service_address(portal: &Portal<'_>) -> String {
    portal.address("/data/#api")
}

fn country_address(portal: &Portal<'_>) -> Option<String> {
    portal.place.as_ref().map(|place| Term::country(&place.code))
}

fn agent_kind(kind: AgentKind) -> Term {
    let (code, names) = match kind {
        AgentKind::NationalAuthority => {
            ("NationalAuthority", ["autorité nationale", "national authority"])
        }
        AgentKind::RegionalAuthority => {
            ("RegionalAuthority", ["autorité régionale", "regional authority"])
        }
        AgentKind::LocalAuthority => ("LocalAuthority", ["autorité locale", "local authority"]),
        AgentKind::SupraNationalAuthority => {
            ("SupraNationalAuthority", ["autorité supranationale", "supra-national authority"])
        }
        AgentKind::Academia => (
            "Academia-ScientificOrganisation",
            ["université ou organisme scientifique", "academia or scientific organisation"],
        ),
        AgentKind::NonProfitOrganisation => {
            ("NonProfitOrganisation", ["organisme à but non lucratif", "non-profit organisation"])
        }
        AgentKind::Company => ("Company", ["entreprise", "company"]),
    };
    Term::agent_kind(code, names)
}
