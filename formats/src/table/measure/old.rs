//! What an old workbook (MS-XLS) would take in memory.
//!
//! A cell is a few bytes there, and two cells at far corners make a sheet of billions; a text that is stored once
//! may stand in every cell; several sheets may name the same place. What is believed by nobody is the size that a
//! sheet states of itself, and formulas are not read at all: both are blanked before the library sees them.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::{Limits, TableError, compound};

const CONTINUE: u16 = 0x003C;
const END: u16 = 0x000A;
const BEGIN: u16 = 0x0809;
const SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00FC;
const NAME: u16 = 0x0018;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const TEXT_CELL: u16 = 0x00FD;
const NUMBER_CELLS: u16 = 0x00BD;
/// Other records that hold one cell: number, label, rich label, truth or error, short number.
const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E];
/// A record is continued every eight kilobytes; the library takes long over many continuations.
const CONTINUED_MAX: usize = 40_000;
/// No character of a text takes more bytes in memory.
const CHAR_BYTES: u64 = 3;

/// The workbook in a container of its own, without what makes its reader ask for memory.
///
/// # Errors
/// [`TableError::TooManyCells`] or [`TableError::TooLarge`] if it would take more than is read,
/// [`TableError::Damaged`] if it is none.
pub(in crate::table) fn tamed(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, TableError> {
    let mut stream = compound::stream(bytes, &["Workbook", "Book"])?;
    for place in blanks(&stream, limits)? {
        stream[place].fill(0);
    }
    // Sheets may overlap: what was blanked for one may have been something else to another.
    if blanks(&stream, limits)?.into_iter().any(|place| stream[place].iter().any(|byte| *byte != 0)) {
        return Err(damaged("its sheets overlap"));
    }
    Ok(compound::wrapped(&stream))
}

/// Measures a workbook. Returns the places that its reader shall not believe.
fn blanks(stream: &[u8], limits: &Limits) -> Result<Vec<Range<usize>>, TableError> {
    let (mut sheets, mut texts, mut blanks) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(record) = Record::at(stream, at)? {
        match record.kind {
            SHEET => sheets.extend(record.long(stream, 0).map(|at| at as usize)),
            TEXTS => texts = lengths(stream, &record)?,
            // As a record of kind 0 it means nothing.
            NAME => blanks.push(at..at + 2),
            END => break,
            _ => {}
        }
        at = record.next;
    }
    let mut size = Size::default();
    for sheet in sheets {
        measure(stream, sheet, &texts, &mut size, &mut blanks, limits)?;
    }
    Ok(blanks)
}

/// What all sheets take together.
#[derive(Default)]
struct Size {
    cells: u64,
    bytes: u64,
}

impl Size {
    fn check(&self, limits: &Limits) -> Result<(), TableError> {
        let (cells_max, bytes_max) = (limits.cells_max as u64, limits.bytes_max as u64);
        if self.cells > cells_max {
            Err(TableError::TooManyCells { cells_max })
        } else if self.bytes > bytes_max {
            Err(TableError::TooLarge { bytes: self.bytes, bytes_max })
        } else {
            Ok(())
        }
    }
}

/// The rectangle around the cells of a sheet.
struct Corners {
    from: (u16, u16),
    to: (u16, u16),
}

impl Corners {
    fn take(&mut self, row: u16, column: u16) {
        self.from = (self.from.0.min(row), self.from.1.min(column));
        self.to = (self.to.0.max(row), self.to.1.max(column));
    }

    fn cells(&self) -> u64 {
        let length = |from: u16, to: u16| (u64::from(to) + 1).saturating_sub(u64::from(from));
        length(self.from.0, self.to.0) * length(self.from.1, self.to.1)
    }
}

/// Measures one sheet whose cells stand for texts of these lengths, and notes what its reader shall not believe.
fn measure(
    stream: &[u8],
    begin: usize,
    texts: &[u16],
    size: &mut Size,
    blanks: &mut Vec<Range<usize>>,
    limits: &Limits,
) -> Result<(), TableError> {
    let mut corners = Corners { from: (u16::MAX, u16::MAX), to: (0, 0) };
    let (mut read, before) = (0, size.cells);
    // Charts inside a sheet have cells of their own, which nobody reads.
    let (mut has_begun, mut depth, mut at) = (false, 0_usize, begin);
    while let Some(record) = Record::at(stream, at)? {
        size.bytes += (record.next - at) as u64;
        match record.kind {
            BEGIN if has_begun => depth += 1,
            BEGIN => has_begun = true,
            END if depth == 0 => break,
            END => depth -= 1,
            _ if depth > 0 => {}
            DIMENSIONS => blanks.push(record.from..record.to),
            kind => {
                if let Some((from, to)) = record.columns(stream) {
                    let row = record.short(stream, 0).unwrap_or(0);
                    corners.take(row, from);
                    corners.take(row, to);
                    read += u64::from(to.abs_diff(from)) + 1;
                }
                if kind == FORMULA && record.to >= record.from + 22 {
                    // The length of what it computes.
                    blanks.push(record.from + 20..record.from + 22);
                }
                let text = record.long(stream, 6).filter(|_| kind == TEXT_CELL);
                let chars = text.and_then(|text| texts.get(text as usize)).copied().unwrap_or(0);
                size.bytes += u64::from(chars) * CHAR_BYTES;
            }
        }
        size.cells = before + if read == 0 { 0 } else { corners.cells().max(read) };
        size.check(limits)?;
        at = record.next;
    }
    Ok(())
}

/// How many characters each shared text has.
fn lengths(stream: &[u8], record: &Record) -> Result<Vec<u16>, TableError> {
    let mut rest = Pieces { stream, pieces: record.pieces(stream), at: record.from + 8, end: record.to };
    let mut chars = Vec::new();
    while rest.at < rest.end || rest.turn() {
        if rest.at >= rest.end {
            chars.push(0);
            continue;
        }
        let count = rest.short()?;
        let flags = rest.take(1)?[0];
        let runs = if flags & 8 != 0 { usize::from(rest.short()?) * 4 } else { 0 };
        let more = if flags & 4 != 0 { rest.long()? as usize } else { 0 };
        rest.pass_text(usize::from(count), flags & 1 != 0)?;
        rest.pass(runs)?;
        rest.pass(more)?;
        chars.push(count);
    }
    Ok(chars)
}

/// One record: what it is, where its data begins and ends, and where the next one begins.
struct Record {
    kind: u16,
    from: usize,
    to: usize,
    next: usize,
    continued: usize,
}

impl Record {
    /// The record at a place with its continuations; none at the end.
    fn at(stream: &[u8], at: usize) -> Result<Option<Self>, TableError> {
        let cut_off = || damaged("a record is cut off");
        let rest = stream.get(at..).ok_or_else(cut_off)?;
        if rest.is_empty() {
            return Ok(None);
        }
        let head = |at: usize| -> Option<(u16, usize)> {
            let head = stream.get(at..at + 4)?;
            let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
            Some((u16::from_le_bytes([head[0], head[1]]), at + 4 + length))
        };
        let (kind, to) = head(at).filter(|(_, to)| *to <= stream.len()).ok_or_else(cut_off)?;
        let mut record = Self { kind, from: at + 4, to, next: to, continued: 0 };
        while let Some((CONTINUE, end)) = head(record.next) {
            record.continued += 1;
            if end > stream.len() || record.continued > CONTINUED_MAX {
                return Err(cut_off());
            }
            record.next = end;
        }
        Ok(Some(record))
    }

    /// The first and the last column of which it holds a cell.
    fn columns(&self, stream: &[u8]) -> Option<(u16, u16)> {
        let first = self.short(stream, 2)?;
        match self.kind {
            NUMBER_CELLS => Some((first, self.short(stream, self.to - self.from - 2)?)),
            FORMULA | TEXT_CELL => Some((first, first)),
            kind => CELLS.contains(&kind).then_some((first, first)),
        }
    }

    fn short(&self, stream: &[u8], at: usize) -> Option<u16> {
        let two = stream[self.from..self.to].get(at..at + 2)?;
        Some(u16::from_le_bytes([two[0], two[1]]))
    }

    fn long(&self, stream: &[u8], at: usize) -> Option<u32> {
        let four = stream[self.from..self.to].get(at..at + 4)?;
        Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    }

    /// Where the data of each continuation begins and ends, the last first.
    fn pieces(&self, stream: &[u8]) -> Vec<(usize, usize)> {
        let (mut pieces, mut at) = (Vec::new(), self.to);
        while at < self.next {
            let end = at + 4 + usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
            pieces.push((at + 4, end));
            at = end;
        }
        pieces.reverse();
        pieces
    }
}

/// The data of a record and of its continuations, read as the library reads them.
struct Pieces<'s> {
    stream: &'s [u8],
    pieces: Vec<(usize, usize)>,
    at: usize,
    end: usize,
}

