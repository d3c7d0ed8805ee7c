//! Checking and running an import, in batches, each committed before the next.

use std::collections::BTreeMap;

use crdt::Cause;
use formats::{
    fold::fold,
    table::{RowError, Source},
};
use rusqlite::Connection;

use super::{
    lookup::Seen,
    plan::{Frame, Planned, plan},
    reading,
    table::{self, StoredImport},
    view::{ImportCounts, ImportNote, ImportRow},
};
use crate::{
    app::{ApiError, App, JobContext},
    definition,
    edit::Edit,
    engine::{Action, EditError, Homes},
    id::ImportId,
    io::now,
    store::StoreError,
};

/// Rows in one commit. People land all over the indexes: what a batch touches is written once for all its rows.
const BATCH_ROWS: usize = 1_000;

/// Reads every row and says what it would do; writes nothing but that.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or the disk refuses.
pub fn check(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    let (mut import, mut source) = open(app, id)?;
    let header = source.layout().columns.clone();
    let mapping = import.mapping.clone();
    let homes = app.write(|replica| Ok(replica.engine.homes()?))?;
    let frame = app.read(|conn, _| frame(conn, id, &header, &mapping, homes))?;
    let (mut seen, mut counts, mut batch) = (Seen::default(), ImportCounts::default(), Vec::new());
    transact(app, |tx| table::clear_rows(tx, id))?;
    let mut done = 0;
    for row in source.rows().map_err(bad_file)? {
        if job.is_stopping() {
            return Ok("cancelled");
        }
        done += 1;
        let shown = match row {
            Ok(row) => app.read(|conn, _| plan(conn, &row, &frame, &mut seen))?.row,
            Err(error) => unreadable(line_of(&error), &error.to_string()),
        };
        count(&mut counts, &shown.outcome);
        batch.push(shown);
        if batch.len() == BATCH_ROWS {
            keep(app, id, &mut batch)?;
            job.progress(done, import.rows_total);
        }
    }
    keep(app, id, &mut batch)?;
    job.progress(done, done);
    import.counts = counts;
    import.rows_total = done;
    import.rows_done = 0;
    import.state = "checked".to_owned();
    transact(app, |tx| table::put(tx, &import, None))?;
    Ok("done")
}

/// Does what the check said, from where an earlier run stopped.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or the disk refuses; what was committed stays, and the next run goes on.
pub fn run(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    let (mut import, mut source) = open(app, id)?;
    let header = source.layout().columns.clone();
    let mapping = import.mapping.clone();
    let homes = app.write(|replica| Ok(replica.engine.homes()?))?;
    let frame = app.read(|conn, _| frame(conn, id, &header, &mapping, homes))?;
    let resumed_at = import.rows_done;
    let mut seen = Seen::default();
    let mut batch = Batch::default();
    if resumed_at == 0 {
        import.counts = ImportCounts::default();
    }
    import.state = "running".to_owned();
    transact(app, |tx| table::put(tx, &import, None))?;
    let mut done = 0;
    for row in source.rows().map_err(bad_file)? {
        done += 1;
        let planned = match row {
            Ok(row) => app.read(|conn, _| plan(conn, &row, &frame, &mut seen))?,
            Err(error) => Planned { row: unreadable(line_of(&error), &error.to_string()), edits: Vec::new() },
        };
        // Rows of an earlier run are read again only to know whom they named.
        if done <= resumed_at {
            continue;
        }
        batch.add(planned.row, planned.edits);
        if batch.rows.len() == BATCH_ROWS {
            commit(app, &mut import, &mut batch, done)?;
            job.progress(done, import.rows_total);
            if job.is_stopping() {
                return pause(app, &mut import);
            }
        }
    }
    commit(app, &mut import, &mut batch, done)?;
    import.state = "done".to_owned();
    transact(app, |tx| {
        table::remember(tx, &header, &mapping)?;
        table::put(tx, &import, None)
    })?;
    job.progress(done, done);
    app.wake_sync();
    Ok("done")
}

/// Takes back everything that an import wrote and nobody has changed since.
///
/// # Errors
/// [`ApiError`] if the disk refuses; what was taken back stays so, and the next run goes on.
pub fn undo(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    let mut import = app.read(|conn, _| table::get(conn, id))?.ok_or_else(not_found)?;
    let action = crate::app::workspace::new_action(Cause::UNDO);
    let docs = app.read(|conn, _| crate::store::change_log::docs_of_action(conn, import.action))?;
    let total = u32::try_from(docs.len()).unwrap_or(u32::MAX);
    for (at, part) in docs.chunks(BATCH_ROWS).enumerate() {
        app.write(|replica| Ok(replica.engine.undo_in(import.action, action, part)?))?;
        job.progress(u32::try_from((at + 1) * BATCH_ROWS).unwrap_or(total).min(total), total);
    }
    import.state = "undone".to_owned();
    transact(app, |tx| table::put(tx, &import, None))?;
    app.wake_sync();
    Ok("done")
}

