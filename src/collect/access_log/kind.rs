//! What a path leads to, judged by its name alone: a file of some kind, or something for programs.

use crate::model::file_kind::{FileKind, extension, file_kind};

/// Who asks for a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A person's browser, for such a file.
    Reader(FileKind),
    /// Only programs.
    Machine,
}

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

/// Judges a path without its query. Capitals make no difference. `downloads` are the extensions
/// that the site declared.
pub(super) fn kind(path: &str, downloads: &[String]) -> Kind {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    // A session may be appended to the name: `robots.txt;jsessionid=1`.
    let name = name.split(';').next().unwrap_or_default();
    let is_feed = extension(path).is_some_and(|extension| is_in(FEEDS, extension));
    if is_feed || is_for_machines(path, name) {
        return Kind::Machine;
    }
    Kind::Reader(file_kind(path, downloads))
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
            ("/", Kind::Reader(FileKind::Page)),
            ("/demarches/passeport", Kind::Reader(FileKind::Page)),
            ("/index.html", Kind::Reader(FileKind::Page)),
            ("/spip.php", Kind::Reader(FileKind::Page)),
            ("/version-1.2", Kind::Reader(FileKind::Page)),
            ("/v1.zip/", Kind::Reader(FileKind::Page)),
            ("/sante/health", Kind::Reader(FileKind::Page)),
            ("/status", Kind::Reader(FileKind::Page)),
            ("/feedback", Kind::Reader(FileKind::Page)),
            ("/sitemap", Kind::Reader(FileKind::Page)),
            ("/sitémap.gz", Kind::Reader(FileKind::Download)),
            ("/rapport.PDF", Kind::Reader(FileKind::Download)),
            ("/rapport.pdf;jsessionid=1F", Kind::Reader(FileKind::Download)),
            ("/data.csv.gz", Kind::Reader(FileKind::Download)),
            ("/notice.txt", Kind::Reader(FileKind::Download)),
            ("/style.css", Kind::Reader(FileKind::Asset)),
            ("/LOGO.PNG", Kind::Reader(FileKind::Asset)),
            ("/api/communes.json", Kind::Reader(FileKind::Asset)),
            ("/sitemap.xml", Kind::Reader(FileKind::Asset)),
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
            ("", Kind::Reader(FileKind::Page)),
            ("//", Kind::Reader(FileKind::Page)),
        ] {
            assert_eq!(kind(path, &[]), expected, "{path}");
        }
    }
}
