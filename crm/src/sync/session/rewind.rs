//! Noticing that a relay went back behind what it had acknowledged.
//!
//! The running hash covers what was read. What was put is read only later: until then its place in the relay's log
//! is remembered, and looked at when the log is read past it.

use wire::{ChunkId, Lineage, LogHash, SpaceId, protocol::Page};

use super::Session;
use crate::{
    mutant::Mutant,
    store::{chunk, setting},
    sync::{Replica, ReplicaError},
};

impl Session {
    /// What was put and is not where the relay said; `None` if all is well or not read yet.
    pub(super) fn missing_put(
        &self,
        space: SpaceId,
        page: &Page,
        replica: &mut Replica,
    ) -> Result<Option<String>, ReplicaError> {
        if Mutant::PutNotWatched.is_planted() {
            return Ok(None);
        }
        let name = put_name(self.lineage, space);
        let Some(put) = setting::get(replica.engine.conn(), &name)? else { return Ok(None) };
        let mut open = Vec::new();
        for (seq, id) in places(&put) {
            match page.entries.iter().find(|entry| entry.seq == seq) {
                Some(entry) if entry.id.to_string() == id => {}
                Some(_) => return Ok(Some(put.clone())),
                None if !page.has_more && page.head.seq < seq => return Ok(Some(put.clone())),
                None => open.push(format!("{seq} {id}")),
            }
        }
        let open = open.join(",");
        if open != put {
            let tx = replica.engine.conn_mut().transaction()?;
            if open.is_empty() {
                setting::remove(&tx, &name)?
            } else {
                setting::put(&tx, &name, &open)?
            }
            tx.commit()?;
        }
        Ok(None)
    }

    /// Begins to read a space from the start, after it was compared.
    pub(super) fn rewind(
        &self,
        space: SpaceId,
        stale: Option<&str>,
        replica: &mut Replica,
    ) -> Result<(), ReplicaError> {
        let name = put_name(self.lineage, space);
        let now = setting::get(replica.engine.conn(), &name)?;
        let tx = replica.engine.conn_mut().transaction()?;
        chunk::put_cursor(&tx, self.lineage, space, 0, LogHash::ZERO)?;
        if now.as_deref() == stale {
            setting::remove(&tx, &name)?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// Remembers a place at which the relay stored what was put here and not read back yet.
pub(super) fn note_put(
    lineage: Lineage,
    id: ChunkId,
    seq: u64,
    replica: &mut Replica,
) -> Result<(), ReplicaError> {
    let conn = replica.engine.conn();
    let Some(space) = chunk::space_of(conn, id)? else { return Ok(()) };
    if seq <= chunk::cursor(conn, lineage, space)?.0 {
        return Ok(());
    }
    let name = put_name(lineage, space);
    let place = format!("{seq} {id}");
    let open = match setting::get(conn, &name)? {
        Some(known) => format!("{known},{place}"),
        None => place,
    };
    let tx = replica.engine.conn_mut().transaction()?;
    setting::put(&tx, &name, &open)?;
    tx.commit()?;
    Ok(())
}

fn places(put: &str) -> impl Iterator<Item = (u64, &str)> {
    put.split(',').filter_map(|place| {
        let (seq, id) = place.split_once(' ')?;
        Some((seq.parse().ok()?, id))
    })
}

fn put_name(lineage: Lineage, space: SpaceId) -> String {
    format!("relay.put.{lineage}.{space}")
}
