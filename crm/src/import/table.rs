//! Imports and their rows in the database.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde::{Deserialize, Serialize};

use super::{
    overlay::Named,
    view::{
        ImportCell, ImportCounts, ImportMapping, ImportNote, ImportReading, ImportRow, ImportRows, ImportView,
    },
};
use crate::{
    id::{ActionId, AtMs, ContactId, ImportId},
    store::{StoreError, setting},
};

/// An import as stored.
#[derive(Debug, Clone)]
pub struct StoredImport {
    /// Which.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// How it is read.
    pub reading: ImportReading,
    /// How it is understood.
    pub mapping: ImportMapping,
    /// draft, checked, running, paused, done, failed or undone.
    pub state: String,
    /// When it was begun.
    pub started_at: AtMs,
    /// Rows handled.
    pub rows_done: u32,
    /// Rows in all.
    pub rows_total: u32,
    /// What came of them.
    pub counts: ImportCounts,
    /// The action under which everything is written.
    pub action: ActionId,
}

const COLUMNS: &str =
    "id, file_name, reading, mapping, state, started_at_ms, rows_done, rows_total, counts, action";

impl StoredImport {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let json = |at: usize| row.get::<_, String>(at);
        Ok(Self {
            id: ImportId(row.get(0)?),
            file_name: row.get(1)?,
            reading: serde_json::from_str(&json(2)?).unwrap_or_default(),
            mapping: serde_json::from_str(&json(3)?).unwrap_or_default(),
            state: row.get(4)?,
            started_at: AtMs(row.get(5)?),
            rows_done: row.get(6)?,
            rows_total: row.get(7)?,
            counts: serde_json::from_str(&json(8)?).unwrap_or_default(),
            action: ActionId(row.get(9)?),
        })
    }

    /// As screens show it.
    pub fn view(&self) -> ImportView {
        let is_written = matches!(self.state.as_str(), "running" | "paused" | "done" | "failed");
        ImportView {
            id: self.id,
            file_name: self.file_name.clone(),
            state: self.state.clone(),
            started_at_ms: self.started_at,
            rows_done: self.rows_done,
            rows_total: self.rows_total,
            counts: self.counts.clone(),
            job: None,
            action: is_written.then_some(self.action),
        }
    }
}

/// Keeps an import, with its file when it is new.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put(tx: &Transaction<'_>, import: &StoredImport, file: Option<&[u8]>) -> Result<(), StoreError> {
    let text = |value: Result<String, serde_json::Error>| {
        value.map_err(|_| StoreError::Unreadable { what: "import" })
    };
    if let Some(bytes) = file {
        tx.prepare_cached("INSERT OR REPLACE INTO import_file (import, bytes) VALUES (?1, ?2)")?
            .execute((import.id.0, bytes))?;
    }
    tx.prepare_cached(
        "INSERT INTO import (id, file_name, reading, mapping, state, started_at_ms, rows_done, rows_total,
           counts, action)
         VALUES (:id, :file_name, :reading, :mapping, :state, :started_at_ms, :rows_done, :rows_total,
           :counts, :action)
         ON CONFLICT (id) DO UPDATE SET reading = :reading, mapping = :mapping, state = :state,
           rows_done = :rows_done, rows_total = :rows_total, counts = :counts",
    )?
    .execute(named_params! {
        ":id": import.id.0,
        ":file_name": import.file_name,
        ":reading": text(serde_json::to_string(&import.reading))?,
        ":mapping": text(serde_json::to_string(&import.mapping))?,
        ":state": import.state,
        ":started_at_ms": import.started_at.0,
        ":rows_done": import.rows_done,
        ":rows_total": import.rows_total,
        ":counts": text(serde_json::to_string(&import.counts))?,
        ":action": import.action.0,
    })?;
    Ok(())
}

/// Reads an import.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn get(conn: &Connection, id: ImportId) -> Result<Option<StoredImport>, StoreError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM import WHERE id = ?1"))?
        .query_row([id.0], StoredImport::read)
        .optional()?)
}