#[derive(Default)]
struct Batch {
    rows: Vec<ImportRow>,
    edits: Vec<Vec<Edit>>,
}

impl Batch {
    fn add(&mut self, row: ImportRow, edits: Vec<Edit>) {
        self.rows.push(row);
        self.edits.push(edits);
    }
}

/// Writes a batch and what is to be said of it in one commit: a run that is cut off has done a batch or has not.
fn commit(app: &App, import: &mut StoredImport, batch: &mut Batch, done: u32) -> Result<(), ApiError> {
    let Batch { mut rows, edits } = std::mem::take(batch);
    let action = Action { id: import.action, at: now(), cause: Cause::IMPORT, new_space: None };
    app.write(|replica| {
        let written = replica.engine.act_in_groups(action, &edits, |tx, refused| {
            for (at, error) in refused {
                refuse(&mut rows[at], error);
            }
            for row in &rows {
                count(&mut import.counts, &row.outcome);
                table::put_row(tx, import.id, row)?;
            }
            import.rows_done = done;
            table::put(tx, import, None)
        });
        written?;
        Ok(())
    })
}

/// One row that is refused does not keep the others out.
fn refuse(row: &mut ImportRow, error: EditError) {
    row.outcome = "error".to_owned();
    let code = ApiError::from(error).code;
    row.notes.push(ImportNote { code, column: String::new(), text: String::new() });
}

fn pause(app: &App, import: &mut StoredImport) -> Result<&'static str, ApiError> {
    import.state = "paused".to_owned();
    transact(app, |tx| table::put(tx, import, None))?;
    Ok("paused")
}

fn open(app: &App, id: ImportId) -> Result<(StoredImport, Source), ApiError> {
    let import = app.read(|conn, _| table::get(conn, id))?.ok_or_else(not_found)?;
    let bytes = app.read(|conn, _| table::file(conn, id))?;
    let source = reading::open(bytes, &import.file_name, &import.reading).map_err(bad_file)?;
    Ok((import, source))
}

fn frame<'a>(
    conn: &Connection,
    import: ImportId,
    header: &'a [String],
    mapping: &'a super::view::ImportMapping,
    homes: Homes,
) -> Result<Frame<'a>, StoreError> {
    let by_name = |kind: &str| -> Result<BTreeMap<String, String>, StoreError> {
        let named = definition::query::named(conn, kind)?;
        Ok(named.into_iter().map(|(id, name)| (fold(&name), id.to_string())).collect())
    };
    Ok(Frame { import, header, mapping, branches: by_name("branch")?, staff: by_name("staff")?, homes })
}

fn keep(app: &App, id: ImportId, batch: &mut Vec<ImportRow>) -> Result<(), ApiError> {
    let rows = std::mem::take(batch);
    transact(app, |tx| rows.iter().try_for_each(|row| table::put_row(tx, id, row)))
}

/// Writes durable records of imports.
///
/// # Errors
/// [`ApiError`] if the disk refuses.
pub(super) fn transact(
    app: &App,
    work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), ApiError> {
    app.write(|replica| {
        let tx = replica.engine.conn_mut().transaction().map_err(StoreError::from)?;
        work(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(())
    })
}

fn count(counts: &mut ImportCounts, outcome: &str) {
    match outcome {
        "new" => counts.new += 1,
        "updated" => counts.updated += 1,
        "unchanged" => counts.unchanged += 1,
        "duplicate" => counts.duplicate += 1,
        _ => counts.error += 1,
    }
}

/// The line in the file at which a row could not be read.
pub(super) fn line_of(error: &RowError) -> u32 {
    match error {
        RowError::CellTooLong { row, .. } | RowError::TooManyColumns { row, .. } => *row,
        // The row named is the last good one.
        RowError::Damaged { row, .. } => row.saturating_add(1),
        RowError::TooManyRows { .. } => u32::MAX,
    }
}

fn unreadable(line: u32, text: &str) -> ImportRow {
    ImportRow {
        line,
        outcome: "error".to_owned(),
        name: String::new(),
        contact: None,
        cells: Vec::new(),
        notes: vec![ImportNote {
            code: "unreadable".to_owned(),
            column: String::new(),
            text: text.to_owned(),
        }],
    }
}

pub(super) fn not_found() -> ApiError {
    ApiError::new("not_found", "no such import")
}

pub(super) fn bad_file(error: formats::table::TableError) -> ApiError {
    use formats::table::TableError;
    let code = match &error {
        TableError::Empty => "file_empty",
        TableError::TooLarge { .. } => "file_too_large",
        TableError::UnknownKind => "file_unknown",
        _ => "file_damaged",
    };
    ApiError::new(code, error)
}
