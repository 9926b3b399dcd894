//! How well the days were collected, as a dataset: one line a site, a local day and an indicator.
//!
//! It is a long table, one line a reason: reasons come and go with versions, and each figure needs
//! a status of its own, which a wide table with a column a reason has no room for. Only days that
//! have ended are in it, so that no view shows in the difference between two readings.

mod words;

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::collect::{Answer, Dropped};
use crate::model::{Metric, Period, Site, Words};
use crate::privacy::{Figure, ReleasedHits, release_hits, release_share};
use crate::publish::beside::quality::words::{INDICATORS, UNITS};
use crate::publish::beside::{full, number, open, text};
use crate::publish::columns::{CONF, METHODS, OBS};
use crate::publish::table::{Column, Kind, Row, Schema};
use crate::store::{Method, QualityDay, Store, StoreError, WHOLE_SITE};

/// The reason of a line that has none.
const NO_REASON: &str = "all";

/// The site of requests that named none that is counted.
const NO_SITE: &str = ":none";

/// The columns.
pub fn schema() -> Schema {
    Schema {
        dataset: "quality",
        title: Words::new("Qualité de la collecte", "Quality of the collection"),
        description: Words::new(
            "Par site et par jour local : requêtes reçues, comptées, écartées et pourquoi, minutes \
             sans collecte ; une lacune est une lacune (L), jamais un zéro",
            "By site and local day: requests received, counted, dropped and why, minutes without \
             collector; a gap is a gap (L), never a zero",
        ),
        columns: [about(), said()].concat(),
        primary_key: vec!["site", "date", "indicator", "reason"],
    }
}

/// What a line is about.
fn about() -> Vec<Column> {
    vec![
        full(
            "site",
            Kind::Text,
            ("Site", "Site"),
            (
                "Nom d'hôte du site ; « :none » pour les requêtes sans site connu",
                "Host name of the site; \":none\" for requests of no known site",
            ),
        ),
        full(
            "date",
            Kind::Date,
            ("Jour", "Day"),
            (
                "Jour local du site, ou jour UTC sans site",
                "Local day of the site, or day in UTC without one",
            ),
        ),
        full(
            "indicator",
            Kind::Code(&INDICATORS),
            ("Indicateur", "Indicator"),
            ("Ce que la ligne mesure", "What the line measures"),
        ),
        full(
            "reason",
            Kind::Text,
            ("Raison", "Reason"),
            (
                "Raison de ne pas compter ; « all » pour les autres indicateurs ; de \
                 minutes_down, la part où le service tournait, mais a perdu des vues \
                 (journal_damaged) ou ne savait pas l'heure (clock)",
                "Why requests were not counted; \"all\" for other indicators; of minutes_down, the \
                 part in which the service ran, but lost views (journal_damaged) or did not \
                 know the time (clock)",
            ),
        ),
    ]
}

/// What it says.
fn said() -> Vec<Column> {
    vec![
        open(
            "value",
            Kind::Integer,
            ("Valeur", "Value"),
            (
                "Vide si non diffusée ou lacune, voir obs_status",
                "Empty if withheld or a gap, see obs_status",
            ),
        ),
        full(
            "unit",
            Kind::Code(&UNITS),
            ("Unité", "Unit"),
            ("Unité de la valeur", "What the value is in"),
        ),
        open(
            "method",
            Kind::Code(&METHODS),
            ("Méthode", "Method"),
            (
                "Méthode de collecte du jour ; vide si rien n'a été compté",
                "How the day was collected; empty if nothing was counted",
            ),
        ),
        open(
            "tracker",
            Kind::Text,
            ("Version du traceur", "Version of the tracker"),
            (
                "Versions du traceur servies ce jour, séparées par des espaces ; vide si inconnu",
                "Versions of the tracker served on the day, by spaces; empty if unknown",
            ),
        ),
        OBS,
        CONF,
    ]
}

/// The rows of these sites for the days of a span that have ended.
pub fn rows<'a>(
    store: &'a dyn Store,
    sites: &'a [Arc<Site>],
    (first, last): (Date, Date),
    now: Timestamp,
) -> impl Iterator<Item = io::Result<Row>> + 'a {
    sites.iter().flat_map(move |site| match rows_of(store, site, (first, last), now) {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    })
}

