//! The stamp that every change carries: which action, when, by whom, and why.
//!
//! It travels inside the change itself (as Automerge's message and timestamp), so that history and
//! undo work on every device without a second record that could be lost.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::HybridTime;

const VERSION: u8 = 1;
const MESSAGE_LEN: usize = 34;

/// One thing that a person or a job did; groups its changes over all documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActionId(pub [u8; 16]);

/// The staff member in whose name a change was made; all zero when nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct StaffId(pub [u8; 16]);

/// Why a change was made. The number is the stored form; unknown numbers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cause(pub u8);

impl Cause {
    /// A person asked for it.
    pub const PERSON: Self = Self(1);
    /// An import made it.
    pub const IMPORT: Self = Self(2);
    /// It takes an earlier action back.
    pub const UNDO: Self = Self(3);
    /// A rule made it.
    pub const RULE: Self = Self(4);
    /// A person chose among values that conflicted.
    pub const RESOLVE: Self = Self(5);
}

/// What is known of a change besides its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The action that it belongs to.
    pub action: ActionId,
    /// When, by the hybrid clock of the device that made it.
    pub time: HybridTime,
    /// In whose name.
    pub staff: StaffId,
    /// Why.
    pub cause: Cause,
}

/// A change without a stamp that this program can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("change carries no readable stamp")]
pub struct StampError;

impl Stamp {
    /// The text stored as the change's message: base64url of version, cause, action, staff.
    pub(crate) fn to_message(self) -> String {
        let mut bytes = [0; MESSAGE_LEN];
        bytes[0] = VERSION;
        bytes[1] = self.cause.0;
        bytes[2..18].copy_from_slice(&self.action.0);
        bytes[18..34].copy_from_slice(&self.staff.0);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads the message and timestamp of a change. Longer messages of newer programs are accepted.
    pub(crate) fn from_parts(message: Option<&str>, timestamp: i64) -> Result<Self, StampError> {
        let text = message.ok_or(StampError)?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| StampError)?;
        if bytes.len() < MESSAGE_LEN || bytes[0] < VERSION {
            return Err(StampError);
        }
        let id = |range: std::ops::Range<usize>| -> [u8; 16] {
            let mut id = [0; 16];
            id.copy_from_slice(&bytes[range]);
            id
        };
        Ok(Self {
            action: ActionId(id(2..18)),
            staff: StaffId(id(18..34)),
            cause: Cause(bytes[1]),
            time: HybridTime(u64::try_from(timestamp).map_err(|_| StampError)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamp_reads_back() {
        let stamp = Stamp {
            action: ActionId([3; 16]),
            time: HybridTime::from_ms(1_790_000_000_000),
            staff: StaffId([9; 16]),
            cause: Cause::IMPORT,
        };
        let timestamp = i64::try_from(stamp.time.0).unwrap();
        assert_eq!(Stamp::from_parts(Some(&stamp.to_message()), timestamp), Ok(stamp));
        assert_eq!(Stamp::from_parts(Some("hello"), 0), Err(StampError));
        assert_eq!(Stamp::from_parts(Some(&stamp.to_message()), -1), Err(StampError));
    }

    #[test]
    fn message_has_a_fixed_form() {
        let stamp = Stamp {
            action: ActionId([1; 16]),
            time: HybridTime(0),
            staff: StaffId([2; 16]),
            cause: Cause::PERSON,
        };
        assert_eq!(stamp.to_message(), "AQEBAQEBAQEBAQEBAQEBAQEBAgICAgICAgICAgICAgICAg");
    }
}
