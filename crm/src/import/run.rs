//! Checking and running an import, in batches, each committed before the next.

use std::sync::mpsc;

use crdt::Cause;
use formats::table::Source;
use rusqlite::Transaction;

use super::{
    days,
    frame::{Frame, note},
    plan::{Planned, Planner, line_of},
    reading,
    table::{self, StoredImport},
    view::{ImportCounts, ImportMapping},
};
use crate::{
    app::{ApiError, App, JobContext},
    engine::Action,
    id::{ActionId, ImportId},
    io::now,
    store::StoreError,
};

/// Rows in one commit. People land all over the indexes: what a batch touches is written once for all its rows.
const BATCH_ROWS: usize = 1_200;
/// Batches that are planned and wait to be written.
const AHEAD: usize = 1;

/// Reads every row and says what it would do; writes nothing but that.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or the disk refuses.
pub fn check(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    let (mut import, mut source) = open(app, id)?;
    import.mapping.mixed_dates = days::mixed(&mut source, &import.mapping).map_err(bad_file)?;
    let (header, mapping) = (source.layout().columns.clone(), import.mapping.clone());
    let mut planner = planner(app, &import, &header, &mapping)?;
    let mut batch = Batch::default();
    import.counts = ImportCounts::default();
    transact(app, |tx| table::clear_rows(tx, id))?;
    let mut done = 0;
    for row in source.rows().map_err(bad_file)? {
        if job.is_stopping() {
            return Ok("cancelled");
        }
        done += 1;
        batch.rows.push(app.read(|conn, _| planner.plan(conn, row))?);
        if batch.rows.len() == BATCH_ROWS {
            transact(app, |tx| std::mem::take(&mut batch).put(tx, &mut import))?;
            job.progress(done, import.rows_total);
        }
    }
    import.rows_total = done;
    import.rows_done = 0;
    import.state = "checked".to_owned();
    transact(app, |tx| {
        batch.put(tx, &mut import)?;
        table::put(tx, &import, None)
    })?;
    job.progress(done, done);
    Ok("done")
}

/// Does what the check said, from where an earlier run stopped.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or the disk refuses; what was committed stays, and the next run goes on.
pub fn run(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    run_in(app, id, job, BATCH_ROWS)
}

/// Does what the check said in commits of so many rows. However many, the same comes of it.
///
/// Rows are planned on a thread of their own, while those before are written.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or the disk refuses; what was committed stays, and the next run goes on.
pub fn run_in(
    app: &App,
    id: ImportId,
    job: &JobContext,
    batch_rows: usize,
) -> Result<&'static str, ApiError> {
    let (mut import, source) = open(app, id)?;
    let (header, mapping) = (source.layout().columns.clone(), import.mapping.clone());
    let planner = planner(app, &import, &header, &mapping)?;
    let resumed_at = import.rows_done;
    if resumed_at == 0 {
        import.counts = ImportCounts::default();
    }
    import.state = "running".to_owned();
    transact(app, |tx| table::put(tx, &import, None))?;
    let (planned, batches) = mpsc::sync_channel(AHEAD);
    let end = std::thread::scope(|scope| {
        let ahead = Ahead { app, id, planner, resumed_at, batch_rows, planned };
        scope.spawn(move || ahead.plan(source));
        write(app, &mut import, job, batches)
    })?;
    let End::Written { done } = end else { return pause(app, &mut import) };
    import.state = "done".to_owned();
    transact(app, |tx| {
        table::remember(tx, &header, &mapping)?;
        table::put(tx, &import, None)
    })?;
    job.progress(done, done);
    app.wake_sync();
    Ok("done")
}

/// How writing ended.
enum End {
    Written { done: u32 },
    Stopped,
}

/// Writes batch after batch, until the last or until somebody stops it. Whoever plans ends with it.
fn write(
    app: &App,
    import: &mut StoredImport,
    job: &JobContext,
    batches: mpsc::Receiver<Result<Batch, ApiError>>,
) -> Result<End, ApiError> {
    for batch in batches {
        let batch = batch?;
        let (done, is_last) = (batch.done, batch.is_last);
        commit(app, import, batch)?;
        if is_last {
            return Ok(End::Written { done });
        }
        job.progress(done, import.rows_total);
        if job.is_stopping() {
            return Ok(End::Stopped);
        }
    }
    Err(ApiError::new("internal", "the planning of the import ended early"))
}

/// What plans ahead of writing.
struct Ahead<'a> {
    app: &'a App,
    id: ImportId,
    planner: Planner<'a>,
    /// Rows that an earlier run has written.
    resumed_at: u32,
    batch_rows: usize,
    planned: mpsc::SyncSender<Result<Batch, ApiError>>,
}

