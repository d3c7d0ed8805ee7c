//! Tasks in the document of a person: `task/<id>` holds what was asked (JSON), `task/<id>/due` and its like
//! hold later changes.

use crdt::{Put, RegisterValue, Registers};

use super::{
    edit::{NewTask, TaskEdit},
    model::{TITLE_CHARS_MAX, Task, TaskRecord, next_due},
};
use crate::{
    engine::{EditContext, EditError},
    id::{AtMs, StaffId, TaskId},
    interaction::{self, doc::json_put, edit::InteractionEdit},
};

/// Reads every task that is not removed, in order of identifier.
pub fn read_all(registers: &Registers) -> Vec<Task> {
    registers
        .range("task/".to_owned().."task0".to_owned())
        .filter_map(|(key, _)| key["task/".len()..].parse().ok())
        .filter_map(|id| read(registers, id))
        .collect()
}

fn read(registers: &Registers, id: TaskId) -> Option<Task> {
    let key = format!("task/{id}");
    let text = registers.get(&key)?.value.as_text()?;
    let mut record: TaskRecord = serde_json::from_str(text).ok()?;
    let part = |part: &str| registers.get(&format!("{key}/{part}")).map(|register| &register.value);
    if part("deleted").is_some_and(RegisterValue::is_true) {
        return None;
    }
    if let Some(title) = part("title").and_then(RegisterValue::as_text) {
        record.title = title.to_owned();
    }
    // An empty register was taken back and says nothing; `false` says that there is no moment.
    match part("due") {
        Some(RegisterValue::Int(due)) => record.due_at_ms = Some(AtMs(*due)),
        Some(RegisterValue::Bool(false)) => record.due_at_ms = None,
        _ => {}
    }
    if let Some(owner) = part("owner").and_then(RegisterValue::as_text) {
        record.owner = owner.parse().ok();
    }
    let done_at = part("doneAt").and_then(RegisterValue::as_int).map(AtMs);
    let outcome = part("outcome").and_then(RegisterValue::as_text).map(str::to_owned);
    Some(Task { id, record, outcome, done_at })
}

/// What an edit writes.
///
/// # Errors
/// [`EditError`] if the task is unknown or a text is too long.
pub fn puts(
    id: TaskId,
    edit: &TaskEdit,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    let key = format!("task/{id}");
    if let TaskEdit::Add(new) = edit {
        return add(id, new, registers, context);
    }
    let task = read(registers, id).ok_or(EditError::UnknownTask { id })?;
    Ok(match edit {
        TaskEdit::Add(_) => Vec::new(),
        TaskEdit::Change { title, due_at_ms, owner, is_due_cleared } => {
            let mut puts = Vec::new();
            if let Some(title) = title {
                puts.push(Put::new(format!("{key}/title"), bounded(title)?));
            }
            match due_at_ms {
                _ if *is_due_cleared => puts.push(Put::new(format!("{key}/due"), false)),
                Some(due) => puts.push(Put::new(format!("{key}/due"), due.0)),
                None => {}
            }
            if let Some(owner) = owner {
                puts.push(Put::new(format!("{key}/owner"), owner.to_string()));
            }
            puts
        }
        TaskEdit::Complete { outcome, note, interaction, next } => {
            let mut puts = vec![
                Put::new(format!("{key}/doneAt"), context.now.0),
                Put::new(format!("{key}/outcome"), outcome.as_str()),
            ];
            let record = InteractionEdit::Record {
                kind: kind_of_interaction(&task.record.kind).to_owned(),
                happened_at_ms: None,
                direction: Some("out".to_owned()),
                outcome: Some(outcome.clone()),
                body: if note.trim().is_empty() { task.record.title.clone() } else { note.clone() },
            };
            puts.extend(interaction::doc::puts(*interaction, &record, registers, context)?);
            if let Some(next) = next {
                puts.extend(add(next.id, &next.task, registers, context)?);
            }
            puts.extend(repeated(&task, context));
            puts
        }
        TaskEdit::Reopen => vec![
            Put::new(format!("{key}/doneAt"), RegisterValue::Empty),
            Put::new(format!("{key}/outcome"), RegisterValue::Empty),
        ],
        TaskEdit::Delete => vec![Put::new(format!("{key}/deleted"), true)],
    })
}

fn add(
    id: TaskId,
    new: &NewTask,
    registers: &Registers,
    context: &EditContext,
) -> Result<Vec<Put>, EditError> {
    let key = format!("task/{id}");
    if registers.get(&key).is_some_and(|register| !register.value.is_empty()) {
        return Ok(Vec::new());
    }
    let owner_of_contact =
        || -> Option<StaffId> { registers.get("profile/owner")?.value.as_text()?.parse().ok() };
    let record = TaskRecord {
        kind: new.kind.clone(),
        title: bounded(&new.title)?,
        due_at_ms: new.due_at_ms,
        owner: new.owner.or_else(owner_of_contact).or(context.staff),
        repeat: new.repeat.clone(),
        created_at_ms: context.now,
    };
    Ok(vec![json_put(key, &record)])
}

/// The next turn of a repeated task. Its identifier follows from the task's, so that two devices which
/// both complete the task make one next turn.
fn repeated(task: &Task, context: &EditContext) -> Option<Put> {
    let repeat = task.record.repeat.as_deref()?;
    let due = next_due(repeat, task.record.due_at_ms?, context.now)?;
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::derive_key("quen 2026 next turn of a task", &task.id.0)[..16]);
    let record = TaskRecord { due_at_ms: Some(due), created_at_ms: context.now, ..task.record.clone() };
    Some(json_put(format!("task/{}", TaskId(id)), &record))
}

fn kind_of_interaction(kind_of_task: &str) -> &str {
    match kind_of_task {
        "call" => "call",
        "meet" => "meeting",
        "email" => "email",
        "message" => "zalo",
        _ => "note",
    }
}

fn bounded(title: &str) -> Result<String, EditError> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > TITLE_CHARS_MAX {
        return Err(EditError::TooLong);
    }
    Ok(title.to_owned())
}
