//! An interaction as a value.

use serde::{Deserialize, Serialize};

use crate::id::{AtMs, BranchId, InteractionId, StaffId};

/// Something that happened with a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// Which.
    pub id: InteractionId,
    /// What was written down when it was recorded, with later corrections.
    pub record: InteractionRecord,
    /// Kept at the top.
    pub is_pinned: bool,
}

/// What one register holds from the moment of recording on (JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionRecord {
    /// note, call, meeting, email, sms, zalo, facebook, letter, web, other, or what a newer version knows.
    pub kind: String,
    /// When it happened.
    pub happened_at_ms: AtMs,
    /// When it was written down.
    pub recorded_at_ms: AtMs,
    /// By whom.
    pub staff: Option<StaffId>,
    /// On which device, hex.
    pub device: Option<String>,
    /// At which branch.
    pub branch: Option<BranchId>,
    /// in or out.
    pub direction: Option<String>,
    /// How it went.
    pub outcome: Option<String>,
    /// The text.
    pub body: String,
}

impl InteractionRecord {
    /// Whether somebody was in touch with the person. By a note nobody was, unless it says when: an import brings
    /// the words of a sheet as a note, and the column of the last contact as a note of that time.
    pub fn is_contact(&self) -> bool {
        self.kind != "note" || self.happened_at_ms != self.recorded_at_ms
    }
}

/// What may be written down here. What another device wrote is shown whatever it is: a newer version may know more.
pub const KINDS: &[&str] =
    &["note", "call", "meeting", "email", "sms", "zalo", "facebook", "letter", "web", "other"];
/// From where it came, as written down here.
pub const DIRECTIONS: &[&str] = &["in", "out"];
/// How a talk or a task may end, as written down here.
pub const OUTCOMES: &[&str] = &[
    "reached",
    "noAnswer",
    "busy",
    "interested",
    "notInterested",
    "booked",
    "callBack",
    "wrongNumber",
    "done",
];

/// Longest text of an interaction or a remark, in characters.
pub const BODY_CHARS_MAX: usize = 20_000;
