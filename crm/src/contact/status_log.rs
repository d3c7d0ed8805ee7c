//! Where a person stood in the life cycle: from, to, since when, for how long, by whom. Read from the document, so
//! that a new person costs nothing and a rebuild cannot differ.

use crdt::{Cause, HistoryEntry};
use rusqlite::Connection;

use super::{
    history::cause_word,
    query::{canonical, members},
    view::StatusStay,
};
use crate::{
    api::args::ContactArgs,
    definition::query::{device_of_actor, staff_ref},
    engine::load,
    id::AtMs,
    read::{ReadContext, ReadError},
};

const STATUS: &str = "profile/status";

/// Every stay of a person in a status, newest first.
///
/// Of merged records the one whose status is shown counts. Writes made apart stand in the order of their moments.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn status_log(
    conn: &Connection,
    _: &ReadContext,
    args: ContactArgs,
) -> Result<Vec<StatusStay>, ReadError> {
    let (_, id) = canonical(conn, args.id)?;
    let mut stays: Vec<StatusStay> = Vec::new();
    for member in members(conn, id)? {
        let document = load(conn, member.doc())?;
        if document.register(STATUS).is_none_or(|register| register.value.is_empty()) {
            continue;
        }
        for entry in document.history().iter().filter(|entry| entry.key == STATUS) {
            push(conn, &mut stays, entry)?;
        }
        break;
    }
    stays.reverse();
    Ok(stays)
}

fn push(conn: &Connection, stays: &mut Vec<StatusStay>, entry: &HistoryEntry) -> Result<(), ReadError> {
    let at_ms = AtMs(entry.stamp.map_or(0, |stamp| stamp.time.wall_ms() as i64));
    let to = entry.after.as_text().map(str::to_owned);
    if let Some(last) = stays.last_mut() {
        if last.to == to {
            return Ok(());
        }
        last.duration_ms = Some((at_ms.0 - last.at_ms.0).max(0));
    }
    stays.push(StatusStay {
        from: stays.last().and_then(|last| last.to.clone()),
        to,
        at_ms,
        duration_ms: None,
        staff: entry.stamp.map(|stamp| staff_ref(conn, stamp.staff.into())).transpose()?.flatten(),
        device: device_of_actor(conn, entry.actor)?,
        cause: cause_word(entry.stamp.map_or(Cause::PERSON, |stamp| stamp.cause)).to_owned(),
    });
    Ok(())
}
