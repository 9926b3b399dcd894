//! What a site has decided, as it is kept.

use rusqlite::{Connection, OptionalExtension};

use crate::model::{SiteId, SiteRules, VISITORS_MIN_RANGE};
use crate::store::StoreError;

/// Reads it from its text.
pub(super) fn rules(text: String) -> Result<SiteRules, StoreError> {
    let mut rules: SiteRules =
        serde_json::from_str(&text).map_err(|_| StoreError::Damaged(text))?;
    // Earlier versions let a site ask for fewer than are asked for now.
    rules.visitors_min = rules.visitors_min.max(*VISITORS_MIN_RANGE.start());
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
