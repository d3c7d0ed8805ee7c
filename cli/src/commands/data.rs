//! Commands about people.

use std::{collections::HashMap, path::Path, thread::sleep, time::Duration};

use anyhow::{Context, Result, bail};
use crm::{
    app::{ApiError, App},
    import::table,
    store::StoreError,
};
use serde_json::{Value, json};

use super::call;

/// Lists people: one line each, or JSON.
pub fn list(app: &App, search: &str, limit: u32, is_json: bool) -> Result<()> {
    let list =
        call(app, "contact.list", json!({ "view": { "search": search }, "offset": 0, "limit": limit }))?;
    if is_json {
        println!("{list}");
        return Ok(());
    }
    for row in list["rows"].as_array().into_iter().flatten() {
        let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        println!("{}  {:<28} {:<14} {}", text("id"), text("fullName"), text("phone"), text("status"));
    }
    println!("{} / {}", list["rows"].as_array().map_or(0, Vec::len), list["total"]);
    Ok(())
}

/// Finds the person that an id or words name.
pub fn find(app: &App, who: &str) -> Result<String> {
    if who.len() == 26 && who.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(who.to_owned());
    }
    let hits = call(app, "contact.search", json!({ "text": who, "limit": 5 }))?;
    let hits = hits.as_array().cloned().unwrap_or_default();
    match hits.as_slice() {
        [] => bail!("nobody matches; try `quen list`"),
        [only] => Ok(only["contact"]["id"].as_str().unwrap_or_default().to_owned()),
        several => {
            let names: Vec<_> = several
                .iter()
                .map(|hit| {
                    format!(
                        "{} {}",
                        hit["contact"]["id"].as_str().unwrap_or(""),
                        hit["contact"]["fullName"].as_str().unwrap_or("")
                    )
                })
                .collect();
            bail!("several people match; give the id:\n{}", names.join("\n"))
        }
    }
}

/// Sets fields of a person.
pub fn edit(app: &App, who: &str, fields: &[String]) -> Result<Value> {
    let id = find(app, who)?;
    let mut edits = Vec::new();
    for pair in fields {
        let (field, value) = pair.split_once('=').with_context(|| format!("{pair} is not field=value"))?;
        let value = if value.is_empty() { Value::Null } else { json!(value) };
        edits.push(json!({
            "noun": "contact", "id": id, "edit": { "do": "set", "field": field, "value": value }
        }));
    }
    call(app, "edit", json!({ "edits": edits }))
}

/// Checks and runs an import.
pub fn import(
    app: &App,
    file: &Path,
    maps: &[String],
    branch: Option<&str>,
    is_dry_run: bool,
    is_json: bool,
) -> Result<Value> {
    if !file.is_file() {
        let missing = format!("{} is not a file", file.display());
        return Err(ApiError::new("file_missing", missing).into());
    }
    if !is_dry_run && let Some(id) = unfinished(app, file)? {
        return run(app, &id, is_json);
    }
    let handle = app.files().take_path(file);
    let draft = call(app, "import.open", json!({ "file": handle }))?;
    let id = draft["id"].clone();
    let mut mapping = draft["mapping"].clone();
    apply_maps(&mut mapping, &draft["header"], maps)?;
    if let Some(name) = branch {
        let definitions = call(app, "definition.list", json!({}))?;
        let found =
            definitions["branches"].as_array().into_iter().flatten().find(|known| known["name"] == name);
        mapping["branch"] = found.with_context(|| format!("there is no branch {name}"))?["id"].clone();
    }
    let check = call(app, "import.check", json!({ "import": id, "mapping": mapping }))?;
    wait(app, &check["job"], is_json)?;
    if is_dry_run {
        let view = call(app, "import.get", json!({ "import": id }))?;
        return Ok(json!({ "import": id, "counts": view["counts"], "mapping": mapping["columns"] }));
    }
    run(app, &id, is_json)
}

/// An import of the very same bytes that began to write and did not come to its end.
///
/// Going on with it keeps the identities that it gave: doing it anew could enter people twice who have neither
/// phone nor e-mail.
fn unfinished(app: &App, file: &Path) -> Result<Option<Value>> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
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

fn apply_maps(mapping: &mut Value, header: &Value, maps: &[String]) -> Result<()> {
    let names: HashMap<String, usize> = header
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, name)| Some((name.as_str()?.to_lowercase(), at)))
        .collect();
    for pair in maps {
        let (column, field) = pair.split_once('=').with_context(|| format!("{pair} is not column=field"))?;
        let at = match column.parse::<usize>() {
            Ok(number) if number > 0 => number - 1,
            _ => {
                *names.get(&column.to_lowercase()).with_context(|| format!("there is no column {column}"))?
            }
        };
        let columns = mapping["columns"].as_array_mut().context("the draft has no columns")?;
        *columns.get_mut(at).with_context(|| format!("there is no column {column}"))? = json!(field);
    }
    Ok(())
}

fn wait(app: &App, job: &Value, is_json: bool) -> Result<()> {
    loop {
        let view = call(app, "job.get", json!({ "job": job }))?;
        match view["state"].as_str() {
            Some("running") => {
                if !is_json {
                    eprint!("\r{} / {}   ", view["done"], view["total"]);
                }
                sleep(Duration::from_millis(100));
            }
            Some("failed") => {
                bail!("the import stopped: {}; run the same command again to go on", view["error"])
            }
            _ => {
                if !is_json {
                    eprintln!();
                }
                return Ok(());
            }
        }
    }
}

/// Writes people to a file.
pub fn export(app: &App, file: &Path, search: &str) -> Result<Value> {
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => "csv",
        Some("xlsx") => "xlsx",
        Some("vcf") => "vcard",
        Some("json") => "json",
        _ => bail!("the file's ending must be csv, xlsx, vcf or json"),
    };
    let selection = json!({ "which": "matching", "view": { "search": search }, "except": [] });
    let handle = call(app, "export.run", json!({ "selection": selection, "format": format, "columns": [] }))?;
    let handle: crm::api::args::FileHandle = serde_json::from_value(handle)?;
    let made = app.files().path(&handle).context("the export was not kept")?;
    std::fs::copy(&made, file).with_context(|| format!("{} cannot be written", file.display()))?;
    std::fs::remove_file(&made).context("the copy inside the data folder could not be removed")?;
    Ok(json!({ "file": file.display().to_string() }))
}
