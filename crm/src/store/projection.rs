//! The read tables as a whole: making, dropping, and knowing which version stands there.

use rusqlite::{Connection, Transaction};

use super::{StoreError, setting};

/// Raise with every change of `schema/projection.sql` or of what is written into it.
pub const PROJECTION_VERSION: i64 = 11;

const SCHEMA: &str = include_str!("../../schema/projection.sql");
const VERSION_KEY: &str = "projection.version";

/// Every read table, in an order in which they can be compared.
pub const TABLES: &[&str] = &[
    "contact",
    "contact_field",
    "contact_point",
    "contact_tag",
    "consent",
    "relation",
    "contact_link",
    "interaction",
    "task",
    "comment",
    "mention",
    "conflict",
    "duplicate",
    "definition",
    "listing",
];
/// The search indexes.
pub const INDEXES: &[&str] = &["contact_words", "contact_parts"];

/// Makes the read tables if there are none.
pub(super) fn ensure_tables(conn: &mut Connection) -> Result<(), StoreError> {
    if setting::get(conn, VERSION_KEY)?.is_some() {
        return Ok(());
    }
    let tx = conn.transaction()?;
    tx.execute_batch(SCHEMA)?;
    setting::put(&tx, VERSION_KEY, &PROJECTION_VERSION.to_string())?;
    tx.commit()?;
    Ok(())
}

/// Whether the read tables were written by another version and must be built again.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_stale(conn: &Connection) -> Result<bool, StoreError> {
    Ok(setting::get(conn, VERSION_KEY)?.as_deref() != Some(PROJECTION_VERSION.to_string().as_str()))
}

/// Drops the read tables and makes them empty.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn reset(tx: &Transaction<'_>) -> Result<(), StoreError> {
    for table in TABLES.iter().chain(INDEXES) {
        tx.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    tx.execute_batch(SCHEMA)?;
    setting::put(tx, VERSION_KEY, &PROJECTION_VERSION.to_string())
}
