//! Text with a delimiter: CSV as spreadsheet programs, exports and people write it.

use super::{Limits, Row, RowError};

/// Delimiters that are tried, the likelier first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// Delimiters that are taken only where every row speaks for them, with the fewest columns that do: they stand in
/// times, links and numbers as well.
const RARE_DELIMITERS: [(char, usize); 4] = [('^', 2), ('~', 2), (':', 3), ('#', 3)];
/// What stands in the text for a delimiter of more than one byte: the character that was made for this.
const UNIT_SEPARATOR: char = '\u{1f}';
/// How many rows the guess looks at.
const GUESS_ROWS: usize = 50;
/// What a row that agrees with the others weighs against a column.
const AGREEING: usize = 64;

/// Guesses the delimiter: the one that cuts the first rows into the same number of columns most often.
///
/// A first line `sep=;` as Excel writes it decides. A comma when nothing speaks for any.
pub fn detect_delimiter(text: &str) -> char {
    if let Some(named) = named_delimiter(text) {
        return named;
    }
    let mut best = (0, ',');
    for delimiter in DELIMITERS {
        let score = score(text, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    let agreeing = best.0 / AGREEING;
    rare_delimiter(text, agreeing).unwrap_or(best.1)
}

/// The rare delimiter that cuts every row into as many columns, where more rows do so than agree on a usual one.
fn rare_delimiter(text: &str, agreeing: usize) -> Option<char> {
    RARE_DELIMITERS.into_iter().find_map(|(delimiter, columns_min)| {
        let mut widths = Vec::new();
        for record in reader(text, delimiter).into_records().take(GUESS_ROWS).flatten() {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                widths.push(record.len());
            }
        }
        let first = *widths.first()?;
        let is_clear = widths.len() > 1.max(agreeing) && widths.iter().all(|width| *width == first);
        (is_clear && first >= columns_min).then_some(delimiter)
    })
}

/// Whether cells can be parted by a character.
pub(super) fn can_part(delimiter: &char) -> bool {
    !matches!(delimiter, '"' | '\n' | '\r' | '\0')
}

/// The text as it is read: a delimiter of more than one byte gives way to one of one byte.
pub(super) fn readable(text: String, delimiter: char) -> String {
    if delimiter.is_ascii() { text } else { text.replace(delimiter, &UNIT_SEPARATOR.to_string()) }
}

/// The delimiter of a first line `sep=;`.
pub(super) fn named_delimiter(text: &str) -> Option<char> {
    let line = text.lines().next()?;
    let named = line.trim_matches(['"', '\r']).strip_prefix("sep=")?;
    named.chars().next().filter(can_part)
}

fn score(text: &str, delimiter: char) -> usize {
    let mut counts: Vec<usize> = Vec::new();
    for record in reader(text, delimiter).into_records().take(GUESS_ROWS).flatten() {
        let filled = record.iter().filter(|cell| !cell.is_empty()).count();
        if record.len() > 1 && filled > 1 {
            counts.push(record.len());
        }
    }
    counts.sort_unstable();
    let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let agreeing = counts.iter().filter(|count| **count == middle).count();
    // Agreement first; the number of columns decides between delimiters that agree equally.
    agreeing * AGREEING + middle.min(AGREEING - 1)
}

fn reader(text: &str, delimiter: char) -> csv::Reader<&[u8]> {
    let delimiter = if delimiter.is_ascii() { delimiter } else { UNIT_SEPARATOR };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// The rows of a delimited text, blank lines left out.
pub(super) struct DelimitedRows<'t> {
    records: csv::StringRecordsIntoIter<&'t [u8]>,
    limits: Limits,
    delimiter: char,
    body: &'t [u8],
    counted_to: usize,
    line: u32,
}

impl<'t> DelimitedRows<'t> {
    /// Reads a text that is [`readable`] with this delimiter.
    pub(super) fn new(text: &'t str, delimiter: char, limits: Limits) -> Self {
        let (body, line) = match named_delimiter(text) {
            Some(_) => (text.split_once('\n').map_or("", |(_, rest)| rest), 2),
            None => (text, 1),
        };
        Self {
            records: reader(body, delimiter).into_records(),
            limits,
            delimiter,
            body: body.as_bytes(),
            counted_to: 0,
            line,
        }
    }

    /// In quotes the character is no delimiter and stands as it was.
    fn restored(&self, mut row: Row) -> Row {
        if !self.delimiter.is_ascii() {
            for cell in &mut row.cells {
                *cell = cell.replace(UNIT_SEPARATOR, &self.delimiter.to_string());
            }
        }
        row
    }

    /// The line on which the record at `byte` begins; the reader itself stands before the line break.
    fn line_at(&mut self, byte: u64) -> u32 {
        let is_break = |byte: Option<&u8>| matches!(byte, Some(b'\n' | b'\r'));
        let mut start = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.counted_to, self.body.len());
        while is_break(self.body.get(start)) {
            start += 1;
        }
        for at in self.counted_to..start {
            let ends_line = match self.body[at] {
                b'\n' => true,
                b'\r' => self.body.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line = self.line.saturating_add(u32::from(ends_line));
        }
        self.counted_to = start;
        self.line
    }
}

impl Iterator for DelimitedRows<'_> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // Reading from memory that is valid UTF-8, ragged rows allowed: there is no error to report.
            let record = self.records.next()?.ok()?;
            let row = self.line_at(record.position().map_or(0, |position| position.byte()));
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            return Some(row_of(row, &record, &self.limits).map(|row| self.restored(row)));
        }
    }
}

