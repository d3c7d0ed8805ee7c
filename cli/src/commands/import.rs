//! Bringing people in from a file.

use std::{collections::HashMap, io::IsTerminal, path::Path, thread::sleep, time::Duration};

use anyhow::Result;
use crm::{
    app::{ApiError, App},
    import::table,
    store::StoreError,
};
use formats::fold::fold;
use serde_json::{Value, json};

use super::{
    call,
    data::{branch, missing, named},
    refused,
};
use crate::args::people::{ImportArgs, MAP_FIELDS};

/// Checks and runs an import.
pub fn import(app: &App, wish: &ImportArgs, is_json: bool) -> Result<Value> {
    let file = wish.file.as_path();
    if !file.is_file() {
        let missing = format!("{} is not a file", file.display());
        return Err(ApiError::new("file_missing", missing).into());
    }
    if !wish.dry_run
        && let Some(id) = unfinished(app, file)?
    {
        return run(app, &id, is_json);
    }
    let handle = app.files().take_path(file);
    let mut draft = call(app, "import.open", json!({ "file": handle }))?;
    let id = draft["id"].clone();
    if let Some(reading) = reading(&draft["reading"], wish) {
        draft = call(app, "import.read", json!({ "import": id, "reading": reading }))?;
    }
    let mut mapping = draft["mapping"].clone();
    let definitions = call(app, "definition.list", json!({}))?;
    apply_maps(&mut mapping, &draft["header"], &definitions["fields"], &wish.maps)?;
    apply_options(&mut mapping, &definitions, wish)?;
    let check = call(app, "import.check", json!({ "import": id, "mapping": mapping }))?;
    wait(app, &check["job"], is_json)?;
    if wish.dry_run {
        let view = call(app, "import.get", json!({ "import": id }))?;
        return Ok(json!({ "import": id, "counts": view["counts"], "mapping": mapping["columns"] }));
    }
    run(app, &id, is_json)
}

/// How the file is to be read, if an option overrules the guess.
fn reading(guessed: &Value, wish: &ImportArgs) -> Option<Value> {
    let mut reading = guessed.clone();
    let delimiter = wish.delimiter.as_deref().map(|word| if word == "tab" { "\t" } else { word });
    let texts =
        [("encoding", wish.encoding.as_deref()), ("delimiter", delimiter), ("sheet", wish.sheet.as_deref())];
    for (key, value) in texts {
        if let Some(value) = value {
            reading[key] = json!(value);
        }
    }
    if let Some(row) = wish.header_row {
        reading["headerRow"] = json!(row);
    }
    (reading != *guessed).then_some(reading)
}

/// Options that hold for every row.
fn apply_options(mapping: &mut Value, definitions: &Value, wish: &ImportArgs) -> Result<()> {
    if let Some(order) = &wish.date_order {
        mapping["dateOrder"] = json!(order);
    }
    if let Some(mode) = &wish.mode {
        mapping["mode"] = json!(mode);
    }
    if !wish.match_keys.is_empty() {
        mapping["matchKeys"] = json!(wish.match_keys);
    }
    if let Some(name) = &wish.branch {
        mapping["branch"] = branch(definitions, name)?;
    }
    if let Some(name) = &wish.owner {
        let staff = named(&definitions["staff"], name);
        mapping["owner"] =
            staff.ok_or_else(|| missing("member of staff", name, &definitions["staff"]))?["id"].clone();
    }
    if let Some(source) = &wish.source {
        mapping["source"] = json!(source);
    }
    if !wish.tags.is_empty() {
        mapping["tags"] = json!(wish.tags);
    }
    Ok(())
}

