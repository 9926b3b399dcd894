//! Accounts and sessions in SQLite: passwords and tokens are here only as hashes.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::store::sqlite::SqliteStore;
use crate::store::{Account, Staff, StoreError};

impl Staff for SqliteStore {
    fn add_login(
        &self,
        login: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let added = self.writer().execute(
            "/* Staff.add_login */
             insert or ignore into staff (login, password, added_at) values (?1, ?2, ?3)",
            params![login, password_hash, now.as_second()],
        )?;
        if added == 0 { Err(StoreError::LoginTaken(login.to_owned())) } else { Ok(()) }
    }

    fn add_first_login(
        &self,
        login: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let added = self.writer().execute(
            "/* Staff.add_first_login */
             insert into staff (login, password, added_at)
             select ?1, ?2, ?3 where not exists (select 1 from staff)",
            params![login, password_hash, now.as_second()],
        )?;
        Ok(added == 1)
    }

    fn has_logins(&self) -> Result<bool, StoreError> {
        self.read(|reader| {
            let sql = "/* Staff.has_logins */ select exists (select 1 from staff)";
            Ok(reader.query_row(sql, [], |row| row.get(0))?)
        })
    }

    fn accounts(&self, now: Timestamp) -> Result<Vec<Account>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Staff.accounts */
                 select login, added_at,
                        (select count(*) from session
                          where session.login = staff.login and ends_at > ?1)
                   from staff
                  order by login",
            )?;
            let rows = statement.query_map([now.as_second()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            })?;
            let account = |row: rusqlite::Result<(String, i64, i64)>| {
                let (login, added_at, sessions) = row?;
                let added_at = Timestamp::from_second(added_at)
                    .map_err(|error| StoreError::Damaged(error.to_string()))?;
                Ok(Account { login, added_at, sessions: sessions.unsigned_abs() })
            };
            rows.map(account).collect()
        })
    }

    fn password_hash(&self, login: &str) -> Result<Option<String>, StoreError> {
        self.read(|reader| {
            let sql = "/* Staff.password_hash */ select password from staff where login = ?1";
            Ok(reader.query_row(sql, [login], |row| row.get(0)).optional()?)
        })
    }

    fn set_password(&self, login: &str, password_hash: &str) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = transaction.execute(
            "/* Staff.set_password */ update staff set password = ?2 where login = ?1",
            params![login, password_hash],
        )?;
        if changed == 0 {
            return Err(StoreError::NoLogin(login.to_owned()));
        }
        let sql = "/* Staff.set_password */ delete from session where login = ?1";
        transaction.execute(sql, [login])?;
        Ok(transaction.commit()?)
    }

    fn remove_login(&self, login: &str) -> Result<(), StoreError> {
        // Its sessions go with it, by the foreign key.
        let sql = "/* Staff.remove_login */ delete from staff where login = ?1";
        match self.writer().execute(sql, [login])? {
            0 => Err(StoreError::NoLogin(login.to_owned())),
            _ => Ok(()),
        }
    }

    fn open_session(
        &self,
        token_hash: &[u8],
        (login, password_hash): (&str, &str),
        ends: Timestamp,
    ) -> Result<bool, StoreError> {
        let opened = self.writer().execute(
            "/* Staff.open_session */
             insert into session (token_hash, login, ends_at)
             select ?1, login, ?4 from staff where login = ?2 and password = ?3",
            params![token_hash, login, password_hash, ends.as_second()],
        )?;
        Ok(opened == 1)
    }

    fn session_login(
        &self,
        token_hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        self.read(|reader| {
            let sql = "/* Staff.session_login */
                       select login from session where token_hash = ?1 and ends_at > ?2";
            let asked = params![token_hash, now.as_second()];
            Ok(reader.query_row(sql, asked, |row| row.get(0)).optional()?)
        })
    }

    fn close_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Staff.close_session */ delete from session where token_hash = ?1",
            [token_hash],
        )?;
        Ok(())
    }

    fn delete_ended_sessions(&self, now: Timestamp) -> Result<(), StoreError> {
        let now = now.as_second();
        let is_due = self.read(|reader| {
            let sql = "/* Staff.delete_ended_sessions */
                       select exists (select 1 from session where ends_at <= ?1)";
            Ok(reader.query_row(sql, [now], |row| row.get::<_, bool>(0))?)
        })?;
        // Nearly always there is none, and then nothing is written.
        if is_due {
            let sql = "/* Staff.delete_ended_sessions */ delete from session where ends_at <= ?1";
            self.writer().execute(sql, [now])?;
        }
        Ok(())
    }
}
