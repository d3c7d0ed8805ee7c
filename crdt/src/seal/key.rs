//! The secrets of a device and of a space.

use std::fmt;

use ed25519_dalek::SigningKey;
use hpke::{Kem as _, kem::X25519HkdfSha256};
use wire::{ActorId, DeviceId, Incarnation, KeyCommitment, membership::DevicePublicKeys};
use zeroize::Zeroizing;

type HpkeSecret = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;

/// The private keys of a device. They never leave it, except into its key store or a sealed file.
pub struct DeviceKeys {
    signing: SigningKey,
    hpke_seed: Zeroizing<[u8; 32]>,
    public: DevicePublicKeys,
}

impl DeviceKeys {
    /// Derives the keys from two random seeds.
    pub fn from_seeds(signing_seed: [u8; 32], hpke_seed: [u8; 32]) -> Self {
        let (signing_seed, hpke_seed) = (Zeroizing::new(signing_seed), Zeroizing::new(hpke_seed));
        let signing = SigningKey::from_bytes(&signing_seed);
        let (_, hpke_public) = X25519HkdfSha256::derive_keypair(hpke_seed.as_slice());
        let hpke = hpke::Serializable::to_bytes(&hpke_public).into();
        let public = DevicePublicKeys { verifying: signing.verifying_key().to_bytes(), hpke };
        Self { signing, hpke_seed, public }
    }

    /// Reads what [`Self::to_secret_bytes`] wrote; `None` if the length is another.
    pub fn from_secret_bytes(bytes: &[u8]) -> Option<Self> {
        let (signing, hpke) = bytes.split_first_chunk::<32>()?;
        Some(Self::from_seeds(*signing, hpke.try_into().ok()?))
    }

    /// Writes both seeds, for the key store.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 64]> {
        let mut bytes = Zeroizing::new([0; 64]);
        bytes[..32].copy_from_slice(self.signing.as_bytes());
        bytes[32..].copy_from_slice(self.hpke_seed.as_slice());
        bytes
    }

    /// The public halves.
    pub fn public(&self) -> &DevicePublicKeys {
        &self.public
    }

    /// Names the device.
    pub fn device_id(&self) -> DeviceId {
        self.public.device_id()
    }

    /// Borrows the signing key: for chunks, membership records and hellos.
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    pub(super) fn hpke_secret(&self) -> HpkeSecret {
        X25519HkdfSha256::derive_keypair(self.hpke_seed.as_slice()).0
    }
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKeys({})", self.device_id())
    }
}

/// The key of a space in one epoch.
#[derive(Clone)]
pub struct EpochKey(Zeroizing<[u8; 32]>);

impl EpochKey {
    /// Takes 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads a stored key; `None` if the length is another.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }

    /// Borrows the secret, for the key store.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Commits to the key: see [`key_commitment`].
    pub fn commitment(&self) -> KeyCommitment {
        key_commitment(self)
    }

    /// A key for one purpose, so that no two uses share one.
    pub(super) fn subkey(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(purpose, self.0.as_slice()))
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EpochKey({})", self.commitment())
    }
}

/// The key under which the members of a space hash what they look up without telling it.
///
/// It is derived from the first epoch key of the space and so made at founding, held by everybody who reads the space,
/// and the same for good: a hash must not change when a device is shut out.
pub struct IndexKey(Zeroizing<[u8; 32]>);

impl IndexKey {
    /// Derives the key of a space from its key of epoch 1.
    pub fn of_first_epoch(key: &EpochKey) -> Self {
        Self(key.subkey("quen 2026 index key v1"))
    }

    /// The first 16 bytes of the keyed BLAKE3 hash.
    pub fn hash(&self, data: &[u8]) -> [u8; 16] {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::keyed_hash(&self.0, data).as_bytes()[..16]);
        hash
    }
}

impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexKey")
    }
}

/// Commits to an epoch key. The cipher does not: a ciphertext can be made that opens under two keys.
pub fn key_commitment(key: &EpochKey) -> KeyCommitment {
    KeyCommitment(*key.subkey("quen 2026 epoch key commitment v1"))
}

/// Names the author of changes: one device in one life of its database.
pub fn actor_id(device: &DevicePublicKeys, incarnation: Incarnation) -> ActorId {
    let mut hasher = blake3::Hasher::new_derive_key("quen 2026 actor id v1");
    hasher.update(&device.verifying).update(&incarnation.0);
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    ActorId(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivations_are_pinned() {
        let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        assert_eq!(
            hex(&keys.public().verifying),
            "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"
        );
        assert_eq!(
            hex(&keys.public().hpke),
            "6080bbe51005ea9acc863580ce57317d46bef6333558d5bfa97e461342985005"
        );
        assert_eq!(keys.device_id().to_string(), "08ee41c6def7026ea2ce6e3706a78681");
        assert_eq!(
            actor_id(keys.public(), Incarnation([3; 8])).to_string(),
            "286727ef41dc5cda36e833330ee402b5"
        );
        assert_eq!(
            EpochKey::from_bytes([4; 32]).commitment().to_string(),
            "f218e4ba35c739e7f5304f7a7e319f36d09dea3b4db6cbd2817b5ddd4b89c345"
        );
        let index = IndexKey::of_first_epoch(&EpochKey::from_bytes([4; 32]));
        assert_eq!(hex(&index.hash(b"phone\0+84912345678")), "36d2a2b91753e104db4b0942a9638c67");
    }

    #[test]
    fn stored_keys_read_back() {
        let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
        let again = DeviceKeys::from_secret_bytes(keys.to_secret_bytes().as_slice()).unwrap();
        assert_eq!(again.public(), keys.public());
        assert!(DeviceKeys::from_secret_bytes(&[0; 63]).is_none());
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let keys = DeviceKeys::from_seeds([0xab; 32], [0xcd; 32]);
        let shown = format!("{keys:?} {:?}", EpochKey::from_bytes([0xab; 32]));
        assert!(!shown.contains("abab") && !shown.contains("cdcd"));
    }
}