fn rows_of(
    store: &dyn Store,
    site: &Site,
    (first, last): (Date, Date),
    now: Timestamp,
) -> Result<Vec<Row>, StoreError> {
    let today = site.zone.day_at(now).date;
    let mut rows = Vec::new();
    for day in store.quality(site, first, last, now)? {
        if day.date < today {
            let is_withheld = is_withheld(store, site, &day)?;
            rows.extend(Lines { site: site.host.as_str(), day: &day, is_withheld }.rows());
        }
    }
    Ok(rows)
}

/// Are the day's page views withheld? Then the hits, which are nearly the same, are too.
fn is_withheld(store: &dyn Store, site: &Site, day: &QualityDay) -> Result<bool, StoreError> {
    let is_small = day.views > 0 && day.visitors < site.rules.visitors_min;
    let table = store.released_table(site, (WHOLE_SITE, 0), Period::Day(day.date))?;
    let is_hidden = table.is_some_and(|table| {
        table.lines().any(|line| line.figure(Metric::Views) == Figure::Withheld)
    });
    Ok(is_small || is_hidden)
}

/// One day of one site.
struct Lines<'a> {
    site: &'a str,
    day: &'a QualityDay,
    is_withheld: bool,
}

impl Lines<'_> {
    fn rows(&self) -> Vec<Row> {
        let Self { day, is_withheld, .. } = self;
        // Imported and invented days did not come through the collector.
        let is_collected = day.was_up && matches!(day.method, None | Some(Method::Beacon));
        let counted = match day.hits {
            Some(_) if *is_withheld => ReleasedHits::SECONDARY,
            Some(hits) => release_hits(hits),
            None if is_collected && day.method.is_none() => release_hits(0),
            None => ReleasedHits::GAP,
        };
        let dropped: u64 = day.dropped.iter().map(|(_, hits)| hits).sum();
        let received = match day.hits {
            _ if !is_collected => ReleasedHits::GAP,
            Some(_) if *is_withheld => ReleasedHits::SECONDARY,
            None if day.method.is_some() => ReleasedHits::GAP,
            hits => release_hits(hits.unwrap_or_default() + dropped),
        };
        let share = |views| match day.method {
            Some(Method::Beacon) if *is_withheld => ReleasedHits::SECONDARY,
            Some(Method::Beacon) => release_share(views, day.views),
            _ => ReleasedHits::GAP,
        };
        let down = match day.minutes_down {
            Some(minutes) => ReleasedHits::plain(u64::from(minutes)),
            None => ReleasedHits::GAP,
        };
        let mut rows = vec![
            self.row("received", NO_REASON, "hits", received),
            self.row("counted", NO_REASON, "hits", counted),
        ];
        for reason in Dropped::ALL {
            let found = day.dropped.iter().find(|(name, _)| name == reason.reason());
            let hits = found.map_or(0, |(_, hits)| *hits);
            let released = if is_collected { release_hits(hits) } else { ReleasedHits::GAP };
            rows.push(self.row(indicator(reason), reason.reason(), "hits", released));
        }
        let (pictures, unknown) = (share(day.without_script), share(day.page_unknown));
        rows.push(self.row("without_script", NO_REASON, "percent", pictures));
        rows.push(self.row("page_unknown", NO_REASON, "percent", unknown));
        rows.push(self.row("minutes_down", NO_REASON, "minutes", down));
        for (reason, minutes) in &day.minutes_lost {
            let minutes = ReleasedHits::plain(u64::from(*minutes));
            rows.push(self.row("minutes_down", reason.name(), "minutes", minutes));
        }
        rows
    }

    fn row(&self, indicator: &str, reason: &str, unit: &str, released: ReleasedHits) -> Row {
        let QualityDay { date, method, trackers, .. } = self.day;
        let method = method.map(Method::name).unwrap_or_default();
        let date = date.to_string();
        line([self.site, &date, indicator, reason], (unit, released), (method, &trackers.join(" ")))
    }
}

fn line(
    place: [&str; 4],
    (unit, released): (&str, ReleasedHits),
    (method, tracker): (&str, &str),
) -> Row {
    let mut row: Row = place.into_iter().map(text).collect();
    row.extend([number(released.value), text(unit), text(method), text(tracker)]);
    row.extend([text(released.obs_status.code()), text(released.conf_status.code())]);
    row
}

fn indicator(reason: Dropped) -> &'static str {
    if reason.answer() == Answer::OnPurpose { "dropped" } else { "refused" }
}

