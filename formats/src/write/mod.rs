//! Tables to files: CSV, XLSX and JSON. Cards are written by [`crate::address_book`].
//!
//! Rows come from an iterator and go out one by one, into whatever the caller opened.

mod delimited;
mod json;
mod workbook;

use chrono::{NaiveDate, NaiveDateTime};

pub use delimited::{CsvStyle, write_csv};
pub use json::write_json;
pub use workbook::write_xlsx;

/// One cell to be written.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, phone numbers included: it stays text in every format.
    Text(String),
    /// A whole number, such as đồng.
    Integer(i64),
    /// A day.
    Date(NaiveDate),
    /// A moment on the local clock.
    Moment(NaiveDateTime),
    /// Yes or no.
    Flag(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// The cell as text: days as `2010-03-12`, which every spreadsheet reads whatever its language.
    pub fn to_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(value) => value.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Moment(moment) => moment.format("%Y-%m-%d %H:%M:%S").to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// A table to be written.
#[derive(Debug, Clone)]
pub struct Sheet<R> {
    /// Its name, for formats that have one.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each with a cell per column; missing cells are empty, further ones left out.
    pub rows: R,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows without the header.
    pub rows: usize,
    /// Cells that were longer than the format takes and were cut.
    pub cut_cells: usize,
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The place to write to failed.
    #[error("cannot write the file")]
    Io(#[from] std::io::Error),
    /// More rows than the format takes.
    #[error("a sheet takes {rows_max} rows at most; export in parts or as CSV")]
    TooManyRows {
        /// The limit.
        rows_max: usize,
    },
    /// The workbook could not be built.
    #[error("cannot build the workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
