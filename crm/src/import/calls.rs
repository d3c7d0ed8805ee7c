//! Imports as screens and the command line ask for them.

use std::collections::BTreeMap;

use formats::write::{Cell, CsvStyle, Sheet, write_csv};

use super::{
    reading,
    run::{self, bad_file, not_found, transact},
    table::{self, StoredImport},
    view::{ImportCounts, ImportDraft, ImportReading, ImportRows, ImportView},
    words,
};
use crate::{
    api::args::{
        FileHandle, ImportArgs, ImportCheckArgs, ImportOpenArgs, ImportReadArgs, ImportRowsArgs, ImportValue,
        ImportValuesArgs, NoArgs,
    },
    app::{ApiError, App, AppError, workspace::fresh_id},
    id::{ActionId, ImportId},
    io::now,
    job::JobStarted,
};

/// Rows of the preview.
const SAMPLE_ROWS: usize = 12;
/// Different values of a column that are listed.
const VALUES_MAX: usize = 500;

/// Opens a file or pasted cells.
///
/// # Errors
/// [`ApiError`] if it cannot be read.
pub fn open(app: &App, args: ImportOpenArgs) -> Result<ImportDraft, ApiError> {
    let (bytes, file_name) = match (args.file, args.pasted) {
        (Some(file), _) => {
            let path =
                app.files().path(&file).ok_or_else(|| ApiError::new("not_found", "the file is gone"))?;
            let bytes = std::fs::read(&path).map_err(AppError::File)?;
            app.files().forget(&file);
            (bytes, file.name)
        }
        (None, Some(text)) => (text.into_bytes(), String::new()),
        (None, None) => return Err(ApiError::new("bad_argument", "neither a file nor cells")),
    };
    let source = reading::open(bytes.clone(), &file_name, &ImportReading::default()).map_err(bad_file)?;
    let import = StoredImport {
        id: ImportId(fresh_id()),
        file_name,
        reading: reading::settled(&source),
        mapping: reading::guess_mapping(&source),
        state: "draft".to_owned(),
        started_at: now(),
        rows_done: 0,
        rows_total: 0,
        counts: ImportCounts::default(),
        action: ActionId(fresh_id()),
    };
    transact(app, |tx| table::put(tx, &import, Some(&bytes)))?;
    draft(app, import, source)
}

/// Reads the file of a draft in another way.
///
/// # Errors
/// [`ApiError`] if it cannot be read so.
pub fn read(app: &App, args: ImportReadArgs) -> Result<ImportDraft, ApiError> {
    let mut import = stored(app, args.import)?;
    let bytes = app.read(|conn, _| table::file(conn, args.import))?;
    let source = reading::open(bytes, &import.file_name, &args.reading).map_err(bad_file)?;
    import.reading = reading::settled(&source);
    import.mapping = reading::guess_mapping(&source);
    draft(app, import, source)
}

fn draft(
    app: &App,
    mut import: StoredImport,
    mut source: formats::table::Source,
) -> Result<ImportDraft, ApiError> {
    let header = source.layout().columns.clone();
    let remembered = app.read(|conn, _| table::remembered(conn, &header))?;
    let is_mapping_remembered = remembered.is_some();
    import.mapping = remembered.unwrap_or(import.mapping);
    let (mut sample, mut row_count) = (Vec::new(), 0);
    for row in source.rows().map_err(bad_file)? {
        row_count += 1;
        if let (Ok(row), true) = (row, sample.len() < SAMPLE_ROWS) {
            sample.push(row.cells);
        }
    }
    import.rows_total = row_count;
    transact(app, |tx| table::put(tx, &import, None))?;
    let layout = source.layout();
    Ok(ImportDraft {
        id: import.id,
        kind: reading::kind_word(&source, &import.file_name),
        file_name: import.file_name,
        reading: import.reading,
        sheets: layout.sheets.clone(),
        header,
        sample,
        row_count,
        mapping: import.mapping,
        is_mapping_remembered,
        warnings: reading::warnings(&source),
    })
}

/// The values of a column with their counts, most frequent first.
///
/// # Errors
/// [`ApiError`] if the file cannot be read.
pub fn values(app: &App, args: ImportValuesArgs) -> Result<Vec<ImportValue>, ApiError> {
    let import = stored(app, args.import)?;
    let at = usize::try_from(args.column).unwrap_or(usize::MAX);
    let target = import.mapping.columns.get(at).cloned().unwrap_or_default();
    let bytes = app.read(|conn, _| table::file(conn, args.import))?;
    let mut source = reading::open(bytes, &import.file_name, &import.reading).map_err(bad_file)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for row in source.rows().map_err(bad_file)?.flatten() {
        let cell = row.cells.get(at).map_or("", |cell| cell.trim());
        if !cell.is_empty() && (counts.len() < VALUES_MAX || counts.contains_key(cell)) {
            *counts.entry(cell.to_owned()).or_default() += 1;
        }
    }
    let known = |kind: &str| app.read(|conn, _| crate::definition::query::named(conn, kind));
    let named = match target.as_str() {
        "branch" => known("branch")?,
        "owner" => known("staff")?,
        _ => Vec::new(),
    };
    let guess = |raw: &str| {
        let folded = formats::fold::fold(raw);
        let by_name = named.iter().find(|(_, name)| formats::fold::fold(name) == folded);
        by_name.map(|(id, _)| id.to_string()).or_else(|| words::guess(&target, raw).map(str::to_owned))
    };
    let mut values: Vec<_> =
        counts.into_iter().map(|(raw, count)| ImportValue { guess: guess(&raw), raw, count }).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    Ok(values)
}

