//! Own chunks that the relay refused, and will refuse again as long as nothing changes: they wait on the disk, and what
//! comes after them goes on.

use std::collections::BTreeSet;

use wire::{ChunkId, RecordId};

/// What is not put again in this conversation. Kept in memory alone: a start of the program, another relay, a relay
/// that was away and a longer membership log each may change the answer, and asking once more is cheap.
#[derive(Debug, Default)]
pub(super) struct SetAside {
    chunks: BTreeSet<ChunkId>,
    /// The newest record that the relay judged by.
    head: RecordId,
}

impl SetAside {
    /// Forgets everything if the relay judged by another log than the one that ends here.
    pub(super) fn keep_for(&mut self, head: RecordId) {
        if self.head != head {
            *self = Self { head, ..Self::default() };
        }
    }

    /// Remembers a refusal.
    pub(super) fn add(&mut self, chunk: ChunkId) {
        self.chunks.insert(chunk);
    }

    /// Whether a chunk was refused.
    pub(super) fn holds(&self, chunk: ChunkId) -> bool {
        self.chunks.contains(&chunk)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// What was refused may be taken now.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
