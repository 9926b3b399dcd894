//! A declared re-use, judged: what each field must be, and what is wrong with it.

use url::Url;

use crate::model::ReuseKind;
use crate::model::legible::is_hidden;
use crate::publish::catalogue::Portal;
use crate::store::NewReuse;

/// Longest title, in characters: a line of a list.
pub const TITLE_CHARACTERS_MAX: usize = 200;

/// Longest description, in characters: a page.
pub const DESCRIPTION_CHARACTERS_MAX: usize = 2_000;

/// Longest address, in bytes: longer ones do not pass every browser and proxy.
pub const URL_BYTES_MAX: usize = 2_000;

/// Most datasets of one re-use: who uses more names their folder.
pub const DATASETS_MAX: usize = 20;

/// A re-use as a person typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Its name.
    pub title: String,
    /// Where it is found.
    pub url: String,
    /// The name of its kind.
    pub kind: String,
    /// What it uses, by spaces, commas or lines.
    pub datasets: String,
    /// What it does.
    pub description: String,
}

/// Something that is wrong with a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no title.
    TitleMissing,
    /// The title is too long.
    TitleLong,
    /// The title has signs that are no text.
    TitleSigns,
    /// There is no address.
    UrlMissing,
    /// The address is too long.
    UrlLong,
    /// It is no address of the web.
    UrlWrong,
    /// No kind is chosen.
    KindMissing,
    /// No dataset is named.
    DatasetsMissing,
    /// Too many datasets are named.
    DatasetsMany,
    /// The catalogue has no such dataset.
    DatasetUnknown(String),
    /// The description is too long.
    DescriptionLong,
    /// The description has signs that are no text.
    DescriptionSigns,
}

impl Fault {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TitleMissing => "title-missing",
            Self::TitleLong => "title-long",
            Self::TitleSigns => "title-signs",
            Self::UrlMissing => "url-missing",
            Self::UrlLong => "url-long",
            Self::UrlWrong => "url-wrong",
            Self::KindMissing => "kind-missing",
            Self::DatasetsMissing => "datasets-missing",
            Self::DatasetsMany => "datasets-many",
            Self::DatasetUnknown(_) => "datasets-unknown",
            Self::DescriptionLong => "description-long",
            Self::DescriptionSigns => "description-signs",
        }
    }

    /// The field that it is about.
    pub fn field(&self) -> &'static str {
        self.name().split('-').next().unwrap_or_default()
    }

    /// The limit that is passed, if it is one.
    pub fn most(&self) -> Option<usize> {
        match self {
            Self::TitleLong => Some(TITLE_CHARACTERS_MAX),
            Self::UrlLong => Some(URL_BYTES_MAX),
            Self::DatasetsMany => Some(DATASETS_MAX),
            Self::DescriptionLong => Some(DESCRIPTION_CHARACTERS_MAX),
            _ => None,
        }
    }
}

/// The re-use that is declared, or everything that is wrong with it, in the order of the fields.
/// `reached` is how the address begins by which the person reached the portal.
pub fn judge(
    portal: &Portal<'_>,
    reached: &str,
    typed: &Declaration,
) -> Result<NewReuse, Vec<Fault>> {
    let mut faults = Vec::new();
    let title = judge_title(&typed.title, &mut faults);
    let url = judge_url(&typed.url, &mut faults);
    let kind = ReuseKind::named(&typed.kind);
    if kind.is_none() {
        faults.push(Fault::KindMissing);
    }
    let datasets = judge_datasets((portal, reached), &typed.datasets, &mut faults);
    let description = judge_description(&typed.description, &mut faults);
    match kind {
        Some(kind) if faults.is_empty() => Ok(NewReuse { title, url, kind, datasets, description }),
        _ => Err(faults),
    }
}

fn judge_title(typed: &str, faults: &mut Vec<Fault>) -> String {
    let title = typed.trim();
    if title.is_empty() {
        faults.push(Fault::TitleMissing);
    } else if title.chars().count() > TITLE_CHARACTERS_MAX {
        faults.push(Fault::TitleLong);
    } else if !is_plain(title) {
        faults.push(Fault::TitleSigns);
    }
    title.to_owned()
}

/// The address as every browser writes it, so that the same one is known again.
fn judge_url(typed: &str, faults: &mut Vec<Fault>) -> String {
    let typed = typed.trim();
    let url = Url::parse(typed).ok().filter(|url| {
        let is_of_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_of_web && url.username().is_empty() && url.password().is_none() && is_plain(typed)
    });
    let url = url.map(String::from).unwrap_or_default();
    if typed.is_empty() {
        faults.push(Fault::UrlMissing);
    } else if typed.len().max(url.len()) > URL_BYTES_MAX {
        faults.push(Fault::UrlLong);
    } else if url.is_empty() {
        faults.push(Fault::UrlWrong);
    }
    url
}

fn judge_datasets(
    (portal, reached): (&Portal<'_>, &str),
    typed: &str,
    faults: &mut Vec<Fault>,
) -> Vec<String> {
    let mut datasets = Vec::new();
    let named = typed.split(|letter: char| letter.is_whitespace() || letter == ',');
    let named: Vec<_> = named.filter(|name| !name.is_empty()).collect();
    if named.is_empty() {
        faults.push(Fault::DatasetsMissing);
    } else if named.len() > DATASETS_MAX {
        faults.push(Fault::DatasetsMany);
        return datasets;
    }
    for name in named {
        match dataset(portal, name.strip_prefix(reached).unwrap_or(name)) {
            Some(found) if datasets.contains(&found) => {}
            Some(found) => datasets.push(found),
            None => faults.push(Fault::DatasetUnknown(name.to_owned())),
        }
    }
    datasets
}

/// A description is one paragraph, so that it is one line of every file.
fn judge_description(typed: &str, faults: &mut Vec<Fault>) -> String {
    let description = typed.replace("\r\n", " ").replace(['\n', '\t'], " ").trim().to_owned();
    if description.chars().count() > DESCRIPTION_CHARACTERS_MAX {
        faults.push(Fault::DescriptionLong);
    } else if !is_plain(&description) {
        faults.push(Fault::DescriptionSigns);
    }
    description
}

/// Is it text that shows what it is? Signs that turn the direction of writing can make one address
/// look like another.
pub fn is_plain(text: &str) -> bool {
    // What joins pictures, or makes one colourful, is left out where the text is kept.
    let joins = |letter| matches!(letter, '\u{200d}' | '\u{fe0f}');
    !text.chars().any(|letter| is_hidden(letter) && !joins(letter))
}

/// The catalogue's identifier of what a person names: by that identifier, by the address of one of
/// its files, or by its folder.
pub fn dataset(portal: &Portal<'_>, named: &str) -> Option<String> {
    let path = named.strip_prefix(portal.base_url.as_str()).unwrap_or(named);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    // Who leaves the beginning out means the same.
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/data/{path}") };
    for collection in &portal.collections {
        if collection.path == path {
            return Some(path);
        }
        for dataset in &collection.datasets {
            let identifier = dataset.identifier(collection);
            let rest = path.strip_prefix(&identifier);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.'])) {
                return Some(identifier);
            }
        }
    }
    None
}
