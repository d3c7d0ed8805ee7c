//! XLSX, through rust_xlsxwriter.

use super::{Cell, Sheet, WriteError, Written};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::path::Path;

/// Rows of a sheet without its header.
const ROWS_MAX: usize = 1_048_575;
/// Characters of a cell, as Excel counts them.
const CELL_CHARS_MAX: usize = 32_767;
/// The widest that a column is made.
const WIDTH_MAX: usize = 48;

/// Writes a workbook of one sheet: header in bold and frozen, filters on it, days as days, phones as text.
///
/// Rows are kept in memory (2 KB for ten columns) unless there is a `scratch` folder for a temporary file:
/// give one for large tables, and one that only this user reads, because the file is plain.
///
/// # Errors
/// [`WriteError::TooManyRows`] over 1,048,575 rows; [`WriteError::Workbook`] when `scratch` fails.
pub fn write_xlsx<R>(sheet: Sheet<R>, scratch: Option<&Path>) -> Result<(Vec<u8>, Written), WriteError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut workbook = Workbook::new();
    let worksheet = match scratch {
        Some(folder) => {
            workbook.set_tempdir(folder)?;
            workbook.add_worksheet_with_constant_memory()?
        }
        None => workbook.add_worksheet(),
    };
    worksheet.set_name(sheet_name(&sheet.name))?;
    let bold = Format::new().set_bold();
    let styles = Styles {
        text: Format::new().set_num_format("@"),
        date: date_format("dd/mm/yyyy"),
        moment: date_format("dd/mm/yyyy hh:mm"),
    };
    let mut widths: Vec<usize> = sheet.columns.iter().map(|name| name.chars().count() + 3).collect();
    for (column, name) in sheet.columns.iter().enumerate() {
        worksheet.write_string_with_format(0, column as u16, name, &bold)?;
    }
    let mut written = Written::default();
    for row in sheet.rows {
        if written.rows == ROWS_MAX {
            return Err(WriteError::TooManyRows { rows_max: ROWS_MAX });
        }
        written.rows += 1;
        for (column, cell) in row.iter().enumerate().take(sheet.columns.len()) {
            written.cut_cells +=
                usize::from(write_cell(worksheet, (written.rows as u32, column as u16), cell, &styles)?);
            widths[column] = widths[column].max(width_of(cell)).min(WIDTH_MAX);
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    if let Some(last) = sheet.columns.len().checked_sub(1) {
        worksheet.autofilter(0, 0, written.rows as u32, last as u16)?;
    }
    for (column, width) in widths.iter().enumerate() {
        worksheet.set_column_width(column as u16, *width as f64)?;
    }
    Ok((workbook.save_to_buffer()?, written))
}

struct Styles {
    text: Format,
    date: Format,
    moment: Format,
}

fn date_format(pattern: &str) -> Format {
    Format::new().set_num_format(pattern)
}

/// Writes a cell and tells whether it was cut.
fn write_cell(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    styles: &Styles,
) -> Result<bool, WriteError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let is_cut = text.encode_utf16().count() > CELL_CHARS_MAX;
            let cut = is_cut.then(|| text.chars().take(CELL_CHARS_MAX / 2).collect::<String>());
            worksheet.write_string_with_format(row, column, cut.as_ref().unwrap_or(text), &styles.text)?;
            return Ok(is_cut);
        }
        // Beyond 15 digits a spreadsheet's numbers are not exact.
        Cell::Integer(value) if value.unsigned_abs() >= 1_000_000_000_000_000 => {
            worksheet.write_string(row, column, value.to_string())?;
        }
        Cell::Integer(value) => {
            worksheet.write_number(row, column, *value as f64)?;
        }
        Cell::Date(date) => match serial_days(*date) {
            Some(days) => {
                worksheet.write_number_with_format(row, column, days, &styles.date)?;
            }
            None => {
                worksheet.write_string(row, column, date.to_string())?;
            }
        },
        Cell::Moment(moment) => {
            use chrono::Timelike;
            let seconds = f64::from(moment.num_seconds_from_midnight());
            match serial_days(moment.date()) {
                Some(days) => worksheet.write_number_with_format(
                    row,
                    column,
                    days + seconds / 86_400.0,
                    &styles.moment,
                )?,
                None => worksheet.write_string(row, column, cell.to_text())?,
            };
        }
        Cell::Flag(flag) => {
            worksheet.write_boolean(row, column, *flag)?;
        }
    }
    Ok(false)
}

