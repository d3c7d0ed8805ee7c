//! What a listing is.

use std::{fmt, str::FromStr};

use crdt::seal::IndexKey;
use data_encoding::BASE64URL_NOPAD;

use crate::{contact::field::PointKind, id::ContactId};

/// The hash of a phone or e-mail under the index key of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointHash(pub [u8; 16]);

impl PointHash {
    /// Hashes a phone or e-mail as contacts hold it; `None` for what is not looked up across branches.
    pub fn of(key: &IndexKey, kind: PointKind, value: &str) -> Option<Self> {
        let name = match kind {
            PointKind::Phone => "phone",
            PointKind::Email => "email",
            PointKind::Zalo | PointKind::Facebook => return None,
        };
        Some(Self(key.hash(format!("{name}\0{value}").as_bytes())))
    }
}

impl fmt::Display for PointHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

/// The text is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the hash of a phone or e-mail")]
pub struct ParsePointHashError;

impl FromStr for PointHash {
    type Err = ParsePointHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| ParsePointHashError)?;
        bytes.try_into().map(Self).map_err(|_| ParsePointHashError)
    }
}

/// How often a person was listed under a hash and taken off again: odd while listed.
///
/// Whoever changes it counts on from what is known, and the greatest counts. Two who count the same say the same, so
/// that no clock decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(i64);

impl Generation {
    /// More than people and programs reach; what is greater was not counted.
    const MAX: i64 = 1 << 40;

    /// Reads a stored one; `None` if it cannot have been counted.
    pub fn new(number: i64) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }

    /// Whether the person is listed.
    pub fn is_listed(self) -> bool {
        self.0 % 2 == 1
    }

    /// The one after, which says the opposite; `None` at the end of counting.
    pub fn next(self) -> Option<Self> {
        Self::new(self.0 + 1)
    }
}

/// That a person is, or is no longer, known by a phone or e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listing {
    /// Of which phone or e-mail.
    pub hash: PointHash,
    /// Who.
    pub person: ContactId,
    /// Whether still.
    pub generation: Generation,
}

#[cfg(test)]
mod tests {
    use crdt::seal::EpochKey;

    use super::*;

    #[test]
    fn hash_is_pinned_and_reads_back() {
        let key = IndexKey::of_first_epoch(&EpochKey::from_bytes([4; 32]));
        let hash = PointHash::of(&key, PointKind::Phone, "+84912345678").unwrap();
        assert_eq!(hash.to_string(), "NtKiuRdT4QTbSwlCqWOMZw");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_ne!(PointHash::of(&key, PointKind::Email, "+84912345678"), Some(hash));
        assert_eq!(PointHash::of(&key, PointKind::Zalo, "+84912345678"), None);
    }

    #[test]
    fn generations_alternate_and_end() {
        let first = Generation::default().next().unwrap();
        assert!(first.is_listed() && !first.next().unwrap().is_listed());
        assert_eq!(Generation::new(0), None);
        assert_eq!(Generation::new(i64::MAX), None);
        assert_eq!(Generation::new(Generation::MAX).unwrap().next(), None);
    }
}
