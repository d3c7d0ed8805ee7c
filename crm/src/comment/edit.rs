//! What may be asked about a remark.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::StaffId;

/// A wish about a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommentEdit {
    /// Writes it down.
    Write {
        /// The text.
        body: String,
        /// Who is called by name.
        mentions: Vec<StaffId>,
    },
    /// Takes it away; its words stay in the history.
    Delete,
}
