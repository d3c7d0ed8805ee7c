//! What the name of a column says.

use super::{
    TargetField,
    guess::GuessReason,
    words::{GUARDIAN, NAMES},
};
use crate::fold::fold;

/// The field that a column's name stands for, if it is a known one.
pub fn field_of_header(name: &str) -> Option<TargetField> {
    by_header(name).map(|(field, _)| field)
}

pub(super) fn by_header(name: &str) -> Option<(TargetField, GuessReason)> {
    let key = key_of(name);
    if key.is_empty() || key.len() > 80 {
        return None;
    }
    // An opt-out is the opposite of a consent: a person must say that it is meant.
    if key.contains("opt out") || key.contains("unsubscribed") || key.contains("khong nhan") {
        return None;
    }
    // Nobody is called at a fax, and an assistant is somebody else.
    if key.split(' ').any(|word| ["fax", "pager", "asst", "assistant"].contains(&word)) {
        return Some((TargetField::Ignore, GuessReason::Header));
    }
    // Our own files name their columns so: `guardianPhone`.
    let apart = key_of(&words_apart(name));
    let known =
        exact(&key).or_else(|| of_guardian(&key)).or_else(|| exact(&apart)).or_else(|| of_guardian(&apart));
    if let Some(field) = known {
        return Some((field, GuessReason::Header));
    }
    // The longest known name inside, of four letters or more so that "ma" is not found in everything.
    let padded = format!(" {key} ");
    NAMES
        .iter()
        .flat_map(|(field, names)| names.iter().map(move |known| (field, *known)))
        .filter(|(field, known)| {
            known.len() >= 4 && **field != TargetField::Ignore && padded.contains(&format!(" {known} "))
        })
        .max_by_key(|(_, known)| known.len())
        .map(|(field, _)| (field.clone(), GuessReason::PartOfHeader))
}

/// A column's name folded, without digits and without what exports add.
pub(super) fn key_of(name: &str) -> String {
    let folded = fold(&name.replace(['_', '/'], " "));
    let words =
        folded.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit()) && *word != "value");
    words.collect::<Vec<_>>().join(" ")
}

/// `guardianPhone` as `guardian Phone`.
fn words_apart(name: &str) -> String {
    let mut apart = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && apart.ends_with(char::is_lowercase) {
            apart.push(' ');
        }
        apart.push(c);
    }
    apart
}

fn exact(key: &str) -> Option<TargetField> {
    NAMES.iter().find(|(_, names)| names.contains(&key)).map(|(field, _)| field.clone())
}

/// A column about the guardian: "SĐT mẹ", "Họ tên phụ huynh", "Parent email".
fn of_guardian(key: &str) -> Option<TargetField> {
    let padded = format!(" {key} ");
    let word =
        GUARDIAN.iter().filter(|word| padded.contains(&format!(" {word} "))).max_by_key(|word| word.len())?;
    let rest = padded.replacen(&format!(" {word} "), " ", 1);
    let rest = rest.trim().trim_start_matches("s ").trim_end_matches(" cua").trim_end_matches(" of");
    match (rest, exact(rest)) {
        ("" | "lien he", _) | (_, Some(TargetField::FullName)) => Some(TargetField::GuardianName),
        (_, Some(TargetField::Phone)) => Some(TargetField::GuardianPhone),
        (_, Some(TargetField::Email)) => Some(TargetField::GuardianEmail),
        (_, Some(TargetField::GuardianRelation)) => Some(TargetField::GuardianRelation),
        _ => None,
    }
}
