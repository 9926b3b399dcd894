//! What the name of a file says that it is: a page, a download, a part of a page, or another file.
//! One list for the tracker, whose source a test compares with it, and for access logs.

/// What an address leads to, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Something that a person reads: whatever is not known as a file.
    Page,
    /// A file that a person keeps.
    Download,
    /// Part of a page, or data that its scripts ask for.
    Asset,
    /// A file that is neither counted as a download nor a page.
    Other,
}

/// Longest extension that a site may declare, in bytes.
pub const EXTENSION_BYTES_MAX: usize = 20;

/// Files that are downloads on every site, for the tracker and in logs alike. Neither json nor xml
/// is among them: nearly all requests for them come from scripts and readers of feeds.
pub const DOWNLOADS: &[&str] = &[
    "7z", "csv", "doc", "docx", "epub", "gpkg", "gz", "iso", "mp3", "mp4", "odp", "ods", "odt",
    "pdf", "ppt", "pptx", "rar", "tar", "txt", "xls", "xlsx", "zip",
];

/// Parts of pages: styles and scripts, pictures, fonts, data, and sound and film that play inside
/// a page in pieces.
const ASSETS: &[&str] = &[
    // Styles, scripts and what belongs to them.
    "cjs",
    "css",
    "htc",
    "js",
    "less",
    "map",
    "mjs",
    "scss",
    "swf",
    "wasm",
    "xsl",
    "xslt",
    // Pictures.
    "apng",
    "avif",
    "bmp",
    "cur",
    "gif",
    "heic",
    "heif",
    "ico",
    "jfif",
    "jp2",
    "jpe",
    "jpeg",
    "jpg",
    "jxl",
    "png",
    "svg",
    "svgz",
    "tif",
    "tiff",
    "webp",
    // Fonts.
    "eot",
    "otf",
    "ttc",
    "ttf",
    "woff",
    "woff2",
    // Data.
    "geojson",
    "json",
    "jsonld",
    "mvt",
    "pbf",
    "topojson",
    "webmanifest",
    "xml",
    // Sound and film.
    "3gp",
    "aac",
    "avi",
    "flac",
    "flv",
    "m3u8",
    "m4a",
    "m4s",
    "m4v",
    "mkv",
    "mov",
    "mpd",
    "mpeg",
    "mpg",
    "oga",
    "ogg",
    "ogv",
    "opus",
    "srt",
    "ts",
    "vtt",
    "wav",
    "weba",
    "webm",
    "wma",
    "wmv",
];

/// Other files that no browser shows as a page. A site that offers one as a download declares its
/// extension. Endings that are as common in names and hosts (`com`, `md`, `nc`, `ai`) are left out.
const OTHERS: &[&str] = &[
    // Packed, installed or started.
    "aab", "apk", "appimage", "arj", "bin", "br", "bz2", "cab", "deb", "exe", "dll", "dmg",
    "flatpak", "img", "ipa", "jar", "lz", "lz4", "lzma", "msi", "msix", "ova", "pkg", "qcow2",
    "rpm", "snap", "tbz", "tbz2", "tgz", "torrent", "txz", "vhd", "vmdk", "war", "xpi", "xz", "z",
    "zst", // Documents.
    "accdb", "azw3", "djvu", "docm", "dot", "dotm", "dotx", "dwf", "dwg", "dxf", "eps", "indd",
    "key", "mdb", "mobi", "mpp", "numbers", "odb", "odc", "odf", "odg", "odm", "otg", "otp", "ots",
    "ott", "pages", "pot", "potm", "potx", "pps", "ppsm", "ppsx", "pptm", "ps", "psd", "pub",
    "rtf", "skp", "sxc", "sxi", "sxw", "vsd", "vsdx", "wpd", "wps", "xlsb", "xlsm", "xlt", "xltm",
    "xltx", "xps", // Data, maps and statistics.
    "avro", "cpg", "dat", "db", "dbf", "dta", "dump", "ecw", "feather", "gdb", "gml", "gpx",
    "grib", "grib2", "h5", "hdf", "hdf5", "jsonl", "kml", "kmz", "las", "laz", "mbtiles", "ndjson",
    "orc", "parquet", "pmtiles", "por", "prj", "qgs", "qgz", "rdata", "rds", "sas7bdat", "sav",
    "sbn", "sbx", "shp", "shx", "sql", "sqlite", "sqlite3", "tab", "tfw", "tsv", "xpt",
    // Texts for programs and people's programs.
    "asc", "bak", "bib", "cer", "cfg", "conf", "crl", "crt", "der", "eml", "ical", "ics", "ini",
    "log", "mbox", "msg", "p12", "p7b", "p7m", "p7s", "pem", "pfx", "ris", "sig", "tex", "toml",
    "vcard", "vcf", "yaml", "yml",
];

