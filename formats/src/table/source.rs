//! A file, opened: what it is, how it is laid out, and its rows.

use super::delimited::{DelimitedRows, can_part, detect_delimiter, named_delimiter, readable};
use super::header::{Origin, column_names, detect_header_row, recognise_origin};
use super::workbook::{SheetRows, Workbook};
use super::{FileKind, Limits, Row, RowError, TableError, detect_kind};
use crate::address_book::{GoogleColumns, cards_to_rows, read_vcards};
use crate::text::{TextEncoding, decode_text, repair_text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use ts_rs::TS;

/// How many rows are looked at to find the layout.
const SAMPLE_ROWS: usize = 60;

/// What a person chose; whatever is left out is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReadOptions {
    /// The encoding of a text file.
    pub encoding: Option<TextEncoding>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// Where the header stands.
    pub header_row: HeaderRow,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// Where the names of the columns stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HeaderRow {
    /// Find out.
    #[default]
    Detect,
    /// Nowhere: the first row is data.
    None,
    /// In the row with this number, as [`Row::number`] counts.
    At(u32),
}

/// How a file is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Layout {
    /// What sort of file it is.
    pub kind: FileKind,
    /// The encoding it was read in, if it is text.
    pub encoding: Option<TextEncoding>,
    /// Whether some bytes had no meaning in that encoding.
    pub had_decode_errors: bool,
    /// The encoding that cells of a workbook really are in, when old fonts filled them; they are repaired.
    pub repaired_from: Option<TextEncoding>,
    /// The delimiter, if it is delimited text.
    pub delimiter: Option<char>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read.
    pub sheet: Option<String>,
    /// The row with the names of the columns.
    pub header_row: Option<u32>,
    /// The names of the columns, each once.
    pub columns: Vec<String>,
    /// The program that wrote it, if that shows.
    pub origin: Option<Origin>,
    /// The first rows of data.
    pub sample: Vec<Row>,
}

/// An open file.
pub struct Source {
    body: Body,
    layout: Layout,
    google: Option<GoogleColumns>,
    limits: Limits,
}

enum Body {
    Text(String),
    Workbook(Workbook),
    Rows(Vec<Row>),
}

impl Source {
    /// Opens a file and finds out its layout.
    ///
    /// # Errors
    /// [`TableError`] when it is empty, too large, of no known kind or damaged.
    pub fn open(
        bytes: impl Into<Arc<[u8]>>,
        file_name: &str,
        options: &ReadOptions,
    ) -> Result<Self, TableError> {
        Self::open_within(bytes.into(), file_name, options, Limits::default())
    }

    /// Opens pasted text: what a spreadsheet puts on the clipboard, or CSV.
    ///
    /// # Errors
    /// [`TableError`] when it is empty or too large.
    pub fn paste(text: &str, options: &ReadOptions) -> Result<Self, TableError> {
        let options = ReadOptions { encoding: Some(TextEncoding::Utf8), ..options.clone() };
        Self::open(text.as_bytes(), "pasted.txt", &options)
    }

