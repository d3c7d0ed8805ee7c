//! All that a relay may see: identifiers, the chunk envelope, the membership log, HTTP types, limits.
//!
//! Nothing here decrypts. The relay depends on this room alone, and so cannot.

mod id;

pub use id::{
    ActorId, ChunkId, DeviceId, DocId, DocKind, Incarnation, KeyCommitment, Lineage, LogHash, ParseIdError,
    RecordId, SpaceId, WorkspaceId,
};
