//! The figures of all sites together, kept for as long as they cannot have changed.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::dimension;
use crate::model::{Host, Site, SiteId};
use crate::query::{Answer, Moment, PERIOD_DEFAULT, QueryError, Row, Scope, Shown, What, run};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::pages::figures::figure_of;
use crate::web::pages::home::ROWS_MAX;

/// The figures of all sites, as they were added up last.
#[derive(Default)]
pub struct FirstPage {
    kept: Mutex<Option<(Key, Arc<Figures>)>>,
}

/// What decides whether the figures are still the same: their state, and the sites. Their number
/// would not do: one may go while another comes. Adding up a thousand sites takes longer than a
/// page may.
type Key = (Moment, Vec<(SiteId, Host)>);

/// What is shown of all sites.
pub struct Figures {
    /// Totals of today.
    pub today: Answer,
    /// Totals of the last four weeks, beside those of the four before.
    pub month: Answer,
    /// The last hour that has ended, as its sites counted it.
    pub hour: Option<u64>,
    /// The pages that were read most.
    pub pages: Answer,
    /// The documents that were downloaded most.
    pub documents: Answer,
    /// Views and visitors of each site over the last four weeks, in the order of the sites.
    pub sites: Vec<[Shown; 2]>,
}

/// The figures of all sites, added up anew when one of them may have changed.
pub fn kept(app: &App, sites: &[Arc<Site>]) -> Result<Arc<Figures>, Refusal> {
    let now = (app.clock)();
    let ids = sites.iter().map(|site| (site.id, site.host.clone())).collect();
    let key = (app.public_asker().moment()?, ids);
    let mut kept = app.first_page.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, figures)) = kept.as_ref()
        && *at == key
    {
        return Ok(figures.clone());
    }
    let figures = Arc::new(added_up(app, sites, now).map_err(refused)?);
    *kept = Some((key, figures.clone()));
    Ok(figures)
}

/// No question of this page is unclear or has no answer.
fn refused(error: QueryError) -> Refusal {
    match error {
        QueryError::Store(error) => error.into(),
        QueryError::Ask(_) | QueryError::Unanswerable(_) => {
            tracing::error!("the first page asks what cannot be answered: {error}");
            Refusal::Internal
        }
    }
}

fn added_up(app: &App, sites: &[Arc<Site>], now: Timestamp) -> Result<Figures, QueryError> {
    let asker = app.public_asker();
    let pairs = |pairs: &[(&str, &str)]| {
        let owned = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        owned.collect::<Vec<_>>()
    };
    let all = Scope::Sum(sites);
    let totals = |period: &str, compare: &[(&str, &str)]| {
        let mut asked = vec![("period", period), ("metrics", "views,visitors,visits")];
        asked.extend(compare);
        run(&asker, all, What::Totals, &pairs(&asked)).map(|answered| answered.1)
    };
    let most = |name: &str, metric: &str| {
        let limit = (ROWS_MAX + 1).to_string();
        let asked = [("period", PERIOD_DEFAULT), ("metrics", metric), ("limit", &limit)];
        let dimension = dimension::named(name).unwrap_or(dimension::ALL[0]);
        run(&asker, all, What::Breakdown(dimension), &pairs(&asked)).map(|answered| answered.1)
    };
    let mut of_sites = Vec::with_capacity(sites.len());
    for site in sites {
        let asked = pairs(&[("period", PERIOD_DEFAULT), ("metrics", "views,visitors")]);
        let (_, answer) = run(&asker, Scope::Site(site), What::Totals, &asked)?;
        of_sites.push([0, 1].map(|place| figure_of(answer.rows.first(), place)));
    }
    let hours = pairs(&[("period", "today"), ("interval", "hour"), ("metrics", "views")]);
    let hours = run(&asker, all, What::Timeseries, &hours)?.1;
    let month = totals(PERIOD_DEFAULT, &[("compare", "previous")])?;
    Ok(Figures {
        today: totals("today", &[])?,
        month,
        hour: last_hour(&hours.rows, now),
        pages: most("page", "views")?,
        documents: most("download", "events")?,
        sites: of_sites,
    })
}

/// The views of the last hour that has ended. Sites of other zones have it under another name.
fn last_hour(rows: &[Row], now: Timestamp) -> Option<u64> {
    let ended = (now.as_second().div_euclid(3_600) - 1) * 3_600;
    let began =
        |row: &&Row| row.label.parse::<Timestamp>().is_ok_and(|began| began.as_second() == ended);
    let views = rows.iter().filter(began).filter_map(|row| match row.figures.first() {
        Some(Shown::Count(views)) => Some(*views),
        _ => None,
    });
    views.reduce(|one, other| one + other)
}
