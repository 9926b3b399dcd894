//! What was not counted, for people: under its site, or by the host of its sender, with the reason
//! and what to do.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use crate::collect::{Answer, Dropped};
use crate::model::utc_date;
use crate::store::{SENDER_DAYS_MAX, SENDER_NONE, SENDER_OTHER};
use crate::web::App;
use crate::web::admin::{signed_in, to};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::of_staff::is_of_staff;
use crate::web::tagged::tagged;

/// Days of which the page shows the losses: a week, today being the last.
const DAYS: i64 = 7;

/// Senders that the page shows, those with the most hits; the API has all.
const SENDERS_SHOWN_MAX: usize = 100;

/// One reason of one site or sender.
struct Loss {
    host: String,
    reason: String,
    hits: String,
    last: Option<String>,
    meaning: &'static str,
    cure: &'static str,
}

#[derive(Template)]
#[template(path = "admin_dropped.html")]
struct DroppedPage {
    frame: Frame,
    days: i64,
    sites: Vec<Loss>,
    sender_days: i64,
    senders: Vec<Loss>,
}

/// `GET /admin/dropped`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    if signed_in(&request, &app).await?.is_none() {
        return Ok(to("/admin/sign-in"));
    }
    let frame = Frame::of(&request, &app);
    let page = computed(&request, move || read(frame, &app)).await??;
    page.frame.answer(&request, &page)
}

fn read(frame: Frame, app: &App) -> Result<DroppedPage, Refusal> {
    let now = (app.clock)();
    let mut sites = Vec::new();
    for site in app.collector.sites().all() {
        let today = site.zone.day_at(now).date;
        let first = today.saturating_sub((DAYS - 1).days());
        for (reason, hits) in app.store.dropped(site, first, today)? {
            sites.push(loss(&frame, site.host.as_str(), &reason, hits, None));
        }
    }
    let today = utc_date(now);
    let found = app.store.senders(first_of_senders(today), today)?;
    let senders = found.iter().take(SENDERS_SHOWN_MAX);
    let senders = senders.map(|one| loss(&frame, &one.host, &one.reason, one.hits, Some(one.last)));
    let senders = senders.collect();
    Ok(DroppedPage { days: DAYS, sites, sender_days: SENDER_DAYS_MAX, senders, frame })
}

fn first_of_senders(today: Date) -> Date {
    today.saturating_sub((SENDER_DAYS_MAX - 1).days())
}

fn loss(frame: &Frame, host: &str, reason: &str, hits: u64, last: Option<Date>) -> Loss {
    let dropped = Dropped::named(reason);
    let host = match host {
        SENDER_NONE => frame.say("admin-dropped-none").to_string(),
        SENDER_OTHER => frame.say("admin-dropped-other").to_string(),
        host => host.to_owned(),
    };
    Loss {
        host,
        reason: reason.to_owned(),
        hits: frame.locale.number(hits),
        last: last.map(|day| frame.locale.day(day)),
        meaning: dropped.map_or("", |dropped| frame.locale.of(dropped.meaning())),
        cure: cure(dropped),
    }
}

/// The text that says what an administrator can do.
fn cure(dropped: Option<Dropped>) -> &'static str {
    match dropped {
        Some(Dropped::UnknownSite) => "admin-dropped-do-site",
        Some(Dropped::SeveralSites) => "admin-dropped-do-several",
        Some(Dropped::ForeignHost | Dropped::ForeignOrigin) => "admin-dropped-do-alias",
        Some(Dropped::SandboxedPage) => "admin-dropped-do-sandbox",
        Some(Dropped::TooManyRequests) => "admin-dropped-do-requests",
        Some(dropped) => match dropped.answer() {
            Answer::OnPurpose => "admin-dropped-do-nothing",
            Answer::Unavailable => "admin-dropped-do-log",
            Answer::Refused | Answer::TooLarge | Answer::TooSlow | Answer::SlowDown => {
                "admin-dropped-do-sender"
            }
        },
        None => "admin-dropped-do-nothing",
    }
}

/// `GET /admin/api/v1/dropped`: the senders of no counted site, and from where requests seem to
/// come.
pub async fn senders(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    if !is_of_staff(&request) || signed_in(&request, &app).await?.is_none() {
        return Err(Refusal::SignedOut);
    }
    let body = computed(&request, move || {
        let today = utc_date((app.clock)());
        let first = first_of_senders(today);
        let arrivals = app.store.last_arrivals(today)?;
        let senders = app.store.senders(first, today)?.into_iter().map(|one| {
            json!({
                "host": one.host,
                "reason": one.reason,
                "hits": one.hits,
                "last": one.last.to_string(),
                "advice": Dropped::named(&one.reason).map(Dropped::advice),
            })
        });
        Ok::<_, Refusal>(json!({
            "period": { "first": first.to_string(), "last": today.to_string() },
            "senders": senders.collect::<Vec<_>>(),
            "arrivals": {
                "requests": arrivals.requests,
                "of_proxy": arrivals.of_proxy,
                "unreadable": arrivals.unreadable,
            },
        }))
    });
    let body = body.await??;
    Ok(tagged(&request, "application/json", body.to_string().into_bytes(), None))
}