/// The rows of requests that named no site that is counted, by day in UTC.
pub fn rows_of_no_site(
    store: &dyn Store,
    (first, last): (Date, Date),
    now: Timestamp,
) -> impl Iterator<Item = io::Result<Row>> {
    let today = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let found = store.dropped_of_no_site(first, last);
    let rows: Vec<_> = match found {
        Ok(lines) => lines
            .into_iter()
            .filter(|(date, ..)| *date < today)
            .filter_map(|(date, name, hits)| {
                let reason = Dropped::named(&name)?;
                let place = [NO_SITE, &date.to_string(), indicator(reason), &name];
                Some(Ok(line(place, ("hits", release_hits(hits)), ("", ""))))
            })
            .collect(),
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    };
    rows.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::table::Value;

    fn day() -> QualityDay {
        QualityDay {
            date: jiff::civil::date(2026, 11, 22),
            method: Some(Method::Beacon),
            hits: Some(123),
            views: 100,
            visitors: 40,
            without_script: 25,
            page_unknown: 20,
            dropped: vec![("gpc".to_owned(), 4), ("robot".to_owned(), 31)],
            minutes_down: Some(7),
            minutes_lost: vec![],
            was_up: true,
            trackers: vec!["1a2b".to_owned(), "3c4d".to_owned()],
        }
    }

    /// The value of an indicator and its two codes.
    fn said(day: &QualityDay, is_withheld: bool, indicator: &str, reason: &str) -> String {
        let rows = Lines { site: "a.fr", day, is_withheld }.rows();
        let columns = schema().columns.len();
        assert!(rows.iter().all(|row| row.len() == columns));
        let is_it = |row: &&Row| row[2] == text(indicator) && row[3] == text(reason);
        let row = rows.iter().find(is_it).unwrap_or_else(|| panic!("{indicator} {reason}"));
        let shown = |value: &Value| match value {
            Value::Nothing => String::new(),
            Value::Text(text) => text.clone(),
            other => format!("{other:?}").replace("Integer(", "").replace(')', ""),
        };
        [4, 8, 9].map(|place| shown(&row[place])).join(" ")
    }

    #[test]
    fn hits_are_rounded_and_few_are_withheld() {
        let day = day();
        assert_eq!(said(&day, false, "received", "all"), "160 A F");
        assert_eq!(said(&day, false, "counted", "all"), "120 A F");
        assert_eq!(said(&day, false, "dropped", "robot"), "30 A F");
        assert_eq!(said(&day, false, "dropped", "gpc"), " Q A");
        assert_eq!(said(&day, false, "dropped", "dnt"), "0 A F");
        assert_eq!(said(&day, false, "refused", "journal_full"), "0 A F");
        assert_eq!(said(&day, false, "without_script", "all"), "25 A F");
        assert_eq!(said(&day, false, "page_unknown", "all"), "20 A F");
        assert_eq!(said(&day, false, "minutes_down", "all"), "7 A F");
    }

    #[test]
    fn hits_of_a_day_whose_views_are_withheld_are_withheld() {
        let day = day();
        for indicator in ["received", "counted", "without_script"] {
            assert_eq!(said(&day, true, indicator, "all"), " Q D", "{indicator}");
        }
        assert_eq!(said(&day, true, "dropped", "robot"), "30 A F");
    }

    #[test]
    fn a_gap_is_a_gap_and_never_a_zero() {
        let mut down = day();
        (down.method, down.hits, down.was_up) = (None, None, false);
        (down.minutes_down, down.dropped) = (Some(1_440), vec![]);
        for indicator in ["received", "counted", "without_script"] {
            assert_eq!(said(&down, false, indicator, "all"), " L F", "{indicator}");
        }
        assert_eq!(said(&down, false, "dropped", "robot"), " L F");
        assert_eq!(said(&down, false, "minutes_down", "all"), "1440 A F");
        // While the collector ran, nothing is nothing.
        down.was_up = true;
        assert_eq!(said(&down, false, "counted", "all"), "0 A F");
        // A log knows nothing of what a collector drops.
        let mut imported = day();
        imported.method = Some(Method::AccessLog);
        imported.minutes_down = None;
        assert_eq!(said(&imported, false, "counted", "all"), "120 A F");
        assert_eq!(said(&imported, false, "received", "all"), " L F");
        assert_eq!(said(&imported, false, "minutes_down", "all"), " L F");
    }
}
