//! What the screens receive about disagreements.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    contact::view::ContactRef,
    definition::view::{DeviceRef, StaffRef},
    id::AtMs,
};

/// A field or a wording on which devices disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// Whose field.
    pub contact: ContactRef,
    /// The field key, or `interaction.<id>.body` or `task.<id>.title`; resolved under this key as well.
    pub field: String,
    /// Of what it is the wording; missing for a field of the person.
    pub about: Option<ConflictAbout>,
    /// The values, the one shown meanwhile first.
    pub versions: Vec<ConflictVersion>,
}

/// The interaction or the task whose wording is disputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictAbout {
    /// interaction or task.
    pub noun: String,
    /// Its kind: note, call, meeting... of an interaction; call, message, meet... of a task.
    pub kind: String,
    /// When it happened, or by when it is due; a task may be due at no moment.
    pub at_ms: Option<AtMs>,
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
