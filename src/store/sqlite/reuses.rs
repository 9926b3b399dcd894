//! Declared re-uses in SQLite, each known by its address.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::model::ReuseKind;
use crate::store::sqlite::SqliteStore;
use crate::store::{
    Declared, NewReuse, REUSES_WAITING_MAX, Reuse, ReuseCounts, ReuseState, Reuses, StoreError,
};

/// Between the datasets of one re-use; no identifier of the catalogue has it.
const COMMA: &str = ",";

impl Reuses for SqliteStore {
    fn reuses(&self, state: ReuseState) -> Result<Vec<Reuse>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Reuses.reuses */
                 select id, title, url, kind, description, datasets, declared_at, decided_at, reason
                   from reuse
                  where state = ?1
                  order by declared_at, id",
            )?;
            let mut rows = statement.query([state.name()])?;
            let mut reuses = Vec::new();
            while let Some(row) = rows.next()? {
                reuses.push(read_reuse(row, state)?);
            }
            Ok(reuses)
        })
    }

    fn reuse_counts(&self) -> Result<ReuseCounts, StoreError> {
        self.read(|reader| {
            let of = |state| count(reader, state);
            Ok(ReuseCounts {
                pending: of(ReuseState::Pending)?,
                published: of(ReuseState::Published)?,
                refused: of(ReuseState::Refused)?,
            })
        })
    }

    fn declare_reuse(&self, new: &NewReuse, now: Timestamp) -> Result<Declared, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let known: Option<String> = transaction
            .query_row(
                "/* Reuses.declare_reuse */ select state from reuse where url = ?1",
                [&new.url],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(state) = known {
            let state = ReuseState::named(&state).ok_or(StoreError::Damaged(state))?;
            return Ok(Declared::Known(state));
        }
        if count(&transaction, ReuseState::Pending)? >= REUSES_WAITING_MAX as u64 {
            return Ok(Declared::Full);
        }
        transaction.execute(
            "/* Reuses.declare_reuse */
             insert into reuse (title, url, kind, description, datasets, declared_at, state)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                new.title,
                new.url,
                new.kind.name(),
                new.description,
                new.datasets.join(COMMA),
                now.as_second(),
                ReuseState::Pending.name()
            ],
        )?;
        transaction.commit()?;
        Ok(Declared::Waits)
    }

    fn publish_reuse(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        decide(&self.writer(), id, (ReuseState::Published, None), now)
    }

    fn refuse_reuse(&self, id: i64, reason: &str, now: Timestamp) -> Result<bool, StoreError> {
        decide(&self.writer(), id, (ReuseState::Refused, Some(reason)), now)
    }
}

fn count(reader: &Connection, state: ReuseState) -> Result<u64, StoreError> {
    let sql = "/* Reuses.count */ select count(*) from reuse where state = ?1";
    let count: i64 = reader.prepare_cached(sql)?.query_one([state.name()], |row| row.get(0))?;
    Ok(count as u64)
}

fn decide(
    writer: &Connection,
    id: i64,
    (state, reason): (ReuseState, Option<&str>),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = writer.execute(
        "/* Reuses.decide */
         update reuse set state = ?2, reason = ?3, decided_at = ?4 where id = ?1",
        params![id, state.name(), reason, now.as_second()],
    )?;
    Ok(changed > 0)
}

