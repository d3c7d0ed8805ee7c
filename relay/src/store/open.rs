//! Opening and migrating the database.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, RwLock, atomic::AtomicBool},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use wire::{Lineage, RelayId};

use super::{Store, StoreConfig, StoreError, schema::STEPS};
use crate::session::Sealer;

/// Most idle connections that wait for the next read.
pub(super) const READERS_MAX: usize = 8;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const CACHED_STATEMENTS: usize = 64;

impl Store {
    /// Opens the database, or makes it.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be written, is damaged, or was made by a newer program.
    pub fn open(config: StoreConfig) -> Result<Self, StoreError> {
        let mut connection = match &config.path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        prepare(&connection)?;
        // WAL needs a file; in memory SQLite answers "memory" and stays as it is.
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;")?;
        migrate(&mut connection)?;
        let lineage = read_lineage(&connection, config.new_lineage)?;
        let sealer = Sealer::new(&config.identity);
        let key = ed25519_dalek::SigningKey::from_bytes(&config.identity);
        Ok(Self {
            relay: RelayId(key.verifying_key().to_bytes()),
            lineage,
            sealer,
            config,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
            queue: Mutex::new(Vec::new()),
            logs: RwLock::new(HashMap::new()),
            listener: RwLock::new(None),
            is_full: AtomicBool::new(false),
        })
    }

    /// Checks that the database answers, and counts its workspaces.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub fn workspace_count(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let count: i64 = connection.query_row("SELECT count(*) FROM workspace", [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
    }

    /// Lets the database grow no further, for tests of a full disk.
    ///
    /// # Errors
    /// [`StoreError`] if the database fails.
    pub fn limit_pages_to_current(&self) -> Result<(), StoreError> {
        let writer = self.writer();
        let pages: i64 = writer.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        writer.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Lets the database grow again, after [`Store::limit_pages_to_current`].
    ///
    /// # Errors
    /// [`StoreError`] if the database fails.
    pub fn lift_page_limit(&self) -> Result<(), StoreError> {
        self.writer().query_row("PRAGMA max_page_count = 4294967294", [], |_| Ok(()))?;
        Ok(())
    }

    /// Moves what the write-ahead log holds into the database file, before the program ends.
    ///
    /// # Errors
    /// [`StoreError`] if the disk fails.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.writer().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    connection.execute_batch("PRAGMA foreign_keys = ON;")?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = STEPS.len() as i64;
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let tx = connection.transaction()?;
    for step in &STEPS[usize::try_from(found).unwrap_or(0)..] {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

fn read_lineage(connection: &Connection, fresh: Lineage) -> Result<Lineage, StoreError> {
    let stored: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM meta WHERE name = 'lineage'", [], |row| row.get(0))
        .optional()?;
    if let Some(bytes) = stored {
        return Lineage::from_slice(&bytes).map_err(|error| StoreError::Damaged(error.to_string()));
    }
    connection.execute("INSERT INTO meta (name, value) VALUES ('lineage', ?1)", [fresh.0.as_slice()])?;
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An acknowledged chunk must survive a cut of the power: with less than FULL, SQLite lets the last commits of a
    /// write-ahead log go.
    #[test]
    fn database_waits_for_the_disk_at_each_commit_and_keeps_nothing_that_was_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = Some(folder.path().join("relay.db"));
        let config = StoreConfig { path, ..StoreConfig::in_memory([1; 32], Lineage([2; 16])) };
        let store = Store::open(config).unwrap();
        let writer = store.writer();
        let mode: String = writer.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        let number = |name| writer.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!((mode.as_str(), number("synchronous")), ("wal", 2));
        assert_eq!((number("secure_delete"), number("foreign_keys")), (1, 1));
    }
}
