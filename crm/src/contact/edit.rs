//! What may be asked about a person.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ContactId, TagId};

/// A wish about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ContactEdit {
    /// Enters a person. The branch among the facts decides which devices will hold the person.
    Create {
        /// First values.
        facts: Vec<Fact>,
        /// Tags, by name.
        tags: Vec<String>,
    },
    /// Sets or clears one field.
    Set {
        /// Field key.
        field: String,
        /// As typed; normalised here. `None` clears.
        value: Option<String>,
    },
    /// Settles a disagreement with one of its values, or a new one.
    Resolve {
        /// Field key.
        field: String,
        /// The value to keep.
        value: Option<String>,
    },
    /// Puts a tag on.
    AddTag {
        /// Its name.
        label: String,
    },
    /// Takes a tag off.
    RemoveTag {
        /// Which.
        tag: TagId,
    },
    /// Notes an interest.
    AddInterest {
        /// In what.
        label: String,
        /// goal, schedule, channel, language or course; missing when it is none of these or not known.
        #[serde(default)]
        kind: Option<String>,
    },
    /// Removes an interest.
    RemoveInterest {
        /// Which.
        interest: TagId,
    },
    /// Notes that a consent was given or withdrawn.
    SetConsent {
        /// What for: marketing, care, photo.
        purpose: String,
        /// email, sms, zalo, phone or any.
        channel: String,
        /// Given or withdrawn.
        is_granted: bool,
        /// By which form, sheet or words.
        evidence: String,
    },
    /// Links to another person.
    Relate {
        /// What the other is to this person: guardian, sibling or referredBy.
        kind: String,
        /// The other.
        other: ContactId,
    },
    /// Removes such a link.
    Unrelate {
        /// guardian, sibling or referredBy.
        kind: String,
        /// The other.
        other: ContactId,
    },
    /// Declares that the other is the same person; both show as one from then on.
    MergeWith {
        /// The other.
        other: ContactId,
    },
    /// Takes such a declaration back.
    Unmerge {
        /// The other.
        other: ContactId,
    },
    /// Declares that the other is somebody else, so that the pair is not proposed again.
    KeepApart {
        /// The other.
        other: ContactId,
    },
    /// Puts the person in the bin for 30 days.
    Delete,
    /// Takes the person out of the bin.
    Restore,
}

/// A field and its value as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fact {
    /// Field key: fullName, honorific, kind, status, branch, owner, source, campaign, birthOn, gender,
    /// school, level, address, channel, externalId, note, `phone.1`, `email.1`, `zalo.1`,
    /// `facebook.1`, `custom.<id>`.
    pub field: String,
    /// As typed.
    pub value: String,
}
