//! Claims of effects. The types are fixed; a relay may answer that it does not do them.

use serde::{Deserialize, Serialize};

use crate::{DeviceId, SignatureBytes, WorkspaceId};

/// Asks for the right to act on an effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The effect.
    pub effect: [u8; 32],
    /// HMAC of step and address, so that two people with one address are not written to twice.
    pub address: [u8; 32],
    /// How long the claim holds.
    pub lease_ms: u32,
}

/// What came of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EffectOutcome {
    /// It happened.
    Done,
    /// It did not happen, for sure: the claim is free again.
    NotDone,
    /// Nobody knows.
    Uncertain,
}

/// A relay's signed word that a device may act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The effect.
    pub effect: [u8; 32],
    /// The device.
    pub device: DeviceId,
    /// Grows with every grant of this effect.
    pub fence: u64,
    /// The relay's clock.
    pub granted_at_ms: u64,
    /// The relay's signature over the above.
    pub signature: SignatureBytes,
}

/// Answers claim, begin and finish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClaimAnswer {
    /// Go on.
    Granted(Receipt),
    /// Another device has it.
    Held {
        /// Until when, in the relay's clock.
        until_ms: u64,
    },
    /// Not before this time.
    NotYet {
        /// In the relay's clock.
        at_ms: u64,
    },
    /// It happened before.
    Done,
    /// The relay was rewound: nothing is granted until receipts are in or an owner decides.
    Frozen,
    /// Another relay decides.
    NotAuthority,
    /// This relay does not decide about effects.
    NotSupported,
}