    /// Opens a file within other limits than the default ones.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open_within(
        bytes: Arc<[u8]>,
        file_name: &str,
        options: &ReadOptions,
        limits: Limits,
    ) -> Result<Self, TableError> {
        if bytes.len() > limits.bytes_max {
            return Err(TableError::TooLarge {
                bytes: bytes.len() as u64,
                bytes_max: limits.bytes_max as u64,
            });
        }
        if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
            return Err(TableError::Empty);
        }
        let kind = detect_kind(&bytes, file_name).ok_or(TableError::UnknownKind)?;
        let mut layout = Layout::of(kind);
        let is_workbook = matches!(kind, FileKind::Xlsx | FileKind::Xls | FileKind::Ods);
        if let (Some(sheet), false) = (&options.sheet, is_workbook) {
            return Err(TableError::UnknownSheet { sheet: sheet.clone() });
        }
        let (body, columns) = match kind {
            FileKind::Delimited => {
                let text = layout.decode(&bytes, options);
                let found = options.delimiter.filter(can_part).unwrap_or_else(|| detect_delimiter(&text));
                let delimiter = named_delimiter(&text).unwrap_or(found);
                layout.delimiter = Some(delimiter);
                (Body::Text(readable(text, delimiter)), None)
            }
            FileKind::Vcard => {
                let (columns, rows) = cards_to_rows(&read_vcards(&bytes, options.encoding, &limits), &limits);
                (Body::Rows(rows), Some(columns))
            }
            FileKind::Json => {
                let text = layout.decode(&bytes, options);
                let (columns, rows) = super::json::read_json(&text, &limits)?;
                (Body::Rows(rows), Some(columns))
            }
            FileKind::Xlsx | FileKind::Xls | FileKind::Ods => {
                let mut book = Workbook::open(bytes, kind, &limits)?;
                layout.sheets = book.sheets();
                layout.sheet = match &options.sheet {
                    Some(chosen) => Some(chosen.clone()),
                    None => first_filled(&mut book, &layout.sheets, limits),
                };
                (Body::Workbook(book), None)
            }
        };
        let mut source = Self { body, layout, google: None, limits };
        source.find_layout(options, columns)?;
        Ok(source)
    }

    /// How the file is laid out.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The rows of data from the first one, without header, titles above it and blank rows.
    ///
    /// Every row has as many cells as there are columns. May be called again; a resumed import skips.
    ///
    /// # Errors
    /// [`TableError`] when the sheet cannot be read.
    pub fn rows(&mut self) -> Result<Rows<'_>, TableError> {
        let Self { body, layout, google, limits } = self;
        let raw = raw_rows(body, layout, *limits)?;
        let repair = layout.repaired_from.is_some();
        let shape = Shape { width: layout.columns.len(), google: google.as_ref(), repair };
        Ok(Rows { raw, after: layout.header_row.unwrap_or(0), shape, given: 0, rows_max: limits.rows_max })
    }

    fn find_layout(&mut self, options: &ReadOptions, columns: Option<Vec<String>>) -> Result<(), TableError> {
        if let Some(columns) = columns {
            self.layout.columns = columns;
        } else {
            let first: Vec<Row> = raw_rows(&mut self.body, &self.layout, self.limits)?
                .filter_map(Result::ok)
                .take(SAMPLE_ROWS)
                .collect();
            if first.is_empty() {
                return Err(TableError::Empty);
            }
            let header = match options.header_row {
                HeaderRow::Detect => detect_header_row(&first).and_then(|index| first.get(index)),
                HeaderRow::None => None,
                HeaderRow::At(number) => {
                    let row = first.iter().find(|row| row.number == number);
                    Some(row.ok_or(TableError::NoHeaderRow { row: number })?)
                }
            };
            if self.layout.encoding.is_none() {
                self.layout.repaired_from = wrong_encoding(&first);
            }
            let width = first.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            self.layout.header_row = header.map(|row| row.number);
            self.layout.columns = column_names(header, width);
            if self.layout.repaired_from.is_some() {
                self.layout.columns.iter_mut().for_each(repair_cell);
            }
            self.layout.origin = recognise_origin(&self.layout.columns);
            if matches!(self.layout.origin, Some(Origin::GoogleContacts | Origin::GoogleContactsOld)) {
                let google = GoogleColumns::new(&self.layout.columns);
                self.layout.columns = google.columns().to_vec();
                self.google = Some(google);
            }
        }
        let sample = self.rows()?.filter_map(Result::ok).take(SAMPLE_ROWS).collect();
        self.layout.sample = sample;
        Ok(())
    }
}

impl Layout {
    fn of(kind: FileKind) -> Self {
        Self {
            kind,
            encoding: None,
            had_decode_errors: false,
            repaired_from: None,
            delimiter: None,
            sheets: vec![],
            sheet: None,
            header_row: None,
            columns: vec![],
            origin: None,
            sample: vec![],
        }
    }

