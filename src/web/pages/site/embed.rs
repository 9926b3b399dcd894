//! What other pages put in: a badge and a counter of one page as images, a curve or a table as an
//! image or a frame; each with a line that names its source.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use sha2::{Digest, Sha256};

use crate::dimension;
use crate::model::{Metric, Site, hexadecimal};
use crate::publish::metric_title;
use crate::query::{QueryError, Scope, Shown, What, run};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::pages::asked::written;
use crate::web::pages::figures::shown;
use crate::web::pages::labels;
use crate::web::pages::site::block::{self, Block, Outcome};
use crate::web::pages::site::curve::{self, Curve};
use crate::web::pages::site::{Making, asked_of, own_page};
use crate::web::pages::why::why;
use crate::web::sent::{Cache, Content, Disposition, Sent, Varies, send};

/// Width of a letter of a badge, in pixels: images cannot measure their text, so there is room for
/// wide ones.
const LETTER_PIXELS: usize = 7;

/// Room at both sides of a text, in pixels.
const SIDE_PIXELS: usize = 16;

/// Letters of a host or a path that a badge shows.
const NAME_LETTERS_MAX: usize = 40;

/// Height of the image of a curve without its key, and of a line of the key.
const CHART_PIXELS: usize = 388;
const KEY_LINE_PIXELS: usize = 20;

/// What a frame may do: nothing but show itself, wherever it is put in.
const FRAME_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Bytes of the hash that make an ETag.
const TAG_BYTES: usize = 16;

#[derive(Template)]
#[template(path = "embed/badge.svg", escape = "html")]
struct Badge {
    label: String,
    name: String,
    figure: String,
    name_pixels: usize,
    figure_pixels: usize,
}

#[derive(Template)]
#[template(path = "embed/chart.svg", escape = "html")]
struct ChartImage {
    frame: Frame,
    host: String,
    days: String,
    synthetic: bool,
    curve: Curve,
    /// In pixels: the key below the curve has as many lines as it needs.
    height: usize,
}

#[derive(Template)]
#[template(path = "embed/frame.html")]
struct FramePage {
    frame: Frame,
    host: String,
    days: String,
    synthetic: bool,
    whole: String,
    curve: Option<Curve>,
    block: Option<Block>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "embed/how.html")]
struct HowPage {
    frame: Frame,
    host: String,
    /// A title, the code to copy, and what it looks like, as an address of an image.
    codes: Vec<(String, String, Option<String>)>,
}

/// The site of an address, with the query that it ends in.
fn place(request: &HttpRequest, app: &App, host: &str) -> Option<(Frame, Arc<Site>, String)> {
    let sites = app.collector.sites();
    let site = sites.named(host).cloned()?;
    Some((Frame::of(request, app), site, request.query_string().to_owned()))
}

fn missing() -> Refusal {
    Refusal::NotFound("No such site is counted here.".to_owned())
}

fn refused(frame: &Frame, error: QueryError) -> Refusal {
    match error {
        QueryError::Store(error) => error.into(),
        error => Refusal::Wrong(why(frame, &error).text),
    }
}

/// `GET /embed/{host}/badge.svg`: a figure of a site or, with `filter=page:is:/path`, of a page.
pub async fn badge(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (frame, site, query) = place(&request, &app, &host).ok_or_else(missing)?;
    let badge = web::block(move || {
        let asked = asked_of(&app, &site, &query)?;
        let making = Making { app: &app, frame: &frame, site: &site, asked: &asked };
        let metric = Metric::named(asked.metric()).unwrap_or(Metric::Views);
        let name = metric.name();
        let pairs = asked.question(&[("metrics", name), ("compare", ""), ("interval", "")]);
        let answered = run(&making.asker(), Scope::Site(&site), What::Totals, &pairs);
        let (_, answer) = answered.map_err(|error| refused(&frame, error))?;
        let figure = answer.rows.first().and_then(|row| row.figures.first()).copied();
        let figure = shown(&frame, metric, figure.unwrap_or(Shown::Withheld));
        let days = labels::span(&frame, answer.first, answer.last);
        let title = frame.locale.of(metric_title(metric)).to_lowercase();
        let said = frame.say("embed-figure").with("figure", figure).with("metric", title);
        let mut figure = said.with("days", days).to_string();
        if site.synthetic {
            figure = frame.say("embed-synthetic").with("figure", figure).to_string();
        }
        let page = own_page(&making)?.map(|page| page.0);
        let name: String = page.unwrap_or_else(|| site.host.readable().into_owned());
        let name: String = name.chars().take(NAME_LETTERS_MAX).collect();
        let pixels = |text: &str| text.chars().count() * LETTER_PIXELS + SIDE_PIXELS;
        let (name_pixels, figure_pixels) = (pixels(&name), pixels(&figure));
        let label = frame.say("chip").with("name", &name).with("value", &figure).to_string();
        Ok::<_, Refusal>(Badge { label, name, figure, name_pixels, figure_pixels }.render()?)
    });
    image(&request, badge.await??)
}

