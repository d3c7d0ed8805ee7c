//! Rows that can be read, and yet are probably not what was meant.

use std::collections::BTreeSet;

use formats::table::Row;
use rusqlite::Connection;

use super::{
    frame::{Frame, note},
    values::RowValues,
    view::ImportNote,
};
use crate::{contact::field::PointKind, definition, listing, store::StoreError};

/// As much of a swallowed line as is shown, in characters.
const SHOWN_CHARS: usize = 60;

/// Says when a cell holds lines that look like rows of the file: behind a quote that nobody closed, all rows up to
/// the next quote are one cell.
pub fn swallowed(row: &Row, header: &[String], delimiter: Option<char>) -> Option<ImportNote> {
    let delimiter = delimiter?;
    let (at, line) = row.cells.iter().enumerate().find_map(|(at, cell)| {
        let mut lines = cell.lines().skip(1);
        lines.find(|line| is_row(line, header.len(), delimiter)).map(|line| (at, line))
    })?;
    let shown: String = line.trim().chars().take(SHOWN_CHARS).collect();
    Some(note("swallowedRows", header.get(at).map_or("", String::as_str), &shown))
}

/// Whether a line has as many cells as there are columns. Two words with a comma are no row: of two columns one must
/// hold a number.
fn is_row(line: &str, columns: usize, delimiter: char) -> bool {
    let cells: Vec<_> = line.split(delimiter).collect();
    let is_number = |cell: &&str| cell.bytes().filter(u8::is_ascii_digit).count() >= 8;
    cells.len() == columns && (columns > 2 || (columns == 2 && cells.iter().any(is_number)))
}

/// Says at which branches somebody whom this device does not hold has a phone or e-mail of the row.
///
/// # Errors
/// [`StoreError`] if a look-up fails.
pub fn elsewhere(
    conn: &Connection,
    frame: &Frame<'_>,
    values: &RowValues,
) -> Result<Option<ImportNote>, StoreError> {
    let Some(key) = &frame.index_key else { return Ok(None) };
    let phones = values.phones.iter().map(|(phone, _)| (PointKind::Phone, phone));
    let emails = values.emails.iter().map(|email| (PointKind::Email, email));
    let mut branches = BTreeSet::new();
    for (kind, value) in phones.chain(emails) {
        branches.extend(listing::query::branches(conn, key, kind, value)?);
    }
    if branches.is_empty() {
        return Ok(None);
    }
    let names = definition::query::names_by_id(conn)?;
    let named = branches.into_iter().flatten().filter_map(|branch| names.get(&branch.to_string()).cloned());
    Ok(Some(note("knownElsewhere", "", &named.collect::<Vec<_>>().join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cells: &[&str], columns: usize) -> bool {
        let header: Vec<_> = (0..columns).map(|no| format!("Cột {no}")).collect();
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        swallowed(&Row { number: 2, cells }, &header, Some(',')).is_some()
    }

    #[test]
    fn rows_behind_an_open_quote_are_told_and_notes_of_several_lines_are_not() {
        assert!(told(&["An", "gọi lại,0901111111\nBình,hẹn,0902222222\n", ""], 3));
        assert!(told(&["An", "mở\nBình,0902222222"], 2));
        assert!(!told(&["An", "gọi lại\nhẹn thứ 5, buổi tối", "0901111111"], 3));
        assert!(!told(&["An", "gọi lại\nhẹn thứ 5, buổi tối"], 2));
        assert!(!told(&["An, Bình, Cường", "x", ""], 3), "one line is one line");
        assert!(swallowed(&Row { number: 2, cells: vec!["a\nb,c,d".into()] }, &[], None).is_none());
    }
}
