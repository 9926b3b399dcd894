//! The pages that a site lists in its sitemap (sitemaps.org, protocol 0.9): as XML or as lines of
//! text, packed by gzip or not, in one file or in an index of several.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::app::AppError;
use crate::app::fetch::Fetcher;
use crate::model::Site;

/// Largest file, unpacked, and most addresses in one: both by the protocol.
const FILE_BYTES_MAX: u64 = 50 * 1024 * 1024;
const FILE_ADDRESSES_MAX: usize = 50_000;

/// Most files of one site: two and a half million pages.
const FILES_MAX: usize = 50;

/// How deep elements lie in each other at most: those of the protocol and its extensions have five.
const DEPTH_MAX: usize = 16;

const GZIP: &[u8] = b"\x1f\x8b";

/// What one file lists.
#[derive(Debug, PartialEq, Eq)]
enum Listed {
    /// Addresses of pages.
    Pages(Vec<String>),
    /// Addresses of further files.
    Files(Vec<String>),
}

/// Reads all pages that these files and addresses list, and those that they refer to.
pub fn pages(site: &Site, sources: &[String]) -> Result<Vec<String>, AppError> {
    let typed = sources.iter().find(|source| is_address(source)).map_or("", String::as_str);
    let fetcher = Fetcher::new(site, typed);
    let mut waiting: VecDeque<(String, bool)> =
        sources.iter().map(|source| (source.clone(), false)).collect();
    let mut pages = Vec::new();
    let mut files = 0;
    while let Some((source, is_part)) = waiting.pop_front() {
        files += 1;
        if files > FILES_MAX {
            let why = format!("the sitemap has more than {FILES_MAX} files: measure a part of it");
            return Err(AppError::Coverage(why));
        }
        let named = |why: String| AppError::Coverage(format!("{source}: {why}"));
        let bytes: Box<dyn Read> = if is_address(&source) {
            fetcher.open(&source)?
        } else {
            Box::new(File::open(&source).map_err(|error| named(error.to_string()))?)
        };
        match read(bytes).map_err(named)? {
            Listed::Pages(listed) => pages.extend(listed),
            Listed::Files(_) if is_part => {
                return Err(named("an index cannot list another index".to_owned()));
            }
            Listed::Files(_) if !is_address(&source) => {
                let why =
                    "this is an index of sitemaps: give the files that it lists, or its address";
                return Err(named(why.to_owned()));
            }
            Listed::Files(listed) => waiting.extend(listed.into_iter().map(|file| (file, true))),
        }
    }
    Ok(pages)
}

