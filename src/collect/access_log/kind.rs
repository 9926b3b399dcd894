//! What a path leads to, judged by its name alone: a page, a document, a part of a page, or
//! something for programs.

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something that a person reads: whatever is none of the others.
    Page,
    /// A file that a person keeps.
    Document,
    /// Part of a page.
    Asset,
    /// Something that only programs ask for.
    Machine,
}

/// Files that are downloads for the tracker, too. Neither json nor xml is among them: most requests
/// for them come from scripts and readers of feeds.
const DOCUMENTS: &[&str] = &[
    "7z", "csv", "doc", "docx", "epub", "gpkg", "gz", "iso", "mp3", "mp4", "odp", "ods", "odt",
    "pdf", "ppt", "pptx", "rar", "tar", "txt", "xls", "xlsx", "zip",
];

/// Parts of pages: styles and scripts, pictures, fonts, data, and sound and film that play inside
/// a page in pieces.
const ASSETS: &[&str] = &[
    "css",
    "js",
    "mjs",
    "cjs",
    "map",
    "wasm",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "svgz",
    "webp",
    "avif",
    "bmp",
    "ico",
    "cur",
    "tif",
    "tiff",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "json",
    "jsonld",
    "geojson",
    "topojson",
    "xml",
    "xsl",
    "webmanifest",
    "pbf",
    "mvt",
    "webm",
    "ogg",
    "ogv",
    "oga",
    "wav",
    "m3u8",
    "m4s",
    "ts",
    "vtt",
    "srt",
    "swf",
    "htc",
];

/// Extensions of feeds.
const FEEDS: &[&str] = &["rss", "atom"];

/// Last segments that only programs ask for. `health` and `status` are not among them: on a
/// public site they may be pages.
const MACHINE_NAMES: &[&str] = &[
    "robots.txt",
    "ads.txt",
    "app-ads.txt",
    "humans.txt",
    "llms.txt",
    "security.txt",
    "favicon.ico",
    "feed",
    "healthz",
    "healthcheck",
    "livez",
    "readyz",
    "server-status",
    "nginx_status",
    "stub_status",
    "wp-cron.php",
    "xmlrpc.php",
];

/// First segments under which only programs ask: the interfaces of WordPress and Cloudflare.
const MACHINE_FOLDERS: &[&str] = &["wp-json", "cdn-cgi"];

/// Judges a path without its query. Capitals make no difference.
pub(super) fn kind(path: &str) -> Kind {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    // A session may be appended to the name: `a.pdf;jsessionid=1`.
    let name = name.split(';').next().unwrap_or_default();
    if is_for_machines(path, name) {
        return Kind::Machine;
    }
    // A folder has no extension: `/v1.zip/` is a page.
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) if !path.ends_with('/') => extension,
        _ => return Kind::Page,
    };
    if is_in(FEEDS, extension) {
        Kind::Machine
    } else if is_in(ASSETS, extension) {
        Kind::Asset
    } else if is_in(DOCUMENTS, extension) {
        Kind::Document
    } else {
        Kind::Page
    }
}

fn is_for_machines(path: &str, name: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let is_sitemap = name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sitemap"))
        && name.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("gz"));
    // `/.well-known/…` is for programs, and `/.git/…`, `/.env` and `/../…` are for burglars.
    path.contains("/.") || is_in(MACHINE_FOLDERS, first) || is_in(MACHINE_NAMES, name) || is_sitemap
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart_by_their_names() {
        for (path, expected) in [
            ("/", Kind::Page),
            ("/demarches/passeport", Kind::Page),
            ("/index.html", Kind::Page),
            ("/spip.php", Kind::Page),
            ("/version-1.2", Kind::Page),
            ("/v1.zip/", Kind::Page),
            ("/sante/health", Kind::Page),
            ("/status", Kind::Page),
            ("/feedback", Kind::Page),
            ("/sitemap", Kind::Page),
            ("/sitémap.gz", Kind::Document),
            ("/rapport.PDF", Kind::Document),
            ("/rapport.pdf;jsessionid=1F", Kind::Document),
            ("/data.csv.gz", Kind::Document),
            ("/notice.txt", Kind::Document),
            ("/style.css", Kind::Asset),
            ("/LOGO.PNG", Kind::Asset),
            ("/api/communes.json", Kind::Asset),
            ("/sitemap.xml", Kind::Asset),
            ("/robots.txt", Kind::Machine),
            ("/favicon.ico", Kind::Machine),
            ("/.well-known/security.txt", Kind::Machine),
            ("/.env", Kind::Machine),
            ("/a/.git/config", Kind::Machine),
            ("/feed", Kind::Machine),
            ("/blog/feed/", Kind::Machine),
            ("/news.rss", Kind::Machine),
            ("/news.atom", Kind::Machine),
            ("/healthz", Kind::Machine),
            ("/sitemap-1.xml.gz", Kind::Machine),
            ("/wp-json/wp/v2/posts", Kind::Machine),
            ("", Kind::Page),
            ("//", Kind::Page),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }

    #[test]
    fn the_documents_are_those_of_the_tracker() {
        let tracker = include_str!("../../../tracker-js/tracker.ts");
        let list = tracker.split_once(r#""7z,"#).unwrap().1.split_once("dataset.").unwrap().0;
        let words = list.split(|letter: char| !letter.is_ascii_alphanumeric());
        let mut words: Vec<_> = words.filter(|word| !word.is_empty()).chain(["7z"]).collect();
        words.sort_unstable();
        assert_eq!(words, DOCUMENTS);
    }
}
