//! Files of a database, copied while nobody writes: what a backup or a cloned disk holds.

use std::path::{Path, PathBuf};

/// A copy of a device's disk.
#[derive(Debug, Clone)]
pub struct DiskCopy(Vec<(&'static str, Vec<u8>)>);

const PARTS: [&str; 2] = ["", "-wal"];

impl DiskCopy {
    /// Reads the database and its log of writes. Both belong together at every commit.
    pub fn of(path: &Path) -> Self {
        let read = |part: &'static str| std::fs::read(part_of(path, part)).ok().map(|bytes| (part, bytes));
        Self(PARTS.into_iter().filter_map(read).collect())
    }

    /// Replaces what stands at `path`.
    pub fn restore(&self, path: &Path) {
        for part in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(part_of(path, part));
        }
        for (part, bytes) in &self.0 {
            std::fs::write(part_of(path, part), bytes).expect("the folder can be written");
        }
    }
}

fn part_of(path: &Path, part: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(part);
    name.into()
}