impl Ahead<'_> {
    /// Plans all rows. Ends early when nobody writes any more.
    fn plan(mut self, source: Source) {
        if let Err(error) = self.plan_all(source) {
            // Whoever writes has ended for a reason of its own if it does not hear this.
            let _ = self.planned.send(Err(error));
        }
    }

    fn plan_all(&mut self, mut source: Source) -> Result<(), ApiError> {
        let mut batch = Batch::default();
        for row in source.rows().map_err(bad_file)? {
            batch.done += 1;
            if batch.done <= self.resumed_at {
                let line = row.as_ref().map_or_else(line_of, |row| row.number);
                let id = self.id;
                self.app.read(|conn, _| self.planner.pass(conn, line, &table::named_by(conn, id, line)?))?;
                continue;
            }
            batch.rows.push(self.app.read(|conn, _| self.planner.plan(conn, row))?);
            if batch.rows.len() == self.batch_rows {
                let next = Batch { done: batch.done, ..Batch::default() };
                if self.planned.send(Ok(std::mem::replace(&mut batch, next))).is_err() {
                    return Ok(());
                }
            }
        }
        batch.is_last = true;
        // Nobody may be waiting for it any more.
        let _ = self.planned.send(Ok(batch));
        Ok(())
    }
}

/// Takes back everything that an import wrote and nobody has changed since.
///
/// # Errors
/// [`ApiError`] if the disk refuses; what was taken back stays so, and the next run goes on.
pub fn undo(app: &App, id: ImportId, job: &JobContext) -> Result<&'static str, ApiError> {
    let import = app.read(|conn, _| table::get(conn, id))?.ok_or_else(not_found)?;
    let end = app.undo_in_parts(import.action, job)?;
    note_undone(app, import.action)?;
    Ok(end)
}

/// Notes that the import of an action was taken back, if it was one.
///
/// # Errors
/// [`ApiError`] if the disk refuses.
pub(crate) fn note_undone(app: &App, action: ActionId) -> Result<(), ApiError> {
    let imports = app.read(|conn, _| table::all(conn))?;
    let Some(mut import) = imports.into_iter().find(|import| import.action == action) else { return Ok(()) };
    import.state = "undone".to_owned();
    transact(app, |tx| table::put(tx, &import, None))
}

/// Rows that are planned and not written.
#[derive(Default)]
struct Batch {
    rows: Vec<Planned>,
    /// Rows of the file up to here.
    done: u32,
    /// No row comes after it.
    is_last: bool,
}

impl Batch {
    /// Writes what is to be said of the rows, and counts them.
    fn put(self, tx: &Transaction<'_>, import: &mut StoredImport) -> Result<(), StoreError> {
        self.rows.iter().try_for_each(|planned| {
            count(&mut import.counts, &planned.row.outcome);
            import.counts.guardians += planned.guardians;
            table::put_row(tx, import.id, &planned.row, &planned.named)
        })
    }
}

/// Writes a batch and what is to be said of it in one commit: a run that is cut off has done a batch or has not.
fn commit(app: &App, import: &mut StoredImport, mut batch: Batch) -> Result<(), ApiError> {
    let edits: Vec<_> = batch.rows.iter_mut().map(|planned| std::mem::take(&mut planned.edits)).collect();
    app.write(|replica| {
        let written = replica.engine.act_in_groups(action(import), &edits, |tx, refused| {
            // One row that is refused does not keep the others out.
            for (at, error) in refused {
                batch.rows[at].refuse(note(&ApiError::from(error).code, "", ""));
            }
            import.rows_done = batch.done;
            batch.put(tx, import)?;
            table::put(tx, import, None)
        });
        written?;
        Ok(())
    })
}

fn action(import: &StoredImport) -> Action {
    Action { id: import.action, at: now(), cause: Cause::IMPORT, new_space: None }
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

fn planner<'a>(
    app: &App,
    import: &StoredImport,
    header: &'a [String],
    mapping: &'a ImportMapping,
) -> Result<Planner<'a>, ApiError> {
    let centre =
        app.write(|replica| Ok((replica.engine.homes()?, replica.engine.context(action(import))?)))?;
    let delimiter = import.reading.delimiter.as_ref().and_then(|text| text.chars().next());
    let frame = app.read(|conn, context| {
        Frame::of(conn, import.id, (header, delimiter), mapping, centre, context.utc_offset_minutes)
    })?;
    Ok(Planner::new(frame))
}

/// Writes durable records of imports.
///
/// # Errors
/// [`ApiError`] if the disk refuses.
pub(crate) fn transact(
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

pub(super) fn not_found() -> ApiError {
    ApiError::new("not_found", "no such import")
}

pub(super) fn bad_file(error: formats::table::TableError) -> ApiError {
    use formats::table::TableError;
    let code = match &error {
        TableError::Empty => "file_empty",
        TableError::TooLarge { .. } | TableError::TooManyCells { .. } => "file_too_large",
        TableError::CellTooLarge { .. } => "file_cell_too_large",
        TableError::UnknownKind => "file_unknown",
        TableError::UnknownSheet { .. } => "unknown_sheet",
        TableError::NoHeaderRow { .. } => "no_header_row",
        _ => "file_damaged",
    };
    ApiError::new(code, error)
}
