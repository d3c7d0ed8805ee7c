//! The row of a person: which field has which column, written and read back.

use std::collections::BTreeMap;

use formats::{fold, name};
use rusqlite::{Connection, OptionalExtension, Transaction, params_from_iter, types::Value};

use super::super::{field::PointKind, model::Contact};
use crate::{
    id::{ContactId, DefinitionId},
    store::StoreError,
};

/// Plain fields that have a column of their own: the field's key and the column's name.
const COLUMNS: &[(&str, &str)] = &[
    ("fullName", "full_name"),
    ("honorific", "honorific"),
    ("kind", "kind"),
    ("status", "status"),
    ("source", "source"),
    ("campaign", "campaign"),
    ("birthOn", "birth_on"),
    ("gender", "gender"),
    ("school", "school"),
    ("level", "level"),
    ("externalId", "external_id"),
    ("address", "address"),
];

/// Plain fields whose column holds the bytes of a definition's identifier.
const ID_COLUMNS: &[(&str, &str)] = &[("branch", "branch"), ("owner", "owner")];

/// Whether a plain field has a column of its own.
pub fn has_column(field: &str) -> bool {
    COLUMNS.iter().chain(ID_COLUMNS).any(|(key, _)| *key == field)
}

/// The columns of a person's row that have a value, by field key.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn values_of_row(conn: &Connection, no: i64) -> Result<BTreeMap<String, String>, StoreError> {
    let names: Vec<_> = COLUMNS.iter().chain(ID_COLUMNS).map(|(_, column)| *column).collect();
    let mut statement =
        conn.prepare_cached(&format!("SELECT {} FROM contact WHERE no = ?1", names.join(", ")))?;
    let values = statement.query_row([no], |row| {
        let mut values = BTreeMap::new();
        for (at, (field, _)) in COLUMNS.iter().enumerate() {
            if let Some(value) = row.get::<_, Option<String>>(at)? {
                values.insert((*field).to_owned(), value);
            }
        }
        for (at, (field, _)) in ID_COLUMNS.iter().enumerate() {
            if let Some(bytes) = row.get::<_, Option<[u8; 16]>>(COLUMNS.len() + at)? {
                values.insert((*field).to_owned(), DefinitionId(bytes).to_string());
            }
        }
        Ok(values)
    })?;
    Ok(values)
}

/// What stands of a person, by field key, points, tags and interests included; `None` if there is no such person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn values_of(conn: &Connection, id: ContactId) -> Result<Option<BTreeMap<String, String>>, StoreError> {
    let Some(no) = number_of(conn, id)? else { return Ok(None) };
    let mut values = values_of_row(conn, no)?;
    for sql in [
        "SELECT field, value FROM contact_point WHERE contact = ?1",
        "SELECT field, value FROM contact_field WHERE contact = ?1",
        "SELECT list || '.' || lower(hex(tag)), label FROM contact_tag WHERE contact = ?1",
    ] {
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (key, value) = row?;
            values.insert(key, value);
        }
    }
    Ok(Some(values))
}

/// The number of a person's row, if there is one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn number_of(conn: &Connection, id: ContactId) -> Result<Option<i64>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT no FROM contact WHERE id = ?1")?;
    Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
}

/// Writes the row of somebody who has none.
pub(super) fn insert(tx: &Transaction<'_>, contact: &Contact) -> Result<i64, StoreError> {
    let cells = cells(contact);
    let names: Vec<_> = cells.iter().map(|(column, _)| *column).collect();
    let marks = vec!["?"; cells.len()].join(", ");
    let sql = format!("INSERT INTO contact (id, {}) VALUES (?, {marks})", names.join(", "));
    let id = Value::Blob(contact.id.0.to_vec());
    let values = std::iter::once(id).chain(cells.into_iter().map(|(_, value)| value));
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(tx.last_insert_rowid())
}

/// Writes the row of a person, whatever stands there.
pub(super) fn put(tx: &Transaction<'_>, contact: &Contact) -> Result<(i64, bool), StoreError> {
    let Some(no) = number_of(tx, contact.id)? else { return Ok((insert(tx, contact)?, false)) };
    let mut cells = cells(contact);
    cells.push(("merged_into", Value::Null));
    write(tx, no, cells)?;
    Ok((no, true))
}

/// Writes the columns that differ: every column named in an update costs an entry of each index that holds it.
pub(super) fn update(
    tx: &Transaction<'_>,
    no: i64,
    before: &Contact,
    after: &Contact,
) -> Result<(), StoreError> {
    let (before, after) = (cells(before), cells(after));
    let changed = after.into_iter().zip(before).filter(|(after, before)| after.1 != before.1);
    write(tx, no, changed.map(|(after, _)| after).collect())
}

fn write(tx: &Transaction<'_>, no: i64, cells: Vec<(&str, Value)>) -> Result<(), StoreError> {
    if cells.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = cells.iter().map(|(column, _)| format!("{column} = ?")).collect();
    let sql = format!("UPDATE contact SET {} WHERE no = ?", names.join(", "));
    let values = cells.into_iter().map(|(_, value)| value).chain([Value::Integer(no)]);
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// Every column but the identifiers, in one order.
fn cells(contact: &Contact) -> Vec<(&'static str, Value)> {
    let text = |text: Option<&str>| text.map_or(Value::Null, |text| Value::Text(text.to_owned()));
    let moment = |at: Option<i64>| at.map_or(Value::Null, Value::Integer);
    let mut cells = Vec::with_capacity(32);
    for (field, column) in COLUMNS {
        let value = match *field {
            "fullName" => Some(contact.plain(field).unwrap_or_default()),
            "kind" => Some(contact.plain(field).unwrap_or("other")),
            _ => contact.plain(field),
        };
        cells.push((*column, text(value)));
    }
    for (field, column) in ID_COLUMNS {
        let id = contact.plain(field).and_then(|text| text.parse::<DefinitionId>().ok());
        cells.push((*column, id.map_or(Value::Null, |id| Value::Blob(id.0.to_vec()))));
    }
    let full_name = contact.plain("fullName").unwrap_or_default();
    let first = |kind| contact.first_point(kind).map(|point| point.value.as_str());
    let open = contact.tasks.iter().filter(|task| task.done_at.is_none());
    let next_step = open.filter_map(|task| task.record.due_at_ms).min();
    let contacts = contact.interactions.iter().map(|interaction| &interaction.record);
    let last = contacts.filter(|record| record.is_contact()).map(|record| record.happened_at_ms).max();
    cells.extend([
        ("name_fold", Value::Text(fold::fold(full_name))),
        ("name_sort", Value::Text(name::sort_key(full_name))),
        ("given_fold", Value::Text(fold::fold(name::given_name(full_name)))),
        ("birthday", text(contact.plain("birthOn").and_then(|date| date.get(5..)))),
        ("has_phone", Value::Integer(first(PointKind::Phone).is_some().into())),
        ("has_email", Value::Integer(first(PointKind::Email).is_some().into())),
        ("phone", text(first(PointKind::Phone))),
        ("email", text(first(PointKind::Email))),
        ("created_at_ms", Value::Integer(contact.created_at.0)),
        ("updated_at_ms", Value::Integer(contact.updated_at.0)),
        ("status_since_ms", moment(contact.status_since.map(|at| at.0))),
        ("last_interaction_at_ms", moment(last.map(|at| at.0))),
        ("next_step_at_ms", moment(next_step.map(|at| at.0))),
        ("conflict_count", Value::Integer(contact.conflicts.len() as i64)),
        ("deleted_at_ms", moment(contact.deleted_at.map(|at| at.0))),
    ]);
    cells
}
