//! What is done with a visit, in plain words, and the opt-out.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::model::{OnRefusal, Site};
use crate::privacy::{OPT_OUT_DAYS, ROUNDED_TO, VISITORS_MIN};
use crate::publish::assessment::{self, CAVEAT, CLAIM, SOURCE, State};
use crate::web::admin::BROWSER_DAYS;
use crate::web::assessed::{self, CriterionLine};
use crate::web::beacon::OPT_OUT_COOKIE;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::pages::methodology::refusal;
use crate::web::privacy::ANONYMITY_PATH;
use crate::web::{App, forms};

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    frame: Frame,
    opted_out: bool,
    opt_out_days: String,
    browser_days: i64,
    visitors_min: u64,
    rounded_to: u64,
    to_anonymity: &'static str,
    retention_months: u32,
    /// Sites that do not simply honour the signals: host, and what each of the two does.
    signals: Vec<(String, &'static str, &'static str)>,
    sites_count: usize,
    sites_heeding: usize,
    source: &'static str,
    claim: &'static str,
    caveat: &'static str,
    criteria: Vec<CriterionLine>,
    /// The numbers of those that are not met.
    failed: Vec<&'static str>,
    met: usize,
    not_met: usize,
    operator: usize,
}

/// `GET /privacy`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let opted_out = request.cookie(OPT_OUT_COOKIE).is_some_and(|cookie| cookie.value() == "1");
    let page = computed(&request, move || privacy(frame, opted_out, &app)).await??;
    page.frame.answer(&request, &page)
}

fn privacy(frame: Frame, opted_out: bool, app: &App) -> Result<PrivacyPage, Refusal> {
    let locale = frame.locale;
    let sites = app.collector.sites();
    let heeds = |site: &Site| [site.rules.gpc, site.rules.dnt] == [OnRefusal::Drop; 2];
    let others = sites.all().iter().filter(|site| !heeds(site));
    let signals: Vec<_> = others
        .map(|site| {
            let [gpc, dnt] = [site.rules.gpc, site.rules.dnt].map(|one| locale.of(refusal(one)));
            (site.host.to_string(), gpc, dnt)
        })
        .collect();
    let criteria = assessed::criteria(app)?;
    let count = |state| assessment::count(&criteria, state);
    Ok(PrivacyPage {
        opted_out,
        // Days of a term are no amount: 395 stays as it is in every language.
        opt_out_days: OPT_OUT_DAYS.to_string(),
        browser_days: BROWSER_DAYS,
        visitors_min: VISITORS_MIN,
        rounded_to: ROUNDED_TO,
        to_anonymity: ANONYMITY_PATH,
        retention_months: app.retention_months,
        sites_count: sites.all().len(),
        sites_heeding: sites.all().len() - signals.len(),
        signals,
        source: SOURCE,
        claim: locale.of(CLAIM),
        caveat: locale.of(CAVEAT),
        met: count(State::Met),
        not_met: count(State::NotMet),
        operator: count(State::Operator),
        failed: criteria
            .iter()
            .filter(|one| one.state == State::NotMet)
            .map(|one| one.id)
            .collect(),
        criteria: criteria.iter().map(|one| CriterionLine::of(locale, one)).collect(),
        frame,
    })
}

/// The opt-out form.
#[derive(Deserialize)]
pub struct OptOutForm {
    /// `out` or `in`.
    choice: String,
}

/// `POST /privacy/opt-out`: sets or removes the only marker there is.
pub async fn opt_out(request: HttpRequest, form: Form<OptOutForm>, app: Data<App>) -> HttpResponse {
    let age = if form.choice == "out" {
        time::Duration::days(OPT_OUT_DAYS)
    } else {
        time::Duration::ZERO
    };
    let cookie = Cookie::build(OPT_OUT_COOKIE, "1")
        .path("/")
        .max_age(age)
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(forms::is_secure(&request, &app))
        .finish();
    let page = Frame::of(&request, &app).to("/privacy");
    HttpResponse::SeeOther()
        .cookie(cookie)
        .insert_header((header::LOCATION, format!("{page}#opt-out")))
        .finish()
}
