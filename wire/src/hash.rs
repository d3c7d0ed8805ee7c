//! The few hashes that name things; chunks and records are named by the plain BLAKE3 of their bytes.

use crate::{ChunkId, DeviceId, InviteId, LogHash};

/// Names the device that holds the secret of `verifying_key` (32 bytes of Ed25519).
pub fn device_id(verifying_key: &[u8; 32]) -> DeviceId {
    DeviceId(first_16(blake3::derive_key("quen 2026 device id v1", verifying_key)))
}

/// Names the invite whose key is `verifying_key` (32 bytes of Ed25519).
pub fn invite_id(verifying_key: &[u8; 32]) -> InviteId {
    InviteId(first_16(blake3::derive_key("quen 2026 invite id v1", verifying_key)))
}

/// Returns the running hash of a relay's log after `chunk` was appended to a log that stood at `before`.
///
/// An empty log stands at [`LogHash::ZERO`].
pub fn running_hash(before: LogHash, chunk: ChunkId) -> LogHash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&before.0).update(&chunk.0);
    LogHash(*hasher.finalize().as_bytes())
}

fn first_16(hash: [u8; 32]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&hash[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_pinned() {
        assert_eq!(device_id(&[1; 32]).to_string(), "2da978e2ceade3f78857b4bfc6a4b71c");
        assert_eq!(invite_id(&[1; 32]).to_string(), "fa13909831d93368226724790bf0b58d");
        let hash = running_hash(LogHash::ZERO, ChunkId([2; 32]));
        assert_eq!(hash.to_string(), "013b0b0c256da302a328402d588676b5bfe2aa023bb34604cb5dc7f41300dd77");
        assert_ne!(running_hash(hash, ChunkId([2; 32])), hash);
    }
}
