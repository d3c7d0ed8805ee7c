//! Where the secrets of a device are kept: the key store of the system, or a file that a passphrase seals.

use std::{fs, io, io::Write, path::Path};

use crdt::seal::{
    DeviceKeys, PASSPHRASE_FILE_BYTES_MORE, PassphraseCost, PassphraseError, open_with_passphrase,
    seal_with_passphrase,
};
use zeroize::Zeroizing;

use super::{DataFolder, SystemEntropy};
use crate::{store::DatabaseKey, sync::Entropy};

const SERVICE: &str = "Quen";
const VERSION: u8 = 1;
const SECRET_LEN: usize = 1 + 32 + 64;
const FILE: &str = "keys.sealed";
/// Characters of a new passphrase at least.
const PASSPHRASE_CHARS_MIN: usize = 8;
const TOKEN_FILE: &str = "start.token";

/// The secrets of a device.
#[derive(Clone)]
pub struct Secrets(Zeroizing<Vec<u8>>);

/// A place for secrets.
#[derive(Clone)]
pub enum Vault {
    /// The key store of the system, under a name that belongs to the data folder.
    KeyStore {
        /// The name.
        account: String,
    },
    /// A file in the data folder, sealed by a passphrase.
    PassphraseFile {
        /// The passphrase.
        passphrase: Zeroizing<String>,
    },
}

/// Why secrets cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no key store here, or it is locked, and no passphrase was given.
    #[error("there is no key store here: give a passphrase")]
    NeedsPassphrase,
    /// The passphrase is wrong.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The file of the keys is cut short, empty or something else: no passphrase opens it.
    #[error("the key file is damaged")]
    KeysDamaged,
    /// A newer program wrote the file of the keys.
    #[error("a newer program wrote the key file")]
    KeysNewer,
    /// The key store refused.
    #[error("the key store of the system refused")]
    KeyStore(#[source] keyring::Error),
    /// The folder refused.
    #[error("the key file cannot be read or written")]
    File(#[source] io::Error),
    /// There is a database but its keys are gone.
    #[error("the keys of this database are gone; join the centre again with an invite")]
    KeysLost,
    /// A passphrase was given to a device that keeps its keys in the key store.
    #[error("the keys of this device lie in the key store of the system; open it without a passphrase")]
    InKeyStore,
    /// The first passphrase of a device is none that keeps anybody out.
    #[error("a passphrase has at least {PASSPHRASE_CHARS_MIN} characters")]
    TooShort,
}

impl Secrets {
    fn fresh() -> Self {
        let mut bytes = Zeroizing::new(vec![0; SECRET_LEN]);
        SystemEntropy.fill(&mut bytes);
        bytes[0] = VERSION;
        Self(bytes)
    }

    fn read(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        (bytes.len() == SECRET_LEN && bytes[0] == VERSION).then_some(Self(bytes))
    }

    /// The key of the database.
    pub fn database_key(&self) -> DatabaseKey {
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&self.0[1..33]);
        DatabaseKey(key)
    }

    /// The keys of the device.
    pub fn device_keys(&self) -> DeviceKeys {
        DeviceKeys::from_secret_bytes(&self.0[33..])
            .expect("the length was checked when the secrets were read")
    }
}

impl Vault {
    /// Finds the place for a data folder: the passphrase file when a passphrase is given or such a file exists,
    /// else the key store of the system.
    ///
    /// # Errors
    /// [`VaultError::NeedsPassphrase`] if there is no key store and no passphrase.
    pub fn find(folder: &DataFolder, passphrase: Option<Zeroizing<String>>) -> Result<Self, VaultError> {
        if let Some(passphrase) = passphrase {
            return Ok(Self::PassphraseFile { passphrase });
        }
        if folder.path().join(FILE).exists() {
            return Err(VaultError::NeedsPassphrase);
        }
        let account = account_of(folder.path());
        match entry(&account).and_then(|entry| entry.get_secret()) {
            Ok(_) | Err(keyring::Error::NoEntry) => Ok(Self::KeyStore { account }),
            Err(_) => Err(VaultError::NeedsPassphrase),
        }
    }

    /// Reads the secrets, or makes them for a folder that has no database yet.
    ///
    /// # Errors
    /// [`VaultError`] if they cannot be read, or are gone while a database is there.
    pub fn secrets(&self, folder: &DataFolder) -> Result<Secrets, VaultError> {
        if let Some(secrets) = self.read(folder)? {
            return Ok(secrets);
        }
        if let Self::PassphraseFile { passphrase } = self {
            let is_new = !folder.database().exists();
            if is_new && !is_long_enough(passphrase) {
                return Err(VaultError::TooShort);
            }
            let in_key_store = || entry(&account_of(folder.path())).and_then(|entry| entry.get_secret());
            if !is_new && in_key_store().is_ok() {
                return Err(VaultError::InKeyStore);
            }
        }
        if folder.database().exists() {
            return Err(VaultError::KeysLost);
        }
        let secrets = Secrets::fresh();
        self.write(folder, &secrets)?;
        Ok(secrets)
    }

