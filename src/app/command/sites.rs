//! `parvis site` as it is typed: the words, and what is answered on the terminal.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::app::command::print::say;
use crate::app::{self, AppError, Machine, SiteOptions};
use crate::model::{Site, Zone};

/// What is typed after `parvis site`.
#[derive(Subcommand)]
pub enum SiteCommand {
    /// Count a site.
    Add {
        /// Its host, such as www.example.fr.
        host: String,
        /// The time zone whose midnight ends its day; it cannot be changed later.
        #[arg(long, default_value = Zone::DEFAULT_NAME, env = "PARVIS_ZONE")]
        zone: String,
        #[command(flatten)]
        details: Details,
    },
    /// Show the sites with every setting, one on a line: host, zone, aliases, profile, then the
    /// others by their options.
    List,
    /// Change what is said about a site: only the options that are given, the others stay. A list
    /// is replaced as a whole; an empty one ("") removes it, as --section "" does.
    Set {
        /// Its host.
        host: String,
        #[command(flatten)]
        details: Details,
    },
    /// Remove a site with all its counts.
    Remove {
        /// Its host.
        host: String,
        /// Yes, all its counts too.
        #[arg(long, env = "PARVIS_YES")]
        yes: bool,
    },
}

/// What can be said of a site.
#[derive(Args)]
pub struct Details {
    /// Another host whose pages belong to it; repeat for several.
    #[arg(long = "alias", env = "PARVIS_ALIAS", value_delimiter = ',')]
    aliases: Option<Vec<String>>,
    /// A query parameter that says which page it is, and stays in its path; repeat for several.
    #[arg(long = "query-keep", env = "PARVIS_QUERY_KEEP", value_delimiter = ',')]
    query_kept: Option<Vec<String>>,
    /// How much is measured: exempt (from consent, the default) or extended.
    #[arg(long, env = "PARVIS_PROFILE")]
    profile: Option<String>,
    /// What `Sec-GPC: 1` does: drop (the default), count_without_visitor or ignore.
    #[arg(long, env = "PARVIS_GPC")]
    gpc: Option<String>,
    /// What `DNT: 1` does: drop (the default), count_without_visitor or ignore.
    #[arg(long, env = "PARVIS_DNT")]
    dnt: Option<String>,
    /// The beginning of the paths of a section, such as /services/; repeat for several.
    #[arg(long = "section", env = "PARVIS_SECTION", value_delimiter = ',')]
    sections: Option<Vec<String>>,
    /// A query parameter that holds what was searched for on the site; repeat for several.
    #[arg(long = "search-parameter", env = "PARVIS_SEARCH_PARAMETER", value_delimiter = ',')]
    search_parameters: Option<Vec<String>>,
    /// The name of a feature whose use the site reports; repeat for several.
    #[arg(long = "feature", env = "PARVIS_FEATURE", value_delimiter = ',')]
    features: Option<Vec<String>>,
    /// The extension of files that are downloads when logs are imported, beyond the usual ones;
    /// repeat for several. The tag has its own data-downloads.
    #[arg(long = "download", env = "PARVIS_DOWNLOAD", value_delimiter = ',')]
    downloads: Option<Vec<String>>,
    /// The organisation it belongs to, as named by `parvis organisation set`.
    #[arg(long, env = "PARVIS_ORGANISATION")]
    organisation: Option<String>,
    /// Lines of fewer visitors are not published: 5 to 50, 10 unless said.
    #[arg(long, env = "PARVIS_VISITORS_MIN")]
    visitors_min: Option<u64>,
    /// The licence of its figures: etalab-2.0 (the default), CC-BY-4.0, ODbL-1.0 or CC0-1.0.
    #[arg(long, env = "PARVIS_LICENCE")]
    licence: Option<String>,
    /// Whom readers of its figures may ask: an e-mail address or a web page.
    #[arg(long, env = "PARVIS_CONTACT")]
    contact: Option<String>,
}

impl From<Details> for SiteOptions {
    fn from(details: Details) -> Self {
        Self {
            aliases: details.aliases,
            query_kept: details.query_kept,
            profile: details.profile,
            gpc: details.gpc,
            dnt: details.dnt,
            sections: details.sections,
            search_parameters: details.search_parameters,
            features: details.features,
            downloads: details.downloads,
            organisation: details.organisation,
            visitors_min: details.visitors_min,
            licence: details.licence,
            contact: details.contact,
        }
    }
}

impl SiteCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        let now = (Machine::real().clock)();
        match self {
            Self::Add { host, zone, details } => {
                let site = app::add_site(data, &host, &zone, details.into(), now)?;
                let aliases: Vec<_> = site.aliases.iter().map(|alias| alias.readable()).collect();
                say(format_args!("{} is counted ({}).", site.host.readable(), site.zone.name()))?;
                if !aliases.is_empty() {
                    say(format_args!("Pages on {} belong to it too.", aliases.join(", ")))?;
                }
                say("Its tag: <script defer src=\"https://YOUR-PARVIS-HOST/t.js\"></script>")?;
            }
            Self::List => {
                let organisations = app::list_organisations(data)?;
                for site in app::list_sites(data)? {
                    let own = organisations.iter().find(|one| Some(one.id) == site.organisation);
                    say(listed(&site, own.map_or("", |one| &one.slug)))?;
                }
            }
            Self::Set { host, details } => {
                app::set_site(data, &host, details.into(), now)?;
                say(format_args!("{host} is changed; what was not named stays as it was."))?;
            }
            Self::Remove { host, yes } => {
                if !yes {
                    let why = format!("this deletes all counts of {host}: say so with --yes");
                    return Err(AppError::Misuse(why));
                }
                app::remove_site(data, &host)?;
                say(format_args!("{host} and its counts are removed."))?;
            }
        }
        Ok(())
    }
}

/// A site with all its settings, between tabs. Those after the first four have the names of their
/// options.
fn listed(site: &Site, organisation: &str) -> String {
    let rules = &site.rules;
    let aliases: Vec<_> = site.aliases.iter().map(|alias| alias.readable()).collect();
    let host = site.host.readable();
    let first = [&*host, site.zone.name(), &aliases.join(","), rules.profile.name()].join("\t");
    let others = [
        ("gpc", rules.gpc.name().to_owned()),
        ("dnt", rules.dnt.name().to_owned()),
        ("query-keep", site.query_kept.join(",")),
        ("section", rules.sections.join(",")),
        ("search-parameter", rules.search_parameters.join(",")),
        ("feature", rules.features.join(",")),
        ("download", rules.downloads.join(",")),
        ("organisation", organisation.to_owned()),
        ("visitors-min", rules.visitors_min.to_string()),
        ("licence", rules.licence.name().to_owned()),
        ("contact", rules.contact.clone().unwrap_or_default()),
    ];
    others.iter().fold(first, |line, (name, value)| format!("{line}\t{name}={value}"))
}
