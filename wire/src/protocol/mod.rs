//! Requests and responses between device and relay: postcard, one of each per HTTP call.
//!
//! New variants and fields go to the end; numbers of variants are the wire form. The relay answers a request
//! that it cannot read with [`FaultCode::BadRequest`].

mod auth;
mod calls;
mod effects;
mod join;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use auth::{Challenge, Hello, HelloTerms, Token, Welcome};
pub use calls::{
    Append, Appended, Chunks, Entry, Held, LogRecords, Page, Pull, PullAnswer, Put, PutOutcome, PutRefusal,
    SpaceHead,
};
pub use effects::{Claim, ClaimAnswer, EffectOutcome, Receipt};
pub use join::{JoinRequest, JoinRequestError};

use crate::{
    ChunkId, DeviceId, RecordId, SpaceId, WorkspaceId,
    limits::MESSAGE_BYTES_MAX,
    reconcile::{Bucket, Fingerprint},
};

/// The version of the protocol that this program speaks.
pub const PROTOCOL_VERSION: u16 = 1;

/// What a device asks of a relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Anyone: something fresh to sign.
    Challenge,
    /// Anyone who holds a device's key: opens a session.
    Hello(Hello),
    /// Member: the chunks of a space after a sequence.
    Pull(Pull),
    /// Member: what differs under a prefix of chunk ids; 256 fingerprints.
    Reconcile {
        /// The space.
        space: SpaceId,
        /// First bytes of the ids in question; empty at first.
        prefix: Vec<u8>,
        /// One for each next byte.
        fingerprints: Vec<Fingerprint>,
    },
    /// Member: chunks by name.
    Fetch {
        /// The space.
        space: SpaceId,
        /// The chunks, at most [`crate::limits::FETCH_IDS_MAX`].
        ids: Vec<ChunkId>,
    },
    /// Member: store chunks.
    Put(Put),
    /// Anyone with a session: continue the membership log. The record proves itself.
    Append(Append),
    /// Member: the records after one that is known ([`RecordId::ZERO`]: all).
    LogSince {
        /// The newest record that the device knows.
        after: RecordId,
    },
    /// Anyone who holds an invite's key: ask to join.
    JoinPut {
        /// The workspace.
        workspace: WorkspaceId,
        /// Who asks.
        request: JoinRequest,
    },
    /// Owner or manager: who asks to join.
    JoinList,
    /// Owner or manager: forget a request.
    JoinRemove {
        /// The device that asked.
        device: DeviceId,
    },
    /// Member: the right to act on an effect.
    Claim(Claim),
    /// Member: the effect is about to be sent.
    Begin {
        /// The effect.
        effect: [u8; 32],
        /// The fence of the claim.
        fence: u64,
    },
    /// Member: the effect was sent, or was not.
    Finish {
        /// The effect.
        effect: [u8; 32],
        /// The fence of the claim.
        fence: u64,
        /// What came of it.
        outcome: EffectOutcome,
    },
}

/// What a relay answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Challenge`].
    Challenge(Challenge),
    /// To [`Request::Hello`].
    Welcome(Welcome),
    /// To [`Request::Pull`].
    Pulled(PullAnswer),
    /// To [`Request::Reconcile`]: the buckets that differ.
    Differences(Vec<Bucket>),
    /// To [`Request::Fetch`].
    Chunks(Chunks),
    /// To [`Request::Put`]: one outcome per chunk, in order.
    Put(Vec<PutOutcome>),
    /// To [`Request::Append`].
    Append(Appended),
    /// To [`Request::LogSince`].
    Log(LogRecords),
    /// To [`Request::JoinPut`] and [`Request::JoinRemove`].
    Done,
    /// To [`Request::JoinList`].
    Joins(Vec<JoinRequest>),
    /// To [`Request::Claim`], [`Request::Begin`] and [`Request::Finish`].
    Claim(ClaimAnswer),
    /// The request was not carried out.
    Fault(Fault),
}

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code:?}: {message}")]
pub struct Fault {
    /// What a program branches on.
    pub code: FaultCode,
    /// What a developer reads: lower case, no secrets, no personal data.
    pub message: String,
}

impl Fault {
    /// Makes a fault.
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultCode {
    /// The bytes are no request, or one past its limits.
    BadRequest,
    /// No version of the protocol is spoken by both.
    UnsupportedVersion,
    /// No token, or one that has ended: say hello again.
    Unauthenticated,
    /// The device is not (or no longer) a member, or may not see this space.
    NotAllowed,
    /// The relay does not hold this workspace: append its log first.
    UnknownWorkspace,
    /// The relay does not take this workspace at all.
    WorkspaceNotAccepted,
    /// The invite is unknown, spent or expired.
    InviteUnusable,
    /// Too many requests: try again after a while.
    RateLimited,
    /// The relay's disk is full or read-only; nothing was stored.
    StorageFull,
    /// The relay failed; nothing was stored.
    Internal,
    /// This relay does not do that.
    NotSupported,
}

/// A message that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// Longer than [`MESSAGE_BYTES_MAX`].
    #[error("a message of {bytes} bytes is too large")]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// Not what it should be.
    #[error("the message cannot be read")]
    Malformed(#[from] postcard::Error),
}

/// Writes a request or a response.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).expect("messages are plain data, which always serializes into memory")
}

/// Reads a request or a response.
///
/// # Errors
/// [`ProtocolError`] if `bytes` are too many, or not a `T` and nothing else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProtocolError> {
    if bytes.len() > MESSAGE_BYTES_MAX {
        return Err(ProtocolError::TooLarge { bytes: bytes.len() });
    }
    let (message, rest) = postcard::take_from_bytes(bytes)?;
    if !rest.is_empty() {
        return Err(postcard::Error::DeserializeBadEncoding.into());
    }
    Ok(message)
}
