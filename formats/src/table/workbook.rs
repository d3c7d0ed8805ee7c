//! Spreadsheets, through calamine; cells to text as a person would type them.
//!
//! The library reads files from anywhere, so its calls are guarded: a panic in it is a damaged workbook.

use super::{FileKind, Limits, Row, RowError, TableError, measure};
use calamine::{Data, DataRef, ExcelDateTime, Ods, Range, Reader, Xls, Xlsx, XlsxCellReader};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// An open workbook.
pub(super) enum Workbook {
    /// Read row by row.
    Xlsx(Box<Xlsx<Cursor<Arc<[u8]>>>>),
    /// Read whole, because these formats come in any order.
    Grids(Vec<(String, Range<Data>)>),
}

impl Workbook {
    pub(super) fn open(bytes: Arc<[u8]>, kind: FileKind, limits: &Limits) -> Result<Self, TableError> {
        let bytes = if kind != FileKind::Xls {
            guarded(|| measure::check(&bytes, kind, limits))?;
            bytes
        } else if is_encrypted(&bytes) {
            return Err(TableError::Protected);
        } else {
            Arc::from(guarded(|| measure::tamed(&bytes, limits))?)
        };
        guarded(|| match kind {
            FileKind::Xls => {
                let mut book = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
                Ok(Self::Grids(book.worksheets()))
            }
            FileKind::Ods => {
                let mut book = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
                Ok(Self::Grids(book.worksheets()))
            }
            _ => Ok(Self::Xlsx(Box::new(Xlsx::new(Cursor::new(bytes)).map_err(damaged)?))),
        })
    }

    /// The names of the sheets in their order.
    pub(super) fn sheets(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Grids(grids) => grids.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    /// The rows of a sheet, blank rows left out.
    pub(super) fn rows(&mut self, sheet: &str, limits: Limits) -> Result<SheetRows<'_>, TableError> {
        let unknown = || TableError::UnknownSheet { sheet: sheet.to_owned() };
        match self {
            Self::Xlsx(book) => {
                if !book.sheet_names().iter().any(|name| name == sheet) {
                    return Err(unknown());
                }
                let cells = guarded(|| book.worksheet_cells_reader(sheet).map_err(damaged))?;
                let state = SheetState::Cells { cells: Box::new(cells), pending: None, is_at_end: false };
                Ok(SheetRows { state, limits, last_row: 0, is_done: false })
            }
            Self::Grids(grids) => {
                let (_, grid) = grids.iter().find(|(name, _)| name == sheet).ok_or_else(unknown)?;
                let first = grid.start().unwrap_or((0, 0));
                let state = SheetState::Grid {
                    rows: grid.rows(),
                    next_row: first.0 + 1,
                    first_column: first.1 as usize,
                };
                Ok(SheetRows { state, limits, last_row: 0, is_done: false })
            }
        }
    }
}

/// The rows of one sheet.
pub(super) struct SheetRows<'s> {
    state: SheetState<'s>,
    limits: Limits,
    last_row: u32,
    is_done: bool,
}

enum SheetState<'s> {
    Cells {
        cells: Box<XlsxCellReader<'s, Cursor<Arc<[u8]>>>>,
        pending: Option<(u32, u32, String)>,
        is_at_end: bool,
    },
    Grid {
        rows: calamine::Rows<'s, Data>,
        next_row: u32,
        first_column: usize,
    },
}

impl Iterator for SheetRows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let read = catch_unwind(AssertUnwindSafe(|| self.read_row()));
            let row = match read {
                Ok(Ok(row)) => row,
                Ok(Err(reason)) => return Some(Err(self.stop(reason))),
                Err(_) => return Some(Err(self.stop("it cannot be read".to_owned()))),
            };
            match row {
                None => self.is_done = true,
                Some((number, cells)) => {
                    self.last_row = number;
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        return Some(self.checked(number, cells));
                    }
                }
            }
        }
        None
    }
}

