//! The description of everything that is published, made of the store: what the catalogue, the
//! packages and the pages for search engines are written from.

use std::sync::Arc;

use crate::model::{Licence, Site};
use crate::publish::catalogue::{self, Agent, AgentKind, Collection, Contact, Portal, Text};
use crate::publish::format::FORMATS;
use crate::publish::portal::entries::{Common, folder_of, of_figures, of_register};
use crate::publish::portal::place;
use crate::publish::portal::registers::{
    DESCRIBED, FOLDER, datasets_of, register, register_schema,
};
use crate::publish::portal::source::{Publisher, Source};
use crate::publish::{ALL, GENERATOR, PublishError, about_organisation};
use crate::store::{Organisation, ReleasedInShort};

/// The page that shows what has no page of its own.
const LANDING: &str = "/data/";

/// Describes everything. A dataset whose first month goes on has no files yet.
pub fn portal(source: &Source<'_>) -> Result<Portal<'static>, PublishError> {
    let organisations = source.store.organisations()?;
    let last = source.store.last_release()?.map(|(_, moment)| moment);
    let all = source.store.released_in_short(ALL)?;
    let mut portal = Portal {
        base_url: source.base_url.to_owned(),
        title: Text::new("Audience des sites publics", "Audience of public websites"),
        description: Text::new(
            "Les chiffres d'audience de sites publics, publiés chaque nuit en données ouvertes.",
            "The audience figures of public websites, published every night as open data.",
        ),
        publisher: publisher(source.publisher, source.base_url),
        contact: contact(source, None),
        licence: licence(Licence::Ouverte),
        place: place::of(source.sites),
        issued: None,
        modified: last.unwrap_or(source.now),
        generator: GENERATOR.to_owned(),
        collections: Vec::new(),
    };
    for site in source.sites {
        if let Some(short) = source.store.released_in_short(site.host.as_str())? {
            portal.issued = Some(portal.issued.map_or(short.first, |at| at.min(short.first)));
            portal.collections.push(of_site(source, site, &organisations, &short)?);
        }
    }
    for one in &organisations {
        let about = about_organisation(&one.slug);
        if let Some(short) = source.store.released_in_short(&about)? {
            let sites = source.within(&organisations, one);
            let by = agent(source, Some(one));
            let api = Some(format!("/api/v1/organisations/{}", one.slug));
            portal.collections.push(of_group(
                source,
                (&about, &one.name),
                &sites,
                by,
                api,
                &short,
            )?);
        }
    }
    if let Some(short) = all {
        let name = (ALL, source.publisher.name.as_str());
        let by = agent(source, None);
        portal.collections.push(of_group(source, name, source.sites, by, None, &short)?);
    }
    portal.collections.push(registers(source, &portal)?);
    Ok(portal)
}

fn of_site(
    source: &Source<'_>,
    site: &Arc<Site>,
    organisations: &[Organisation],
    short: &ReleasedInShort,
) -> Result<Collection<'static>, PublishError> {
    let (host, name) = (site.host.as_str(), site.host.readable());
    let organisation = organisations.iter().find(|one| Some(one.id) == site.organisation);
    let common = Common {
        folder: folder_of(host),
        name: Text::new(name.as_ref(), name.as_ref()),
        landing: format!("{}/", folder_of(host)),
        api: Some(format!("/api/v1/sites/{host}")),
        first: source.store.first_day(site)?,
    };
    Ok(Collection {
        path: common.folder.clone(),
        title: Text::new(format!("Audience de {name}"), format!("Audience of {name}")),
        description: Text::new(
            format!("Comment le site {name} est consulté : pages vues, visites, provenances."),
            format!("How the site {name} is read: page views, visits, sources."),
        ),
        source: Some(format!("https://{host}/")),
        publisher: agent(source, organisation),
        contact: contact(source, site.rules.contact.as_deref()),
        licence: licence(site.rules.licence),
        synthetic: site.synthetic,
        datasets: of_figures(&common, short),
    })
}

