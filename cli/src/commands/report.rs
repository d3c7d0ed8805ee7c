//! What is to be said of the rows of an import: which cannot be used, which need a person, which were merged.

use anyhow::Result;
use crm::app::App;
use serde_json::{Value, json};

use super::call;
use crate::{
    output::{say, shown},
    words,
};

/// Rows of each list that are told; the file of errors has all.
const ROWS_MAX: u32 = 20;

/// What each list is called, in the order in which they are told.
const LISTS: [(&str, &str, &str); 4] = [
    ("error", "Rows that cannot be used", "Dòng chưa dùng được"),
    (
        "unread",
        "Rows that went in with a cell that could not be read",
        "Dòng đã nhập nhưng có ô chưa đọc được",
    ),
    ("needsPerson", "Rows that need a person", "Dòng cần người xem"),
    ("merged", "Rows about somebody who was known", "Dòng đã ghép vào người đã có"),
];

/// The beginning of each list, with how many rows it has.
pub fn lists(app: &App, import: &Value) -> Result<Value> {
    let mut lists = json!({});
    for (which, ..) in LISTS {
        let wanted = json!({ "import": import, "outcome": which, "offset": 0, "limit": ROWS_MAX });
        lists[which] = call(app, "import.rows", wanted)?;
    }
    Ok(lists)
}

/// Prints the lists for people.
pub fn print(lists: &Value) {
    for (which, english, vietnamese) in LISTS {
        let rows = lists[which]["rows"].as_array().cloned().unwrap_or_default();
        if rows.is_empty() {
            continue;
        }
        say!("{vietnamese} / {english}: {}", lists[which]["total"]);
        for row in &rows {
            say!("  {}", line(row));
        }
        let more = lists[which]["total"].as_u64().unwrap_or(0).saturating_sub(rows.len() as u64);
        if more > 0 {
            say!("  + {more}");
        }
    }
}

fn line(row: &Value) -> String {
    let text = |value: &Value| shown(value.as_str().unwrap_or_default());
    let notes = row["notes"].as_array().into_iter().flatten().map(|note| {
        let words = words::of_row(&text(&note["code"]), &text(&note["column"]), &text(&note["text"]));
        format!("{} / {}", words.vietnamese, words.english)
    });
    let notes = notes.collect::<Vec<_>>().join("; ");
    format!("{:>6}  {:<28} {notes}", row["line"], text(&row["name"]))
}
