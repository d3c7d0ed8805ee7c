//! Epoch keys for devices (HPKE, RFC 9180, base mode) and for the epoch after.

use std::convert::Infallible;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hpke::{
    Deserializable, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256, rand_core, single_shot_open, single_shot_seal_with_rng,
};
use wire::{
    Blob, SpaceId,
    membership::{DevicePublicKeys, Wrap},
};
use zeroize::Zeroizing;

use super::{DeviceKeys, EpochKey};

const INFO: &[u8] = b"quen epoch key wrap v1";
const PREVIOUS_PURPOSE: &str = "quen 2026 previous epoch key encryption v1";
const ENCAPPED_BYTES: usize = 32;

/// Why an epoch key cannot be wrapped or unwrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// The public key of the receiving device is not usable.
    #[error("the device's public key is not usable")]
    BadKey,
    /// The bytes are cut short, were altered, or are for another device, space or epoch.
    #[error("the wrapped key does not open here")]
    DoesNotOpen,
}

/// Wraps `key` of `space` and `epoch` to a device. `seed` is random and never used twice.
///
/// # Errors
/// [`WrapError::BadKey`] if the device's key is not usable.
pub fn wrap_key(
    key: &EpochKey,
    space: SpaceId,
    epoch: u32,
    device: &DevicePublicKeys,
    seed: [u8; 32],
) -> Result<Wrap, WrapError> {
    type Public = <X25519HkdfSha256 as hpke::Kem>::PublicKey;
    let public = Public::from_bytes(&device.hpke).map_err(|_| WrapError::BadKey)?;
    let id = device.device_id();
    let (encapped, sealed) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        INFO,
        key.as_bytes(),
        &bound(space, epoch, &id.0),
        &mut Seeded::new(seed),
    )
    .map_err(|_| WrapError::BadKey)?;
    let sealed = [encapped.to_bytes().as_slice(), &sealed].concat();
    Ok(Wrap { space, epoch, device: id, sealed: Blob(sealed) })
}

/// Opens a wrap that was made for this device.
///
/// # Errors
/// [`WrapError::DoesNotOpen`] if it was not, or was altered.
pub fn unwrap_key(wrap: &Wrap, device: &DeviceKeys) -> Result<EpochKey, WrapError> {
    type Encapped = <X25519HkdfSha256 as hpke::Kem>::EncappedKey;
    let does_not_open = WrapError::DoesNotOpen;
    let (encapped, sealed) = wrap.sealed.0.split_first_chunk::<ENCAPPED_BYTES>().ok_or(does_not_open)?;
    let encapped = Encapped::from_bytes(encapped).map_err(|_| does_not_open)?;
    let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &device.hpke_secret(),
        &encapped,
        INFO,
        sealed,
        &bound(wrap.space, wrap.epoch, &device.device_id().0),
    )
    .map(Zeroizing::new)
    .map_err(|_| does_not_open)?;
    EpochKey::from_slice(&opened).ok_or(does_not_open)
}

/// Seals the key of the epoch before `epoch` under the key of `epoch`. `nonce` is random.
///
/// # Panics
/// Never: the cipher refuses only messages of many gigabytes.
pub fn seal_previous_epoch(
    previous: &EpochKey,
    key: &EpochKey,
    space: SpaceId,
    epoch: u32,
    nonce: [u8; 24],
) -> Blob {
    let payload = Payload { msg: previous.as_bytes(), aad: &bound(space, epoch, &[]) };
    let sealed = previous_cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("32 bytes are within what the cipher takes");
    Blob([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal_previous_epoch`] sealed.
///
/// # Errors
/// [`WrapError::DoesNotOpen`] if the key, space or epoch is another, or the bytes were altered.
pub fn open_previous_epoch(
    sealed: &[u8],
    key: &EpochKey,
    space: SpaceId,
    epoch: u32,
) -> Result<EpochKey, WrapError> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>().ok_or(WrapError::DoesNotOpen)?;
    let payload = Payload { msg: sealed, aad: &bound(space, epoch, &[]) };
    let opened = previous_cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| WrapError::DoesNotOpen)?;
    EpochKey::from_slice(&opened).ok_or(WrapError::DoesNotOpen)
}

fn previous_cipher(key: &EpochKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key.subkey(PREVIOUS_PURPOSE)).into())
}

fn bound(space: SpaceId, epoch: u32, device: &[u8]) -> Vec<u8> {
    [space.0.as_slice(), &epoch.to_le_bytes(), device].concat()
}

/// HPKE asks for a generator; randomness here is an argument, so this stretches it.
struct Seeded(blake3::OutputReader);

impl Seeded {
    fn new(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        let mut hasher = blake3::Hasher::new_derive_key("quen 2026 hpke randomness v1");
        hasher.update(seed.as_slice());
        Self(hasher.finalize_xof())
    }
}

impl rand_core::TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Seeded {}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: SpaceId = SpaceId([1; 16]);

    fn device(seed: u8) -> DeviceKeys {
        DeviceKeys::from_seeds([seed; 32], [seed + 100; 32])
    }

    fn wrapped() -> Wrap {
        wrap_key(&EpochKey::from_bytes([9; 32]), SPACE, 3, device(1).public(), [5; 32]).unwrap()
    }

    #[test]
    fn wrap_opens_for_its_device_alone() {
        let wrap = wrapped();
        assert_eq!(unwrap_key(&wrap, &device(1)).unwrap().as_bytes(), &[9; 32]);
        assert_eq!(unwrap_key(&wrap, &device(2)).err(), Some(WrapError::DoesNotOpen));
    }

    #[test]
    fn wrap_is_bound_to_space_and_epoch() {
        let wrap = wrapped();
        for moved in [Wrap { epoch: 4, ..wrap.clone() }, Wrap { space: SpaceId([2; 16]), ..wrap.clone() }] {
            assert!(unwrap_key(&moved, &device(1)).is_err());
        }
    }

    #[test]
    fn any_flipped_bit_of_a_wrap_fails() {
        let wrap = wrapped();
        for bit in 0..wrap.sealed.0.len() * 8 {
            // The top bit of an X25519 point is ignored by the curve, but HPKE binds the bytes themselves.
            let mut altered = wrap.clone();
            altered.sealed.0[bit / 8] ^= 1 << (bit % 8);
            assert!(unwrap_key(&altered, &device(1)).is_err(), "bit {bit}");
        }
        for length in 0..wrap.sealed.0.len() {
            let cut = Wrap { sealed: Blob(wrap.sealed.0[..length].to_vec()), ..wrap.clone() };
            assert!(unwrap_key(&cut, &device(1)).is_err());
        }
    }

    #[test]
    fn wrap_is_pinned() {
        let hash = blake3::hash(&wrapped().sealed.0).to_hex();
        assert_eq!(hash.as_str(), "cd327d43ce39e25c8bfed5852638021b5e8d146465256737b43fe979e6b6bf60");
    }

    #[test]
    fn previous_key_opens_under_the_next_alone() {
        let (old, new) = (EpochKey::from_bytes([1; 32]), EpochKey::from_bytes([2; 32]));
        let sealed = seal_previous_epoch(&old, &new, SPACE, 2, [3; 24]);
        assert_eq!(open_previous_epoch(&sealed.0, &new, SPACE, 2).unwrap().as_bytes(), old.as_bytes());
        assert!(open_previous_epoch(&sealed.0, &old, SPACE, 2).is_err());
        assert!(open_previous_epoch(&sealed.0, &new, SPACE, 3).is_err());
        assert!(open_previous_epoch(&sealed.0[..20], &new, SPACE, 2).is_err());
    }
}
