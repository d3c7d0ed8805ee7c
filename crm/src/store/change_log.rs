//! The change log: the truth from which everything that is shown can be built again.

use crdt::{ChangeHash, DocChange, HybridTime};
use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use wire::{DocId, SpaceId};

use super::{StoreError, setting};
use crate::id::{ActionId, AtMs};

/// Key of the greatest hybrid time among what this device sealed.
const LAST_SEALED_TIME: &str = "clock.sealed";

/// A change to append.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    /// Its document.
    pub doc: DocId,
    /// The space in which the document lives; kept from the first change of a document on.
    pub space: SpaceId,
    /// The change.
    pub change: &'a DocChange,
    /// Whether this device made it.
    pub is_local: bool,
    /// When it was written down here.
    pub received_at_ms: AtMs,
}

/// A change as the log keeps it.
#[derive(Debug, Clone)]
pub struct LoggedChange {
    /// Order of arrival here.
    pub no: i64,
    /// Its document.
    pub doc: DocId,
    /// The document's space.
    pub space: SpaceId,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Appends a change; one that the document has already is left alone and `false` is returned.
///
/// Two documents may have a change of the same hash: people who were entered alike by one action.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn append(tx: &Transaction<'_>, new: NewChange<'_>) -> Result<bool, StoreError> {
    let doc = doc_number(tx, &new)?;
    let stamp = new.change.stamp();
    let rows = tx
        .prepare_cached(
            "INSERT INTO change (hash, doc, actor, action, time, cause, is_local, is_sealed, received_at_ms, bytes)
             VALUES (:hash, :doc, :actor, :action, :time, :cause, :is_local, :is_sealed, :received_at_ms, :bytes)
             ON CONFLICT (doc, hash) DO NOTHING",
        )?
        .execute(named_params! {
            ":hash": new.change.hash().0,
            ":doc": doc,
            ":actor": new.change.actor().0,
            ":action": stamp.map(|stamp| stamp.action.0),
            ":time": stamp.map_or(0, |stamp| stamp.time.0 as i64),
            ":cause": stamp.map_or(0, |stamp| stamp.cause.0),
            ":is_local": new.is_local,
            ":is_sealed": !new.is_local,
            ":received_at_ms": new.received_at_ms.0,
            ":bytes": new.change.as_bytes(),
        })?;
    Ok(rows == 1)
}

/// The number of a document here; it is given one when it is new.
fn doc_number(tx: &Transaction<'_>, new: &NewChange<'_>) -> Result<i64, StoreError> {
    let id = new.doc.to_bytes();
    if new.change.is_first() {
        let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO doc (id, space) VALUES (?1, ?2)")?;
        if insert.execute((id, new.space.0))? == 1 {
            return Ok(tx.last_insert_rowid());
        }
    }
    let known = tx
        .prepare_cached("SELECT no FROM doc WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(no) = known {
        return Ok(no);
    }
    tx.prepare_cached("INSERT INTO doc (id, space) VALUES (?1, ?2)")?.execute((id, new.space.0))?;
    Ok(tx.last_insert_rowid())
}

/// The space in which a document lives, if it is known here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn space_of(conn: &Connection, doc: DocId) -> Result<Option<SpaceId>, StoreError> {
    conn.prepare_cached("SELECT space FROM doc WHERE id = ?1")?
        .query_row([doc.to_bytes()], |row| row.get::<_, [u8; 16]>(0))
        .optional()
        .map(|space| space.map(SpaceId))
        .map_err(StoreError::from)
}

/// All changes of a document, in order of arrival.
///
/// # Errors
/// [`StoreError`] if the database refuses or a stored change is not readable.
pub fn of_doc(conn: &Connection, doc: DocId) -> Result<Vec<DocChange>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT change.bytes FROM change JOIN doc ON doc.no = change.doc WHERE doc.id = ?1 ORDER BY change.no",
    )?;
    let mut rows = statement.query([doc.to_bytes()])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_blob().map_err(|_| StoreError::Unreadable { what: "change" })?;
        changes.push(DocChange::parse(bytes).map_err(|_| StoreError::Unreadable { what: "change" })?);
    }
    Ok(changes)
}

/// The documents that an action changed, in order of identifier.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn docs_of_action(conn: &Connection, action: ActionId) -> Result<Vec<DocId>, StoreError> {
    docs(
        conn,
        "SELECT DISTINCT doc.id FROM change JOIN doc ON doc.no = change.doc WHERE change.action = ?1 ORDER BY doc.id",
        [action.0],
    )
}

/// Every document of one kind after `after`, in order of identifier, at most `limit`.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn docs_after(conn: &Connection, after: &[u8], limit: u32) -> Result<Vec<DocId>, StoreError> {
    docs(conn, "SELECT id FROM doc WHERE id > ?1 ORDER BY id LIMIT ?2", (after, limit))
}

