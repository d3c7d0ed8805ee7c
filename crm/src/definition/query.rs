//! Definitions as screens need them.

use rusqlite::{Connection, OptionalExtension};
use wire::{ActorId, DeviceId, SpaceId};

use super::{
    model::Content,
    view::{DeviceRef, StaffRef},
};
use crate::{
    id::{BranchId, DefinitionId, StaffId},
    store::{StoreError, key},
};

pub use super::list::list;

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

/// The one branch whose people this device holds; none when it holds those of several or of no branch.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn only_branch_held(conn: &Connection) -> Result<Option<BranchId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, data FROM definition WHERE kind = 'branch' ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut only = None;
    while let Some(row) = rows.next()? {
        let content: Option<Content> = serde_json::from_str(&row.get::<_, String>(1)?).ok();
        let Some(Content::Branch { space, .. }) = content else { continue };
        let Ok(space) = space.parse::<SpaceId>() else { continue };
        if !key::is_held(conn, space)? {
            continue;
        }
        if only.is_some() {
            return Ok(None);
        }
        only = Some(BranchId(row.get(0)?));
    }
    Ok(only)
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

/// The centre's name, once it is known here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn centre_name(conn: &Connection) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM definition WHERE kind = 'centre' ORDER BY id LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// The definition that names the centre, once it is known here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn centre_id(conn: &Connection) -> Result<Option<DefinitionId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT id FROM definition WHERE kind = 'centre' ORDER BY id LIMIT 1")?
        .query_row([], |row| Ok(DefinitionId(row.get(0)?)))
        .optional()?)
}

/// Every branch with its space, by name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn branch_spaces(conn: &Connection) -> Result<Vec<(BranchId, SpaceId)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, data FROM definition WHERE kind = 'branch' ORDER BY name, id")?;
    let rows = statement.query_map([], |row| Ok((BranchId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let mut branches = Vec::new();
    for row in rows {
        let (id, data) = row?;
        if let Ok(Content::Branch { space, .. }) = serde_json::from_str(&data)
            && let Ok(space) = space.parse()
        {
            branches.push((id, space));
        }
    }
    Ok(branches)
}

/// Every definition of a kind that was not retired, with its name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn named(conn: &Connection, kind: &str) -> Result<Vec<(DefinitionId, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, name FROM definition WHERE kind = ?1 AND is_archived = 0 ORDER BY name, id",
    )?;
    let rows = statement.query_map([kind], |row| Ok((DefinitionId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The name of every definition, by identifier.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn names_by_id(conn: &Connection) -> Result<std::collections::BTreeMap<String, String>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id, name FROM definition")?;
    let rows = statement.query_map([], |row| Ok((DefinitionId(row.get(0)?).to_string(), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A member of staff as a reference; `None` if unknown here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn staff_ref(conn: &Connection, id: StaffId) -> Result<Option<StaffRef>, StoreError> {
    Ok(name(conn, id.0)?.map(|name| StaffRef { id, name }))
}

/// A device as a reference; by the start of its identifier while nobody has named it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn device_ref(conn: &Connection, id: DeviceId) -> Result<Option<DeviceRef>, StoreError> {
    let hex = id.to_string();
    let name = name(conn, id.0)?.unwrap_or_else(|| format!("#{}", &hex[..6]));
    Ok(Some(DeviceRef { id: hex, name }))
}

/// The device of an actor; `None` if no verified chunk has told.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn device_of_actor(conn: &Connection, actor: ActorId) -> Result<Option<DeviceRef>, StoreError> {
    let device: Option<[u8; 16]> = conn
        .prepare_cached("SELECT device FROM actor WHERE actor = ?1")?
        .query_row([actor.0], |row| row.get(0))
        .optional()?;
    device.map_or(Ok(None), |device| device_ref(conn, DeviceId(device)))
}

fn name(conn: &Connection, id: [u8; 16]) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT name FROM definition WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Every definition that this program can read, by name.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub(super) fn all(conn: &Connection) -> Result<Vec<(DefinitionId, Content, bool)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, data, is_archived FROM definition ORDER BY name, id")?;
    let rows = statement.query_map([], |row| {
        Ok((DefinitionId(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, data, is_archived) = row?;
        if let Ok(content) = serde_json::from_str(&data) {
            found.push((id, content, is_archived));
        }
    }
    Ok(found)
}
