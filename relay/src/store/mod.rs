//! The disk of a relay: one SQLite database in WAL mode, every commit synced before it is acknowledged.
//!
//! One connection writes, under a lock; others read. SQL appears only in this module.

mod heads;
mod join;
mod log;
mod open;
mod put;
mod read;
mod schema;

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

pub(crate) use log::AppendResult;
pub(crate) use put::PutFailed;
use rusqlite::{Connection, ErrorCode};
use wire::{Lineage, RecordId, RelayId, SpaceId, WorkspaceId, membership::MembershipLog};

use crate::session::Sealer;

/// Which workspaces a relay takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Founding {
    /// Any.
    Open,
    /// Those named, and those that it holds already.
    Only(BTreeSet<WorkspaceId>),
}

/// What a store needs to know. Randomness comes in here.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// The database file; `None` keeps everything in memory.
    pub path: Option<PathBuf>,
    /// The relay's secret: its identity, and what seals challenges and tokens. Keep it when the database is
    /// wiped or restored.
    pub identity: [u8; 32],
    /// The lineage to take when the database is new; random.
    pub new_lineage: Lineage,
    /// Which workspaces may begin here.
    pub founding: Founding,
    /// Most bytes of chunks in one workspace.
    pub quota_bytes: u64,
}

impl StoreConfig {
    /// A store in memory that takes any workspace, with 1 GiB each.
    pub fn in_memory(identity: [u8; 32], new_lineage: Lineage) -> Self {
        Self { path: None, identity, new_lineage, founding: Founding::Open, quota_bytes: 1 << 30 }
    }
}

/// Why the store failed. Nothing was stored then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk is full")]
    Full(#[source] rusqlite::Error),
    /// The folder or the file cannot be written.
    #[error("the database cannot be written: read-only or missing rights")]
    ReadOnly(#[source] rusqlite::Error),
    /// A newer program made the database.
    #[error("the database has version {found}, this program knows up to {known}: use a newer quen-relay")]
    Newer {
        /// Its version.
        found: i64,
        /// What this program knows.
        known: i64,
    },
    /// The file is no database, or a damaged one.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// Anything else that SQLite says.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(error)
            }
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

/// Something new that devices may want to ask for. Hints are hints: polling is the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// A space has chunks up to this sequence.
    Space {
        /// The workspace.
        workspace: WorkspaceId,
        /// The space.
        space: SpaceId,
        /// Its newest sequence.
        seq: u64,
    },
    /// The membership log has a new head.
    Log {
        /// The workspace.
        workspace: WorkspaceId,
        /// Its newest record.
        head: RecordId,
    },
    /// A device asks to join.
    Join {
        /// The workspace.
        workspace: WorkspaceId,
    },
}

type Listener = Box<dyn Fn(Hint) + Send + Sync>;

/// The disk of a relay. All calls block; they may come from any thread.
pub struct Store {
    config: StoreConfig,
    relay: RelayId,
    lineage: Lineage,
    sealer: Sealer,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    queue: Mutex<Vec<Arc<put::Job>>>,
    logs: RwLock<HashMap<WorkspaceId, Arc<MembershipLog>>>,
    listener: RwLock<Option<Listener>>,
    /// Whether the last put found no room.
    is_full: AtomicBool,
}

impl Store {
    /// The relay's name: its verifying key.
    pub fn relay(&self) -> RelayId {
        self.relay
    }

    /// The life of this store. A new one means that it was wiped.
    pub fn lineage(&self) -> Lineage {
        self.lineage
    }

    /// Calls `listener` after each commit that brought something new, in the thread that committed.
    pub fn set_listener(&self, listener: impl Fn(Hint) + Send + Sync + 'static) {
        *self.listener.write().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(listener));
    }

    /// Whether the last put failed because the disk is full or may not be written; until one succeeds again.
    pub fn is_full(&self) -> bool {
        self.is_full.load(Ordering::Relaxed)
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    fn announce(&self, hint: Hint) {
        if let Some(listener) = &*self.listener.read().unwrap_or_else(PoisonError::into_inner) {
            listener(hint);
        }
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        lock(&self.writer)
    }

    /// Reads with a connection of its own, or with the writer's when all is in memory.
    fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let Some(path) = &self.config.path else { return query(&self.writer()) };
        let pooled = lock(&self.readers).pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => open::open_reader(path)?,
        };
        let result = query(&connection);
        let mut readers = lock(&self.readers);
        if readers.len() < open::READERS_MAX {
            readers.push(connection);
        }
        result
    }
}

/// Takes a lock whose data a panic cannot leave half-changed: SQLite rolls back, queues hold whole jobs.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("relay", &self.relay).field("lineage", &self.lineage).finish()
    }
}
