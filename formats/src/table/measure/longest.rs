//! Whether a part of a workbook holds a cell, a text or a mark that is far longer than any that is read.
//!
//! The readers take each of them into memory whole, however little it takes in the archive. Here the bytes only pass.

use super::TableError;
use std::io::{BufRead, BufReader, Read};

/// Most bytes of a cell with its marks: a text of the longest that is read, with every letter escaped, and its fonts.
pub(super) const CELL_BYTES_MAX: usize = 4 * 1024 * 1024;
const BUFFER_BYTES: usize = 64 * 1024;
/// Longest name of an element that is told from others.
const NAME_BYTES_MAX: usize = 64;
/// Elements that hold one text in the end: cells of either kind of sheet, and texts that cells share.
const CELLS: [&[u8]; 4] = [b"c", b"si", b"table-cell", b"covered-table-cell"];

/// Refuses a part with something that is too long. What cannot be unpacked is left to the reader.
pub(super) fn check(part: Option<impl Read>) -> Result<(), TableError> {
    let Some(part) = part else { return Ok(()) };
    let mut bytes = BufReader::with_capacity(BUFFER_BYTES, part);
    let mut scan = Scan::default();
    loop {
        let Ok(buffer) = bytes.fill_buf() else { return Ok(()) };
        let length = buffer.len();
        if length == 0 {
            return Ok(());
        }
        for byte in buffer {
            scan.take(*byte);
            if scan.run > CELL_BYTES_MAX || scan.cell > CELL_BYTES_MAX {
                return Err(TableError::CellTooLarge { bytes_max: CELL_BYTES_MAX });
            }
        }
        bytes.consume(length);
    }
}

/// Where in the text of XML a byte stands.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Text,
    /// Between `<` and the end of the name.
    Name,
    /// In a mark, after its name; the quote that is open.
    Mark(Option<u8>),
    /// In what ends with these three bytes: a comment, or text that is taken as it is.
    Until([u8; 3]),
}

#[derive(Default)]
struct Scan {
    place: Place,
    /// Bytes since the last mark or text began.
    run: usize,
    /// Bytes since the cell began; none outside.
    cell: usize,
    is_in_cell: bool,
    /// Whether the mark that is read begins a cell.
    begins_cell: bool,
    name: Vec<u8>,
    last: [u8; 3],
}

impl Scan {
    fn take(&mut self, byte: u8) {
        self.run += 1;
        self.cell += usize::from(self.is_in_cell);
        match self.place {
            Place::Text if byte == b'<' => {
                self.name.clear();
                (self.place, self.run) = (Place::Name, 0);
            }
            Place::Text => {}
            Place::Name => self.take_name(byte),
            Place::Mark(Some(quote)) if byte == quote => self.place = Place::Mark(None),
            Place::Mark(Some(_)) => {}
            Place::Mark(None) => match byte {
                b'"' | b'\'' => self.place = Place::Mark(Some(byte)),
                b'>' => {
                    // A cell without content ends where it begins.
                    self.is_in_cell &= !(self.begins_cell && self.last[2] == b'/');
                    (self.place, self.run) = (Place::Text, 0);
                }
                _ => self.last[2] = byte,
            },
            Place::Until(end) => {
                self.last = [self.last[1], self.last[2], byte];
                if self.last == end {
                    (self.place, self.run) = (Place::Text, 0);
                }
            }
        }
    }

    fn take_name(&mut self, byte: u8) {
        let is_end = byte.is_ascii_whitespace() || byte == b'>' || (byte == b'/' && !self.name.is_empty());
        if !is_end {
            if self.name.len() < NAME_BYTES_MAX {
                self.name.push(byte);
            }
            match self.name.as_slice() {
                b"!--" => (self.place, self.last) = (Place::Until(*b"-->"), [0; 3]),
                b"![CDATA[" => (self.place, self.last) = (Place::Until(*b"]]>"), [0; 3]),
                _ => {}
            }
            return;
        }
        let is_closing = self.name.first() == Some(&b'/');
        let whole = &self.name[usize::from(is_closing)..];
        let local = whole.rsplit(|byte| *byte == b':').next().unwrap_or(whole);
        self.begins_cell = !is_closing && CELLS.contains(&local);
        if CELLS.contains(&local) {
            (self.is_in_cell, self.cell) = (!is_closing, 0);
        }
        self.last[2] = byte;
        if byte == b'>' {
            (self.place, self.run) = (Place::Text, 0);
        } else {
            self.place = Place::Mark(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(text: &str) -> bool {
        matches!(check(Some(text.as_bytes())), Err(TableError::CellTooLarge { .. }))
    }

    #[test]
    fn what_is_too_long_is_refused_wherever_it_hides() {
        let long = "a".repeat(CELL_BYTES_MAX + 1);
        let runs = "<r><t>abcdefgh</t></r>".repeat(CELL_BYTES_MAX / 20);
        for hidden in [
            format!("<row><c r=\"A1\"><is><t>{long}</t></is></c></row>"),
            format!("<row><c><is>{runs}</is></c></row>"),
            format!("<x:sst><x:si>{runs}</x:si></x:sst>"),
            format!("<table:table-cell><p>{long}</p></table:table-cell>"),
            format!("<c r=\"{}\"/>", "<a>".repeat(CELL_BYTES_MAX / 2)),
            format!("<!-- {} --><c/>", "<a>".repeat(CELL_BYTES_MAX / 2)),
            format!("<t><![CDATA[{}]]></t>", "<a>".repeat(CELL_BYTES_MAX / 2)),
            long,
        ] {
            assert!(is_refused(&hidden), "{}", &hidden[..40]);
        }
    }

    #[test]
    fn many_cells_that_are_long_enough_are_as_many_as_there_are() {
        let text = "&#x1EC5;".repeat(32_767);
        let cells = format!("<c r=\"A1\"><is><t>{text}</t></is></c>").repeat(40);
        assert!(!is_refused(&format!("<?xml version=\"1.0\"?><!-- a > b --><sheetData>{cells}</sheetData>")));
        let links = "<hyperlink ref=\"A1\" location='>'/>".repeat(300_000);
        assert!(!is_refused(&format!("<row><c r=\"A1\"/><c/></row>{links}")));
    }
}
