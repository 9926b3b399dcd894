//! The way of a request from its arrival to the journal, as a list of steps that can be read from
//! top to bottom.

pub mod access_log;
mod bounds;
mod concurrency;
mod counters;
mod day;
mod dropped;
mod limiter;
mod message;
mod parts;
mod past;
mod picture;
mod sender;
mod text;

use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::dimension::{self, Subject};
use crate::journal::{APPEND_WAIT_MAX, Journal, Stored, Wait};
use crate::model::{Host, OnRefusal, Site, SiteId, Sites, utc_date};
use crate::privacy::{Raw, Salts, Sealing, seal};
use crate::signal::{Tables, sends_fetch_headers};
use crate::store::{DroppedLine, HitLine, Store, StoreError};

pub use bounds::{
    BODY_BYTES_MAX, BODY_SECONDS_MAX, EVENT_NAME_BYTES_MAX, PROPERTIES_MAX, READING_SECONDS_MAX,
    REQUESTS_PER_SECOND_DEFAULT, SENDERS_PER_DAY_MAX,
};
pub use concurrency::{ConcurrencyLimit, Held};
use counters::{ArrivalCounters, DroppedCounters, SenderCounters, WithoutScriptCounters};
use day::salt_of;
pub use day::{DayError, Times};
pub use dropped::{Answer, Dropped};
pub use limiter::Limiter;
pub use message::{Meaning, Message};
pub use past::seal_past;
pub use picture::PictureParameters;
pub use sender::Sender;
use sender::{named_hosts, named_parts};
pub use text::escaped;

/// Raised with every change of this program that alters what is counted, beyond its tables: each
/// raise is registered as a break of every site.
pub const COUNTING_VERSION: u32 = 2;

/// How an origin is written that belongs to no site (RFC 6454 §7.1).
const OPAQUE_ORIGIN: &str = "null";

/// What the request's headers say about counting it.
#[derive(Clone, Debug, Default)]
pub struct Wishes<'a> {
    /// `Sec-GPC: 1`.
    pub global_privacy_control: bool,
    /// `DNT: 1`.
    pub do_not_track: bool,
    /// The opt-out page's cookie.
    pub opted_out: bool,
    /// The address is in one of the operator's excluded networks.
    pub excluded: bool,
    /// `Sec-Purpose: prefetch` and its older names.
    pub prefetch: bool,
    /// The `Origin` header: from a page of which site a browser sends this.
    pub origin: Option<Cow<'a, str>>,
    /// Are headers missing that a browser would have sent from this page?
    pub lacks_fetch_headers: bool,
}

/// From where a request seems to come.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// The reader's address, as far as it is known.
    pub address: IpAddr,
    /// Is that a proxy's or this machine's, so that readers cannot be told apart?
    pub is_proxy: bool,
    /// Is it an address of a private network? If they have all the same, it is a proxy's too.
    pub is_private: bool,
    /// Did a proxy name an address that cannot be read?
    pub is_unreadable: bool,
}

/// A hit that the journal has taken, and what is counted beside it.
pub struct Taken {
    wait: Wait,
    site: SiteId,
    date: Date,
    /// Of a page without script: is it unknown?
    page_unknown: Option<bool>,
}

/// Takes requests and counts them.
pub struct Collector {
    sites: ArcSwap<Sites>,
    tables: Arc<Tables>,
    salts: Arc<Salts>,
    journal: Arc<Journal>,
    times: Times,
    limiter: Limiter,
    dropped: DroppedCounters,
    senders: SenderCounters,
    arrivals: ArrivalCounters,
    without_script: WithoutScriptCounters,
}

impl Collector {
    /// Puts the parts together; `requests_per_second` is for one address.
    pub fn new(
        tables: Arc<Tables>,
        salts: Arc<Salts>,
        journal: Arc<Journal>,
        times: Times,
        requests_per_second: u32,
    ) -> Self {
        Self {
            sites: ArcSwap::default(),
            tables,
            salts,
            journal,
            times,
            limiter: Limiter::new(requests_per_second),
            dropped: DroppedCounters::default(),
            senders: SenderCounters::default(),
            arrivals: ArrivalCounters::default(),
            without_script: WithoutScriptCounters::default(),
        }
    }

    /// The sites counted now.
    pub fn sites(&self) -> Arc<Sites> {
        self.sites.load_full()
    }

    /// Counts these sites from now on.
    pub fn set_sites(&self, sites: Sites) {
        self.sites.store(Arc::new(sites));
    }

    /// The host of the page of a message that names its site and of the page no more than a path:
    /// that of the one counted site among those that are named, or else the first of them.
    pub fn host_named(&self, named: &str) -> Option<Host> {
        let sites = self.sites.load();
        let site = named_site(&sites, named).ok();
        site.map(|site| site.host.clone()).or_else(|| named_hosts(named).next())
    }

