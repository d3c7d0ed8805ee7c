//! Long work: what the screens receive about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::JobId;

/// Long work that goes on while the screen is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// Which.
    pub id: JobId,
    /// importCheck, import, importUndo, bulk, export or rebuild.
    pub kind: String,
    /// running, done, failed, paused or cancelled.
    pub state: String,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while unknown.
    pub total: u32,
    /// When failed: the code of the error.
    pub error: Option<String>,
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
