//! Interactions in the document of a person.
//!
//! `interaction/<id>` holds the record as it was first written (JSON); `interaction/<id>/body` and its like
//! hold later corrections.

use crdt::{Cause, Put, RegisterValue, Registers};

use super::{
    edit::InteractionEdit,
    model::{BODY_CHARS_MAX, DIRECTIONS, Interaction, InteractionRecord, KINDS, OUTCOMES},
};
use crate::{
    bounds,
    contact::field::FieldError,
    engine::{EditContext, EditError},
    id::{AtMs, InteractionId},
};

/// Reads every interaction that is not removed, in order of identifier.
pub fn read_all(registers: &Registers) -> Vec<Interaction> {
    let mut interactions = Vec::new();
    for (key, register) in registers.range("interaction/".to_owned().."interaction0".to_owned()) {
        let name = &key["interaction/".len()..];
        let Ok(id) = name.parse::<InteractionId>() else { continue };
        let Some(record) = record_of(&register.value) else { continue };
        let part = |part: &str| registers.get(&format!("{key}/{part}")).map(|register| &register.value);
        if part("deleted").is_some_and(RegisterValue::is_true) {
            continue;
        }
        let mut interaction =
            Interaction { id, record, is_pinned: part("pinned").is_some_and(RegisterValue::is_true) };
        correct(&mut interaction.record, part);
        interactions.push(interaction);
    }
    interactions
}

/// The record as it was first written, without its corrections.
pub fn recorded(registers: &Registers, id: InteractionId) -> Option<InteractionRecord> {
    record_of(&registers.get(&format!("interaction/{id}"))?.value)
}

fn record_of(value: &RegisterValue) -> Option<InteractionRecord> {
    serde_json::from_str(value.as_text()?).ok()
}

fn correct<'a>(record: &mut InteractionRecord, part: impl Fn(&str) -> Option<&'a RegisterValue>) {
    if let Some(body) = part("body").and_then(RegisterValue::as_text) {
        record.body = body.to_owned();
    }
    if let Some(outcome) = part("outcome").and_then(RegisterValue::as_text) {
        record.outcome = Some(outcome.to_owned()).filter(|outcome| !outcome.is_empty());
    }
    if let Some(at) = part("happenedAt").and_then(RegisterValue::as_int) {
        record.happened_at_ms = AtMs(at);
    }
}

/// What an edit writes.
///
/// # Errors
/// [`EditError`] if the interaction is unknown, a text is too long, or a note says nothing.
pub fn puts(
    id: InteractionId,
    edit: &InteractionEdit,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    let key = format!("interaction/{id}");
    let is_known = registers.get(&key).is_some_and(|register| !register.value.is_empty());
    if !is_known && !matches!(edit, InteractionEdit::Record { .. }) {
        return Err(EditError::UnknownInteraction { id });
    }
    Ok(match edit {
        // Recording the same interaction twice is the same wish: the first record stands.
        InteractionEdit::Record { .. } if is_known => Vec::new(),
        InteractionEdit::Record { kind, happened_at_ms, direction, outcome, body } => {
            bounds::moment("happenedAt", *happened_at_ms)?;
            let (kind, body) = (known("kind", KINDS, kind)?, bounded(body)?);
            // A sheet may know no more of a note than its day.
            if is_empty_note(&kind, &body) && context.cause != Cause::IMPORT {
                return Err(EditError::Missing);
            }
            let record = InteractionRecord {
                kind,
                happened_at_ms: happened_at_ms.unwrap_or(context.now),
                recorded_at_ms: context.now,
                staff: context.staff,
                device: Some(context.device.to_string()),
                branch: context.branch,
                direction: direction.as_deref().map(direction_of).transpose()?,
                outcome: outcome.as_deref().map(outcome_of).transpose()?,
                body,
            };
            vec![json_put(key, &record)]
        }
        InteractionEdit::Correct { happened_at_ms, outcome, body } => {
            bounds::moment("happenedAt", *happened_at_ms)?;
            let mut puts = Vec::new();
            if let Some(at) = happened_at_ms {
                puts.push(Put::new(format!("{key}/happenedAt"), at.0));
            }
            if let Some(outcome) = outcome {
                let stands = standing(&key, "outcome", registers).contains(outcome);
                let outcome = if stands { outcome.clone() } else { outcome_of(outcome)? };
                puts.push(Put::new(format!("{key}/outcome"), outcome));
            }
            if let Some(body) = body {
                let body = bounded(body)?;
                let kind = recorded(registers, id).map(|record| record.kind).unwrap_or_default();
                if is_empty_note(&kind, &body) && !standing(&key, "body", registers).contains(&body) {
                    return Err(EditError::Missing);
                }
                puts.push(Put::new(format!("{key}/body"), body));
            }
            puts
        }
        InteractionEdit::Pin { is_pinned } => vec![Put::new(format!("{key}/pinned"), *is_pinned)],
        InteractionEdit::Delete => vec![Put::new(format!("{key}/deleted"), true)],
        InteractionEdit::Restore => vec![Put::new(format!("{key}/deleted"), false)],
    })
}

/// A register that holds a record as JSON.
pub(crate) fn json_put(key: String, value: &impl serde::Serialize) -> Put {
    let text = serde_json::to_string(value).expect("records are plain structs with text keys");
    Put::new(key, text)
}

/// A text of acceptable length.
pub(crate) fn bounded(body: &str) -> Result<String, EditError> {
    if body.chars().count() > BODY_CHARS_MAX { Err(EditError::TooLong) } else { Ok(body.trim().to_owned()) }
}

fn direction_of(word: &str) -> Result<String, EditError> {
    known_or_none("direction", DIRECTIONS, word)
}

/// An outcome that is known here; empty if it is none.
pub(crate) fn outcome_of(word: &str) -> Result<String, EditError> {
    known_or_none("outcome", OUTCOMES, word)
}

/// A word of these, trimmed; empty if it is none.
pub(crate) fn known_or_none(field: &str, words: &[&str], word: &str) -> Result<String, EditError> {
    if word.trim().is_empty() { Ok(String::new()) } else { known(field, words, word) }
}

/// A word of these, trimmed.
pub(crate) fn known(field: &str, words: &[&str], word: &str) -> Result<String, EditError> {
    let word = word.trim();
    if words.contains(&word) {
        Ok(word.to_owned())
    } else {
        Err(EditError::Field { field: field.to_owned(), source: FieldError::NotAChoice })
    }
}

/// Whether a note says nothing. A call or a visit is something without a word.
fn is_empty_note(kind: &str, body: &str) -> bool {
    kind == "note" && body.is_empty()
}

/// The words that stand at an interaction as its outcome or its body, perhaps beside each other: whoever wrote one
/// knew it.
fn standing(key: &str, part: &str, registers: &Registers) -> Vec<String> {
    let recorded = registers.get(key).and_then(|register| record_of(&register.value));
    let recorded = recorded.and_then(|record| match part {
        "body" => Some(record.body),
        _ => record.outcome,
    });
    let corrected = registers.get(&format!("{key}/{part}"));
    let corrected = corrected
        .into_iter()
        .flat_map(|register| register.versions.iter().map(|version| &version.value).chain([&register.value]));
    recorded.into_iter().chain(corrected.filter_map(RegisterValue::as_text).map(str::to_owned)).collect()
}