    /// Could every site's views be sealed now? Makes the salts of the day if they are not there.
    pub fn check_day(&self) -> Result<(), DayError> {
        let now = (self.times.clock)();
        self.sites()
            .all()
            .iter()
            .try_for_each(|site| salt_of(&self.salts, &self.times, site, now).map(drop))
    }

    /// First step, before anything is read: may this address send one more request now?
    pub fn admit<'a>(
        &self,
        client: &Client,
        sender: impl FnOnce() -> Sender<'a>,
    ) -> Result<(), Dropped> {
        let second = (self.times.elapsed)().as_secs();
        if !self.limiter.admits(client.address, second) {
            return Err(self.drop_early(Dropped::TooManyRequests, &sender()));
        }
        self.arrivals.count(utc_date((self.times.clock)()), client);
        Ok(())
    }

    /// Counts a request that was dropped before it was known whether its site is counted: for the
    /// site that it is from, or else for its sender.
    pub fn drop_early(&self, dropped: Dropped, sender: &Sender<'_>) -> Dropped {
        let (now, sites) = ((self.times.clock)(), self.sites.load());
        match sender.site(&sites) {
            Some(site) => self.dropped.count(Some(site.id), site.zone.day_at(now).date, dropped),
            None => {
                self.dropped.count(None, utc_date(now), dropped);
                self.senders.count(utc_date(now), sender.name(), dropped);
            }
        }
        dropped
    }

    /// All further steps but the last: from then on the journal has the hit. No step waits, so that
    /// what is left of a request while it does is small.
    pub fn take(
        &self,
        raw: Raw,
        message: &Message,
        wishes: &Wishes<'_>,
        sender: &Sender<'_>,
    ) -> Result<Taken, Dropped> {
        let now = (self.times.clock)();
        let sites = self.sites.load();
        let site = find_site(&sites, &raw, message);
        let site = site.map_err(|why| self.drop_early(why, sender))?;
        self.take_for(site, raw, message, wishes, now).inspect_err(|why| {
            self.dropped.count(Some(site.id), site.zone.day_at(now).date, *why);
        })
    }

    /// Last step. It returns when the hit is on disk, or with the reason for not counting.
    pub async fn settle(&self, taken: Taken) -> Result<Stored, Dropped> {
        let Taken { wait, site, date, page_unknown } = taken;
        let outcome = wait.within(APPEND_WAIT_MAX).await.map_err(Dropped::from);
        match (outcome, page_unknown) {
            (Ok(Stored::New), None) => {}
            (Ok(Stored::New), Some(unknown)) => self.without_script.count(site, date, unknown),
            (Ok(Stored::Again), _) => self.dropped.count(Some(site), date, Dropped::Duplicate),
            (Err(why), _) => self.dropped.count(Some(site), date, why),
        }
        outcome
    }

    fn take_for(
        &self,
        site: &Site,
        raw: Raw,
        message: &Message,
        wishes: &Wishes<'_>,
        now: Timestamp,
    ) -> Result<Taken, Dropped> {
        check_host(site, &raw)?;
        check_origin(site, wishes)?;
        let without_visitor = honour(site, wishes)?;
        let meaning = message.meaning(site)?;
        let software = raw.software(&self.tables.agents);
        if let Some(kind) = software.robot {
            return Err(kind.into());
        }
        let (family, major) = (software.browser_family.as_deref(), software.browser_major);
        if wishes.lacks_fetch_headers && sends_fetch_headers(family, major) {
            return Err(Dropped::FetchHeaders);
        }
        let salt = salt_of(&self.salts, &self.times, site, now).map_err(|error| {
            tracing::error!("views are refused with 503: {error}");
            Dropped::DayUnusable
        })?;
        let values = dimension::values(&Subject {
            raw: &raw,
            site,
            kind: meaning.kind,
            deed: meaning.deed.as_ref(),
            software: &software,
            tables: &self.tables,
        });
        let salt_before = self.salts.of_day_before(&salt);
        let sealing = Sealing {
            site,
            kind: meaning.kind,
            values,
            without_visitor,
            salt: &salt,
            salt_before: salt_before.as_deref(),
            idempotency_key: message.key.as_deref(),
            received: now,
        };
        let wait = self.journal.append(seal(raw, sealing))?;
        let page_unknown = (!message.has_script()).then_some(message.is_origin_alone);
        Ok(Taken { wait, site: site.id, date: salt.day().date, page_unknown })
    }

    /// Writes the counts that are no views to the store. What cannot be written waits for the next
    /// time.
    pub fn write_counters(&self, store: &dyn Store) -> Result<(), StoreError> {
        let lines: Vec<DroppedLine> = self.dropped.take();
        if !lines.is_empty() {
            store.add_dropped(&lines).inspect_err(|_| self.dropped.put_back(lines))?;
        }
        let lines: Vec<HitLine> = self.without_script.take();
        if !lines.is_empty() {
            let written = store.add_without_script(&lines);
            written.inspect_err(|_| self.without_script.put_back(lines))?;
        }
        let lines = self.senders.take();
        if !lines.is_empty() {
            let written = store.add_senders(&lines, SENDERS_PER_DAY_MAX);
            written.inspect_err(|_| self.senders.put_back(lines))?;
        }
        let days = self.arrivals.take();
        if !days.is_empty() {
            let back = |_: &StoreError| {
                days.iter().for_each(|(date, day)| self.arrivals.put_back(*date, *day));
            };
            store.add_arrivals(&days).inspect_err(back)?;
        }
        Ok(())
    }
}

