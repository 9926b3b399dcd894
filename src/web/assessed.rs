//! The self-assessment of the running configuration: its grounds, its file, and its lines on a
//! page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::privacy::OPT_OUT_DAYS;
use crate::publish::assessment::{Criterion, Grounds, as_json, assess};
use crate::web::error::Refusal;
use crate::web::limits::questions::computed;
use crate::web::locale::Locale;
use crate::web::tagged::tagged;
use crate::web::{App, CONTENT_SECURITY_POLICY, assets};

/// A criterion as a page shows it.
pub struct CriterionLine {
    pub id: &'static str,
    /// The name of its line within the page.
    pub anchor: String,
    pub requirement: &'static str,
    pub here: String,
    pub remains: Option<&'static str>,
    pub sites: String,
    /// The state's name, which is also that of its look.
    pub state: &'static str,
}

impl CriterionLine {
    /// A criterion in one language.
    pub fn of(locale: &Locale, one: &Criterion) -> Self {
        Self {
            id: one.id,
            anchor: one.id.to_lowercase(),
            requirement: locale.of(one.requirement),
            here: locale.either(&one.here.fr, &one.here.en),
            remains: one.remains.map(|words| locale.of(words)),
            sites: one.sites.join(", "),
            state: one.state.name(),
        }
    }

    /// The key of the text that says the state.
    pub fn state_key(&self) -> &'static str {
        match self.state {
            "met" => "privacy-state-met",
            "not_met" => "privacy-state-not_met",
            _ => "privacy-state-operator",
        }
    }
}

/// Every criterion, assessed now.
pub fn criteria(app: &App) -> Result<Vec<Criterion>, Refusal> {
    with_grounds(app, assess)
}

/// `GET /privacy/assessment.json`.
pub async fn file(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let written = computed(&request, move || {
        with_grounds(&app, |grounds| serde_json::to_vec_pretty(&as_json(&assess(grounds), grounds)))
    });
    let bytes = written.await??.map_err(|_| Refusal::Internal)?;
    Ok(tagged(&request, "application/json", bytes, None))
}

/// Gathers what the running service is assessed by.
fn with_grounds<Outcome>(
    app: &App,
    assess: impl FnOnce(&Grounds<'_>) -> Outcome,
) -> Result<Outcome, Refusal> {
    let sites = app.collector.sites();
    let tracker = assets::tracker_text().unwrap_or_default();
    Ok(assess(&Grounds {
        sites: sites.all(),
        tables: &app.tables,
        now: (app.clock)(),
        retention_months: app.retention_months,
        opt_out_days: OPT_OUT_DAYS,
        page_policy: CONTENT_SECURITY_POLICY,
        tracker: &tracker,
        has_staff: app.store.has_logins()?,
        organisations: app.store.organisations()?.len(),
    }))
}
