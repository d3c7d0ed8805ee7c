//! `quen edit`: fields by name, checked before anything is asked of the core.

use anyhow::Result;
use crm::{
    app::App,
    contact::field::{PLAIN_FIELDS, PointKind, words},
};
use formats::fold::fold;
use serde_json::{Value, json};

use super::{
    call,
    data::{find, missing, named},
};
use crate::refusal::bad;

/// Sets fields of a person.
pub fn edit(app: &App, who: &str, fields: &[String]) -> Result<Value> {
    let pairs = fields.iter().map(|pair| split(pair)).collect::<Result<Vec<_>>>()?;
    let id = find(app, who)?;
    let definitions = call(app, "definition.list", json!({}))?;
    let mut edits = Vec::new();
    for (field, value) in pairs {
        let field = field_of(field, &definitions["fields"])?;
        let value = if value.is_empty() { Value::Null } else { value_of(&field, value, &definitions)? };
        edits.push(json!({
            "noun": "contact", "id": id, "edit": { "do": "set", "field": field, "value": value }
        }));
    }
    call(app, "edit", json!({ "edits": edits }))
}

fn split(pair: &str) -> Result<(&str, &str)> {
    pair.split_once('=').filter(|(field, _)| !field.trim().is_empty()).ok_or_else(|| {
        bad(
            format!("{pair} is not field=value; write it as level=Movers"),
            format!("“{pair}” không phải là trường=giá trị; viết như level=Movers"),
        )
    })
}

/// The key of a field that a person names; a way to reach somebody without a place means the first.
fn field_of(field: &str, own: &Value) -> Result<String> {
    let kinds = PointKind::ALL.map(PointKind::key);
    if kinds.contains(&field) {
        return Ok(format!("{field}.1"));
    }
    if let Some(label) = field.strip_prefix("custom:") {
        return own_field(label, own);
    }
    let is_placed = field
        .split_once('.')
        .is_some_and(|(kind, place)| !place.is_empty() && (kind == "custom" || kinds.contains(&kind)));
    if is_placed || PLAIN_FIELDS.iter().any(|known| known.key == field) {
        return Ok(field.to_owned());
    }
    let known: Vec<_> = PLAIN_FIELDS.iter().map(|known| known.key).chain(kinds).collect();
    let known = known.join(" ");
    Err(bad(
        format!("there is no field {field}; there are: {known} custom:NAME"),
        format!("Không có trường {field}; có: {known} custom:TÊN"),
    ))
}

/// The key of a field that managers defined, by its label.
pub fn own_field(label: &str, own: &Value) -> Result<String> {
    let wanted = fold(label);
    let known = own.as_array().into_iter().flatten();
    let found = known.clone().find(|each| each["label"].as_str().is_some_and(|known| fold(known) == wanted));
    let labels: Vec<_> = known.filter_map(|each| each["label"].as_str()).collect();
    let labels = labels.join(", ");
    let none = || {
        bad(
            format!("there is no field {label} of your own; there are: {labels}"),
            format!("Chưa có trường riêng {label}; có: {labels}"),
        )
    };
    Ok(found.and_then(|each| each["field"].as_str()).ok_or_else(none)?.to_owned())
}

/// A value as the core takes it: names of branches and staff become what they stand for.
fn value_of(field: &str, value: &str, definitions: &Value) -> Result<Value> {
    let list = match field {
        "branch" => Some(("branch", "chi nhánh", &definitions["branches"])),
        "owner" => Some(("member of staff", "nhân viên", &definitions["staff"])),
        _ => None,
    };
    if let Some((english, vietnamese, all)) = list {
        let is_id = all.as_array().into_iter().flatten().any(|each| each["id"].as_str() == Some(value));
        if is_id {
            return Ok(json!(value));
        }
        let found = named(all, value).ok_or_else(|| missing((english, vietnamese), value, all))?;
        return Ok(found["id"].clone());
    }
    word(field, value)?;
    Ok(json!(value))
}

/// Refuses a word that a field of a fixed list does not know.
pub fn word(field: &str, value: &str) -> Result<()> {
    match words(field) {
        Some(words) if !words.contains(&value) => {
            let words = words.join(" ");
            Err(bad(
                format!("{field} does not take {value}; it takes: {words}"),
                format!("{field} không nhận “{value}”; dùng: {words}"),
            ))
        }
        _ => Ok(()),
    }
}
