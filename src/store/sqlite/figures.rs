//! Reading counts from SQLite, as `Counts` that only the door out can open.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, params};

use crate::dimension::{self, Exposure};
use crate::model::{Measures, Period, Site, ZoneDay, date_of_day_number, day_number};
use crate::privacy::{CountLine, Counts, Heading};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::rows::{measures, texts};
use crate::store::sqlite::scan::{Scan, crossed_sums, scan};
use crate::store::sqlite::sums::Sums;
use crate::store::sqlite::titles;
use crate::store::{By, Figures, Method, Question, StoreError, WHOLE_SITE};

/// The first day of a site that has figures.
pub(super) fn first_day(reader: &Connection, site: &Site) -> Result<Option<Date>, StoreError> {
    let sql = "/* Figures.first_day */
        select min(day) from count_day where site = ?1 and dimension = ?2";
    let asked = params![site.id.0, WHOLE_SITE];
    let first: Option<i64> = reader.prepare_cached(sql)?.query_one(asked, |row| row.get(0))?;
    Ok(first.map(date_of_day_number))
}

impl Figures for SqliteStore {
    fn counts(&self, question: &Question<'_>) -> Result<Counts, StoreError> {
        self.read(|reader| {
            let open_from = open_from(reader, question)?;
            let lines = match question.by {
                By::Hour => hours(reader, question, open_from)?,
                By::Value(_) => values(reader, question, open_from)?,
                By::Nothing | By::Day | By::Week | By::Month | By::Year => {
                    let days = if question.filters.is_empty() {
                        whole_days(reader, question)?
                    } else {
                        filtered_days(reader, question)?
                    };
                    grouped(question, days, open_from)
                }
            };
            Ok(Counts::of_store(heading(question), lines))
        })
    }

    fn crossed(&self, question: &Question<'_>, other: u8) -> Result<Counts, StoreError> {
        self.read(|reader| {
            let By::Value(one) = question.by else { return Err(StoreError::NotCrossed) };
            let open_from = open_from(reader, question)?;
            let mut heading = heading(question);
            heading.labels_protected = true;
            let lines = crossed_values(reader, question, (one, other), open_from)?;
            Ok(Counts::of_store(heading, lines))
        })
    }

    fn last_uncrossed(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Option<Date>, StoreError> {
        self.read(|reader| {
            let sql = "/* Figures.last_uncrossed */
                select max(count_day.day)
                  from count_day
                  left join site_day on site_day.site = count_day.site
                                    and site_day.day  = count_day.day
                 where count_day.site = ?1 and dimension = ?2
                   and count_day.day between ?3 and ?4
                   and site_day.day is null";
            let asked = params![site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
            let day: Option<i64> =
                reader.prepare_cached(sql)?.query_one(asked, |row| row.get(0))?;
            Ok(day.map(date_of_day_number))
        })
    }

    fn first_day(&self, site: &Site) -> Result<Option<Date>, StoreError> {
        self.read(|reader| first_day(reader, site))
    }

    fn methods(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Method>, StoreError> {
        if site.synthetic {
            return Ok(vec![Method::Synthetic]);
        }
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Figures.methods */
                 select distinct coalesce(method, 'beacon')
                   from count_day
                   left join site_day on site_day.site = count_day.site
                                     and site_day.day  = count_day.day
                  where count_day.site = ?1 and dimension = ?2
                    and count_day.day between ?3 and ?4",
            )?;
            let asked = params![site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
            let names: Vec<String> =
                statement.query_map(asked, |row| row.get(0))?.collect::<Result<_, _>>()?;
            let is_used = |method: &Method| names.iter().any(|name| name == method.name());
            Ok(Method::ALL.into_iter().filter(is_used).collect())
        })
    }

    fn titles(
        &self,
        site: &Site,
        paths: &[&str],
        networks_min: u64,
    ) -> Result<Vec<Option<String>>, StoreError> {
        self.read(|reader| titles::titles(reader, site, paths, networks_min))
    }

    fn dropped(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Figures.dropped */
                 select reason, sum(hits)
                   from dropped
                  where site = ?1 and day between ?2 and ?3
                  group by reason
                  order by reason",
            )?;
            let asked = params![site.id.0, day_number(first), day_number(last)];
            let lines = statement
                .query_map(asked, |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?
                .collect::<Result<_, _>>()?;
            Ok(lines)
        })
    }
}

