//! What may be asked about an interaction.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::AtMs;

/// A wish about an interaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum InteractionEdit {
    /// Writes down what happened.
    Record {
        /// note, call, meeting, email, sms, zalo, facebook, letter, web or other.
        kind: String,
        /// When it happened; now when missing.
        happened_at_ms: Option<AtMs>,
        /// in or out.
        direction: Option<String>,
        /// How it went: reached, noAnswer, busy, interested, notInterested, booked, callBack, wrongNumber or done.
        outcome: Option<String>,
        /// The text.
        body: String,
    },
    /// Corrects it; missing parts stay.
    Correct {
        /// When it happened.
        happened_at_ms: Option<AtMs>,
        /// How it went; an empty text takes the outcome away, and what stands may stay.
        outcome: Option<String>,
        /// The text.
        body: Option<String>,
    },
    /// Keeps it at the top, or no longer.
    Pin {
        /// Which of both.
        is_pinned: bool,
    },
    /// Removes it from the timeline.
    Delete,
    /// Brings it back.
    Restore,
}
