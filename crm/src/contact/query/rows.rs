//! Lines and links.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::further;
use crate::{
    contact::view::{ContactRef, ContactRow, InterestView, NextStep, TagView},
    id::{AtMs, BranchId, ContactId, StaffId, TagId, TaskId},
    read::ReadError,
};

const COLUMNS: &str =
    "no, id, full_name, honorific, kind, status, branch, owner, phone, email, school, level, source,
  birth_on, last_interaction_at_ms, created_at_ms, updated_at_ms, conflict_count, status_since_ms";

fn read(row: &Row<'_>) -> rusqlite::Result<(i64, ContactRow)> {
    let line = ContactRow {
        id: ContactId(row.get(1)?),
        full_name: row.get(2)?,
        honorific: row.get(3)?,
        kind: row.get(4)?,
        status: row.get(5)?,
        branch: row.get::<_, Option<[u8; 16]>>(6)?.map(BranchId),
        owner: row.get::<_, Option<[u8; 16]>>(7)?.map(StaffId),
        phone: row.get(8)?,
        email: row.get(9)?,
        school: row.get(10)?,
        level: row.get(11)?,
        source: row.get(12)?,
        birth_on: row.get(13)?,
        tags: Vec::new(),
        last_interaction_at_ms: row.get::<_, Option<i64>>(14)?.map(AtMs),
        next_step: None,
        created_at_ms: AtMs(row.get(15)?),
        updated_at_ms: AtMs(row.get(16)?),
        conflict_count: row.get(17)?,
        status_since_ms: row.get::<_, Option<i64>>(18)?.map(AtMs),
        custom: BTreeMap::new(),
        further: BTreeMap::new(),
    };
    Ok((row.get(0)?, line))
}

/// Whether a line shows a column without being asked.
fn has_own_place(column: &str) -> bool {
    const OWN: [&str; 20] = [
        "fullName",
        "honorific",
        "kind",
        "status",
        "statusSince",
        "branch",
        "owner",
        "phone",
        "email",
        "school",
        "level",
        "source",
        "birthOn",
        "tags",
        "lastInteractionAt",
        "nextStep",
        "nextStepAt",
        "createdAt",
        "updatedAt",
        "conflictCount",
    ];
    column.starts_with("custom.") || OWN.contains(&column)
}

/// The lines of people by row number, in the order asked for, with values for these columns.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn contact_rows(
    conn: &Connection,
    numbers: &[i64],
    columns: &[String],
) -> Result<Vec<ContactRow>, ReadError> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM contact WHERE no = ?1"))?;
    let further_columns: Vec<_> = columns.iter().filter(|column| !has_own_place(column)).cloned().collect();
    let mut lines = Vec::with_capacity(numbers.len());
    for no in numbers {
        let Some((no, mut line)) = statement.query_row([no], read).optional()? else { continue };
        line.tags = tags(conn, no, "tag")?;
        line.next_step = next_step(conn, no)?;
        if columns.iter().any(|column| column.starts_with("custom.")) {
            line.custom = custom(conn, no)?;
        }
        if !further_columns.is_empty() {
            line.further = further(conn, no, &further_columns)?;
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The line of one person.
///
/// # Errors
/// [`ReadError::NotFound`] if there is none.
pub fn contact_row(conn: &Connection, no: i64) -> Result<ContactRow, ReadError> {
    let mut line = contact_rows(conn, &[no], &[])?.pop().ok_or(ReadError::NotFound)?;
    line.custom = custom(conn, no)?;
    Ok(line)
}

/// A person as a link; `None` if the person is not here.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn contact_ref(conn: &Connection, id: ContactId) -> Result<Option<ContactRef>, ReadError> {
    Ok(conn
        .prepare_cached("SELECT id, full_name, kind, phone, branch FROM contact WHERE id = ?1")?
        .query_row([id.0], |row| {
            Ok(ContactRef {
                id: ContactId(row.get(0)?),
                full_name: row.get(1)?,
                kind: row.get(2)?,
                phone: row.get(3)?,
                branch: row.get::<_, Option<[u8; 16]>>(4)?.map(BranchId),
            })
        })
        .optional()?)
}

/// Interests of a person, by kind and name.
pub(super) fn interests(conn: &Connection, no: i64) -> Result<Vec<InterestView>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT tag, label, kind FROM contact_tag WHERE contact = ?1 AND list = 'interest'
         ORDER BY kind IS NULL, kind, label, tag",
    )?;
    let rows = statement.query_map([no], |row| {
        Ok(InterestView { id: TagId(row.get(0)?), label: row.get(1)?, kind: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tags or interests of a person, by name.
pub(super) fn tags(conn: &Connection, no: i64, list: &str) -> Result<Vec<TagView>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT tag, label FROM contact_tag WHERE contact = ?1 AND list = ?2 ORDER BY label, tag",
    )?;
    let rows =
        statement.query_map((no, list), |row| Ok(TagView { id: TagId(row.get(0)?), label: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn next_step(conn: &Connection, no: i64) -> Result<Option<NextStep>, ReadError> {
    Ok(conn
        .prepare_cached(
            "SELECT id, title, due_at_ms FROM task WHERE contact = ?1 AND done_at_ms IS NULL
             ORDER BY due_at_ms IS NULL, due_at_ms, id LIMIT 1",
        )?
        .query_row([no], |row| {
            Ok(NextStep {
                task: TaskId(row.get(0)?),
                title: row.get(1)?,
                due_at_ms: row.get::<_, Option<i64>>(2)?.map(AtMs),
            })
        })
        .optional()?)
}

fn custom(conn: &Connection, no: i64) -> Result<BTreeMap<String, String>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT substr(field, 8), value FROM contact_field WHERE contact = ?1 AND field LIKE 'custom.%'",
    )?;
    let rows = statement.query_map([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
