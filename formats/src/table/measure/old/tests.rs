//! Old workbooks that ask for more than they are.

use proptest::prelude::*;

use super::*;
use crate::table::{ReadOptions, Source};

/// Two sheets as xlwt writes them: texts, numbers, a formula.
const CLASS: &[u8] = include_bytes!("class.xls");
const SECTOR: usize = 512;

fn rows_of(bytes: &[u8]) -> Result<Vec<Vec<String>>, TableError> {
    let mut source = Source::open(bytes.to_vec(), "a.xls", &ReadOptions::default())?;
    Ok(source.rows()?.filter_map(Result::ok).map(|row| row.cells).collect())
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}

fn begin() -> Vec<u8> {
    record(BEGIN, &[0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
}

fn number(row: u16, column: u16) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
    data.extend(1.0_f64.to_le_bytes());
    record(0x0203, &data)
}

fn text_cell(row: u16) -> Vec<u8> {
    record(TEXT_CELL, &[row.to_le_bytes(), [0; 2], [0; 2], [0; 2], [0; 2]].concat())
}

/// A workbook of so many sheets, all of them at the same place, and one text.
fn workbook(sheets: u8, text: &str, cells: &[u8]) -> Vec<u8> {
    let mut texts = vec![0; 8];
    texts.extend((text.len() as u16).to_le_bytes());
    texts.push(0);
    texts.extend(text.bytes());
    let texts = record(TEXTS, &texts);
    let sheet = |at: usize, name: u8| {
        let mut data = (at as u32).to_le_bytes().to_vec();
        data.extend([0, 0, 1, 0, b'A' + name]);
        record(SHEET, &data)
    };
    let end = record(END, &[]);
    let at = begin().len() + usize::from(sheets) * sheet(0, 0).len() + texts.len() + end.len();
    let named = (0..sheets).flat_map(|name| sheet(at, name)).collect();
    compound::wrapped(&[begin(), named, texts, end.clone(), begin(), cells.to_vec(), end].concat())
}

fn tight(cells_max: usize, bytes_max: usize) -> Limits {
    Limits { cells_max, bytes_max, ..Limits::default() }
}

#[test]
fn a_workbook_of_another_program_is_read() {
    let rows = rows_of(CLASS).unwrap();
    assert_eq!(rows[0], ["Trần Thị Đức", "0912345678", "8.5", "3"]);
    assert_eq!(rows[1], ["Lê Văn Bình", "0903111222", "7", "4"]);
    let cells = [number(1, 0), text_cell(0), number(2, 0)].concat();
    assert_eq!(rows_of(&workbook(1, "Diem", &cells)).unwrap(), [["Diem"], ["1"], ["1"]]);
}

#[test]
fn the_size_that_a_sheet_states_of_itself_is_not_believed() {
    let mut bytes = CLASS.to_vec();
    let stated = bytes.windows(4).position(|four| four == [0, 2, 14, 0]).unwrap() + 4;
    bytes[stated..stated + 12].copy_from_slice(&[0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 255, 255]);
    assert_eq!(rows_of(&bytes).unwrap(), rows_of(CLASS).unwrap());
}

#[test]
fn cells_at_far_corners_are_a_sheet_of_billions() {
    let far = [number(0, 0), number(u16::MAX, u16::MAX)].concat();
    let refused = rows_of(&workbook(1, "Diem", &far));
    assert!(matches!(refused, Err(TableError::TooManyCells { cells_max: 10_000_000 })), "{refused:?}");
}

#[test]
fn sheets_at_one_place_and_texts_in_many_cells_count_each_time() {
    let cells: Vec<u8> = (0..100).flat_map(text_cell).collect();
    let wide = workbook(20, &"x".repeat(1_000), &cells);
    assert!(tamed(&wide, &tight(2_000, 10_000_000)).is_ok());
    assert!(matches!(tamed(&wide, &tight(1_999, 10_000_000)), Err(TableError::TooManyCells { .. })));
    // A hundred times a thousand letters in each of twenty sheets.
    assert!(matches!(tamed(&wide, &tight(2_000, 6_000_000)), Err(TableError::TooLarge { .. })));
}

#[test]
fn sectors_that_lead_in_circles_come_to_an_end() {
    let table = (u32::from_le_bytes(CLASS[76..80].try_into().unwrap()) as usize + 1) * SECTOR;
    for sector in 0..CLASS.len() / SECTOR - 1 {
        for to in 0..sector + 1 {
            let mut bytes = CLASS.to_vec();
            bytes[table + 4 * sector..table + 4 * sector + 4].copy_from_slice(&(to as u32).to_le_bytes());
            // Claims as much as can be claimed.
            bytes[64..68].fill(0xFF);
            let _read_or_refused = rows_of(&bytes);
            if let Ok(tame) = tamed(&bytes, &Limits::default()) {
                assert!(tame.len() <= bytes.len() + 4 * 4_096);
            }
        }
    }
}

#[test]
fn what_is_wrapped_comes_out_again() {
    for size in [0, 1, 4_095, 4_096, 4_097, 4_096 * 1_022, 4_096 * 1_023 + 1, 9_000_000] {
        let stream: Vec<u8> = (0..size).map(|at| (at * 31 % 251) as u8).collect();
        let found = compound::stream(&compound::wrapped(&stream), &["Workbook"]).unwrap();
        assert!(found.starts_with(&stream) && found.len() == size.max(4_096), "{size}");
    }
}

#[test]
fn what_is_blanked_for_one_sheet_is_not_read_as_something_else_by_another() {
    let (end, stated) = (record(END, &[]), record(DIMENSIONS, &[1; 14]));
    let sheet = |at: usize, name: u8| {
        let mut data = (at as u32).to_le_bytes().to_vec();
        data.extend([0, 0, 1, 0, name]);
        record(SHEET, &data)
    };
    let at = begin().len() + 2 * sheet(0, b'A').len() + end.len();
    // The second sheet begins within a record of the first. What it states of its size is the head of the next
    // record, and without that head the first sheet goes on to what it states of its own.
    let inside = record(0x0DDD, &DIMENSIONS.to_le_bytes().into_iter().chain([8, 0]).collect::<Vec<_>>());
    let next = record(0x0DDD, &[vec![0; 4], begin(), end.clone(), stated, end.clone()].concat());
    let second = at + begin().len() + 4;
    let parts = [begin(), sheet(at, b'A'), sheet(second, b'B'), end.clone(), begin(), inside, next, end];
    let refused = tamed(&compound::wrapped(&parts.concat()), &Limits::default());
    assert!(
        matches!(&refused, Err(TableError::Damaged { reason }) if reason == "its sheets overlap"),
        "{refused:?}"
    );
}

proptest! {
    #[test]
    fn a_damaged_old_workbook_never_panics_and_never_grows(
        at in 0usize..CLASS.len(), bytes in proptest::collection::vec(any::<u8>(), 1..5), cut in any::<bool>(),
    ) {
        let mut damaged = CLASS.to_vec();
        let end = (at + bytes.len()).min(damaged.len());
        damaged[at..end].copy_from_slice(&bytes[..end - at]);
        if cut {
            damaged.truncate(end);
        }
        let _read_or_refused = rows_of(&damaged);
        if let Ok(tame) = tamed(&damaged, &Limits::default()) {
            prop_assert!(tame.len() <= damaged.len() + 4 * 4_096);
        }
    }
}
