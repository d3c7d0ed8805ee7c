//! Imports as screens and the command line ask for them.

use std::collections::BTreeMap;

use formats::write::{Cell, CsvStyle, Sheet, write_csv};

use super::{
    doubts,
    plan::line_of,
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
    app::{ApiError, App, read_chosen, workspace::fresh_id},
    bounds::{self, FILE_NAME_CHARS_MAX, MAPPING_BYTES_MAX},
    definition::{self, heading::headings},
    id::{ActionId, ContactId, ImportId},
    io::now,
    job::JobStarted,
    store::StoreError,
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
            bounds::text("name", &file.name, FILE_NAME_CHARS_MAX)?;
            let path =
                app.files().path(&file).ok_or_else(|| ApiError::new("not_found", "the file is gone"))?;
            let bytes = read_chosen(&path)?;
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
    let mut source = reading::open(bytes, &import.file_name, &args.reading).map_err(bad_file)?;
    if args.reading.encoding != import.reading.encoding
        && reading::is_misread(&mut source).map_err(bad_file)?
    {
        return Err(ApiError::new("wrong_encoding", "read so, the file has no rows or no sense"));
    }
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
    let (remembered, own) =
        app.read(|conn, _| Ok::<_, StoreError>((table::remembered(conn, &header)?, headings(conn)?)))?;
    reading::name_own_fields(&mut import.mapping, &header, &own);
    let is_mapping_remembered = remembered.is_some();
    import.mapping = remembered.unwrap_or(import.mapping);
    import.mapping.columns.resize(header.len(), "ignore".to_owned());
    import.mapping.confidence.resize(header.len(), 100);
    for own in &mut import.mapping.columns[table::without_own_columns(&header).len()..] {
        *own = "ignore".to_owned();
    }
    let (mut sample, mut row_count, mut swallowing) = (Vec::new(), 0, None);
    let delimiter = source.layout().delimiter;
    for row in source.rows().map_err(bad_file)? {
        row_count += 1;
        if let (Ok(row), None) = (&row, swallowing) {
            swallowing = doubts::swallowed(row, &header, delimiter).map(|_| row.number);
        }
        if let (Ok(row), true) = (row, sample.len() < SAMPLE_ROWS) {
            sample.push(row.cells);
        }
    }
    import.rows_total = row_count;
    transact(app, |tx| table::put(tx, &import, None))?;
    let mut warnings = reading::warnings(&source);
    warnings.extend(swallowing.map(|line| format!("unclosedQuote:{line}")));
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
        warnings,
    })
}

