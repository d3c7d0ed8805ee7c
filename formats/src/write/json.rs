//! JSON: a list of records, one on each line.

use super::{Cell, Sheet, WriteError, Written};
use serde_json::Value;
use std::io::Write;

/// Writes a list of records, with the columns as names; empty cells are left out.
///
/// # Errors
/// [`WriteError::Io`] when `out` fails.
pub fn write_json<R>(sheet: Sheet<R>, mut out: impl Write) -> Result<Written, WriteError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut written = Written::default();
    out.write_all(b"[")?;
    for row in sheet.rows {
        out.write_all(if written.rows == 0 { b"\n" } else { b",\n" })?;
        out.write_all(b"{")?;
        let filled = sheet.columns.iter().zip(&row).filter(|(_, cell)| **cell != Cell::Empty);
        for (nth, (name, cell)) in filled.enumerate() {
            let comma = if nth == 0 { "" } else { "," };
            write!(out, "{comma}{}:{}", Value::from(name.as_str()), value_of(cell))?;
        }
        out.write_all(b"}")?;
        written.rows += 1;
    }
    out.write_all(b"\n]\n")?;
    out.flush()?;
    Ok(written)
}

fn value_of(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Integer(value) => Value::from(*value),
        Cell::Flag(flag) => Value::from(*flag),
        Cell::Moment(moment) => Value::from(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        other => Value::from(other.to_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ReadOptions, Source};

    #[test]
    fn records_are_written_and_read_back() {
        let rows = vec![
            vec![Cell::from("Nguyễn \"An\""), Cell::Integer(5), Cell::Flag(false)],
            vec![Cell::from("Lan"), Cell::Empty, Cell::Flag(true)],
        ];
        let columns = vec!["Tên".to_owned(), "Số".to_owned(), "Có".to_owned()];
        let mut out = Vec::new();
        let written = write_json(Sheet { name: String::new(), columns, rows }, &mut out).unwrap();
        assert_eq!(written.rows, 2);
        let mut source = Source::open(out, "a.json", &ReadOptions::default()).unwrap();
        // The reader's columns come in the order of the records' names.
        let mut read: Vec<Vec<String>> = source.rows().unwrap().map(|row| row.unwrap().cells).collect();
        read.iter_mut().for_each(|cells| cells.sort());
        assert_eq!(read, [["5", "Nguyễn \"An\"", "false"], ["", "Lan", "true"]]);
    }

    #[test]
    fn no_rows_are_an_empty_list() {
        let mut out = Vec::new();
        let rows: Vec<Vec<Cell>> = vec![];
        write_json(Sheet { name: String::new(), columns: vec![], rows }, &mut out).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&out).unwrap(), Value::Array(vec![]));
    }
}
