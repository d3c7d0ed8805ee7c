//! Sealed chunks, and how far each relay's log was read.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use wire::{ChunkId, DeviceId, Incarnation, Lineage, LogHash, SpaceId};

use super::StoreError;
use crate::id::AtMs;

/// What is known of a stored chunk's fate. The number is the stored form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i64)]
pub enum ChunkState {
    /// Own, and no relay has acknowledged it.
    Unsent = 0,
    /// In effect here; for own ones: acknowledged too.
    Applied = 1,
    /// Kept until a key or a membership record arrives.
    Held = 2,
    /// Refused for ever.
    Quarantined = 3,
    /// Own, and sealed again under a later number.
    Void = 4,
}

/// A chunk to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewChunk<'a> {
    /// The chunk.
    pub chunk: &'a wire::Chunk,
    /// Its fate so far.
    pub state: ChunkState,
    /// Why it is held or refused: a code.
    pub reason: Option<&'a str>,
    /// When.
    pub received_at_ms: AtMs,
}

/// Keeps a chunk, or changes the fate of one that is kept.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(tx: &Transaction<'_>, new: NewChunk<'_>) -> Result<(), StoreError> {
    let header = new.chunk.header();
    tx.prepare_cached(
        "INSERT INTO chunk (id, space, device, incarnation, device_seq, state, reason, received_at_ms, bytes)
         VALUES (:id, :space, :device, :incarnation, :device_seq, :state, :reason, :received_at_ms, :bytes)
         ON CONFLICT (id) DO UPDATE SET state = :state, reason = :reason",
    )?
    .execute(named_params! {
        ":id": new.chunk.id().0,
        ":space": header.space.0,
        ":device": header.device.0,
        ":incarnation": header.incarnation.0,
        ":device_seq": header.device_seq as i64,
        ":state": new.state as i64,
        ":reason": new.reason,
        ":received_at_ms": new.received_at_ms.0,
        ":bytes": new.chunk.as_bytes(),
    })?;
    Ok(())
}

/// Changes the fate of a chunk.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn set_state(tx: &Transaction<'_>, id: ChunkId, state: ChunkState) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE chunk SET state = ?2, reason = NULL WHERE id = ?1")?
        .execute((id.0, state as i64))?;
    Ok(())
}

/// The fate of a chunk, if it is kept.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn state_of(conn: &Connection, id: ChunkId) -> Result<Option<ChunkState>, StoreError> {
    let state: Option<i64> = conn
        .prepare_cached("SELECT state FROM chunk WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    Ok(state.and_then(|state| match state {
        0 => Some(ChunkState::Unsent),
        1 => Some(ChunkState::Applied),
        2 => Some(ChunkState::Held),
        3 => Some(ChunkState::Quarantined),
        4 => Some(ChunkState::Void),
        _ => None,
    }))
}

/// The space of a chunk, if it is kept.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn space_of(conn: &Connection, id: ChunkId) -> Result<Option<SpaceId>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT space FROM chunk WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(SpaceId))
        .optional()?)
}

/// The bytes of a chunk, if it is kept.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn bytes_of(conn: &Connection, id: ChunkId) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT bytes FROM chunk WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?)
}

