//! In which space a person who is here already lives.

use rusqlite::Connection;
use wire::SpaceId;

use crate::{
    id::ContactId,
    store::{StoreError, change_log},
};

/// Whether a person lives in a space; one of whom nothing is here lives where the identifier says.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn lives_in(conn: &Connection, id: ContactId, space: SpaceId) -> Result<bool, StoreError> {
    Ok(change_log::space_of(conn, id.doc())?.map_or(id.is_of(space), |home| home == space))
}

/// Whether two people live in one space, without which they are not merged.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn share_space(conn: &Connection, one: ContactId, other: ContactId) -> Result<bool, StoreError> {
    match change_log::space_of(conn, one.doc())? {
        Some(space) => lives_in(conn, other, space),
        // Nobody is shown before a change of the record is here.
        None => Ok(false),
    }
}