/// What a path leads to, without its query. Capitals make no difference. `declared` are extensions
/// that the site declared as downloads, in small letters.
pub fn file_kind(path: &str, declared: &[String]) -> FileKind {
    let Some(extension) = extension(path) else { return FileKind::Page };
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(extension));
    let is_declared = declared.iter().any(|known| known.eq_ignore_ascii_case(extension));
    if is_declared || is_in(DOWNLOADS) {
        FileKind::Download
    } else if is_in(ASSETS) {
        FileKind::Asset
    } else if is_in(OTHERS) {
        FileKind::Other
    } else {
        FileKind::Page
    }
}

/// What stands behind the last dot of the last segment. A folder has no extension: `/v1.zip/` is a
/// page. A session may be appended to the name: `a.pdf;jsessionid=1`.
pub fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?.split(';').next()?;
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// An extension as a person declares it, in its written form: small letters, no dot. None for what
/// is no extension.
pub fn declared_extension(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches('.').to_ascii_lowercase();
    let fits = (1..=EXTENSION_BYTES_MAX).contains(&bare.len());
    (fits && bare.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_their_extensions() {
        for (path, expected) in [
            ("", FileKind::Page),
            ("/", FileKind::Page),
            ("/index.html", FileKind::Page),
            ("/page.xhtml", FileKind::Page),
            ("/page.aspx", FileKind::Page),
            ("/view.do", FileKind::Page),
            ("/v1.2", FileKind::Page),
            ("/article.de", FileKind::Page),
            ("/john.smith", FileKind::Page),
            ("/www.example.com", FileKind::Page),
            ("/v1.zip/", FileKind::Page),
            ("/a.pdf/b", FileKind::Page),
            ("/rapport.PDF", FileKind::Download),
            ("/rapport.pdf;jsessionid=1F.2", FileKind::Download),
            ("/x.iso", FileKind::Download),
            ("/x.tar.gz", FileKind::Download),
            ("/x.bin", FileKind::Other),
            ("/x.Parquet", FileKind::Other),
            ("/x.json", FileKind::Asset),
            ("/x.wasm", FileKind::Asset),
            ("/x.woff2", FileKind::Asset),
        ] {
            assert_eq!(file_kind(path, &[]), expected, "{path}");
        }
        let declared = ["parquet".to_owned(), "json".to_owned()];
        for path in ["/x.parquet", "/x.JSON"] {
            assert_eq!(file_kind(path, &declared), FileKind::Download, "{path}");
        }
    }

    #[test]
    fn no_extension_is_in_two_lists() {
        let mut all: Vec<_> = [DOWNLOADS, ASSETS, OTHERS].concat();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|one| declared_extension(one).as_deref() == Some(one)));
    }

    #[test]
    fn declared_extensions_have_one_written_form() {
        assert_eq!(declared_extension(" .GPKG"), Some("gpkg".to_owned()));
        for wrong in ["", ".", "tar.xz", "a b", "é", &"x".repeat(EXTENSION_BYTES_MAX + 1)] {
            assert_eq!(declared_extension(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_downloads_are_those_of_the_tracker() {
        let tracker = include_str!("../../tracker-js/tracker.ts");
        let list = tracker.split_once(r#""7z,"#).unwrap().1.split_once("dataset.").unwrap().0;
        let words = list.split(|letter: char| !letter.is_ascii_alphanumeric());
        let mut words: Vec<_> = words.filter(|word| !word.is_empty()).chain(["7z"]).collect();
        words.sort_unstable();
        assert_eq!(words, DOWNLOADS);
    }
}