fn heading(question: &Question<'_>) -> Heading {
    let Question { site, first, last, by, .. } = *question;
    // What people typed is not shown below the threshold to anybody, by itself or as a filter.
    let named = by.named_with(question.filters);
    let mut named = named.into_iter().filter_map(dimension::coded);
    Heading {
        site: site.host.clone(),
        zone: site.zone.clone(),
        first,
        last,
        synthetic: site.synthetic,
        labels_protected: by.dimension().is_some(),
        staff_below_threshold: named.all(|one| one.exposure != Exposure::PublicAboveThreshold),
    }
}

/// The number of the first day that is not final: one whose figures are not closed yet, and at the
/// latest the site's today.
fn open_from(reader: &Connection, question: &Question<'_>) -> Result<i64, StoreError> {
    let zone = &question.site.zone;
    let sql = "/* figures::open_from */
               select min(day) from day where zone = ?1 and closed_at is null";
    let open: Option<i64> =
        reader.prepare_cached(sql)?.query_one([zone.name()], |row| row.get(0))?;
    let today = day_number(zone.day_at(question.now).date);
    Ok(open.map_or(today, |open| open.min(today)))
}

fn hours(
    reader: &Connection,
    question: &Question<'_>,
    open_from: i64,
) -> Result<Vec<CountLine>, StoreError> {
    let zone = &question.site.zone;
    let of = |date| ZoneDay { zone: zone.clone(), date };
    let mut statement = reader.prepare_cached(
        "/* figures::hours */
         select hour, views, visitors, visits, bounces, events, reading_seconds,
                views_over, events_over
           from count_hour
          where site = ?1 and dimension = ?2 and hour >= ?3 and hour < ?4
          order by hour",
    )?;
    let start = of(question.first).start().as_second();
    let end = of(question.last).end().as_second();
    let mut rows = statement.query(params![question.site.id.0, WHOLE_SITE, start, end])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let hour = Timestamp::from_second(row.get(0)?).unwrap_or_default();
        lines.push(CountLine {
            label: zone.written(hour),
            second: String::new(),
            measures: measures(row, 1)?,
            provisional: day_number(zone.day_at(hour).date) >= open_from,
        });
    }
    Ok(lines)
}

/// The days of the whole site, in order.
fn whole_days(
    reader: &Connection,
    question: &Question<'_>,
) -> Result<Vec<(i64, Measures)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* figures::whole_days */
         select day, views, visitors, visits, bounces, events, reading_seconds,
                views_over, events_over
           from count_day
          where site = ?1 and dimension = ?2 and day between ?3 and ?4
          order by day",
    )?;
    let (first, last) = (day_number(question.first), day_number(question.last));
    let mut rows = statement.query(params![question.site.id.0, WHOLE_SITE, first, last])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let day: i64 = row.get(0)?;
        lines.push((day, measures(row, 1)?));
    }
    Ok(lines)
}

/// The days, or months, of what the filters let through, in order.
fn filtered_days(
    reader: &Connection,
    question: &Question<'_>,
) -> Result<Vec<(i64, Measures)>, StoreError> {
    // Where no line is shorter than a month, whole months are read at once, by their first day.
    let each_day = matches!(question.by, By::Day | By::Week);
    let mut days: HashMap<i64, Measures> = HashMap::new();
    scan(reader, &Scan::of(reader, question)?, each_day, &mut |day, _, measures| {
        days.entry(day).or_default().add(measures);
    })?;
    let mut days: Vec<_> = days.into_iter().collect();
    days.sort_unstable_by_key(|(day, _)| *day);
    Ok(days)
}

