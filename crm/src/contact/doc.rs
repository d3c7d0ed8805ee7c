//! What an edit of a person writes into the document.

use crdt::{Put, RegisterValue, Registers};

use super::{
    edit::{ContactEdit, Fact},
    field::{Field, FieldError, Form, PlainField, PointKind},
    model::{CONSENT_CHANNELS, CONSENT_PURPOSES, Consent},
    recognition::is_known_by,
};
use crate::{
    bounds::{self, EVIDENCE_CHARS_MAX},
    engine::{EditContext, EditError},
    id::{ContactId, TagId},
    interaction::doc::{json_put, known},
};

/// Kinds of relation that can be written; the other direction is read from the other person.
pub const RELATION_KINDS: [&str; 3] = ["guardian", "sibling", "referredBy"];
/// What an interest may be about.
pub const INTEREST_KINDS: [&str; 5] = ["goal", "schedule", "channel", "language", "course"];
/// Longest name of a tag or an interest, in characters.
pub const LABEL_CHARS_MAX: usize = 60;

/// What an edit writes.
///
/// # Errors
/// [`EditError`] if the person is unknown, a field or a value is not acceptable, or a person would be linked to
/// itself.
pub fn puts(
    id: ContactId,
    edit: &ContactEdit,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    let is_known = registers.get("profile/createdAt").is_some_and(|register| !register.value.is_empty());
    if let ContactEdit::Create { facts, tags } = edit {
        // Entering the same person twice is the same wish.
        return if is_known { Ok(Vec::new()) } else { create(facts, tags, context) };
    }
    if !is_known {
        return Err(EditError::UnknownContact { id });
    }
    let not_itself =
        |other: &ContactId| if *other == id { Err(EditError::LinkToItself { id }) } else { Ok(()) };
    Ok(match edit {
        ContactEdit::Create { .. } => Vec::new(),
        ContactEdit::Set { field, value } | ContactEdit::Resolve { field, value } => {
            let typed = value.as_deref().unwrap_or_default();
            match standing(field, typed, registers) {
                Some(put) => vec![put],
                None => set(field, typed)?,
            }
        }
        ContactEdit::AddTag { label } => vec![labelled("tag", label)?],
        ContactEdit::RemoveTag { tag } => vec![Put::new(format!("tag/{tag}"), RegisterValue::Empty)],
        ContactEdit::AddInterest { label, kind } => interest(label, kind.as_deref())?,
        ContactEdit::RemoveInterest { interest } => {
            vec![Put::new(format!("interest/{interest}"), RegisterValue::Empty)]
        }
        ContactEdit::SetConsent { purpose, channel, is_granted, evidence } => {
            let (purpose, channel) = match said(purpose, channel, registers) {
                Some(said) => (said.purpose, said.channel),
                None => (
                    known("purpose", CONSENT_PURPOSES, purpose)?,
                    known("channel", CONSENT_CHANNELS, channel)?,
                ),
            };
            bounds::text("evidence", evidence, EVIDENCE_CHARS_MAX)?;
            let key = format!("consent/{}.{purpose}.{channel}", context.action);
            let consent = Consent {
                purpose,
                channel,
                is_granted: *is_granted,
                at_ms: context.now,
                evidence: evidence.clone(),
            };
            vec![json_put(key, &consent)]
        }
        ContactEdit::Relate { kind, other } => {
            not_itself(other)?;
            vec![Put::new(relation_key(kind, *other)?, true)]
        }
        ContactEdit::Unrelate { kind, other } => vec![Put::new(relation_key(kind, *other)?, false)],
        ContactEdit::MergeWith { other } => {
            not_itself(other)?;
            vec![Put::new(format!("merge/{other}"), true), Put::new(format!("apart/{other}"), false)]
        }
        ContactEdit::Unmerge { other } => vec![Put::new(format!("merge/{other}"), false)],
        ContactEdit::KeepApart { other } => {
            not_itself(other)?;
            vec![Put::new(format!("apart/{other}"), true)]
        }
        ContactEdit::Delete => vec![Put::new("profile/deletedAt", context.now.0)],
        ContactEdit::Restore => vec![Put::new("profile/deletedAt", RegisterValue::Empty)],
    })
}

/// What was said before on a purpose and a channel, perhaps by words of a newer version: it can be taken back here.
fn said(purpose: &str, channel: &str, registers: &Registers) -> Option<Consent> {
    registers
        .range("consent/".to_owned().."consent0".to_owned())
        .filter_map(|(_, register)| serde_json::from_str::<Consent>(register.value.as_text()?).ok())
        .find(|said| said.purpose == purpose && said.channel == channel)
}

