//! The feed: what moved, in order of commit.

use rusqlite::Transaction;

use super::StoreError;
use crate::feed::Changed;

/// Rows kept for screens that were away; older ones tell them to fetch everything.
const ROWS_MAX: i64 = 10_000;

/// Appends a row.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(tx: &Transaction<'_>, row: &Changed) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO feed (entity, id, cause) VALUES (?1, ?2, ?3)")?.execute((
        &row.entity,
        &row.id,
        &row.cause,
    ))?;
    let sequence = tx.last_insert_rowid();
    if sequence % 1_000 == 0 {
        tx.execute("DELETE FROM feed WHERE sequence <= ?1", [sequence - ROWS_MAX])?;
    }
    Ok(())
}
