//! Disagreements as screens need them.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{
    table::StoredVersion,
    view::{ConflictAbout, ConflictList, ConflictVersion, ConflictView},
    wording::Wording,
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
        "SELECT contact.id, contact.no, conflict.field, conflict.versions FROM conflict
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
        "SELECT contact.id, contact.no, conflict.field, conflict.versions FROM conflict
         JOIN contact ON contact.no = conflict.contact WHERE conflict.contact = ?1 ORDER BY conflict.field",
    )?;
    let found = statement.query_map([no], raw)?.collect::<Result<Vec<_>, _>>()?;
    views(conn, found)
}

type Raw = (ContactId, i64, String, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((ContactId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?))
}

fn views(conn: &Connection, found: Vec<Raw>) -> Result<Vec<ConflictView>, ReadError> {
    let mut views = Vec::with_capacity(found.len());
    for (id, no, field, json) in found {
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
            let about = about(conn, no, &field)?;
            views.push(ConflictView { contact, field, about, versions });
        }
    }
    Ok(views)
}

fn about(conn: &Connection, contact: i64, field: &str) -> Result<Option<ConflictAbout>, ReadError> {
    let Ok(wording) = field.parse() else { return Ok(None) };
    let (noun, id, sql) = match wording {
        Wording::Body(id) => (
            "interaction",
            id.0,
            "SELECT kind, happened_at_ms FROM interaction WHERE contact = ?1 AND id = ?2",
        ),
        Wording::Title(id) => {
            ("task", id.0, "SELECT kind, due_at_ms FROM task WHERE contact = ?1 AND id = ?2")
        }
    };
    let found = conn.prepare_cached(sql)?.query_row((contact, id), |row| {
        let at_ms: Option<i64> = row.get(1)?;
        Ok(ConflictAbout { noun: noun.to_owned(), kind: row.get(0)?, at_ms: at_ms.map(AtMs) })
    });
    Ok(found.optional()?)
}
