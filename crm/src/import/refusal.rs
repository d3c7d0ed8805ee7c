//! Rows that the engine does not accept: which column is to blame, and with which words.

use super::{
    frame::{Frame, note},
    view::ImportNote,
};
use crate::{
    app::ApiError,
    contact::{doc::LABEL_CHARS_MAX, edit::ContactEdit},
    edit::Edit,
    engine::EditError,
    interaction::edit::InteractionEdit,
};

/// As much of a text as is shown of it, in characters.
const SHOWN_CHARS: usize = 40;

/// Why a row is refused, with what can be said of where.
pub fn told(error: EditError, edits: &[Edit], frame: &Frame<'_>) -> ImportNote {
    let (target, text) = match &error {
        EditError::Field { field, .. } => (field.as_str(), value_of(edits, field)),
        EditError::TooLong => longest(edits),
        EditError::Excess(excess) => (excess.what(), ""),
        EditError::NoSpaceForBranch { .. } => ("branch", ""),
        _ => ("", ""),
    };
    // Phones and e-mails have places; a sheet has a column for all of them.
    let target =
        target.split_once('.').map_or(target, |(kind, _)| if kind == "custom" { target } else { kind });
    let (column, text) = (frame.column_of(target), shortened(text));
    note(&ApiError::from(error).code, column, &text)
}

fn value_of<'a>(edits: &'a [Edit], key: &str) -> &'a str {
    let mut values = edits.iter().rev().filter_map(|edit| match edit {
        Edit::Contact { edit: ContactEdit::Create { facts, .. }, .. } => {
            facts.iter().find(|fact| fact.field == key).map(|fact| fact.value.as_str())
        }
        Edit::Contact { edit: ContactEdit::Set { field, value: Some(value) }, .. } if field == key => {
            Some(value.as_str())
        }
        _ => None,
    });
    values.next().unwrap_or("")
}

/// The first label that is too long, or the note, and the field of it.
fn longest(edits: &[Edit]) -> (&'static str, &str) {
    let mut note = "";
    for edit in edits {
        let (target, labels) = match edit {
            Edit::Contact { edit: ContactEdit::Create { tags, .. }, .. } => ("tags", tags.as_slice()),
            Edit::Contact { edit: ContactEdit::AddTag { label }, .. } => {
                ("tags", std::slice::from_ref(label))
            }
            Edit::Contact { edit: ContactEdit::AddInterest { label, .. }, .. } => {
                ("interests", std::slice::from_ref(label))
            }
            Edit::Interaction { edit: InteractionEdit::Record { body, .. }, .. } => {
                note = body;
                continue;
            }
            _ => continue,
        };
        if let Some(label) = labels.iter().find(|label| label.chars().count() > LABEL_CHARS_MAX) {
            return (target, label);
        }
    }
    ("note", note)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
