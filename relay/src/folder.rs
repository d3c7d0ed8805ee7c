//! The data folder: one process at a time, an identity that outlives the database.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

const LOCK: &str = "relay.lock";
const IDENTITY: &str = "identity.key";
const DATABASE: &str = "relay.db";

/// Why the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process uses it.
    #[error("another quen-relay already uses {}; stop it, or choose another --data folder", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// It cannot be made or written.
    #[error("cannot write in {} ({source}); check that the folder exists and belongs to this user", path.display())]
    NotWritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The identity has another length.
    #[error("{} is damaged: it must hold exactly 32 bytes; restore it from a backup", path.display())]
    BadIdentity {
        /// The file.
        path: PathBuf,
    },
}

/// A data folder that this process holds alone.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if needed and locks it until the value is dropped.
    ///
    /// # Errors
    /// [`FolderError`] if another process holds it, or it cannot be written.
    pub fn lock(path: &Path) -> Result<Self, FolderError> {
        let not_writable = |path: &Path| {
            let path = path.to_owned();
            move |source| FolderError::NotWritable { path, source }
        };
        fs::create_dir_all(path).map_err(not_writable(path))?;
        let lock_path = path.join(LOCK);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(not_writable(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => Err(not_writable(&lock_path)(source)),
        }
    }

    /// Where the database stands.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Reads the relay's secret, or keeps `fresh` (random) as such.
    ///
    /// # Errors
    /// [`FolderError`] if the file is damaged or cannot be written.
    pub fn identity(&self, fresh: [u8; 32]) -> Result<[u8; 32], FolderError> {
        let path = self.path.join(IDENTITY);
        match File::open(&path) {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)
                    .map_err(|source| FolderError::NotWritable { path: path.clone(), source })?;
                bytes.try_into().map_err(|_| FolderError::BadIdentity { path })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write_secret(&path, &fresh).map_err(|source| FolderError::NotWritable { path, source })?;
                Ok(fresh)
            }
            Err(source) => Err(FolderError::NotWritable { path, source }),
        }
    }
}

/// Writes beside and renames, so that a crash leaves no half of a secret.
fn write_secret(path: &Path, secret: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(secret)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_instance_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let held = DataFolder::lock(folder.path()).unwrap();
        assert!(matches!(DataFolder::lock(folder.path()), Err(FolderError::InUse { .. })));
        drop(held);
        assert!(DataFolder::lock(folder.path()).is_ok());
    }

    #[test]
    fn identity_is_kept_and_a_damaged_one_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::lock(folder.path()).unwrap();
        assert_eq!(data.identity([1; 32]).unwrap(), [1; 32]);
        assert_eq!(data.identity([2; 32]).unwrap(), [1; 32]);
        fs::write(folder.path().join(IDENTITY), b"short").unwrap();
        assert!(matches!(data.identity([2; 32]), Err(FolderError::BadIdentity { .. })));
    }

    #[test]
    fn folder_below_a_file_is_not_writable() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, b"").unwrap();
        assert!(matches!(DataFolder::lock(&file.join("data")), Err(FolderError::NotWritable { .. })));
    }
}
