//! The envelope of a sealed chunk: 225 bytes of header, the ciphertext, a signature of 64 bytes.
//!
//! All numbers are little-endian. The header is the cipher's associated data, every byte of it.

use std::{fmt, sync::Arc};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::{
    ChunkId, DeviceId, Incarnation, KeyCommitment, RecordId, SpaceId, WorkspaceId, limits::CHUNK_BYTES_MAX,
};

/// The first bytes of every chunk; the last one is the version of the format.
const MAGIC: [u8; 4] = *b"QNC\x01";
/// What a signature of a chunk begins with, so that it means nothing elsewhere.
const SIGNATURE_DOMAIN: &[u8] = b"quen chunk signature v1";
/// Length of the header in bytes.
pub const HEADER_BYTES: usize = 225;
/// Length of the signature in bytes.
pub const SIGNATURE_BYTES: usize = 64;
/// Length of the authentication tag that every ciphertext ends with.
pub const TAG_BYTES: usize = 16;

/// Who made the changes inside, and so who may sign the chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ChunkKind {
    /// Changes that the signing device made itself.
    Edit = 1,
    /// Other people's changes, published again by a manager or an owner.
    Carry = 2,
    /// Whole documents up to a frontier, by a manager or an owner.
    Snapshot = 3,
}

impl ChunkKind {
    fn from_number(number: u8) -> Result<Self, ChunkError> {
        match number {
            1 => Ok(Self::Edit),
            2 => Ok(Self::Carry),
            3 => Ok(Self::Snapshot),
            _ => Err(ChunkError::UnknownKind { kind: number }),
        }
    }
}

/// All that anyone may know of a chunk without its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChunkHeader {
    /// Who made the changes inside.
    pub kind: ChunkKind,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The space it belongs to.
    pub space: SpaceId,
    /// Which key of the space sealed it; from 1.
    pub epoch: u32,
    /// Commitment to that key.
    pub key_commitment: KeyCommitment,
    /// The device that sealed and signed it.
    pub device: DeviceId,
    /// The life of that device's database.
    pub incarnation: Incarnation,
    /// Counts this device's chunks in this space and incarnation, from 1.
    pub device_seq: u64,
    /// This device's chunk before it in this space and incarnation; [`ChunkId::ZERO`] at first.
    pub previous: ChunkId,
    /// The chunk that this one replaces, because its epoch had ended before it was stored.
    pub voids: Option<ChunkId>,
    /// The newest membership record that the device knew. It never goes back along a device's chain.
    pub membership_head: RecordId,
    /// The cipher's nonce; random.
    pub nonce: [u8; 24],
}

impl ChunkHeader {
    /// Lays the header out as it travels.
    pub fn to_bytes(&self) -> [u8; HEADER_BYTES] {
        let mut writer = Writer { bytes: [0; HEADER_BYTES], at: 0 };
        writer.put(&MAGIC);
        writer.put(&[self.kind as u8]);
        writer.put(&self.workspace.0);
        writer.put(&self.space.0);
        writer.put(&self.epoch.to_le_bytes());
        writer.put(&self.key_commitment.0);
        writer.put(&self.device.0);
        writer.put(&self.incarnation.0);
        writer.put(&self.device_seq.to_le_bytes());
        writer.put(&self.previous.0);
        writer.put(&self.voids.unwrap_or(ChunkId::ZERO).0);
        writer.put(&self.membership_head.0);
        writer.put(&self.nonce);
        debug_assert_eq!(writer.at, HEADER_BYTES);
        writer.bytes
    }

    fn parse(bytes: &[u8; HEADER_BYTES]) -> Result<Self, ChunkError> {
        let mut reader = Reader { bytes, at: 0 };
        let magic: [u8; 4] = reader.take();
        if magic[..3] != MAGIC[..3] {
            return Err(ChunkError::NotAChunk);
        }
        if magic[3] != MAGIC[3] {
            return Err(ChunkError::UnknownVersion { version: magic[3] });
        }
        let [kind] = reader.take();
        let header = Self {
            kind: ChunkKind::from_number(kind)?,
            workspace: WorkspaceId(reader.take()),
            space: SpaceId(reader.take()),
            epoch: u32::from_le_bytes(reader.take()),
            key_commitment: KeyCommitment(reader.take()),
            device: DeviceId(reader.take()),
            incarnation: Incarnation(reader.take()),
            device_seq: u64::from_le_bytes(reader.take()),
            previous: ChunkId(reader.take()),
            voids: Some(ChunkId(reader.take())).filter(|voided| *voided != ChunkId::ZERO),
            membership_head: RecordId(reader.take()),
            nonce: reader.take(),
        };
        // Epochs and sequences start at 1, and the first chunk of a chain has none before it.
        let is_first = header.device_seq == 1;
        if header.epoch == 0 || header.device_seq == 0 || is_first != (header.previous == ChunkId::ZERO) {
            return Err(ChunkError::Inconsistent);
        }
        // Relays keep sequences in signed 64-bit columns.
        if header.device_seq > i64::MAX as u64 {
            return Err(ChunkError::Inconsistent);
        }
        Ok(header)
    }
}

