//! Sealing, verifying and opening chunks.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use wire::{
    Chunk, ChunkError, ChunkHeader, ChunkId, ChunkKind, Incarnation, RecordId, SpaceId, WorkspaceId,
    limits::{CHUNK_BYTES_MAX, PLAINTEXT_BYTES_MAX},
    membership::{MembershipLog, Refusal, Role, Verdict, verify_chunk},
};
use zeroize::Zeroizing;

use super::{
    DeviceKeys, EpochKey, KeyRing,
    padding::{self, Unpack},
};

const PURPOSE: &str = "quen 2026 chunk encryption v1";

/// What a chunk is sealed from. The device and the key commitment follow from the keys.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct SealInput<'a> {
    pub kind: ChunkKind,
    pub workspace: WorkspaceId,
    pub space: SpaceId,
    pub epoch: u32,
    pub incarnation: Incarnation,
    /// From 1 in each space and incarnation.
    pub device_seq: u64,
    /// [`ChunkId::ZERO`] at first.
    pub previous: ChunkId,
    pub voids: Option<ChunkId>,
    pub membership_head: RecordId,
    /// Random, never used twice.
    pub nonce: [u8; 24],
    pub plaintext: &'a [u8],
}

/// Why a chunk cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It would not fit: seal fewer changes at once.
    #[error("{bytes} bytes of plaintext do not fit into a chunk")]
    TooLarge {
        /// Length of the plaintext.
        bytes: usize,
    },
    /// The header contradicts itself.
    #[error("the header cannot be sealed")]
    Header(#[source] ChunkError),
}

/// Compresses, pads, encrypts and signs.
///
/// # Errors
/// [`SealError`] if the plaintext is too large or the header contradicts itself.
pub fn seal_chunk(input: &SealInput<'_>, key: &EpochKey, device: &DeviceKeys) -> Result<Chunk, SealError> {
    let too_large = SealError::TooLarge { bytes: input.plaintext.len() };
    let Some(packed) = padding::pack(input.plaintext) else { return Err(too_large) };
    let header = ChunkHeader {
        kind: input.kind,
        workspace: input.workspace,
        space: input.space,
        epoch: input.epoch,
        key_commitment: key.commitment(),
        device: device.device_id(),
        incarnation: input.incarnation,
        device_seq: input.device_seq,
        previous: input.previous,
        voids: input.voids,
        membership_head: input.membership_head,
        nonce: input.nonce,
    };
    let payload = Payload { msg: &packed, aad: &header.to_bytes() };
    let Ok(ciphertext) = cipher(key).encrypt(&XNonce::from(input.nonce), payload) else {
        return Err(too_large);
    };
    Chunk::sign(&header, &ciphertext, device.signing()).map_err(|error| match error {
        ChunkError::TooLarge { .. } => too_large,
        other => SealError::Header(other),
    })
}

/// Why a chunk is not verified; it comes back, to be kept or put aside.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum VerifyError {
    /// It cites a record that is not here yet: fetch the log and ask again.
    #[error("chunk {} cites membership record {head}, which is not here yet", chunk.id())]
    WaitForLog { chunk: Box<Chunk>, head: RecordId },
    /// It lies past the cut-off of its device: keep it, it may be adopted later.
    #[error("chunk {} lies past the cut-off of its device", chunk.id())]
    PastCutOff { chunk: Box<Chunk>, role: Role },
    /// It does not count under this log.
    #[error("chunk {} is refused", chunk.id())]
    Refused {
        chunk: Box<Chunk>,
        #[source]
        refusal: Refusal,
    },
}

/// A chunk whose signature and rights the membership log confirms.
#[derive(Debug, Clone)]
pub struct VerifiedChunk {
    chunk: Chunk,
    role: Role,
    is_past_cut_off: bool,
}

impl VerifiedChunk {
    /// Judges a chunk by the log.
    ///
    /// # Errors
    /// [`VerifyError`] with the chunk if it does not count, or not yet.
    pub fn verify(chunk: Chunk, log: &MembershipLog) -> Result<Self, VerifyError> {
        match verify_chunk(&chunk, log) {
            Verdict::Accepted { role } => Ok(Self { chunk, role, is_past_cut_off: false }),
            Verdict::Adopted { role } => Ok(Self { chunk, role, is_past_cut_off: true }),
            Verdict::PastCutOff { role } => Err(VerifyError::PastCutOff { chunk: chunk.into(), role }),
            Verdict::WaitForLog { head } => Err(VerifyError::WaitForLog { chunk: chunk.into(), head }),
            Verdict::Refused(refusal) => Err(VerifyError::Refused { chunk: chunk.into(), refusal }),
        }
    }

