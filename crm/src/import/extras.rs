//! What a row says besides plain values: interests, consent, a note, the guardian. Each goes in once: what the
//! person has already is not asked for again, whichever import brought it.

use formats::fold::fold;
use rusqlite::Connection;

use super::{
    lookup::{self, Known, Seen},
    plan::{Frame, added_slot, derived_from, set},
    query,
    values::{Guardian, RowValues},
};
use crate::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    id::{AtMs, ContactId, InteractionId, TagId},
    interaction::edit::InteractionEdit,
    store::StoreError,
};

/// Plans everything that a row adds to a person besides plain values.
///
/// # Errors
/// [`StoreError`] if a look-up fails.
pub fn plan(
    conn: &Connection,
    seen: &mut Seen,
    person: &Known,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
) -> Result<Vec<Edit>, StoreError> {
    const CONSENT: (&str, &str) = ("marketing", "any");
    let id = person.id;
    let mut edits = Vec::new();
    for label in &values.interests {
        let key = format!("interest.{}", data_encoding::HEXLOWER.encode(&TagId::of_name(label).0));
        if !person.values.contains_key(&key) {
            edits.push(Edit::Contact {
                id,
                edit: ContactEdit::AddInterest { label: label.clone(), kind: None },
            });
        }
    }
    if let Some(is_granted) = values.consent
        && query::consent_of(conn, id, CONSENT.0, CONSENT.1)? != Some(is_granted)
    {
        let edit = ContactEdit::SetConsent {
            purpose: CONSENT.0.to_owned(),
            channel: CONSENT.1.to_owned(),
            is_granted,
            evidence: "import".to_owned(),
        };
        edits.push(Edit::Contact { id, edit });
    }
    let body = values.notes.join("\n");
    let at = values.interaction_at_ms;
    if (!body.is_empty() || at.is_some()) && !query::has_note(conn, id, &body, at)? {
        edits.push(note(frame, id, body, at));
    }
    for (at, known) in values.guardians.iter().enumerate().filter(|(_, known)| known.is_known()) {
        let place = Place { child: id, values, frame, line, at };
        edits.extend(guardian(conn, seen, known, &place)?);
    }
    Ok(edits)
}

/// The same words about the same person are one note, in however many rows they stand.
fn note(frame: &Frame<'_>, contact: ContactId, body: String, at_ms: Option<i64>) -> Edit {
    let id = InteractionId(derived_from(frame.import, &format!("note {contact} {at_ms:?} {body}")));
    let edit = InteractionEdit::Record {
        kind: "note".to_owned(),
        happened_at_ms: at_ms.map(AtMs),
        direction: None,
        outcome: None,
        body,
    };
    Edit::Interaction { contact, id, edit }
}

/// Where a guardian is named.
struct Place<'a> {
    child: ContactId,
    values: &'a RowValues,
    frame: &'a Frame<'a>,
    line: u32,
    /// Which of the row's guardians.
    at: usize,
}

/// A guardian is a person of their own; one who is named for several children is one person.
fn guardian(
    conn: &Connection,
    seen: &mut Seen,
    guardian: &Guardian,
    place: &Place<'_>,
) -> Result<Vec<Edit>, StoreError> {
    let child = place.child;
    let mut known = lookup::find_guardian(conn, seen, guardian)?;
    if known.is_none() {
        known = lookup::find_guardian_of(conn, seen, child, guardian)?;
    }
    let (id, mut edits) = match known.filter(|known| known.id != child) {
        Some(known) => (known.id, fill(seen, known, guardian, place)),
        None => enter(seen, guardian, place),
    };
    if !query::guardians_of(conn, child)?.contains(&id) {
        let edit = ContactEdit::Relate { kind: "guardian".to_owned(), other: id };
        edits.push(Edit::Contact { id: child, edit });
    }
    Ok(edits)
}

/// Adds a phone or e-mail that a known guardian lacks.
fn fill(seen: &mut Seen, mut known: Known, guardian: &Guardian, place: &Place<'_>) -> Vec<Edit> {
    let Place { frame, line, .. } = *place;
    let mut edits = Vec::new();
    for (at, (kind, value)) in
        [("phone", &guardian.phone), ("email", &guardian.email)].into_iter().enumerate()
    {
        let Some(value) = value else { continue };
        if known.values.values().any(|held| held == value) {
            continue;
        }
        let first = format!("{kind}.1");
        let field = if known.values.contains_key(&first) {
            format!("{kind}.{}", added_slot(frame.import, line, 1_000 + 100 * place.at + at))
        } else {
            first
        };
        known.values.insert(field.clone(), value.clone());
        edits.push(set(known.id, field, value.clone()));
    }
    if !edits.is_empty() {
        seen.add(known.id, line, known.values);
    }
    edits
}

fn enter(seen: &mut Seen, guardian: &Guardian, place: &Place<'_>) -> (ContactId, Vec<Edit>) {
    let Place { child, values, frame, line, .. } = *place;
    let key = match guardian.phone.as_ref().or(guardian.email.as_ref()) {
        Some(point) => format!("guardian {point} {}", guardian.name.to_lowercase()),
        None => format!("guardian of {child} {}", fold(&guardian.name)),
    };
    let id = frame.person(&key, values);
    let name = if guardian.name.is_empty() {
        format!("Phụ huynh {}", values.plain.get("fullName").map_or("", String::as_str))
    } else {
        guardian.name.clone()
    };
    let mut facts = vec![fact("kind", "guardian"), fact("fullName", &name)];
    for (field, value) in [("phone.1", &guardian.phone), ("email.1", &guardian.email)] {
        facts.extend(value.as_ref().map(|value| fact(field, value)));
    }
    for field in ["branch", "source", "owner"] {
        let value = values.plain.get(field).or_else(|| values.defaults.get(field));
        facts.extend(value.map(|value| fact(field, value)));
    }
    let standing = facts.iter().map(|fact| (fact.field.clone(), fact.value.clone())).collect();
    seen.add(id, line, standing);
    (id, vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags: Vec::new() } }])
}

fn fact(field: &str, value: &str) -> Fact {
    Fact { field: field.to_owned(), value: value.to_owned() }
}
