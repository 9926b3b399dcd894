//! From a question's parameters to the bytes of its answer.

use std::sync::Arc;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::dimension::{ENTRY_PAGE, EXIT_PAGE, PAGE};
use crate::model::Site;
use crate::model::address::path_key;
use crate::privacy::{StaffPass, VISITORS_MIN};
use crate::publish::beside::{comparability, comparable};
use crate::publish::table::Format;
use crate::publish::{Beside, answer_as_file, answer_as_json};
use crate::query::{Answer, Ask, Asker, QueryError, Scope, What, run};
use crate::store::{Method, StoreError};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::tagged::tagged;

/// Whose figures.
pub enum About {
    /// Those of a site.
    Site(Arc<Site>),
    /// The sum over the sites of an organisation: its name in addresses, and the sites.
    Organisation(String, Vec<Arc<Site>>),
}

impl About {
    fn scope(&self) -> Scope<'_> {
        match self {
            Self::Site(site) => Scope::Site(site),
            Self::Organisation(_, sites) => Scope::Sum(sites),
        }
    }

    /// The word for it, and its host or name.
    fn named(&self) -> (&'static str, &str) {
        match self {
            Self::Site(site) => ("site", site.host.as_str()),
            Self::Organisation(slug, _) => ("organisation", slug),
        }
    }
}

/// Answers a question: as JSON with all that is said beside the figures, or as a file of its lines.
pub async fn answer(
    request: &HttpRequest,
    app: Data<App>,
    about: About,
    what: What,
    pairs: Vec<(String, String)>,
    format: Option<&'static dyn Format>,
    pass: Option<StaffPass>,
) -> Result<HttpResponse, Refusal> {
    let address = request.path().to_owned();
    let details_from = app.details_from();
    let now = (app.clock)();
    let store = app.store.clone();
    let answered = web::block(move || {
        let store = store.as_ref();
        let provisional = &app.provisional;
        let (pass, kept) = (pass.as_ref(), Some(&app.answers));
        let asker = Asker { store, now, details_from, pass, provisional, kept };
        let (ask, answer) = run(&asker, about.scope(), what, &pairs)?;
        let mut beside = beside(&asker, &about, &ask, &answer)?;
        beside.next = next(&address, &pairs, &ask, &answer);
        if let Some(format) = format {
            let bytes = answer_as_file(format, &ask, &answer, &beside).map_err(|error| {
                tracing::error!("an answer cannot be written: {error}");
                Refusal::Internal
            })?;
            return Ok::<_, Refusal>((bytes, beside.next));
        }
        let json = answer_as_json(&ask, &answer, &beside);
        Ok((format!("{json:#}\n").into_bytes(), beside.next))
    });
    let (bytes, next) = answered.await??;
    let media_type = format.map_or("application/json", Format::media_type);
    Ok(tagged(request, media_type, bytes, next))
}

fn beside<'a>(
    asker: &Asker<'_>,
    about: &'a About,
    ask: &Ask,
    answer: &Answer,
) -> Result<Beside<'a>, StoreError> {
    let (store, exact, days) = (asker.store, asker.pass.is_some(), (ask.span.first, ask.span.last));
    let sites = about.scope().sites();
    let mut zones: Vec<_> = sites.iter().map(|site| site.zone.name().to_owned()).collect();
    zones.sort();
    zones.dedup();
    let mut methods = Vec::new();
    let mut breaks = Vec::new();
    let mut compared = Vec::new();
    for site in sites {
        let collected = store.collected(site, days, asker.now)?;
        let of_site = collected.giving(days.0, days.1, &ask.by.named_with(&ask.filters));
        methods.extend(of_site.iter().copied());
        if sites.len() > 1 {
            compared.push(comparable(store, site, of_site)?);
        }
        let compared = answer.compared.as_ref().map(|one| one.first);
        let from = compared.map_or(ask.span.first, |first| first.min(ask.span.first));
        let of_site = store.breaks(site, from, ask.span.last)?;
        breaks.extend(of_site.into_iter().map(|one| (site.host.to_string(), one)));
    }
    let used = Method::ALL.into_iter().filter(|method| methods.contains(method)).collect();
    let names_pages = match ask.what {
        What::Breakdown(dimension) => [PAGE, ENTRY_PAGE, EXIT_PAGE].contains(&dimension.code),
        What::Totals | What::Timeseries => false,
    };
    let titles = match about {
        About::Site(site) if names_pages => {
            let keys: Vec<_> = answer.rows.iter().map(|row| path_key(&row.label)).collect();
            let paths: Vec<_> = keys.iter().map(String::as_str).collect();
            store.titles(site, &paths, site.rules.visitors_min)?
        }
        _ => Vec::new(),
    };
    let (kind, name) = about.named();
    let visitors_min = sites.iter().map(|site| site.rules.visitors_min).max();
    let mut licences: Vec<_> = sites.iter().map(|site| site.rules.licence.name()).collect();
    licences.sort_unstable();
    licences.dedup();
    Ok(Beside {
        about: kind,
        name,
        time_zones: zones,
        methods: used,
        warnings: comparability(&compared),
        breaks,
        titles,
        exact,
        visitors_min: visitors_min.unwrap_or(VISITORS_MIN),
        licences,
        next: None,
    })
}

/// The address of the next page of results, if there is one.
fn next(path: &str, pairs: &[(String, String)], ask: &Ask, answer: &Answer) -> Option<String> {
    let is_breakdown = matches!(ask.what, What::Breakdown(_));
    if !is_breakdown || ask.limit.saturating_mul(ask.page) >= answer.rows_total {
        return None;
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(name, _)| name != "page") {
        query.append_pair(name, value);
    }
    query.append_pair("page", &(ask.page + 1).to_string());
    Some(format!("{path}?{}", query.finish()))
}

impl From<QueryError> for Refusal {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Store(error) => error.into(),
            QueryError::Ask(ref wrong) if !wrong.is_of_the_whole() => {
                Self::Wrong(error.to_string())
            }
            QueryError::Ask(_) | QueryError::Unanswerable(_) => {
                Self::NoExactAnswer(error.to_string())
            }
        }
    }
}
