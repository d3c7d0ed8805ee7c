//! What the screens receive about disagreements.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    contact::view::ContactRef,
    definition::view::{DeviceRef, StaffRef},
    id::AtMs,
};

/// A field on which devices disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// Whose field.
    pub contact: ContactRef,
    /// The field key.
    pub field: String,
    /// The values, the one shown meanwhile first.
    pub versions: Vec<ConflictVersion>,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictVersion {
    /// The value.
    pub value: String,
    /// When it was written.
    pub at_ms: AtMs,
    /// Who wrote it.
    pub staff: Option<StaffRef>,
    /// Where.
    pub device: Option<DeviceRef>,
}

/// A stretch of the list of disagreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConflictList {
    /// How many there are.
    pub total: u32,
    /// Newest first.
    pub rows: Vec<ConflictView>,
}
