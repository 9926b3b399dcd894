//! The pages that list what is published, in French and English, for people and, inside, for
//! search engines.

use crate::publish::catalogue::schema_org::{self, script_text};
use crate::publish::catalogue::{Collection, DatasetEntry, Language, Portal, Text};
use crate::publish::portal::registers::REGISTERS;

/// The page of everything; `within` leads to the folder of the files.
pub fn of_portal(portal: &Portal<'_>, within: &str) -> String {
    let mut page = begin(&portal.title, &portal.description);
    page.push_str("<h2>Sites et organisations / Sites and organisations</h2>\n<ul>\n");
    for collection in portal.collections.iter().filter(|one| one.path != "/data") {
        let path = collection.path.trim_start_matches("/data/");
        let href = format!("{within}{path}/index.html");
        item(&mut page, &href, &said(&collection.title));
    }
    page.push_str("</ul>\n<h2>Registres / Registers</h2>\n<ul>\n");
    for register in REGISTERS {
        let name = register.name();
        item(&mut page, &format!("{within}{name}.csv"), &format!("{name}.csv"));
    }
    page.push_str("</ul>\n<h2>Catalogue</h2>\n<ul>\n");
    for name in ["catalog.ttl", "catalog.rdf", "catalog.jsonld", "datapackage.json"] {
        item(&mut page, &format!("{within}{name}"), name);
    }
    page.push_str("</ul>\n");
    end(page)
}

/// The page of a site, an organisation or all sites.
pub fn of_collection(portal: &Portal<'_>, collection: &Collection<'_>) -> String {
    let mut page = begin(&collection.title, &collection.description);
    if collection.synthetic {
        page.push_str("<p><strong>Chiffres inventés / Invented figures</strong></p>\n");
    }
    for dataset in collection.datasets.iter().filter(|one| !one.distributions.is_empty()) {
        page.push_str(&format!("<h2>{}</h2>\n", escaped(&said(&dataset.schema.title.into()))));
        files(&mut page, dataset);
        let address = portal.address(&dataset.landing);
        let shown = (address.as_str(), Language::French);
        let described = schema_org::dataset(portal, collection, dataset, shown);
        let described = script_text(&described);
        page.push_str(&format!("<script type=\"application/ld+json\">{described}</script>\n"));
    }
    end(page)
}

fn files(page: &mut String, dataset: &DatasetEntry<'_>) {
    page.push_str("<ul>\n");
    for file in &dataset.distributions {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let href = format!("{}/{name}", dataset.schema.dataset);
        let period = file.period.as_deref().unwrap_or_default();
        item(page, &href, &format!("{period} {}", said(&file.title)));
    }
    page.push_str("</ul>\n");
}

fn begin(title: &Text, description: &Text) -> String {
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n</head>\n\
         <body>\n<h1>{}</h1>\n<p>{}</p>\n<p lang=\"en\">{}</p>\n",
        escaped(&title.fr),
        escaped(&said(title)),
        escaped(&description.fr),
        escaped(&description.en),
    )
}

fn end(mut page: String) -> String {
    page.push_str("</body>\n</html>\n");
    page
}

fn item(page: &mut String, href: &str, name: &str) {
    page.push_str(&format!("<li><a href=\"{}\">{}</a></li>\n", escaped(href), escaped(name)));
}

/// Both languages, or the one text that is the same in both.
fn said(text: &Text) -> String {
    if text.fr == text.en { text.fr.clone() } else { format!("{} / {}", text.fr, text.en) }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            letter => safe.push(letter),
        }
    }
    safe
}
