//! One site: its figures and what they are compared with, its curve, and what was consulted on it
//! and from where; any row filters the page.

mod beside;
mod block;
mod column;
mod curve;
pub mod embed;
mod headline;
mod links;
mod list;
mod picker;
mod reading;

use std::sync::Arc;

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use rayon::prelude::*;

use crate::dimension::{self, PAGE};
use crate::model::Site;
use crate::publish::catalogue::{DatasetEntry, Language, schema_org};
use crate::publish::label_column;
use crate::publish::portal::folder_of;
use crate::query::{Asker, QueryError};
use crate::store::{Organisation, StoreError};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::open_data::described;
use crate::web::pages::asked::{Asked, value_of};
use crate::web::pages::labels;
use crate::web::pages::why::{Why, why};

use block::{BLOCKS, Block, Outcome};
use curve::Curve;
use headline::Headline;
use picker::Picker;

pub use curve::Choice;
pub use links::{Links, links};
pub use list::page as list_page;

/// A filter of the page.
struct Chip {
    /// The dimension and the value in words.
    text: String,
    /// The page without it.
    href: String,
}

#[derive(Template)]
#[template(path = "site.html")]
struct SitePage {
    frame: Frame,
    host: String,
    zone: String,
    synthetic: bool,
    organisation: Option<String>,
    licence: (&'static str, &'static str),
    visitors_min: u64,
    /// The page that is looked at alone, with its title and its address on the site.
    page: Option<(String, Option<String>, String)>,
    chips: Vec<Chip>,
    picker: Picker,
    headline: Option<Headline>,
    curve: Option<Curve>,
    problem: Option<Why>,
    /// Was nothing ever counted?
    is_new: bool,
    blocks: Vec<Block>,
    /// The names of breakdowns that are not kept together with the filter.
    apart: Vec<&'static str>,
    /// The main datasets for search engines, each a JSON text that no value of it can end.
    described: Vec<String>,
}

/// What all parts of the page are made from.
struct Making<'a> {
    app: &'a App,
    frame: &'a Frame,
    site: &'a Arc<Site>,
    asked: &'a Asked,
}

impl Making<'_> {
    /// Everybody asks.
    fn asker(&self) -> Asker<'_> {
        self.app.public_asker()
    }

    /// The site's page with other parameters.
    fn here(&self, query: &str) -> String {
        self.frame.to(&format!("/sites/{}{query}", self.site.host))
    }
}

/// What is asked about a site, with its usual period: today, as long as no day of it has ended.
fn asked_of(app: &App, site: &Site, query: &str) -> Result<Asked, StoreError> {
    let asked = Asked::of(query);
    let today = site.zone.day_at((app.clock)()).date;
    let is_new = app.store.first_day(site)?.is_some_and(|first| first >= today);
    Ok(if is_new { asked.or_period("today") } else { asked })
}

/// `GET /sites/{host}`.
pub async fn page(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let sites = app.collector.sites();
    let site = sites.named(&host).cloned();
    let Some(site) = site else { return Ok(frame.not_found("error-no-site")) };
    let query = request.query_string().to_owned();
    let page = web::block(move || {
        let asked = asked_of(&app, &site, &query)?;
        made(frame, &app, &site, &asked)
    });
    let page = page.await??;
    let problem = page.problem.as_ref().filter(|why| why.is_wrong);
    let problem = problem.map(|why| why.text.as_str());
    page.frame.answer_or_refuse(&request, &page, problem)
}

