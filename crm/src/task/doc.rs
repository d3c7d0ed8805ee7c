//! Tasks in the document of a person: `task/<id>` holds what was asked (JSON), `task/<id>/due` and its like
//! hold later changes.

use crdt::{Put, RegisterValue, Registers};

use super::{
    edit::{NewTask, TaskEdit},
    model::{KINDS, REPEATS, TITLE_CHARS_MAX, Task, TaskRecord, next_due},
};
use crate::{
    bounds,
    engine::{EditContext, EditError},
    id::{AtMs, StaffId, TaskId},
    interaction::{
        self,
        doc::{json_put, known, known_or_none},
        edit::InteractionEdit,
    },
};

/// What ends a repetition.
const NEVER: &str = "never";

/// Reads every task that is not removed, in order of identifier.
pub fn read_all(registers: &Registers) -> Vec<Task> {
    registers
        .range("task/".to_owned().."task0".to_owned())
        .filter_map(|(key, _)| key["task/".len()..].parse().ok())
        .filter_map(|id| read(registers, id))
        .collect()
}

/// What was asked at first, without later changes.
pub fn recorded(registers: &Registers, id: TaskId) -> Option<TaskRecord> {
    let text = registers.get(&format!("task/{id}"))?.value.as_text()?;
    serde_json::from_str(text).ok()
}

fn read(registers: &Registers, id: TaskId) -> Option<Task> {
    let key = format!("task/{id}");
    let mut record = recorded(registers, id)?;
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
    match part("repeat") {
        Some(RegisterValue::Text(word)) => record.repeat = Some(word.clone()),
        Some(RegisterValue::Bool(false)) => record.repeat = None,
        _ => {}
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
        TaskEdit::Change { title, due_at_ms, owner, is_due_cleared, repeat } => {
            bounds::moment("due", *due_at_ms)?;
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
            let turns = format!("{key}/repeat");
            match repeat.as_deref() {
                Some(NEVER) => puts.push(Put::new(turns, false)),
                Some(word) => puts.push(Put::new(turns, known("repeat", REPEATS, word)?)),
                None => {}
            }
            puts
        }
        TaskEdit::Complete { outcome, note, interaction, next } => {
            let outcome = interaction::doc::outcome_of(outcome)?;
            let mut puts = vec![
                Put::new(format!("{key}/doneAt"), context.now.0),
                Put::new(format!("{key}/outcome"), outcome.as_str()),
            ];
            let record = InteractionEdit::Record {
                kind: kind_of_interaction(&task.record.kind).to_owned(),
                happened_at_ms: None,
                direction: Some("out".to_owned()),
                outcome: Some(outcome),
                body: if note.trim().is_empty() { task.record.title.clone() } else { note.clone() },
            };
            puts.extend(interaction::doc::puts(*interaction, &record, registers, context)?);
            if let Some(next) = next {
                puts.extend(add(next.id, &next.task, registers, context)?);
            }
            puts.extend(repeated(&task, registers, context));
            puts
        }
        TaskEdit::Reopen => {
            let mut puts = vec![
                Put::new(format!("{key}/doneAt"), RegisterValue::Empty),
                Put::new(format!("{key}/outcome"), RegisterValue::Empty),
            ];
            puts.extend(untouched_next_turn(&task, registers));
            puts
        }
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
    bounds::moment("due", new.due_at_ms)?;
    let record = TaskRecord {
        kind: known("kind", KINDS, &new.kind)?,
        title: bounded(&new.title)?,
        due_at_ms: new.due_at_ms,
        owner: new.owner.or_else(owner_of_contact).or(context.staff),
        repeat: new.repeat.as_deref().map(|repeat| known_or_none("repeat", REPEATS, repeat)).transpose()?,
        created_at_ms: context.now,
    };
    Ok(vec![json_put(key, &record)])
}

/// The next turn of a repeated task. Its identifier follows from the task's, so that two devices which
/// both complete the task make one next turn.
fn repeated(task: &Task, registers: &Registers, context: &EditContext) -> Vec<Put> {
    let due = task.record.repeat.as_deref().zip(task.record.due_at_ms);
    let Some(due) = due.and_then(|(repeat, due)| next_due(repeat, due, context.now)) else {
        return Vec::new();
    };
    let record = TaskRecord { due_at_ms: Some(due), created_at_ms: context.now, ..task.record.clone() };
    let key = format!("task/{}", next_turn(task.id));
    let removed = format!("{key}/deleted");
    let mut puts = vec![json_put(key, &record)];
    // It was taken away when the task was opened again.
    if registers.get(&removed).is_some_and(|register| register.value.is_true()) {
        puts.push(Put::new(removed, false));
    }
    puts
}

/// A task that is opened again needs its next turn no more, unless somebody has worked with that.
fn untouched_next_turn(task: &Task, registers: &Registers) -> Option<Put> {
    task.done_at?;
    let key = format!("task/{}", next_turn(task.id));
    let is_touched = registers.range(format!("{key}/")..format!("{key}0")).any(|(part, register)| {
        let is_back = part.ends_with("/deleted") && !register.value.is_true();
        !is_back && !register.value.is_empty()
    });
    (registers.contains_key(&key) && !is_touched).then(|| Put::new(format!("{key}/deleted"), true))
}

fn next_turn(task: TaskId) -> TaskId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::derive_key("quen 2026 next turn of a task", &task.0)[..16]);
    TaskId(id)
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
    match title.chars().count() {
        0 => Err(EditError::Missing),
        1..=TITLE_CHARS_MAX => Ok(title.to_owned()),
        _ => Err(EditError::TooLong),
    }
}
