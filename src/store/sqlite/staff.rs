//! Accounts and sessions in SQLite: passwords and tokens are here only as hashes.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use crate::store::sqlite::SqliteStore;
use crate::store::{Staff, StoreError};

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

    fn has_logins(&self) -> Result<bool, StoreError> {
        self.read(|reader| {
            let sql = "/* Staff.has_logins */ select exists (select 1 from staff)";
            Ok(reader.query_row(sql, [], |row| row.get(0))?)
        })
    }

    fn password_hash(&self, login: &str) -> Result<Option<String>, StoreError> {
        self.read(|reader| {
            let sql = "/* Staff.password_hash */ select password from staff where login = ?1";
            Ok(reader.query_row(sql, [login], |row| row.get(0)).optional()?)
        })
    }

    fn open_session(
        &self,
        token_hash: &[u8],
        login: &str,
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Staff.open_session */
             insert into session (token_hash, login, ends_at) values (?1, ?2, ?3)",
            params![token_hash, login, ends.as_second()],
        )?;
        Ok(())
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
}
