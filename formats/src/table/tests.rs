//! Whole files through [`Source`].

use super::*;
use crate::text::TextEncoding;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

fn read(bytes: &[u8], name: &str) -> (Layout, Vec<Vec<String>>) {
    let mut source = Source::open(bytes.to_vec(), name, &ReadOptions::default()).unwrap();
    let rows = source.rows().unwrap().map(|row| row.unwrap().cells).collect();
    (source.layout().clone(), rows)
}

#[test]
fn a_sheet_with_titles_above_is_laid_out() {
    let csv = "DANH SÁCH HỌC VIÊN CƠ SỞ GÒ VẤP;;\n;;\nSTT;Họ và tên;SĐT\n1;Nguyễn Văn An;0912345678\n\n2;Trần Lan;8,49E+10;thừa\n3;Bình\n";
    let (layout, rows) = read(csv.as_bytes(), "a.csv");
    assert_eq!(
        (layout.delimiter, layout.header_row, layout.encoding),
        (Some(';'), Some(3), Some(TextEncoding::Utf8))
    );
    assert_eq!(layout.columns, ["STT", "Họ và tên", "SĐT", "Column 4"]);
    assert_eq!(
        rows,
        [
            ["1", "Nguyễn Văn An", "0912345678", ""],
            ["2", "Trần Lan", "8,49E+10", "thừa"],
            ["3", "Bình", "", ""]
        ]
    );
    assert_eq!(layout.sample.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 6, 7]);
}

#[test]
fn lead_ads_are_tabs_in_utf16() {
    let text = "\u{feff}id\tcreated_time\tform_id\tis_organic\tfull_name\tphone_number\nl:1\t2024-03-12T14:30:00+0700\tf:1\tfalse\tNguyễn An\tp:+84912345678\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (layout, rows) = read(&bytes, "leads.csv");
    assert_eq!((layout.encoding, layout.delimiter), (Some(TextEncoding::Utf16Le), Some('\t')));
    assert_eq!(layout.origin, Some(Origin::FacebookLeads));
    assert_eq!(rows[0][5], "p:+84912345678");
}

#[test]
fn pasted_cells_and_chosen_options_are_read() {
    let mut source = Source::paste("Lan\t0912345678\nAn\t0901234567", &ReadOptions::default()).unwrap();
    assert_eq!(source.layout().header_row, None);
    assert_eq!(source.layout().columns, ["Column 1", "Column 2"]);
    assert_eq!(source.rows().unwrap().count(), 2);
    let options =
        ReadOptions { delimiter: Some(';'), header_row: HeaderRow::At(2), ..ReadOptions::default() };
    let mut source = Source::open(b"x\na;b\n1;2,3".to_vec(), "", &options).unwrap();
    assert_eq!(source.layout().columns, ["a", "b"]);
    assert_eq!(source.rows().unwrap().next().unwrap().unwrap().cells, ["1", "2,3"]);
}

#[test]
fn workbooks_give_digits_dates_and_their_sheets() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Trống").unwrap();
    let sheet = workbook.add_worksheet().set_name("Học viên").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in ["Họ tên", "Điện thoại", "Ngày sinh", "Học phí"].iter().enumerate() {
        sheet.write(1, column as u16, *name).unwrap();
    }
    sheet.write(2, 0, "Nguye\u{302}\u{303}n An").unwrap();
    sheet.write(2, 1, 84_912_345_678.0).unwrap();
    sheet.write_number_with_format(2, 2, 40_249.0, &date).unwrap();
    sheet.write(2, 3, 1_250_000.5).unwrap();
    sheet.write(4, 1, 912_345_678.0).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    // The first sheet is empty: the first that holds something is read unless somebody chose.
    let mut source = Source::open(bytes.clone(), "a.xlsx", &ReadOptions::default()).unwrap();
    assert_eq!(source.layout().sheet.as_deref(), Some("Học viên"));
    assert_eq!(source.layout().sheets, ["Trống", "Học viên"]);
    assert_eq!(source.layout().header_row, Some(2));
    let rows: Vec<Row> = source.rows().unwrap().map(|row| row.unwrap()).collect();
    assert_eq!(rows[0].cells, ["Nguyễn An", "84912345678", "2010-03-12", "1250000.5"]);
    assert_eq!((rows[1].number, rows[1].cells[1].as_str()), (5, "912345678"));
    let wrong = ReadOptions { sheet: Some("Khác".to_owned()), ..ReadOptions::default() };
    assert!(matches!(Source::open(bytes, "a.xlsx", &wrong), Err(TableError::UnknownSheet { .. })));
}

