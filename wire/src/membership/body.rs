//! What a record says. Each body is postcard; fields are only ever added at the end.

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

use super::{RecordError, Role};
use crate::{
    Blob, ChunkId, DeviceId, DocId, Incarnation, InviteId, KeyCommitment, RelayId, SpaceId, device_id,
};

/// The public halves of a device's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DevicePublicKeys {
    /// Ed25519: checks what the device signed.
    pub verifying: [u8; 32],
    /// X25519: seals keys to the device.
    pub hpke: [u8; 32],
}

impl DevicePublicKeys {
    /// Names the device.
    pub fn device_id(&self) -> DeviceId {
        device_id(&self.verifying)
    }

    /// Reads the verifying key.
    ///
    /// # Errors
    /// [`RecordError::BadKey`] if it is no point of the curve, or a weak one.
    pub fn verifying_key(&self) -> Result<VerifyingKey, RecordError> {
        read_key(&self.verifying)
    }
}

pub(super) fn read_key(bytes: &[u8; 32]) -> Result<VerifyingKey, RecordError> {
    VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak()).ok_or(RecordError::BadKey)
}

/// An epoch key of a space, sealed to one device with HPKE.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wrap {
    /// The space.
    pub space: SpaceId,
    /// The epoch of the key.
    pub epoch: u32,
    /// The device that can open it.
    pub device: DeviceId,
    /// Encapsulated key (32 bytes), then the sealed key.
    pub sealed: Blob,
}

/// The last chunk that counts of one device in one space and incarnation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CutOff {
    /// The space.
    pub space: SpaceId,
    /// The life of the device's database.
    pub incarnation: Incarnation,
    /// The sequence of the chunk.
    pub device_seq: u64,
    /// The chunk.
    pub chunk: ChunkId,
}

/// The next epoch of a space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rotation {
    /// The space.
    pub space: SpaceId,
    /// The new epoch: the one before plus one.
    pub epoch: u32,
    /// Commitment to its key.
    pub commitment: KeyCommitment,
    /// The key of the epoch before, sealed under the new one, so that one wrap opens history.
    pub previous_key_sealed: Blob,
    /// The new key for every device that still reads the space.
    pub wraps: Vec<Wrap>,
}

/// A workspace begins: its first device is an owner and its first space is the shared one, in epoch 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Founded {
    /// The founder's device, which signs the record.
    pub keys: DevicePublicKeys,
    /// Random, so that one device can found more than one workspace.
    pub nonce: [u8; 16],
    /// The space for definitions, staff and the index of contact points.
    pub shared_space: SpaceId,
    /// Commitment to its first key.
    pub commitment: KeyCommitment,
    /// That key for the founder.
    pub wraps: Vec<Wrap>,
    /// The relay that answers APPEND and CLAIM.
    pub authority: RelayId,
}

/// A space begins, in epoch 1. Every device with a wrap reads it from here on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpaceAdded {
    /// The space.
    pub space: SpaceId,
    /// Commitment to its first key.
    pub commitment: KeyCommitment,
    /// That key for each device that reads it.
    pub wraps: Vec<Wrap>,
}

/// A device joins.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceAdded {
    /// Its keys.
    pub keys: DevicePublicKeys,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub spaces: Vec<SpaceId>,
    /// The invite that it answered, which is spent by this; role and spaces are then those of the invite.
    pub invite: Option<InviteId>,
    /// The current keys of its spaces.
    pub wraps: Vec<Wrap>,
}

/// A device may do something else, or the same elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleChanged {
    /// The device.
    pub device: DeviceId,
    /// What it may do from here on.
    pub role: Role,
    /// Where from here on.
    pub spaces: Vec<SpaceId>,
    /// After a demotion or a removal from a space: the last chunks under the old rights. What is not listed
    /// does not count.
    pub cut_offs: Vec<CutOff>,
    /// The next epoch of every space that it was removed from.
    pub rotations: Vec<Rotation>,
    /// The current keys of the spaces that it was given.
    pub wraps: Vec<Wrap>,
}

/// A device is shut out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceRevoked {
    /// The device.
    pub device: DeviceId,
    /// Its last chunks that count. What is not listed does not count.
    pub cut_offs: Vec<CutOff>,
    /// The next epoch of every space that it read.
    pub rotations: Vec<Rotation>,
}

/// Whoever holds the secret of a key may ask to join.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InviteMade {
    /// Ed25519, derived from the code of the invite.
    pub verifying: [u8; 32],
    /// The role that the device will have.
    pub role: Role,
    /// The spaces that it will read.
    pub spaces: Vec<SpaceId>,
    /// When the invite ends, in the clock of the inviting device.
    pub expires_at_ms: u64,
}