/// Starts the dry run.
///
/// # Errors
/// [`ApiError`] if there is no such import or it runs.
pub fn check(app: &App, args: ImportCheckArgs) -> Result<JobStarted, ApiError> {
    let mut import = stored(app, args.import)?;
    if !matches!(import.state.as_str(), "draft" | "checked") {
        return Err(ApiError::new("import_started", "this import was run already; open the file again"));
    }
    import.mapping = args.mapping;
    transact(app, |tx| table::put(tx, &import, None))?;
    Ok(app.start_job("importCheck", move |app, job| run::check(app, import.id, job)))
}

/// How an import stands.
///
/// # Errors
/// [`ApiError`] if there is no such import.
pub fn get(app: &App, args: ImportArgs) -> Result<ImportView, ApiError> {
    Ok(stored(app, args.import)?.view())
}

/// A stretch of rows.
///
/// # Errors
/// [`ApiError`] if the database refuses.
pub fn rows(app: &App, args: ImportRowsArgs) -> Result<ImportRows, ApiError> {
    app.read(|conn, _| table::rows(conn, args.import, args.outcome.as_deref(), args.offset, args.limit))
}

/// Runs an import, or goes on with one that stopped.
///
/// # Errors
/// [`ApiError`] if it was not checked, or was undone.
pub fn run(app: &App, args: ImportArgs) -> Result<JobStarted, ApiError> {
    let import = stored(app, args.import)?;
    if matches!(import.state.as_str(), "draft" | "undone" | "done") {
        return Err(ApiError::new("import_not_checked", "check the import first"));
    }
    Ok(app.start_job("import", move |app, job| {
        let end = run::run(app, import.id, job);
        if end.is_err() {
            let failed = stored(app, import.id).and_then(|mut import| {
                import.state = "failed".to_owned();
                transact(app, |tx| table::put(tx, &import, None))
            });
            tracing::debug!(is_noted = failed.is_ok(), "import failed");
        }
        end
    }))
}

/// Stops a running import at the next batch.
///
/// # Errors
/// [`ApiError`] if there is no such import.
pub fn pause(app: &App, args: ImportArgs) -> Result<ImportView, ApiError> {
    app.jobs().stop_kind("import");
    get(app, args)
}

/// Writes the rows that could not be used to a file of the same columns, to be mended and brought in again.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or written.
pub fn errors(app: &App, args: ImportArgs) -> Result<FileHandle, ApiError> {
    let import = stored(app, args.import)?;
    let bad = app.read(|conn, _| table::rows(conn, args.import, Some("error"), 0, u32::MAX))?;
    let why: BTreeMap<u32, String> = bad
        .rows
        .into_iter()
        .map(|row| (row.line, row.notes.iter().map(|note| note.code.clone()).collect::<Vec<_>>().join(" ")))
        .collect();
    let bytes = app.read(|conn, _| table::file(conn, args.import))?;
    let mut source = reading::open(bytes, &import.file_name, &import.reading).map_err(bad_file)?;
    let mut columns = source.layout().columns.clone();
    columns.push("Quen".to_owned());
    let rows: Vec<Vec<Cell>> = source
        .rows()
        .map_err(bad_file)?
        .flatten()
        .filter_map(|row| {
            let reason = why.get(&row.number)?.clone();
            Some(row.cells.into_iter().chain([reason]).map(Cell::from).collect())
        })
        .collect();
    let mut out = Vec::new();
    let sheet = Sheet { name: "errors".to_owned(), columns, rows: rows.into_iter() };
    write_csv(sheet, &mut out, CsvStyle::default())
        .map_err(|error| ApiError::new("file_not_written", error))?;
    Ok(app.files().take_bytes("loi-nhap.csv", &out)?)
}

/// Takes an import back.
///
/// # Errors
/// [`ApiError`] if it was never run.
pub fn undo(app: &App, args: ImportArgs) -> Result<JobStarted, ApiError> {
    let import = stored(app, args.import)?;
    if !matches!(import.state.as_str(), "done" | "paused" | "failed") {
        return Err(ApiError::new("import_not_run", "there is nothing to take back"));
    }
    Ok(app.start_job("importUndo", move |app, job| run::undo(app, import.id, job)))
}

/// Every import, newest first.
///
/// # Errors
/// [`ApiError`] if the database refuses.
pub fn list(app: &App, _: NoArgs) -> Result<Vec<ImportView>, ApiError> {
    let imports = app.read(|conn, _| table::all(conn))?;
    Ok(imports.iter().filter(|import| import.state != "draft").map(StoredImport::view).collect())
}

fn stored(app: &App, id: ImportId) -> Result<StoredImport, ApiError> {
    app.read(|conn, _| table::get(conn, id))?.ok_or_else(not_found)
}
