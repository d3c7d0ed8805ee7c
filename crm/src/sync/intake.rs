//! Chunks from elsewhere: verify, open, check, merge, all in one commit with the cursor.

use crdt::{
    DocChange, PayloadError, decode_payload,
    seal::{OpenError, OpenedChunk, VerifiedChunk, VerifyError, actor_id},
};
use rusqlite::Transaction;
use wire::{Blob, Chunk, ChunkHeader, ChunkId, ChunkKind, DocId, DocKind};

use super::{
    contradiction::Settled,
    replica::{Replica, ReplicaError},
};
use crate::{
    engine::{EngineError, RemoteBundle},
    feed::Changed,
    id::{AtMs, ContactId, PageId},
    mutant::Mutant,
    store::{
        StoreError,
        chunk::{self, ChunkState, NewChunk},
        record,
    },
};

/// What taking chunks did.
#[derive(Debug, Default)]
pub struct Taken {
    /// Chunks that were new.
    pub fresh: u32,
    /// Chunks put aside for ever.
    pub quarantined: u32,
    /// Chunks kept until something arrives.
    pub held: u32,
    /// What to announce.
    pub changed: Vec<Changed>,
}

/// A chunk and its fate.
struct Judged {
    chunk: Chunk,
    state: ChunkState,
    reason: Option<&'static str>,
}

impl Replica {
    /// Takes chunks and whatever `also` writes (the cursor) in one commit. Repeating it is harmless.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses; then nothing took effect.
    pub fn take_chunks(
        &mut self,
        blobs: &[Blob],
        at: AtMs,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Taken, ReplicaError> {
        let (mut also, mut settled) = (Some(also), Settled::default());
        let mut taken = loop {
            match self.try_take(blobs, &settled, at, &mut also) {
                Err(ReplicaError::Engine(EngineError::Document(error))) => {
                    self.settle(blobs, error, &mut settled)?;
                }
                result => break result?,
            }
        };
        taken.changed.append(&mut settled.changed);
        if settled.has_retracted {
            // What contradicted the retracted chunks may stand now.
            taken.changed.extend(self.retry_held(at)?.changed);
        }
        Ok(taken)
    }

    fn try_take(
        &mut self,
        blobs: &[Blob],
        settled: &Settled,
        at: AtMs,
        also: &mut Option<impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>>,
    ) -> Result<Taken, ReplicaError> {
        let (mut judged, mut bundles, mut taken) = (Vec::new(), Vec::new(), Taken::default());
        for blob in blobs {
            // A relay that sends what is no chunk at all is not worth a row; its log goes on.
            let Ok(chunk) = Chunk::parse(&blob.0) else { continue };
            match chunk::state_of(self.engine.conn(), chunk.id())? {
                Some(ChunkState::Unsent) => {
                    judged.push(Judged { chunk, state: ChunkState::Applied, reason: None });
                    continue;
                }
                // A void one that a relay holds was taken there before this device let go of it: it counts.
                Some(ChunkState::Void) if Mutant::VoidForEver.is_planted() => continue,
                Some(ChunkState::Held | ChunkState::Void) | None => {}
                Some(_) => continue,
            }
            taken.fresh += 1;
            let (fate, mut opened) = match settled.losers.get(&chunk.id()) {
                Some(reason) => {
                    let state = ChunkState::Quarantined;
                    (Judged { chunk, state, reason: Some(*reason) }, Vec::new())
                }
                None => self.judge(chunk),
            };
            bundles.append(&mut opened);
            match fate.state {
                ChunkState::Quarantined => taken.quarantined += 1,
                ChunkState::Held => taken.held += 1,
                _ => {}
            }
            judged.push(fate);
        }
        let keys: Vec<_> = judged.iter().map(|fate| fate.chunk.header().device).collect();
        let actors: Vec<_> = judged
            .iter()
            .zip(&keys)
            .filter(|(fate, _)| fate.state == ChunkState::Applied)
            .filter_map(|(fate, device)| {
                let member = self.log.state().device(*device)?;
                Some((actor_id(&member.keys, fate.chunk.header().incarnation), *device))
            })
            .collect();
        let received = self.engine.receive(bundles, at, |tx| {
            for fate in &judged {
                let new = NewChunk {
                    chunk: &fate.chunk,
                    state: fate.state,
                    reason: fate.reason,
                    received_at_ms: at,
                };
                chunk::put(tx, new)?;
            }
            for (actor, device) in actors {
                record::put_actor(tx, actor, device)?;
            }
            also.take().map_or(Ok(()), |also| also(tx))
        })?;
        taken.changed = received.changed;
        Ok(taken)
    }

    /// Tries again everything that was held back, after a key, a record or an update arrived.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn retry_held(&mut self, at: AtMs) -> Result<Taken, ReplicaError> {
        const BATCH: u32 = 256;
        let (mut after, mut all) = (0, Taken::default());
        loop {
            let held = chunk::held_after(self.engine.conn(), after, BATCH)?;
            let Some((last, _)) = held.last() else { return Ok(all) };
            after = *last;
            let blobs: Vec<Blob> = held.into_iter().map(|(_, bytes)| Blob(bytes)).collect();
            let taken = self.take_chunks(&blobs, at, |_| Ok(()))?;
            all.fresh += taken.fresh;
            all.quarantined += taken.quarantined;
            all.held += taken.held;
            all.changed.extend(taken.changed);
        }
    }

