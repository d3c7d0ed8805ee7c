//! Disagreements as screens need them.

use rusqlite::{Connection, Row};

use super::{
    table::StoredVersion,
    view::{ConflictList, ConflictVersion, ConflictView},
};
use crate::{
    api::args::PageArgs,
    contact::query::contact_ref,
    definition::query::{device_of_actor, staff_ref},
    id::{AtMs, ContactId},
    read::{ReadContext, ReadError},
};

/// A stretch of all disagreements, newest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn list(conn: &Connection, _: &ReadContext, args: PageArgs) -> Result<ConflictList, ReadError> {
    let limit = if args.limit == 0 { 50 } else { args.limit.min(500) };
    let total = conn
        .prepare_cached(
            "SELECT count(*) FROM conflict JOIN contact ON contact.no = conflict.contact
             WHERE contact.deleted_at_ms IS NULL",
        )?
        .query_row([], |row| row.get(0))?;
    let mut statement = conn.prepare_cached(
        "SELECT contact.id, conflict.field, conflict.versions FROM conflict
         JOIN contact ON contact.no = conflict.contact WHERE contact.deleted_at_ms IS NULL
         ORDER BY conflict.at_ms DESC, contact.id, conflict.field LIMIT ?1 OFFSET ?2",
    )?;
    let found = statement.query_map((limit, args.offset), raw)?.collect::<Result<Vec<_>, _>>()?;
    Ok(ConflictList { total, rows: views(conn, found)? })
}

/// The disagreements of one person.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn of_contact(conn: &Connection, no: i64) -> Result<Vec<ConflictView>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT contact.id, conflict.field, conflict.versions FROM conflict
         JOIN contact ON contact.no = conflict.contact WHERE conflict.contact = ?1 ORDER BY conflict.field",
    )?;
    let found = statement.query_map([no], raw)?.collect::<Result<Vec<_>, _>>()?;
    views(conn, found)
}

type Raw = (ContactId, String, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((ContactId(row.get(0)?), row.get(1)?, row.get(2)?))
}

fn views(conn: &Connection, found: Vec<Raw>) -> Result<Vec<ConflictView>, ReadError> {
    let mut views = Vec::with_capacity(found.len());
    for (id, field, json) in found {
        let stored: Vec<StoredVersion> = serde_json::from_str(&json).unwrap_or_default();
        let mut versions = Vec::with_capacity(stored.len());
        for version in stored {
            versions.push(ConflictVersion {
                staff: version.staff.parse().ok().map(|id| staff_ref(conn, id)).transpose()?.flatten(),
                device: version
                    .actor
                    .parse()
                    .ok()
                    .map(|actor| device_of_actor(conn, actor))
                    .transpose()?
                    .flatten(),
                at_ms: AtMs(version.at_ms),
                value: version.value,
            });
        }
        if let Some(contact) = contact_ref(conn, id)? {
            views.push(ConflictView { contact, field, versions });
        }
    }
    Ok(views)
}
