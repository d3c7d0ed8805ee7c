//! Sealing what was written here into chunks.

use std::collections::BTreeMap;

use crdt::{
    ChangeBundle, decode_payload, encode_payload,
    seal::{SealInput, VerifiedChunk, seal_chunk},
};
use wire::{Chunk, ChunkId, ChunkKind, DocId, SpaceId};

use super::{
    entropy::{Entropy, random},
    replica::{Replica, ReplicaError},
};
use crate::{
    id::AtMs,
    store::{
        LoggedChange, StoreError, change_log,
        chunk::{self, ChunkState, NewChunk},
    },
};

/// Bytes of changes that one chunk carries at most. Compressed and padded it stays well below the limit.
const CHUNK_CHANGES_BYTES_MAX: usize = 400 * 1024;

impl Replica {
    /// Lists and seals what no chunk carries yet, in every space whose key is here, until it has made so many chunks.
    /// Returns how many it made; fewer than `chunks_max` if nothing is left.
    ///
    /// A chunk is on the disk before anybody can send it, and is sent byte for byte from there.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses; what was sealed before stays sealed.
    pub fn seal_pending(
        &mut self,
        chunks_max: u32,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<u32, ReplicaError> {
        let mut made = 0;
        let (shared, mut spaces) = (self.engine.author().shared_space, self.spaces());
        // The listings of all spaces are written in the shared one.
        spaces.sort_by_key(|space| *space == shared);
        for space in spaces {
            while made < chunks_max {
                let changes = change_log::unsealed(self.engine.conn(), space, CHUNK_CHANGES_BYTES_MAX)?;
                self.list_people(space, &changes, at, entropy)?;
                if changes.is_empty() || !self.seal_some(space, &changes, None, at, entropy)? {
                    break;
                }
                made += 1;
            }
        }
        Ok(made)
    }

    fn seal_some(
        &mut self,
        space: SpaceId,
        changes: &[LoggedChange],
        voids: Option<ChunkId>,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<bool, ReplicaError> {
        let epoch = self.log.state().epoch(space).unwrap_or(1);
        let Some(epoch_key) = self.ring.get(space, epoch) else { return Ok(false) };
        let last = chunk::last_of_device(self.engine.conn(), self.device(), space, self.incarnation)?;
        let (device_seq, previous) = last.map_or((1, ChunkId::ZERO), |(seq, id)| (seq + 1, id));
        let plaintext = encode_payload(by_document(changes));
        let input = SealInput {
            kind: ChunkKind::Edit,
            workspace: self.workspace(),
            space,
            epoch,
            incarnation: self.incarnation,
            device_seq,
            previous,
            voids,
            membership_head: self.log.head(),
            nonce: random(entropy),
            plaintext: &plaintext,
        };
        let sealed = match seal_chunk(&input, epoch_key, &self.keys) {
            Ok(sealed) => sealed,
            // Does not compress at all: half of it fits.
            Err(_) if changes.len() > 1 => {
                return self.seal_some(space, &changes[..changes.len() / 2], voids, at, entropy);
            }
            Err(_) => return Err(StoreError::Unreadable { what: "change that fits no chunk" }.into()),
        };
        let tx = self.engine.conn_mut().transaction()?;
        let new = NewChunk { chunk: &sealed, state: ChunkState::Unsent, reason: None, received_at_ms: at };
        chunk::put(&tx, new)?;
        let numbers: Vec<i64> = changes.iter().map(|change| change.no).collect();
        change_log::mark_sealed(&tx, &numbers)?;
        tx.commit()?;
        Ok(true)
    }

    /// Takes a chunk back whose epoch has ended: its changes are sealed again under the next number.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub(super) fn unseal(
        &mut self,
        stale: ChunkId,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<(), ReplicaError> {
        let Some(bytes) = chunk::bytes_of(self.engine.conn(), stale)? else { return Ok(()) };
        let unreadable = StoreError::Unreadable { what: "own chunk" };
        let Ok(parsed) = Chunk::parse(&bytes) else { return Err(unreadable.into()) };
        let space = parsed.header().space;
        let opened = VerifiedChunk::verify_for_review(parsed, &self.log)
            .ok()
            .and_then(|chunk| chunk.open(&self.ring).ok());
        let Some(bundles) = opened.and_then(|opened| decode_payload(opened.plaintext()).ok()) else {
            return Err(unreadable.into());
        };
        let changes: Vec<LoggedChange> = bundles
            .into_iter()
            .flat_map(|bundle| {
                let doc = bundle.doc;
                bundle.changes.into_iter().map(move |bytes| LoggedChange { no: -1, doc, space, bytes })
            })
            .collect();
        let tx = self.engine.conn_mut().transaction()?;
        chunk::set_state(&tx, stale, ChunkState::Void)?;
        tx.commit()?;
        self.seal_some(space, &changes, Some(stale), at, entropy)?;
        Ok(())
    }
}

fn by_document(changes: &[LoggedChange]) -> Vec<ChangeBundle> {
    let mut bundles: Vec<ChangeBundle> = Vec::new();
    let mut place: BTreeMap<DocId, usize> = BTreeMap::new();
    for change in changes {
        let at = *place.entry(change.doc).or_insert_with(|| {
            bundles.push(ChangeBundle { doc: change.doc, changes: Vec::new() });
            bundles.len() - 1
        });
        bundles[at].changes.push(change.bytes.clone());
    }
    bundles
}
