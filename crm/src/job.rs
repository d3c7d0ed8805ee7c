//! Long work: what the screens receive about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ActionId, AtMs, JobId};

/// Long work that goes on while the screen is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// Which.
    pub id: JobId,
    /// importCheck, import, importUndo, bulk or undo.
    pub kind: String,
    /// running, done, failed, paused or cancelled.
    pub state: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while unknown.
    pub total: u32,
    /// When failed: the code of the error.
    pub error: Option<String>,
    /// When done: what an action did that was carried out part by part.
    pub did: Option<PartsDone>,
}

/// What an action did that was carried out part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartsDone {
    /// The action, to undo by; missing when nothing needed to change.
    pub action: Option<ActionId>,
    /// How many people it changed; of an undo: how many values were put back.
    pub count: u32,
    /// Of an undo: how many values were left because somebody changed them since.
    pub skipped: u32,
}

/// A change to very many people that was cut off when the program ended, and taken back at the next start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenBack {
    /// The action.
    pub action: ActionId,
    /// How many people it had changed by then.
    pub done: u32,
    /// How many it was to change.
    pub total: u32,
    /// When it was taken back.
    pub at_ms: AtMs,
}

/// Names a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobArgs {
    /// Which.
    pub job: JobId,
}

/// A job that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobStarted {
    /// Which.
    pub job: JobId,
}
