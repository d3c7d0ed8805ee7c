//! A database that was restored or cloned: the relay holds more of this device's chunks than the device does.

use crdt::{
    DocChange, decode_payload,
    seal::{VerifiedChunk, actor_id},
};
use wire::{Blob, Chunk, DocId, Incarnation, protocol::Held};

use super::{
    entropy::{Entropy, random},
    replica::{Replica, ReplicaError, put_incarnation},
};
use crate::{
    engine::{Author, Changes},
    feed::Changed,
    id::AtMs,
    mutant::Mutant,
    store::{
        change_log,
        chunk::{self, ChunkState},
        setting,
    },
};

/// Documents of which something was set aside that this device may have built upon.
pub(super) const STRANDED: &str = "device.stranded";

impl Replica {
    /// Whether the relay has seen this device further than the device remembers, in its present incarnation.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub(super) fn is_forked(&self, held: &[Held]) -> Result<bool, ReplicaError> {
        for held in held.iter().filter(|held| held.incarnation == self.incarnation) {
            let last =
                chunk::last_of_device(self.engine.conn(), self.device(), held.space, self.incarnation)?;
            let is_ahead = last.is_none_or(|(seq, id)| {
                held.device_seq > seq || (held.device_seq == seq && held.chunk != id)
            });
            if is_ahead {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Begins a new incarnation and writes again, under it, what this copy alone wrote since it forked.
    ///
    /// For a database that was restored: before its first edit.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn leave_fork(&mut self, at: AtMs, entropy: &mut dyn Entropy) -> Result<Vec<Changed>, ReplicaError> {
        let old = self.engine.author().actor;
        let mut lost = Changes::new();
        for (doc, hash) in change_log::unsealed_of_actor(self.engine.conn(), old)? {
            lost.entry(doc).or_default().insert(hash);
        }
        let unsent = chunk::with_state(self.engine.conn(), ChunkState::Unsent, u32::MAX)?;
        let mut void = Vec::new();
        for bytes in unsent {
            let Ok(parsed) = Chunk::parse(&bytes) else { continue };
            void.push(parsed.id());
            let opened = VerifiedChunk::verify_for_review(parsed, &self.log)
                .ok()
                .and_then(|verified| verified.open(&self.ring).ok());
            let Some(bundles) = opened.and_then(|opened| decode_payload(opened.plaintext()).ok()) else {
                continue;
            };
            for bundle in bundles {
                let hashes = bundle.changes.iter().filter_map(|bytes| DocChange::parse(bytes).ok());
                lost.entry(bundle.doc).or_default().extend(hashes.map(|change| change.hash()));
            }
        }
        if Mutant::ForkForgets.is_planted() {
            lost.clear();
        }
        let stranded = self.stranded()?;
        // One commit: a crash leaves either the old life with all of its chunks or the new one with all changes.
        let incarnation = Incarnation(random(entropy));
        let (keys, actor) = (&self.keys, actor_id(self.keys.public(), incarnation));
        let acted = self.engine.replay(&lost, &stranded, actor, at, |tx| {
            setting::remove(tx, STRANDED)?;
            for id in void {
                chunk::set_state(tx, id, ChunkState::Void)?;
            }
            put_incarnation(tx, keys, incarnation)
        })?;
        // Nothing may fail between the commit and these two: an edit by the old actor would be sealed under the new
        // incarnation, and nobody could ever take it.
        self.incarnation = incarnation;
        self.engine.set_author(Author { actor, ..*self.engine.author() });
        Ok(acted.changed)
    }

    /// Begins a new incarnation if work of this device stands on what was set aside: it is written again, and what
    /// is written from now on stands on it.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn leave_stranded(
        &mut self,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, ReplicaError> {
        if setting::get(self.engine.conn(), STRANDED)?.is_none() {
            return Ok(Vec::new());
        }
        self.leave_fork(at, entropy)
    }

    /// What this device wrote, in its present life, in documents of which something was set aside, and what cannot
    /// take effect any more.
    fn stranded(&mut self) -> Result<Changes, ReplicaError> {
        let (actor, mut stranded) = (self.engine.author().actor, Changes::new());
        let listed = setting::get(self.engine.conn(), STRANDED)?.unwrap_or_default();
        for hex in listed.split_whitespace() {
            let Some(doc) = data_encoding::HEXLOWER
                .decode(hex.as_bytes())
                .ok()
                .and_then(|bytes| DocId::from_slice(&bytes).ok())
            else {
                continue;
            };
            let document = self.engine.document(doc)?;
            let own = document.waiting().iter().filter(|change| change.actor() == actor);
            stranded.insert(doc, own.map(DocChange::hash).collect());
        }
        Ok(stranded)
    }

    /// Whether something that was held back, and can be judged by now, shows that a twin of this device writes in its
    /// present life: it may have cited a record that had not arrived here.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub(super) fn held_shows_twin(&self) -> Result<bool, ReplicaError> {
        const BATCH: u32 = 256;
        let mut after = 0;
        loop {
            let held = chunk::held_after(self.engine.conn(), after, BATCH)?;
            let Some((last, _)) = held.last() else { return Ok(false) };
            after = *last;
            let blobs: Vec<Blob> = held.into_iter().map(|(_, bytes)| Blob(bytes)).collect();
            if self.shows_twin(&blobs)? {
                return Ok(true);
            }
        }
    }

    /// Whether chunks show that a twin of this device writes in its present life.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub(super) fn shows_twin(&self, blobs: &[Blob]) -> Result<bool, ReplicaError> {
        for chunk in blobs.iter().filter_map(|blob| Chunk::parse(&blob.0).ok()) {
            let header = chunk.header();
            if (header.device, header.incarnation) == (self.device(), self.incarnation)
                && !Mutant::TwinUnseen.is_planted()
                && matches!(chunk::state_of(self.engine.conn(), chunk.id())?, None | Some(ChunkState::Held))
                && VerifiedChunk::verify(chunk, &self.log).is_ok()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