    /// Seals the secrets of a folder by another passphrase, and returns the place that opens with it.
    ///
    /// # Errors
    /// [`VaultError`] if the old passphrase is wrong or the file cannot be written; then the old one stays valid.
    pub fn change_passphrase(
        folder: &DataFolder,
        old: Zeroizing<String>,
        new: Zeroizing<String>,
    ) -> Result<Self, VaultError> {
        let secrets = Self::PassphraseFile { passphrase: old }.read(folder)?.ok_or(VaultError::KeysLost)?;
        let vault = Self::PassphraseFile { passphrase: new };
        vault.write(folder, &secrets)?;
        Ok(vault)
    }

    fn read(&self, folder: &DataFolder) -> Result<Option<Secrets>, VaultError> {
        match self {
            Self::KeyStore { account } => match entry(account).and_then(|entry| entry.get_secret()) {
                Ok(bytes) => Ok(Secrets::read(Zeroizing::new(bytes))),
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(VaultError::KeyStore(error)),
            },
            Self::PassphraseFile { passphrase } => match fs::read(folder.path().join(FILE)) {
                Ok(file) => match open_with_passphrase(&file, passphrase) {
                    Ok(secret) => Ok(Secrets::read(secret)),
                    Err(error) => Err(unopened(&file, error)),
                },
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(VaultError::File(error)),
            },
        }
    }

    fn write(&self, folder: &DataFolder, secrets: &Secrets) -> Result<(), VaultError> {
        match self {
            Self::KeyStore { account } => {
                entry(account).and_then(|entry| entry.set_secret(&secrets.0)).map_err(VaultError::KeyStore)
            }
            Self::PassphraseFile { passphrase } => {
                let mut entropy = SystemEntropy;
                let cost = PassphraseCost::default();
                let file =
                    seal_with_passphrase(&secrets.0, passphrase, cost, entropy.bytes(), entropy.bytes())?;
                write_durably(&folder.path().join(FILE), &file).map_err(VaultError::File)
            }
        }
    }

    /// The start token that was kept here at the last start.
    pub fn start_token(&self, folder: &DataFolder) -> Option<String> {
        match self {
            Self::KeyStore { account } => entry(&token_account(account)).ok()?.get_password().ok(),
            Self::PassphraseFile { .. } => fs::read_to_string(folder.path().join(TOKEN_FILE)).ok(),
        }
    }

    /// Keeps the start token of this start.
    ///
    /// # Errors
    /// [`VaultError`] if it cannot be kept.
    pub fn put_start_token(&self, folder: &DataFolder, token: &str) -> Result<(), VaultError> {
        match self {
            Self::KeyStore { account } => entry(&token_account(account))
                .and_then(|entry| entry.set_password(token))
                .map_err(VaultError::KeyStore),
            Self::PassphraseFile { .. } => {
                write_durably(&folder.path().join(TOKEN_FILE), token.as_bytes()).map_err(VaultError::File)
            }
        }
    }
}

impl Vault {
    /// Forgets the start token: the database is removed on purpose.
    ///
    /// # Errors
    /// [`VaultError`] if it cannot be forgotten.
    pub fn forget_start_token(&self, folder: &DataFolder) -> Result<(), VaultError> {
        match self {
            Self::KeyStore { account } => {
                match entry(&token_account(account)).and_then(|entry| entry.delete_credential()) {
                    Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
                    Err(error) => Err(VaultError::KeyStore(error)),
                }
            }
            Self::PassphraseFile { .. } => match fs::remove_file(folder.path().join(TOKEN_FILE)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(VaultError::File(error)),
                _ => Ok(()),
            },
        }
    }
}

/// Why a file of keys does not open. One whose length is another than that of such a file was cut or added to; one
/// whose bytes were changed cannot be told from a wrong passphrase.
fn unopened(file: &[u8], error: PassphraseError) -> VaultError {
    match error {
        PassphraseError::UnknownVersion { .. } => VaultError::KeysNewer,
        PassphraseError::NotAPassphraseFile | PassphraseError::BadCost => VaultError::KeysDamaged,
        _ if file.len() != SECRET_LEN + PASSPHRASE_FILE_BYTES_MORE => VaultError::KeysDamaged,
        error => error.into(),
    }
}

/// Whether a data folder has neither keys nor a database: the first passphrase given to it becomes its own.
pub fn takes_first_passphrase(folder: &DataFolder) -> bool {
    !folder.path().join(FILE).exists() && !folder.database().exists()
}

/// Whether a passphrase may become that of a device.
pub fn is_long_enough(passphrase: &str) -> bool {
    passphrase.trim().chars().count() >= PASSPHRASE_CHARS_MIN
}

fn entry(account: &str) -> Result<keyring::Entry, keyring::Error> {
    keyring::Entry::new(SERVICE, account)
}

fn token_account(account: &str) -> String {
    format!("{account}-start")
}

/// A name that is the folder's own, and says nothing about where it is.
fn account_of(path: &Path) -> String {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let hash = blake3::derive_key("quen 2026 key store account", full.to_string_lossy().as_bytes());
    data_encoding::HEXLOWER.encode(&hash[..8])
}

/// Writes beside and renames: a crash leaves the old file or the new one.
fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
