//! The same work on a raw database: one table, plain statements, no history, nothing to merge.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use formats::fold::fold;
use rusqlite::{Connection, params_from_iter};

use crate::sheet;

/// Rows in one commit, as many as an import commits.
const BATCH_ROWS: usize = 250;

const SCHEMA: &str = "
CREATE TABLE person (no INTEGER PRIMARY KEY, name TEXT, phone TEXT, email TEXT, birth_on TEXT, school TEXT,
  level TEXT, branch TEXT, address TEXT, source TEXT, status TEXT, tags TEXT, first_contact TEXT, note TEXT,
  name_fold TEXT) STRICT;
CREATE INDEX person_by_fold ON person (name_fold);
CREATE INDEX person_by_phone ON person (phone);
CREATE INDEX person_by_status ON person (status, source);
CREATE VIRTUAL TABLE words USING fts5 (folded, content = '', prefix = '1 2 3');
CREATE TABLE plain (no INTEGER PRIMARY KEY, bytes BLOB) STRICT;";

/// Opens a raw SQLCipher database that commits as durably as the product does.
pub fn open(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "07".repeat(32)))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "cache_size", "-32000")?;
    Ok(conn)
}

/// Writes the same people into one table with a search index. Returns how long that took.
pub fn import(path: &Path, people: u64) -> Result<Duration> {
    let mut conn = open(path)?;
    conn.execute_batch(SCHEMA)?;
    let started = Instant::now();
    let mut rows = sheet::rows(people).peekable();
    while rows.peek().is_some() {
        let tx = conn.transaction()?;
        for row in rows.by_ref().take(BATCH_ROWS) {
            let folded = fold(&row[0]);
            tx.prepare_cached(
                "INSERT INTO person (name, phone, email, birth_on, school, level, branch, address, source,
                 status, tags, first_contact, note, name_fold) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            )?
            .execute(params_from_iter(row.iter().chain([&folded])))?;
            let no = tx.last_insert_rowid();
            tx.prepare_cached("INSERT INTO words (rowid, folded) VALUES (?1, ?2)")?.execute((no, folded))?;
        }
        tx.commit()?;
    }
    Ok(started.elapsed())
}

/// Runs a statement, reads every column of every row, and says how long that took.
pub fn read(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Duration> {
    let started = Instant::now();
    let mut statement = conn.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params)?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        for at in 0..columns {
            bytes += row.get_ref(at)?.as_bytes_or_null().ok().flatten().map_or(8, <[u8]>::len);
        }
    }
    std::hint::black_box(bytes);
    Ok(started.elapsed())
}

/// Commits some bytes durably. Returns how long that took.
pub fn commit(conn: &mut Connection, bytes: &[u8]) -> Result<Duration> {
    let started = Instant::now();
    let tx = conn.transaction()?;
    tx.prepare_cached("INSERT INTO plain (bytes) VALUES (?1)")?.execute([bytes])?;
    tx.commit()?;
    Ok(started.elapsed())
}
