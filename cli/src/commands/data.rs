//! Commands about people.

use std::path::Path;

use anyhow::Result;
use crm::{app::App, contact::column::is_column};
use formats::fold::fold;
use serde_json::{Value, json};

use super::call;
use crate::{
    args::people::ViewArgs,
    output::{moment, say, shown},
    refusal::{bad, refused},
};

/// Lists people: one line each, or JSON.
pub fn list(app: &App, wish: &ViewArgs, limit: u32, offset: u32, is_json: bool) -> Result<()> {
    let view = view_of(app, wish)?;
    let list = call(app, "contact.list", json!({ "view": view, "offset": offset, "limit": limit }))?;
    if is_json {
        say!("{list}");
        return Ok(());
    }
    for row in list["rows"].as_array().into_iter().flatten() {
        if wish.columns.is_empty() {
            let text = |key: &str| shown(row[key].as_str().unwrap_or(""));
            say!("{}  {:<28} {:<14} {}", text("id"), text("fullName"), text("phone"), text("status"));
        } else {
            let cells: Vec<_> = wish.columns.iter().map(|key| shown(&cell(row, key))).collect();
            say!("{}", cells.join("\t"));
        }
    }
    say!("{} / {}", list["rows"].as_array().map_or(0, Vec::len), list["total"]);
    Ok(())
}

/// A value of a row as text.
fn cell(row: &Value, key: &str) -> String {
    let value = match key.strip_prefix("custom.") {
        Some(id) => &row["custom"][id],
        None if key == "nextStepAt" => return moment(&row["nextStep"]["dueAtMs"]),
        None if row.get(key).is_some() => &row[key],
        None if row["further"].get(key).is_some() => &row["further"][key],
        None => return moment(&row[format!("{key}Ms")]),
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
        let saved = saved.ok_or_else(|| missing(("view", "khung nhìn"), name, &definitions["views"]))?;
        view = saved["view"].clone();
        parts.push(view["filter"].clone());
    }
    if let Some(filter) = &wish.filter {
        parts.push(serde_json::from_str(filter).map_err(|error| {
            bad(
                format!("--filter is not JSON: {error}; see the example in `quen list --help`"),
                format!("--filter không phải JSON: {error}; xem ví dụ trong `quen list --help`."),
            )
        })?);
    }
    if let Some(name) = &wish.branch {
        let id = branch(&definitions, name)?;
        parts.push(json!({ "is": "rule", "field": "branch", "op": "is", "value": [id] }));
    }
    if !parts.is_empty() {
        view["filter"] = json!({ "is": "all", "of": parts });
    }
    if let Some(unknown) = wish.columns.iter().find(|column| !is_column(column)) {
        return Err(bad(
            format!("there is no column {unknown}; `quen list --help` names them"),
            format!("Không có cột {unknown}; xem các cột trong `quen list --help`."),
        ));
    }
    view["search"] = json!(wish.search);
    view["columns"] = json!(wish.columns);
    Ok(view)
}

/// The branch of this name.
pub fn branch(definitions: &Value, name: &str) -> Result<Value> {
    let found = named(&definitions["branches"], name);
    Ok(found.ok_or_else(|| missing(("branch", "chi nhánh"), name, &definitions["branches"]))?["id"].clone())
}

/// What bears a name, marks and case aside.
pub fn named<'a>(all: &'a Value, name: &str) -> Option<&'a Value> {
    let wanted = fold(name);
    let exact = |each: &&Value| each["name"].as_str() == Some(name);
    let alike = |each: &&Value| each["name"].as_str().is_some_and(|known| fold(known) == wanted);
    let all = all.as_array()?;
    all.iter().find(exact).or_else(|| all.iter().find(alike))
}

/// There is nothing of this name, of this sort in English and Vietnamese; tells which there are.
pub fn missing((english, vietnamese): (&str, &str), name: &str, all: &Value) -> anyhow::Error {
    let names: Vec<_> =
        all.as_array().into_iter().flatten().filter_map(|each| each["name"].as_str()).collect();
    let names = names.join(", ");
    refused(
        "unknown_name",
        format!("there is no {english} {name}; there are: {names}"),
        format!("Không có tên này trong các {vietnamese}: {name}; có: {names}"),
    )
}

/// Finds the person that an id or words name.
pub fn find(app: &App, who: &str) -> Result<String> {
    if who.len() == 26 && who.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(who.to_owned());
    }
    let hits = call(app, "contact.search", json!({ "text": who, "limit": 5 }))?;
    let hits = hits.as_array().cloned().unwrap_or_default();
    match hits.as_slice() {
        [] => Err(refused(
            "not_found",
            format!("nobody matches {who}; try `quen list`"),
            format!("Không tìm thấy ai khớp với “{who}”; thử `quen list`."),
        )),
        [only] => Ok(only["contact"]["id"].as_str().unwrap_or_default().to_owned()),
        several => {
            let names: Vec<_> = several
                .iter()
                .map(|hit| {
                    format!(
                        "{} {}",
                        hit["contact"]["id"].as_str().unwrap_or(""),
                        shown(hit["contact"]["fullName"].as_str().unwrap_or(""))
                    )
                })
                .collect();
            let names = names.join("\n");
            Err(refused(
                "several_match",
                format!("several people match; give the id:\n{names}"),
                "Nhiều người khớp; hãy dùng mã ở đầu dòng.",
            ))
        }
    }
}

/// Writes people to a file.
pub fn export(app: &App, file: &Path, wish: &ViewArgs) -> Result<Value> {
    let format = match file.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => "csv",
        Some("xlsx") => "xlsx",
        Some("vcf") => "vcard",
        Some("json") => "json",
        _ => {
            return Err(refused(
                "file_unknown_ending",
                format!(
                    "{}: this ending says no kind of file; end the name in .csv, .xlsx, .vcf or .json",
                    file.display()
                ),
                "Không rõ loại tệp; đặt tên tệp kết thúc bằng .csv, .xlsx, .vcf hoặc .json.",
            ));
        }
    };
    let selection = json!({ "which": "matching", "view": view_of(app, wish)?, "except": [] });
    let wanted = json!({ "selection": selection, "format": format, "columns": wish.columns });
    let handle = call(app, "export.run", wanted)?;
    put_out(app, handle, file)?;
    Ok(json!({ "file": file.display().to_string() }))
}

/// Moves a file that the core made to where a person wants it.
pub fn put_out(app: &App, handle: Value, file: &Path) -> Result<()> {
    let handle: crm::api::args::FileHandle = serde_json::from_value(handle)?;
    let not_written = || {
        refused(
            "file_not_written",
            format!("{} cannot be written; check the folder, its rights and the disk", file.display()),
            format!("Không ghi được tệp {}; xem lại thư mục, quyền và chỗ trống trên đĩa.", file.display()),
        )
    };
    let made = app.files().path(&handle).ok_or_else(not_written)?;
    std::fs::copy(&made, file).map_err(|_| not_written())?;
    std::fs::remove_file(&made).map_err(|_| {
        refused(
            "file_left_behind",
            "the file was written, but a copy inside the data folder could not be removed; check the rights of the folder",
            "Đã xuất xong, nhưng còn một bản trong thư mục dữ liệu chưa xoá được; kiểm tra quyền của thư mục.",
        )
    })
}
