//! Branch Thủ Đức: a workbook whose phones became numbers and whose dates are partly real dates.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::row::Row;
use super::sheet::Sheet;

const HEADER: [&str; 15] = [
    "Mã HV",
    "Họ và tên học viên",
    "Ngày tháng năm sinh",
    "Giới thiệu từ",
    "Số điện thoại",
    "Họ tên phụ huynh",
    "Số ĐT phụ huynh",
    "Email",
    "Trường đang học",
    "Cấp độ",
    "Tình trạng",
    "Người phụ trách",
    "Ngày liên hệ",
    "Nhóm",
    "Ghi chú",
];

/// Rows of one sheet; a bigger centre goes on in a second sheet.
const ROWS_MAX: u32 = 1_000_000;

/// The workbook, written row by row in constant memory.
pub struct Book {
    workbook: Workbook,
    path: PathBuf,
    line: u32,
    rows: u64,
    sheets: usize,
    date: Format,
}

/// Starts `thu-duc.xlsx` in `dir`.
pub fn thu_duc(dir: &Path) -> Result<Box<dyn Sheet>> {
    let mut workbook = Workbook::new();
    // The time of writing would make every file differ.
    let created = ExcelDateTime::from_ymd(2026, 10, 31)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut book = Book {
        workbook,
        path: dir.join("thu-duc.xlsx"),
        line: 0,
        rows: 0,
        sheets: 0,
        date: Format::new().set_num_format("dd/mm/yyyy"),
    };
    book.start_sheet()?;
    Ok(Box::new(book))
}

impl Book {
    fn start_sheet(&mut self) -> Result<()> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        let name = if self.sheets == 0 {
            "Học viên".to_owned()
        } else {
            format!("Học viên {}", self.sheets + 1)
        };
        sheet.set_name(name)?;
        sheet.write_string(0, 0, "DANH SÁCH HỌC VIÊN THỦ ĐỨC 2024-2026")?;
        for (column, title) in HEADER.iter().enumerate() {
            sheet.write_string(2, column as u16, *title)?;
        }
        self.sheets += 1;
        self.line = 3;
        Ok(())
    }
}

impl Sheet for Book {
    fn name(&self) -> &'static str {
        "thu-duc.xlsx"
    }

    fn add(&mut self, row: &Row) -> Result<()> {
        if self.line >= ROWS_MAX {
            self.start_sheet()?;
        }
        self.rows += 1;
        let line = self.line;
        self.line += 1;
        let code = format!("TD{:05}", self.rows);
        let cells: [&str; 15] = [
            &code,
            &row.name,
            &row.born,
            &row.source,
            &row.phone,
            &row.guardian,
            &row.guardian_phone,
            &row.email,
            &row.school,
            &row.level,
            &row.status,
            &row.advisor,
            &row.registered,
            &row.tags,
            &row.note,
        ];
        let is_real_date = self.rows.is_multiple_of(3);
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in cells.iter().enumerate() {
            let at = column as u16;
            match (column, row.born_on) {
                _ if cell.is_empty() => {}
                (2, Some(born)) if is_real_date && !row.dirt.contains(&"year-only") => {
                    let value = ExcelDateTime::parse_from_str(&born.to_string())?;
                    sheet.write_datetime_with_format(line, at, &value, &self.date)?;
                }
                (4 | 6, _) => match as_number(cell) {
                    Some(number) => {
                        sheet.write_number(line, at, number)?;
                    }
                    None => {
                        sheet.write_string(line, at, *cell)?;
                    }
                },
                _ => {
                    sheet.write_string(line, at, *cell)?;
                }
            }
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<()> {
        self.workbook.save(&self.path)?;
        Ok(())
    }
}

/// What Excel takes for a number when a phone without its zero, or `8.49E+10`, is typed in.
fn as_number(cell: &str) -> Option<f64> {
    let is_typed_as_number = !cell.starts_with(['0', '+', '(', '\'']) && !cell.contains(' ');
    if is_typed_as_number { cell.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_without_its_zero_becomes_a_number() {
        assert_eq!(as_number("901234567"), Some(901_234_567.0));
        assert_eq!(as_number("8.49E+10"), Some(84_900_000_000.0));
        assert_eq!(as_number("0901234567"), None);
        assert_eq!(as_number("0901 / 0902"), None);
    }
}
