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
           direction, outcome, body, is_pinned, comments)
         VALUES (:contact, :id, :kind, :happened_at_ms, :recorded_at_ms, :staff, :device, :branch,
           :direction, :outcome, :body, :is_pinned, :comments)",
    )?;
    for interaction in interactions {
        let record = &interaction.record;
        let device = record.device.as_deref().and_then(|hex| hex.parse::<wire::DeviceId>().ok());
        let comments: Vec<_> =
            interaction.comments.iter().map(|comment| (comment.id.to_string(), comment)).collect();
        let comments =
            serde_json::to_string(&comments).map_err(|_| StoreError::Unreadable { what: "comment" })?;
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
            ":comments": comments,
        })?;
        put_mentions(tx, contact, interaction)?;
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
    // Two interactions may carry one comment: who is called by name is then written anew for all.
    if gone.iter().any(|one| !one.comments.is_empty()) {
        tx.prepare_cached("DELETE FROM mention WHERE contact = ?1")?.execute([contact])?;
        return project(tx, contact, after);
    }
    project(tx, contact, &fresh)
}

fn by_id(interactions: &[Interaction]) -> BTreeMap<InteractionId, &Interaction> {
    interactions.iter().map(|one| (one.id, one)).collect()
}

fn put_mentions(tx: &Transaction<'_>, contact: i64, interaction: &Interaction) -> Result<(), StoreError> {
    for comment in &interaction.comments {
        for staff in &comment.mentions {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO mention (contact, comment, staff, at_ms, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((contact, comment.id.to_string(), staff.0, comment.at_ms.0, &comment.body))?;
        }
    }
    Ok(())
}
