//! What pages say of a comparison: how a figure has changed, with which days it is compared, which
//! days are left out of both sides, and why there is none.

use crate::model::{Metric, Site, ZoneDay};
use crate::publish::metric_title;
use crate::query::{Compared, Row, Span};
use crate::store::{Break, StoreError};
use crate::web::App;
use crate::web::frame::Frame;
use crate::web::pages::figures::{Change, change};
use crate::web::pages::labels;

/// How a figure has changed, over the days that both sides count.
pub fn change_of(frame: &Frame, metric: Metric, row: Option<&Row>, place: usize) -> Option<Change> {
    let pair = row?.compared.as_ref()?;
    let (own, other) = (pair.own.get(place)?, pair.other.get(place)?);
    Some(change(frame, metric, (*own, *other), *pair.by_rounding.get(place)?))
}

/// What is said of a comparison, in a few sentences.
pub fn said(frame: &Frame, compared: &Compared) -> Vec<String> {
    let days = labels::span(frame, compared.first, compared.last);
    if let Some(gap) = compared.obstacle() {
        return vec![
            frame.say(format!("compared-none-{}", gap.name())).with("days", days).to_string(),
        ];
    }
    let mut said = Vec::new();
    let is_of_some = compared.left_out.iter().any(|(_, days)| *days > 0);
    said.push(match compared.own().filter(|_| is_of_some) {
        Some(own) => {
            let own = labels::span(frame, own.first, own.last);
            let of_some = frame.say("compared-days-of").with("count", compared.days);
            of_some.with("own", own).with("days", days).to_string()
        }
        None => {
            frame.say("compared-days").with("count", compared.days).with("days", days).to_string()
        }
    });
    let left_out = compared.left_out.iter().filter(|(_, days)| *days > 0);
    let left_out = left_out.map(|(gap, days)| {
        frame.say(format!("compared-gap-{}", gap.name())).with("count", *days).to_string()
    });
    let left_out = left_out.collect::<Vec<_>>().join(", ");
    if !left_out.is_empty() {
        said.push(frame.say("compared-left-out").with("days", left_out).to_string());
    }
    let (sites, all) = compared.sites;
    if sites < all {
        said.push(frame.say("compared-sites").with("count", sites).with("all", all).to_string());
    }
    if !compared.not_collected.is_empty() {
        let titles = compared.not_collected.iter();
        let titles = titles.map(|metric| frame.locale.of(metric_title(*metric)).to_lowercase());
        let titles = titles.collect::<Vec<_>>().join(", ");
        said.push(frame.say("compared-not-measured").with("metrics", titles).to_string());
    }
    said
}

/// That a break in the series of whole figures lies between the first and the last compared day.
pub fn across(
    frame: &Frame,
    (app, site): (&App, &Site),
    compared: &Compared,
    span: Span,
) -> Result<Option<String>, StoreError> {
    if compared.days == 0 {
        return Ok(None);
    }
    // The day that goes on is not compared.
    let today = site.zone.day_at((app.clock)()).date;
    let ended = today.yesterday().unwrap_or(today);
    let own = compared.own().unwrap_or(span);
    let first = compared.first.min(own.first);
    let last = compared.last.max(own.last).min(ended);
    let breaks = app.store.breaks(site, first, last)?;
    // What began with the first of the days divides none of them.
    let begins = |one: &&Break| site.zone.day_at(one.began).date > first || is_within(site, one);
    let mut days: Vec<_> = breaks
        .iter()
        .filter(|one| one.alters_whole_figures())
        .filter(begins)
        .map(|one| frame.locale.day(site.zone.day_at(one.began).date))
        .collect();
    days.dedup();
    let said = || frame.say("compared-breaks").with("count", days.len());
    Ok((!days.is_empty()).then(|| said().with("days", days.join(", ")).to_string()))
}

/// Did it begin within a day, and not with it?
fn is_within(site: &Site, one: &Break) -> bool {
    let zone = site.zone.clone();
    let date = zone.day_at(one.began).date;
    ZoneDay { zone, date }.start() < one.began
}