/// The label of the line that a day belongs to, and the last day of that line.
fn line_of(question: &Question<'_>, date: Date) -> (String, Date) {
    let days_past_monday = i32::from(date.weekday().to_monday_zero_offset());
    let monday = date.saturating_sub(days_past_monday.days());
    let (label, last) = match question.by {
        By::Nothing | By::Hour | By::Value(_) => (String::new(), question.last),
        By::Day => (date.to_string(), date),
        By::Week => (monday.to_string(), monday.saturating_add(6.days())),
        By::Month => (Period::Month(date).to_string(), date.last_of_month()),
        By::Year => (Period::Year(date).to_string(), date.last_of_year()),
    };
    (label, last.min(question.last))
}

/// Adds up days, which are in order, to the lines that are asked for. A line is provisional as long
/// as one of its days is, whether anybody came on it yet or not.
fn grouped(question: &Question<'_>, days: Vec<(i64, Measures)>, open_from: i64) -> Vec<CountLine> {
    let mut lines: Vec<CountLine> = Vec::new();
    for (day, measures) in days {
        let (label, last) = line_of(question, date_of_day_number(day));
        match lines.last_mut() {
            Some(line) if line.label == label => line.measures.add(measures),
            _ => {
                let provisional = day_number(last) >= open_from;
                lines.push(CountLine { label, second: String::new(), measures, provisional });
            }
        }
    }
    if lines.is_empty() && question.by == By::Nothing {
        let (label, measures) = (String::new(), Measures::default());
        let provisional = day_number(question.last) >= open_from;
        lines.push(CountLine { label, second: String::new(), measures, provisional });
    }
    lines
}

/// Every pair of values of a crossing with its figures, in the order of their texts.
fn crossed_values(
    reader: &Connection,
    question: &Question<'_>,
    pair: (u8, u8),
    open_from: i64,
) -> Result<Vec<CountLine>, StoreError> {
    let sums = crossed_sums(reader, question, pair)?;
    let mut numbers: Vec<u32> = sums.keys().flat_map(|&(one, other)| [one, other]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let texts: HashMap<u32, String> =
        numbers.iter().copied().zip(texts(reader, &numbers)?).collect();
    let text = |number| texts.get(&number).cloned().unwrap_or_default();
    let provisional = day_number(question.last) >= open_from;
    let line = |((one, other), measures)| CountLine {
        label: text(one),
        second: text(other),
        measures,
        provisional,
    };
    let mut lines: Vec<_> = sums.into_iter().map(line).collect();
    lines.sort_unstable_by(|one, other| {
        (&one.label, &one.second).cmp(&(&other.label, &other.second))
    });
    Ok(lines)
}

/// Every value with its figures, most views first, then most events, then by its text.
fn values(
    reader: &Connection,
    question: &Question<'_>,
    open_from: i64,
) -> Result<Vec<CountLine>, StoreError> {
    let mut sums = Sums::default();
    scan(reader, &Scan::of(reader, question)?, false, &mut |_, value, measures| {
        sums.add(value, measures);
    })?;
    let sums = sums.in_order();
    let provisional = day_number(question.last) >= open_from;
    let mut lines = Vec::with_capacity(sums.len());
    let numbers: Vec<u32> = sums.iter().map(|(value, _)| *value).collect();
    for (label, (_, measures)) in texts(reader, &numbers)?.into_iter().zip(sums) {
        lines.push(CountLine { label, second: String::new(), measures, provisional });
    }
    lines.sort_unstable_by(|one, other| {
        let order = |line: &CountLine| (line.measures.views, line.measures.events);
        order(other).cmp(&order(one)).then_with(|| one.label.cmp(&other.label))
    });
    Ok(lines)
}