    /// As [`Self::verify`], but lets chunks past a cut-off through, so that a person can look at what they
    /// hold, or single changes can be adopted. The caller asks [`Self::is_past_cut_off`] before applying.
    ///
    /// # Errors
    /// [`VerifyError`] with the chunk if it does not count for another reason.
    pub fn verify_for_review(chunk: Chunk, log: &MembershipLog) -> Result<Self, VerifyError> {
        match Self::verify(chunk, log) {
            Err(VerifyError::PastCutOff { chunk, role }) => {
                Ok(Self { chunk: *chunk, role, is_past_cut_off: true })
            }
            other => other,
        }
    }

    /// Names the chunk.
    pub fn id(&self) -> ChunkId {
        self.chunk.id()
    }

    /// Borrows the header.
    pub fn header(&self) -> &ChunkHeader {
        self.chunk.header()
    }

    /// What its device might do at the head that it cites.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Tells whether it lies past the cut-off of its device; then what it holds stays flagged.
    pub fn is_past_cut_off(&self) -> bool {
        self.is_past_cut_off
    }

    /// Gives back the chunk.
    pub fn into_chunk(self) -> Chunk {
        self.chunk
    }

    /// Decrypts and unpacks.
    ///
    /// # Errors
    /// [`OpenError`] if the key is not in the ring or does not fit, or the plaintext breaks its bounds.
    pub fn open(self, keys: &KeyRing) -> Result<OpenedChunk, OpenError> {
        let (header, chunk) = (self.chunk.header(), self.chunk.id());
        let epoch = header.epoch;
        let key = keys.get(header.space, epoch).ok_or(OpenError::MissingKey {
            chunk,
            space: header.space,
            epoch,
        })?;
        if key.commitment() != header.key_commitment {
            return Err(OpenError::WrongKey { chunk, epoch });
        }
        let payload = Payload { msg: self.chunk.ciphertext(), aad: self.chunk.associated_data() };
        let packed = cipher(key)
            .decrypt(&XNonce::from(header.nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Forged { chunk })?;
        let plaintext = padding::unpack(&packed).map_err(|unpack| match unpack {
            Unpack::UnknownFormat => OpenError::UnknownFormat { chunk },
            Unpack::Malformed => OpenError::Malformed { chunk },
            Unpack::TooLarge => OpenError::TooLarge { chunk },
        })?;
        Ok(OpenedChunk { verified: self, plaintext: Zeroizing::new(plaintext) })
    }
}

/// Why a verified chunk cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum OpenError {
    /// This device was not (yet) given the key; retry after the next key update.
    #[error("no key for epoch {epoch} of space {space}, which sealed chunk {chunk}")]
    MissingKey { chunk: ChunkId, space: SpaceId, epoch: u32 },
    /// The key at hand is not the one that the chunk names. Never retried with this key.
    #[error("the key of epoch {epoch} is not the one that sealed chunk {chunk}")]
    WrongKey { chunk: ChunkId, epoch: u32 },
    /// The tag does not match: altered bytes. Never retried.
    #[error("chunk {chunk} failed authentication")]
    Forged { chunk: ChunkId },
    /// A newer program packed it; kept until this one is newer.
    #[error("chunk {chunk} is packed in a way that is newer than this program")]
    UnknownFormat { chunk: ChunkId },
    /// Authentic, but its author packed nonsense.
    #[error("chunk {chunk} cannot be unpacked")]
    Malformed { chunk: ChunkId },
    /// Authentic, but larger than allowed once unpacked.
    #[error("chunk {chunk} holds more than {PLAINTEXT_BYTES_MAX} bytes")]
    TooLarge { chunk: ChunkId },
}

/// A verified chunk with its plaintext.
pub struct OpenedChunk {
    verified: VerifiedChunk,
    plaintext: Zeroizing<Vec<u8>>,
}

impl OpenedChunk {
    /// Names the chunk.
    pub fn id(&self) -> ChunkId {
        self.verified.id()
    }

    /// Borrows the header.
    pub fn header(&self) -> &ChunkHeader {
        self.verified.header()
    }

    /// What its device might do at the head that it cites: which kinds of document count.
    pub fn role(&self) -> Role {
        self.verified.role
    }

    /// Tells whether it lies past the cut-off of its device; then what it holds stays flagged.
    pub fn is_past_cut_off(&self) -> bool {
        self.verified.is_past_cut_off
    }

    /// Borrows the plaintext.
    pub fn plaintext(&self) -> &[u8] {
        &self.plaintext
    }
}

impl std::fmt::Debug for OpenedChunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenedChunk({}, {} bytes)", self.id(), self.plaintext.len())
    }
}

/// How much plaintext always fits into a chunk, however badly it compresses.
pub const PLAINTEXT_FITS_BYTES: usize = CHUNK_BYTES_MAX * 7 / 8;

fn cipher(key: &EpochKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.subkey(PURPOSE)).into())
}
