//! All that a relay may see: identifiers, the chunk envelope, the membership log, HTTP types, limits.
//!
//! Nothing here decrypts. The relay depends on this room alone, and so cannot.
//! Fixed layouts ([`chunk`], [`membership::Record`]) are laid by hand; requests, responses and the bodies of
//! records are postcard. `docs/PROTOCOL.md` describes both.

mod bytes;
pub mod chunk;
mod hash;
mod id;
pub mod limits;
pub mod membership;
pub mod protocol;
pub mod reconcile;

pub use bytes::{Blob, SignatureBytes};
pub use chunk::{Chunk, ChunkError, ChunkHeader, ChunkKind};
pub use hash::{device_id, invite_id, running_hash};
pub use id::{
    ActorId, ChunkId, DeviceId, DocId, DocKind, Incarnation, InviteId, KeyCommitment, Lineage, LogHash,
    ParseIdError, RecordId, RelayId, SpaceId, WorkspaceId,
};
