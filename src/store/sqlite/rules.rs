//! What a site has decided, as it is kept.

use rusqlite::{Connection, OptionalExtension};

use crate::model::{SiteId, SiteRules};
use crate::store::StoreError;

/// Reads it from its text.
pub(super) fn rules(text: String) -> Result<SiteRules, StoreError> {
    let rules: SiteRules = serde_json::from_str(&text).map_err(|_| StoreError::Damaged(text))?;
    // Earlier versions kept the sections as they were typed.
    Ok(rules.with_section_keys())
}

/// What a site has decided; nothing if there is no such site.
pub(super) fn rules_of(reader: &Connection, site: SiteId) -> Result<Option<SiteRules>, StoreError> {
    let sql = "/* sites::rules_of */ select rules from site where id = ?1";
    let text: Option<String> =
        reader.prepare_cached(sql)?.query_row([site.0], |row| row.get(0)).optional()?;
    text.map(rules).transpose()
}
