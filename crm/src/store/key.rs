//! Keys of spaces.

use rusqlite::{Connection, OptionalExtension, Transaction};
use wire::SpaceId;
use zeroize::Zeroizing;

use super::StoreError;

/// Keeps the key of an epoch.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(tx: &Transaction<'_>, space: SpaceId, epoch: u32, key: &[u8; 32]) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO epoch_key (space, epoch, key) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute((space.0, epoch, key))?;
    Ok(())
}

/// The key of an epoch, if this device holds it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn get(conn: &Connection, space: SpaceId, epoch: u32) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT key FROM epoch_key WHERE space = ?1 AND epoch = ?2")?
        .query_row((space.0, epoch), |row| row.get::<_, [u8; 32]>(0))
        .optional()?
        .map(Zeroizing::new))
}

/// The spaces whose keys this device holds.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn spaces(conn: &Connection) -> Result<Vec<SpaceId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT space FROM epoch_key ORDER BY space")?;
    let rows = statement.query_map([], |row| Ok(SpaceId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether this device holds a key of a space.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_held(conn: &Connection, space: SpaceId) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM epoch_key WHERE space = ?1")?.exists([space.0])?)
}
