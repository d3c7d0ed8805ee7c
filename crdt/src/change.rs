//! One change: the bytes that an edit made in one document, checked before anybody relies on them.

use std::{fmt, num::NonZeroU64};

use automerge::{
    Change, ExpandedChange,
    legacy::{self, ObjectId, Op},
};
use wire::ActorId;

use crate::{Put, RegisterValue, Stamp, rivals};

/// The hash of a change, by which changes name each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeHash(pub [u8; 32]);

impl fmt::Debug for ChangeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangeHash({})", data_encoding::HEXLOWER.encode(&self.0[..4]))
    }
}

impl fmt::Display for ChangeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// Why bytes are not a change that can be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The bytes do not decode.
    #[error("change bytes are malformed")]
    Malformed,
    /// The actor does not have the fixed length of ours.
    #[error("change was not made by an actor of this program")]
    ForeignActor,
    /// Longer than any edit of ours.
    #[error("change of {bytes} bytes is longer than {max}")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        max: usize,
    },
}

/// A change that decodes and whose hash was computed from its bytes.
#[derive(Debug, Clone)]
pub struct DocChange {
    inner: Change,
    actor: ActorId,
}

impl DocChange {
    /// Longest accepted change.
    pub const BYTES_MAX: usize = 512 * 1024;

    /// Reads a change.
    ///
    /// # Errors
    /// [`ChangeError`] if the bytes are too long, do not decode or name a foreign actor.
    pub fn parse(bytes: &[u8]) -> Result<Self, ChangeError> {
        if bytes.len() > Self::BYTES_MAX {
            return Err(ChangeError::TooLarge { bytes: bytes.len(), max: Self::BYTES_MAX });
        }
        let inner = Change::from_bytes(bytes.to_vec()).map_err(|_| ChangeError::Malformed)?;
        // The four bytes after the magic number repeat the start of the hash. The library does not compare
        // them here, but refuses a whole document later when they differ.
        if bytes.get(4..8) != inner.hash().0.get(..4) {
            return Err(ChangeError::Malformed);
        }
        Self::from_inner(inner)
    }

    pub(crate) fn from_inner(inner: Change) -> Result<Self, ChangeError> {
        let actor =
            ActorId::from_slice(inner.actor_id().to_bytes()).map_err(|_| ChangeError::ForeignActor)?;
        Ok(Self { inner, actor })
    }

    /// Makes the first change of a document, without loading one.
    pub(crate) fn first(actor: ActorId, stamp: Stamp, puts: &[Put]) -> Result<Self, ChangeError> {
        // There is nothing yet that could stand beside these.
        let operations = puts
            .iter()
            .map(|put| Op {
                action: legacy::OpType::Put(put.value.to_scalar()),
                obj: ObjectId::Root,
                key: legacy::Key::Map(put.key.as_str().into()),
                pred: legacy::SortedVec::new(),
                insert: false,
            })
            .collect();
        let expanded = ExpandedChange {
            operations,
            actor_id: automerge::ActorId::from(&actor.0[..]),
            hash: None,
            seq: 1,
            start_op: NonZeroU64::MIN,
            time: i64::try_from(stamp.time.0).map_err(|_| ChangeError::Malformed)?,
            message: Some(stamp.to_message()),
            deps: Vec::new(),
            extra_bytes: Vec::new(),
            author: None,
        };
        Self::from_inner(Change::from(expanded))
    }

    /// The bytes as they are stored and sent.
    pub fn as_bytes(&self) -> &[u8] {
        self.inner.raw_bytes()
    }

    /// The hash.
    pub fn hash(&self) -> ChangeHash {
        ChangeHash(self.inner.hash().0)
    }

    /// Who made it.
    pub fn actor(&self) -> ActorId {
        self.actor
    }

    /// The how-manieth change of its actor in this document, from 1.
    pub fn seq(&self) -> u64 {
        self.inner.seq()
    }

    /// The changes that it was made upon.
    pub fn deps(&self) -> impl Iterator<Item = ChangeHash> + '_ {
        self.inner.deps().iter().map(|hash| ChangeHash(hash.0))
    }

    /// Its stamp, if one can be read.
    pub fn stamp(&self) -> Option<Stamp> {
        Stamp::from_parts(self.inner.message(), self.inner.timestamp()).ok()
    }

    /// Whether it stands on nothing: the first change of a document.
    pub fn is_first(&self) -> bool {
        self.inner.deps().is_empty() && self.inner.seq() == 1
    }

    /// Every register that it writes, in order, with the value.
    pub fn puts(&self) -> Vec<Put> {
        rivals::split(self.inner.decode().operations.into_iter().filter_map(written).collect())
    }

    /// The same, or nothing if it does anything else than writing registers.
    pub(crate) fn flat_puts(&self) -> Option<Vec<Put>> {
        let mut all = Vec::new();
        for op in self.inner.decode().operations {
            let is_flat = op.obj == ObjectId::Root && matches!(op.key, legacy::Key::Map(_)) && !op.insert;
            // A register is cleared before it is written when devices disagreed.
            let is_clearing = matches!(op.action, legacy::OpType::Delete);
            match written(op) {
                Some(pair) => all.push(pair),
                None if is_flat && is_clearing => {}
                None => return None,
            }
        }
        Some(rivals::split(all))
    }

    pub(crate) fn inner(&self) -> &Change {
        &self.inner
    }
}

fn written(op: Op) -> Option<(String, RegisterValue)> {
    let (ObjectId::Root, legacy::Key::Map(key)) = (op.obj, op.key) else { return None };
    match op.action {
        legacy::OpType::Put(value) => Some((key.to_string(), RegisterValue::from_scalar(&value)?)),
        _ => None,
    }
}
