//! Bytes of a file to rows of text, whatever program wrote them.
//!
//! [`Source::open`] finds out what a file is and how it is laid out; [`Source::rows`] then gives its rows one
//! by one. Nothing here knows what a column means: that is [`crate::mapping`].

mod delimited;
mod header;
mod json;
mod kind;
mod measure;
mod source;
mod workbook;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use delimited::GUARDED;
pub use delimited::detect_delimiter;
pub use header::{Origin, detect_header_row, recognise_origin};
pub use kind::{FileKind, detect_kind};
pub use source::{HeaderRow, Layout, ReadOptions, Rows, Source};

#[cfg(test)]
mod tests;

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Row {
    /// Where it stands: the line on which it begins in a text file, the row of a sheet, the nth card; from 1.
    pub number: u32,
    /// Its cells, as many as there are columns.
    pub cells: Vec<String>,
}

impl Row {
    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// What a file may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file, and of all that a workbook unpacks to (four times as much).
    pub bytes_max: usize,
    /// Rows that are given out.
    pub rows_max: usize,
    /// Columns of a row.
    pub columns_max: usize,
    /// Characters of a cell.
    pub cell_chars_max: usize,
    /// Cells of a workbook that can only be read whole, blank ones between others included.
    pub cells_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes_max: 256 * 1024 * 1024,
            rows_max: 1_100_000,
            columns_max: 512,
            cell_chars_max: 32_767,
            cells_max: 10_000_000,
        }
    }
}

/// Why a file cannot be read as a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than is read.
    #[error("the file has {bytes} bytes, more than the {bytes_max} that are read; split it")]
    TooLarge {
        /// Its size, unpacked if it is packed.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// More cells than are held at once.
    #[error("the workbook has more than {cells_max} cells; split it, or save it as XLSX or CSV")]
    TooManyCells {
        /// The limit.
        cells_max: u64,
    },
    /// A cell of a workbook that is larger than any text that is read.
    #[error("a cell of the workbook has more than {bytes_max} bytes; shorten it in a spreadsheet program")]
    CellTooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// Neither text nor a workbook.
    #[error("the file is neither text nor a spreadsheet that can be read; save it as XLSX or CSV")]
    UnknownKind,
    /// A workbook that needs a password.
    #[error("the workbook is protected by a password; save a copy without it")]
    Protected,
    /// A damaged workbook.
    #[error("the workbook is damaged: {reason}; open it in a spreadsheet program and save it again")]
    Damaged {
        /// What the reader says.
        reason: String,
    },
    /// No sheet of that name.
    #[error("the workbook has no sheet {sheet:?}")]
    UnknownSheet {
        /// The name asked for.
        sheet: String,
    },
    /// No row of that number among those where a header may stand.
    #[error("there is no row {row} with names of columns")]
    NoHeaderRow {
        /// The number asked for.
        row: u32,
    },
    /// More columns than are read.
    #[error("row {row} has more than {columns_max} columns")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The limit.
        columns_max: usize,
    },
    /// JSON that is no list of records.
    #[error("the JSON is not a list of records: {reason}")]
    NotRecords {
        /// What the reader says.
        reason: String,
    },
}

/// Why one row cannot be read; the rows after it can, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// A cell longer than is read, mostly a quote that is never closed.
    #[error("a cell of row {row} has more than {cell_chars_max} characters; a closing quote may be missing")]
    CellTooLong {
        /// The row.
        row: u32,
        /// The limit.
        cell_chars_max: usize,
    },
    /// More columns than are read.
    #[error("row {row} has more than {columns_max} columns")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The limit.
        columns_max: usize,
    },
    /// More rows than are read; nothing comes after it.
    #[error("there are more than {rows_max} rows; the rest was not read")]
    TooManyRows {
        /// The limit.
        rows_max: usize,
    },
    /// The workbook is damaged here; nothing comes after it.
    #[error("the workbook is damaged after row {row}: {reason}")]
    Damaged {
        /// The last row that was read.
        row: u32,
        /// What the reader says.
        reason: String,
    },
}
