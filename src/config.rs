//! The settings: one TOML file and the environment, read once, checked whole, handed down in
//! pieces.

use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::Deserialize;

use crate::privacy::RETENTION_MONTHS_MAX;
use crate::publish::portal::Publisher;
use crate::web::{ForwardedHeader, Look, LookError};

/// The default file: what it says is what is used where nothing else is said.
const DEFAULT_FILE: &str = include_str!("../assets/parvis.toml");

/// All settings, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The service's address for the world, without a final slash.
    pub public_url: Option<String>,
    /// Who publishes what belongs to no organisation, as the catalogue says.
    pub publisher: Publisher,
    /// How the service presents itself.
    pub look: Look,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The header that names the visitor's address.
    pub forwarded_header: ForwardedHeader,
    /// Requests a second from one address.
    pub requests_per_second: u32,
    /// The operator's own country table.
    pub country_database: Option<PathBuf>,
    /// Networks whose visits are not counted: those of the staff, of monitoring.
    pub excluded_networks: Vec<IpNet>,
    /// Months after which details are deleted and only daily totals stay.
    pub retention_months: u32,
    /// Threads that answer requests; 0 is one for each processor.
    pub workers: usize,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the settings {0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// It is not TOML, or a setting has another type or name.
    #[error("the settings {0} cannot be used: {1}")]
    Form(String, String),
    /// A setting has a value that cannot be used.
    #[error("{name} = {value:?} cannot be used: {cure}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What it was set to.
        value: String,
        /// What to write instead.
        cure: &'static str,
    },
    /// The name, the language or the theme cannot be used.
    #[error(transparent)]
    Look(#[from] LookError),
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    public_url: Option<String>,
    service_name: Option<String>,
    language: Option<String>,
    theme: Option<PathBuf>,
    publisher_name: Option<String>,
    publisher_url: Option<String>,
    publisher_email: Option<String>,
    publisher_identifier: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    forwarded_header: Option<String>,
    requests_per_second: Option<u32>,
    country_database: Option<PathBuf>,
    excluded_networks: Option<Vec<String>>,
    retention_months: Option<u32>,
    workers: Option<usize>,
}

impl Config {
    /// Reads the default, the file if one is named, and the environment, each over the one before.
    /// `environment` finds the value of a variable.
    pub fn read(
        file: Option<&Path>,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut written = parse(DEFAULT_FILE, "default")?;
        if let Some(file) = file {
            let text = std::fs::read_to_string(file)
                .map_err(|error| ConfigError::Read(file.to_owned(), error))?;
            written.take_over(parse(&text, &file.display().to_string())?);
        }
        written.take_over(of_environment(environment)?);
        written.check()
    }

    /// The beginning of every address that is written into files: what is configured, or where the
    /// service listens. A request's own `Host` is not believed: files would lead wherever it says.
    pub fn base_url(&self, listen: &str) -> String {
        let here = || {
            // Every address of the machine is none to write down.
            let port = ["0.0.0.0:", "[::]:"].iter().find_map(|any| listen.strip_prefix(any));
            port.map_or(format!("http://{listen}"), |port| format!("http://localhost:{port}"))
        };
        self.public_url.clone().unwrap_or_else(here)
    }
}

fn parse(text: &str, name: &str) -> Result<Written, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::Form(name.to_owned(), error.to_string()))
}

fn of_environment(find: &dyn Fn(&str) -> Option<String>) -> Result<Written, ConfigError> {
    let number = |name: &'static str, value: String| {
        let cure = "write a whole number";
        value.parse::<u32>().map_err(|_| ConfigError::Value { name, value, cure })
    };
    let list = |text: String| text.split(',').map(|part| part.trim().to_owned()).collect();
    Ok(Written {
        public_url: find("PARVIS_PUBLIC_URL"),
        service_name: find("PARVIS_SERVICE_NAME"),
        language: find("PARVIS_LANGUAGE"),
        theme: find("PARVIS_THEME").map(PathBuf::from),
        publisher_name: find("PARVIS_PUBLISHER_NAME"),
        publisher_url: find("PARVIS_PUBLISHER_URL"),
        publisher_email: find("PARVIS_PUBLISHER_EMAIL"),
        publisher_identifier: find("PARVIS_PUBLISHER_IDENTIFIER"),
        trusted_proxies: find("PARVIS_TRUSTED_PROXIES").map(list),
        forwarded_header: find("PARVIS_FORWARDED_HEADER"),
        requests_per_second: find("PARVIS_REQUESTS_PER_SECOND")
            .map(|value| number("PARVIS_REQUESTS_PER_SECOND", value))
            .transpose()?,
        country_database: find("PARVIS_COUNTRY_DATABASE").map(PathBuf::from),
        excluded_networks: find("PARVIS_EXCLUDED_NETWORKS").map(list),
        retention_months: find("PARVIS_RETENTION_MONTHS")
            .map(|value| number("PARVIS_RETENTION_MONTHS", value))
            .transpose()?,
        workers: find("PARVIS_WORKERS")
            .map(|value| number("PARVIS_WORKERS", value))
            .transpose()?
            .map(|workers| workers as usize),
    })
}

