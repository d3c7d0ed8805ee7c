//! Interactions as rows.

use std::collections::BTreeMap;

use rusqlite::{Transaction, named_params};

use super::model::Interaction;
use crate::{id::InteractionId, store::StoreError};

/// Writes the rows of a person's interactions; earlier ones were removed by the caller.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: i64, interactions: &[Interaction]) -> Result<(), StoreError> {
    if interactions.is_empty() {
        return Ok(());
    }
    let mut statement = tx.prepare_cached(
        "INSERT OR REPLACE INTO interaction (contact, id, kind, happened_at_ms, recorded_at_ms, staff, device, branch,
           direction, outcome, body, is_pinned)
         VALUES (:contact, :id, :kind, :happened_at_ms, :recorded_at_ms, :staff, :device, :branch,
           :direction, :outcome, :body, :is_pinned)",
    )?;
    for interaction in interactions {
        let record = &interaction.record;
        let device = record.device.as_deref().and_then(|hex| hex.parse::<wire::DeviceId>().ok());
        statement.execute(named_params! {
            ":contact": contact,
            ":id": interaction.id.0,
            ":kind": record.kind,
            ":happened_at_ms": record.happened_at_ms.0,
            ":recorded_at_ms": record.recorded_at_ms.0,
            ":staff": record.staff.map(|id| id.0),
            ":device": device.map(|id| id.0),
            ":branch": record.branch.map(|id| id.0),
            ":direction": record.direction,
            ":outcome": record.outcome,
            ":body": record.body,
            ":is_pinned": interaction.is_pinned,
        })?;
    }
    Ok(())
}

/// Writes what is different in a person's interactions.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn update(
    tx: &Transaction<'_>,
    contact: i64,
    before: &[Interaction],
    after: &[Interaction],
) -> Result<(), StoreError> {
    let (old, new) = (by_id(before), by_id(after));
    let gone: Vec<_> = before.iter().filter(|one| new.get(&one.id) != Some(one)).collect();
    let fresh: Vec<_> = after.iter().filter(|one| old.get(&one.id) != Some(one)).cloned().collect();
    let mut statement = tx.prepare_cached("DELETE FROM interaction WHERE contact = ?1 AND id = ?2")?;
    for one in &gone {
        statement.execute((contact, one.id.0))?;
    }
    project(tx, contact, &fresh)
}

fn by_id(interactions: &[Interaction]) -> BTreeMap<InteractionId, &Interaction> {
    interactions.iter().map(|one| (one.id, one)).collect()
}