fn made(frame: Frame, app: &App, site: &Arc<Site>, asked: &Asked) -> Result<SitePage, Refusal> {
    let making = Making { app, frame: &frame, site, asked };
    let is_new = app.store.first_day(site)?.is_none();
    let (headline, problem) = match headline::made(&making) {
        Ok(_) if is_new => (None, None),
        Ok(headline) => (Some(headline), None),
        Err(QueryError::Store(error)) => return Err(error.into()),
        Err(error) => (None, Some(why(&frame, &error))),
    };
    let mut curve = None;
    let mut blocks = Vec::new();
    let mut apart = Vec::new();
    if let Some(Headline { span, .. }) = headline {
        // Each block reads dozens of tables: the cores share them, one after the other, the large
        // ones first.
        let block = |(place, name)| {
            let dimension = dimension::named(name)?;
            Some((place, dimension, block::made(&making, dimension, span)))
        };
        let (curve_made, mut made): (_, Vec<_>) = rayon::join(
            || curve::made(&making, span),
            || BLOCKS.into_iter().enumerate().par_bridge().filter_map(block).collect(),
        );
        curve = curve_made?;
        made.sort_unstable_by_key(|(place, ..)| *place);
        for (_, dimension, outcome) in made {
            match outcome? {
                Outcome::Shown(block) => blocks.push(*block),
                Outcome::Apart => apart.push(frame.locale.of(label_column(dimension.name).title)),
                Outcome::Left => {}
            }
        }
    }
    let organisations = app.store.organisations()?;
    let is_own = |one: &&Organisation| Some(one.id) == site.organisation;
    Ok(SitePage {
        host: site.host.to_string(),
        zone: site.zone.name().to_owned(),
        synthetic: site.synthetic,
        organisation: organisations.iter().find(is_own).map(|one| one.name.clone()),
        licence: (site.rules.licence.name(), site.rules.licence.address()),
        visitors_min: site.rules.visitors_min,
        is_new: is_new && problem.is_none(),
        page: own_page(&making)?,
        chips: chips(&making),
        picker: picker::made(&making, headline.as_ref().map(|one| one.span), ""),
        curve,
        problem,
        blocks,
        apart,
        described: described_datasets(app, site, &frame)?,
        headline,
        frame,
    })
}

/// The one page that the filters leave, if they do.
fn own_page(making: &Making<'_>) -> Result<Option<(String, Option<String>, String)>, Refusal> {
    let [filter] = making.asked.filters()[..] else { return Ok(None) };
    let Some((dimension, path)) = value_of(filter) else { return Ok(None) };
    if dimension.code != PAGE || !path.starts_with('/') {
        return Ok(None);
    }
    let least = making.site.rules.visitors_min;
    let key = dimension.key(&path);
    let titles = making.app.store.titles(making.site, &[key.as_str()], least)?;
    let address = format!("https://{}{key}", making.site.host);
    let path = dimension.readable(&key).into_owned();
    Ok(Some((path, titles.into_iter().flatten().next(), address)))
}

fn chips(making: &Making<'_>) -> Vec<Chip> {
    let chip = |filter: &str| {
        let text = match value_of(filter) {
            Some((dimension, value)) => {
                let name = making.frame.locale.of(label_column(dimension.name).title);
                let key = dimension.key(&value);
                let value = labels::value(making.frame, dimension, &dimension.readable(&key));
                making.frame.say("chip").with("name", name).with("value", value).to_string()
            }
            None => filter.to_owned(),
        };
        Chip { text, href: making.here(&making.asked.without_filter(filter)) }
    };
    making.asked.filters().into_iter().map(chip).collect()
}

/// The traffic and the pages of a site, as search engines read them.
fn described_datasets(app: &App, site: &Site, frame: &Frame) -> Result<Vec<String>, Refusal> {
    let portal = described(app)?;
    let folder = folder_of(site.host.as_str());
    let collection = portal.collections.iter().find(|one| one.path == folder);
    let Some(collection) = collection else { return Ok(Vec::new()) };
    let main = collection.datasets.iter().filter(|one| !one.distributions.is_empty()).take(2);
    let language = if frame.locale.tag() == "fr" { Language::French } else { Language::English };
    let text = |dataset: &DatasetEntry<'_>| {
        let path = dataset.identifier(collection);
        let page = frame.whole(&frame.to(&path));
        let value = schema_org::dataset(&portal, collection, dataset, (page.as_str(), language));
        schema_org::script_text(&value)
    };
    Ok(main.map(text).collect())
}
