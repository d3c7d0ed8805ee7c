//! People who are here, as an import looks them up.

use rusqlite::{Connection, OptionalExtension};

use super::overlay::Key;
use crate::{id::ContactId, store::StoreError};

/// People of a key, at most `max` of those whom `counts` lets count: of the row's name first, then by identifier.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn people(
    conn: &Connection,
    key: Key<'_>,
    max: usize,
    counts: impl Fn(&ContactId) -> bool,
) -> Result<Vec<ContactId>, StoreError> {
    let sql = match key.kind {
        "externalId" => {
            "SELECT id FROM contact
             WHERE external_id = ?1 AND ?2 IS ?2 AND ?3 IS ?3
               AND merged_into IS NULL AND deleted_at_ms IS NULL ORDER BY id"
        }
        "nameBirth" => {
            "SELECT id FROM contact
             WHERE birth_on = ?1 AND ?2 IS ?2 AND name_fold = ?3
               AND merged_into IS NULL AND deleted_at_ms IS NULL ORDER BY id"
        }
        _ => {
            "SELECT contact.id FROM contact_point
             JOIN contact ON contact.no = contact_point.contact
             WHERE contact_point.value = ?1 AND contact_point.kind = ?2
               AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL
             GROUP BY contact.id ORDER BY contact.name_fold <> ?3, contact.id"
        }
    };
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map((key.value, key.kind, key.name), |row| Ok(ContactId(row.get(0)?)))?;
    let counted = rows.filter(|id| id.as_ref().map_or(true, &counts));
    Ok(counted.take(max).collect::<Result<_, _>>()?)
}

/// Whether somebody is here, neither in the bin nor merged into somebody else.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_here(conn: &Connection, id: ContactId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM contact WHERE id = ?1 AND merged_into IS NULL AND deleted_at_ms IS NULL";
    Ok(conn.prepare_cached(sql)?.exists([id.0])?)
}

/// Those who are written down as guardians of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn guardians_of(conn: &Connection, child: ContactId) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT relation.other FROM relation JOIN contact ON contact.no = relation.contact
       WHERE contact.id = ?1 AND relation.kind = 'guardian' ORDER BY relation.other";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([child.0], |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those whose guardian somebody is written down as.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn children_of(conn: &Connection, guardian: ContactId) -> Result<Vec<ContactId>, StoreError> {
    let sql = "SELECT contact.id FROM relation JOIN contact ON contact.no = relation.contact
       WHERE relation.other = ?1 AND relation.kind = 'guardian'
         AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL ORDER BY contact.id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([guardian.0], |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// At most `max` of those whose guardian somebody is written down as, with their folded names.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn children_and_names(
    conn: &Connection,
    guardian: ContactId,
    max: usize,
) -> Result<Vec<(ContactId, String)>, StoreError> {
    let sql = "SELECT contact.id, contact.name_fold FROM relation
       JOIN contact ON contact.no = relation.contact
       WHERE relation.other = ?1 AND relation.kind = 'guardian'
         AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([guardian.0], |row| Ok((ContactId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.take(max).collect::<Result<_, _>>()?)
}

/// Whether two people are written down as brothers or sisters, at the one or at the other.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn are_siblings(conn: &Connection, one: ContactId, other: ContactId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM relation JOIN contact ON contact.no = relation.contact
       WHERE contact.id = ?1 AND relation.other = ?2 AND relation.kind = 'sibling' LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.exists((one.0, other.0))? || statement.exists((other.0, one.0))?)
}

/// Whether a note of these words stands at a person already, at this time if the sheet gives one; without words, any
/// at this time.
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
       WHERE contact.id = ?1 AND interaction.kind = 'note' AND (?2 = '' OR interaction.body = ?2)
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
