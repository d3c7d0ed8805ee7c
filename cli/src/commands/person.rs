//! Commands about what happened with one person.

use anyhow::Result;
use crm::app::{ApiError, App};
use serde_json::{Value, json};

use super::{call, data::find, import::wait};
use crate::{
    output::{VIETNAM_MS, moment, say, shown},
    refusal::refused,
};

const DAY_MS: i64 = 86_400_000;
/// Tasks are due at nine in the morning.
const DUE_MS_OF_DAY: i64 = 9 * 3_600_000;

/// Shows a person: JSON for programs, short lines for people.
pub fn show(app: &App, who: &str, is_json: bool) -> Result<()> {
    let page = call(app, "contact.get", json!({ "id": find(app, who)? }))?;
    if is_json {
        say!("{page}");
        return Ok(());
    }
    let text = |value: &Value| shown(value.as_str().unwrap_or_default());
    let all = |list: &str| page[list].as_array().cloned().unwrap_or_default();
    let definitions = call(app, "definition.list", json!({}))?;
    say!("{}  {}", text(&page["row"]["id"]), text(&page["row"]["fullName"]));
    for (field, view) in page["fields"].as_object().into_iter().flatten() {
        if field != "fullName" {
            say!("{field}: {}", named(&definitions, &text(&view["value"])));
        }
    }
    for point in all("points") {
        say!("{}: {}", text(&point["field"]), text(&point["display"]));
    }
    for (list, label) in [("tags", "tag"), ("interests", "interest")] {
        let of = if list == "tags" { &page["row"] } else { &page };
        for each in of[list].as_array().into_iter().flatten() {
            say!("{label}: {}", text(&each["label"]));
        }
    }
    for relation in all("relations") {
        let other = &relation["contact"];
        say!("{}: {} {}", text(&relation["kind"]), text(&other["id"]), text(&other["fullName"]));
    }
    for task in all("tasks").iter().filter(|task| task["doneAtMs"].is_null()) {
        let due = if task["dueAtMs"].is_null() { String::new() } else { moment(&task["dueAtMs"]) };
        say!("task: {} {due}", text(&task["title"]));
    }
    for conflict in all("conflicts") {
        let values = conflict["versions"].as_array().into_iter().flatten().map(|each| text(&each["value"]));
        say!("conflict: {} = {}", disputed(&conflict), values.collect::<Vec<_>>().join(" / "));
    }
    Ok(())
}

/// What a disagreement is about: the field, or which task, call or note it is whose words differ.
fn disputed(conflict: &Value) -> String {
    let text = |value: &Value| shown(value.as_str().unwrap_or_default());
    let about = &conflict["about"];
    let at = if about["atMs"].is_null() { String::new() } else { format!(" {}", moment(&about["atMs"])) };
    match about["noun"].as_str() {
        Some("task") => format!("task {}{at}", text(&about["kind"])),
        Some(_) => format!("{}{at}", text(&about["kind"])),
        None => text(&conflict["field"]),
    }
}

/// The name of what an identifier of a branch or a member of staff stands for; other values as they are.
fn named(definitions: &Value, value: &str) -> String {
    let lists = [&definitions["branches"], &definitions["staff"]];
    let all = lists.into_iter().filter_map(Value::as_array).flatten();
    let found = all.clone().find(|each| each["id"].as_str() == Some(value));
    found.and_then(|each| each["name"].as_str()).unwrap_or(value).to_owned()
}

/// Tells every change of a person, newest first.
pub fn history(app: &App, who: &str, field: Option<&str>, is_json: bool) -> Result<()> {
    let id = find(app, who)?;
    let lines = call(app, "contact.history", json!({ "id": id, "field": field }))?;
    let stays = call(app, "contact.statusLog", json!({ "id": id }))?;
    if is_json {
        say!("{}", json!({ "changes": lines, "statuses": stays }));
        return Ok(());
    }
    for line in lines.as_array().into_iter().flatten() {
        let text = |value: &Value| shown(value.as_str().unwrap_or("?"));
        let before: Vec<_> = line["change"]["before"].as_array().into_iter().flatten().map(text).collect();
        say!(
            "{}  {:<14} {} -> {}  ({}, {}, {})",
            moment(&line["atMs"]),
            text(&line["change"]["field"]),
            before.join(" / "),
            text(&line["change"]["after"]),
            text(&line["staff"]["name"]),
            text(&line["device"]["name"]),
            text(&line["action"]),
        );
    }
    Ok(())
}

/// Writes down what happened.
pub fn note(app: &App, who: &str, text: &str, kind: &str, outcome: Option<&str>) -> Result<Value> {
    let contact = find(app, who)?;
    let edit = json!({
        "do": "record", "kind": kind, "happenedAtMs": null, "direction": null, "outcome": outcome, "body": text
    });
    make(app, json!({ "noun": "interaction", "contact": contact, "id": fresh_id()?, "edit": edit }))
}

/// Adds a task.
pub fn task(
    app: &App,
    who: &str,
    title: &str,
    kind: &str,
    in_days: Option<u32>,
    repeat: Option<&str>,
) -> Result<Value> {
    let contact = find(app, who)?;
    let due = in_days.map(|days| {
        let today = (crm::io::now().0 + VIETNAM_MS).div_euclid(DAY_MS);
        (today + i64::from(days)) * DAY_MS + DUE_MS_OF_DAY - VIETNAM_MS
    });
    let edit = json!({
        "do": "add", "kind": kind, "title": title, "dueAtMs": due, "owner": null, "repeat": repeat
    });
    make(app, json!({ "noun": "task", "contact": contact, "id": fresh_id()?, "edit": edit }))
}

/// Takes an action or an import back.
pub fn undo(app: &App, id: &str, is_json: bool) -> Result<Value> {
    let imports = call(app, "import.list", json!({}))?;
    let is_import = imports
        .as_array()
        .into_iter()
        .flatten()
        .any(|import| import["id"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(id)));
    if is_import {
        let started = call(app, "import.undo", json!({ "import": id }))?;
        wait(app, &started["job"], is_json)?;
        return call(app, "import.get", json!({ "import": id }));
    }
    let started = call(app, "action.undo", json!({ "action": id }))?;
    if started["job"].is_string() {
        return Ok(wait(app, &started["job"], is_json)?["did"].clone());
    }
    let done = started;
    if done["restored"] == 0 && done["skipped"] == 0 {
        return Err(refused(
            "not_found",
            format!(
                "there is no action or import {id}, or nothing of it is left; see the ids in `quen history`"
            ),
            format!(
                "Không tìm thấy thao tác hay lần nhập {id}, hoặc không còn gì để hoàn tác; xem mã trong `quen history`."
            ),
        ));
    }
    Ok(done)
}

fn make(app: &App, edit: Value) -> Result<Value> {
    let id = edit["id"].clone();
    let done = call(app, "edit", json!({ "edits": [edit] }))?;
    Ok(json!({ "id": id, "action": done["action"] }))
}

/// A new identifier, as the core writes them.
fn fresh_id() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| ApiError::new("internal", error))?;
    // The time comes first, so that identifiers stand in the order in which they were made.
    bytes[..6].copy_from_slice(&crm::io::now().0.to_be_bytes()[2..]);
    Ok(crm::id::InteractionId(bytes).to_string())
}
