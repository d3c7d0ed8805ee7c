//! A view goes out to a file through the door, and the file holds what the list shows.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use formats::{
    address_book::read_vcards,
    phone::format_national,
    table::{HeaderRow, Limits, ReadOptions, Source},
};
use serde_json::{Value, json};

use super::Desk;

const COLUMNS: [&str; 8] = ["fullName", "phone", "email", "birthOn", "school", "source", "status", "tags"];

/// People of whom two stand in the view; texts that a spreadsheet would run are theirs.
const SHEET: &str = "\
Họ tên,SĐT,Email,Ngày sinh,Trường,Nguồn,Tình trạng,Tag
Trần Thị Đức,0912345678,duc@lop.vn,2012-03-09,=1+1,+84 912 (zalo),trial,Lớp tối
\"Lê \"\"Bi\"\" Bình\",0903111222,,,\"THCS, Trưng Vương\",@SUM(A1:A9),trial,
Ngô Ngoài,0987654321,ngoai@lop.vn,2011-01-02,Lê Lai,Facebook,new,
";

fn desk() -> Desk {
    let desk = Desk::founded();
    desk.import_with(SHEET, &json!({ "columns": COLUMNS, "dateOrder": "ymd" }));
    desk
}

fn view() -> Value {
    json!({ "filter": { "is": "rule", "field": "status", "op": "is", "value": ["trial"] } })
}

fn exported(desk: &Desk, format: &str) -> Vec<u8> {
    let args = json!({ "selection": { "which": "matching", "view": view(), "except": [] },
        "format": format, "columns": COLUMNS });
    let file = serde_json::from_value(desk.call("export.run", args)).expect("a file");
    std::fs::read(desk.app.files().path(&file).expect("made here")).expect("readable")
}

/// The rows of the list as the texts of a file, in order of the columns.
fn listed(desk: &Desk) -> Vec<Vec<String>> {
    let list = desk.call("contact.list", json!({ "view": view(), "offset": 0, "limit": 50 }));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let cell = |row: &Value, column: &str| match column {
        "phone" => format_national(&text(&row["phone"])),
        "tags" => {
            let tags = row["tags"].as_array().into_iter().flatten();
            tags.map(|tag| text(&tag["label"])).collect::<Vec<_>>().join(", ")
        }
        _ => text(&row[column]),
    };
    let rows: Vec<Vec<String>> = list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| COLUMNS.iter().map(|column| cell(row, column)).collect())
        .collect();
    assert_eq!(rows.len(), 2, "{list}");
    assert!(rows.iter().any(|row| row[4] == "=1+1" && row[3] == "2012-03-09"), "{rows:?}");
    rows
}

#[test]
fn a_table_of_text_begins_with_its_mark_holds_the_rows_and_runs_nothing() {
    let desk = desk();
    let bytes = exported(&desk, "csv");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(text.starts_with("\u{feff}fullName,phone,"), "{text}");
    for (harmless, risky) in [("'=1+1", ",=1+1"), ("'+84 912 (zalo)", ",+84 912 ("), ("'@SUM(A1:A9)", ",@")] {
        assert!(text.contains(harmless) && !text.contains(risky), "{text}");
    }
    let options = ReadOptions { header_row: HeaderRow::At(1), ..ReadOptions::default() };
    let mut source = Source::open(bytes, "a.csv", &options).expect("a table");
    assert_eq!(source.layout().columns, COLUMNS);
    let rows: Vec<Vec<String>> = source.rows().expect("rows").map(|row| row.expect("a row").cells).collect();
    assert_eq!(rows, listed(&desk));
}

#[test]
fn a_workbook_holds_the_rows_with_texts_as_texts_and_days_as_days() {
    let desk = desk();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(exported(&desk, "xlsx"))).expect("a workbook");
    assert!(book.worksheet_formula("Quen").expect("a sheet").is_empty(), "nothing in it is computed");
    let sheet = book.worksheet_range("Quen").expect("a sheet");
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        day => day.as_date().unwrap_or_else(|| panic!("neither text nor day: {day:?}")).to_string(),
    };
    let mut rows = sheet.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
    assert_eq!(rows.next().expect("a header"), COLUMNS);
    assert_eq!(rows.collect::<Vec<_>>(), listed(&desk));
    let days = sheet.rows().filter(|row| row[3].is_datetime()).count();
    assert_eq!(days, 1, "a birth date can be counted with");
}

#[test]
fn records_hold_the_rows_and_leave_out_what_is_empty() {
    let desk = desk();
    let records: Vec<serde_json::Map<String, Value>> =
        serde_json::from_slice(&exported(&desk, "json")).expect("JSON");
    let rows = listed(&desk);
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        let filled: serde_json::Map<String, Value> = COLUMNS
            .iter()
            .zip(row)
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| ((*column).to_owned(), json!(text)))
            .collect();
        assert_eq!(*record, filled);
    }
}

