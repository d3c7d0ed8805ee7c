//! A person as rows.
//!
//! The rows of a set of merged records stand under its smallest identifier; the other records keep a row that
//! says into whom they were merged, and nothing else.

pub mod row;

use std::collections::BTreeSet;

use formats::{fold, phone};
use rusqlite::{Connection, Transaction};

use super::{field::PointKind, model::Contact};
use crate::{comment, conflict, duplicate, id::ContactId, interaction, store::StoreError, task};

/// Writes everything that is shown of a person, whatever stands there.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: &Contact) -> Result<(), StoreError> {
    let (no, is_known) = row::put(tx, contact)?;
    if is_known {
        clear_children(tx, no)?;
        clear_words(tx, no)?;
        duplicate::table::clear(tx, contact.id)?;
    }
    put_children(tx, no, contact)
}

/// Writes everything that is shown of a person of whom nothing is: deleting from a search index costs even when
/// nothing is there.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(tx: &Transaction<'_>, contact: &Contact) -> Result<(), StoreError> {
    let no = row::insert(tx, contact)?;
    put_children(tx, no, contact)
}

/// Writes what is different in a person who stands there as `before` and is merged with nobody.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn update(tx: &Transaction<'_>, before: &Contact, after: &Contact) -> Result<(), StoreError> {
    let Some(no) = row::number_of(tx, after.id)? else { return insert(tx, after) };
    row::update(tx, no, before, after)?;
    if other_fields(before).ne(other_fields(after)) {
        tx.prepare_cached("DELETE FROM contact_field WHERE contact = ?1")?.execute([no])?;
        put_fields(tx, no, after)?;
    }
    if before.points != after.points {
        tx.prepare_cached("DELETE FROM contact_point WHERE contact = ?1")?.execute([no])?;
        put_points(tx, no, after)?;
    }
    if before.tags != after.tags
        || (&before.interests, &before.interest_kinds) != (&after.interests, &after.interest_kinds)
    {
        tx.prepare_cached("DELETE FROM contact_tag WHERE contact = ?1")?.execute([no])?;
        put_tags(tx, no, after)?;
    }
    if before.consents != after.consents {
        tx.prepare_cached("DELETE FROM consent WHERE contact = ?1")?.execute([no])?;
        put_consents(tx, no, after)?;
    }
    if before.relations != after.relations {
        tx.prepare_cached("DELETE FROM relation WHERE contact = ?1")?.execute([no])?;
        put_relations(tx, no, after)?;
    }
    if before.conflicts != after.conflicts {
        tx.prepare_cached("DELETE FROM conflict WHERE contact = ?1")?.execute([no])?;
        conflict::table::project(tx, no, &after.conflicts)?;
    }
    interaction::table::update(tx, no, &before.interactions, &after.interactions)?;
    task::table::update(tx, no, &before.tasks, &after.tasks)?;
    if before.comments != after.comments {
        comment::table::update(tx, no, &before.comments, &after.comments)?;
    }
    if Words::of(before) != Words::of(after) {
        clear_words(tx, no)?;
        put_words(tx, no, after)?;
    }
    if duplicate::table::looks_at(before) != duplicate::table::looks_at(after) {
        duplicate::table::clear(tx, after.id)?;
        duplicate::table::project(tx, after)?;
    }
    Ok(())
}

fn put_children(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    put_fields(tx, no, contact)?;
    put_points(tx, no, contact)?;
    put_tags(tx, no, contact)?;
    put_consents(tx, no, contact)?;
    put_relations(tx, no, contact)?;
    interaction::table::project(tx, no, &contact.interactions)?;
    task::table::project(tx, no, &contact.tasks)?;
    comment::table::project(tx, no, &contact.comments)?;
    conflict::table::project(tx, no, &contact.conflicts)?;
    put_words(tx, no, contact)?;
    duplicate::table::project(tx, contact)
}

/// Notes that a record was merged into another, and shows nothing else of it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project_merged(tx: &Transaction<'_>, contact: &Contact, into: ContactId) -> Result<(), StoreError> {
    let (no, _) = row::put(tx, contact)?;
    tx.prepare_cached("UPDATE contact SET merged_into = ?2 WHERE no = ?1")?.execute((no, into.0))?;
    clear_children(tx, no)?;
    clear_words(tx, no)?;
    duplicate::table::clear(tx, contact.id)
}

/// Removes every row of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove(tx: &Transaction<'_>, id: ContactId) -> Result<(), StoreError> {
    if let Some(no) = row::number_of(tx, id)? {
        clear_children(tx, no)?;
        clear_words(tx, no)?;
        duplicate::table::clear(tx, id)?;
        tx.prepare_cached("DELETE FROM contact WHERE no = ?1")?.execute([no])?;
    }
    Ok(())
}

/// Writes the links of one record, whoever it is merged with.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project_links(
    tx: &Transaction<'_>,
    id: ContactId,
    record: Option<&Contact>,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contact_link WHERE source = ?1")?.execute([id.0])?;
    let Some(record) = record else { return Ok(()) };
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO contact_link (source, kind, target) VALUES (?1, ?2, ?3)")?;
    for other in &record.merges {
        statement.execute((id.0, "merge", other.0))?;
    }
    for other in &record.aparts {
        statement.execute((id.0, "apart", other.0))?;
    }
    Ok(())
}

fn clear_children(tx: &Transaction<'_>, no: i64) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM contact_field WHERE contact = ?1",
        "DELETE FROM contact_point WHERE contact = ?1",
        "DELETE FROM contact_tag WHERE contact = ?1",
        "DELETE FROM consent WHERE contact = ?1",
        "DELETE FROM relation WHERE contact = ?1",
        "DELETE FROM interaction WHERE contact = ?1",
        "DELETE FROM task WHERE contact = ?1",
        "DELETE FROM comment WHERE contact = ?1",
        "DELETE FROM mention WHERE contact = ?1",
        "DELETE FROM conflict WHERE contact = ?1",
    ] {
        tx.prepare_cached(statement)?.execute([no])?;
    }
    Ok(())
}

