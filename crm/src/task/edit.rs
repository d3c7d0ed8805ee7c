//! What may be asked about a task.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{AtMs, InteractionId, StaffId, TaskId};

/// A wish about a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TaskEdit {
    /// Adds it.
    Add(NewTask),
    /// Changes it; missing parts stay.
    Change {
        /// What to do.
        title: Option<String>,
        /// By when.
        due_at_ms: Option<AtMs>,
        /// By whom.
        owner: Option<StaffId>,
        /// Takes the moment away: to be done some time.
        #[serde(default)]
        is_due_cleared: bool,
        /// daily, weekly or monthly; never ends the repetition.
        #[serde(default)]
        repeat: Option<String>,
    },
    /// Ends it with an outcome, writes that down as an interaction and adds the next step.
    Complete {
        /// How it went, as of an interaction; may be empty.
        outcome: String,
        /// The words to write down; may be empty.
        note: String,
        /// The identifier of the interaction that is written down.
        interaction: InteractionId,
        /// The next step, and its identifier.
        next: Option<NextTask>,
    },
    /// Opens it again.
    Reopen,
    /// Removes it.
    Delete,
}

/// A task to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewTask {
    /// call, message, meet, email or other.
    pub kind: String,
    /// What to do.
    pub title: String,
    /// By when.
    pub due_at_ms: Option<AtMs>,
    /// By whom; the person's advisor when missing.
    pub owner: Option<StaffId>,
    /// daily, weekly or monthly.
    pub repeat: Option<String>,
}

/// The step that follows a completed task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NextTask {
    /// Its identifier.
    pub id: TaskId,
    /// What it is.
    pub task: NewTask,
}
