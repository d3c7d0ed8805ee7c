//! Single values by key.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;

/// Reads a value.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn get(conn: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Writes a value.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(tx: &Transaction<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
    )?
    .execute([key, value])?;
    Ok(())
}

/// Removes a value.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove(tx: &Transaction<'_>, key: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM setting WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// Every value whose key begins so, by key.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn values_under(conn: &Connection, prefix: &str) -> Result<Vec<String>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT value FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key")?;
    let rows = statement.query_map([prefix], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes all but the last `kept` values whose key begins so, by key.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn keep_last(tx: &Transaction<'_>, prefix: &str, kept: u32) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM setting WHERE key IN (
           SELECT key FROM setting WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute((prefix, kept))?;
    Ok(())
}
