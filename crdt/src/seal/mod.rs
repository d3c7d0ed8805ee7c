//! Keys and sealing. Randomness comes in as an argument; secrets are wiped when dropped.
//!
//! A chunk passes three types, so that no step can be skipped: [`wire::Chunk`] is well-formed,
//! [`VerifiedChunk`] has a signature and rights that the membership log confirms, [`OpenedChunk`] holds the
//! plaintext. What the plaintext says is not known here.

mod chunk;
mod code;
mod fingerprint;
mod invite;
mod key;
mod kit;
mod link;
mod padding;
mod passphrase;
mod ring;
#[cfg(test)]
mod tests;
mod wrap;

pub use chunk::{
    OpenError, OpenedChunk, PLAINTEXT_FITS_BYTES, SealError, SealInput, VerifiedChunk, VerifyError,
    seal_chunk,
};
pub use fingerprint::fingerprint;
pub use invite::{InviteCode, InviteLink, open_label, seal_label};
pub use key::{DeviceKeys, EpochKey, IndexKey, actor_id, key_commitment};
pub use kit::{RecoveryCode, RecoveryKit};
pub use link::LinkError;
pub use passphrase::{
    PASSPHRASE_FILE_BYTES_MORE, PassphraseCost, PassphraseError, open_with_passphrase, seal_with_passphrase,
};
pub use ring::KeyRing;
pub use wrap::{WrapError, open_previous_epoch, seal_previous_epoch, unwrap_key, wrap_key};
