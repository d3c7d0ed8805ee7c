//! Challenges and tokens, recognised by a keyed hash. The relay keeps no table of sessions.

use serde::{Deserialize, Serialize};
use wire::{
    Blob, DeviceId, RelayId, WorkspaceId,
    limits::{CHALLENGE_AGE_MS_MAX, TOKEN_AGE_MS_MAX},
    protocol::{Challenge, PROTOCOL_VERSION, Token, decode, encode},
};

use crate::Store;

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Nobody known.
    Anonymous,
    /// Whoever holds a device's key. Whether it is a member is for the membership log to say.
    Device {
        /// The workspace of the session.
        workspace: WorkspaceId,
        /// The device.
        device: DeviceId,
    },
}

/// The keys that the relay recognises its own words by; derived from its identity.
pub(crate) struct Sealer {
    challenge: [u8; 32],
    token: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct TokenBody {
    workspace: WorkspaceId,
    device: DeviceId,
    expires_at_ms: u64,
}

impl Sealer {
    pub(crate) fn new(identity: &[u8; 32]) -> Self {
        Self {
            challenge: blake3::derive_key("quen 2026 relay challenge v1", identity),
            token: blake3::derive_key("quen 2026 relay token v1", identity),
        }
    }

    pub(crate) fn challenge(&self, relay: RelayId, now_ms: u64) -> Challenge {
        let versions = (PROTOCOL_VERSION, PROTOCOL_VERSION);
        let seal = *blake3::keyed_hash(&self.challenge, &encode(&(relay, versions, now_ms))).as_bytes();
        Challenge { relay, versions, relay_time_ms: now_ms, seal }
    }

    /// Tells whether the challenge is one that this relay gave not long ago.
    pub(crate) fn knows(&self, challenge: &Challenge, now_ms: u64) -> bool {
        let expected = self.challenge(challenge.relay, challenge.relay_time_ms);
        let is_own = blake3::Hash::from(expected.seal) == blake3::Hash::from(challenge.seal);
        let age_ms = now_ms.abs_diff(challenge.relay_time_ms);
        is_own && expected.versions == challenge.versions && age_ms <= CHALLENGE_AGE_MS_MAX
    }

    fn token(&self, workspace: WorkspaceId, device: DeviceId, now_ms: u64) -> Token {
        let body = TokenBody { workspace, device, expires_at_ms: now_ms.saturating_add(TOKEN_AGE_MS_MAX) };
        let mut bytes = encode(&body);
        let seal = blake3::keyed_hash(&self.token, &bytes);
        bytes.extend_from_slice(seal.as_bytes());
        Token(Blob(bytes))
    }
}

impl Store {
    pub(crate) fn new_token(&self, workspace: WorkspaceId, device: DeviceId, now_ms: u64) -> Token {
        self.sealer().token(workspace, device, now_ms)
    }

    /// Recognises who holds a token; `None` if it is no token of this relay, or has ended.
    pub fn caller(&self, token: &Token, now_ms: u64) -> Option<Caller> {
        let (body, seal) = token.0.0.split_last_chunk::<32>()?;
        // Equality of hashes takes the same time wherever they differ.
        if blake3::keyed_hash(&self.sealer().token, body) != blake3::Hash::from(*seal) {
            return None;
        }
        let body: TokenBody = decode(body).ok()?;
        (now_ms <= body.expires_at_ms)
            .then_some(Caller::Device { workspace: body.workspace, device: body.device })
    }
}
