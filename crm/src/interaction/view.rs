//! What the screens receive about interactions besides the timeline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    definition::view::StaffRef,
    id::{AtMs, CommentId, StaffId},
};

/// A remark of a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommentView {
    /// Which.
    pub id: CommentId,
    /// Who wrote it.
    pub staff: Option<StaffRef>,
    /// When.
    pub at_ms: AtMs,
    /// Arrived here long after it was written, from a device that was offline.
    pub is_late: bool,
    /// The text.
    pub body: String,
    /// Who is called by name in it.
    pub mentions: Vec<StaffId>,
}
