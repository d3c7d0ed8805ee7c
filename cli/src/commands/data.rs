//! Commands about people.

use std::path::Path;

use anyhow::Result;
use crm::app::{ApiError, App};
use formats::fold::fold;
use serde_json::{Value, json};

use super::{call, refused};
use crate::args::people::ViewArgs;

/// Lists people: one line each, or JSON.
pub fn list(app: &App, wish: &ViewArgs, limit: u32, offset: u32, is_json: bool) -> Result<()> {
    let view = view_of(app, wish)?;
    let list = call(app, "contact.list", json!({ "view": view, "offset": offset, "limit": limit }))?;
    if is_json {
        println!("{list}");
        return Ok(());
    }
    for row in list["rows"].as_array().into_iter().flatten() {
        if wish.columns.is_empty() {
            let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
            println!("{}  {:<28} {:<14} {}", text("id"), text("fullName"), text("phone"), text("status"));
        } else {
            let cells: Vec<_> = wish.columns.iter().map(|key| cell(row, key)).collect();
            println!("{}", cells.join("\t"));
        }
    }
    println!("{} / {}", list["rows"].as_array().map_or(0, Vec::len), list["total"]);
    Ok(())
}

/// A value of a row as text; moments as dates and times of UTC.
fn cell(row: &Value, key: &str) -> String {
    let value = match key.strip_prefix("custom.") {
        Some(id) => &row["custom"][id],
        None if row.get(key).is_some() => &row[key],
        None => &row[format!("{key}Ms")],
    };
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(tags) => {
            tags.iter().filter_map(|tag| tag["label"].as_str()).collect::<Vec<_>>().join(", ")
        }
        Value::Object(_) => value["title"].as_str().unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

/// The view that options ask for: a saved one, narrowed by a filter, a branch and words.
fn view_of(app: &App, wish: &ViewArgs) -> Result<Value> {
    let definitions = call(app, "definition.list", json!({}))?;
    let mut view = json!({});
    let mut parts = Vec::new();
    if let Some(name) = &wish.view {
        let saved = named(&definitions["views"], name).or_else(|| {
            definitions["views"].as_array()?.iter().find(|view| view["preset"].as_str() == Some(name))
        });
        let saved = saved.ok_or_else(|| missing("view", name, &definitions["views"]))?;
        view = saved["view"].clone();
        parts.push(view["filter"].clone());
    }
    if let Some(filter) = &wish.filter {
        parts
            .push(serde_json::from_str(filter).map_err(|error| {
                ApiError::new("bad_argument", format!("the filter is not JSON: {error}"))
            })?);
    }
    if let Some(name) = &wish.branch {
        let id = branch(&definitions, name)?;
        parts.push(json!({ "is": "rule", "field": "branch", "op": "is", "value": [id] }));
    }
    if !parts.is_empty() {
        view["filter"] = json!({ "is": "all", "of": parts });
    }
    view["search"] = json!(wish.search);
    view["columns"] = json!(wish.columns);
    Ok(view)
}

/// The branch of this name.
pub fn branch(definitions: &Value, name: &str) -> Result<Value> {
    let found = named(&definitions["branches"], name);
    Ok(found.ok_or_else(|| missing("branch", name, &definitions["branches"]))?["id"].clone())
}

/// What bears a name, marks and case aside.
pub fn named<'a>(all: &'a Value, name: &str) -> Option<&'a Value> {
    let wanted = fold(name);
    let exact = |each: &&Value| each["name"].as_str() == Some(name);
    let alike = |each: &&Value| each["name"].as_str().is_some_and(|known| fold(known) == wanted);
    let all = all.as_array()?;
    all.iter().find(exact).or_else(|| all.iter().find(alike))
}

/// There is nothing of this name; tells which there are.
pub fn missing(what: &str, name: &str, all: &Value) -> anyhow::Error {
    let names: Vec<_> =
        all.as_array().into_iter().flatten().filter_map(|each| each["name"].as_str()).collect();
    let message = format!("there is no {what} {name}; there are: {}", names.join(", "));
    ApiError::new("unknown_name", message).into()
}

/// Finds the person that an id or words name.
pub fn find(app: &App, who: &str) -> Result<String> {
    if who.len() == 26 && who.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(who.to_owned());
    }
    let hits = call(app, "contact.search", json!({ "text": who, "limit": 5 }))?;
    let hits = hits.as_array().cloned().unwrap_or_default();
    match hits.as_slice() {
        [] => Err(ApiError::new("not_found", "nobody matches; try `quen list`").into()),
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
            let message = format!("several people match; give the id:\n{}", names.join("\n"));
            Err(ApiError::new("several_match", message).into())
        }
    }
}

/// Sets fields of a person.
pub fn edit(app: &App, who: &str, fields: &[String]) -> Result<Value> {
    let id = find(app, who)?;
    let mut edits = Vec::new();
    for pair in fields {
        let (field, value) = pair
            .split_once('=')
            .ok_or_else(|| ApiError::new("bad_argument", format!("{pair} is not field=value")))?;
        let value = if value.is_empty() { Value::Null } else { json!(value) };
        edits.push(json!({
            "noun": "contact", "id": id, "edit": { "do": "set", "field": field, "value": value }
        }));
    }
    call(app, "edit", json!({ "edits": edits }))
}

/// Writes people to a file.
pub fn export(app: &App, file: &Path, wish: &ViewArgs) -> Result<Value> {
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => "csv",
        Some("xlsx") => "xlsx",
        Some("vcf") => "vcard",
        Some("json") => "json",
        _ => {
            let message = "the file's ending must be csv, xlsx, vcf or json";
            return Err(ApiError::new("file_unknown_ending", message).into());
        }
    };
    let selection = json!({ "which": "matching", "view": view_of(app, wish)?, "except": [] });
    let wanted = json!({ "selection": selection, "format": format, "columns": wish.columns });
    let handle = call(app, "export.run", wanted)?;
    let handle: crm::api::args::FileHandle = serde_json::from_value(handle)?;
    let made =
        app.files().path(&handle).ok_or_else(|| refused("file_not_written", "the export was not kept"))?;
    std::fs::copy(&made, file)
        .map_err(|_| refused("file_not_written", format!("{} cannot be written", file.display())))?;
    std::fs::remove_file(&made)
        .map_err(|_| refused("file_left_behind", "the copy inside the data folder could not be removed"))?;
    Ok(json!({ "file": file.display().to_string() }))
}