/// The lines of several sites, one after the other.
fn of_group(
    source: &Source<'_>,
    (about, name): (&str, &str),
    sites: &[Arc<Site>],
    publisher: Agent,
    api: Option<String>,
    short: &ReleasedInShort,
) -> Result<Collection<'static>, PublishError> {
    let mut first = None;
    for site in sites {
        let of_site = source.store.first_day(site)?;
        first = [first, of_site].into_iter().flatten().min();
    }
    let name = match about {
        ALL => Text::new(format!("tous les sites ({name})"), format!("all sites ({name})")),
        _ => Text::new(name, name),
    };
    let title = Text::new(format!("Audience : {}", name.fr), format!("Audience: {}", name.en));
    let common = Common {
        folder: folder_of(about),
        name,
        landing: format!("{}/", folder_of(about)),
        api,
        first,
    };
    Ok(Collection {
        path: common.folder.clone(),
        title,
        description: Text::new(
            "Les lignes de plusieurs sites dans les mêmes fichiers ; rien n'y est additionné.",
            "The lines of several sites in the same files; nothing in them is added up.",
        ),
        source: None,
        publisher,
        contact: contact(source, None),
        licence: licence(Licence::Ouverte),
        synthetic: sites.iter().any(|site| site.synthetic),
        datasets: of_figures(&common, short),
    })
}

fn registers(
    source: &Source<'_>,
    portal: &Portal<'_>,
) -> Result<Collection<'static>, PublishError> {
    // What the registers say holds for all days that have figures.
    let figures = || portal.collections.iter().flat_map(|collection| &collection.datasets);
    let first = figures().filter_map(|dataset| dataset.first).min();
    let last = figures().filter_map(|dataset| dataset.last).max();
    let datasets = datasets_of(portal);
    let mut entries = Vec::new();
    for one in DESCRIBED {
        let mut files = Vec::new();
        for format in FORMATS {
            files.push(register(source, (one, datasets), None, format)?.0);
        }
        let about = (source.publisher.name.as_str(), LANDING);
        let mut entry = of_register(register_schema(one), &files, about, portal.modified);
        (entry.issued, entry.first, entry.last) = (portal.issued, first, last);
        entries.push(entry);
    }
    Ok(Collection {
        path: FOLDER.to_owned(),
        title: Text::new("Registres", "Registers"),
        description: Text::new(
            "Ce qu'il faut savoir des chiffres : sites, méthodes, ruptures de série, usages.",
            "What one must know of the figures: sites, methods, breaks in series, uses.",
        ),
        source: None,
        publisher: portal.publisher.clone(),
        contact: portal.contact.clone(),
        licence: portal.licence.clone(),
        synthetic: false,
        datasets: entries,
    })
}

fn publisher(publisher: &Publisher, base_url: &str) -> Agent {
    let Publisher { name, url, email, identifier } = publisher.clone();
    let url = Some(url.unwrap_or_else(|| base_url.to_owned()));
    Agent { name, identifier, url, email, kind: AgentKind::NationalAuthority }
}

/// The organisation of a site; the service's own publisher if it has none.
fn agent(source: &Source<'_>, organisation: Option<&Organisation>) -> Agent {
    let own = publisher(source.publisher, source.base_url);
    let Some(organisation) = organisation else { return own };
    Agent {
        name: organisation.name.clone(),
        identifier: organisation.identifier.clone(),
        url: None,
        email: None,
        kind: own.kind,
    }
}

/// The contact of a site, which is an e-mail or a page; else that of the publisher.
fn contact(source: &Source<'_>, own: Option<&str>) -> Contact {
    let name = source.publisher.name.clone();
    let (email, url) = match own {
        Some(page) if page.starts_with("http") => (None, Some(page.to_owned())),
        Some(email) => (Some(email.to_owned()), None),
        None => (source.publisher.email.clone(), source.publisher.url.clone()),
    };
    let is_reached = email.is_some() || url.is_some();
    let url = if is_reached { url } else { Some(source.base_url.to_owned()) };
    Contact { name, email, url }
}

fn licence(licence: Licence) -> catalogue::Licence {
    catalogue::Licence {
        spdx: licence.name().to_owned(),
        url: licence.address().to_owned(),
        title: licence.title().fr.to_owned(),
    }
}
