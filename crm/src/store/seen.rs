//! Which commits a connection has seen.

use rusqlite::Connection;

use super::StoreError;

/// The state of the database that a connection reads: commits of others, and what it wrote itself. Two that are
/// equal were read from the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    of_others: i64,
    own: u64,
}

impl Seen {
    /// What a connection sees now.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn of(conn: &Connection) -> Result<Self, StoreError> {
        let of_others = conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        Ok(Self { of_others, own: conn.total_changes() })
    }
}
