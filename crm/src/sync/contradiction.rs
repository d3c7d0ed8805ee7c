//! Changes that cannot stand together: a faulty device, or one that was cloned behind everybody's back, wrote two
//! under one place of its work.
//!
//! Which of them counts must not hang on which arrived first. A device's chunks are a chain that no relay takes twice
//! at one place, so the chunk that stands earlier in the chain counts, and the other is set aside whole. Of two chunks
//! at one place (two relays took one each) the smaller name counts.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{ChangeHash, DocumentError};
use wire::{Blob, Chunk, ChunkId, ChunkKind, DocId};

use super::{
    replica::{Replica, ReplicaError},
    restore::STRANDED,
};
use crate::{
    engine::{EngineError, RemoteBundle},
    feed::Changed,
    store::{change_log, chunk, setting},
};

/// Why a chunk was set aside: an earlier one of its device says otherwise.
const CONTRADICTS: &str = "contradicts";
/// Why a chunk was set aside: a change in it cannot be merged.
const BAD_CHANGE: &str = "badChange";

/// What was decided while chunks were taken.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Chunks to be set aside, with the reason.
    pub(super) losers: BTreeMap<ChunkId, &'static str>,
    /// Whether a chunk that counted does so no more.
    pub(super) has_retracted: bool,
    /// What to announce.
    pub(super) changed: Vec<Changed>,
}

/// A chunk that carries a change in question.
struct Carrier {
    /// Where it stands: what a manager published again stands behind what its author sealed.
    place: (bool, u64, ChunkId),
    chunk: Chunk,
    carries: Vec<ChangeHash>,
    bundles: Vec<RemoteBundle>,
    is_kept: bool,
}

impl Replica {
    /// Decides which chunks are to blame for what a document refused.
    ///
    /// # Errors
    /// The refusal itself if no chunk carries the changes, or [`ReplicaError`] if the disk refuses.
    pub(super) fn settle(
        &mut self,
        blobs: &[Blob],
        error: DocumentError,
        settled: &mut Settled,
    ) -> Result<(), ReplicaError> {
        let (doc, changes, reason) = match &error {
            DocumentError::Contradiction { doc, known, coming } => (*doc, vec![*known, *coming], CONTRADICTS),
            DocumentError::Unusable { doc, change } => (*doc, vec![*change], BAD_CHANGE),
            _ => return Err(EngineError::Document(error).into()),
        };
        let carriers = self.carriers(blobs, doc, &changes, settled)?;
        // A change that no chunk carries was written here and is sealed after all that others sealed.
        let last = changes
            .iter()
            .map(|change| {
                carriers.iter().filter(|carrier| carrier.carries.contains(change)).collect::<Vec<_>>()
            })
            .filter(|carriers| !carriers.is_empty())
            .max_by_key(|carriers| carriers.iter().map(|carrier| carrier.place).min());
        let Some(last) = last else { return Err(EngineError::Document(error).into()) };
        for carrier in last {
            if carrier.is_kept {
                self.retract(carrier, reason, settled)?;
            } else {
                settled.losers.insert(carrier.chunk.id(), reason);
            }
        }
        Ok(())
    }

    /// The chunks that carry any of these changes: of those that are being taken, and of those that count here.
    fn carriers(
        &self,
        blobs: &[Blob],
        doc: DocId,
        changes: &[ChangeHash],
        settled: &Settled,
    ) -> Result<Vec<Carrier>, ReplicaError> {
        let mut found = Vec::new();
        let mut chains = BTreeSet::new();
        for chunk in blobs.iter().filter_map(|blob| Chunk::parse(&blob.0).ok()) {
            if !settled.losers.contains_key(&chunk.id())
                && let Some(carrier) = self.carrier(chunk, doc, changes, false)
            {
                chains.insert((carrier.chunk.header().space, Some(carrier.chunk.header().device)));
                found.push(carrier);
            }
        }
        if let Some(space) = change_log::space_of(self.engine.conn(), doc)?
            && chains.is_empty()
        {
            chains.insert((space, None));
        }
        for (space, device) in chains {
            for id in chunk::counting(self.engine.conn(), space, device)? {
                let bytes = chunk::bytes_of(self.engine.conn(), id)?.unwrap_or_default();
                let Ok(kept) = Chunk::parse(&bytes) else { continue };
                found.extend(self.carrier(kept, doc, changes, true));
            }
        }
        Ok(found)
    }

    fn carrier(&self, chunk: Chunk, doc: DocId, changes: &[ChangeHash], is_kept: bool) -> Option<Carrier> {
        let bundles = self.open_chunk(chunk.clone()).ok()?;
        let of_doc = bundles.iter().filter(|bundle| bundle.doc == doc);
        let carries: Vec<_> = of_doc
            .flat_map(|bundle| bundle.changes.iter().map(crdt::DocChange::hash))
            .filter(|hash| changes.contains(hash))
            .collect();
        let place = (chunk.header().kind != ChunkKind::Edit, chunk.header().device_seq, chunk.id());
        (!carries.is_empty()).then_some(Carrier { place, chunk, carries, bundles, is_kept })
    }

    /// Sets a chunk aside that counted, and lets those be judged again that had to give way to it.
    fn retract(
        &mut self,
        carrier: &Carrier,
        reason: &str,
        settled: &mut Settled,
    ) -> Result<(), ReplicaError> {
        let mut changes: BTreeMap<DocId, Vec<ChangeHash>> = BTreeMap::new();
        for bundle in &carrier.bundles {
            changes.entry(bundle.doc).or_default().extend(bundle.changes.iter().map(crdt::DocChange::hash));
        }
        let (id, space, device) =
            (carrier.chunk.id(), carrier.chunk.header().space, carrier.chunk.header().device);
        let listed = setting::get(self.engine.conn(), STRANDED)?.unwrap_or_default();
        let docs = changes.keys().map(|doc| data_encoding::HEXLOWER.encode(&doc.to_bytes()));
        let listed = docs.fold(listed, |listed, doc| format!("{listed} {doc}"));
        let changed = self.engine.retract(&changes, |tx| {
            setting::put(tx, STRANDED, listed.trim())?;
            chunk::hold_set_aside(tx, space, device, CONTRADICTS)?;
            chunk::set_aside(tx, id, reason)
        })?;
        settled.changed.extend(changed);
        settled.has_retracted = true;
        Ok(())
    }
}
