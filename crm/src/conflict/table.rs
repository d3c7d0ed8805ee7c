//! Disagreements as rows.

use std::collections::BTreeMap;

use crdt::Version;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// A version of a disputed field, as the row's JSON holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredVersion {
    /// The value; empty when cleared.
    pub value: String,
    /// When it was written, milliseconds since 1970.
    pub at_ms: i64,
    /// The actor that wrote it, hex.
    pub actor: String,
    /// In whose name, ULID.
    pub staff: String,
}

/// Writes the rows of a person's disagreements; earlier ones were removed by the caller.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(
    tx: &Transaction<'_>,
    contact: i64,
    conflicts: &BTreeMap<String, Vec<Version>>,
) -> Result<(), StoreError> {
    for (field, versions) in conflicts {
        let newest = versions.iter().map(|version| version.time.wall_ms()).max().unwrap_or(0);
        let stored: Vec<_> = versions.iter().map(stored).collect();
        let json = serde_json::to_string(&stored).map_err(|_| StoreError::Unreadable { what: "conflict" })?;
        tx.prepare_cached("INSERT INTO conflict (contact, field, at_ms, versions) VALUES (?1, ?2, ?3, ?4)")?
            .execute((contact, field, newest as i64, json))?;
    }
    Ok(())
}

fn stored(version: &Version) -> StoredVersion {
    StoredVersion {
        value: version.value.as_text().unwrap_or_default().to_owned(),
        at_ms: version.time.wall_ms() as i64,
        actor: version.actor.to_string(),
        staff: crate::id::StaffId::from(version.staff).to_string(),
    }
}
