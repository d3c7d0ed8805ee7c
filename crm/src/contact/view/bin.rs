//! What the screen of the bin receives.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ContactRow;
use crate::id::AtMs;

/// A stretch of the bin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BinList {
    /// How many are in it.
    pub total: u32,
    /// Where this stretch begins.
    pub offset: u32,
    /// The people, newest first.
    pub rows: Vec<BinRow>,
}

/// Somebody in the bin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BinRow {
    /// Who.
    #[serde(flatten)]
    pub row: ContactRow,
    /// Since when: thirty days later they can be taken back no more.
    pub deleted_at_ms: AtMs,
}