    fn judge(&self, chunk: Chunk) -> (Judged, Vec<RemoteBundle>) {
        let kept = chunk.clone();
        match self.open_chunk(chunk) {
            Ok(bundles) => (Judged { chunk: kept, state: ChunkState::Applied, reason: None }, bundles),
            Err((state, reason)) => (Judged { chunk: kept, state, reason: Some(reason) }, Vec::new()),
        }
    }

    pub(super) fn open_chunk(&self, chunk: Chunk) -> Result<Vec<RemoteBundle>, (ChunkState, &'static str)> {
        use ChunkState::{Held, Quarantined};
        let verified = VerifiedChunk::verify(chunk, &self.log).map_err(|error| match error {
            VerifyError::WaitForLog { .. } => (Held, "waitForLog"),
            VerifyError::PastCutOff { .. } => (Held, "pastCutOff"),
            VerifyError::Refused { .. } => (Quarantined, "refused"),
        })?;
        let opened = verified.open(&self.ring).map_err(|error| match error {
            OpenError::MissingKey { .. } => (Held, "missingKey"),
            _ => (Quarantined, "doesNotOpen"),
        })?;
        let bundles = decode_payload(opened.plaintext()).map_err(|error| match error {
            PayloadError::Newer(_) => (Held, "newerProgram"),
            PayloadError::Malformed => (Quarantined, "malformed"),
        })?;
        let mut accepted = Vec::with_capacity(bundles.len());
        for bundle in bundles {
            if !opened.role().may_write(bundle.doc.kind) {
                return Err((Quarantined, "kindNotAllowed"));
            }
            if !self.is_at_home(&opened, bundle.doc) {
                return Err((Quarantined, "foreignSpace"));
            }
            if self.log.state().is_doc_erased(bundle.doc) {
                continue;
            }
            let mut changes = Vec::with_capacity(bundle.changes.len());
            for bytes in &bundle.changes {
                let change = DocChange::parse(bytes).map_err(|_| (Quarantined, "badChange"))?;
                if !self.is_own_work(&opened, &change) {
                    return Err((Quarantined, "foreignActor"));
                }
                changes.push(change);
            }
            accepted.push(RemoteBundle { doc: bundle.doc, space: opened.header().space, changes });
        }
        Ok(accepted)
    }

    /// In an edit chunk every actor is the signing device's; carry chunks and snapshots publish others' work
    /// under a manager's word, which the verdict on the chunk has checked.
    fn is_own_work(&self, opened: &OpenedChunk, change: &DocChange) -> bool {
        let header = opened.header();
        if header.kind != ChunkKind::Edit {
            return true;
        }
        let Some(member) = self.log.state().device(header.device) else { return false };
        change.actor() == actor_id(&member.keys, header.incarnation)
    }

    /// Definitions and listings are written in the shared space, and people in the one that their identifier names;
    /// only who holds a space lists its people. Carry chunks and snapshots bring documents from elsewhere.
    fn is_at_home(&self, opened: &OpenedChunk, doc: DocId) -> bool {
        let header = opened.header();
        match doc.kind {
            _ if header.kind != ChunkKind::Edit => true,
            DocKind::CONTACT => ContactId(doc.key).is_of(header.space),
            DocKind::DEFINITION => self.log.state().shared_space() == Some(header.space),
            DocKind::LISTING => {
                self.log.state().shared_space() == Some(header.space)
                    && self.may_list(header, PageId(doc.key))
            }
            _ => true,
        }
    }

    fn may_list(&self, header: &ChunkHeader, page: PageId) -> bool {
        let standing = self.log.state().standing_at(header.device, header.membership_head);
        standing.is_some_and(|standing| standing.spaces.iter().any(|space| page.is_of(*space)))
    }

    /// The identifiers of chunks that a relay may keep, sorted: for reconciling.
    pub(super) fn chunk_ids(&self, space: wire::SpaceId) -> Result<Vec<ChunkId>, ReplicaError> {
        Ok(chunk::ids_of_space(self.engine.conn(), space)?)
    }
}
