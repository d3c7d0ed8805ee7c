//! Definitions in their documents: one register `definition/content` (JSON of the whole, written by managers,
//! who rarely write at the same time) and one that says whether it was retired.

use crdt::{Put, Registers};

use super::{
    edit::DefinitionEdit,
    model::{Content, Definition, FORMS, ROLES},
};
use crate::{
    bounds::{self, CHOICE_CHARS_MAX, CHOICES_MAX, NAME_CHARS_MAX},
    engine::{EditContext, EditError},
    id::DefinitionId,
    interaction::doc::{json_put, known},
};

const CONTENT: &str = "definition/content";
const ARCHIVED: &str = "definition/archived";

/// Reads a definition; `None` if the document holds none that this program knows.
pub fn read(id: DefinitionId, registers: &Registers) -> Option<Definition> {
    let content = serde_json::from_str(registers.get(CONTENT)?.value.as_text()?).ok()?;
    let is_archived = registers.get(ARCHIVED).is_some_and(|register| register.value.is_true());
    Some(Definition { id, content, is_archived })
}

/// What an edit writes.
///
/// # Errors
/// [`EditError`] if a name is missing or too long, a word is neither known nor stands there, or the definition is
/// unknown.
pub fn puts(
    id: DefinitionId,
    edit: &DefinitionEdit,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    if super::preset::is_preset(id) {
        return Err(EditError::NotAllowed);
    }
    let standing = read(id, registers).map(|definition| definition.content);
    let content = match edit {
        DefinitionEdit::Archive | DefinitionEdit::Restore => {
            if !registers.contains_key(CONTENT) {
                return Err(EditError::UnknownDefinition { id });
            }
            return Ok(vec![Put::new(ARCHIVED, *edit == DefinitionEdit::Archive)]);
        }
        DefinitionEdit::Centre { name } => Content::Centre { name: named(name)? },
        DefinitionEdit::Branch { name } => {
            let stands = match standing {
                Some(Content::Branch { space, .. }) => Some(space),
                _ => None,
            };
            let space = stands.or_else(|| context.new_space.map(|space| space.to_string()));
            Content::Branch { name: named(name)?, space: space.ok_or(EditError::NoSpaceForBranch { id })? }
        }
        DefinitionEdit::Staff { name, branch, role } => {
            let role = match standing {
                Some(Content::Staff { role: stands, .. }) if stands == *role => stands,
                _ => known("role", ROLES, role)?,
            };
            Content::Staff { name: named(name)?, branch: *branch, role }
        }
        DefinitionEdit::Device { name, staff } => Content::Device { name: named(name)?, staff: *staff },
        DefinitionEdit::Field { label, kind, choices } => {
            bounds::at_most("choices", CHOICES_MAX, choices.len())?;
            choices.iter().try_for_each(|choice| bounds::text("choices", choice, CHOICE_CHARS_MAX))?;
            let form = match standing {
                Some(Content::Field { form: stands, .. }) if stands == *kind => stands,
                _ => known("kind", FORMS, kind)?,
            };
            Content::Field { label: named(label)?, form, choices: choices.clone() }
        }
        DefinitionEdit::Tag { label } => Content::Tag { label: named(label)? },
        DefinitionEdit::View { name, staff, is_pinned, view } => {
            view.check_kept()?;
            Content::View { name: named(name)?, staff: *staff, is_pinned: *is_pinned, view: view.clone() }
        }
    };
    Ok(vec![json_put(CONTENT.to_owned(), &content)])
}

/// A name that may stand: not empty, not too long, composed.
///
/// # Errors
/// [`EditError::Missing`] or [`EditError::TooLong`] otherwise.
pub(super) fn named(name: &str) -> Result<String, EditError> {
    let name = formats::fold::nfc(name.trim());
    match name.chars().count() {
        0 => Err(EditError::Missing),
        1..=NAME_CHARS_MAX => Ok(name),
        _ => Err(EditError::TooLong),
    }
}
