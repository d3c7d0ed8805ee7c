//! Remarks in the document of a person: `comment/<about>/<id>` holds one as it was written (JSON).

use crdt::{Put, RegisterValue, Registers};

use super::{
    edit::CommentEdit,
    model::{Comment, CommentRecord, Subject},
};
use crate::{
    bounds::{self, MENTIONS_MAX},
    engine::{EditContext, EditError},
    id::CommentId,
    interaction::doc::{bounded, json_put},
};

/// Reads every remark, in order of subject and identifier.
pub fn read_all(registers: &Registers) -> Vec<Comment> {
    let mut comments: Vec<_> = registers
        .range("comment/".to_owned().."comment0".to_owned())
        .filter_map(|(key, register)| {
            let (about, id) = place_of(key)?;
            let record = record_of(&register.value)?;
            Some(Comment { about, id, record })
        })
        .collect();
    comments.sort_by_key(|comment| (comment.about, comment.id));
    comments
}

/// What a register's remark is about, and which it is.
pub fn place_of(key: &str) -> Option<(Subject, CommentId)> {
    let (about, id) = key.strip_prefix("comment/")?.split_once('/')?;
    Some((about.parse().ok()?, id.parse().ok()?))
}

/// The remark that a register holds.
pub fn record_of(value: &RegisterValue) -> Option<CommentRecord> {
    serde_json::from_str(value.as_text()?).ok()
}

/// What an edit writes.
///
/// # Errors
/// [`EditError`] if what the remark is about is unknown, or the text is empty or too long.
pub fn puts(
    about: Subject,
    id: CommentId,
    edit: &CommentEdit,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    let stands = |key: &str| registers.get(key).is_some_and(|register| !register.value.is_empty());
    match about {
        Subject::Person => {}
        Subject::Interaction(id) if stands(&format!("interaction/{id}")) => {}
        Subject::Interaction(id) => return Err(EditError::UnknownInteraction { id }),
        Subject::Task(id) if stands(&format!("task/{id}")) => {}
        Subject::Task(id) => return Err(EditError::UnknownTask { id }),
    }
    let key = key(about, id);
    Ok(match edit {
        // Writing the same remark twice is the same wish: the first stands.
        CommentEdit::Write { .. } if stands(&key) => Vec::new(),
        CommentEdit::Write { body, mentions } => {
            bounds::at_most("mentions", MENTIONS_MAX, mentions.len())?;
            let body = bounded(body)?;
            if body.is_empty() {
                return Err(EditError::Missing);
            }
            let record =
                CommentRecord { staff: context.staff, at_ms: context.now, body, mentions: mentions.clone() };
            vec![json_put(key, &record)]
        }
        CommentEdit::Delete => vec![Put::new(key, RegisterValue::Empty)],
    })
}

/// The key of its register.
pub fn key(about: Subject, id: CommentId) -> String {
    format!("comment/{about}/{id}")
}