#[test]
fn cells_in_old_fonts_are_repaired() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, name) in ["Họ tên", "NguyÔn V¨n §øc", "TrÇn ThÞ Hoµ"].iter().enumerate() {
        sheet.write(row as u32, 0, *name).unwrap();
    }
    let (layout, rows) = read(&workbook.save_to_buffer().unwrap(), "a.xlsx");
    assert_eq!(layout.repaired_from, Some(TextEncoding::Tcvn3));
    assert_eq!(rows, [["Nguyễn Văn Đức"], ["Trần Thị Hoà"]]);
}

#[test]
fn cards_are_a_table_too() {
    let (layout, rows) = read(
        "BEGIN:VCARD\nFN:Nguyễn An\nTEL:0912345678\nTEL:0901234567\nEND:VCARD\nBEGIN:VCARD\nFN:Lan\nEMAIL:lan@x.vn\nEND:VCARD".as_bytes(),
        "a.vcf",
    );
    assert_eq!(layout.columns, ["Full name", "Phone 1", "Phone 2", "E-mail 1"]);
    assert_eq!(rows, [["Nguyễn An", "0912345678", "0901234567", ""], ["Lan", "", "", "lan@x.vn"]]);
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let open = |bytes: &[u8]| {
        Source::open(bytes.to_vec(), "a.csv", &ReadOptions::default()).err().unwrap().to_string()
    };
    insta::assert_snapshot!(
        [open(b""), open(b" \n "), open(b"%PDF-1.7"), open(b"PK\x03\x04broken"), open(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"), open(b"[{]")]
            .map(|message| message.split(':').next().unwrap_or_default().to_owned())
            .join("\n"),
        @r"
    the file is empty
    the file is empty
    the file is neither text nor a spreadsheet that can be read; save it as XLSX or CSV
    the workbook is damaged
    the workbook is damaged
    the JSON is not a list of records
    "
    );
    let limits = Limits { bytes_max: 4, ..Limits::default() };
    let large = Source::open_within(b"a,b,c"[..].into(), "", &ReadOptions::default(), limits);
    assert!(matches!(large, Err(TableError::TooLarge { bytes: 5, bytes_max: 4 })));
}

#[test]
fn rows_stop_at_the_limit_with_an_error() {
    let limits = Limits { rows_max: 2, ..Limits::default() };
    let mut source = Source::open_within(
        b"a\n1\n2\n3\n4"[..].into(),
        "",
        &ReadOptions { header_row: HeaderRow::At(1), ..ReadOptions::default() },
        limits,
    )
    .unwrap();
    let rows: Vec<_> = source.rows().unwrap().collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2], Err(RowError::TooManyRows { rows_max: 2 }));
}

fn open_any(bytes: Vec<u8>, name: &str) {
    if let Ok(mut source) = Source::open(bytes, name, &ReadOptions::default()) {
        for row in source.rows().into_iter().flatten().flatten() {
            assert!(row.cells.len() <= Limits::default().columns_max);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_opened_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        open_any(bytes, "a.csv");
    }

    #[test]
    fn any_start_of_a_known_kind_is_opened_without_panic(
        start in proptest::sample::select(vec![&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"BEGIN:VCARD\n", b"[{", b"sep=", b"\xff\xfe", b"\xfe\xff"]),
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        open_any([start, &bytes].concat(), "a");
    }

    #[test]
    fn text_like_tables_never_panic(text in "([a-zđ]{0,3}|[,;\t\"\n\r'=]|09[0-9]{8}|::: |sep=){0,80}") {
        open_any(text.into_bytes(), "a.csv");
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in 0usize..6_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "Họ tên").unwrap().write(1, 0, 5.0).unwrap();
        let mut bytes = workbook.save_to_buffer().unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        open_any(bytes, "a.xlsx");
    }
}
