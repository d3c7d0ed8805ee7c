//! Tasks as rows.

use rusqlite::{Transaction, named_params};

use super::model::Task;
use crate::store::StoreError;

/// Writes the rows of a person's tasks; earlier ones were removed by the caller.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn project(tx: &Transaction<'_>, contact: i64, tasks: &[Task]) -> Result<(), StoreError> {
    for task in tasks {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO task (contact, id, kind, title, due_at_ms, owner, repeat, outcome, done_at_ms)
             VALUES (:contact, :id, :kind, :title, :due_at_ms, :owner, :repeat, :outcome, :done_at_ms)",
        )?
        .execute(named_params! {
            ":contact": contact,
            ":id": task.id.0,
            ":kind": task.record.kind,
            ":title": task.record.title,
            ":due_at_ms": task.record.due_at_ms.map(|at| at.0),
            ":owner": task.record.owner.map(|id| id.0),
            ":repeat": task.record.repeat,
            ":outcome": task.outcome,
            ":done_at_ms": task.done_at.map(|at| at.0),
        })?;
    }
    Ok(())
}

/// Writes what is different in a person's tasks.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn update(tx: &Transaction<'_>, contact: i64, before: &[Task], after: &[Task]) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached("DELETE FROM task WHERE contact = ?1 AND id = ?2")?;
    for gone in before.iter().filter(|task| !after.contains(task)) {
        statement.execute((contact, gone.id.0))?;
    }
    let fresh: Vec<_> = after.iter().filter(|task| !before.contains(task)).cloned().collect();
    project(tx, contact, &fresh)
}
