//! A blank cell says nothing, whatever its column is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Desk;

/// Every target of a column, and what a first sheet says in it.
const CELLS: [(&str, &str); 35] = [
    ("fullName", "Trần Thị Đức"),
    ("familyName", "Trần"),
    ("middleName", "Thị"),
    ("givenName", "Đức"),
    ("honorific", "em"),
    ("phone", "0912345678"),
    ("email", "duc@lop.vn"),
    ("zalo", "duc.zalo"),
    ("facebook", "duc.fb"),
    ("birthOn", "2012-03-09"),
    ("gender", "nữ"),
    ("school", "THCS Trưng Vương"),
    ("level", "Lớp 7"),
    ("branch", "Quận 1"),
    ("owner", "Trần Thị Hà"),
    ("source", "Facebook"),
    ("campaign", "Hè 2026"),
    ("status", "học thử"),
    ("kind", "học viên"),
    ("tags", "Lớp tối"),
    ("interests", "IELTS"),
    ("note", "thích học nhóm"),
    ("interactionAt", "2026-05-01"),
    ("createdOn", "2026-04-01"),
    ("guardianName", "Trần Văn Hòa"),
    ("guardianPhone", "0903111222"),
    ("guardianEmail", "hoa@nha.vn"),
    ("guardianRelation", "bố"),
    ("otherGuardianName", "Lê Thị Mẹ"),
    ("otherGuardianPhone", "0903111333"),
    ("otherGuardianEmail", "me@nha.vn"),
    ("otherGuardianRelation", "mẹ"),
    ("consentMarketing", "có"),
    ("address", "12 Lê Lợi"),
    ("externalId", "HV-1"),
];
const OWN_FIELD: &str = "01J00000000000000000000007";

fn sheet(columns: &[String], cells: &[String]) -> String {
    format!("{}\n{}\n", columns.join(","), cells.join(","))
}

/// What is held of the person, and who is here; what was done with people only ever grows.
fn held(desk: &Desk) -> (Value, Vec<String>) {
    let mut person = desk.person("duc@lop.vn");
    let page = person.as_object_mut().expect("a page");
    page.remove("timelineCounts").expect("counts of the timeline");
    let row = page["row"].as_object_mut().expect("a row");
    for grown in ["updatedAtMs", "lastInteractionAtMs"] {
        row.remove(grown).expect("a moment");
    }
    (person, desk.names())
}

#[test]
fn a_blank_cell_overwrites_nothing_in_any_column() {
    let desk = Desk::founded();
    let field = json!({ "do": "field", "label": "Đã nhận sách", "kind": "yesNo", "choices": [] });
    desk.call("edit", json!({ "edits": [{ "noun": "definition", "id": OWN_FIELD, "edit": field }] }));
    let (mut columns, mut cells): (Vec<String>, Vec<String>) =
        CELLS.iter().map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned())).unzip();
    columns.push(format!("custom.{OWN_FIELD}"));
    cells.push("rồi".to_owned());
    let options = json!({ "columns": columns, "dateOrder": "ymd" });
    let done = desk.import_with(&sheet(&columns, &cells), &options);
    assert_eq!(done["counts"]["new"], 1);
    let before = held(&desk);
    let fields: BTreeSet<&String> = before.0["fields"].as_object().expect("fields").keys().collect();
    for column in ["fullName", "birthOn", "gender", "school", "level", "source", "status", "address"] {
        assert!(fields.contains(&column.to_owned()), "{column} went in: {fields:?}");
    }
    assert!(fields.contains(&format!("custom.{OWN_FIELD}")), "{fields:?}");

    // All blank but what says who it is; then each column blank alone.
    let blank_but = |kept: &str| {
        let cells = columns.iter().zip(&cells);
        cells.map(|(column, cell)| if column == kept { cell.clone() } else { "  ".to_owned() }).collect()
    };
    let all_blank: Vec<String> = blank_but("email");
    let done = desk.import_with(&sheet(&columns, &all_blank), &options);
    assert_eq!(done["counts"]["unchanged"], 1, "{}", done["counts"]);
    assert_eq!(held(&desk), before);
    for (at, column) in columns.iter().enumerate() {
        let mut one_blank = cells.clone();
        one_blank[at] = String::new();
        let done = desk.import_with(&sheet(&columns, &one_blank), &options);
        assert_eq!(done["counts"]["unchanged"], 1, "{column}: {}", done["counts"]);
        assert_eq!(held(&desk), before, "{column}");
    }
}
