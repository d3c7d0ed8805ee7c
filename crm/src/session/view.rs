//! What the screens receive about this device, its workspace and its settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{BranchId, StaffId};

/// Where this device stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// new: no key store here, and no passphrase was chosen yet; locked: waits for its passphrase; fresh: no workspace
    /// yet; joining: waits for approval; ready.
    pub stage: String,
    /// The centre's name.
    pub centre: Option<String>,
    /// Hex identifier of this device.
    pub device: Option<String>,
    /// What people call it.
    pub device_name: Option<String>,
    /// owner, manager, staff, teacher or viewer.
    pub role: Option<String>,
    /// Who sits at it.
    pub staff: Option<StaffId>,
    /// The branches whose people it holds.
    pub branches: Vec<BranchId>,
    /// Whether it is the sample centre.
    pub is_sample: bool,
    /// The program's version.
    pub version: String,
    /// Whether a passphrase guards the keys of this device; else the key store of the system does.
    pub has_passphrase: bool,
    /// While joining: the fingerprint to compare on both screens.
    pub fingerprint: Option<String>,
    /// While joining: why it stands still, as the code of an error that waiting does not mend.
    pub stopped: Option<String>,
    /// How an owner's centre stands with its recovery kit: missing, waiting (made here, not at the relay yet), ready or
    /// used. Nothing on other devices and in the sample centre.
    pub kit: Option<String>,
    /// How this device looks and speaks.
    pub settings: Settings,
}

/// How this device looks and speaks. Never leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// vi or en.
    pub language: String,
    /// light, dark or system.
    pub theme: String,
    /// comfortable or compact.
    pub density: String,
    /// Whether due tasks are announced.
    pub are_notifications_on: bool,
    /// The relay's address.
    pub relay_url: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "vi".to_owned(),
            theme: "system".to_owned(),
            density: "comfortable".to_owned(),
            are_notifications_on: true,
            relay_url: None,
        }
    }
}

impl Settings {
    /// The first setting that holds a word nobody knows, with the words that it may hold.
    pub fn unknown_word(&self) -> Option<(&'static str, &'static [&'static str])> {
        let words: [(&str, &str, &[&str]); 3] = [
            ("language", &self.language, &["vi", "en"]),
            ("theme", &self.theme, &["light", "dark", "system"]),
            ("density", &self.density, &["comfortable", "compact"]),
        ];
        let unknown = words.into_iter().find(|(_, word, known)| !known.contains(word));
        unknown.map(|(field, _, known)| (field, known))
    }
}

/// Creates a centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateArgs {
    /// The centre's name.
    pub centre: String,
    /// The owner's name, family name first.
    pub owner: String,
    /// What this device is called.
    pub device_name: String,
    /// Names of the branches.
    pub branches: Vec<String>,
    /// The relay's address; may be set later.
    pub relay_url: Option<String>,
}

/// Joins a centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct JoinArgs {
    /// The invite, as text or as read from the QR picture.
    pub invite: String,
    /// What this device is called.
    pub device_name: String,
}

/// Brings a centre back with a recovery kit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecoverArgs {
    /// The kit, as text or as read from the QR picture.
    pub kit: String,
    /// What this device is called.
    pub device_name: String,
    /// Where the relay is now, if it is elsewhere than the kit says.
    pub relay_url: Option<String>,
}

/// Opens a locked device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnlockArgs {
    /// The passphrase of this device.
    pub passphrase: String,
}

/// A new name for what the call names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NameArgs {
    /// The name.
    pub name: String,
}

/// Changes the passphrase of this device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PassphraseArgs {
    /// The one until now.
    pub old: String,
    /// The one from now on.
    pub new: String,
}
