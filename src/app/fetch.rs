//! Fetches a file of a registered site over the network: only when the operator asks for it, only
//! from the site's own hosts, and within limits.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use url::Url;

use crate::app::AppError;
use crate::model::{Site, written_host};

/// How long one file may take: the largest sitemap, 50 MB, over a line of 8 Mbit/s.
const FILE_SECONDS_MAX: u64 = 60;

/// How long a server may take to be reached.
const CONNECT_SECONDS_MAX: u64 = 10;

/// Redirects that are followed: from http to https, and to or from `www.`.
const REDIRECTS_MAX: usize = 3;

/// Fetches files of one site.
pub struct Fetcher<'a> {
    site: &'a Site,
    /// The port of the address that the operator typed, where it is none of the usual ones.
    port: Option<u16>,
    agent: Agent,
}

impl<'a> Fetcher<'a> {
    /// Gets ready to fetch an address that the operator typed, and what it refers to.
    pub fn new(site: &'a Site, typed: &str) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // The machine's own certificates, so that those of an authority inside the house count.
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(FILE_SECONDS_MAX)))
            .timeout_connect(Some(Duration::from_secs(CONNECT_SECONDS_MAX)))
            .user_agent(concat!("parvis/", env!("CARGO_PKG_VERSION"), " (coverage)"))
            .build();
        let port = Url::parse(typed).ok().and_then(|url| url.port());
        Self { site, port, agent: config.into() }
    }

    /// Opens a file.
    pub fn open(&self, address: &str) -> Result<Box<dyn Read>, AppError> {
        let mut url = self.check(address)?;
        for _ in 0..=REDIRECTS_MAX {
            let response = self.agent.get(url.as_str()).call();
            let response = response.map_err(|error| {
                AppError::Coverage(format!("{url} cannot be fetched: {error}; give a file instead"))
            })?;
            let status = response.status().as_u16();
            match status {
                200 => return Ok(Box::new(response.into_body().into_reader())),
                301 | 302 | 303 | 307 | 308 => {
                    let to = response.headers().get("location");
                    let to = to.and_then(|to| to.to_str().ok()).unwrap_or_default();
                    let joined = url.join(to).map_err(|_| not_of_the_site(self.site, to))?;
                    url = self.check(joined.as_str())?;
                }
                _ => {
                    let why = format!("{url} answered {status}: give the address of the sitemap");
                    return Err(AppError::Coverage(why));
                }
            }
        }
        let why = format!("{address} leads through more than {REDIRECTS_MAX} redirects");
        Err(AppError::Coverage(why))
    }

    /// The address, if it is one of the site: http or https, one of its hosts, no name or password.
    fn check(&self, address: &str) -> Result<Url, AppError> {
        let refused = || not_of_the_site(self.site, address);
        let url = Url::parse(address).map_err(|_| refused())?;
        let is_own = written_host(&url).is_some_and(|host| self.site.answers_to(host));
        let is_plain = url.username().is_empty() && url.password().is_none();
        let is_port = url.port().is_none() || url.port() == self.port;
        let fits = matches!(url.scheme(), "http" | "https") && is_own && is_plain && is_port;
        if fits { Ok(url) } else { Err(refused()) }
    }
}

fn not_of_the_site(site: &Site, address: &str) -> AppError {
    AppError::Coverage(format!(
        "{address:?} is no address of {}: only http and https addresses of the site's own hosts \
         are fetched; give a file instead, or add the host with `parvis site set --alias`",
        site.host
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Host, SiteId, Zone};

    #[test]
    fn only_the_sites_own_hosts_are_asked() {
        let host = |name| Host::parse(name).unwrap();
        let mut site = Site::new(SiteId(1), host("www.example.fr"), Zone::named("UTC").unwrap());
        site.aliases.push(host("example.fr"));
        let fetcher = Fetcher::new(&site, "http://example.fr:8080/sitemap.xml");
        for right in [
            "https://www.example.fr/sitemap.xml",
            "http://example.fr:8080/a.xml?page=2",
            "http://EXAMPLE.fr/a.xml",
        ] {
            assert!(fetcher.check(right).is_ok(), "{right}");
        }
        for wrong in [
            "https://other.example/sitemap.xml",
            "https://www.example.fr.other.example/",
            "https://www.example.fr@127.0.0.1/",
            "https://name:password@www.example.fr/",
            "http://www.example.fr:22/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "file:///etc/passwd",
            "ftp://www.example.fr/",
            "/sitemap.xml",
        ] {
            let error = fetcher.check(wrong).unwrap_err().to_string();
            assert!(error.contains("give a file instead"), "{wrong}");
        }
    }
}
