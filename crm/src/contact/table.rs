//! A person as rows.
//!
//! The rows of a set of merged records stand under its smallest identifier; the other records keep a row that
//! says into whom they were merged, and nothing else.

use std::collections::BTreeSet;

use formats::{fold, name, phone};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use super::{field::PointKind, model::Contact};
use crate::{conflict, duplicate, id::ContactId, interaction, store::StoreError, task};

/// Plain fields that have a column of their own.
const COLUMNS: &[&str] = &[
    "fullName",
    "honorific",
    "kind",
    "status",
    "branch",
    "owner",
    "source",
    "campaign",
    "birthOn",
    "gender",
    "school",
    "level",
    "externalId",
    "address",
];

/// Writes everything that is shown of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: &Contact) -> Result<(), StoreError> {
    let is_known = tx.prepare_cached("SELECT 1 FROM contact WHERE id = ?1")?.exists([contact.id.0])?;
    let no = put_row(tx, contact)?;
    // Whoever is new has nothing to clear, and deleting from a search index costs even when nothing is there.
    if is_known {
        clear_children(tx, no)?;
        clear_words(tx, no)?;
    }
    put_fields(tx, no, contact)?;
    put_lists(tx, no, contact)?;
    interaction::table::project(tx, no, &contact.interactions)?;
    task::table::project(tx, no, &contact.tasks)?;
    conflict::table::project(tx, no, &contact.conflicts)?;
    put_words(tx, no, contact)?;
    duplicate::table::project(tx, contact)
}

/// Notes that a record was merged into another, and shows nothing else of it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project_merged(tx: &Transaction<'_>, contact: &Contact, into: ContactId) -> Result<(), StoreError> {
    let no = put_row(tx, contact)?;
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
    let no: Option<i64> = tx
        .prepare_cached("SELECT no FROM contact WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    if let Some(no) = no {
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

fn put_row(tx: &Transaction<'_>, contact: &Contact) -> Result<i64, StoreError> {
    let full_name = contact.plain("fullName").unwrap_or_default();
    let birth_on = contact.plain("birthOn");
    let id_of = |key: &str| -> Option<[u8; 16]> {
        contact.plain(key)?.parse::<crate::id::DefinitionId>().ok().map(|id| id.0)
    };
    let first = |kind| contact.first_point(kind).map(|point| point.value.as_str());
    let next_step = contact
        .tasks
        .iter()
        .filter(|task| task.done_at.is_none())
        .filter_map(|task| task.record.due_at_ms)
        .min();
    let last = contact.interactions.iter().map(|interaction| interaction.record.happened_at_ms).max();
    tx.prepare_cached(
        "INSERT INTO contact (id, merged_into, kind, full_name, name_fold, name_sort, given_fold, honorific, status, branch, owner,
           source, campaign, birth_on, birthday, gender, school, level, external_id, address, phone, email,
           created_at_ms, updated_at_ms, status_since_ms, last_interaction_at_ms, next_step_at_ms, conflict_count,
           deleted_at_ms)
         VALUES (:id, NULL, :kind, :full_name, :name_fold, :name_sort, :given_fold, :honorific, :status, :branch, :owner,
           :source, :campaign, :birth_on, :birthday, :gender, :school, :level, :external_id, :address, :phone, :email,
           :created_at_ms, :updated_at_ms, :status_since_ms, :last_interaction_at_ms, :next_step_at_ms, :conflict_count,
           :deleted_at_ms)
         ON CONFLICT (id) DO UPDATE SET merged_into = NULL, kind = :kind, full_name = :full_name,
           name_fold = :name_fold, name_sort = :name_sort, given_fold = :given_fold, honorific = :honorific, status = :status,
           branch = :branch, owner = :owner, source = :source, campaign = :campaign, birth_on = :birth_on,
           birthday = :birthday, gender = :gender, school = :school, level = :level,
           external_id = :external_id, address = :address, phone = :phone, email = :email,
           created_at_ms = :created_at_ms, updated_at_ms = :updated_at_ms, status_since_ms = :status_since_ms,
           last_interaction_at_ms = :last_interaction_at_ms, next_step_at_ms = :next_step_at_ms,
           conflict_count = :conflict_count, deleted_at_ms = :deleted_at_ms
         RETURNING no",
    )?
    .query_row(
        named_params! {
            ":id": contact.id.0,
            ":kind": contact.plain("kind").unwrap_or("other"),
            ":full_name": full_name,
            ":name_fold": fold::fold(full_name),
            ":name_sort": name::sort_key(full_name),
            ":given_fold": fold::fold(name::given_name(full_name)),
            ":honorific": contact.plain("honorific"),
            ":status": contact.plain("status"),
            ":branch": id_of("branch"),
            ":owner": id_of("owner"),
            ":source": contact.plain("source"),
            ":campaign": contact.plain("campaign"),
            ":birth_on": birth_on,
            ":birthday": birth_on.and_then(|date| date.get(5..)),
            ":gender": contact.plain("gender"),
            ":school": contact.plain("school"),
            ":level": contact.plain("level"),
            ":external_id": contact.plain("externalId"),
            ":address": contact.plain("address"),
            ":phone": first(PointKind::Phone),
            ":email": first(PointKind::Email),
            ":created_at_ms": contact.created_at.0,
            ":updated_at_ms": contact.updated_at.0,
            ":status_since_ms": contact.status_since.map(|at| at.0),
            ":last_interaction_at_ms": last.map(|at| at.0),
            ":next_step_at_ms": next_step.map(|at| at.0),
            ":conflict_count": contact.conflicts.len() as i64,
            ":deleted_at_ms": contact.deleted_at.map(|at| at.0),
        },
        |row| row.get(0),
    )
    .map_err(StoreError::from)
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
        "DELETE FROM mention WHERE contact = ?1",
        "DELETE FROM conflict WHERE contact = ?1",
    ] {
        tx.prepare_cached(statement)?.execute([no])?;
    }
    Ok(())
}

