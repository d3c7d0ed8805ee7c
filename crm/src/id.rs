//! Identifiers of the nouns: a newtype each, text form ULID.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ts_rs::TS;
use ulid::Ulid;
use wire::{DocId, DocKind, SpaceId};

macro_rules! ulid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
        #[ts(type = "string")]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads stored bytes.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Ulid::from_bytes(self.0).fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Ulid::from_string(text).map(|id| Self(id.to_bytes())).map_err(|_| BadId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

/// Text that is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct BadId;

ulid_id!(
    /// A person.
    ContactId
);
ulid_id!(
    /// Something that happened with a person.
    InteractionId
);
ulid_id!(
    /// Something to do.
    TaskId
);
ulid_id!(
    /// A remark of a colleague under an interaction.
    CommentId
);
ulid_id!(
    /// A tag: the hash of its normalised name.
    TagId
);
ulid_id!(
    /// A branch.
    BranchId
);
ulid_id!(
    /// A member of staff.
    StaffId
);
ulid_id!(
    /// Anything that managers define.
    DefinitionId
);
ulid_id!(
    /// One run of an import.
    ImportId
);
ulid_id!(
    /// One thing that was done, over all documents.
    ActionId
);
ulid_id!(
    /// Long work.
    JobId
);

impl ContactId {
    /// The identifier of a person who is entered in a space. The same seed there gives the same one.
    ///
    /// It ends in a mark of the space, so that nobody in another space can write under it.
    pub fn in_space(seed: [u8; 16], space: SpaceId) -> Self {
        Self(bound(seed, space))
    }

    /// Whether a person with this identifier was entered in a space.
    pub fn is_of(self, space: SpaceId) -> bool {
        self.0.ends_with(&mark_of(space))
    }

    /// The document that holds this person.
    pub fn doc(self) -> DocId {
        DocId { kind: DocKind::CONTACT, key: self.0 }
    }
}

/// A page of listings, see [`crate::listing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub [u8; 16]);

impl PageId {
    /// The identifier of a page that lists people of a space. It ends in the same mark as theirs, so that a device
    /// that does not hold the space lists nobody there.
    pub fn in_space(seed: [u8; 16], space: SpaceId) -> Self {
        Self(bound(seed, space))
    }

    /// Whether the page lists people of a space.
    pub fn is_of(self, space: SpaceId) -> bool {
        self.0.ends_with(&mark_of(space))
    }

    /// Whether the page may list this person.
    pub fn may_list(self, person: ContactId) -> bool {
        self.0[16 - MARK_LEN..] == person.0[16 - MARK_LEN..]
    }

    /// The document that is this page.
    pub fn doc(self) -> DocId {
        DocId { kind: DocKind::LISTING, key: self.0 }
    }
}

const MARK_LEN: usize = 6;

fn bound(seed: [u8; 16], space: SpaceId) -> [u8; 16] {
    let mut id = seed;
    id[16 - MARK_LEN..].copy_from_slice(&mark_of(space));
    id
}

/// What the identifiers of people of a space end in.
fn mark_of(space: SpaceId) -> [u8; MARK_LEN] {
    let mut mark = [0; MARK_LEN];
    mark.copy_from_slice(&blake3::derive_key("quen 2026 contact id of a space", &space.0)[..MARK_LEN]);
    mark
}

impl DefinitionId {
    /// The document that holds this definition.
    pub fn doc(self) -> DocId {
        DocId { kind: DocKind::DEFINITION, key: self.0 }
    }
}

impl From<BranchId> for DefinitionId {
    fn from(id: BranchId) -> Self {
        Self(id.0)
    }
}

impl From<StaffId> for DefinitionId {
    fn from(id: StaffId) -> Self {
        Self(id.0)
    }
}

impl From<StaffId> for crdt::StaffId {
    fn from(id: StaffId) -> Self {
        Self(id.0)
    }
}

impl From<crdt::StaffId> for StaffId {
    fn from(id: crdt::StaffId) -> Self {
        Self(id.0)
    }
}

impl From<ActionId> for crdt::ActionId {
    fn from(id: ActionId) -> Self {
        Self(id.0)
    }
}

impl From<crdt::ActionId> for ActionId {
    fn from(id: crdt::ActionId) -> Self {
        Self(id.0)
    }
}

impl TagId {
    /// The identifier of the tag with this name: equal for names that differ in case, marks of
    /// composition or spaces only, so that the same tag made on two devices is one tag.
    pub fn of_name(name: &str) -> Self {
        let normal = formats::fold::nfc(name).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::derive_key("quen 2026 tag id", normal.as_bytes())[..16]);
        Self(id)
    }
}

/// A moment: milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct AtMs(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifier_of_a_person_is_bound_to_its_space() {
        let id = ContactId::in_space([7; 16], SpaceId([1; 16]));
        assert_eq!(id.to_string(), "070W3GE1R70W3GE1X3Z79HGAV2");
        assert!(id.is_of(SpaceId([1; 16])) && !id.is_of(SpaceId([2; 16])));
    }
}
