//! Remarks as rows.

use rusqlite::{Transaction, named_params};

use super::model::Comment;
use crate::{id::StaffId, store::StoreError};

/// Writes the rows of a person's remarks; earlier ones were removed by the caller.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: i64, comments: &[Comment]) -> Result<(), StoreError> {
    for Comment { about, id, record } in comments {
        let (about, about_id) = about.to_columns();
        tx.prepare_cached(
            "INSERT OR REPLACE INTO comment (contact, about, about_id, id, staff, at_ms, body, mentions)
             VALUES (:contact, :about, :about_id, :id, :staff, :at_ms, :body, :mentions)",
        )?
        .execute(named_params! {
            ":contact": contact,
            ":about": about,
            ":about_id": about_id,
            ":id": id.0,
            ":staff": record.staff.map(|id| id.0),
            ":at_ms": record.at_ms.0,
            ":body": record.body,
            ":mentions": record.mentions.iter().map(StaffId::to_string).collect::<Vec<_>>().join(" "),
        })?;
        let mut mention = tx.prepare_cached(
            "INSERT OR IGNORE INTO mention (contact, about, about_id, comment, staff, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for staff in &record.mentions {
            mention.execute((contact, about, &about_id, id.0, staff.0, record.at_ms.0))?;
        }
    }
    Ok(())
}

/// Writes a person's remarks anew, if they are not what they were.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn update(
    tx: &Transaction<'_>,
    contact: i64,
    before: &[Comment],
    after: &[Comment],
) -> Result<(), StoreError> {
    // A remark more is what nearly always happened.
    if let Some(added) = after.strip_prefix(before) {
        return project(tx, contact, added);
    }
    clear(tx, contact)?;
    project(tx, contact, after)
}

/// Removes every remark of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn clear(tx: &Transaction<'_>, contact: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM comment WHERE contact = ?1")?.execute([contact])?;
    tx.prepare_cached("DELETE FROM mention WHERE contact = ?1")?.execute([contact])?;
    Ok(())
}
