//! The register of sites in SQLite.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::model::{Host, OrganisationId, Site, SiteId, SiteIdentity, Zone};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::breaks::write_break;
use crate::store::sqlite::rules::rules;
use crate::store::{Break, NewSite, Sites, StoreError};

impl Sites for SqliteStore {
    fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Sites.sites */
                 select id, host, zone, query_kept, synthetic, rules, organisation,
                        identity
                   from site
                  order by host",
            )?;
            let mut rows = statement.query([])?;
            let mut sites = Vec::new();
            while let Some(row) = rows.next()? {
                let id = SiteId(row.get(0)?);
                let query_kept: String = row.get(3)?;
                sites.push(Site {
                    id,
                    identity: SiteIdentity(row.get(7)?),
                    host: host(row.get(1)?)?,
                    aliases: aliases(reader, id)?,
                    zone: Zone::named(&row.get::<_, String>(2)?)?,
                    query_kept: serde_json::from_str(&query_kept)
                        .map_err(|_| StoreError::Damaged(query_kept))?,
                    rules: rules(row.get(5)?)?,
                    organisation: row.get::<_, Option<u32>>(6)?.map(OrganisationId),
                    synthetic: row.get(4)?,
                });
            }
            Ok(sites)
        })
    }

    fn add_site(&self, site: &NewSite, now: Timestamp) -> Result<SiteId, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        // The host that was typed is named before a twin that nobody typed.
        for host in [&site.host].into_iter().chain(&site.aliases) {
            refuse_taken(&transaction, host, None)?;
        }
        transaction.execute(
            "/* Sites.add_site */
             insert into site (host, zone, query_kept, synthetic, rules, organisation, added_at,
                               identity)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, random())",
            params![
                site.host.as_str(),
                site.zone.name(),
                names(&site.query_kept),
                site.synthetic,
                serde_json::json!(site.rules).to_string(),
                site.organisation.map(|organisation| organisation.0),
                now.as_second()
            ],
        )?;
        let id = SiteId(transaction.last_insert_rowid() as u32);
        write_aliases(&transaction, id, &site.aliases)?;
        transaction.commit()?;
        Ok(id)
    }

    fn set_site(&self, site: &Site, breaks: &[Break]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for alias in &site.aliases {
            refuse_taken(&transaction, alias, Some(site.id))?;
        }
        transaction.execute(
            "/* Sites.set_site */
             update site set query_kept = ?2, rules = ?3, organisation = ?4 where id = ?1",
            params![
                site.id.0,
                names(&site.query_kept),
                serde_json::json!(site.rules).to_string(),
                site.organisation.map(|organisation| organisation.0)
            ],
        )?;
        transaction
            .execute("/* Sites.set_site */ delete from site_alias where site = ?1", [site.id.0])?;
        write_aliases(&transaction, site.id, &site.aliases)?;
        for one in breaks {
            write_break(&transaction, one)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn remove_site(&self, host: &Host) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let id = site_id(&transaction, host)?;
        transaction
            .execute("/* Sites.remove_site */ delete from dropped where site = ?1", [id.0])?;
        transaction.execute(
            "/* Sites.remove_site */
             insert or ignore into site_removed (identity)
             select identity from site where id = ?1",
            [id.0],
        )?;
        transaction.execute("/* Sites.remove_site */ delete from site where id = ?1", [id.0])?;
        transaction.commit()?;
        Ok(())
    }

    fn version(&self) -> Result<i64, StoreError> {
        // The number moves only for writes of other connections, so it is asked on the writing one.
        Ok(self.writer().pragma_query_value(None, "data_version", |row| row.get(0))?)
    }
}

fn host(text: String) -> Result<Host, StoreError> {
    Host::parse(&text).map_err(|_| StoreError::Damaged(text))
}

fn names(query_kept: &[String]) -> String {
    serde_json::json!(query_kept).to_string()
}

fn aliases(reader: &Connection, id: SiteId) -> Result<Vec<Host>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Sites.sites */ select host from site_alias where site = ?1 order by host",
    )?;
    let hosts: Vec<String> =
        statement.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
    hosts.into_iter().map(host).collect()
}

fn write_aliases(
    transaction: &Transaction<'_>,
    id: SiteId,
    aliases: &[Host],
) -> Result<(), StoreError> {
    for alias in aliases {
        transaction.execute(
            "/* Sites.write_aliases */
             insert or ignore into site_alias (host, site) values (?1, ?2)",
            params![alias.as_str(), id.0],
        )?;
    }
    Ok(())
}

fn site_id(transaction: &Transaction<'_>, host: &Host) -> Result<SiteId, StoreError> {
    let id = transaction
        .query_row(
            "/* Sites.site_id */ select id from site where host = ?1",
            [host.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    id.map(SiteId).ok_or_else(|| StoreError::NoSite(host.to_string()))
}

/// One host belongs to one site, or a view could be counted on either.
fn refuse_taken(
    transaction: &Transaction<'_>,
    host: &Host,
    except: Option<SiteId>,
) -> Result<(), StoreError> {
    let owner: Option<u32> = transaction
        .query_row(
            "/* Sites.refuse_taken */
             select id from site where host = ?1
              union all
             select site from site_alias where host = ?1",
            [host.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    match owner {
        Some(owner) if Some(SiteId(owner)) != except => Err(StoreError::HostTaken(host.clone())),
        _ => Ok(()),
    }
}
