//! What a packed workbook would take in memory, before it is read.
//!
//! The size that an archive states of a part is a bound: its reader fails when more comes. The counts that a sheet
//! states of itself are believed by nobody: a file of a few kilobytes can ask for all the memory of a machine. What
//! cannot be read here is left to the reader of workbooks, which stops at the same place.

mod compound;
mod longest;
mod old;

use super::{FileKind, Limits, TableError};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// How many times larger than the limit of a file its unpacked parts may be together.
const UNPACKED_FACTOR: u64 = 4;
/// What part of it the texts of a workbook, and the sheets of a kind that is read whole, may be: they are held.
const HELD_PART: u64 = 2;
/// What part of that limit the styles and the list of sheets may be: they are small, and grow much when read.
const SMALL_PART: u64 = 16;
/// The most that a row and a column may say that they repeat: what a sheet holds.
const ROWS_MAX: u64 = 1_048_576;
const COLUMNS_MAX: u64 = 16_384;

pub(super) use old::tamed;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Refuses workbooks that unpack to more than is read.
pub(super) fn check(bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<(), TableError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| TableError::Damaged { reason: error.to_string() })?;
    let (mut unpacked, bytes_max) = (0, limits.bytes_max as u64);
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
        let left = (bytes_max * UNPACKED_FACTOR).saturating_sub(unpacked);
        let part_max = own_max(&name, bytes_max).map_or(left, |own| own.min(left));
        let size = part.size();
        drop(part);
        if size > part_max {
            return Err(TableError::TooLarge {
                bytes: unpacked.saturating_add(size),
                bytes_max: unpacked + part_max,
            });
        }
        unpacked += size;
        // Whatever it is called: the workbook itself says which part is a sheet.
        if size > longest::CELL_BYTES_MAX as u64 {
            longest::check(archive.by_index(index).ok())?;
        }
        if name.ends_with("sharedstrings.xml") {
            check_strings(&mut archive, index, size)?;
        }
    }
    if kind == FileKind::Ods { check_cells(&mut archive, limits.cells_max as u64) } else { Ok(()) }
}

/// The limit of a part that is held in memory while the sheets are read.
fn own_max(name: &str, bytes_max: u64) -> Option<u64> {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name {
        "sharedstrings.xml" | "content.xml" => Some(bytes_max / HELD_PART),
        "styles.xml" | "theme1.xml" | "workbook.xml" | "workbook.xml.rels" => Some(bytes_max / SMALL_PART),
        _ => None,
    }
}

/// Refuses a list of strings that claims to have more of them than it has bytes: room is made for all at once.
fn check_strings(archive: &mut Archive<'_>, index: usize, size: u64) -> Result<(), TableError> {
    let mut claimed = 0;
    walk(archive.by_index(index).ok(), |event| {
        let Event::Start(start) = event else { return Ok(true) };
        if start.local_name().as_ref() != "sst" {
            return Ok(true);
        }
        claimed = number(start, "uniqueCount").unwrap_or(0);
        Ok(false)
    })?;
    if claimed > size {
        return Err(TableError::Damaged { reason: "its texts are counted wrongly".to_owned() });
    }
    Ok(())
}

/// Refuses sheets of OpenDocument with too many cells: one of them may say that it stands for billions.
fn check_cells(archive: &mut Archive<'_>, cells_max: u64) -> Result<(), TableError> {
    let mut grid = Grid::default();
    let mut before = 0;
    walk(archive.by_name("content.xml").ok(), |event| {
        match event {
            Event::Start(start) => match start.name().as_ref() {
                "table:table" => {
                    before += grid.cells();
                    grid = Grid::default();
                }
                "table:table-row" => grid.begin_row(repeats(start, "table:number-rows-repeated", ROWS_MAX)),
                "table:table-cell" | "table:covered-table-cell" => {
                    let repeats = repeats(start, "table:number-columns-repeated", COLUMNS_MAX);
                    grid.add(repeats, is_filled(start));
                }
                _ => {}
            },
            Event::End(end) if end.name().as_ref() == "table:table-row" => grid.end_row(),
            _ => {}
        }
        if before + grid.cells() > cells_max { Err(TableError::TooManyCells { cells_max }) } else { Ok(true) }
    })
}

/// The cells of one sheet as they will be held: those that were read, or the rectangle around what is filled.
#[derive(Default)]
struct Grid {
    read: u64,
    rows: u64,
    first_row: Option<u64>,
    last_row: u64,
    width: u64,
    row_repeats: u64,
    row_width: u64,
    blanks: u64,
}

impl Grid {
    fn cells(&self) -> u64 {
        let height = self.first_row.map_or(0, |first| self.last_row - first);
        (self.read + self.row_width).max(height * self.width)
    }

    fn begin_row(&mut self, repeats: u64) {
        (self.row_repeats, self.row_width, self.blanks) = (repeats, 0, 0);
    }

    fn add(&mut self, repeats: u64, is_filled: bool) {
        self.blanks = (self.blanks + repeats).min(COLUMNS_MAX);
        if is_filled {
            // What is blank counts only when something follows it.
            self.row_width = (self.row_width + self.blanks).min(COLUMNS_MAX);
            self.blanks = 0;
        }
    }

    fn end_row(&mut self) {
        let end = (self.rows + self.row_repeats).min(ROWS_MAX);
        if self.row_width > 0 {
            self.first_row.get_or_insert(self.rows);
            self.last_row = end;
            self.width = self.width.max(self.row_width);
            self.read += self.row_width;
        }
        (self.rows, self.row_width) = (end, 0);
    }
}

/// Walks through a part until told to stop or until it cannot be read.
fn walk(
    part: Option<impl Read>,
    mut step: impl FnMut(&Event<'_>) -> Result<bool, TableError>,
) -> Result<(), TableError> {
    let Some(part) = part else { return Ok(()) };
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    let config = reader.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let mut buffer = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        if matches!(event, Event::Eof) || !step(&event)? {
            break;
        }
        buffer.clear();
    }
    Ok(())
}

/// Whether a cell holds anything, as its attributes say.
fn is_filled(cell: &BytesStart<'_>) -> bool {
    let says = |key: &str| ["office:", "calcext:", "table:formula"].iter().any(|word| key.starts_with(word));
    cell.attributes().with_checks(false).flatten().any(|attribute| says(attribute.key.as_ref()))
}

fn repeats(element: &BytesStart<'_>, key: &str, max: u64) -> u64 {
    number(element, key).map_or(1, |repeats| repeats.min(max))
}

/// The digits of an attribute as a number; the greatest when there are too many of them.
fn number(element: &BytesStart<'_>, key: &str) -> Option<u64> {
    let mut attributes = element.attributes();
    let mut sound = attributes.with_checks(false).flatten();
    let value = sound.find(|attribute| attribute.key.as_ref() == key)?.value;
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