/// An import of the very same bytes that began to write and did not come to its end.
///
/// Going on with it keeps the identities that it gave: doing it anew could enter people twice who have neither
/// phone nor e-mail.
fn unfinished(app: &App, file: &Path) -> Result<Option<Value>> {
    let bytes = std::fs::read(file)
        .map_err(|_| refused("file_missing", format!("{} cannot be read", file.display())))?;
    let name = file.file_name().and_then(|name| name.to_str());
    let found = app.read(|conn, _| {
        for import in table::all(conn)? {
            let is_cut_off = matches!(import.state.as_str(), "running" | "paused" | "failed");
            let is_same = is_cut_off && Some(import.file_name.as_str()) == name;
            if is_same && table::file(conn, import.id)? == bytes {
                return Ok::<_, StoreError>(Some(import.id));
            }
        }
        Ok(None)
    })?;
    Ok(found.map(|id| json!(id)))
}

fn run(app: &App, id: &Value, is_json: bool) -> Result<Value> {
    let run = call(app, "import.run", json!({ "import": id }))?;
    wait(app, &run["job"], is_json)?;
    call(app, "import.get", json!({ "import": id }))
}

fn apply_maps(mapping: &mut Value, header: &Value, own: &Value, maps: &[String]) -> Result<()> {
    let names: HashMap<String, usize> = header
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, name)| Some((name.as_str()?.to_lowercase(), at)))
        .collect();
    for pair in maps {
        let (column, field) =
            pair.rsplit_once('=').ok_or_else(|| bad(format!("{pair} is not column=field")))?;
        let no_column = || bad(format!("there is no column {column}"));
        let at = match column.parse::<usize>() {
            Ok(number) if number > 0 => number - 1,
            _ => *names.get(&column.to_lowercase()).ok_or_else(no_column)?,
        };
        let field = target(field, own)?;
        let columns = mapping["columns"].as_array_mut().ok_or_else(no_column)?;
        *columns.get_mut(at).ok_or_else(no_column)? = json!(field);
    }
    Ok(())
}

/// The field that `--map` names, if there is one.
fn target(field: &str, own: &Value) -> Result<String> {
    if let Some(label) = field.strip_prefix("custom:") {
        let wanted = fold(label);
        let known = own.as_array().into_iter().flatten();
        let found =
            known.clone().find(|each| each["label"].as_str().is_some_and(|known| fold(known) == wanted));
        let labels: Vec<_> = known.filter_map(|each| each["label"].as_str()).collect();
        let none = || bad(format!("there is no field {label} of your own; there are: {}", labels.join(", ")));
        return Ok(found.and_then(|each| each["field"].as_str()).ok_or_else(none)?.to_owned());
    }
    if field == "ignore" || field.starts_with("custom.") || MAP_FIELDS.contains(&field) {
        return Ok(field.to_owned());
    }
    Err(bad(format!("there is no field {field}; there are: {} custom:NAME ignore", MAP_FIELDS.join(" ")))
        .into())
}

fn bad(message: String) -> ApiError {
    ApiError::new("bad_argument", message)
}

/// Waits for a job of this process to end, and tells how it ended.
pub fn wait(app: &App, job: &Value, is_json: bool) -> Result<Value> {
    // A line that is written over says nothing in a file or a pipe: there each step is a line of its own.
    let is_terminal = std::io::stderr().is_terminal();
    let mut told = Value::Null;
    loop {
        let view = call(app, "job.get", json!({ "job": job }))?;
        let is_news = view["total"] != 0 && view["done"] != told;
        if !is_json && is_news {
            told = view["done"].clone();
            let (kind, total) = (view["kind"].as_str().unwrap_or_default(), &view["total"]);
            if is_terminal {
                eprint!("\r{kind}: {told} / {total}   ");
            } else {
                eprintln!("{kind}: {told} / {total}");
            }
        }
        match view["state"].as_str() {
            Some("running") => sleep(Duration::from_millis(100)),
            Some("failed") => {
                let code = view["error"].as_str().unwrap_or("internal").to_owned();
                return Err(
                    ApiError::new(&code, "the work stopped; run the same command again to go on").into()
                );
            }
            _ => {
                if !is_json && is_terminal {
                    eprintln!();
                }
                return Ok(view);
            }
        }
    }
}
