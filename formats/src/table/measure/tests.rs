//! Workbooks that ask for more than they are.

use super::super::{FileKind, Limits, ReadOptions, RowError, Source, TableError};
use super::*;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = r#"xmlns:office="o" xmlns:table="t""#;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one cell, with other content in one of its parts.
fn workbook_with(part: &str, text: &str) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().write(0, 0, "Họ tên").unwrap().write(1, 0, "An").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut found = archive.by_index(index).unwrap();
        let (name, mut content) = (found.name().unwrap().into_owned(), String::new());
        found.read_to_string(&mut content).unwrap();
        parts.push((name.clone(), if name == part { text.to_owned() } else { content }));
    }
    assert!(parts.iter().any(|(name, _)| name == part), "{part} is no part of a workbook");
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    packed(&parts)
}

fn open_sheet(rows: &str) -> Result<Vec<Vec<String>>, TableError> {
    let content = format!(
        "<office:document-content {NAMES}><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let bytes = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ]);
    let mut source = Source::open(bytes, "a.ods", &ReadOptions::default())?;
    Ok(source.rows()?.map(|row| row.unwrap().cells).collect())
}

/// Every place where the archive states a size, overwritten.
fn claim_sizes(bytes: &mut [u8], size: u32) {
    for (mark, offset) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let starts: Vec<_> =
            (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(mark.as_slice())).collect();
        for at in starts {
            bytes[at + offset..at + offset + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
}

#[test]
fn a_part_is_never_read_beyond_the_size_that_the_archive_states() {
    let rows = "<row r=\"1\"><c t=\"inlineStr\"><is><t>An</t></is></c></row>".repeat(2_000);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let mut bytes = workbook_with("xl/worksheets/sheet1.xml", &sheet);
    let mut source = Source::open(bytes.clone(), "a.xlsx", &ReadOptions::default()).unwrap();
    assert!(source.rows().unwrap().all(|row| row.is_ok()));
    let limits = Limits { bytes_max: bytes.len(), ..Limits::default() };
    assert!(matches!(check(&bytes, FileKind::Xlsx, &limits), Err(TableError::TooLarge { .. })));
    claim_sizes(&mut bytes, 100);
    assert!(check(&bytes, FileKind::Xlsx, &limits).is_ok(), "what is stated is small");
    assert!(matches!(
        Source::open(bytes, "a.xlsx", &ReadOptions::default()),
        Err(TableError::Damaged { .. } | TableError::Empty)
    ));
}

#[test]
fn all_parts_count_together_and_those_held_in_memory_alone() {
    let limits = Limits { bytes_max: 16 * 1024, ..Limits::default() };
    let text = "0".repeat(25_000);
    let three = packed(&[("a.xml", &text), ("b.xml", &text), ("c.xml", &text)]);
    assert!(matches!(check(&three, FileKind::Xlsx, &limits), Err(TableError::TooLarge { .. })));
    let two = packed(&[("a.xml", &text), ("b.xml", &text)]);
    assert!(check(&two, FileKind::Xlsx, &limits).is_ok());
    for (part, size) in [("xl/sharedStrings.xml", 8 * 1024), ("xl/Styles.xml", 1024)] {
        assert!(check(&packed(&[(part, &"0".repeat(size))]), FileKind::Xlsx, &limits).is_ok(), "{part}");
        let larger = packed(&[(part, &"0".repeat(size + 1))]);
        assert!(
            matches!(check(&larger, FileKind::Xlsx, &limits), Err(TableError::TooLarge { .. })),
            "{part}"
        );
    }
}

#[test]
fn texts_that_are_only_claimed_take_no_memory() {
    let claiming = |count: &str| {
        let strings = format!(
            "<sst xmlns=\"s\" uniqueCount=\"{count}\"><si><t>Họ tên</t></si><si><t>An</t></si></sst>"
        );
        Source::open(workbook_with("xl/sharedStrings.xml", &strings), "a.xlsx", &ReadOptions::default())
    };
    assert!(claiming("2").is_ok());
    for count in ["100000000000", "99999999999999999999999999"] {
        assert!(matches!(claiming(count), Err(TableError::Damaged { .. })), "{count}");
    }
}

#[test]
fn a_cell_that_is_far_too_long_is_refused_and_the_next_row_is_read() {
    let long = "e\u{302}\u{323}".repeat(60_000);
    let strings = format!("<sst xmlns=\"s\"><si><t>Họ tên</t></si><si><t>{long}</t></si></sst>");
    let bytes = workbook_with("xl/sharedStrings.xml", &strings);
    let mut source = Source::open(bytes, "a.xlsx", &ReadOptions::default()).unwrap();
    let last = source.rows().unwrap().last();
    assert!(matches!(last, Some(Err(RowError::CellTooLong { row: 2, .. }))), "{last:?}");
}

#[test]
fn cells_that_stand_for_billions_are_refused() {
    let cell = |repeats: u32| {
        format!("<table:table-cell office:value=\"1\" table:number-columns-repeated=\"{repeats}\"/>")
    };
    let row = |repeats: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
    };
    let wide_and_high = row(1_000_000, &cell(16_384));
    let many_wide = row(1, &cell(16_384)).repeat(700);
    let far_apart = row(1, &cell(1))
        + &row(900_000, "<table:table-cell/>")
        + &row(1, &format!("<table:table-cell table:number-columns-repeated=\"100\"/>{}", cell(1)));
    for rows in [&wide_and_high, &many_wide, &far_apart] {
        assert!(matches!(open_sheet(rows), Err(TableError::TooManyCells { cells_max: 10_000_000 })));
    }
}

#[test]
fn blank_cells_to_the_end_of_a_sheet_are_no_cells() {
    let blank = "<table:table-cell table:number-columns-repeated=\"16380\"/>";
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><p>{text}</p></table:table-cell>")
    };
    let rows = format!(
        "<table:table-row>{}{blank}</table:table-row><table:table-row>{}{blank}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048574\">{blank}</table:table-row>",
        text("Họ tên"),
        text("An")
    );
    assert_eq!(open_sheet(&rows).unwrap(), [["An"]]);
}
