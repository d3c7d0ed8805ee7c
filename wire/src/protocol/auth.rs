//! Opening a session: the relay gives something fresh to sign, the device signs it for this relay alone.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};

use super::{Held, SpaceHead};
use crate::{
    Blob, Incarnation, Lineage, RecordId, RelayId, SignatureBytes, WorkspaceId, membership::DevicePublicKeys,
};

const DOMAIN: &[u8] = b"quen hello signature v1";

/// Something fresh to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The relay's key: the audience of the hello, and the authority that a founding record names.
    pub relay: RelayId,
    /// The versions of the protocol that the relay speaks, lowest and highest.
    pub versions: (u16, u16),
    /// The relay's clock.
    pub relay_time_ms: u64,
    /// The relay recognises it as its own; it holds no state for it.
    pub seal: [u8; 32],
}

/// What a device states in its hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloTerms {
    /// The challenge that it answers.
    pub challenge: Challenge,
    /// The relay that it means to talk to; one that is another refuses.
    pub audience: RelayId,
    /// The versions of the protocol that the device speaks, lowest and highest.
    pub versions: (u16, u16),
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The device's keys. They count only as far as the membership log knows them.
    pub keys: DevicePublicKeys,
    /// The life of its database.
    pub incarnation: Incarnation,
}

/// A signed hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// What is stated.
    pub terms: HelloTerms,
    /// The device's signature over it.
    pub signature: SignatureBytes,
}

impl Hello {
    /// Signs the terms.
    pub fn sign(terms: HelloTerms, key: &SigningKey) -> Self {
        let signature = key.sign(&terms.signed_message()).into();
        Self { terms, signature }
    }

    /// Checks that the key in the terms signed them.
    pub fn is_signed(&self) -> bool {
        let Ok(key) = self.terms.keys.verifying_key() else { return false };
        let signature = Signature::from_bytes(&self.signature.0);
        key.verify_strict(&self.terms.signed_message(), &signature).is_ok()
    }
}

impl HelloTerms {
    fn signed_message(&self) -> Vec<u8> {
        [DOMAIN, &super::encode(self)].concat()
    }
}

/// Opens the door until it ends; opaque to the device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token(pub Blob);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The relay's answer to a hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Goes with every later request.
    pub token: Token,
    /// The version of the protocol that both speak.
    pub version: u16,
    /// The life of the relay's store. Cursors are kept per lineage and space.
    pub lineage: Lineage,
    /// The relay's clock.
    pub relay_time_ms: u64,
    /// False if the relay does not know the device as an active member: unknown workspace, a log that is
    /// behind, or a device that was revoked or is still waiting to be let in.
    pub is_member: bool,
    /// The newest membership record here; [`RecordId::ZERO`] if the relay does not hold the workspace.
    pub log_head: RecordId,
    /// This device's newest chunks here, per space and incarnation.
    pub held: Vec<Held>,
    /// Where each space stands that the device reads.
    pub heads: Vec<SpaceHead>,
}
