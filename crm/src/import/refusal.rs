//! Rows that the engine does not accept: which column is to blame, and with which words.

use super::{
    frame::{Frame, note},
    view::ImportNote,
};
use crate::{
    app::ApiError, contact::edit::ContactEdit, edit::Edit, engine::EditError,
    interaction::edit::InteractionEdit,
};

/// As much of a text as is shown of it, in characters.
const SHOWN_CHARS: usize = 40;

/// Why a row is refused, with what can be said of where.
pub fn told(error: EditError, edits: &[Edit], frame: &Frame<'_>) -> ImportNote {
    let (target, text) = match &error {
        EditError::Field { field, .. } => (field.as_str(), value_of(edits, field)),
        EditError::TooLong => longest(edits),
        EditError::NoSpaceForBranch { .. } => ("branch", ""),
        _ => ("", ""),
    };
    // Phones and e-mails have places; a sheet has a column for all of them.
    let is_custom = target.starts_with("custom.");
    let target = target.split_once('.').filter(|_| !is_custom).map_or(target, |(kind, _)| kind);
    let (column, text) = (frame.column_of(target).to_owned(), shortened(text));
    note(&ApiError::from(error).code, &column, &text)
}

fn value_of<'a>(edits: &'a [Edit], key: &str) -> &'a str {
    let mut values = edits.iter().filter_map(|edit| match edit {
        Edit::Contact { edit: ContactEdit::Create { facts, .. }, .. } => {
            facts.iter().find(|fact| fact.field == key).map(|fact| fact.value.as_str())
        }
        Edit::Contact { edit: ContactEdit::Set { field, value: Some(value) }, .. } if field == key => {
            Some(value.as_str())
        }
        _ => None,
    });
    values.next_back().unwrap_or("")
}

/// The longest label or note, and the field of it.
fn longest(edits: &[Edit]) -> (&'static str, &str) {
    let texts = edits.iter().flat_map(|edit| match edit {
        Edit::Contact { edit: ContactEdit::Create { tags, .. }, .. } => {
            tags.iter().map(|tag| ("tags", tag.as_str())).collect()
        }
        Edit::Contact { edit: ContactEdit::AddTag { label }, .. } => vec![("tags", label.as_str())],
        Edit::Contact { edit: ContactEdit::AddInterest { label, .. }, .. } => {
            vec![("interests", label.as_str())]
        }
        Edit::Interaction { edit: InteractionEdit::Record { body, .. }, .. } => {
            vec![("note", body.as_str())]
        }
        _ => Vec::new(),
    });
    texts.max_by_key(|(_, text)| text.chars().count()).unwrap_or(("", ""))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