fn docs(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<DocId>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map(params, |row| row.get::<_, Vec<u8>>(0))?;
    ids.map(|bytes| DocId::from_slice(&bytes?).map_err(|_| StoreError::Unreadable { what: "document id" }))
        .collect()
}

/// How many changes no chunk carries yet.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn count_unsealed(conn: &Connection) -> Result<u32, StoreError> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM change WHERE is_sealed = 0")?
        .query_row([], |row| row.get(0))?)
}

/// Changes of a space that no chunk carries yet, oldest first, until `bytes_max` is passed.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn unsealed(
    conn: &Connection,
    space: SpaceId,
    bytes_max: usize,
) -> Result<Vec<LoggedChange>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT change.no, doc.id, change.bytes FROM change JOIN doc ON doc.no = change.doc
         WHERE change.is_sealed = 0 AND doc.space = ?1 ORDER BY change.no",
    )?;
    let mut rows = statement.query([space.0])?;
    let (mut changes, mut bytes_sum) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(2)?;
        bytes_sum += bytes.len();
        if bytes_sum > bytes_max && !changes.is_empty() {
            break;
        }
        let doc = DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)
            .map_err(|_| StoreError::Unreadable { what: "document id" })?;
        changes.push(LoggedChange { no: row.get(0)?, doc, space, bytes });
    }
    Ok(changes)
}

/// Notes that a chunk carries these changes now, and the latest time among them.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn mark_sealed(tx: &Transaction<'_>, numbers: &[i64]) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached("UPDATE change SET is_sealed = 1 WHERE no = ?1 RETURNING time")?;
    let mut last = last_sealed_time(tx)?;
    for no in numbers {
        let time = statement.query_row([no], |row| row.get::<_, i64>(0)).optional()?;
        last = last.max(HybridTime(time.unwrap_or(0) as u64));
    }
    setting::put(tx, LAST_SEALED_TIME, &last.0.to_string())
}

/// The greatest hybrid time of what this device wrote and sealed.
fn last_sealed_time(conn: &Connection) -> Result<HybridTime, StoreError> {
    let Some(text) = setting::get(conn, LAST_SEALED_TIME)? else { return Ok(HybridTime(0)) };
    text.parse().map(HybridTime).map_err(|_| StoreError::Unreadable { what: "time of the last sealing" })
}

/// When the change that wrote an action into a document arrived here, and whether it was made here.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn arrivals(conn: &Connection, doc: DocId) -> Result<Vec<(ChangeHash, AtMs, bool)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT change.hash, change.received_at_ms, change.is_local FROM change
         JOIN doc ON doc.no = change.doc WHERE doc.id = ?1",
    )?;
    let rows = statement
        .query_map([doc.to_bytes()], |row| Ok((ChangeHash(row.get(0)?), AtMs(row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The greatest hybrid time that this device wrote lately.
///
/// Others' times do not count: one desk whose clock runs years ahead would drag every other with it.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn last_own_time(conn: &Connection) -> Result<HybridTime, StoreError> {
    // What others made is never unsealed.
    let unsealed: Option<i64> = conn.query_row(
        "SELECT max(time) FROM (SELECT time FROM change WHERE is_sealed = 0 ORDER BY no DESC LIMIT 2000)",
        [],
        |row| row.get(0),
    )?;
    Ok(last_sealed_time(conn)?.max(HybridTime(unsealed.unwrap_or(0) as u64)))
}

/// Removes a change of a document that nobody else has seen, to write it again under another actor.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remove(tx: &Transaction<'_>, doc: DocId, hash: ChangeHash) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM change WHERE hash = ?2 AND doc = (SELECT no FROM doc WHERE id = ?1)")?
        .execute((doc.to_bytes(), hash.0))?;
    Ok(())
}

/// Every change of an actor that no chunk carries yet, with its document.
///
/// # Errors
/// [`StoreError`] if the database refuses or a stored change is not readable.
pub fn unsealed_of_actor(
    conn: &Connection,
    actor: wire::ActorId,
) -> Result<Vec<(DocId, ChangeHash)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT doc.id, change.hash FROM change JOIN doc ON doc.no = change.doc
         WHERE change.is_sealed = 0 AND change.actor = ?1",
    )?;
    let rows =
        statement.query_map([actor.0], |row| Ok((row.get::<_, Vec<u8>>(0)?, ChangeHash(row.get(1)?))))?;
    rows.map(|row| {
        let (doc, hash) = row?;
        Ok((DocId::from_slice(&doc).map_err(|_| StoreError::Unreadable { what: "document id" })?, hash))
    })
    .collect()
}