impl Written {
    fn take_over(&mut self, other: Self) {
        self.public_url = other.public_url.or(self.public_url.take());
        self.service_name = other.service_name.or(self.service_name.take());
        self.language = other.language.or(self.language.take());
        self.theme = other.theme.or(self.theme.take());
        self.publisher_name = other.publisher_name.or(self.publisher_name.take());
        self.publisher_url = other.publisher_url.or(self.publisher_url.take());
        self.publisher_email = other.publisher_email.or(self.publisher_email.take());
        self.publisher_identifier = other.publisher_identifier.or(self.publisher_identifier.take());
        self.trusted_proxies = other.trusted_proxies.or(self.trusted_proxies.take());
        self.forwarded_header = other.forwarded_header.or(self.forwarded_header.take());
        self.requests_per_second = other.requests_per_second.or(self.requests_per_second);
        self.country_database = other.country_database.or(self.country_database.take());
        self.excluded_networks = other.excluded_networks.or(self.excluded_networks.take());
        self.retention_months = other.retention_months.or(self.retention_months);
        self.workers = other.workers.or(self.workers);
    }

    fn check(self) -> Result<Config, ConfigError> {
        let public_url = self.public_url.map(|url| check_url("public_url", url)).transpose()?;
        let publisher_url =
            self.publisher_url.map(|url| check_url("publisher_url", url)).transpose()?;
        let publisher = Publisher {
            name: self.publisher_name.unwrap_or_default(),
            url: publisher_url,
            email: self.publisher_email,
            identifier: self.publisher_identifier,
        };
        let trusted_proxies = check_networks("trusted_proxies", self.trusted_proxies)?;
        let excluded_networks = check_networks("excluded_networks", self.excluded_networks)?;
        let header = self.forwarded_header.unwrap_or_default();
        let forwarded_header = ForwardedHeader::named(&header).ok_or(ConfigError::Value {
            name: "forwarded_header",
            value: header,
            cure: "write any, x-forwarded-for, forwarded or x-real-ip",
        })?;
        let requests_per_second = self.requests_per_second.unwrap_or_default();
        if requests_per_second == 0 {
            return Err(ConfigError::Value {
                name: "requests_per_second",
                value: "0".to_owned(),
                cure: "write at least 1",
            });
        }
        let retention_months = self.retention_months.unwrap_or_default();
        if !(1..=RETENTION_MONTHS_MAX).contains(&retention_months) {
            return Err(ConfigError::Value {
                name: "retention_months",
                value: retention_months.to_string(),
                cure: "write 1 to 25 months",
            });
        }
        let name = self.service_name.unwrap_or_default();
        let language = self.language.unwrap_or_default();
        let look = Look::read(name, &language, self.theme.as_deref())?;
        Ok(Config {
            public_url,
            look,
            publisher,
            trusted_proxies,
            forwarded_header,
            requests_per_second,
            country_database: self.country_database,
            excluded_networks,
            retention_months,
            workers: self.workers.unwrap_or_default(),
        })
    }
}

fn check_url(name: &'static str, value: String) -> Result<String, ConfigError> {
    let fits = url::Url::parse(&value)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none());
    if !fits {
        let cure = "write a whole address such as https://stats.example.fr";
        return Err(ConfigError::Value { name, value, cure });
    }
    Ok(value.trim_end_matches('/').to_owned())
}

fn check_networks(
    name: &'static str,
    values: Option<Vec<String>>,
) -> Result<Vec<IpNet>, ConfigError> {
    let check = |value: String| {
        let network = value.parse().or_else(|_| value.parse::<std::net::IpAddr>().map(IpNet::from));
        let cure = "write addresses or networks such as 10.0.0.0/8";
        network.map_err(|_| ConfigError::Value { name, value, cure })
    };
    values.unwrap_or_default().into_iter().filter(|value| !value.is_empty()).map(check).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("parvis.toml");
        std::fs::write(&file, text).unwrap();
        let find = |name: &str| {
            let found = environment.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Config::read(Some(&file), &find)
    }

    #[test]
    fn the_default_file_is_the_default() {
        let config = Config::read(None, &|_| None).unwrap();
        assert_eq!(config.requests_per_second, crate::collect::REQUESTS_PER_SECOND_DEFAULT);
        assert_eq!(config.trusted_proxies.len(), 2);
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
        let file = "requests_per_second = 7\nworkers = 3\n";
        let config = read(file, &[("PARVIS_REQUESTS_PER_SECOND", "9")]).unwrap();
        assert_eq!((config.requests_per_second, config.workers), (9, 3));
    }

    #[test]
    fn each_wrong_setting_is_named_with_its_cure() {
        for (file, expected) in [
            ("colour = 1", "colour"),
            ("requests_per_second = 0", "at least 1"),
            ("trusted_proxies = [\"everybody\"]", "10.0.0.0/8"),
            ("forwarded_header = \"x-client-ip\"", "x-real-ip"),
            ("public_url = \"stats\"", "https://stats.example.fr"),
            ("workers = ", "workers"),
        ] {
            let error = read(file, &[]).unwrap_err().to_string();
            assert!(error.contains(expected), "{file}: {error}");
        }
    }
}