/// `GET /embed/{host}/chart.svg`: the curve as an image.
pub async fn chart(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (frame, site, query) = place(&request, &app, &host).ok_or_else(missing)?;
    let image_text = web::block(move || {
        let asked = asked_of(&app, &site, &query)?;
        let making = Making { app: &app, frame: &frame, site: &site, asked: &asked };
        let (span, days) = days(&making)?;
        let curve = curve::made(&making, span)?.ok_or_else(missing)?;
        if let Some(why) = curve.problem {
            return Err(Refusal::Wrong(why.text));
        }
        let host = site.host.to_string();
        let synthetic = site.synthetic;
        let height = CHART_PIXELS + KEY_LINE_PIXELS * curve.key.len();
        Ok(ChartImage { host, days, synthetic, curve, height, frame }.render()?)
    });
    image(&request, image_text.await??)
}

/// The days that are asked for, and how they are said.
fn days(making: &Making<'_>) -> Result<(crate::query::Span, String), Refusal> {
    let pairs = making.asked.question(&[("metrics", "views"), ("compare", ""), ("interval", "")]);
    let answered = run(&making.asker(), Scope::Site(making.site), What::Totals, &pairs);
    let (ask, answer) = answered.map_err(|error| refused(making.frame, error))?;
    Ok((ask.span, labels::span(making.frame, answer.first, answer.last)))
}

/// `GET /embed/{host}`: a curve or, with `by=page`, a table, as a page for a frame.
pub async fn page(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (frame, site, query) = place(&request, &app, &host).ok_or_else(missing)?;
    let page = web::block(move || {
        let asked = asked_of(&app, &site, &query)?;
        let making = Making { app: &app, frame: &frame, site: &site, asked: &asked };
        let (span, days) = days(&making)?;
        let (mut curve, mut block, mut problem) = (None, None, None);
        match asked.get("by").and_then(dimension::named) {
            Some(dimension) => match block::made(&making, dimension, span)? {
                Outcome::Shown(made) => block = Some(*made),
                Outcome::Apart | Outcome::Left => {
                    problem = Some(frame.say("block-empty").to_string());
                }
            },
            None => curve = curve::made(&making, span)?,
        }
        let query = written(&asked.kept(&["by"]));
        let whole = frame.whole(&frame.to(&format!("/sites/{}{query}", site.host)));
        let (host, synthetic) = (site.host.to_string(), site.synthetic);
        Ok::<_, Refusal>(FramePage { host, days, synthetic, whole, curve, block, problem, frame })
    });
    let page = page.await??;
    let mut response = page.frame.answer(&request, &page)?;
    let policy = HeaderValue::from_static(FRAME_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    open_to_all(&mut response);
    Ok(response)
}

/// `GET /sites/{host}/embed`: the codes to copy.
pub async fn how(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let Some((_, site, _)) = place(&request, &app, &host) else {
        return Ok(frame.not_found("error-no-site"));
    };
    let host = site.host.to_string();
    let base = format!("/embed/{host}");
    let image = |key: &str, path: String| {
        let title = frame.say(key).to_string();
        let address = frame.to(&path);
        let alt = frame.say("embed-alt").with("host", &host).to_string();
        let page = frame.whole(&frame.to(&format!("/sites/{host}")));
        let code =
            format!("<a href=\"{page}\"><img src=\"{}\" alt=\"{alt}\"></a>", frame.whole(&address));
        (title, code, Some(address))
    };
    let inline = |key: &str, query: &str, height: u32| {
        let title = frame.say(key).to_string();
        let address = frame.whole(&frame.to(&format!("{base}{query}")));
        let code = format!(
            "<iframe src=\"{address}\" title=\"{title}, {host}\" width=\"100%\" \
             height=\"{height}\" loading=\"lazy\"></iframe>"
        );
        (title, code, None)
    };
    let counter = "badge.svg?filter=page:is:/&period=all";
    let codes = vec![
        image("embed-badge", format!("{base}/badge.svg?period=28d")),
        image("embed-counter", format!("{base}/{counter}")),
        image("embed-chart", format!("{base}/chart.svg?period=28d&compare=none")),
        inline("embed-chart-frame", "?period=28d", 560),
        inline("embed-table-frame", "?period=28d&by=page", 620),
    ];
    let page = HowPage { host, codes, frame };
    page.frame.answer(&request, &page)
}

/// An image that any page may show, and that is kept as long as figures of today are.
fn image(request: &HttpRequest, text: String) -> Result<HttpResponse, Refusal> {
    let bytes = text.into_bytes();
    let mut response = send(
        request,
        Sent {
            etag: hexadecimal(&Sha256::digest(&bytes)[..TAG_BYTES]),
            media_type: "image/svg+xml",
            disposition: Disposition::Free,
            cache: Cache::Provisional,
            varies: Varies::Language,
            content: Content::Plain(bytes),
        },
    )?;
    open_to_all(&mut response);
    Ok(response)
}

/// Pages of every origin may put it in.
fn open_to_all(response: &mut HttpResponse) {
    let name = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(name, HeaderValue::from_static("cross-origin"));
}
