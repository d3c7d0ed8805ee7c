//! The history of a person: every write of every field, read from the documents.

use std::collections::HashMap;

use crdt::{ActionId as StampedAction, Cause, HistoryEntry, RegisterValue};
use rusqlite::Connection;

use super::{
    field::Field,
    model::Consent,
    query::{canonical, contact_ref, members},
    view::{FieldChange, HistoryView},
};
use crate::{
    api::args::HistoryArgs,
    comment,
    conflict::wording::Wording,
    definition::query::{device_of_actor, staff_ref},
    engine::load,
    id::{AtMs, ContactId},
    read::{ReadContext, ReadError},
};

/// Every write of a person's fields, or of one of them, newest first.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn history(conn: &Connection, _: &ReadContext, args: HistoryArgs) -> Result<Vec<HistoryView>, ReadError> {
    let mut views = Vec::new();
    for entry in entries(conn, args.id)?.into_iter().rev() {
        let Some(change) = change_of(conn, &entry)?.or_else(|| correction_of(&entry)) else { continue };
        if args.field.as_ref().is_some_and(|wanted| *wanted != change.field) {
            continue;
        }
        let staff = entry.stamp.map(|stamp| staff_ref(conn, stamp.staff.into())).transpose()?.flatten();
        views.push(HistoryView {
            at_ms: AtMs(entry.stamp.map_or(0, |stamp| stamp.time.wall_ms() as i64)),
            staff,
            device: device_of_actor(conn, entry.actor)?,
            cause: cause_word(entry.stamp.map_or(Cause::PERSON, |stamp| stamp.cause)).to_owned(),
            action: entry.stamp.map(|stamp| stamp.action.into()),
            change,
        });
    }
    Ok(views)
}

/// Every write in every record of a person, oldest first.
pub(super) fn entries(conn: &Connection, id: ContactId) -> Result<Vec<HistoryEntry>, ReadError> {
    let (_, id) = canonical(conn, id)?;
    let mut all = Vec::new();
    for member in members(conn, id)? {
        all.extend(load(conn, member.doc())?.history());
    }
    all.sort_by_key(|entry| (entry.stamp.map(|stamp| stamp.time), entry.actor));
    Ok(all)
}

/// The field that a register's write shows as; `None` for what the timeline shows in another way.
fn field_of(key: &str) -> Option<String> {
    if let Some(field) = Field::of_register(key) {
        return Some(field.key());
    }
    let (section, name) = key.split_once('/')?;
    match section {
        "profile" if ["deletedAt", "createdAt"].contains(&name) => Some(name.to_owned()),
        "comment" | "tag" | "interest" | "consent" | "apart" => Some(section.to_owned()),
        "merge" => Some("mergedWith".to_owned()),
        "relation" => Some(name.split_once('.')?.0.to_owned()),
        _ => None,
    }
}

/// What a write changed; `None` for what the timeline shows in another way. A link shows whom it leads to.
pub(super) fn change_of(conn: &Connection, entry: &HistoryEntry) -> Result<Option<FieldChange>, ReadError> {
    let Some(field) = field_of(&entry.key) else { return Ok(None) };
    let linked = linked_name(conn, &entry.key)?;
    let shown = |value: &RegisterValue| match (field.as_str(), &linked) {
        ("comment", _) => comment::doc::record_of(value).map(|record| record.body).unwrap_or_default(),
        ("consent", _) => consent_words(value),
        (_, Some(name)) => {
            if value.is_true() {
                name.clone()
            } else {
                String::new()
            }
        }
        _ => shown(value),
    };
    let before: Vec<_> =
        entry.before.iter().map(|version| shown(&version.value)).filter(|text| !text.is_empty()).collect();
    let after = shown(&entry.after);
    // That two were not linked and are not is no change: what links them otherwise says so.
    let is_nothing = linked.is_some() && before.is_empty() && after.is_empty();
    Ok((!is_nothing).then_some(FieldChange { field, before, after }))
}

/// The name of the person to whom a register links.
fn linked_name(conn: &Connection, key: &str) -> Result<Option<String>, ReadError> {
    let other = match key.split_once('/') {
        Some(("merge" | "apart", other)) => other,
        Some(("relation", name)) => name.split_once('.').map_or(name, |(_, other)| other),
        _ => return Ok(None),
    };
    let Ok(id) = other.parse() else { return Ok(Some(other.to_owned())) };
    let name = contact_ref(conn, id)?.map(|link| link.full_name).filter(|name| !name.is_empty());
    Ok(Some(name.unwrap_or_else(|| other.to_owned())))
}

/// What somebody agreed to or withdrew, for what and by which channel, as three words.
fn consent_words(value: &RegisterValue) -> String {
    let read = value.as_text().and_then(|text| serde_json::from_str::<Consent>(text).ok());
    read.map_or_else(
        || shown(value),
        |consent| {
            let word = if consent.is_granted { "granted" } else { "withdrawn" };
            format!("{word} {} {}", consent.purpose, consent.channel)
        },
    )
}

/// What a write changed in the words of an interaction or a task, under the key of a disagreement about them.
fn correction_of(entry: &HistoryEntry) -> Option<FieldChange> {
    let field = Wording::of_register(&entry.key)?.key();
    let before =
        entry.before.iter().map(|version| shown(&version.value)).filter(|text| !text.is_empty()).collect();
    Some(FieldChange { field, before, after: shown(&entry.after) })
}

fn shown(value: &RegisterValue) -> String {
    match value {
        RegisterValue::Empty => String::new(),
        RegisterValue::Bool(value) => value.to_string(),
        RegisterValue::Int(value) => value.to_string(),
        RegisterValue::Text(text) => text.clone(),
    }
}

pub(super) fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::IMPORT => "import",
        Cause::UNDO => "undo",
        Cause::RULE => "rule",
        Cause::RESOLVE => "resolve",
        _ => "person",
    }
}

/// Writes of one action together, in order of time.
pub(super) fn by_action(entries: Vec<HistoryEntry>) -> Vec<(StampedAction, Vec<HistoryEntry>)> {
    let mut groups: Vec<(StampedAction, Vec<HistoryEntry>)> = Vec::new();
    let mut place: HashMap<StampedAction, usize> = HashMap::new();
    for entry in entries {
        let Some(stamp) = entry.stamp else { continue };
        let at = *place.entry(stamp.action).or_insert_with(|| {
            groups.push((stamp.action, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(entry);
    }
    groups
}