/// Every import, newest first.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn all(conn: &Connection) -> Result<Vec<StoredImport>, StoreError> {
    let mut statement = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM import ORDER BY started_at_ms DESC, id LIMIT 100"))?;
    let rows = statement.query_map([], StoredImport::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The file of an import.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn file(conn: &Connection, id: ImportId) -> Result<Vec<u8>, StoreError> {
    Ok(conn
        .prepare_cached("SELECT bytes FROM import_file WHERE import = ?1")?
        .query_row([id.0], |row| row.get(0))?)
}

/// Forgets what was found about the rows.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn clear_rows(tx: &Transaction<'_>, id: ImportId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM import_row WHERE import = ?1")?.execute([id.0])?;
    Ok(())
}

/// A row and whom it named, as stored together. [`ImportRow`] reads it.
#[derive(Serialize)]
struct StoredRow<'a> {
    line: u32,
    outcome: &'a str,
    name: &'a str,
    contact: Option<ContactId>,
    cells: Vec<StoredCell<'a>>,
    notes: &'a [ImportNote],
    named: &'a [Named],
}

/// A cell without the names of its fields, in their order: with them most rows would be longer than fits a page's
/// share, and each took a page of its own.
#[derive(Serialize)]
struct StoredCell<'a>(&'a str, &'a str, &'a str, &'a str);

impl<'a> StoredRow<'a> {
    fn of(row: &'a ImportRow, named: &'a [Named]) -> Self {
        let ImportRow { line, outcome, name, contact, cells, notes } = row;
        let cells = cells.iter().map(|cell| {
            let ImportCell { field, raw, before, after } = cell;
            StoredCell(field, raw, before, after)
        });
        Self { line: *line, outcome, name, contact: *contact, cells: cells.collect(), notes, named }
    }
}

/// Keeps what was found about a row, and whom it named.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn put_row(
    tx: &Transaction<'_>,
    id: ImportId,
    row: &ImportRow,
    named: &[Named],
) -> Result<(), StoreError> {
    let data = serde_json::to_string(&StoredRow::of(row, named))
        .map_err(|_| StoreError::Unreadable { what: "import row" })?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO import_row (import, line, outcome, data) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((id.0, row.line, &row.outcome, data))?;
    Ok(())
}

/// Whom a row named that was kept before.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn named_by(conn: &Connection, id: ImportId, line: u32) -> Result<Vec<Named>, StoreError> {
    /// Rows that an older program kept say only whom they are about.
    #[derive(Deserialize)]
    struct Kept {
        outcome: String,
        contact: Option<ContactId>,
        named: Option<Vec<Named>>,
    }
    let data: Option<String> = conn
        .prepare_cached("SELECT data FROM import_row WHERE import = ?1 AND line = ?2")?
        .query_row((id.0, line), |row| row.get(0))
        .optional()?;
    let Some(data) = data else { return Ok(Vec::new()) };
    let Kept { outcome, contact, named } =
        serde_json::from_str(&data).map_err(|_| StoreError::Unreadable { what: "import row" })?;
    Ok(named
        .unwrap_or_else(|| contact.map(|id| Named { id, is_new: outcome == "new" }).into_iter().collect()))
}

/// What is said of a cell of which not all could be read; the cell is kept with the person as it is.
pub const UNREAD: [&str; 5] = ["badPhone", "longPhones", "badDate", "badEmail", "unknownWord"];

