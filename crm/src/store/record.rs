//! The membership log as stored, what waits to be written into it, and which device each actor is.

use rusqlite::{Connection, Transaction};
use wire::{ActorId, DeviceId, membership::Record};

use super::StoreError;

/// Appends a record that was verified.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(tx: &Transaction<'_>, record: &Record) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO record (id, bytes) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING")?
        .execute((record.id().0, record.as_bytes()))?;
    Ok(())
}

/// Every record, in order.
///
/// # Errors
/// [`StoreError`] if the database refuses or a record is not readable.
pub fn all(conn: &Connection) -> Result<Vec<Record>, StoreError> {
    read(conn, "SELECT bytes FROM record ORDER BY position", "membership record")
}

fn read(conn: &Connection, query: &str, what: &'static str) -> Result<Vec<Record>, StoreError> {
    let mut statement = conn.prepare_cached(query)?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|bytes| Record::parse(&bytes?).map_err(|_| StoreError::Unreadable { what })).collect()
}

/// Keeps what shall be written into the log once the authority can be reached.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_pending(tx: &Transaction<'_>, kind: u16, body: &[u8]) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO pending_record (kind, body) VALUES (?1, ?2)")?.execute((kind, body))?;
    Ok(())
}

/// The first of what waits: its number, kind and body.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn next_pending(conn: &Connection) -> Result<Option<(i64, u16, Vec<u8>)>, StoreError> {
    use rusqlite::OptionalExtension;
    Ok(conn
        .prepare_cached("SELECT no, kind, body FROM pending_record ORDER BY no LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// All of what waits, in order.
///
/// # Errors
/// [`StoreError`] if the database refuses or a record is not readable.
pub fn pending(conn: &Connection) -> Result<Vec<Record>, StoreError> {
    read(conn, "SELECT body FROM pending_record ORDER BY no", "waiting record")
}

/// Forgets something that waited.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove_pending(tx: &Transaction<'_>, no: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM pending_record WHERE no = ?1")?.execute([no])?;
    Ok(())
}

/// Remembers which device an actor is.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_actor(tx: &Transaction<'_>, actor: ActorId, device: DeviceId) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO actor (actor, device) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute((actor.0, device.0))?;
    Ok(())
}