/// A day in Excel's counting; none before March 1900, where that counting is wrong.
fn serial_days(date: chrono::NaiveDate) -> Option<f64> {
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = (date - epoch).num_days();
    (61..2_958_466).contains(&days).then_some(days as f64)
}

fn width_of(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.lines().next().unwrap_or("").chars().count() + 1,
        Cell::Moment(_) => 17,
        _ => 11,
    }
}

/// A name that Excel takes: 31 characters, none of `[]:*?/\`, no apostrophe at the ends.
fn sheet_name(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let mut short = String::new();
    for c in name.trim().trim_matches('\'').chars() {
        if short.encode_utf16().count() + c.len_utf16() > 31 {
            break;
        }
        short.push(c);
    }
    let short = short.trim_end_matches('\'').trim().to_owned();
    if short.is_empty() || short.eq_ignore_ascii_case("history") { "Quen".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{FileKind, ReadOptions, Source};
    use chrono::NaiveDate;

    #[test]
    fn a_workbook_reads_back_as_it_was_written() {
        let date = NaiveDate::from_ymd_opt(2010, 3, 12).unwrap();
        let rows = vec![
            vec![
                Cell::from("Nguyễn Văn Đức"),
                Cell::from("0912345678"),
                Cell::Date(date),
                Cell::Moment(date.and_hms_opt(14, 30, 5).unwrap()),
                Cell::Integer(84_912_345_678),
                Cell::Flag(true),
                Cell::from("=1+1"),
            ],
            vec![
                Cell::from("Lan"),
                Cell::from("+84912345678"),
                Cell::Date(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap()),
            ],
        ];
        let columns =
            ["Họ tên", "SĐT", "Ngày sinh", "Lúc", "Số", "Đồng ý", "Ghi chú"].map(str::to_owned).to_vec();
        let folder = tempfile::tempdir().unwrap();
        for scratch in [None, Some(folder.path())] {
            let sheet =
                Sheet { name: "Học viên: Q/1".into(), columns: columns.clone(), rows: rows.clone() };
            let (bytes, written) = write_xlsx(sheet, scratch).unwrap();
            assert_eq!(written, Written { rows: 2, cut_cells: 0 });
            assert_reads_back(bytes, &columns);
        }
        let sheet = Sheet { name: String::new(), columns, rows };
        assert!(matches!(
            write_xlsx(sheet, Some(Path::new("/no/such/folder"))),
            Err(WriteError::Workbook(_))
        ));
    }

    fn assert_reads_back(bytes: Vec<u8>, columns: &[String]) {
        let mut source = Source::open(bytes, "a.xlsx", &ReadOptions::default()).unwrap();
        assert_eq!(source.layout().kind, FileKind::Xlsx);
        assert_eq!(source.layout().sheets, ["Học viên  Q 1"]);
        assert_eq!(source.layout().columns, columns);
        let read: Vec<Vec<String>> = source.rows().unwrap().map(|row| row.unwrap().cells).collect();
        assert_eq!(
            read,
            [
                [
                    "Nguyễn Văn Đức",
                    "0912345678",
                    "2010-03-12",
                    "2010-03-12 14:30:05",
                    "84912345678",
                    "TRUE",
                    "=1+1"
                ],
                ["Lan", "+84912345678", "1900-01-01", "", "", "", ""],
            ]
        );
    }

    #[test]
    fn long_cells_are_cut_and_counted_and_any_name_is_taken() {
        let rows = vec![vec![Cell::Text("đ".repeat(40_000))]];
        let (_, written) =
            write_xlsx(Sheet { name: "'".into(), columns: vec!["A".into()], rows }, None).unwrap();
        assert_eq!(written.cut_cells, 1);
        for name in ["", "History", "'x'", "a".repeat(40).as_str(), "\u{1}"] {
            let rows: Vec<Vec<Cell>> = vec![];
            assert!(write_xlsx(Sheet { name: name.into(), columns: vec![], rows }, None).is_ok(), "{name:?}");
        }
    }
}
