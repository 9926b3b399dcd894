//! Tells what a line of an access log counts as: a page seen, a document fetched, a page missed,
//! or nothing, and then why.

use crate::collect::access_log::kind::{Kind, kind};
use crate::collect::access_log::{Entry, Refused};
use crate::model::FileKind;

/// What a line counts as, each with its path and query, which begin with `/`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Judged<'entry> {
    /// A page that somebody saw.
    View(&'entry str),
    /// A document that somebody fetched.
    Download(&'entry str),
    /// A page or a document that somebody looked for and that is not there (404 or 410).
    Missing(&'entry str),
}

/// Judges a line by its method, its path and its status, in this order, so that a robot's text or
/// a picture that is missing is no missing page. Whether a page was fetched ahead is not in a log.
/// `downloads` are the extensions that the site declared as downloads.
pub fn judge<'entry>(
    entry: &'entry Entry<'_>,
    downloads: &[String],
) -> Result<Judged<'entry>, Refused> {
    if entry.method != "GET" {
        return Err(Refused::Method);
    }
    let target = entry.path_and_query().ok_or(Refused::Request)?;
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let is_document = match kind(path, downloads) {
        Kind::Machine => return Err(Refused::MachinePath),
        Kind::Reader(FileKind::Asset) => return Err(Refused::Asset),
        Kind::Reader(FileKind::Other) => return Err(Refused::FileType),
        Kind::Reader(FileKind::Download) => true,
        Kind::Reader(FileKind::Page) => false,
    };
    match entry.status {
        // 304 says that the reader's browser still had the page and showed it again.
        200 | 304 if is_document => Ok(Judged::Download(target)),
        200 | 304 => Ok(Judged::View(target)),
        404 | 410 => Ok(Judged::Missing(target)),
        // A log does not say which piece was sent. A reader of documents or a player fetches one
        // file in dozens of pieces, so counting pieces would count one person many times.
        206 => Err(Refused::PartialContent),
        300..=399 => Err(Refused::Redirect),
        400..=499 => Err(Refused::ClientError),
        500..=599 => Err(Refused::ServerError),
        _ => Err(Refused::OtherStatus),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(request: &str, status: u16) -> Result<String, Refused> {
        let line = format!(
            r#"192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "{request} HTTP/1.1" {status} 5"#
        );
        let entry = Entry::read(line.as_bytes())?;
        Ok(match judge(&entry, &["xyz".to_owned()])? {
            Judged::View(target) => format!("view {target}"),
            Judged::Download(target) => format!("download {target}"),
            Judged::Missing(target) => format!("missing {target}"),
        })
    }

    #[test]
    fn pages_documents_and_missing_pages_count() {
        for (request, status, expected) in [
            ("GET /", 200, "view /"),
            ("GET /a?b=c.png", 200, "view /a?b=c.png"),
            ("GET /a", 304, "view /a"),
            ("GET http://www.example.org/a?b", 200, "view /a?b"),
            ("GET http://www.example.org", 200, "view /"),
            ("GET /a.pdf", 200, "download /a.pdf"),
            ("GET /a.pdf?v=2", 304, "download /a.pdf?v=2"),
            ("GET /a.iso", 200, "download /a.iso"),
            ("GET /a.XYZ?v=1", 200, "download /a.XYZ?v=1"),
            ("GET /gone", 410, "missing /gone"),
            ("GET /lost.pdf", 404, "missing /lost.pdf"),
        ] {
            assert_eq!(judged(request, status).as_deref(), Ok(expected), "{request} {status}");
        }
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        for (request, status, expected) in [
            ("POST /a", 200, Refused::Method),
            ("HEAD /a", 200, Refused::Method),
            ("OPTIONS *", 200, Refused::Method),
            ("CONNECT example.net:443", 405, Refused::Method),
            ("GET *", 200, Refused::Request),
            ("GET example.net:443", 200, Refused::Request),
            ("GET http://www.example.org?a", 200, Refused::Request),
            ("GET /robots.txt", 200, Refused::MachinePath),
            ("GET /robots.txt", 404, Refused::MachinePath),
            ("GET /a.css?v=1", 200, Refused::Asset),
            ("GET /a.bin", 200, Refused::FileType),
            ("GET /a.parquet", 404, Refused::FileType),
            ("GET /a.json", 200, Refused::Asset),
            ("GET /icon.png", 404, Refused::Asset),
            ("GET /a.pdf", 206, Refused::PartialContent),
            ("GET /a", 206, Refused::PartialContent),
            ("GET /a", 301, Refused::Redirect),
            ("GET /a.pdf", 302, Refused::Redirect),
            ("GET /a", 403, Refused::ClientError),
            ("GET /a", 499, Refused::ClientError),
            ("GET /a", 503, Refused::ServerError),
            ("GET /a", 204, Refused::OtherStatus),
            ("GET /a", 101, Refused::OtherStatus),
            ("GET /a", 999, Refused::OtherStatus),
        ] {
            assert_eq!(judged(request, status), Err(expected), "{request} {status}");
        }
    }
}
