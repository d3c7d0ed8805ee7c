//! Definitions as rows.

use rusqlite::{Transaction, named_params};

use super::model::Definition;
use crate::{id::DefinitionId, store::StoreError};

/// Writes the row of a definition, or removes it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(
    tx: &Transaction<'_>,
    id: DefinitionId,
    definition: Option<&Definition>,
) -> Result<(), StoreError> {
    let Some(definition) = definition else {
        tx.prepare_cached("DELETE FROM definition WHERE id = ?1")?.execute([id.0])?;
        return Ok(());
    };
    let data = serde_json::to_string(&definition.content)
        .map_err(|_| StoreError::Unreadable { what: "definition" })?;
    tx.prepare_cached(
        "INSERT INTO definition (id, kind, name, data, is_archived)
         VALUES (:id, :kind, :name, :data, :is_archived)
         ON CONFLICT (id) DO UPDATE SET kind = :kind, name = :name, data = :data, is_archived = :is_archived",
    )?
    .execute(named_params! {
        ":id": id.0,
        ":kind": definition.content.kind(),
        ":name": definition.content.name(),
        ":data": data,
        ":is_archived": definition.is_archived,
    })?;
    Ok(())
}
