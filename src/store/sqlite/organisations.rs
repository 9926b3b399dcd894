//! The tree of organisations in SQLite.

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::OrganisationId;
use crate::store::sqlite::SqliteStore;
use crate::store::{Organisation, Organisations, StoreError};

impl Organisations for SqliteStore {
    fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Organisations.organisations */
                 select id, slug, name, identifier, parent from organisation order by slug",
            )?;
            let organisations = statement
                .query_map([], |row| {
                    Ok(Organisation {
                        id: OrganisationId(row.get(0)?),
                        slug: row.get(1)?,
                        name: row.get(2)?,
                        identifier: row.get(3)?,
                        parent: row.get::<_, Option<u32>>(4)?.map(OrganisationId),
                    })
                })?
                .collect::<Result<_, _>>()?;
            Ok(organisations)
        })
    }

    fn put_organisation(
        &self,
        slug: &str,
        name: &str,
        identifier: Option<&str>,
        parent: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let parent = parent.map(|slug| number_of(&transaction, slug)).transpose()?;
        let own = number_of(&transaction, slug).ok();
        refuse_circle(&transaction, own, parent, slug)?;
        transaction.execute(
            "/* Organisations.put_organisation */
             insert into organisation (slug, name, identifier, parent) values (?1, ?2, ?3, ?4)
                 on conflict (slug) do update set name       = excluded.name,
                                                  identifier = excluded.identifier,
                                                  parent     = excluded.parent",
            params![slug, name, identifier, parent],
        )?;
        transaction.commit()?;
        Ok(())
    }

    fn remove_organisation(&self, slug: &str) -> Result<(), StoreError> {
        let writer = self.writer();
        let id = number_of(&writer, slug)?;
        let sql = "/* Organisations.remove_organisation */
                   select exists (select 1 from site where organisation = ?1)
                       or exists (select 1 from organisation where parent = ?1)";
        if writer.query_one(sql, [id], |row| row.get(0))? {
            return Err(StoreError::OrganisationInUse(slug.to_owned()));
        }
        let sql = "/* Organisations.remove_organisation */ delete from organisation where id = ?1";
        writer.execute(sql, [id])?;
        Ok(())
    }
}

fn number_of(connection: &Connection, slug: &str) -> Result<u32, StoreError> {
    let sql = "/* Organisations.number_of */ select id from organisation where slug = ?1";
    let found = connection.query_row(sql, [slug], |row| row.get(0)).optional()?;
    found.ok_or_else(|| StoreError::NoOrganisation(slug.to_owned()))
}

/// An organisation may not lie within itself.
fn refuse_circle(
    connection: &Connection,
    own: Option<u32>,
    parent: Option<u32>,
    slug: &str,
) -> Result<(), StoreError> {
    let mut above = parent;
    while let Some(id) = above {
        if own == Some(id) {
            return Err(StoreError::OrganisationCircle(slug.to_owned()));
        }
        let sql = "/* Organisations.refuse_circle */ select parent from organisation where id = ?1";
        above = connection.query_one(sql, [id], |row| row.get(0))?;
    }
    Ok(())
}
