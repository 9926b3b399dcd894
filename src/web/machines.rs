//! Addresses that programs ask every site for: what robots may read, which pages there are, and the
//! small picture of a tab.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::publish::Topic;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::public_pages;
use crate::web::limits::questions::computed;
use crate::web::locale;
use crate::web::open_data::described;
use crate::web::sent::read;
use crate::web::tagged::tagged;

/// Most addresses in one sitemap (sitemaps.org, protocol 0.9).
const ADDRESSES_MAX: usize = 50_000;

/// The collection that is no folder of its own: its page is that of all data.
const REGISTERS: &str = "/data";

/// The small picture has so many points a side.
const ICON_POINTS: u32 = 16;

/// The routes, which have no language.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/robots.txt", read().to(robots))
        .route("/sitemap.xml", read().to(sitemap))
        .route("/sitemap-{number:[0-9]+}.xml", read().to(sitemap_part))
        .route("/favicon.ico", read().to(icon));
}

/// `GET /robots.txt`: everything that is public may be read; nothing is counted by reading it.
async fn robots(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let base = &app.roof.base_url;
    let text = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /api/event\nDisallow: /p.gif\n\n\
         Sitemap: {base}/sitemap.xml\n"
    );
    tagged(&request, "text/plain; charset=utf-8", text.into_bytes(), None)
}

/// `GET /sitemap.xml`: every public page in every language, or the parts of a longer list.
async fn sitemap(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let base = app.roof.base_url.clone();
    let paths = paths(&request, app).await?;
    let parts = paths.chunks(paths_per_part()).count();
    let text = if parts == 1 { part(&base, &paths) } else { index(&base, parts) };
    Ok(tagged(&request, "application/xml", text.into_bytes(), None))
}

/// `GET /sitemap-{number}.xml`: a part of a list that is too long for one file.
async fn sitemap_part(
    request: HttpRequest,
    number: Path<usize>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let base = app.roof.base_url.clone();
    let paths = paths(&request, app).await?;
    let place = number.checked_sub(1);
    let found = place.and_then(|place| paths.chunks(paths_per_part()).nth(place));
    let found = found
        .ok_or_else(|| Refusal::NotFound("There is no such part: see /sitemap.xml.".to_owned()))?;
    Ok(tagged(&request, "application/xml", part(&base, found).into_bytes(), None))
}

fn paths_per_part() -> usize {
    ADDRESSES_MAX / locale::all().len().max(1)
}

/// The paths of all public pages below their language: those of data are there once something of
/// them is published.
async fn paths(request: &HttpRequest, app: Data<App>) -> Result<Vec<String>, Refusal> {
    let sites = app.collector.sites();
    let portal = computed(request, move || described(&app)).await??;
    let mut paths: Vec<String> = public_pages().map(str::to_owned).collect();
    paths.extend(sites.all().iter().map(|site| format!("/sites/{}", site.host)));
    for collection in portal.collections.iter().filter(|one| one.path != REGISTERS) {
        let folder = &collection.path;
        paths.push(format!("{folder}/"));
        let datasets = collection.datasets.iter().map(|entry| entry.schema.dataset);
        let pages = datasets.filter(|name| Topic::named(name).is_some());
        paths.extend(pages.map(|name| format!("{folder}/{name}")));
    }
    Ok(paths)
}

fn part(base: &str, paths: &[String]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for path in paths {
        let of = |tag: &str| format!("{base}/{tag}{path}");
        let link = |tag: &str, address: &str| {
            format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>")
        };
        let mut links: String =
            locale::all().iter().map(|one| link(one.tag(), &of(one.tag()))).collect();
        links.push_str(&link("x-default", &format!("{base}{path}")));
        for one in locale::all() {
            text.push_str(&format!("<url><loc>{}</loc>{links}</url>\n", of(one.tag())));
        }
    }
    text.push_str("</urlset>\n");
    text
}

fn index(base: &str, parts: usize) -> String {
    let entry = |number| format!("<sitemap><loc>{base}/sitemap-{number}.xml</loc></sitemap>\n");
    let entries: String = (1..=parts).map(entry).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         {entries}</sitemapindex>\n"
    )
}

/// `GET /favicon.ico`: the sign of the pages for programs that ask for no other.
async fn icon(request: HttpRequest) -> HttpResponse {
    tagged(&request, "image/x-icon", sign(), None)
}

/// The drawing of `sign.svg` as a bitmap in an icon: a frame, paper, and a rising slope on it.
fn sign() -> Vec<u8> {
    const INK: [u8; 4] = [0x67, 0x57, 0x0a, 0xff];
    const PAPER: [u8; 4] = [0xf6, 0xfa, 0xfb, 0xff];
    // A line of the mask has a bit for each point, filled up to four bytes.
    let (points, mask) = (ICON_POINTS * ICON_POINTS * 4, ICON_POINTS * 4);
    let bytes = 40 + points + mask;
    let side = ICON_POINTS as u8;
    let mut icon = vec![0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0];
    icon.extend(bytes.to_le_bytes());
    icon.extend(22_u32.to_le_bytes());
    icon.extend(40_u32.to_le_bytes());
    icon.extend(ICON_POINTS.to_le_bytes());
    // The height counts the mask too.
    icon.extend((2 * ICON_POINTS).to_le_bytes());
    icon.extend([1, 0, 32, 0]);
    icon.extend([0; 24]);
    // The lines stand from the bottom up.
    for line in (0..ICON_POINTS).rev() {
        for column in 0..ICON_POINTS {
            let place = |point: u32| (f64::from(point) + 0.5) * 18.0 / f64::from(ICON_POINTS);
            let (across, down) = (place(column), place(line));
            let within =
                |from: f64, to: f64| (from..to).contains(&across) && (from..to).contains(&down);
            let is_slope = within(3.0, 15.0) && across + down >= 18.0;
            let is_paper = within(2.0, 16.0) && !is_slope;
            icon.extend(if is_paper { PAPER } else { INK });
        }
    }
    icon.resize(icon.len() + mask as usize, 0);
    icon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_says_its_own_length() {
        let icon = sign();
        assert_eq!(icon.len(), 22 + 40 + 16 * 16 * 4 + 64);
        let length = u32::from_le_bytes([icon[14], icon[15], icon[16], icon[17]]);
        assert_eq!(length as usize, icon.len() - 22);
    }

    #[test]
    fn a_page_names_itself_in_each_language_and_in_none() {
        let text = part("https://s.fr", &["/compare".to_owned()]);
        for address in ["/fr/compare", "/en/compare"] {
            assert!(text.contains(&format!("<loc>https://s.fr{address}</loc>")), "{text}");
        }
        let neutral = r#"hreflang="x-default" href="https://s.fr/compare""#;
        assert_eq!(text.matches(neutral).count(), 2);
        assert!(index("https://s.fr", 2).contains("<loc>https://s.fr/sitemap-2.xml</loc>"));
    }
}
