//! The database: opening, durable tables, the change log. Statements on durable tables stand here only.
//!
//! Reads take a connection; writes take a transaction, which only the engine opens.

pub mod change_log;
pub mod chunk;
mod cipher;
pub mod key;
pub mod open;
pub mod projection;
pub mod record;
mod seen;
pub mod setting;

pub use change_log::{LoggedChange, NewChange};
pub use open::{DatabaseKey, Durability, OpenError, open};
pub use seen::Seen;

/// A statement on the database failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk has no room left. Nothing of the attempt was kept.
    #[error("the disk is full; nothing was changed")]
    DiskFull(#[source] rusqlite::Error),
    /// The folder or file cannot be written.
    #[error("the database cannot be written; check the folder's rights")]
    ReadOnly(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the database file is damaged; restore a backup or join again")]
    Damaged(#[source] rusqlite::Error),
    /// Anything else that the database says.
    #[error("the database refused a statement")]
    Statement(#[source] rusqlite::Error),
    /// A stored value does not have its form.
    #[error("stored {what} is not readable")]
    Unreadable {
        /// Which value.
        what: &'static str,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull(error),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(error)
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            _ => Self::Statement(error),
        }
    }
}
