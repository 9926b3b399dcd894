//! A past request, as a log has it, through the same privacy door as one that arrives now.

use jiff::Timestamp;

use crate::collect::Dropped;
use crate::collect::message::Meaning;
use crate::dimension::{self, Subject};
use crate::model::Site;
use crate::privacy::{Hit, PastKeys, Raw, Sealing, seal};
use crate::signal::Tables;

/// Seals a past request under the keys of its own day. A log that names no agents cannot tell
/// robots from people.
pub fn seal_past(
    site: &Site,
    tables: &Tables,
    keys: &PastKeys,
    raw: Raw,
    meaning: Meaning,
    received: Timestamp,
    names_agents: bool,
) -> Result<Hit, Dropped> {
    if !site.answers_to(raw.page_host()) {
        return Err(Dropped::ForeignHost);
    }
    let software = raw.software(&tables.agents);
    if let (Some(kind), true) = (software.robot, names_agents) {
        return Err(kind.into());
    }
    let values = dimension::values(&Subject {
        raw: &raw,
        site,
        kind: meaning.kind,
        deed: meaning.deed.as_ref(),
        software: &software,
        tables,
    });
    let sealing = Sealing {
        site,
        kind: meaning.kind,
        values,
        without_visitor: false,
        salt: &keys.salt,
        salt_before: None,
        network_key: &keys.network,
        idempotency_key: None,
        received,
    };
    Ok(seal(raw, sealing))
}
