//! The register of breaks in SQLite: moments after which figures do not compare with those before.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::model::{Site, SiteId, ZoneDay};
use crate::store::sqlite::SqliteStore;
use crate::store::{Break, BreakKind, Breaks, StoreError};

impl Breaks for SqliteStore {
    fn breaks(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Break>, StoreError> {
        let of = |date| ZoneDay { zone: site.zone.clone(), date };
        let (start, end) = (of(first).start().as_second(), of(last).end().as_second());
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Breaks.breaks */
                 select site, began_at, kind, before, after, is_manual
                   from series_break
                  where site = ?1 and began_at >= ?2 and began_at < ?3
                  order by began_at, id",
            )?;
            let mut rows = statement.query(params![site.id.0, start, end])?;
            let mut breaks = Vec::new();
            while let Some(row) = rows.next()? {
                let kind: String = row.get(2)?;
                breaks.push(Break {
                    site: SiteId(row.get(0)?),
                    began: Timestamp::from_second(row.get(1)?).unwrap_or_default(),
                    kind: BreakKind::named(&kind).ok_or(StoreError::Damaged(kind))?,
                    before: row.get(3)?,
                    after: row.get(4)?,
                    is_manual: row.get(5)?,
                });
            }
            Ok(breaks)
        })
    }

    fn add_break(&self, one: &Break) -> Result<(), StoreError> {
        write_break(&self.writer(), one)
    }
}

pub(super) fn write_break(transaction: &Connection, one: &Break) -> Result<(), StoreError> {
    transaction.execute(
        "/* Breaks.write_break */
         insert into series_break (site, began_at, kind, before, after, is_manual)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            one.site.0,
            one.began.as_second(),
            one.kind.name(),
            one.before,
            one.after,
            one.is_manual
        ],
    )?;
    Ok(())
}
