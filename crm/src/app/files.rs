//! Files that pass between a screen and the engine: by handle, never by path.

use std::{
    collections::HashMap,
    fs,
    io::Read,
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
    /// Largest file that is taken or read, in bytes.
    pub const BYTES_MAX: usize = 256 * 1024 * 1024;

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

/// Reads a file that a person chose. Its size is looked at first, and counted while it is read: some have none.
///
/// # Errors
/// [`AppError::FileTooLarge`] beyond [`Files::BYTES_MAX`], [`AppError::Chosen`] if it cannot be read.
pub fn read_chosen(path: &Path) -> Result<Vec<u8>, AppError> {
    let file = fs::File::open(path).map_err(AppError::Chosen)?;
    let size = file.metadata().map_err(AppError::Chosen)?.len();
    read_at_most(file, size, Files::BYTES_MAX)
}

fn read_at_most(file: impl Read, size: u64, bytes_max: usize) -> Result<Vec<u8>, AppError> {
    let too_large = AppError::FileTooLarge { bytes_max };
    let Some(size) = usize::try_from(size).ok().filter(|size| *size <= bytes_max) else {
        return Err(too_large);
    };
    let mut bytes = Vec::with_capacity(size);
    file.take(bytes_max as u64 + 1).read_to_end(&mut bytes).map_err(AppError::Chosen)?;
    if bytes.len() > bytes_max { Err(too_large) } else { Ok(bytes) }
}

fn fresh() -> String {
    data_encoding::HEXLOWER.encode(&SystemEntropy.bytes::<16>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that must not be read.
    struct Untouched;

    impl Read for Untouched {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            panic!("its size is known to be too large")
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_before_it_is_in_memory() {
        let is_refused =
            |read: Result<Vec<u8>, AppError>| matches!(read, Err(AppError::FileTooLarge { bytes_max: 8 }));
        assert!(is_refused(read_at_most(Untouched, 9, 8)));
        assert!(is_refused(read_at_most(Untouched, u64::MAX, 8)));
        // Devices and pipes say that they have no size.
        assert!(is_refused(read_at_most(std::io::repeat(b'a'), 0, 8)));
        assert_eq!(read_at_most(&b"12345678"[..], 8, 8).unwrap(), b"12345678");
        assert_eq!(read_at_most(&b"1234"[..], 0, 8).unwrap(), b"1234");
    }

    #[test]
    fn files_are_read_up_to_what_tables_take() {
        assert_eq!(Files::BYTES_MAX, formats::table::Limits::default().bytes_max);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        // Nothing is written: the file has holes only.
        fs::File::create(&path).unwrap().set_len(Files::BYTES_MAX as u64 + 1).unwrap();
        let refused = crate::app::ApiError::from(read_chosen(&path).unwrap_err());
        assert_eq!(refused.code, "file_too_large");
    }

    #[test]
    fn a_chosen_file_that_cannot_be_read_is_no_fault_of_the_data_folder() {
        let dir = tempfile::tempdir().unwrap();
        let code = |path: &Path| crate::app::ApiError::from(read_chosen(path).unwrap_err()).code;
        assert_eq!(code(&dir.path().join("gone.csv")), "file_missing");
        assert_eq!(code(dir.path()), "file_unreadable", "a folder is no file");
    }
}
