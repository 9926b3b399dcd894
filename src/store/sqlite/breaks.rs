//! The register of breaks in SQLite: moments after which figures do not compare with those before.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use crate::model::{Site, SiteId, ZoneDay};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::figures::first_day;
use crate::store::{Break, BreakKind, BreakWords, Breaks, Method, StoreError};

/// Between names in one cell.
const COMMA: &str = ",";

impl Breaks for SqliteStore {
    fn breaks(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Break>, StoreError> {
        let of = |date| ZoneDay { zone: site.zone.clone(), date };
        let (start, end) = (of(first).start().as_second(), of(last).end().as_second());
        self.read(|reader| between(reader, site, start, end))
    }

    fn all_breaks(&self, site: &Site) -> Result<Vec<Break>, StoreError> {
        self.read(|reader| between(reader, site, i64::MIN, i64::MAX))
    }

    fn add_break(&self, one: &Break) -> Result<bool, StoreError> {
        write_break(&self.writer(), one)
    }
}

fn between(
    reader: &Connection,
    site: &Site,
    start: i64,
    end: i64,
) -> Result<Vec<Break>, StoreError> {
    let first = first_day(reader, site)?;
    let mut statement = reader.prepare_cached(
        "/* Breaks.between */
         select id, site, began_at, kind, before, after, is_manual, metrics, dimensions,
                method_before, method_after, estimated_effect, overlap_days, splice_coefficient,
                note_fr, note_en
           from series_break
          where site = ?1 and began_at >= ?2 and began_at < ?3
          order by began_at, id",
    )?;
    let mut rows = statement.query(params![site.id.0, start, end])?;
    let mut breaks = Vec::new();
    while let Some(row) = rows.next()? {
        let one = read_break(row)?;
        let date = site.zone.day_at(one.began).date;
        if !first.is_some_and(|first| one.is_beginning(date, first)) {
            breaks.push(one);
        }
    }
    Ok(breaks)
}

fn read_break(row: &Row<'_>) -> Result<Break, StoreError> {
    let kind: String = row.get(3)?;
    let names = |text: String| {
        text.split(COMMA).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let method = |name: Option<String>| name.and_then(|name| Method::named(&name));
    Ok(Break {
        id: row.get(0)?,
        site: SiteId(row.get(1)?),
        began: Timestamp::from_second(row.get(2)?).unwrap_or_default(),
        kind: BreakKind::named(&kind).ok_or(StoreError::Damaged(kind))?,
        before: row.get(4)?,
        after: row.get(5)?,
        is_manual: row.get(6)?,
        method_before: method(row.get(9)?),
        method_after: method(row.get(10)?),
        words: BreakWords {
            metrics: names(row.get(7)?),
            dimensions: names(row.get(8)?),
            estimated_effect: row.get(11)?,
            overlap_days: row.get(12)?,
            splice_coefficient: row.get(13)?,
            note_fr: row.get(14)?,
            note_en: row.get(15)?,
        },
    })
}

/// Writes a break, unless the same is there; says whether it was written.
pub(super) fn write_break(transaction: &Connection, one: &Break) -> Result<bool, StoreError> {
    let Break { words, .. } = one;
    let written = transaction.execute(
        "/* Breaks.write_break */
         insert into series_break
                (site, began_at, kind, before, after, is_manual, metrics, dimensions,
                 method_before, method_after, estimated_effect, overlap_days,
                 splice_coefficient, note_fr, note_en)
         select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
          where not exists (select 1 from series_break
                             where site = ?1 and began_at = ?2 and kind = ?3 and before = ?4
                               and after = ?5 and note_fr = ?14 and note_en = ?15)",
        params![
            one.site.0,
            one.began.as_second(),
            one.kind.name(),
            one.before,
            one.after,
            one.is_manual,
            words.metrics.join(COMMA),
            words.dimensions.join(COMMA),
            one.method_before.map(Method::name),
            one.method_after.map(Method::name),
            words.estimated_effect,
            words.overlap_days,
            words.splice_coefficient,
            words.note_fr,
            words.note_en
        ],
    )?;
    Ok(written > 0)
}
