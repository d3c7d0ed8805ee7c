//! Pairs who may be one person, kept while people are projected.
//!
//! A pair depends on the two people alone, so the rows are the same whatever the order in which they arrived.

use formats::name;
use rusqlite::{Transaction, named_params};

use crate::{
    contact::{field::PointKind, model::Contact},
    id::ContactId,
    store::StoreError,
};

/// From this likeness of names on, one phone or address means one person rather than a family.
const NAME_LIKENESS_MIN: f32 = 0.8;

struct Candidate {
    id: ContactId,
    full_name: String,
    birth_on: Option<String>,
}

/// All of a person on which the pairs depend.
pub fn looks_at(contact: &Contact) -> impl PartialEq {
    let points = contact.points.values().filter(|point| point.is_valid);
    let points: Vec<_> = points.map(|point| (point.kind, point.value.clone())).collect();
    let text = |key| contact.plain(key).map(str::to_owned);
    let guardians: Vec<_> = guardians_of(contact).collect();
    (contact.deleted_at.is_some(), text("fullName"), text("birthOn"), points, guardians)
}

/// Finds the pairs of a person who has none.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: &Contact) -> Result<(), StoreError> {
    if contact.deleted_at.is_some() {
        return Ok(());
    }
    let full_name = contact.plain("fullName").unwrap_or_default();
    let birth_on = contact.plain("birthOn");
    let mut pairs: std::collections::BTreeMap<ContactId, (i64, Vec<&'static str>)> = Default::default();
    for point in contact.points.values().filter(|point| point.is_valid) {
        let reason = match point.kind {
            PointKind::Phone => "phone",
            PointKind::Email => "email",
            PointKind::Zalo => "zalo",
            PointKind::Facebook => "facebook",
        };
        for other in sharing_point(tx, contact.id, point.kind, &point.value)? {
            let likeness = likeness((contact.id, full_name), (other.id, &other.full_name));
            let births_differ = matches!((birth_on, &other.birth_on), (Some(a), Some(b)) if a != b);
            if likeness < NAME_LIKENESS_MIN || births_differ {
                continue;
            }
            let pair = pairs.entry(other.id).or_default();
            pair.0 += 60 + (likeness * 30.0) as i64;
            pair.1.push(reason);
        }
    }
    if let Some(birth_on) = birth_on {
        for other in sharing_name_and_birth(tx, contact.id, full_name, birth_on)? {
            let pair = pairs.entry(other).or_default();
            pair.0 += 80;
            pair.1.push("nameBirth");
        }
    }
    for guardian in guardians_of(contact) {
        for other in sharing_name_and_guardian(tx, contact.id, full_name, guardian)? {
            let births_differ = matches!((birth_on, &other.birth_on), (Some(a), Some(b)) if a != b);
            // Brothers and sisters have names that are alike: here only the same name counts.
            if !births_differ && name::is_same_name(full_name, &other.full_name) {
                let pair = pairs.entry(other.id).or_default();
                pair.0 += 70;
                pair.1.push("guardian");
            }
        }
    }
    put(tx, contact.id, pairs)
}

fn guardians_of(contact: &Contact) -> impl Iterator<Item = ContactId> {
    contact.relations.iter().filter(|(kind, _)| kind == "guardian").map(|(_, guardian)| *guardian)
}

fn put(
    tx: &Transaction<'_>,
    id: ContactId,
    pairs: std::collections::BTreeMap<ContactId, (i64, Vec<&'static str>)>,
) -> Result<(), StoreError> {
    for (other, (score, mut reasons)) in pairs {
        reasons.sort_unstable();
        reasons.dedup();
        tx.prepare_cached(
            "INSERT OR REPLACE INTO duplicate (left_id, right_id, score, reasons) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((id.min(other).0, id.max(other).0, score.min(100), reasons.join(" ")))?;
    }
    Ok(())
}

/// Removes the pairs of a person.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn clear(tx: &Transaction<'_>, id: ContactId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM duplicate WHERE left_id = ?1")?.execute([id.0])?;
    tx.prepare_cached("DELETE FROM duplicate WHERE right_id = ?1")?.execute([id.0])?;
    Ok(())
}

/// The same whichever of the two is projected last.
fn likeness(a: (ContactId, &str), b: (ContactId, &str)) -> f32 {
    let (first, second) = if a.0 < b.0 { (a.1, b.1) } else { (b.1, a.1) };
    name::name_likeness(first, second)
}

fn sharing_point(
    tx: &Transaction<'_>,
    id: ContactId,
    kind: PointKind,
    value: &str,
) -> Result<Vec<Candidate>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT DISTINCT contact.id, contact.full_name, contact.birth_on FROM contact_point
         JOIN contact ON contact.no = contact_point.contact
         WHERE contact_point.value = :value AND contact_point.kind = :kind AND contact.id <> :id
           AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL",
    )?;
    let rows = statement
        .query_map(named_params! { ":value": value, ":kind": kind.key(), ":id": id.0 }, |row| {
            Ok(Candidate { id: ContactId(row.get(0)?), full_name: row.get(1)?, birth_on: row.get(2)? })
        })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn sharing_name_and_birth(
    tx: &Transaction<'_>,
    id: ContactId,
    full_name: &str,
    birth_on: &str,
) -> Result<Vec<ContactId>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id FROM contact WHERE name_fold = :fold AND birth_on = :birth_on AND id <> :id
           AND merged_into IS NULL AND deleted_at_ms IS NULL",
    )?;
    let rows = statement.query_map(
        named_params! { ":fold": formats::fold::fold(full_name), ":birth_on": birth_on, ":id": id.0 },
        |row| Ok(ContactId(row.get(0)?)),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Children of one guardian: by the name first, as few people have the same, whereas a guardian may be the number of
/// a house.
fn sharing_name_and_guardian(
    tx: &Transaction<'_>,
    id: ContactId,
    full_name: &str,
    guardian: ContactId,
) -> Result<Vec<Candidate>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT contact.id, contact.full_name, contact.birth_on FROM contact
         CROSS JOIN relation ON relation.contact = contact.no AND relation.kind = 'guardian'
           AND relation.other = :guardian
         WHERE contact.name_fold = :fold AND contact.id <> :id
           AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL",
    )?;
    let rows = statement.query_map(
        named_params! { ":guardian": guardian.0, ":fold": formats::fold::fold(full_name), ":id": id.0 },
        |row| Ok(Candidate { id: ContactId(row.get(0)?), full_name: row.get(1)?, birth_on: row.get(2)? }),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}