impl SheetRows<'_> {
    fn stop(&mut self, reason: String) -> RowError {
        self.is_done = true;
        RowError::Damaged { row: self.last_row, reason }
    }

    fn checked(&self, number: u32, cells: Vec<String>) -> Result<Row, RowError> {
        let Limits { columns_max, cell_chars_max, .. } = self.limits;
        if cells.len() > columns_max {
            return Err(RowError::TooManyColumns { row: number, columns_max });
        }
        if cells.iter().any(|cell| cell.len() > cell_chars_max && cell.chars().count() > cell_chars_max) {
            return Err(RowError::CellTooLong { row: number, cell_chars_max });
        }
        Ok(Row { number, cells })
    }

    /// Reads the next row; none at the end, text when the workbook is damaged.
    fn read_row(&mut self) -> Result<Option<(u32, Vec<String>)>, String> {
        // One cell too many is kept, so that the row is refused and not cut.
        let columns_max = self.limits.columns_max + 1;
        let cell_chars_max = self.limits.cell_chars_max;
        match &mut self.state {
            SheetState::Grid { rows, next_row, first_column } => Ok(rows.next().map(|row| {
                let number = *next_row;
                *next_row = next_row.saturating_add(1);
                let gap = std::iter::repeat_n(String::new(), (*first_column).min(columns_max));
                let texts = row.iter().map(|cell| text_of(cell, cell_chars_max));
                (number, trimmed(gap.chain(texts).take(columns_max).collect()))
            })),
            SheetState::Cells { cells, pending, is_at_end } => {
                let mut row: Option<(u32, Vec<String>)> = None;
                if let Some((number, column, text)) = pending.take() {
                    row = Some((number, placed(Vec::new(), column, text, columns_max)));
                }
                while !*is_at_end {
                    // Asked again after its end, the library reads on into what follows.
                    let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? else {
                        *is_at_end = true;
                        break;
                    };
                    let (at, column) = cell.get_position();
                    let number = at.saturating_add(1);
                    let text = text_of_ref(cell.get_value(), cell_chars_max);
                    match &mut row {
                        None => row = Some((number, placed(Vec::new(), column, text, columns_max))),
                        Some((current, done)) if *current == number => {
                            *done = placed(std::mem::take(done), column, text, columns_max);
                        }
                        Some(_) => {
                            *pending = Some((number, column, text));
                            break;
                        }
                    }
                }
                Ok(row.map(|(number, cells)| (number, trimmed(cells))))
            }
        }
    }
}

fn placed(mut cells: Vec<String>, column: u32, text: String, columns_max: usize) -> Vec<String> {
    let column = (column as usize).min(columns_max - 1);
    if !text.is_empty() {
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    cells
}

fn trimmed(mut cells: Vec<String>) -> Vec<String> {
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn text_of(data: &Data, cell_chars_max: usize) -> String {
    match data {
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number_text(*value),
        Data::String(text) => composed(text, cell_chars_max),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(value) => moment_text(value),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.replacen('T', " ", 1),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

fn text_of_ref(data: &DataRef<'_>, cell_chars_max: usize) -> String {
    match data {
        DataRef::SharedString(text) => composed(text, cell_chars_max),
        DataRef::String(text) => composed(text, cell_chars_max),
        DataRef::Float(value) => number_text(*value),
        DataRef::Int(value) => value.to_string(),
        other => text_of(&Data::from(other.clone()), cell_chars_max),
    }
}

/// The text of a cell. One that is far too long is cut first: it is refused anyhow, and composing takes long.
fn composed(text: &str, cell_chars_max: usize) -> String {
    let text = text.trim();
    // No letter is written with more than four characters.
    let whole = match text.char_indices().nth((cell_chars_max + 1) * 4) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    crate::fold::nfc(whole)
}

/// A number as its digits: a phone that was stored as a number comes without exponent and without `.0`.
fn number_text(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e17 { format!("{value:.0}") } else { value.to_string() }
}

/// A date as ISO 8601, with its time if it has one; durations and times of day as a time.
fn moment_text(value: &ExcelDateTime) -> String {
    let days = value.as_f64();
    if !(0.0..3_000_000.0).contains(&days) {
        return number_text(days);
    }
    if value.is_duration() || days < 1.0 {
        let seconds = (days * 86_400.0).round() as u64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    match value.as_datetime() {
        // Excel's fractions of a day are off by up to a millisecond.
        Some(moment) => {
            let moment = moment + chrono::TimeDelta::milliseconds(500);
            let text = moment.format("%Y-%m-%d %H:%M:%S").to_string();
            text.strip_suffix(" 00:00:00").map_or(text.clone(), str::to_owned)
        }
        None => number_text(days),
    }
}

/// A workbook of today with a password is wrapped into the old container.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn guarded<T>(read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(TableError::Damaged { reason: "it cannot be read".to_owned() }))
}

fn damaged(error: impl std::fmt::Display) -> TableError {
    let reason = error.to_string();
    if reason.to_lowercase().contains("password") {
        TableError::Protected
    } else {
        TableError::Damaged { reason }
    }
}
