//! The data folder of one device, and the lock that lets one program at a time use it.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// A data folder that this program holds.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another program holds it.
    #[error("another Quen uses this data folder; close it first")]
    InUse,
    /// It cannot be made or written.
    #[error("the data folder cannot be written; check its rights and the room on the disk")]
    NotWritable(#[source] io::Error),
}

impl DataFolder {
    /// Makes the folder if there is none and takes the lock, which ends with the program however it ends.
    ///
    /// # Errors
    /// [`FolderError`] if another program holds it or it cannot be written.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        if !path.exists() {
            std::fs::create_dir_all(path).map_err(FolderError::NotWritable)?;
            restrict(path).map_err(FolderError::NotWritable)?;
        }
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(FolderError::NotWritable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse),
            Err(TryLockError::Error(error)) => Err(FolderError::NotWritable(error)),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.path.join("quen.db")
    }
}

#[cfg(unix)]
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    // Only a folder that was just made: one that was there belongs to whoever made it.
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn restrict(_path: &Path) -> io::Result<()> {
    Ok(())
}