fn put_fields(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut field =
        tx.prepare_cached("INSERT INTO contact_field (contact, field, value) VALUES (?1, ?2, ?3)")?;
    let others = contact.plain.iter().filter(|(key, _)| !COLUMNS.contains(&key.as_str()));
    for (key, value) in others.chain(&contact.custom) {
        field.execute((no, key, value))?;
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO contact_point (contact, field, kind, value, raw, is_valid) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (key, point) in &contact.points {
        statement.execute((no, key, point.kind.key(), &point.value, &point.raw, point.is_valid))?;
    }
    Ok(())
}

fn put_lists(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut tag = tx.prepare_cached(
        "INSERT INTO contact_tag (contact, list, tag, label, kind) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (id, label) in &contact.tags {
        tag.execute((no, "tag", id.0, label, None::<&str>))?;
    }
    for (id, label) in &contact.interests {
        tag.execute((no, "interest", id.0, label, contact.interest_kinds.get(id)))?;
    }
    let mut consent = tx.prepare_cached(
        "INSERT INTO consent (contact, id, purpose, channel, is_granted, at_ms, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (id, value) in &contact.consents {
        let values =
            (no, id, &value.purpose, &value.channel, value.is_granted, value.at_ms.0, &value.evidence);
        consent.execute(values)?;
    }
    let mut relation =
        tx.prepare_cached("INSERT OR IGNORE INTO relation (contact, kind, other) VALUES (?1, ?2, ?3)")?;
    for (kind, other) in &contact.relations {
        relation.execute((no, kind, other.0))?;
    }
    Ok(())
}

fn clear_words(tx: &Transaction<'_>, no: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM contact_words WHERE rowid = ?1")?.execute([no])?;
    tx.prepare_cached("DELETE FROM contact_parts WHERE rowid = ?1")?.execute([no])?;
    Ok(())
}

fn put_words(tx: &Transaction<'_>, no: i64, contact: &Contact) -> Result<(), StoreError> {
    if contact.deleted_at.is_some() {
        return Ok(());
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
    tx.prepare_cached("INSERT INTO contact_words (rowid, folded, written, extra) VALUES (?1, ?2, ?3, ?4)")?
        .execute((no, fold::fold(full_name), full_name.to_lowercase(), extra.join(" ")))?;
    if !parts.is_empty() {
        tx.prepare_cached("INSERT INTO contact_parts (rowid, parts) VALUES (?1, ?2)")?
            .execute((no, parts.join(" ")))?;
    }
    Ok(())
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
