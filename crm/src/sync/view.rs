//! What the screens receive about sync, devices and invites.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{AtMs, BranchId, StaffId};

/// The badge, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// noRelay, offline, syncing, synced or stopped.
    pub state: String,
    /// Changes that the relay does not have yet.
    pub waiting: u32,
    /// Since when the relay cannot be reached.
    pub offline_since_ms: Option<AtMs>,
    /// When sync last completed.
    pub synced_at_ms: Option<AtMs>,
    /// When something last came from each branch.
    pub last_heard: Vec<BranchHeard>,
    /// Chunks set aside because they could not be verified.
    pub quarantined: u32,
    /// Chunks kept until a key or an earlier change arrives.
    pub held_back: u32,
    /// Something that a person should know: relayRefilled, clockWrong, newIncarnation, quotaFull, notAccepted,
    /// logForked, approvalRefused, decisionRefused.
    pub notice: Option<String>,
    /// Why sync stands still though the relay can be reached: the code of an error. Waiting does not mend it; it
    /// goes away by itself when a round succeeds.
    pub stopped: Option<String>,
    /// The relay's address.
    pub relay_url: Option<String>,
}

/// When something last came from a branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchHeard {
    /// Which branch.
    pub branch: BranchId,
    /// When.
    pub at_ms: Option<AtMs>,
}

/// A device of the centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    /// Hex.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// owner, manager, staff, teacher or viewer.
    pub role: String,
    /// The branches whose people it holds.
    pub branches: Vec<BranchId>,
    /// Who usually sits at it.
    pub staff: Option<StaffId>,
    /// When something it wrote last arrived here.
    pub last_heard_ms: Option<AtMs>,
    /// Whether it is this one.
    pub is_this: bool,
    /// Whether it may still take part.
    pub is_active: bool,
    /// When it was made, if it is a recovery kit and no device at all.
    pub kit_made_at_ms: Option<AtMs>,
    /// When this kit last let a device in; of a device that a kit let in, when.
    pub kit_used_at_ms: Option<AtMs>,
}

/// A recovery kit, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KitView {
    /// Under which identifier it stands among the devices, once the relay has taken it.
    pub id: String,
    /// The text that stands on paper.
    pub text: String,
    /// The same as a QR picture, SVG.
    pub qr_svg: String,
    /// When it was made.
    pub made_at_ms: AtMs,
    /// The relay that it names.
    pub relay_url: String,
}

/// Makes an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteArgs {
    /// manager, staff, teacher or viewer.
    pub role: String,
    /// The branches whose people the device shall hold.
    pub branches: Vec<BranchId>,
}

/// An invite, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InviteView {
    /// Which.
    pub id: String,
    /// The text to send or to type.
    pub text: String,
    /// The same as a QR picture, SVG.
    pub qr_svg: String,
    /// When it ends.
    pub expires_at_ms: AtMs,
}

/// An invite that is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenInvite {
    /// Which.
    pub id: String,
    /// manager, staff, teacher or viewer.
    pub role: String,
    /// The branches.
    pub branches: Vec<BranchId>,
    /// When it ends.
    pub expires_at_ms: AtMs,
}

/// A device that knocks with an invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinRequestView {
    /// Which request.
    pub id: String,
    /// What the device calls itself.
    pub device_name: String,
    /// To be compared with the other screen.
    pub fingerprint: String,
    /// The role that its invite gives.
    pub role: String,
    /// The branches that its invite gives.
    pub branches: Vec<BranchId>,
}

/// Names an invite, a request or a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedArgs {
    /// Which.
    pub id: String,
}
