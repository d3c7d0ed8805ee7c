//! Every kind of file that people have brings the same person in.

use formats::write::{Cell, Sheet, write_xlsx};
use serde_json::{Value, json};

use super::Desk;

/// The person of every file: name, number, birth date.
fn assert_brings_her(name: &str, bytes: &[u8], kind: &str) {
    let desk = Desk::founded();
    let draft = desk.draft_of(name, bytes);
    assert_eq!(draft["kind"], kind, "{name}");
    assert_eq!(desk.run(&draft)["counts"]["new"], 1, "{name}");
    let her = desk.person("tran thi duc");
    let said = [&her["row"]["fullName"], &her["row"]["phone"], &her["fields"]["birthOn"]["value"]];
    assert_eq!(said, [&json!("Trần Thị Đức"), &json!("+84912345678"), &json!("2012-03-09")], "{name}");
}

#[test]
fn texts_of_every_encoding_and_delimiter_bring_her() {
    let sheet = "Họ tên;Điện thoại;Ngày sinh\nTrần Thị Đức;0912345678;9/3/2012\n";
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(sheet.replace(';', "\t").chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    // As Windows writes it: tones as characters of their own.
    let windows_1258 = b"Ho\xf2 t\xean|\xd0i\xea\xf2n thoa\xf2i|Nga\xccy sinh\n\
        Tr\xe2\xccn Thi\xf2 \xd0\xfd\xecc|0912345678|09/03/2012\n";
    assert_brings_her("a.csv", sheet.as_bytes(), "csv");
    assert_brings_her("bom.csv", format!("\u{feff}{}", sheet.replace(';', ",")).as_bytes(), "csv");
    assert_brings_her("facebook.csv", &utf16, "csv");
    assert_brings_her("cu.csv", windows_1258, "csv");
}

#[test]
fn a_workbook_with_days_and_numbers_as_cells_brings_her() {
    let text = |text: &str| Cell::Text(text.to_owned());
    let day = chrono::NaiveDate::from_ymd_opt(2012, 3, 9).expect("a day");
    let rows = vec![
        vec![text("Trần Thị Đức"), Cell::Integer(912_345_678), Cell::Date(day)],
        vec![text("Tổng cộng"), Cell::Integer(1), Cell::Empty],
    ];
    let columns = ["Họ tên", "Điện thoại", "Ngày sinh"].map(str::to_owned).to_vec();
    let sheet = Sheet { name: "Lớp tối".to_owned(), columns, rows: rows.into_iter() };
    let (bytes, _) = write_xlsx(sheet, None).expect("written");
    assert_brings_her("a.xlsx", &bytes, "xlsx");
}

#[test]
fn cards_of_every_version_bring_her() {
    for card in [
        "VERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Tr=E1=BA=A7n;=C4=90=E1=BB=A9c;Th=E1=BB=8B;;\r\n\
         TEL;CELL:0912345678\r\nTEL;WORK;FAX:02838221234\r\nBDAY:20120309",
        "VERSION:3.0\r\nN:Trần;Đức;Thị;;\r\nFN:Trần Thị Đức\r\nTEL;TYPE=CELL:0912 345 678\r\nBDAY;VALUE=date:2012-03-09",
        "VERSION:4.0\r\nFN:Trần Thị Đức\r\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+84-912-345-678\r\nBDAY:20120309",
    ] {
        let file = format!("BEGIN:VCARD\r\n{card}\r\nEND:VCARD\r\n");
        assert_brings_her("a.vcf", file.as_bytes(), "vcard");
    }
}

#[test]
fn google_contacts_of_either_header_bring_her_with_all_her_numbers() {
    let new = "First Name,Middle Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,\
        Phone 1 - Label,Phone 1 - Value\r\n\
        Đức,Thị,Trần,2012-03-09,\"một\nhai\",* myContacts ::: Lớp tối,* Home,duc@lop.vn,Mobile,0912345678 ::: 0903111222\r\n";
    let old = "Name,Given Name,Additional Name,Family Name,Birthday,Notes,Group Membership,E-mail 1 - Type,\
        E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value\n\
        Trần Thị Đức,Đức,Thị,Trần,2012-03-09,,* myContacts ::: Lớp tối,* Home,duc@lop.vn,Mobile,+84 912 345 678 ::: 0903111222\n";
    for sheet in [new, old] {
        assert_brings_her("contacts.csv", sheet.as_bytes(), "googleCsv");
        let desk = Desk::founded();
        desk.import(sheet);
        let her = desk.person("0903111222");
        let points = her["points"].as_array().expect("points");
        assert_eq!(points.iter().filter(|point| point["kind"] == "phone").count(), 2, "{her}");
        let tags: Vec<_> =
            her["row"]["tags"].as_array().into_iter().flatten().map(|tag| &tag["label"]).collect();
        assert_eq!(tags, ["Lớp tối"]);
    }
}

#[test]
fn cells_that_were_copied_bring_her() {
    let desk = Desk::founded();
    let pasted = "Họ tên\tĐiện thoại\tNgày sinh\r\nTrần Thị Đức\t0912345678\t9/3/2012\r\n";
    let draft = desk.call("import.open", json!({ "file": Value::Null, "pasted": pasted }));
    assert_eq!(draft["kind"], "pasted");
    assert_eq!(desk.run(&draft)["counts"]["new"], 1);
    assert_eq!(desk.person("tran thi duc")["row"]["phone"], "+84912345678");
}

#[test]
fn words_of_a_column_that_somebody_points_elsewhere_are_understood_for_its_new_field() {
    let desk = Desk::founded();
    let draft = desk.draft("Họ tên,SĐT,Ghi chú thêm\nLê An,0901111111,bảo lưu\nLê Bình,0902222222,Nam\n");
    let guesses = |target: Value| {
        let args = json!({ "import": draft["id"], "column": 2, "target": target });
        let values = desk.call("import.values", args);
        let mut guesses: Vec<_> = values.as_array().expect("values").iter().collect();
        guesses.sort_by_key(|value| value["raw"].as_str().map(str::to_owned));
        guesses.into_iter().map(|value| value["guess"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(guesses(json!("status")), [Value::Null, json!("paused")]);
    assert_eq!(guesses(json!("gender")), [json!("male"), Value::Null]);
    assert_eq!(guesses(Value::Null), [Value::Null, Value::Null], "it was guessed to be a note");
}