    fn decode(&mut self, bytes: &[u8], options: &ReadOptions) -> String {
        let decoded = decode_text(bytes, options.encoding);
        self.encoding = Some(decoded.encoding);
        self.had_decode_errors = decoded.had_errors;
        decoded.text
    }
}

/// The first sheet that has rows: the one before may be a cover, and nobody could choose another.
fn first_filled(book: &mut Workbook, sheets: &[String], limits: Limits) -> Option<String> {
    let mut has_rows = |sheet: &String| book.rows(sheet, limits).is_ok_and(|mut rows| rows.next().is_some());
    match sheets {
        [] | [_] => sheets.first(),
        _ => sheets.iter().find(|sheet| has_rows(sheet)).or_else(|| sheets.first()),
    }
    .cloned()
}

fn raw_rows<'s>(body: &'s mut Body, layout: &Layout, limits: Limits) -> Result<RawRows<'s>, TableError> {
    Ok(match body {
        Body::Text(text) => RawRows::Text(DelimitedRows::new(text, layout.delimiter.unwrap_or(','), limits)),
        Body::Workbook(book) => RawRows::Sheet(book.rows(layout.sheet.as_deref().unwrap_or(""), limits)?),
        Body::Rows(rows) => RawRows::Ready(rows.iter()),
    })
}

enum RawRows<'s> {
    Text(DelimitedRows<'s>),
    Sheet(SheetRows<'s>),
    Ready(std::slice::Iter<'s, Row>),
}

impl Iterator for RawRows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Text(rows) => rows.next(),
            Self::Sheet(rows) => rows.next(),
            Self::Ready(rows) => rows.next().cloned().map(Ok),
        }
    }
}

struct Shape<'s> {
    width: usize,
    google: Option<&'s GoogleColumns>,
    repair: bool,
}

impl Shape<'_> {
    fn apply(&self, mut row: Row) -> Row {
        if self.repair {
            row.cells.iter_mut().for_each(repair_cell);
        }
        match self.google {
            Some(google) => row.cells = google.cells(&row.cells),
            None => {
                // Cells to the right of the last column are kept in it: nothing of a ragged row is lost.
                while row.cells.len() > self.width.max(1) {
                    let extra = row.cells.pop().unwrap_or_default();
                    if let (Some(last), false) = (row.cells.last_mut(), extra.is_empty()) {
                        *last = if last.is_empty() { extra } else { format!("{last}, {extra}") };
                    }
                }
                row.cells.resize(self.width, String::new());
            }
        }
        row
    }
}

/// The rows of data of a file, one by one.
pub struct Rows<'s> {
    raw: RawRows<'s>,
    after: u32,
    shape: Shape<'s>,
    given: usize,
    rows_max: usize,
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.given > self.rows_max {
            return None;
        }
        loop {
            let row = match self.raw.next()? {
                Ok(row) if row.number <= self.after => continue,
                Ok(row) => self.shape.apply(row),
                Err(error) => {
                    self.given += 1;
                    return Some(Err(error));
                }
            };
            self.given += 1;
            if self.given > self.rows_max {
                return Some(Err(RowError::TooManyRows { rows_max: self.rows_max }));
            }
            return Some(Ok(row));
        }
    }
}

/// The encoding that most marked cells of a workbook really are in, if they were filled by old fonts.
fn wrong_encoding(rows: &[Row]) -> Option<TextEncoding> {
    let marked: Vec<&String> =
        rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_ascii()).collect();
    let repaired: Vec<TextEncoding> =
        marked.iter().filter_map(|cell| repair_text(cell)).map(|(_, encoding)| encoding).collect();
    (repaired.len() * 2 > marked.len()).then(|| repaired[0])
}

fn repair_cell(cell: &mut String) {
    if let Some((repaired, _)) = repair_text(cell) {
        *cell = repaired;
    }
}