#[test]
fn cards_hold_the_people_of_the_view() {
    let desk = desk();
    let cards = read_vcards(&exported(&desk, "vcard"), None, &Limits::default());
    let said: Vec<[String; 5]> = cards
        .into_iter()
        .map(|card| {
            let phones: Vec<String> = card.phones.iter().map(|phone| format_national(phone)).collect();
            let emails = card.emails.join("; ");
            [card.full_name, phones.join(" / "), emails, card.birthday, card.categories.join(", ")]
        })
        .collect();
    let expected: Vec<[String; 5]> =
        listed(&desk).into_iter().map(|row| [0, 1, 2, 3, 7].map(|at| row[at].clone())).collect();
    assert_eq!(said, expected);
}

/// Two fields of one name, one with the name of a usual column, and one with marks.
const OWN: [(&str, &str); 4] = [
    ("01J00000000000000000000001", "Cỡ áo đồng phục"),
    ("01J00000000000000000000002", "Cỡ áo đồng phục"),
    ("01J00000000000000000000003", "phone"),
    ("01J00000000000000000000004", "Điểm đầu vào (Nghe – Nói)"),
];

fn with_own_fields() -> Desk {
    let desk = Desk::founded();
    let field = |(id, label): &(&str, &str)| {
        let edit = json!({ "do": "field", "label": label, "kind": "text", "choices": [] });
        json!({ "noun": "definition", "id": id, "edit": edit })
    };
    desk.call("edit", json!({ "edits": OWN.iter().map(field).collect::<Vec<_>>() }));
    desk
}

#[test]
fn fields_of_ones_own_go_out_under_their_label_and_come_back_into_their_field() {
    let desk = with_own_fields();
    let keys: Vec<String> = OWN.iter().map(|(id, _)| format!("custom.{id}")).collect();
    let columns = json!(["fullName", "phone", keys[0], keys[1], keys[2], keys[3]]);
    let first = "tên,số,1,2,3,4\nTrần Thị Đức,0912345678,M,XL,iPhone,7.5\n";
    desk.import_with(first, &json!({ "columns": columns }));
    for format in ["csv", "xlsx", "json"] {
        let args = json!({ "selection": { "which": "matching", "view": {}, "except": [] },
            "format": format, "columns": columns });
        let file = serde_json::from_value(desk.call("export.run", args)).expect("a file");
        let bytes = std::fs::read(desk.app.files().path(&file).expect("made here")).expect("readable");
        let other = with_own_fields();
        let draft = other.draft_of(&format!("quen.{format}"), &bytes);
        let headings = ["Cỡ áo đồng phục", "Cỡ áo đồng phục (2)", "phone (2)", "Điểm đầu vào (Nghe – Nói)"];
        for heading in headings {
            let header = draft["header"].as_array().expect("a header");
            assert!(header.iter().any(|known| known == heading), "{format}: {header:?}");
        }
        other.run(&draft);
        let person = other.person("tran thi duc");
        let values: Vec<_> = keys.iter().map(|key| person["fields"][key]["value"].clone()).collect();
        assert_eq!(values, ["M", "XL", "iPhone", "7.5"], "{format}: {}", draft["mapping"]);
        assert_eq!(person["row"]["phone"], "+84912345678");
    }
}

#[test]
fn next_steps_and_guardians_go_out_and_come_back_as_they_were() {
    let desk = Desk::founded();
    let sheet = "Họ tên,Tên phụ huynh,SĐT phụ huynh\nTrần An,Lê Thị Hoa,0909000001\n";
    desk.import_with(sheet, &json!({}));
    let list = |desk: &Desk| {
        desk.call("contact.list", json!({ "view": { "search": "Trần An" }, "offset": 0, "limit": 9 }))
    };
    let an = list(&desk)["rows"][0]["id"].clone();
    let task = json!({ "do": "add", "kind": "call", "title": "Gọi lại", "dueAtMs": 1_790_000_000_000_i64,
        "owner": null, "repeat": null });
    let edit = json!({ "noun": "task", "contact": an, "id": "00000000000000000000000009", "edit": task });
    desk.call("edit", json!({ "edits": [edit] }));
    let columns = ["fullName", "nextStep", "nextStepAt", "statusSince", "guardianName", "guardianPhone"];
    let args = json!({ "selection": { "which": "these", "ids": [an] }, "format": "csv", "columns": columns });
    let file = serde_json::from_value(desk.call("export.run", args)).expect("a file");
    let text = std::fs::read_to_string(desk.app.files().path(&file).expect("made here")).expect("readable");
    let row: Vec<&str> = text.lines().nth(1).expect("a row").split(',').collect();
    assert_eq!((row[0], row[1], row[4], row[5]), ("Trần An", "Gọi lại", "Lê Thị Hoa", "0909 000 001"));
    assert!(row[2].starts_with("2026-09-21") && row[3].len() >= 16, "{text}");
    let other = Desk::founded();
    other.import_with(&text, &json!({}));
    let id = list(&other)["rows"][0]["id"].clone();
    let guardian = &other.call("contact.get", json!({ "id": id }))["relations"][0];
    assert_eq!(
        (&guardian["kind"], &guardian["contact"]["fullName"]),
        (&json!("guardian"), &json!("Lê Thị Hoa"))
    );
    let unknown =
        json!({ "selection": { "which": "these", "ids": [an] }, "format": "csv", "columns": ["x"] });
    let refused = crm::api::call(&desk.app, crm::api::Transport::Window, "export.run", unknown);
    assert_eq!(refused.expect_err("there is no such column").code, "bad_argument");
}
