//! Files that pass between a screen and the engine: by handle, never by path.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use super::{AppError, lock};
use crate::{
    api::args::FileHandle,
    io::{DataFolder, SystemEntropy},
    sync::Entropy,
};

/// Files by handle.
#[derive(Debug)]
pub struct Files {
    dir: PathBuf,
    by_handle: Mutex<HashMap<String, (PathBuf, String)>>,
}

impl Files {
    pub(super) fn new(folder: &DataFolder) -> Result<Self, AppError> {
        let dir = folder.path().join("quen-files");
        // A name of our own: the folder may be one that a person keeps other things in. What an earlier run left lying is readable by nobody who asks through the door.
        if dir.exists() {
            fs::remove_dir_all(&dir).map_err(AppError::File)?;
        }
        fs::create_dir_all(&dir).map_err(AppError::File)?;
        Ok(Self { dir, by_handle: Mutex::default() })
    }

    /// Takes over bytes from a screen.
    ///
    /// # Errors
    /// [`AppError::File`] if they cannot be written.
    pub fn take_bytes(&self, name: &str, bytes: &[u8]) -> Result<FileHandle, AppError> {
        let file = self.reserve(name);
        let path = self.path(&file).unwrap_or_else(|| self.dir.join("lost"));
        fs::write(path, bytes).map_err(AppError::File)?;
        Ok(file)
    }

    /// Names a file that the person chose in a dialogue of the system.
    pub fn take_path(&self, path: &Path) -> FileHandle {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let handle = fresh();
        lock(&self.by_handle).insert(handle.clone(), (path.to_owned(), name.clone()));
        FileHandle { handle, name }
    }

    /// Makes room for a file that the engine will write.
    pub fn reserve(&self, name: &str) -> FileHandle {
        let handle = fresh();
        let name: String = name.chars().filter(|c| !matches!(c, '/' | '\\' | '\0')).collect();
        lock(&self.by_handle).insert(handle.clone(), (self.dir.join(&handle), name.clone()));
        FileHandle { handle, name }
    }

    /// Where the file of a handle is.
    pub fn path(&self, file: &FileHandle) -> Option<PathBuf> {
        lock(&self.by_handle).get(&file.handle).map(|(path, _)| path.clone())
    }

    /// Forgets a file; bytes that a screen handed over are removed.
    pub fn forget(&self, file: &FileHandle) {
        let Some((path, _)) = lock(&self.by_handle).remove(&file.handle) else { return };
        if path.starts_with(&self.dir)
            && let Err(error) = fs::remove_file(&path)
        {
            tracing::warn!(%error, "a file that was handed over cannot be removed");
        }
    }

    /// The name of a handle.
    pub fn name(&self, handle: &str) -> Option<String> {
        lock(&self.by_handle).get(handle).map(|(_, name)| name.clone())
    }
}

fn fresh() -> String {
    data_encoding::HEXLOWER.encode(&SystemEntropy.bytes::<16>())
}
