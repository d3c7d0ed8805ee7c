//! A device that is not a member yet asks to become one, and proves that it holds an invite.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{
    Blob, InviteId, SignatureBytes, WorkspaceId, limits::JOIN_LABEL_BYTES_MAX, membership::DevicePublicKeys,
};

const DOMAIN: &[u8] = b"quen join request signature v1";

/// A request to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// The invite that it answers.
    pub invite: InviteId,
    /// The keys of the device.
    pub keys: DevicePublicKeys,
    /// What people call the device and who sits at it, sealed under a key that the invite's code gives.
    pub label_sealed: Blob,
    /// By the invite's key, over workspace, device keys and label.
    pub signature: SignatureBytes,
}

/// Why a join request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinRequestError {
    /// More than [`JOIN_LABEL_BYTES_MAX`].
    #[error("the label of the join request is too long")]
    LabelTooLong,
    /// Not signed by the invite's key.
    #[error("the join request is not signed with the code of the invite")]
    BadSignature,
}

impl JoinRequest {
    /// Writes and signs a request.
    pub fn sign(
        workspace: WorkspaceId,
        keys: DevicePublicKeys,
        label_sealed: Blob,
        invite: &SigningKey,
    ) -> Self {
        let id = crate::invite_id(invite.verifying_key().as_bytes());
        let signature = invite.sign(&message(workspace, id, &keys, &label_sealed)).into();
        Self { invite: id, keys, label_sealed, signature }
    }

    /// Checks bounds, and that the invite's key signed the request for this workspace.
    ///
    /// # Errors
    /// [`JoinRequestError`] if not.
    pub fn verify(&self, workspace: WorkspaceId, invite: &VerifyingKey) -> Result<(), JoinRequestError> {
        if self.label_sealed.0.len() > JOIN_LABEL_BYTES_MAX {
            return Err(JoinRequestError::LabelTooLong);
        }
        let signed = message(workspace, self.invite, &self.keys, &self.label_sealed);
        invite
            .verify_strict(&signed, &Signature::from_bytes(&self.signature.0))
            .map_err(|_| JoinRequestError::BadSignature)
    }
}

fn message(workspace: WorkspaceId, invite: InviteId, keys: &DevicePublicKeys, label: &Blob) -> Vec<u8> {
    [DOMAIN, &workspace.0, &invite.0, &keys.verifying, &keys.hpke, &label.0].concat()
}
