//! An open device: what the door acts on. Holds the one writer, readers, files handed over, jobs, and the wish to
//! sync.

mod device;
mod edit_calls;
mod error;
mod files;
mod founding;
mod jobs;
mod kit_calls;
mod naming;
mod parts;
mod private_views;
mod reach;
mod relay_talk;
mod sample;
mod stage;
mod sync_calls;
pub(crate) mod workspace;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rusqlite::Connection;
use tokio::sync::{Notify, broadcast};
use wire::membership::Role;
use zeroize::Zeroizing;

use crate::{
    feed::Changed,
    id::AtMs,
    io::{self, DataFolder, Vault, VaultError},
    read::{KeptOrders, ReadContext},
    store::StoreError,
    sync::{Replica, Session},
};

pub use error::{ApiError, AppError};
pub use files::{Files, read_chosen};
pub use jobs::{JobContext, Jobs};
pub use stage::{Fresh, Joining, Stage};

/// Announcements that a slow listener may leave waiting.
const ANNOUNCEMENTS_MAX: usize = 256;

/// A device, shared by everything that uses it. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    // The end goes in this order: the writer, which alone can bring the log into the database, is the last to close
    // it, and only then is the folder free for others.
    reader: Mutex<Option<Reader>>,
    /// Handed on in turn: work in many parts lets everybody else in between.
    stage: parking_lot::Mutex<Stage>,
    role: Mutex<Option<Role>>,
    session: Mutex<Session>,
    vault: Mutex<Option<Vault>>,
    announcements: broadcast::Sender<Vec<Changed>>,
    sync_wish: Notify,
    joins_looked_at: Mutex<Option<AtMs>>,
    sync_status: Mutex<reach::Reachability>,
    files: Files,
    jobs: Jobs,
    folder: DataFolder,
}

/// A connection that only reads, and the orders of the lists that it was asked for.
struct Reader {
    conn: Connection,
    kept: Arc<KeptOrders>,
}

impl Reader {
    fn new(conn: Connection) -> Self {
        Self { conn, kept: Arc::default() }
    }
}

impl App {
    /// Opens the device of a data folder; without its secrets it stays locked until [`App::unlock`].
    ///
    /// # Errors
    /// [`AppError`] if the folder is in use or cannot be written, or the database cannot be opened.
    pub fn open(path: &Path, passphrase: Option<Zeroizing<String>>) -> Result<Self, AppError> {
        let folder = DataFolder::open(path)?;
        let (announcements, _) = broadcast::channel(ANNOUNCEMENTS_MAX);
        let inner = Inner {
            files: Files::new(&folder)?,
            folder,
            stage: parking_lot::Mutex::new(Stage::Locked),
            role: Mutex::new(None),
            session: Mutex::new(Session::default()),
            reader: Mutex::new(None),
            vault: Mutex::new(None),
            announcements,
            sync_wish: Notify::new(),
            joins_looked_at: Mutex::default(),
            sync_status: Mutex::default(),
            jobs: Jobs::default(),
        };
        let app = Self { inner: Arc::new(inner) };
        match Vault::find(&app.inner.folder, passphrase) {
            Ok(vault) => app.unlock_with(&vault)?,
            Err(VaultError::NeedsPassphrase) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(app)
    }

    /// Opens a locked device with a passphrase; the first one given to an empty folder becomes its passphrase.
    ///
    /// # Errors
    /// [`AppError`] if the passphrase is wrong.
    pub fn unlock(&self, passphrase: &str) -> Result<(), AppError> {
        if !matches!(*self.stage(), Stage::Locked) {
            return Ok(());
        }
        let passphrase = Zeroizing::new(passphrase.to_owned());
        let vault = Vault::find(&self.inner.folder, Some(passphrase))?;
        self.unlock_with(&vault)
    }

    fn unlock_with(&self, vault: &Vault) -> Result<(), AppError> {
        let opened = device::open(&self.inner.folder, vault)?;
        *lock(&self.inner.reader) = Some(Reader::new(opened.reader));
        *lock(&self.inner.vault) = Some(vault.clone());
        *self.stage() = opened.stage;
        self.announce(vec![changed("session")]);
        self.take_back_unfinished();
        self.wake_sync();
        Ok(())
    }

    /// Closes the database, whoever else still holds the device: what is asked from now on finds it locked. The log
    /// is brought into the database file.
    ///
    /// Waits for what is being read and written.
    pub fn close(&self) {
        *lock(&self.inner.reader) = None;
        *self.stage() = Stage::Locked;
    }

    /// Where the device stands.
    pub fn stage(&self) -> parking_lot::MutexGuard<'_, Stage> {
        self.inner.stage.lock()
    }

    /// Works with the writer.
    ///
    /// # Errors
    /// [`AppError::NoWorkspace`] before there is a workspace, or what `work` says.
    pub fn write<T>(&self, work: impl FnOnce(&mut Replica) -> Result<T, ApiError>) -> Result<T, ApiError> {
        match &mut *self.stage() {
            Stage::Ready(replica) => work(replica),
            Stage::Locked => Err(AppError::Locked.into()),
            _ => Err(AppError::NoWorkspace.into()),
        }
    }

    /// Works with a connection that only reads; the writer goes on meanwhile.
    ///
    /// # Errors
    /// [`AppError::Locked`] before the device was opened, or what `work` says.
    pub fn read<T, E: Into<ApiError>>(
        &self,
        work: impl FnOnce(&Connection, &ReadContext) -> Result<T, E>,
    ) -> Result<T, ApiError> {
        let guard = lock(&self.inner.reader);
        let Reader { conn, kept } = guard.as_ref().ok_or(AppError::Locked)?;
        // One moment for all that is asked, and one lock of the file instead of one for each statement.
        let conn = conn.unchecked_transaction().map_err(StoreError::from)?;
        let context = ReadContext {
            now: io::now(),
            utc_offset_minutes: io::local_offset_minutes(),
            staff: workspace::staff(&conn).map_err(AppError::from)?,
            kept: Some(Arc::clone(kept)),
        };
        work(&conn, &context).map_err(Into::into)
    }

    /// Tells every listener what moved. Called after a commit only.
    pub fn announce(&self, changed: Vec<Changed>) {
        if !changed.is_empty() {
            // Nobody may be listening; that is no fault.
            let _listeners = self.inner.announcements.send(changed);
        }
    }

    /// Hears what moves from now on.
    pub fn listen(&self) -> broadcast::Receiver<Vec<Changed>> {
        self.inner.announcements.subscribe()
    }

    /// Asks for a sync soon.
    pub fn wake_sync(&self) {
        self.inner.sync_wish.notify_one();
    }

    /// Files handed over by a screen, and files made for one.
    pub fn files(&self) -> &Files {
        &self.inner.files
    }

    /// Long work.
    pub fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }
}

/// An announcement about an entity as a whole.
pub(crate) fn changed(entity: &str) -> Changed {
    Changed { entity: entity.to_owned(), id: String::new(), cause: "local".to_owned() }
}

/// A panic elsewhere while the lock was held leaves data that every commit has checked: go on.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