/// Chunks with a fate, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn with_state(conn: &Connection, state: ChunkState, limit: u32) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT bytes FROM chunk WHERE state = ?1 ORDER BY no LIMIT ?2")?;
    let rows = statement.query_map((state as i64, limit), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Chunks with a fate, oldest first, without their bytes.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn ids_with_state(conn: &Connection, state: ChunkState) -> Result<Vec<ChunkId>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM chunk WHERE state = ?1 ORDER BY no")?;
    let rows = statement.query_map([state as i64], |row| Ok(ChunkId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Chunks that are held back, after the one with this number, oldest first, at most `limit`: number and bytes.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn held_after(conn: &Connection, no: i64, limit: u32) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT no, bytes FROM chunk WHERE state = 2 AND no > ?1 ORDER BY no LIMIT ?2")?;
    let rows = statement.query_map((no, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The chunks of a space that count here, own and others', or those of one device only.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn counting(
    conn: &Connection,
    space: SpaceId,
    device: Option<DeviceId>,
) -> Result<Vec<ChunkId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT id FROM chunk WHERE space = ?1 AND (?2 IS NULL OR device = ?2) AND state IN (0, 1)",
    )?;
    let rows =
        statement.query_map((space.0, device.map(|device| device.0)), |row| Ok(ChunkId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets a chunk aside that counted.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn set_aside(tx: &Transaction<'_>, id: ChunkId, reason: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE chunk SET state = 3, reason = ?2 WHERE id = ?1")?.execute((id.0, reason))?;
    Ok(())
}

/// Holds back what a device's work was set aside for in a space, so that it is judged again.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn hold_set_aside(
    tx: &Transaction<'_>,
    space: SpaceId,
    device: DeviceId,
    reason: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE chunk SET state = 2 WHERE space = ?1 AND device = ?2 AND state = 3 AND reason = ?3",
    )?
    .execute((space.0, device.0, reason))?;
    Ok(())
}

/// How many chunks have a fate.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn count(conn: &Connection, state: ChunkState) -> Result<u32, StoreError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM chunk WHERE state = ?1")?
        .query_row([state as i64], |row| row.get(0))?)
}

/// The identifiers of every chunk of a space that a relay may keep, in order: for reconciling.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn ids_of_space(conn: &Connection, space: SpaceId) -> Result<Vec<ChunkId>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id FROM chunk WHERE space = ?1 AND state IN (0, 1, 2) ORDER BY id")?;
    let rows = statement.query_map([space.0], |row| Ok(ChunkId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The last chunk of a device in a space and incarnation: number and identifier.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn last_of_device(
    conn: &Connection,
    device: DeviceId,
    space: SpaceId,
    incarnation: Incarnation,
) -> Result<Option<(u64, ChunkId)>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT device_seq, id FROM chunk WHERE device = ?1 AND space = ?2 AND incarnation = ?3
             ORDER BY device_seq DESC LIMIT 1",
        )?
        .query_row((device.0, space.0, incarnation.0), |row| {
            Ok((row.get::<_, i64>(0)? as u64, ChunkId(row.get(1)?)))
        })
        .optional()?)
}

/// How far a relay's log of a space was read: sequence and running hash.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn cursor(conn: &Connection, lineage: Lineage, space: SpaceId) -> Result<(u64, LogHash), StoreError> {
    let found = conn
        .prepare_cached("SELECT seq, hash FROM cursor WHERE lineage = ?1 AND space = ?2")?
        .query_row((lineage.0, space.0), |row| Ok((row.get::<_, i64>(0)? as u64, LogHash(row.get(1)?))))
        .optional()?;
    Ok(found.unwrap_or((0, LogHash::ZERO)))
}

/// Notes how far a relay's log of a space was read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_cursor(
    tx: &Transaction<'_>,
    lineage: Lineage,
    space: SpaceId,
    seq: u64,
    hash: LogHash,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO cursor (lineage, space, seq, hash) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (lineage, space) DO UPDATE SET seq = ?3, hash = ?4",
    )?
    .execute((lineage.0, space.0, seq as i64, hash.0))?;
    Ok(())
}

/// Whether any log of this store was read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn has_lineage(conn: &Connection, lineage: Lineage) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM cursor WHERE lineage = ?1")?.exists([lineage.0])?)
}

/// Whether a log of another store was read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn has_other_lineage(conn: &Connection, lineage: Lineage) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM cursor WHERE lineage <> ?1")?.exists([lineage.0])?)
}

/// When a chunk of each device last arrived or was made.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn last_heard_by_device(conn: &Connection) -> Result<Vec<(DeviceId, AtMs)>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT device, max(received_at_ms) FROM chunk GROUP BY device")?;
    let rows = statement.query_map([], |row| Ok((DeviceId(row.get(0)?), AtMs(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When a chunk of a space last arrived or was made.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn last_heard_of_space(conn: &Connection, space: SpaceId) -> Result<Option<AtMs>, StoreError> {
    let at: Option<i64> = conn
        .prepare_cached("SELECT max(received_at_ms) FROM chunk WHERE space = ?1 AND state = 1")?
        .query_row([space.0], |row| row.get(0))?;
    Ok(at.map(AtMs))
}