fn is_address(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// Reads one file; an error is a sentence.
fn read(bytes: impl Read + 'static) -> Result<Listed, String> {
    let mut bytes = BufReader::new(bytes);
    let is_packed = bytes.fill_buf().map_err(|error| error.to_string())?.starts_with(GZIP);
    let unpacked: Box<dyn Read> =
        if is_packed { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    // One byte more than allowed, so that too large a file is known from one that just fits.
    let mut text = Vec::new();
    let mut limited = unpacked.take(FILE_BYTES_MAX + 1);
    limited.read_to_end(&mut text).map_err(|error| format!("it cannot be read: {error}"))?;
    if text.len() as u64 > FILE_BYTES_MAX {
        return Err(format!("a sitemap has at most {FILE_BYTES_MAX} bytes: split it"));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    let begins = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let listed = if begins == Some(&b'<') { read_xml(text)? } else { read_lines(text)? };
    let (Listed::Pages(addresses) | Listed::Files(addresses)) = &listed;
    if addresses.is_empty() {
        return Err("it lists nothing: give a sitemap of sitemaps.org".to_owned());
    }
    Ok(listed)
}

fn read_lines(text: &[u8]) -> Result<Listed, String> {
    let not_text = "it is neither XML nor a list of addresses in UTF-8";
    let text = std::str::from_utf8(text).map_err(|_| not_text.to_owned())?;
    let mut pages = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !is_address(line) {
            return Err(not_text.to_owned());
        }
        add(&mut pages, line.to_owned())?;
    }
    Ok(Listed::Pages(pages))
}

fn add(addresses: &mut Vec<String>, address: String) -> Result<(), String> {
    if addresses.len() == FILE_ADDRESSES_MAX {
        return Err(format!("a sitemap lists at most {FILE_ADDRESSES_MAX} addresses: split it"));
    }
    addresses.push(address);
    Ok(())
}

/// Reads `urlset/url/loc` and `sitemapindex/sitemap/loc`; extensions have a `loc` of their own
/// elsewhere. No entity is expanded but those of XML itself.
fn read_xml(text: &[u8]) -> Result<Listed, String> {
    let mut reader = Reader::from_reader(text);
    let broken = |error: &dyn std::fmt::Display| format!("its XML is broken: {error}");
    let mut open: Vec<Vec<u8>> = Vec::new();
    let (mut pages, mut files) = (Vec::new(), Vec::new());
    let mut address = String::new();
    loop {
        let event = reader.read_event().map_err(|error| broken(&error))?;
        match event {
            Event::Start(element) => {
                if open.len() == DEPTH_MAX {
                    return Err("its elements lie too deep in each other".to_owned());
                }
                open.push(element.local_name().as_ref().to_vec());
                address.clear();
            }
            Event::Text(part) if is_address_of(&open).is_some() => {
                address.push_str(&part.unescape().map_err(|error| broken(&error))?);
            }
            Event::CData(part) if is_address_of(&open).is_some() => {
                let part = part.decode().map_err(|error| broken(&error))?;
                address.push_str(&part);
            }
            Event::End(_) => {
                match is_address_of(&open) {
                    Some(Of::Page) => add(&mut pages, address.trim().to_owned())?,
                    Some(Of::File) => add(&mut files, address.trim().to_owned())?,
                    None => {}
                }
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if files.is_empty() { Ok(Listed::Pages(pages)) } else { Ok(Listed::Files(files)) }
}

enum Of {
    Page,
    File,
}

/// What the innermost of the open elements is the address of.
fn is_address_of(open: &[Vec<u8>]) -> Option<Of> {
    match open {
        [root, entry, loc] if loc == b"loc" => match (root.as_slice(), entry.as_slice()) {
            (b"urlset", b"url") => Some(Of::Page),
            (b"sitemapindex", b"sitemap") => Some(Of::File),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn of(text: &str) -> Result<Listed, String> {
        read(std::io::Cursor::new(text.as_bytes().to_vec()))
    }

    fn pages_of(addresses: &[&str]) -> Listed {
        Listed::Pages(addresses.iter().map(|address| (*address).to_owned()).collect())
    }

    const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
                xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc> https://a.fr/?a=1&amp;b=2 </loc><lastmod>2026-11-22</lastmod>
            <image:image><image:loc>https://a.fr/picture.png</image:loc></image:image></url>
          <url><loc><![CDATA[https://a.fr/two]]></loc></url>
        </urlset>"#;

    #[test]
    fn pages_are_read_from_xml_text_and_gzip() {
        let two = pages_of(&["https://a.fr/?a=1&b=2", "https://a.fr/two"]);
        assert_eq!(of(XML).unwrap(), two);
        assert_eq!(of("\u{feff}https://a.fr/?a=1&b=2\r\n\nhttps://a.fr/two\n").unwrap(), two);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(XML.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(read(std::io::Cursor::new(packed)).unwrap(), two);
    }

    #[test]
    fn an_index_lists_files() {
        let index = "<sitemapindex><sitemap><loc>https://a.fr/1.xml.gz</loc></sitemap>\
                     </sitemapindex>";
        assert_eq!(of(index).unwrap(), Listed::Files(vec!["https://a.fr/1.xml.gz".to_owned()]));
    }

    #[test]
    fn what_is_no_sitemap_is_refused_with_a_reason() {
        let deep = "<a>".repeat(1_000);
        let many = "https://a.fr/\n".repeat(FILE_ADDRESSES_MAX + 1);
        let large = " ".repeat(FILE_BYTES_MAX as usize + 1);
        let bomb =
            r#"<!DOCTYPE urlset [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>"#;
        for (text, why) in [
            ("", "lists nothing"),
            ("<html><body>404</body></html>", "lists nothing"),
            ("<urlset><url></urlset>", "broken"),
            ("not found", "neither XML"),
            (deep.as_str(), "too deep"),
            (many.as_str(), "at most 50000"),
            (large.as_str(), "at most 52428800 bytes"),
            (bomb, "broken"),
        ] {
            let error = of(text).unwrap_err();
            assert!(error.contains(why), "{why}: {error}");
        }
    }

    #[test]
    fn a_gzip_bomb_is_stopped() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..60 {
            packed.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
        let packed = packed.finish().unwrap();
        assert!(packed.len() < 1024 * 1024);
        assert!(read(std::io::Cursor::new(packed)).unwrap_err().contains("at most"));
    }
}