/// Why bytes are not a chunk, or not the chunk of who they say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Fewer bytes than a header, a tag and a signature.
    #[error("a chunk of {bytes} bytes is cut short")]
    TooShort {
        /// How many there are.
        bytes: usize,
    },
    /// More bytes than [`CHUNK_BYTES_MAX`].
    #[error("a chunk of {bytes} bytes is too large")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// The bytes begin like something else.
    #[error("these bytes are not a chunk")]
    NotAChunk,
    /// A format newer than this program.
    #[error("chunk format {version} is newer than this program")]
    UnknownVersion {
        /// The version that the chunk names.
        version: u8,
    },
    /// A kind that this program does not know.
    #[error("chunk kind {kind} is unknown to this program")]
    UnknownKind {
        /// The number that stands in the chunk.
        kind: u8,
    },
    /// A header whose fields contradict each other: epoch or sequence 0, or a first chunk with a predecessor.
    #[error("the header of the chunk contradicts itself")]
    Inconsistent,
    /// The signature is not one of the device named.
    #[error("chunk {chunk} is not signed by its device")]
    BadSignature {
        /// The chunk.
        chunk: ChunkId,
    },
}

/// A chunk with a well-formed header. Nothing about it was verified yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Chunk {
    header: ChunkHeader,
    id: ChunkId,
    bytes: Arc<[u8]>,
}

impl Chunk {
    /// Reads a chunk.
    ///
    /// # Errors
    /// [`ChunkError`] if `bytes` is too long or short, of another format, or contradicts itself. The
    /// signature is not checked.
    pub fn parse(bytes: &[u8]) -> Result<Self, ChunkError> {
        if bytes.len() > CHUNK_BYTES_MAX {
            return Err(ChunkError::TooLarge { bytes: bytes.len() });
        }
        if bytes.len() < HEADER_BYTES + TAG_BYTES + SIGNATURE_BYTES {
            return Err(ChunkError::TooShort { bytes: bytes.len() });
        }
        let (head, _) = bytes.split_first_chunk().ok_or(ChunkError::TooShort { bytes: bytes.len() })?;
        let header = ChunkHeader::parse(head)?;
        Ok(Self { header, id: ChunkId(*blake3::hash(bytes).as_bytes()), bytes: bytes.into() })
    }

    /// Puts a header and its ciphertext together and signs them.
    ///
    /// # Errors
    /// [`ChunkError`] if the result would not be read by [`Chunk::parse`].
    pub fn sign(header: &ChunkHeader, ciphertext: &[u8], key: &SigningKey) -> Result<Self, ChunkError> {
        let head = header.to_bytes();
        let signature = key.sign(&signed_message(&head, ciphertext));
        let mut bytes = Vec::with_capacity(HEADER_BYTES + ciphertext.len() + SIGNATURE_BYTES);
        bytes.extend_from_slice(&head);
        bytes.extend_from_slice(ciphertext);
        bytes.extend_from_slice(&signature.to_bytes());
        Self::parse(&bytes)
    }

    /// Names the chunk: the BLAKE3 of all its bytes.
    pub fn id(&self) -> ChunkId {
        self.id
    }

    /// Borrows the header.
    pub fn header(&self) -> &ChunkHeader {
        &self.header
    }

    /// Borrows all bytes, as they travel.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Borrows what the cipher binds beside the ciphertext: the header's bytes.
    pub fn associated_data(&self) -> &[u8] {
        &self.bytes[..HEADER_BYTES]
    }

    /// Borrows the ciphertext with its tag.
    pub fn ciphertext(&self) -> &[u8] {
        &self.bytes[HEADER_BYTES..self.bytes.len() - SIGNATURE_BYTES]
    }

    /// Checks that `key` signed the chunk.
    ///
    /// # Errors
    /// [`ChunkError::BadSignature`] if it did not. Whether `key` belongs to the device named in the header is
    /// for [`crate::membership::verify_chunk`].
    pub fn verify_signature(&self, key: &VerifyingKey) -> Result<(), ChunkError> {
        let bad = ChunkError::BadSignature { chunk: self.id };
        let (_, tail) = self.bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(bad.clone())?;
        let message = signed_message(self.associated_data(), self.ciphertext());
        key.verify_strict(&message, &Signature::from_bytes(tail)).map_err(|_| bad)
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk")
            .field("id", &self.id)
            .field("header", &self.header)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

fn signed_message(head: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(SIGNATURE_DOMAIN.len() + head.len() + 32);
    message.extend_from_slice(SIGNATURE_DOMAIN);
    message.extend_from_slice(head);
    message.extend_from_slice(blake3::hash(ciphertext).as_bytes());
    message
}

struct Writer {
    bytes: [u8; HEADER_BYTES],
    at: usize,
}

impl Writer {
    fn put(&mut self, field: &[u8]) {
        self.bytes[self.at..self.at + field.len()].copy_from_slice(field);
        self.at += field.len();
    }
}

struct Reader<'a> {
    bytes: &'a [u8; HEADER_BYTES],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut field = [0; N];
        field.copy_from_slice(&self.bytes[self.at..self.at + N]);
        self.at += N;
        field
    }
}

#[cfg(test)]
mod tests;
