//! What the screens receive about people of other branches.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::BranchId;

/// Somebody whom this device does not hold has the phone or e-mail that is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ElsewhereHint {
    /// At which branch; none for people without one.
    pub branch: Option<BranchId>,
    /// Why: phone, email.
    pub reasons: Vec<String>,
}