fn create(facts: &[Fact], tags: &[String], context: &EditContext) -> Result<Vec<Put>, EditError> {
    let mut puts = vec![Put::new("profile/createdAt", context.now.0)];
    for fact in facts {
        match (fact.field.as_str(), entered_on(&fact.value)) {
            // A sheet may say when a person was first recorded.
            ("createdOn", Some(at)) => puts[0] = Put::new("profile/createdAt", at),
            ("createdOn", None) => {}
            _ => puts.extend(set(&fact.field, &fact.value)?),
        }
    }
    let has = |puts: &[Put], key: &str| puts.iter().any(|put| put.key == key && !put.value.is_empty());
    if !puts.iter().any(|put| is_known_by(&put.key) && !put.value.is_empty()) {
        return Err(EditError::Field { field: "fullName".to_owned(), source: FieldError::Required });
    }
    if !has(&puts, "profile/kind") {
        puts.push(Put::new("profile/kind", kind_of(&puts)));
    }
    if !has(&puts, "profile/status") {
        puts.push(Put::new("profile/status", "new"));
    }
    if let Some(branch) = context.branch.filter(|_| !has(&puts, "profile/branch")) {
        puts.push(Put::new("profile/branch", branch.to_string()));
    }
    for tag in tags {
        puts.push(labelled("tag", tag)?);
    }
    Ok(puts)
}

/// Who studies, pauses or has studied is a student; everybody else of whom nothing is said, somebody who may become
/// one.
fn kind_of(puts: &[Put]) -> &'static str {
    let status =
        puts.iter().rev().find(|put| put.key == "profile/status").and_then(|put| put.value.as_text());
    if status.is_some_and(|status| ["active", "paused", "ended"].contains(&status)) {
        "student"
    } else {
        "lead"
    }
}

/// Noon of an ISO date, UTC, in milliseconds.
fn entered_on(text: &str) -> Option<i64> {
    let day: chrono::NaiveDate = text.parse().ok()?;
    Some(day.and_hms_opt(12, 0, 0)?.and_utc().timestamp_millis())
}

/// A word that stands here already, perhaps beside another: whoever wrote it knew it, so it can be kept.
fn standing(key: &str, typed: &str, registers: &Registers) -> Option<Put> {
    let field: Field = key.parse().ok()?;
    let Field::Plain(PlainField { form: Form::OneOf(_), .. }) = field else { return None };
    let register = registers.get(&field.register())?;
    let mut held = register.versions.iter().map(|version| &version.value).chain([&register.value]);
    held.any(|value| value.as_text() == Some(typed)).then(|| Put::new(field.register(), typed))
}

fn set(key: &str, typed: &str) -> Result<Vec<Put>, EditError> {
    let failed = |source| EditError::Field { field: key.to_owned(), source };
    let field: Field = key.parse().map_err(failed)?;
    let value = field.normalise(typed).map_err(failed)?;
    let mut puts = Vec::new();
    if let Field::Point { kind: PointKind::Phone | PointKind::Email, .. } = field {
        let raw = Some(typed.trim()).filter(|raw| value.as_deref().is_some_and(|value| value != *raw));
        puts.push(Put::new(format!("{}.raw", field.register()), raw));
    }
    puts.push(Put::new(field.register(), value));
    Ok(puts)
}

fn labelled(section: &str, label: &str) -> Result<Put, EditError> {
    let label = formats::fold::nfc(label.trim());
    if label.is_empty() {
        return Err(EditError::Missing);
    }
    if label.chars().count() > LABEL_CHARS_MAX {
        return Err(EditError::TooLong);
    }
    Ok(Put::new(format!("{section}/{}", TagId::of_name(&label)), label))
}

/// An interest, and in another register of what kind it is.
fn interest(label: &str, kind: Option<&str>) -> Result<Vec<Put>, EditError> {
    let put = labelled("interest", label)?;
    let Some(kind) = kind else { return Ok(vec![put]) };
    if !INTEREST_KINDS.contains(&kind) {
        return Err(EditError::Field { field: "interest".to_owned(), source: FieldError::NotAChoice });
    }
    let kind_key = put.key.replacen("interest/", "interestKind/", 1);
    Ok(vec![put, Put::new(kind_key, kind)])
}

fn relation_key(kind: &str, other: ContactId) -> Result<String, EditError> {
    if RELATION_KINDS.contains(&kind) {
        Ok(format!("relation/{kind}.{other}"))
    } else {
        Err(EditError::Field { field: "relation".to_owned(), source: FieldError::Unknown })
    }
}
