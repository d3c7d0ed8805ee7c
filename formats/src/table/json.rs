//! JSON lists of records, and lead forms as Facebook's interface gives them.

use super::{Limits, Row, TableError};
use serde_json::{Map, Value};

/// How many columns deep records are flattened: `address.city`.
const DEPTH_MAX: usize = 3;

/// What part of the limit of a file JSON may be: it is held as a tree, which takes several times as much.
const SHARE: usize = 4;

/// Reads a list of records, or a record that holds one (`{"data": [...]}`), into columns and rows.
///
/// Nested records become columns with dots, lists of plain values one cell with line breaks, and
/// `field_data: [{name, values}]` of a lead form its questions.
pub(super) fn read_json(text: &str, limits: &Limits) -> Result<(Vec<String>, Vec<Row>), TableError> {
    let bytes_max = limits.bytes_max / SHARE;
    if text.len() > bytes_max {
        return Err(TableError::TooLarge { bytes: text.len() as u64, bytes_max: bytes_max as u64 });
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| TableError::NotRecords { reason: error.to_string() })?;
    let records =
        records(&value).ok_or_else(|| TableError::NotRecords { reason: "no list in it".to_owned() })?;
    let mut columns: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (index, record) in records.iter().enumerate().take(limits.rows_max) {
        let number = index as u32 + 1;
        let Value::Object(record) = record else {
            return Err(TableError::NotRecords { reason: format!("entry {number} is no record") });
        };
        check_cells(rows.len() + 1, columns.len(), limits)?;
        let mut cells = vec![String::new(); columns.len()];
        let mut fields = Vec::new();
        flatten(record, "", 0, &mut fields);
        for (name, text) in fields {
            let at = columns.iter().position(|column| *column == name).unwrap_or_else(|| {
                columns.push(name);
                columns.len() - 1
            });
            if columns.len() > limits.columns_max {
                return Err(TableError::TooManyColumns { row: number, columns_max: limits.columns_max });
            }
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            cells[at] = text.chars().take(limits.cell_chars_max).collect();
        }
        rows.push(Row { number, cells });
    }
    check_cells(rows.len(), columns.len(), limits)?;
    for row in &mut rows {
        row.cells.resize(columns.len(), String::new());
    }
    Ok((columns, rows))
}

/// Every row has a cell for every column, whichever record named it.
fn check_cells(rows: usize, columns: usize, limits: &Limits) -> Result<(), TableError> {
    if rows.saturating_mul(columns) > limits.cells_max {
        return Err(TableError::TooManyCells { cells_max: limits.cells_max as u64 });
    }
    Ok(())
}

fn records(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(records) => Some(records),
        Value::Object(object) => object.values().find_map(|value| match value {
            Value::Array(records) => Some(records.as_slice()),
            _ => None,
        }),
        _ => None,
    }
}

fn flatten(record: &Map<String, Value>, prefix: &str, depth: usize, fields: &mut Vec<(String, String)>) {
    for (name, value) in record {
        match value {
            Value::Array(answers) if name == "field_data" => {
                for answer in answers {
                    let question = answer.get("name").and_then(Value::as_str).unwrap_or("");
                    if !question.is_empty() {
                        fields.push((
                            question.to_owned(),
                            answer.get("values").map(cell_text).unwrap_or_default(),
                        ));
                    }
                }
            }
            Value::Object(inner) if depth < DEPTH_MAX => {
                flatten(inner, &format!("{prefix}{name}."), depth + 1, fields);
            }
            _ => fields.push((format!("{prefix}{name}"), cell_text(value))),
        }
    }
}

fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => crate::fold::nfc(text.trim()),
        Value::Array(values) => values.iter().map(cell_text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_become_rows() {
        let text = r#"{"data":[{"id":"1","field_data":[{"name":"full_name","values":["An"]},
            {"name":"phone_number","values":["+84912345678"]}],"is_organic":false},
            {"id":2,"address":{"city":"Huế"},"tags":["a","b"],"x":null}]}"#;
        let (columns, rows) = read_json(text, &Limits::default()).unwrap();
        let cell = |row: usize, name: &str| {
            rows[row].cells[columns.iter().position(|c| c == name).unwrap()].as_str()
        };
        assert_eq!((cell(0, "full_name"), cell(0, "phone_number")), ("An", "+84912345678"));
        assert_eq!((cell(0, "is_organic"), cell(1, "id")), ("false", "2"));
        assert_eq!((cell(1, "address.city"), cell(1, "tags"), cell(0, "tags")), ("Huế", "a\nb", ""));
        for wrong in ["", "{}", "[1]", "[{]", "\"a\""] {
            assert!(read_json(wrong, &Limits::default()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn records_that_ask_for_more_cells_than_they_have_are_refused() {
        let limits = Limits { cells_max: 100, bytes_max: 4_000, ..Limits::default() };
        let wide: Vec<String> = (0..20).map(|at| format!("\"k{at}\":1")).collect();
        let sheet = |blank: usize| format!("[{}{{{}}}]", "{},".repeat(blank), wide.join(","));
        assert_eq!(read_json(&sheet(4), &limits).unwrap().1.len(), 5);
        assert!(matches!(read_json(&sheet(5), &limits), Err(TableError::TooManyCells { cells_max: 100 })));
        let first = format!("[{{{}}}{}]", wide.join(","), ",{}".repeat(5));
        assert!(matches!(read_json(&first, &limits), Err(TableError::TooManyCells { cells_max: 100 })));
        let long = format!("[{{\"a\":\"{}\"}}]", "x".repeat(1_000));
        assert!(matches!(read_json(&long, &limits), Err(TableError::TooLarge { bytes_max: 1_000, .. })));
    }
}
