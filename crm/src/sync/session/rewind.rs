//! Noticing that a relay went back behind what it had acknowledged.
//!
//! The running hash covers what was read. What was put is read only later: until then its place in the relay's log
//! is remembered, and looked at when the log is read past it.

use wire::{
    ChunkId, Lineage, LogHash, SpaceId,
    protocol::{Entry, Page, SpaceHead},
    running_hash,
};

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
        let (read, hash) = chunk::cursor(replica.engine.conn(), self.lineage, space)?;
        if Mutant::PutNotWatched.is_planted() {
            return Ok(None);
        }
        let name = put_name(self.lineage, space);
        let Some(put) = setting::get(replica.engine.conn(), &name)? else { return Ok(None) };
        let mut open = Vec::new();
        for (seq, what) in places(&put) {
            match page.entries.iter().position(|entry| entry.seq == seq) {
                Some(at) if what == page.entries[at].id.to_string() => {}
                Some(at) if what == head_word(hash_after(hash, &page.entries[..=at])) => {}
                Some(_) => return Ok(Some(put.clone())),
                // It was read past without being settled: the program stopped before the space was compared.
                None if seq <= read => return Ok(Some(put.clone())),
                None if !page.has_more && page.head.seq < seq => return Ok(Some(put.clone())),
                None => open.push(format!("{seq} {what}")),
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

    /// Remembers where the relay's log of a space ends before it is compared. Reading then begins at the start,
    /// where nothing else would show that the relay went back once more in between.
    pub(super) fn note_head(
        &self,
        space: SpaceId,
        head: &SpaceHead,
        replica: &mut Replica,
    ) -> Result<(), ReplicaError> {
        if head.seq == 0 {
            return Ok(());
        }
        add_note(self.lineage, space, &format!("{} {}", head.seq, head_word(head.hash)), replica)
    }

    /// After a space was compared: reads it from the start when its log is another one than was read, and goes on
    /// where it stands when only a put was missing.
    pub(super) fn rewind(
        &self,
        space: SpaceId,
        stale: Option<&str>,
        replica: &mut Replica,
    ) -> Result<(), ReplicaError> {
        let name = put_name(self.lineage, space);
        let now = setting::get(replica.engine.conn(), &name)?;
        let tx = replica.engine.conn_mut().transaction()?;
        if stale.is_none() {
            chunk::put_cursor(&tx, self.lineage, space, 0, LogHash::ZERO)?;
        }
        if now.as_deref() == stale {
            setting::remove(&tx, &name)?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// Remembers a place at which the relay stored what was put here and not read back yet.
///
/// A place before the cursor counts too: what is unsent was not read, so the relay went back behind what was read. It
/// may do so once more and be filled by others until its log ends as this device knows it, without what was put.
pub(super) fn note_put(
    lineage: Lineage,
    id: ChunkId,
    seq: u64,
    replica: &mut Replica,
) -> Result<(), ReplicaError> {
    let Some(space) = chunk::space_of(replica.engine.conn(), id)? else { return Ok(()) };
    add_note(lineage, space, &format!("{seq} {id}"), replica)
}

fn add_note(
    lineage: Lineage,
    space: SpaceId,
    place: &str,
    replica: &mut Replica,
) -> Result<(), ReplicaError> {
    let name = put_name(lineage, space);
    let open = match setting::get(replica.engine.conn(), &name)? {
        Some(known) if known.split(',').any(|other| other == place) => return Ok(()),
        Some(known) => format!("{known},{place}"),
        None => place.to_owned(),
    };
    let tx = replica.engine.conn_mut().transaction()?;
    setting::put(&tx, &name, &open)?;
    tx.commit()?;
    Ok(())
}

/// How the end of a log is written down, beside the identifiers of chunks.
fn head_word(hash: LogHash) -> String {
    format!("#{hash}")
}

fn hash_after(start: LogHash, entries: &[Entry]) -> LogHash {
    entries.iter().fold(start, |hash, entry| running_hash(hash, entry.id))
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