fn find_site<'a>(sites: &'a Sites, raw: &Raw, message: &Message) -> Result<&'a Site, Dropped> {
    let Some(named) = message.site.as_deref() else {
        return sites.by_host(raw.page_host()).map(|site| &**site).ok_or(Dropped::UnknownSite);
    };
    named_site(sites, named)
}

/// The one counted site that is named.
fn named_site<'a>(sites: &'a Sites, named: &str) -> Result<&'a Site, Dropped> {
    // As written on nearly every tag; only what is written otherwise is worth parsing.
    if let Some(site) = sites.by_host(named) {
        return Ok(site);
    }
    let mut found: Vec<&Site> = named_hosts(named)
        .filter_map(|host| sites.by_host(host.as_str()))
        .map(|site| &**site)
        .collect();
    found.dedup_by_key(|site| site.id);
    match found.as_slice() {
        [site] => Ok(site),
        [] if named_parts(named).count() < 2 => Err(Dropped::UnknownSite),
        _ => Err(Dropped::SeveralSites),
    }
}

fn check_host(site: &Site, raw: &Raw) -> Result<(), Dropped> {
    if site.answers_to(raw.page_host()) { Ok(()) } else { Err(Dropped::ForeignHost) }
}

/// A browser says from which site it sends. Servers and older browsers say nothing. An opaque
/// origin is refused, too: in a sandboxed frame any page could send views of any site.
fn check_origin(site: &Site, wishes: &Wishes<'_>) -> Result<(), Dropped> {
    let Some(origin) = wishes.origin.as_deref() else { return Ok(()) };
    if origin == OPAQUE_ORIGIN {
        return Err(Dropped::SandboxedPage);
    }
    match origin_host(origin) {
        Some(host) if site.answers_to(host.strip_suffix('.').unwrap_or(host)) => Ok(()),
        _ => Err(Dropped::ForeignOrigin),
    }
}

/// The host of an origin such as `https://www.example.fr:8443` (RFC 6454 §6.2: always in its
/// written form).
fn origin_host(origin: &str) -> Option<&str> {
    let (_scheme, rest) = origin.split_once("://")?;
    let end = match rest.find(']') {
        Some(bracket) => bracket + 1,
        None => rest.find(':').unwrap_or(rest.len()),
    };
    Some(&rest[..end])
}

/// Whoever asks not to be counted is not, and nothing of the request is looked at; what a browser
/// asks by itself is taken as the site decided. Tells whether to count without a visitor.
fn honour(site: &Site, wishes: &Wishes<'_>) -> Result<bool, Dropped> {
    if wishes.opted_out {
        return Err(Dropped::OptOut);
    }
    if wishes.excluded {
        return Err(Dropped::Excluded);
    }
    if wishes.prefetch {
        return Err(Dropped::Prefetch);
    }
    let mut without_visitor = false;
    let refusals = [
        (wishes.global_privacy_control, site.rules.gpc, Dropped::GlobalPrivacyControl),
        (wishes.do_not_track, site.rules.dnt, Dropped::DoNotTrack),
    ];
    for (_, decision, why) in refusals.into_iter().filter(|(is_said, _, _)| *is_said) {
        match decision {
            OnRefusal::Drop => return Err(why),
            OnRefusal::CountWithoutVisitor => without_visitor = true,
            OnRefusal::Ignore => {}
        }
    }
    Ok(without_visitor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_read_to_its_host() {
        assert_eq!(origin_host("https://a.fr"), Some("a.fr"));
        assert_eq!(origin_host("http://a.fr:8080"), Some("a.fr"));
        assert_eq!(origin_host("http://[::1]:8080"), Some("[::1]"));
        assert_eq!(origin_host("null"), None);
    }
}
