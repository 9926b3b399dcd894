//! Today as it happens: a page for signed-in staff, moved by server-sent events.

use std::time::Duration;

use actix_web::http::{Method, header};
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::journal::LiveFigures;
use crate::model::SiteId;
use crate::privacy::StaffPass;
use crate::web::App;
use crate::web::admin::session::{self, TokenHash};
use crate::web::admin::{signed_in, to};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::locale::Locale;

/// How often the figures are looked at. With the drain's half second a view is seen within two.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Looks without a change after which a comment keeps the connection open: 15 seconds.
const QUIET_LOOKS_MAX: u32 = 30;

/// Looks after which the stream ends; the browser comes back by itself and shows its session
/// again: ten minutes.
const LOOKS_MAX: u32 = 1_200;

/// Looks after which it is asked again whether the session goes on: two seconds.
const SESSION_LOOKS: u32 = 4;

/// Which site.
#[derive(Deserialize)]
pub struct LiveQuery {
    site: Option<String>,
}

#[derive(Template)]
#[template(path = "live.html")]
struct LivePage {
    frame: Frame,
    login: String,
    host: String,
    hosts: Vec<String>,
    figures: LiveFigures,
    cards: [Card; 6],
}

/// A figure that moves.
struct Card {
    /// Its name in the stream.
    name: &'static str,
    title: String,
    /// As it was when the page was loaded.
    figure: String,
}

fn cards(locale: &Locale, figures: &LiveFigures) -> [Card; 6] {
    let cards = [
        ("views_5_minutes", "live-views-minutes", 5, figures.views_5_minutes),
        ("visitors_5_minutes", "live-visitors-minutes", 5, figures.visitors_5_minutes),
        ("views_30_minutes", "live-views-minutes", 30, figures.views_30_minutes),
        ("visitors_30_minutes", "live-visitors-minutes", 30, figures.visitors_30_minutes),
        ("views_today", "live-views-today", 0, figures.views_today),
        ("visitors_today", "live-visitors-today", 0, figures.visitors_today),
    ];
    cards.map(|(name, key, minutes, figure)| Card {
        name,
        title: locale.say(key).with("minutes", minutes).to_string(),
        figure: locale.number(figure),
    })
}

/// `GET /admin/live?site=…`: the figures as they are now; the script of the page moves them on.
pub async fn page(
    request: HttpRequest,
    query: Query<LiveQuery>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let Some(pass) = signed_in(&request, &app).await? else { return Ok(to("/admin/sign-in")) };
    let sites = app.collector.sites();
    let asked = query.site.as_deref();
    let site = match asked {
        Some(host) => sites.by_host(host).or_else(|| sites.named(host)),
        None => sites.all().first(),
    };
    let Some(site) = site else {
        return Ok(Frame::of(&request, &app).not_found("error-no-site"));
    };
    let figures = app.live.figures(site.id, (app.clock)(), &pass);
    let frame = Frame::of(&request, &app);
    let page = LivePage {
        login: pass.login().to_owned(),
        host: site.host.to_string(),
        hosts: sites.all().iter().map(|site| site.host.to_string()).collect(),
        cards: cards(frame.locale, &figures),
        figures,
        frame,
    };
    page.frame.answer(&request, &page)
}

/// One listener.
struct Listener {
    app: Data<App>,
    site: SiteId,
    session: TokenHash,
    pass: StaffPass,
    shown: Option<LiveFigures>,
    looks: u32,
    quiet_looks: u32,
    stopping: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

/// `GET /admin/live/events?site=…`: the figures, each time they change.
pub async fn events(
    request: HttpRequest,
    query: Query<LiveQuery>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let session = session::named(&request).ok_or(Refusal::SignedOut)?;
    let pass = signed_in(&request, &app).await?.ok_or(Refusal::SignedOut)?;
    let sites = app.collector.sites();
    let site =
        query.site.as_deref().and_then(|host| sites.by_host(host).or_else(|| sites.named(host)));
    let site = site.ok_or_else(|| Refusal::NotFound("No such site is counted here.".to_owned()))?;
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"));
    if request.method() == Method::HEAD {
        return Ok(response.finish());
    }
    let place = app.live_streams.clone().try_acquire_owned().map_err(|_| {
        Refusal::Unavailable("Too many live pages are open; close some of them.".to_owned())
    })?;
    let listener = Listener {
        site: site.id,
        session,
        pass,
        shown: None,
        looks: 0,
        quiet_looks: 0,
        stopping: app.stopping.clone(),
        app,
        _place: place,
    };
    let stream = stream::unfold(listener, |mut listener| async move {
        let chunk = listener.next().await?;
        Some((Ok::<_, actix_web::Error>(Bytes::from(chunk)), listener))
    });
    Ok(response.streaming(Box::pin(stream)))
}

impl Listener {
    /// Waits for a change and says it; nothing when the stream is to end.
    async fn next(&mut self) -> Option<String> {
        loop {
            self.looks += 1;
            if self.looks > LOOKS_MAX || *self.stopping.borrow() {
                return None;
            }
            if self.looks.is_multiple_of(SESSION_LOOKS) && !self.is_signed_in().await {
                return None;
            }
            let figures = self.app.live.figures(self.site, (self.app.clock)(), &self.pass);
            if self.shown.as_ref() != Some(&figures) {
                let said = serde_json::to_string(&figures).ok()?;
                self.shown = Some(figures);
                self.quiet_looks = 0;
                return Some(format!("retry: 1000\nevent: figures\ndata: {said}\n\n"));
            }
            self.quiet_looks += 1;
            if self.quiet_looks >= QUIET_LOOKS_MAX {
                self.quiet_looks = 0;
                return Some(": still here\n\n".to_owned());
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = self.stopping.changed() => {}
            }
        }
    }

    /// Does the session go on? Signing out, another password and the end of the account end it, in
    /// this process or in another.
    async fn is_signed_in(&self) -> bool {
        matches!(session::login_of(&self.app, self.session).await, Ok(Some(_)))
    }
}
