//! Secrets in a file sealed by a passphrase, for machines without a key store.
//!
//! Layout, little-endian: magic `QNP` and version 1; Argon2id memory in KiB, passes and lanes (4 bytes each);
//! salt (16); nonce (24); ciphertext. All before the ciphertext is its associated data.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

const MAGIC: [u8; 4] = *b"QNP\x01";
const HEAD_BYTES: usize = 56;
/// How many bytes a file has more than the secret in it: the head, and the tag of the cipher.
pub const PASSPHRASE_FILE_BYTES_MORE: usize = HEAD_BYTES + 16;
/// A file that asks for more than this is hostile or broken.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 64;

/// What one guess of the passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PassphraseCost {
    /// The second choice of RFC 9106, for machines with little memory: 64 MiB, 3 passes, 4 lanes.
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 }
    }
}

/// Why a passphrase file cannot be written or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// An empty passphrase.
    #[error("the passphrase is empty")]
    Empty,
    /// The bytes are something else, or cut short.
    #[error("this is not a passphrase file")]
    NotAPassphraseFile,
    /// A newer program wrote it.
    #[error("passphrase file format {version} is newer than this program")]
    UnknownVersion {
        /// The version that the file names.
        version: u8,
    },
    /// The parameters make no sense, or ask for more memory than a machine should give.
    #[error("the passphrase file asks for an impossible cost")]
    BadCost,
    /// The passphrase is another one, or the file was altered; nothing tells which.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
}

/// Seals `secret`. `salt` and `nonce` are random. The passphrase is taken in Unicode form NFC, so that it does
/// not matter how a keyboard composes its marks.
///
/// # Errors
/// [`PassphraseError`] if the passphrase is empty or the cost makes no sense.
pub fn seal_with_passphrase(
    secret: &[u8],
    passphrase: &str,
    cost: PassphraseCost,
    salt: [u8; 16],
    nonce: [u8; 24],
) -> Result<Vec<u8>, PassphraseError> {
    let mut file = Vec::with_capacity(HEAD_BYTES + secret.len() + 16);
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&cost.memory_kib.to_le_bytes());
    file.extend_from_slice(&cost.passes.to_le_bytes());
    file.extend_from_slice(&cost.lanes.to_le_bytes());
    file.extend_from_slice(&salt);
    file.extend_from_slice(&nonce);
    let sealed = cipher(passphrase, cost, salt)?
        .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &file })
        .map_err(|_| PassphraseError::BadCost)?;
    file.extend_from_slice(&sealed);
    Ok(file)
}

/// Opens a file that [`seal_with_passphrase`] wrote.
///
/// # Errors
/// [`PassphraseError`] if the file is not one, or the passphrase does not fit.
pub fn open_with_passphrase(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, PassphraseError> {
    let not_one = PassphraseError::NotAPassphraseFile;
    let (head, sealed) = file.split_first_chunk::<HEAD_BYTES>().ok_or(not_one)?;
    if head[..3] != MAGIC[..3] {
        return Err(not_one);
    }
    if head[3] != MAGIC[3] {
        return Err(PassphraseError::UnknownVersion { version: head[3] });
    }
    let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let cost = PassphraseCost { memory_kib: number(4), passes: number(8), lanes: number(12) };
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    salt.copy_from_slice(&head[16..32]);
    nonce.copy_from_slice(&head[32..]);
    cipher(passphrase, cost, salt)?
        .decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: head })
        .map(Zeroizing::new)
        .map_err(|_| PassphraseError::WrongPassphrase)
}

fn cipher(
    passphrase: &str,
    cost: PassphraseCost,
    salt: [u8; 16],
) -> Result<XChaCha20Poly1305, PassphraseError> {
    if passphrase.is_empty() {
        return Err(PassphraseError::Empty);
    }
    if cost.memory_kib > MEMORY_KIB_MAX || cost.passes > PASSES_MAX {
        return Err(PassphraseError::BadCost);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| PassphraseError::BadCost)?;
    let normalised = Zeroizing::new(passphrase.nfc().collect::<String>());
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(normalised.as_bytes(), &salt, key.as_mut_slice())
        .map_err(|_| PassphraseError::BadCost)?;
    Ok(XChaCha20Poly1305::new(&(*key).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PassphraseCost = PassphraseCost { memory_kib: 64, passes: 1, lanes: 1 };

    fn file() -> Vec<u8> {
        seal_with_passphrase(b"secret", "mật khẩu dài", CHEAP, [1; 16], [2; 24]).unwrap()
    }

    #[test]
    fn opens_with_its_passphrase_alone() {
        assert_eq!(open_with_passphrase(&file(), "mật khẩu dài").unwrap().as_slice(), b"secret");
        assert_eq!(file().len(), b"secret".len() + PASSPHRASE_FILE_BYTES_MORE);
        assert_eq!(open_with_passphrase(&file(), "mat khau dai"), Err(PassphraseError::WrongPassphrase));
        assert_eq!(open_with_passphrase(&file(), ""), Err(PassphraseError::Empty));
    }

    #[test]
    fn keyboard_that_composes_marks_otherwise_opens_it_too() {
        let decomposed: String = "mật khẩu dài".nfd().collect();
        assert_ne!(decomposed, "mật khẩu dài");
        assert!(open_with_passphrase(&file(), &decomposed).is_ok());
    }

    #[test]
    fn any_flipped_bit_fails() {
        let file = file();
        for bit in 0..file.len() * 8 {
            // Costs are part of the key; raising them far would only make the test slow.
            if (32..128).contains(&bit) && bit % 32 > 8 {
                continue;
            }
            let mut altered = file.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(open_with_passphrase(&altered, "mật khẩu dài").is_err(), "bit {bit}");
        }
    }

    #[test]
    fn broken_files_say_what_is_wrong() {
        assert_eq!(open_with_passphrase(b"hello", "x"), Err(PassphraseError::NotAPassphraseFile));
        let mut newer = file();
        newer[3] = 9;
        assert_eq!(open_with_passphrase(&newer, "x"), Err(PassphraseError::UnknownVersion { version: 9 }));
        let mut greedy = file();
        greedy[7] = 0xff;
        assert_eq!(open_with_passphrase(&greedy, "x"), Err(PassphraseError::BadCost));
    }

    #[test]
    fn file_is_pinned() {
        let hash = blake3::hash(&file()).to_hex();
        assert_eq!(hash.as_str(), "b1d350c4e8d5e19aeebc5b574429a04ccbbf04ceaef322f6af8c9d1b8ff8a67b");
    }
}
