//! One link of the membership log: 62 bytes of head, the body, a signature.
//!
//! Layout, little-endian: magic `QNR` and version 1, previous record (32), claimed time in ms (8), signer
//! (16), kind (2), body, signature (64).

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::Body;
use crate::{DeviceId, InviteId, RecordId, SpaceId, WorkspaceId, limits::RECORD_BYTES_MAX};

const MAGIC: [u8; 4] = *b"QNR\x01";
const SIGNATURE_DOMAIN: &[u8] = b"quen membership record signature v1";
const HEAD_BYTES: usize = 62;
const SIGNATURE_BYTES: usize = 64;

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum RecordError {
    #[error("a membership record of {bytes} bytes is cut short")]
    TooShort { bytes: usize },
    #[error("a membership record of {bytes} bytes is too large")]
    TooLarge { bytes: usize },
    #[error("these bytes are not a membership record")]
    NotARecord,
    #[error("membership record format {version} is newer than this program")]
    UnknownVersion { version: u8 },
    #[error("the body of a membership record of kind {kind} cannot be read")]
    Malformed { kind: u16, source: postcard::Error },
    #[error("a key in the membership record is not usable")]
    BadKey,
    #[error("record {record} is not signed by its signer")]
    BadSignature { record: RecordId },
    #[error("the record continues {previous}, but the log stands at {head}")]
    NotHead { previous: RecordId, head: RecordId },
    #[error("the log must begin with a founding record, once")]
    Founding,
    #[error("the founding record is not that of workspace {expected}")]
    OtherWorkspace { expected: WorkspaceId },
    #[error("device {device} is not in the log")]
    UnknownDevice { device: DeviceId },
    #[error("device {device} was revoked")]
    Revoked { device: DeviceId },
    #[error("device {device} may not append this record")]
    NotAllowed { device: DeviceId },
    #[error("device {device} is in the log already")]
    KnownDevice { device: DeviceId },
    #[error("space {space} is not in the log")]
    UnknownSpace { space: SpaceId },
    #[error("space {space} is in the log already")]
    KnownSpace { space: SpaceId },
    #[error("a key of space {space} is for epoch {epoch}, not {expected}")]
    WrongEpoch { space: SpaceId, epoch: u32, expected: u32 },
    #[error("space {space} needs a new epoch key in the same record")]
    MissingRotation { space: SpaceId },
    #[error("invite {invite} is not in the log")]
    UnknownInvite { invite: InviteId },
    #[error("invite {invite} was made before")]
    KnownInvite { invite: InviteId },
    #[error("invite {invite} was used or withdrawn")]
    SpentInvite { invite: InviteId },
    #[error("invite {invite} has expired")]
    ExpiredInvite { invite: InviteId },
    #[error("role or spaces differ from those of invite {invite}")]
    OtherThanInvited { invite: InviteId },
    #[error("a workspace keeps at least one owner")]
    LastOwner,
}

/// One link of the membership log, well-formed, not yet verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    id: RecordId,
    previous: RecordId,
    at_ms: u64,
    signer: DeviceId,
    body: Body,
    bytes: Vec<u8>,
}

impl Record {
    /// Reads a record.
    ///
    /// # Errors
    /// [`RecordError`] if the bytes are too many or few, of another format, or hold a body that this
    /// program knows and cannot read. An unknown kind is no error.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(RecordError::TooLarge { bytes: bytes.len() });
        }
        if bytes.len() < HEAD_BYTES + SIGNATURE_BYTES {
            return Err(RecordError::TooShort { bytes: bytes.len() });
        }
        if bytes[..3] != MAGIC[..3] {
            return Err(RecordError::NotARecord);
        }
        if bytes[3] != MAGIC[3] {
            return Err(RecordError::UnknownVersion { version: bytes[3] });
        }
        let kind = u16::from_le_bytes(field(bytes, 60));
        Ok(Self {
            id: RecordId(*blake3::hash(bytes).as_bytes()),
            previous: RecordId(field(bytes, 4)),
            at_ms: u64::from_le_bytes(field(bytes, 36)),
            signer: DeviceId(field(bytes, 44)),
            body: Body::decode(kind, &bytes[HEAD_BYTES..bytes.len() - SIGNATURE_BYTES])?,
            bytes: bytes.to_vec(),
        })
    }

    /// Writes and signs the record that follows `previous`; [`RecordId::ZERO`] for a founding one.
    ///
    /// `at_ms` is what the signer's clock claims.
    ///
    /// # Errors
    /// [`RecordError::TooLarge`] if the body does not fit.
    pub fn sign(previous: RecordId, at_ms: u64, body: &Body, key: &SigningKey) -> Result<Self, RecordError> {
        let signer = crate::device_id(key.verifying_key().as_bytes());
        let encoded = body.encode();
        let mut bytes = Vec::with_capacity(HEAD_BYTES + encoded.len() + SIGNATURE_BYTES);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&previous.0);
        bytes.extend_from_slice(&at_ms.to_le_bytes());
        bytes.extend_from_slice(&signer.0);
        bytes.extend_from_slice(&body.kind().to_le_bytes());
        bytes.extend_from_slice(&encoded);
        let signature = key.sign(&signed_message(&bytes));
        bytes.extend_from_slice(&signature.to_bytes());
        Self::parse(&bytes)
    }

    /// Names the record: the BLAKE3 of all its bytes.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// The record before it.
    pub fn previous(&self) -> RecordId {
        self.previous
    }

    /// When it was made, as its signer claims.
    pub fn at_ms(&self) -> u64 {
        self.at_ms
    }

    /// Who signed it.
    pub fn signer(&self) -> DeviceId {
        self.signer
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Borrows all bytes, as they travel.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The workspace that this record founds: the first 16 bytes of its hash.
    pub fn founded_workspace(&self) -> WorkspaceId {
        let mut short = [0; 16];
        short.copy_from_slice(&self.id.0[..16]);
        WorkspaceId(short)
    }

    /// Checks that `key` signed the record.
    ///
    /// # Errors
    /// [`RecordError::BadSignature`] if it did not.
    pub fn verify_signature(&self, key: &VerifyingKey) -> Result<(), RecordError> {
        let (signed, tail) = self.bytes.split_at(self.bytes.len() - SIGNATURE_BYTES);
        let signature = Signature::from_bytes(&field(tail, 0));
        key.verify_strict(&signed_message(signed), &signature)
            .map_err(|_| RecordError::BadSignature { record: self.id })
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("id", &self.id)
            .field("previous", &self.previous)
            .field("signer", &self.signer)
            .field("kind", &self.body.kind())
            .finish()
    }
}

fn field<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut field = [0; N];
    field.copy_from_slice(&bytes[at..at + N]);
    field
}

fn signed_message(signed: &[u8]) -> Vec<u8> {
    [SIGNATURE_DOMAIN, signed].concat()
}
