//! What is printed.

use serde_json::{Value, json};

use crate::refusal::Told;

/// Prints a result: JSON for programs, short lines for people.
pub fn print(value: &Value, is_json: bool) {
    if is_json {
        println!("{value}");
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                println!("{key}: {}", plain(value));
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| println!("{}", plain(row))),
        other => println!("{}", plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Prints what went wrong: a code for programs, and a sentence in either language.
pub fn print_error(told: &Told, is_json: bool) {
    if is_json {
        let fields: serde_json::Map<_, _> =
            told.fields.iter().map(|(field, reason)| (field.clone(), json!(reason))).collect();
        let error = json!({
            "code": told.code, "message": told.english, "messageVi": told.vietnamese, "fields": fields
        });
        eprintln!("{error}");
        return;
    }
    eprintln!("quen: {}", told.english);
    eprintln!("      {}", told.vietnamese);
    for (field, reason) in &told.fields {
        let words = crate::words::of(reason);
        eprintln!("      {field}: {}", words.english);
        eprintln!("      {field}: {}", words.vietnamese);
    }
}
