//! The only writer: takes edits and what other devices wrote, commits, announces.
//!
//! Pure of clock, randomness and network: the moment and every new identifier are arguments.

mod act;
mod context;
mod draft;
pub mod dump;
mod home;
mod known;
mod list;
mod project;
mod rebuild;
mod receive;
mod replay;
mod route;
mod typed;
mod undo;

use std::num::NonZeroUsize;

use crdt::{Document, HybridClock, HybridTime};
use lru::LruCache;
use rusqlite::Connection;
use wire::{ActorId, DeviceId, DocId, SpaceId, membership::Role};

use crate::{
    feed::Changed,
    id::{AtMs, BranchId, StaffId},
    store::{StoreError, change_log, projection},
};

pub use act::{Acted, Action, FirstEdit};
pub use context::{EditContext, EditError};
pub use home::Homes;
pub use receive::{Received, RemoteBundle};
pub use replay::Changes;

/// Documents kept in memory for the next edit.
const CACHE_DOCS: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");

/// Who this engine writes as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The device.
    pub device: DeviceId,
    /// The device in its present incarnation.
    pub actor: ActorId,
    /// What the device may do.
    pub role: Role,
    /// Who sits at it.
    pub staff: Option<StaffId>,
    /// The branch for what names none.
    pub branch: Option<BranchId>,
    /// The space of definitions, and of people without a branch that has a space here.
    pub shared_space: SpaceId,
}

/// The engine of one device.
pub struct Engine {
    conn: Connection,
    author: Author,
    clock: HybridClock,
    cache: LruCache<DocId, Document>,
}

/// Why something could not be read, merged or committed.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document refused.
    #[error(transparent)]
    Document(#[from] crdt::DocumentError),
}

impl From<rusqlite::Error> for EngineError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Engine {
    /// Takes over an open database.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn new(conn: Connection, author: Author) -> Result<Self, EngineError> {
        let last = change_log::last_own_time(&conn)?;
        Ok(Self::resumed(conn, author, last))
    }

    /// Takes over an open database whose last own time is known.
    pub fn resumed(conn: Connection, author: Author, last: HybridTime) -> Self {
        Self { conn, author, clock: HybridClock::resume(last), cache: LruCache::new(CACHE_DOCS) }
    }

    /// Gives the database back.
    pub fn into_conn(self) -> Connection {
        self.conn
    }

    /// Who it writes as.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// Changes who it writes as: another person sits down, the device was given another role, or it must take a
    /// new actor.
    pub fn set_author(&mut self, author: Author) {
        self.author = author;
    }

    /// The connection, for reads.
    pub fn conn(&self) -> &Connection {
        &self.conn
    }

    /// The connection, for the rooms that keep durable records of their own (sync, import, settings).
    ///
    /// Documents are written through [`Engine::act`] and [`Engine::receive`] only.
    pub fn conn_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }

    /// Whether the read tables stem from another version and must be built again.
    ///
    /// # Errors
    /// [`EngineError`] if the database refuses.
    pub fn needs_rebuild(&self) -> Result<bool, EngineError> {
        Ok(projection::is_stale(&self.conn)?)
    }

    /// Reads a document with its history, from memory or from the log.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read.
    pub fn document(&mut self, id: DocId) -> Result<Document, EngineError> {
        if let Some(document) = self.cache.get(&id) {
            return Ok(document.clone());
        }
        load(&self.conn, id)
    }
}

/// Reads a document from the log.
///
/// # Errors
/// [`EngineError`] if the log cannot be read.
pub fn load(conn: &Connection, id: DocId) -> Result<Document, EngineError> {
    Ok(Document::from_changes(id, change_log::of_doc(conn, id)?)?)
}

/// What is announced of documents that moved: one each, or one for all when there are many.
fn announcements(docs: &[DocId], cause: &str) -> Vec<Changed> {
    const SINGLE_MAX: usize = 200;
    let entity = |doc: &DocId| match doc.kind {
        wire::DocKind::CONTACT => "contact",
        wire::DocKind::DEFINITION => "definition",
        wire::DocKind::LISTING => "listing",
        _ => "document",
    };
    let mut rows: Vec<_> = docs
        .iter()
        .map(|doc| Changed {
            entity: entity(doc).to_owned(),
            id: if docs.len() > SINGLE_MAX {
                String::new()
            } else {
                ulid::Ulid::from_bytes(doc.key).to_string()
            },
            cause: cause.to_owned(),
        })
        .collect();
    rows.sort();
    rows.dedup();
    rows
}

/// The wall clock's milliseconds as the hybrid clock takes them.
fn wall_ms(at: AtMs) -> u64 {
    u64::try_from(at.0).unwrap_or(0)
}