impl<'s> Pieces<'s> {
    /// Goes on to the next continuation, if there is one.
    fn turn(&mut self) -> bool {
        let Some((at, end)) = self.pieces.pop() else { return false };
        (self.at, self.end) = (at, end);
        true
    }

    fn take(&mut self, count: usize) -> Result<&'s [u8], TableError> {
        if self.end.saturating_sub(self.at) < count {
            return Err(damaged("a text is cut off"));
        }
        self.at += count;
        Ok(&self.stream[self.at - count..self.at])
    }

    fn short(&mut self) -> Result<u16, TableError> {
        self.take(2).map(|two| u16::from_le_bytes([two[0], two[1]]))
    }

    fn long(&mut self) -> Result<u32, TableError> {
        self.take(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    }

    /// Passes over letters of one or two bytes; each continuation says anew how many.
    fn pass_text(&mut self, mut chars: usize, mut is_wide: bool) -> Result<(), TableError> {
        while chars > 0 {
            let width = if is_wide { 2 } else { 1 };
            let passed = chars.min((self.end - self.at) / width);
            self.at += passed * width;
            chars -= passed;
            if chars > 0 {
                if !self.turn() {
                    return Err(damaged("a text is cut off"));
                }
                is_wide = self.take(1)?[0] & 1 != 0;
            }
        }
        Ok(())
    }

    fn pass(&mut self, mut count: usize) -> Result<(), TableError> {
        while count > 0 {
            if self.at >= self.end && !self.turn() {
                return Err(damaged("a text is cut off"));
            }
            let passed = count.min(self.end - self.at);
            self.at += passed;
            count -= passed;
        }
        Ok(())
    }
}

fn damaged(reason: &str) -> TableError {
    TableError::Damaged { reason: reason.to_owned() }
}