fn row_of(row: u32, record: &csv::StringRecord, limits: &Limits) -> Result<Row, RowError> {
    if record.len() > limits.columns_max
        && record.iter().skip(limits.columns_max).any(|cell| !cell.is_empty())
    {
        return Err(RowError::TooManyColumns { row, columns_max: limits.columns_max });
    }
    let mut cells = Vec::with_capacity(record.len().min(limits.columns_max));
    for cell in record.iter().take(limits.columns_max) {
        if cell.len() > limits.cell_chars_max && cell.chars().count() > limits.cell_chars_max {
            return Err(RowError::CellTooLong { row, cell_chars_max: limits.cell_chars_max });
        }
        cells.push(without_formula(cell.trim()).to_owned());
    }
    Ok(Row { number: row, cells })
}

/// What an apostrophe may stand before; the writer puts it there.
pub(crate) const GUARDED: [char; 8] = ['=', '+', '-', '@', '\'', '\t', '\r', '\n'];

/// Takes off what keeps spreadsheets from reading a cell as a number or a formula: `="0912345678"`, `'=1+1`.
fn without_formula(cell: &str) -> &str {
    if let Some(text) = cell.strip_prefix('\'').filter(|text| text.starts_with(GUARDED)) {
        return text.trim();
    }
    cell.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|rest| !rest.contains('"'))
        .unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        DelimitedRows::new(text, detect_delimiter(text), Limits::default())
            .map(|row| row.unwrap())
            .map(|row| (row.number, row.cells))
            .collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| cell.to_string()).collect())
    }

    #[test]
    fn delimiters_are_recognised() {
        for (text, delimiter) in [
            ("a,b\n1,2", ','),
            ("a;b\n1,5;2\n2,5;3", ';'),
            ("a\tb\n1, x\t2", '\t'),
            ("a|b\n1|2", '|'),
            ("sep=;\na,b;c", ';'),
            ("Danh sách\n\nTên;SĐT\nAn, Bình;1\nLan;2", ';'),
            ("alone", ','),
            ("", ','),
            ("\"a;b\",c\n\"d;e\",f", ','),
            ("Tên^SĐT\nAn^0901\nLan^0902", '^'),
            ("Tên~SĐT~Ghi chú\nAn~0901~hay, ngoan\nLan~0902~", '~'),
            ("Tên:SĐT:Lớp\nAn:0901:7A\nLan:0902:", ':'),
            ("Tên#SĐT#Lớp\nAn#0901#7A", '#'),
            // What stands in cells is no delimiter.
            ("Lan: 0901\nHoa: 0902", ','),
            ("Giờ,Tên\n10:20:30,An\n11:20:30,Lan", ','),
            ("Tên\nAn ^ Bình\nLan ^ Hoa", ','),
            ("Link\nhttps://a.vn:80/#a\nhttps://b.vn:80/#b", ','),
            ("a:b:c", ','),
        ] {
            assert_eq!(detect_delimiter(text), delimiter, "{text:?}");
        }
    }

    #[test]
    fn quotes_ragged_rows_and_line_ends_are_read() {
        assert_eq!(
            cells("Tên,Ghi chú\r\n\"An, Văn\",\"dòng 1\r\ndòng \"\"2\"\"\"\r\n\r\nLan\r\nHoa,x,y,"),
            [
                row(1, &["Tên", "Ghi chú"]),
                row(2, &["An, Văn", "dòng 1\r\ndòng \"2\""]),
                row(5, &["Lan"]),
                row(6, &["Hoa", "x", "y", ""]),
            ]
        );
        assert_eq!(cells("sep=;\na;b\n=\"0912\"; c "), [row(2, &["a", "b"]), row(3, &["0912", "c"])]);
        assert_eq!(cells("a,b\rc,d"), [row(1, &["a", "b"]), row(2, &["c", "d"])]);
    }

    #[test]
    fn any_character_parts_cells_and_stands_as_it_is_in_quotes() {
        for delimiter in ['^', '§', '→', ' '] {
            let text = format!("a{delimiter}b\n\"1{delimiter}2\"{delimiter}é\n");
            let text = readable(text, delimiter);
            let rows: Vec<_> = DelimitedRows::new(&text, delimiter, Limits::default()).flatten().collect();
            assert_eq!(rows[1].cells, [format!("1{delimiter}2"), "é".to_owned()], "{delimiter:?}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_named_and_the_limits_hold() {
        let text = format!("a,b\n\"open,{}", "x".repeat(40_000));
        let rows: Vec<_> = DelimitedRows::new(&text, ',', Limits::default()).collect();
        assert_eq!(rows[1], Err(RowError::CellTooLong { row: 2, cell_chars_max: 32_767 }));
        let text = "a,".repeat(600) + "a";
        let rows: Vec<_> = DelimitedRows::new(&text, ',', Limits::default()).collect();
        assert_eq!(rows[0], Err(RowError::TooManyColumns { row: 1, columns_max: 512 }));
    }
}