/// A stretch of rows: of one outcome, `merged` into somebody who was known, those that a person `needsPerson` to
/// look at, those that went in with a cell `unread`, or all.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn rows(
    conn: &Connection,
    id: ImportId,
    which: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<ImportRows, StoreError> {
    let unread = UNREAD.map(|code| format!("instr(data, '\"code\":\"{code}\"') > 0")).join(" OR ");
    let unread = format!("outcome <> 'error' AND ({unread})");
    let condition = match which {
        Some("merged") => "outcome IN ('updated', 'duplicate')",
        Some("unread") => unread.as_str(),
        // The note stands in the row's JSON, however the row came out.
        Some("needsPerson") => {
            "(instr(data, '\"code\":\"maybeKnown\"') > 0 OR instr(data, '\"code\":\"swallowedRows\"') > 0)"
        }
        _ => "(?2 IS NULL OR outcome = ?2)",
    };
    let outcome = which.filter(|which| !matches!(*which, "merged" | "needsPerson" | "unread"));
    let total = conn
        .prepare_cached(&format!(
            "SELECT count(*) FROM import_row WHERE import = ?1 AND ?2 IS ?2 AND {condition}"
        ))?
        .query_row((id.0, outcome), |row| row.get(0))?;
    let mut statement = conn.prepare_cached(&format!(
        "SELECT data FROM import_row WHERE import = ?1 AND ?2 IS ?2 AND {condition} ORDER BY line LIMIT ?4 OFFSET ?3"
    ))?;
    let found =
        statement.query_map((id.0, outcome, offset, limit.min(1_000)), |row| row.get::<_, String>(0))?;
    let mut rows = Vec::new();
    for data in found {
        rows.push(serde_json::from_str(&data?).map_err(|_| StoreError::Unreadable { what: "import row" })?);
    }
    Ok(ImportRows { total, rows })
}

/// The column of our own that says in a file of errors what is wrong with a row.
pub const OWN_COLUMN: &str = "Quen";
/// The column behind it that says whom the row went into, so that the mended row finds them, whatever was mended.
pub const OWN_ID_COLUMN: &str = "Quen ID";

/// The columns of a sheet without those that a file of errors has more.
pub fn without_own_columns(header: &[String]) -> &[String] {
    match header {
        [theirs @ .., own, id] if own == OWN_COLUMN && id == OWN_ID_COLUMN => theirs,
        [theirs @ .., own] if own == OWN_COLUMN => theirs,
        _ => header,
    }
}

fn remembered_name(header: &[String]) -> String {
    let header = without_own_columns(header);
    let hash = blake3::derive_key("quen 2026 import header", header.join("\u{1f}").as_bytes());
    format!("import.mapping.{}", data_encoding::HEXLOWER.encode(&hash[..12]))
}

/// How a file with this header was understood the last time.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remembered(conn: &Connection, header: &[String]) -> Result<Option<ImportMapping>, StoreError> {
    let text = setting::get(conn, &remembered_name(header))?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Remembers how a file with this header is understood.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn remember(tx: &Transaction<'_>, header: &[String], mapping: &ImportMapping) -> Result<(), StoreError> {
    let text =
        serde_json::to_string(mapping).map_err(|_| StoreError::Unreadable { what: "import mapping" })?;
    setting::put(tx, &remembered_name(header), &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_row_reads_back_as_does_one_of_an_older_program() {
        let cell = |field: &str, after: &str| ImportCell {
            field: field.into(),
            raw: "0912 345 678".into(),
            before: String::new(),
            after: after.into(),
        };
        let row = ImportRow {
            line: 7,
            outcome: "new".into(),
            name: "An".into(),
            contact: Some(ContactId([1; 16])),
            cells: vec![cell("phone", "+84912345678"), cell("note", "")],
            notes: vec![ImportNote { code: "badDate".into(), column: "Sinh".into(), text: "32/1".into() }],
        };
        let stored = serde_json::to_string(&StoredRow::of(&row, &[])).unwrap();
        let older = serde_json::to_string(&row).unwrap();
        assert!(stored.contains(r#""code":"badDate""#), "rows are found by what is said of them");
        assert_eq!(serde_json::from_str::<ImportRow>(&stored).unwrap(), row);
        assert_eq!(serde_json::from_str::<ImportRow>(&older).unwrap(), row);
    }
}