/// The values of a column with their counts, most frequent first.
///
/// # Errors
/// [`ApiError`] if the file cannot be read.
pub fn values(app: &App, args: ImportValuesArgs) -> Result<Vec<ImportValue>, ApiError> {
    let import = stored(app, args.import)?;
    let at = usize::try_from(args.column).unwrap_or(usize::MAX);
    let target = args.target.or_else(|| import.mapping.columns.get(at).cloned()).unwrap_or_default();
    let bytes = app.read(|conn, _| table::file(conn, args.import))?;
    let mut source = reading::open(bytes, &import.file_name, &import.reading).map_err(bad_file)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for row in source.rows().map_err(bad_file)?.flatten() {
        let cell = row.cells.get(at).map_or("", |cell| cell.trim());
        if !cell.is_empty() && (counts.len() < VALUES_MAX || counts.contains_key(cell)) {
            *counts.entry(cell.to_owned()).or_default() += 1;
        }
    }
    let known = |kind: &str| app.read(|conn, _| definition::query::named(conn, kind));
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
/// [`ApiError`] if there is no such import, it runs, or the mapping is too large.
pub fn check(app: &App, args: ImportCheckArgs) -> Result<JobStarted, ApiError> {
    let mut import = stored(app, args.import)?;
    if !matches!(import.state.as_str(), "draft" | "checked") {
        return Err(ApiError::new("import_started", "this import was run already; open the file again"));
    }
    let bytes = serde_json::to_vec(&args.mapping).map_or(usize::MAX, |json| json.len());
    bounds::at_most("bytes", MAPPING_BYTES_MAX, bytes)?;
    import.mapping = args.mapping;
    transact(app, |tx| table::put(tx, &import, None))?;
    app.start_import_job("importCheck", import.id, move |app, job| run::check(app, import.id, job))
}

/// How an import stands.
///
/// # Errors
/// [`ApiError`] if there is no such import.
pub fn get(app: &App, args: ImportArgs) -> Result<ImportView, ApiError> {
    Ok(view(app, &stored(app, args.import)?))
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
    app.start_import_job("import", import.id, move |app, job| {
        let end = run::run(app, import.id, job);
        if end.is_err() {
            let failed = stored(app, import.id).and_then(|mut import| {
                import.state = "failed".to_owned();
                transact(app, |tx| table::put(tx, &import, None))
            });
            tracing::debug!(is_noted = failed.is_ok(), "import failed");
        }
        end
    })
}

/// Stops a running import at the next batch.
///
/// # Errors
/// [`ApiError`] if there is no such import.
pub fn pause(app: &App, args: ImportArgs) -> Result<ImportView, ApiError> {
    if let Some(job) = app.jobs().of_import(args.import) {
        app.jobs().stop(job);
    }
    get(app, args)
}

/// Writes the rows that could not be used, and those that went in with a cell that could not be read, to a file of
/// the same columns, to be mended and brought in again.
///
/// # Errors
/// [`ApiError`] if the file cannot be read or written.
pub fn errors(app: &App, args: ImportArgs) -> Result<FileHandle, ApiError> {
    let import = stored(app, args.import)?;
    let why = reasons(app, args.import)?;
    let bytes = app.read(|conn, _| table::file(conn, args.import))?;
    let mut source = reading::open(bytes, &import.file_name, &import.reading).map_err(bad_file)?;
    let mut columns = table::without_own_columns(&source.layout().columns).to_vec();
    let width = columns.len();
    columns.push(table::OWN_COLUMN.to_owned());
    let names_people = why.values().any(|(_, contact)| contact.is_some());
    columns.extend(names_people.then(|| table::OWN_ID_COLUMN.to_owned()));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in source.rows().map_err(bad_file)? {
        let (line, mut cells) = match row {
            Ok(row) => (row.number, row.cells),
            Err(error) => (line_of(&error), Vec::new()),
        };
        if let Some((reason, contact)) = why.get(&line) {
            cells.resize(width, String::new());
            cells.push(reason.clone());
            cells.extend(names_people.then(|| contact.map_or_else(String::new, |id| id.to_string())));
            rows.push(cells.into_iter().map(Cell::from).collect());
        }
    }
    let mut out = Vec::new();
    let sheet = Sheet { name: "errors".to_owned(), columns, rows: rows.into_iter() };
    write_csv(sheet, &mut out, CsvStyle::default())
        .map_err(|error| ApiError::new("file_not_written", error))?;
    Ok(app.files().take_bytes("loi-nhap.csv", &out)?)
}

/// Why rows could not be used, or what of them could not be read, by line; and whom they went into.
fn reasons(app: &App, import: ImportId) -> Result<BTreeMap<u32, (String, Option<ContactId>)>, ApiError> {
    const PAGE: u32 = 1_000;
    let mut why = BTreeMap::new();
    for which in ["error", "unread"] {
        for offset in (0..).step_by(PAGE as usize) {
            let page = app.read(|conn, _| table::rows(conn, import, Some(which), offset, PAGE))?;
            if page.rows.is_empty() {
                break;
            }
            for row in page.rows {
                let notes = row.notes.iter();
                let told = notes.filter(|note| which == "error" || table::UNREAD.contains(&&*note.code));
                let told: Vec<_> = told.map(|note| words::reason(&note.code, &note.text)).collect();
                why.insert(row.line, (told.join("; "), row.contact));
            }
        }
    }
    Ok(why)
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
    app.start_import_job("importUndo", import.id, move |app, job| run::undo(app, import.id, job))
}

/// Every import, newest first.
///
/// # Errors
/// [`ApiError`] if the database refuses.
pub fn list(app: &App, _: NoArgs) -> Result<Vec<ImportView>, ApiError> {
    let imports = app.read(|conn, _| table::all(conn))?;
    let shown = imports.into_iter().filter(|import| import.state != "draft");
    Ok(shown.map(|import| view(app, &settled(app, import))).collect())
}

fn view(app: &App, import: &StoredImport) -> ImportView {
    ImportView { job: app.jobs().of_import(import.id), ..import.view() }
}

/// A run that was cut off left the word that it runs: nobody works at it, so it rests and can go on.
fn settled(app: &App, mut import: StoredImport) -> StoredImport {
    if import.state == "running" && app.jobs().of_import(import.id).is_none() {
        import.state = "paused".to_owned();
    }
    import
}

fn stored(app: &App, id: ImportId) -> Result<StoredImport, ApiError> {
    Ok(settled(app, app.read(|conn, _| table::get(conn, id))?.ok_or_else(not_found)?))
}