/// Fields that have no column of their own.
fn other_fields(contact: &Contact) -> impl Iterator<Item = (&String, &String)> {
    contact.plain.iter().filter(|(key, _)| !row::has_column(key)).chain(&contact.custom)
}

fn put_fields(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("INSERT INTO contact_field (contact, field, value) VALUES (?1, ?2, ?3)")?;
    for (key, value) in other_fields(contact) {
        statement.execute((no, key, value))?;
    }
    Ok(())
}

fn put_points(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO contact_point (contact, field, kind, value, raw, is_valid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (key, point) in &contact.points {
        statement.execute((no, key, point.kind.key(), &point.value, &point.raw, point.is_valid))?;
    }
    Ok(())
}

fn put_tags(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO contact_tag (contact, list, tag, label, kind) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (id, label) in &contact.tags {
        statement.execute((no, "tag", id.0, label, None::<&str>))?;
    }
    for (id, label) in &contact.interests {
        statement.execute((no, "interest", id.0, label, contact.interest_kinds.get(id)))?;
    }
    Ok(())
}

fn put_consents(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO consent (contact, id, purpose, channel, is_granted, at_ms, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (id, value) in &contact.consents {
        let values =
            (no, id, &value.purpose, &value.channel, value.is_granted, value.at_ms.0, &value.evidence);
        statement.execute(values)?;
    }
    Ok(())
}

fn put_relations(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement =
        tx.prepare_cached("INSERT OR IGNORE INTO relation (contact, kind, other) VALUES (?1, ?2, ?3)")?;
    for (kind, other) in &contact.relations {
        statement.execute((no, kind, other.0))?;
    }
    Ok(())
}

fn clear_words(tx: &Transaction<'_>, no: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contact_words WHERE rowid = ?1")?.execute([no])?;
    tx.prepare_cached("DELETE FROM contact_parts WHERE rowid = ?1")?.execute([no])?;
    Ok(())
}

fn put_words(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let Some(words) = Words::of(contact) else { return Ok(()) };
    tx.prepare_cached("INSERT INTO contact_words (rowid, folded, written, extra) VALUES (?1, ?2, ?3, ?4)")?
        .execute((no, words.folded, words.written, words.extra))?;
    if !words.parts.is_empty() {
        tx.prepare_cached("INSERT INTO contact_parts (rowid, parts) VALUES (?1, ?2)")?
            .execute((no, words.parts))?;
    }
    Ok(())
}

/// What the search indexes hold of a person.
#[derive(PartialEq)]
struct Words {
    folded: String,
    written: String,
    extra: String,
    parts: String,
}

impl Words {
    /// Nothing of somebody in the bin.
    fn of(contact: &Contact) -> Option<Self> {
        if contact.deleted_at.is_some() {
            return None;
        }
        let full_name = contact.plain("fullName").unwrap_or_default();
        let mut extra: Vec<String> = contact.tags.values().map(|label| fold::fold(label)).collect();
        extra.extend(contact.plain("externalId").map(fold::fold));
        let mut parts = Vec::new();
        for point in contact.points.values() {
            match point.kind {
                PointKind::Phone => parts.push(phone::search_digits(&point.value)),
                PointKind::Email | PointKind::Zalo | PointKind::Facebook => {
                    parts.push(point.value.to_lowercase());
                    extra.push(fold::fold(&point.value));
                }
            }
        }
        Some(Self {
            folded: fold::fold(full_name),
            written: full_name.to_lowercase(),
            extra: extra.join(" "),
            parts: parts.join(" "),
        })
    }
}

/// Whether devices disagree on something about a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_disputed(conn: &Connection, id: ContactId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM contact WHERE id = ?1 AND conflict_count > 0";
    Ok(conn.prepare_cached(sql)?.exists([id.0])?)
}

/// The phones, e-mails and other points that are shown of somebody who is not in the bin, those that can be read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn shown_points(conn: &Connection, id: ContactId) -> Result<Vec<(PointKind, String)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT point.kind, point.value FROM contact JOIN contact_point AS point ON point.contact = contact.no
         WHERE contact.id = ?1 AND contact.deleted_at_ms IS NULL AND point.is_valid",
    )?;
    let rows = statement.query_map([id.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut points = Vec::new();
    for row in rows {
        let (kind, value) = row?;
        points.extend(PointKind::from_key(&kind).map(|kind| (kind, value)));
    }
    Ok(points)
}

/// Whether anybody is linked with `id` as the same person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_linked(conn: &Connection, id: ContactId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM contact_link WHERE source = ?1 AND kind = 'merge'
       UNION ALL SELECT 1 FROM contact_link WHERE target = ?1 AND kind = 'merge' LIMIT 1";
    Ok(conn.prepare_cached(sql)?.exists([id.0])?)
}

/// Everyone who is linked with `id` as the same person, directly or through others, `id` included.
pub fn linked(conn: &Connection, id: ContactId) -> Result<BTreeSet<ContactId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "WITH RECURSIVE member (id) AS (
           SELECT ?1
           UNION SELECT link.target FROM contact_link AS link JOIN member ON link.source = member.id
             WHERE link.kind = 'merge'
           UNION SELECT link.source FROM contact_link AS link JOIN member ON link.target = member.id
             WHERE link.kind = 'merge'
         ) SELECT id FROM member",
    )?;
    let rows = statement.query_map([id.0], |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
