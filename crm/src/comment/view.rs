//! What the screens receive about remarks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::model::Subject;
use crate::{
    contact::view::ContactRef,
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

/// A remark that calls somebody by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MentionView {
    /// Which.
    pub id: CommentId,
    /// On whose page.
    pub contact: ContactRef,
    /// What it is about there.
    pub about: Subject,
    /// What is to be done, when it is about a task.
    pub task: Option<String>,
    /// Who wrote it.
    pub staff: Option<StaffRef>,
    /// The remark.
    pub body: String,
    /// When.
    pub at_ms: AtMs,
}