/// An invite ends early.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InviteWithdrawn {
    /// The invite.
    pub invite: InviteId,
}

/// Another relay answers APPEND and CLAIM from here on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuthorityChanged {
    /// The relay.
    pub authority: RelayId,
}

/// Chunks and changes past a cut-off that count after all. They stay flagged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Adoption {
    /// Whole chunks.
    pub chunks: Vec<ChunkId>,
    /// Single changes of documents, by hash.
    pub changes: Vec<[u8; 32]>,
}

/// Documents that are gone for good, and the chunks that held them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Erasure {
    /// The documents.
    pub docs: Vec<DocId>,
    /// Chunks that nobody stores, serves or accepts again.
    pub chunks: Vec<ChunkId>,
}

/// What a record says; [`Body::Unknown`] keeps what a newer program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Body {
    Founded(Founded),
    SpaceAdded(SpaceAdded),
    DeviceAdded(DeviceAdded),
    RoleChanged(RoleChanged),
    DeviceRevoked(DeviceRevoked),
    InviteMade(InviteMade),
    InviteWithdrawn(InviteWithdrawn),
    AuthorityChanged(AuthorityChanged),
    Adoption(Adoption),
    Erasure(Erasure),
    /// Kept and forwarded; changes nothing here.
    Unknown {
        /// The number of its kind.
        kind: u16,
        /// Its bytes.
        bytes: Blob,
    },
}

impl Body {
    /// The number that stands in the record.
    pub fn kind(&self) -> u16 {
        match self {
            Self::Founded(_) => 1,
            Self::SpaceAdded(_) => 2,
            Self::DeviceAdded(_) => 3,
            Self::RoleChanged(_) => 4,
            Self::DeviceRevoked(_) => 5,
            Self::InviteMade(_) => 6,
            Self::InviteWithdrawn(_) => 7,
            Self::AuthorityChanged(_) => 8,
            Self::Adoption(_) => 9,
            Self::Erasure(_) => 10,
            Self::Unknown { kind, .. } => *kind,
        }
    }

    /// The wrapped keys that it brings.
    pub fn wraps(&self) -> impl Iterator<Item = &Wrap> {
        let (plain, rotations): (&[Wrap], &[Rotation]) = match self {
            Self::Founded(body) => (&body.wraps, &[]),
            Self::SpaceAdded(body) => (&body.wraps, &[]),
            Self::DeviceAdded(body) => (&body.wraps, &[]),
            Self::RoleChanged(body) => (&body.wraps, &body.rotations),
            Self::DeviceRevoked(body) => (&[], &body.rotations),
            _ => (&[], &[]),
        };
        plain.iter().chain(rotations.iter().flat_map(|rotation| &rotation.wraps))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Founded(body) => encode(body),
            Self::SpaceAdded(body) => encode(body),
            Self::DeviceAdded(body) => encode(body),
            Self::RoleChanged(body) => encode(body),
            Self::DeviceRevoked(body) => encode(body),
            Self::InviteMade(body) => encode(body),
            Self::InviteWithdrawn(body) => encode(body),
            Self::AuthorityChanged(body) => encode(body),
            Self::Adoption(body) => encode(body),
            Self::Erasure(body) => encode(body),
            Self::Unknown { bytes, .. } => bytes.0.clone(),
        }
    }

    pub(super) fn decode(kind: u16, bytes: &[u8]) -> Result<Self, RecordError> {
        Ok(match kind {
            1 => Self::Founded(decode(kind, bytes)?),
            2 => Self::SpaceAdded(decode(kind, bytes)?),
            3 => Self::DeviceAdded(decode(kind, bytes)?),
            4 => Self::RoleChanged(decode(kind, bytes)?),
            5 => Self::DeviceRevoked(decode(kind, bytes)?),
            6 => Self::InviteMade(decode(kind, bytes)?),
            7 => Self::InviteWithdrawn(decode(kind, bytes)?),
            8 => Self::AuthorityChanged(decode(kind, bytes)?),
            9 => Self::Adoption(decode(kind, bytes)?),
            10 => Self::Erasure(decode(kind, bytes)?),
            _ => Self::Unknown { kind, bytes: bytes.into() },
        })
    }
}

fn encode<T: Serialize>(body: &T) -> Vec<u8> {
    postcard::to_allocvec(body).expect("a body is plain data, which always serializes into memory")
}

/// Reads a body and ignores bytes after it: fields that a newer program added.
fn decode<'a, T: Deserialize<'a>>(kind: u16, bytes: &'a [u8]) -> Result<T, RecordError> {
    let (body, _newer_fields) =
        postcard::take_from_bytes(bytes).map_err(|source| RecordError::Malformed { kind, source })?;
    Ok(body)
}
