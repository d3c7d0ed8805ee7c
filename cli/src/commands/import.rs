//! Bringing people in from a file.

use std::{collections::HashMap, io::IsTerminal, path::Path, thread::sleep, time::Duration};

use anyhow::Result;
use crm::{
    app::{ApiError, App, AppError, read_chosen},
    import::table,
    store::StoreError,
};
use serde_json::{Value, json};

use super::{
    call,
    data::{branch, missing, named, put_out},
    edit, report,
};
use crate::{
    args::people::{ImportArgs, MAP_FIELDS},
    refusal::{bad, refused},
};

/// Checks and runs an import.
pub fn import(app: &App, wish: &ImportArgs, is_json: bool) -> Result<()> {
    let file = wish.file.as_path();
    if !file.is_file() {
        return Err(no_file(file));
    }
    let going_on = if wish.dry_run { None } else { unfinished(app, file)? };
    let (id, columns) = match going_on {
        Some(id) => (id, None),
        None => {
            let (id, columns) = check(app, wish, is_json)?;
            (id, Some(columns))
        }
    };
    if !wish.dry_run {
        let run = call(app, "import.run", json!({ "import": id }))?;
        wait(app, &run["job"], is_json)?;
    }
    let mut view = call(app, "import.get", json!({ "import": id }))?;
    if wish.dry_run {
        view = json!({ "import": id, "counts": view["counts"], "mapping": columns });
    }
    if let Some(out) = &wish.errors {
        put_out(app, call(app, "import.errors", json!({ "import": id }))?, out)?;
    }
    let lists = report::lists(app, &id)?;
    if is_json {
        view["lists"] = lists;
        crate::output::print(&view, true);
    } else {
        crate::output::print(&view, false);
        report::print(&lists);
    }
    Ok(())
}

/// Opens a file and makes the dry run; returns the import and what the columns are taken for.
fn check(app: &App, wish: &ImportArgs, is_json: bool) -> Result<(Value, Value)> {
    let handle = app.files().take_path(&wish.file);
    let mut draft = call(app, "import.open", json!({ "file": handle }))?;
    let id = draft["id"].clone();
    if let Some(reading) = reading(&draft["reading"], wish) {
        draft = call(app, "import.read", json!({ "import": id, "reading": reading }))?;
    }
    let mut mapping = draft["mapping"].clone();
    let definitions = call(app, "definition.list", json!({}))?;
    apply_maps(&mut mapping, &draft["header"], &definitions["fields"], &wish.maps)?;
    apply_values(&mut mapping, &definitions, &wish.values)?;
    apply_options(&mut mapping, &definitions, wish)?;
    let check = call(app, "import.check", json!({ "import": id, "mapping": mapping }))?;
    wait(app, &check["job"], is_json)?;
    let header = draft["header"].as_array().into_iter().flatten();
    let fields = mapping["columns"].as_array().into_iter().flatten();
    let columns: Vec<_> = header.zip(fields).map(|(name, field)| json!([name, field])).collect();
    Ok((id, json!(columns)))
}

fn no_file(file: &Path) -> anyhow::Error {
    let file = file.display();
    refused(
        "file_missing",
        format!("there is no file {file}; check its name and folder"),
        format!("Không có tệp {file}; xem lại tên và thư mục."),
    )
}

/// How the file is to be read, if an option overrules the guess.
fn reading(guessed: &Value, wish: &ImportArgs) -> Option<Value> {
    let mut reading = guessed.clone();
    let texts = [
        ("encoding", wish.encoding.as_deref()),
        ("delimiter", wish.delimiter.as_deref()),
        ("sheet", wish.sheet.as_deref()),
    ];
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
        mapping["owner"] = staff(definitions, name)?;
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
    let bytes = read_chosen(file).map_err(|error| match error {
        AppError::Chosen(_) => no_file(file),
        error => ApiError::from(error).into(),
    })?;
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

fn apply_maps(mapping: &mut Value, header: &Value, own: &Value, maps: &[String]) -> Result<()> {
    let names: HashMap<String, usize> = header
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, name)| Some((name.as_str()?.to_lowercase(), at)))
        .collect();
    for pair in maps {
        let (column, field) = pair.rsplit_once('=').ok_or_else(|| {
            bad(
                format!("--map {pair} is not column=field; write it as \"SĐT mẹ=guardianPhone\""),
                format!("--map “{pair}” không phải là cột=trường; viết như \"SĐT mẹ=guardianPhone\""),
            )
        })?;
        let no_column = || {
            let names: Vec<_> = header.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let names = names.join(", ");
            bad(
                format!("there is no column {column}; there are: {names}"),
                format!("Không có cột {column}; có: {names}"),
            )
        };
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

/// What words of the file mean.
fn apply_values(mapping: &mut Value, definitions: &Value, values: &[String]) -> Result<()> {
    for text in values {
        let parts = text.split_once(':').and_then(|(field, rest)| Some((field, rest.rsplit_once('=')?)));
        let (field, (word, ours)) = parts.ok_or_else(|| {
            bad(
                format!("--value {text} is not field:word=ours; write it as \"status:bảo lưu=paused\""),
                format!(
                    "--value “{text}” không phải là trường:chữ=nghĩa; viết như \"status:bảo lưu=paused\""
                ),
            )
        })?;
        let ours = match field {
            "branch" => branch(definitions, ours)?,
            "owner" => staff(definitions, ours)?,
            "status" | "kind" | "gender" => {
                edit::word(field, ours)?;
                json!(ours)
            }
            _ => {
                return Err(bad(
                    format!("--value takes no field {field}; it takes: status kind gender branch owner"),
                    format!("--value không nhận trường {field}; dùng: status kind gender branch owner"),
                ));
            }
        };
        mapping["values"][field][word] = ours;
    }
    Ok(())
}

fn staff(definitions: &Value, name: &str) -> Result<Value> {
    let all = &definitions["staff"];
    Ok(named(all, name).ok_or_else(|| missing(("member of staff", "nhân viên"), name, all))?["id"].clone())
}

/// The field that `--map` names, if there is one.
fn target(field: &str, own: &Value) -> Result<String> {
    if let Some(label) = field.strip_prefix("custom:") {
        return edit::own_field(label, own);
    }
    if field == "ignore" || field.starts_with("custom.") || MAP_FIELDS.contains(&field) {
        return Ok(field.to_owned());
    }
    let known = MAP_FIELDS.join(" ");
    Err(bad(
        format!("there is no field {field}; there are: {known} custom:NAME ignore"),
        format!("Không có trường {field}; có: {known} custom:TÊN ignore"),
    ))
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
                let words = crate::words::of(&code);
                return Err(refused(
                    &code,
                    format!("{} The work stopped; give the same command again to go on.", words.english),
                    format!("{} Việc đã dừng; chạy lại đúng lệnh này để làm tiếp.", words.vietnamese),
                ));
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
