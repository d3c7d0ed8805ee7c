//! Chunks and records: pull, fetch, put, append.

use serde::{Deserialize, Serialize};

use crate::{Blob, ChunkId, Incarnation, Lineage, LogHash, RecordId, RelayId, SpaceId};

/// Where a relay's log of a space stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpaceHead {
    /// The space.
    pub space: SpaceId,
    /// How many chunks it ever took; their sequences are 1 to this.
    pub seq: u64,
    /// The running hash after the last; [`LogHash::ZERO`] of an empty log.
    pub hash: LogHash,
}

/// The newest chunk of a device that a relay holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Held {
    /// The space.
    pub space: SpaceId,
    /// The life of the device's database. One that the device does not know as its own means a clone.
    pub incarnation: Incarnation,
    /// The sequence of the chunk in the device's chain.
    pub device_seq: u64,
    /// The chunk.
    pub chunk: ChunkId,
}

/// Asks for chunks of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// The space.
    pub space: SpaceId,
    /// The relay's sequence of the last chunk that is here; 0 at first.
    pub after_seq: u64,
    /// The running hash after that chunk; [`LogHash::ZERO`] at first.
    pub hash_at: LogHash,
    /// Most bytes of chunks wanted; one chunk always fits.
    pub bytes_max: u32,
}

/// One place in the relay's log of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its sequence.
    pub seq: u64,
    /// The chunk's name, which the running hash needs even when the chunk is gone.
    pub id: ChunkId,
    /// The chunk; `None` after an erasure.
    pub chunk: Option<Blob>,
}

/// Chunks of a space in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Without gaps, from the sequence after the one asked for.
    pub entries: Vec<Entry>,
    /// Whether there are more now.
    pub has_more: bool,
    /// Where the log stands.
    pub head: SpaceHead,
}

/// Answers a pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PullAnswer {
    /// What follows.
    Page(Page),
    /// The hash does not match: the relay was wiped, restored or rewound. Reconcile, refill, pull from 0.
    Rebase {
        /// The life of the relay's store.
        lineage: Lineage,
        /// Where the log stands.
        head: SpaceHead,
    },
}

/// Chunks by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunks {
    /// Those that fit into one answer.
    pub chunks: Vec<Blob>,
    /// Those that the relay does not hold.
    pub missing: Vec<ChunkId>,
    /// Those that did not fit: ask again.
    pub later: Vec<ChunkId>,
}

/// Stores chunks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// At most [`crate::limits::PUT_CHUNKS_MAX`].
    pub chunks: Vec<Blob>,
    /// False for the device's own new chunks. True to bring back what a relay has lost: then any device's
    /// chunks, and older epochs, are taken.
    pub is_refill: bool,
}

/// What became of one chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PutOutcome {
    /// It is on the relay's disk.
    Ack {
        /// Its sequence there.
        seq: u64,
    },
    /// It was on the relay's disk before.
    Duplicate {
        /// Its sequence there.
        seq: u64,
    },
    /// Its epoch has ended: seal the same changes again, with the next sequence, voiding this chunk.
    EpochStale {
        /// The current epoch.
        current: u32,
    },
    /// The device was shut out, or the chunk lies past its cut-off.
    Revoked,
    /// Another chunk of this device stands at this place in its chain: the database was restored or cloned.
    DeviceFork {
        /// The chunk that stands there.
        held: ChunkId,
    },
    /// The workspace has no room left.
    Quota,
    /// The chunk cites a record that the relay lacks: append the log, put again.
    LogBehind {
        /// The relay's newest record.
        head: RecordId,
    },
    /// Never put it again.
    Refused(PutRefusal),
}

/// Why a relay will never take a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PutRefusal {
    /// The bytes are no chunk.
    Malformed,
    /// It belongs to another workspace.
    OtherWorkspace,
    /// It is another device's chunk, and this is no refill.
    OtherDevice,
    /// The signature does not hold.
    BadSignature,
    /// The device had no access to the space.
    NoAccess,
    /// The device's role may not sign it.
    NotAllowed,
    /// It names a key that the space does not have.
    WrongKey,
    /// It cites an older record than the chunk before it.
    HeadWentBack,
    /// An erasure names it.
    Erased,
}

/// Continues the membership log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Append {
    /// The record that the new one follows, as the device believes.
    pub previous: RecordId,
    /// The record.
    pub record: Blob,
    /// True to bring a relay's copy of the log up to date with records that the authority has taken.
    pub is_refill: bool,
}

/// Answers an append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appended {
    /// It is on the relay's disk.
    Ok {
        /// The newest record now.
        head: RecordId,
    },
    /// The log stands elsewhere: read on, then decide again. A record that is in the log already counts as
    /// [`Appended::Ok`].
    Conflict {
        /// The newest record.
        head: RecordId,
    },
    /// Another relay answers appends.
    NotAuthority {
        /// That relay.
        authority: RelayId,
    },
    /// The record does not hold.
    Refused {
        /// What a developer reads.
        message: String,
    },
}

/// Records after one that the device knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRecords {
    /// In order.
    pub records: Vec<Blob>,
    /// Whether there are more.
    pub has_more: bool,
    /// The newest record here.
    pub head: RecordId,
    /// False if the relay does not have the record that was asked after: its copy is behind, or forked.
    pub is_known: bool,
}
