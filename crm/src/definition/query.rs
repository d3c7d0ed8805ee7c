//! Definitions as screens need them.

use rusqlite::{Connection, OptionalExtension};
use wire::SpaceId;

use super::model::Content;
use crate::{
    id::{BranchId, DefinitionId},
    store::StoreError,
};

/// The space of a branch, if the branch is known here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn space_of_branch(conn: &Connection, branch: BranchId) -> Result<Option<SpaceId>, StoreError> {
    Ok(match content(conn, branch.into())? {
        Some(Content::Branch { space, .. }) => space.parse().ok(),
        _ => None,
    })
}

/// What a definition says, if it is known here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn content(conn: &Connection, id: DefinitionId) -> Result<Option<Content>, StoreError> {
    let data: Option<String> = conn
        .prepare_cached("SELECT data FROM definition WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    Ok(data.and_then(|data| serde_json::from_str(&data).ok()))
}