fn read_reuse(row: &Row<'_>, state: ReuseState) -> Result<Reuse, StoreError> {
    let moment = |second| Timestamp::from_second(second).unwrap_or_default();
    let kind: String = row.get(3)?;
    let datasets: String = row.get(5)?;
    Ok(Reuse {
        id: row.get(0)?,
        declared: NewReuse {
            title: row.get(1)?,
            url: row.get(2)?,
            kind: ReuseKind::named(&kind).ok_or(StoreError::Damaged(kind))?,
            datasets: datasets.split(COMMA).map(str::to_owned).collect(),
            description: row.get(4)?,
        },
        declared_at: moment(row.get(6)?),
        state,
        decided_at: row.get::<_, Option<i64>>(7)?.map(moment),
        reason: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Sites;
    use crate::store::sqlite::MIGRATIONS;

    fn new(number: usize) -> NewReuse {
        NewReuse {
            title: format!("Re-use {number}"),
            url: format!("https://example.org/{number}"),
            kind: ReuseKind::Visualization,
            datasets: vec!["/data/all/pages".to_owned(), "/data/a.fr".to_owned()],
            description: "Été".to_owned(),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn store() -> (tempfile::TempDir, SqliteStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        (folder, store)
    }

    #[test]
    fn a_declared_reuse_waits_until_somebody_decides() {
        let (_folder, store) = store();
        assert_eq!(store.declare_reuse(&new(1), at(10)).unwrap(), Declared::Waits);
        assert_eq!(store.reuses(ReuseState::Published).unwrap(), []);
        let waiting = store.reuses(ReuseState::Pending).unwrap();
        let [reuse] = waiting.as_slice() else { panic!("{waiting:?}") };
        assert_eq!((&reuse.declared, reuse.declared_at), (&new(1), at(10)));
        assert_eq!((reuse.decided_at, &reuse.reason), (None, &None));
        assert!(store.publish_reuse(reuse.id, at(20)).unwrap());
        let published = store.reuses(ReuseState::Published).unwrap();
        assert_eq!(published[0].decided_at, Some(at(20)));
        assert!(store.refuse_reuse(reuse.id, "gone", at(30)).unwrap());
        let refused = store.reuses(ReuseState::Refused).unwrap();
        assert_eq!(refused[0].reason.as_deref(), Some("gone"));
        assert!(store.publish_reuse(reuse.id, at(40)).unwrap());
        assert_eq!(store.reuses(ReuseState::Published).unwrap()[0].reason, None);
        let counts = ReuseCounts { pending: 0, published: 1, refused: 0 };
        assert_eq!(store.reuse_counts().unwrap(), counts);
        assert!(!store.publish_reuse(reuse.id + 1, at(40)).unwrap());
    }

    #[test]
    fn an_address_is_declared_once_whatever_became_of_it() {
        let (_folder, store) = store();
        store.declare_reuse(&new(1), at(1)).unwrap();
        let again = NewReuse { title: "Another".to_owned(), ..new(1) };
        let known = |state| Declared::Known(state);
        assert_eq!(store.declare_reuse(&again, at(2)).unwrap(), known(ReuseState::Pending));
        let id = store.reuses(ReuseState::Pending).unwrap()[0].id;
        store.refuse_reuse(id, "no", at(3)).unwrap();
        assert_eq!(store.declare_reuse(&again, at(4)).unwrap(), known(ReuseState::Refused));
        assert_eq!(store.reuse_counts().unwrap().refused, 1);
    }

    #[test]
    fn no_more_wait_than_may_wait() {
        let (_folder, store) = store();
        for number in 0..REUSES_WAITING_MAX {
            assert_eq!(store.declare_reuse(&new(number), at(1)).unwrap(), Declared::Waits);
        }
        let one_more = new(REUSES_WAITING_MAX);
        assert_eq!(store.declare_reuse(&one_more, at(2)).unwrap(), Declared::Full);
        let first = store.reuses(ReuseState::Pending).unwrap()[0].id;
        store.publish_reuse(first, at(3)).unwrap();
        assert_eq!(store.declare_reuse(&one_more, at(4)).unwrap(), Declared::Waits);
    }

    #[test]
    fn a_store_of_the_version_before_opens() {
        let folder = tempfile::tempdir().unwrap();
        let file = Connection::open(folder.path().join("store.sqlite")).unwrap();
        for migration in &MIGRATIONS[..4] {
            file.execute_batch(migration).unwrap();
        }
        file.pragma_update(None, "user_version", 4).unwrap();
        let site = "insert into site (host, zone, query_kept, synthetic, added_at)
                    values ('a.fr', 'UTC', '[]', 0, 0)";
        file.execute(site, []).unwrap();
        drop(file);
        let store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(store.sites().unwrap().len(), 1);
        assert_eq!(store.reuse_counts().unwrap(), ReuseCounts::default());
        assert_eq!(store.declare_reuse(&new(1), at(1)).unwrap(), Declared::Waits);
    }
}
