//! Noticing that a relay went back behind what it had acknowledged.
//!
//! The running hash covers what was read. What was put is read only later: until then its place in the relay's log
//! is remembered, and looked at when the log is read past it.

use wire::{ChunkId, Lineage, LogHash, SpaceId, protocol::Page};

use super::Session;
use crate::{
    store::{StoreError, chunk, setting},
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
        let name = put_name(self.lineage, space);
        let Some(put) = setting::get(replica.engine.conn(), &name)? else { return Ok(None) };
        let Some((seq, id)) = put.split_once(' ') else { return Ok(None) };
        let seq: u64 = seq.parse().map_err(|_| StoreError::Unreadable { what: "place of a chunk" })?;
        match page.entries.iter().find(|entry| entry.seq == seq) {
            Some(entry) if entry.id.to_string() == id => {
                let tx = replica.engine.conn_mut().transaction()?;
                setting::remove(&tx, &name)?;
                tx.commit()?;
                Ok(None)
            }
            Some(_) => Ok(Some(put)),
            None if !page.has_more && page.head.seq < seq => Ok(Some(put)),
            None => Ok(None),
        }
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

/// Remembers the highest place at which the relay stored what was put here and not read back yet.
pub(super) fn note_put(
    lineage: Lineage,
    id: ChunkId,
    seq: u64,
    replica: &mut Replica,
) -> Result<(), ReplicaError> {
    let conn = replica.engine.conn();
    let Some(space) = chunk::space_of(conn, id)? else { return Ok(()) };
    let name = put_name(lineage, space);
    let known = setting::get(conn, &name)?;
    let known_seq = known.and_then(|put| put.split_once(' ')?.0.parse::<u64>().ok()).unwrap_or(0);
    if seq <= known_seq.max(chunk::cursor(conn, lineage, space)?.0) {
        return Ok(());
    }
    let tx = replica.engine.conn_mut().transaction()?;
    setting::put(&tx, &name, &format!("{seq} {id}"))?;
    tx.commit()?;
    Ok(())
}

fn put_name(lineage: Lineage, space: SpaceId) -> String {
    format!("relay.put.{lineage}.{space}")
}
