//! Identifiers: a newtype each, fixed width, compared bytewise.
//!
//! Text forms are Crockford base32 for what a person may read aloud and lower-case hex for hashes.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Text that is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {expected}")]
pub struct ParseIdError {
    /// The name of the identifier that was asked for.
    pub expected: &'static str,
}

macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The identifier that stands before every other, used as the start of chains.
            pub const ZERO: Self = Self([0; $len]);
            /// Its length in bytes.
            pub const LEN: usize = $len;

            /// Borrows the raw bytes.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Reads the raw bytes of a stored identifier.
            ///
            /// # Errors
            /// [`ParseIdError`] if `bytes` has another length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, ParseIdError> {
                let fixed = bytes
                    .try_into()
                    .map_err(|_| ParseIdError { expected: stringify!($name) })?;
                Ok(Self(fixed))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), HEXLOWER.encode(&self.0[..4]))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                let bytes = HEXLOWER
                    .decode(text.as_bytes())
                    .map_err(|_| ParseIdError { expected: stringify!($name) })?;
                Self::from_slice(&bytes)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                    text.parse().map_err(de::Error::custom)
                } else {
                    <[u8; $len]>::deserialize(deserializer).map(Self)
                }
            }
        }
    };
}

// serde implements arrays up to 32 bytes, which is the longest identifier here.
hex_id!(
    /// A workspace: the first 16 bytes of the hash of its founding record.
    WorkspaceId, 16
);
hex_id!(
    /// A space: the unit of encryption, order and access. One per branch and one shared.
    SpaceId, 16
);
hex_id!(
    /// A device: the first 16 bytes of the hash of its verifying key.
    DeviceId, 16
);
hex_id!(
    /// A life of a device's database; random, new after a restore or a clone.
    Incarnation, 8
);
hex_id!(
    /// The hash of a sealed chunk, over all its bytes.
    ChunkId, 32
);
hex_id!(
    /// The hash of a membership record, over all its bytes.
    RecordId, 32
);
hex_id!(
    /// The running hash of a space's log at a relay: `h_n = BLAKE3(h_{n-1} || chunk_id)`.
    LogHash, 32
);
hex_id!(
    /// One life of a relay's store: random, new when the store was wiped.
    Lineage, 16
);
hex_id!(
    /// A commitment to an epoch key, because the cipher does not commit to its key.
    KeyCommitment, 32
);
hex_id!(
    /// The author of changes in documents: one device in one incarnation.
    ActorId, 16
);

hex_id!(
    /// A relay: the verifying key that it signs receipts with, and the audience of a hello.
    RelayId, 32
);
hex_id!(
    /// An invite: the first 16 bytes of the hash of its verifying key.
    InviteId, 16
);

impl Default for RecordId {
    /// The head of an empty log.
    fn default() -> Self {
        Self::ZERO
    }
}

/// What a document holds, the first byte of its [`DocId`].
///
/// The number is the wire form; a number that this program does not know stays a number, and the
/// document is kept and forwarded without being shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocKind(pub u8);

impl DocKind {
    /// A person: profile, tags, consents, interactions, tasks, relations.
    pub const CONTACT: Self = Self(1);
    /// Fees, payments, vouchers, points of a person: append-only.
    pub const LEDGER: Self = Self(2);
    /// One place of a person in a class.
    pub const ENROLMENT: Self = Self(3);
    /// Machine events of a person in one year.
    pub const TRACE: Self = Self(4);
    /// A class: schedule, teacher, room.
    pub const CLASS: Self = Self(5);
    /// Something that managers define: branch, staff member, tag, field, saved view...
    pub const DEFINITION: Self = Self(6);
    /// Which people have which phone or e-mail, by hashes of these: for devices that do not hold the people.
    pub const LISTING: Self = Self(7);
}

/// A document: its kind and 16 bytes that are a ULID or a hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocId {
    /// What it holds.
    pub kind: DocKind,
    /// Which one: unique within the workspace.
    pub key: [u8; 16],
}

impl DocId {
    /// Length of the wire form in bytes.
    pub const LEN: usize = 17;

    /// The wire form: kind, then key.
    pub fn to_bytes(self) -> [u8; 17] {
        let mut bytes = [0; 17];
        bytes[0] = self.kind.0;
        bytes[1..].copy_from_slice(&self.key);
        bytes
    }

    /// Reads the wire form.
    ///
    /// # Errors
    /// [`ParseIdError`] if `bytes` has another length.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, ParseIdError> {
        let fixed: [u8; 17] = bytes.try_into().map_err(|_| ParseIdError { expected: "DocId" })?;
        let mut key = [0; 16];
        key.copy_from_slice(&fixed[1..]);
        Ok(Self { kind: DocKind(fixed[0]), key })
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.0, ulid::Ulid::from_bytes(self.key))
    }
}

impl fmt::Debug for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_of_an_id_reads_back() {
        let id = WorkspaceId([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("zz".parse::<WorkspaceId>().is_err());
    }

    #[test]
    fn document_id_begins_with_its_kind() {
        let id = DocId { kind: DocKind::LEDGER, key: [9; 16] };
        assert_eq!(id.to_bytes()[0], 2);
        assert_eq!(DocId::from_slice(&id.to_bytes()), Ok(id));
    }
}
