//! People who are here, as an import looks them up.

use rusqlite::{Connection, OptionalExtension};

use crate::{id::ContactId, store::StoreError};

fn ids(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<ContactId>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// People with a number of another system.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn with_external_id(conn: &Connection, id: &str) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT id FROM contact
       WHERE external_id = ?1 AND merged_into IS NULL AND deleted_at_ms IS NULL ORDER BY id LIMIT 50";
    ids(conn, sql, [id])
}

/// People with a phone or e-mail.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn with_point(conn: &Connection, kind: &str, value: &str) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT DISTINCT contact.id FROM contact_point
       JOIN contact ON contact.no = contact_point.contact
       WHERE contact_point.value = ?1 AND contact_point.kind = ?2
         AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL
       ORDER BY contact.id LIMIT 50";
    ids(conn, sql, [value, kind])
}

/// People with a name and a birth date.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn with_name_and_birth(
    conn: &Connection,
    name_fold: &str,
    birth_on: &str,
) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT id FROM contact
       WHERE name_fold = ?1 AND birth_on = ?2 AND merged_into IS NULL AND deleted_at_ms IS NULL
       ORDER BY id LIMIT 50";
    ids(conn, sql, [name_fold, birth_on])
}

/// Those who are written down as guardians of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn guardians_of(conn: &Connection, child: ContactId) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT relation.other FROM relation JOIN contact ON contact.no = relation.contact
       WHERE contact.id = ?1 AND relation.kind = 'guardian' ORDER BY relation.other";
    ids(conn, sql, [child.0])
}

/// Whether a note of these words stands at a person already, at this time if the sheet gives one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn has_note(
    conn: &Connection,
    person: ContactId,
    body: &str,
    at_ms: Option<i64>,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM interaction JOIN contact ON contact.no = interaction.contact
       WHERE contact.id = ?1 AND interaction.kind = 'note' AND interaction.body = ?2
         AND (?3 IS NULL OR interaction.happened_at_ms = ?3) LIMIT 1";
    Ok(conn.prepare_cached(sql)?.exists((person.0, body, at_ms))?)
}

/// What a person said last about a purpose and channel.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn consent_of(
    conn: &Connection,
    person: ContactId,
    purpose: &str,
    channel: &str,
) -> Result<Option<bool>, StoreError> {
    let sql = "SELECT consent.is_granted FROM consent JOIN contact ON contact.no = consent.contact
       WHERE contact.id = ?1 AND consent.purpose = ?2 AND consent.channel = ?3
       ORDER BY consent.at_ms DESC, consent.id DESC LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row((person.0, purpose, channel), |row| row.get(0)).optional()?)
}
