//! One thing done to many people: who they are, and which edits it takes.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{
    api::args::{BulkChange, Count, Selection, SelectionArgs},
    contact::{edit::ContactEdit, query},
    edit::Edit,
    id::{ContactId, TaskId},
    read::{ReadContext, ReadError},
    task::edit::TaskEdit,
};

/// Says how many people a selection holds.
///
/// # Errors
/// [`ReadError`] if the filter is not acceptable or the database refuses.
pub fn count(conn: &Connection, context: &ReadContext, args: SelectionArgs) -> Result<Count, ReadError> {
    args.selection.check()?;
    let count = match &args.selection {
        Selection::Matching { view, except } => query::count(conn, context, view, except)?,
        these @ Selection::These { .. } => ids(conn, context, these)?.len() as u32,
    };
    Ok(Count { count })
}

/// The people of a selection, each once, in list order.
///
/// People named one by one may be in the bin; a merged record stands for the person who is shown.
///
/// # Errors
/// [`ReadError`] if the filter is not acceptable or the database refuses.
pub fn ids(
    conn: &Connection,
    context: &ReadContext,
    selection: &Selection,
) -> Result<Vec<ContactId>, ReadError> {
    selection.check()?;
    match selection {
        Selection::These { ids } => {
            let mut seen = BTreeSet::new();
            let mut found = Vec::new();
            for id in ids {
                match query::canonical(conn, *id) {
                    Ok((_, id)) if seen.insert(id) => found.push(id),
                    Ok(_) | Err(ReadError::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(found)
        }
        Selection::Matching { view, except } => {
            let except: BTreeSet<_> = except.iter().copied().collect();
            let mut ids = query::matching(conn, context, view)?;
            ids.retain(|id| !except.contains(id));
            Ok(ids)
        }
    }
}

/// The edits that do one thing to people; `fresh` gives the identifiers of new tasks.
pub fn edits(ids: &[ContactId], change: &BulkChange, mut fresh: impl Iterator<Item = TaskId>) -> Vec<Edit> {
    let mut edits = Vec::with_capacity(ids.len());
    for id in ids.iter().copied() {
        let edit = match change {
            BulkChange::Set { field, value } => {
                ContactEdit::Set { field: field.clone(), value: value.clone() }
            }
            BulkChange::AddTag { label } => ContactEdit::AddTag { label: label.clone() },
            BulkChange::RemoveTag { tag } => ContactEdit::RemoveTag { tag: *tag },
            BulkChange::Delete => ContactEdit::Delete,
            BulkChange::Restore => ContactEdit::Restore,
            BulkChange::AddTask { task } => {
                let Some(new) = fresh.next() else { break };
                edits.push(Edit::Task { contact: id, id: new, edit: TaskEdit::Add(task.clone()) });
                continue;
            }
        };
        edits.push(Edit::Contact { id, edit });
    }
    edits
}
