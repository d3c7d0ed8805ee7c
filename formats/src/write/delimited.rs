//! CSV that spreadsheets open as it was meant.

use super::{Cell, Sheet, WriteError, Written};
use crate::table::GUARDED;
use std::io::Write;

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvStyle {
    /// Between cells.
    pub delimiter: u8,
    /// Whether a byte order mark goes first: without it Excel takes UTF-8 for windows-1258.
    pub has_bom: bool,
}

impl Default for CsvStyle {
    fn default() -> Self {
        Self { delimiter: b',', has_bom: true }
    }
}

/// Writes CSV in UTF-8 with `\r\n` line ends.
///
/// Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@` or a control character)
/// gets an apostrophe in front, which [`crate::table`] takes off again. Numbers and phone numbers do not:
/// nothing in them can run, and other programs want them unchanged.
///
/// # Errors
/// [`WriteError::Io`] when `out` fails.
pub fn write_csv<R>(sheet: Sheet<R>, mut out: impl Write, style: CsvStyle) -> Result<Written, WriteError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    if style.has_bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut csv = csv::WriterBuilder::new()
        .delimiter(style.delimiter)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(out);
    let width = sheet.columns.len();
    csv.write_record(sheet.columns.iter().map(|name| safe(name.clone()))).map_err(io_error)?;
    let mut written = Written::default();
    for row in sheet.rows {
        let cells = row.iter().map(cell_text).chain(std::iter::repeat_with(String::new));
        csv.write_record(cells.take(width)).map_err(io_error)?;
        written.rows += 1;
    }
    csv.flush()?;
    Ok(written)
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text.clone()),
        other => other.to_text(),
    }
}

fn safe(text: String) -> String {
    // What already begins with an apostrophe gets another, so that reading takes off exactly one.
    let is_marked = text.strip_prefix('\'').is_some_and(|rest| rest.starts_with(GUARDED));
    let is_risky = text.starts_with(GUARDED) && !text.starts_with('\'');
    let is_number =
        text.starts_with(['+', '-']) && text.chars().all(|c| c.is_ascii_digit() || " +-.,()".contains(c));
    if is_marked || (is_risky && !is_number) { format!("'{text}") } else { text }
}

fn io_error(error: csv::Error) -> WriteError {
    WriteError::Io(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{HeaderRow, ReadOptions, Source};
    use proptest::prelude::*;

    fn csv(columns: &[&str], rows: Vec<Vec<Cell>>) -> Vec<u8> {
        let columns = columns.iter().map(|name| name.to_string()).collect();
        let mut out = Vec::new();
        write_csv(Sheet { name: "A".into(), columns, rows }, &mut out, CsvStyle::default()).unwrap();
        out
    }

    #[test]
    fn formulas_are_disarmed_and_phones_are_not() {
        let cells = [
            "=1+1",
            "+84912345678",
            "-5",
            "@x",
            "-1+cmd|' /C calc'!A1",
            "+84 912 (zalo)",
            "0912 345 678",
            "'=x",
            "==",
        ];
        let out = csv(&["Tên"], cells.iter().map(|cell| vec![Cell::from(*cell)]).collect());
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "\u{feff}Tên",
                "'=1+1",
                "+84912345678",
                "-5",
                "'@x",
                "'-1+cmd|' /C calc'!A1",
                "'+84 912 (zalo)",
                "0912 345 678",
                "''=x",
                "'==",
                ""
            ]
        );
    }

    #[test]
    fn cells_have_one_form_each() {
        let date = chrono::NaiveDate::from_ymd_opt(2010, 3, 12).unwrap();
        let row = vec![
            Cell::Date(date),
            Cell::Moment(date.and_hms_opt(14, 30, 0).unwrap()),
            Cell::Integer(-1_250_000),
            Cell::Flag(true),
            Cell::Empty,
            Cell::from("a,\"b\"\nc"),
        ];
        let text = String::from_utf8(csv(&["1", "2", "3", "4", "5", "6", "7"], vec![row])).unwrap();
        assert!(
            text.ends_with("2010-03-12,2010-03-12 14:30:00,-1250000,true,,\"a,\"\"b\"\"\nc\",\r\n"),
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn written_cells_read_back(cells in proptest::collection::vec(proptest::collection::vec("[a-zĐ=+'@,;\"\n-]{0,6}x", 3), 1..8)) {
            let rows: Vec<Vec<Cell>> = cells.iter().map(|row| row.iter().map(|cell| Cell::from(cell.as_str())).collect()).collect();
            let out = csv(&["Họ tên", "SĐT", "Ghi chú"], rows);
            let options = ReadOptions { delimiter: Some(','), header_row: HeaderRow::At(1), ..ReadOptions::default() };
            let mut source = Source::open(out, "a.csv", &options).unwrap();
            let read: Vec<Vec<String>> = source.rows().unwrap().map(|row| row.unwrap().cells).collect();
            let trimmed: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            prop_assert_eq!(read, trimmed);
        }
    }
}
