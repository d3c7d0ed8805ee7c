//! Rows that say more of a person than one holds.

use serde_json::{Value, json};

use super::Desk;

fn labels(count: usize) -> String {
    (0..count).map(|number| format!("Thẻ {number}")).collect::<Vec<_>>().join(", ")
}

/// Checks and runs a sheet of tags; what was counted, and what is said of the rows that cannot be used.
fn tagged(desk: &Desk, rows: &[(&str, &str, String)]) -> (Value, Vec<Value>) {
    let rows: String =
        rows.iter().map(|(name, phone, tags)| format!("{name},{phone},\"{tags}\"\n")).collect();
    let mut draft = desk.draft(&format!("Họ tên,SĐT,Nhãn\n{rows}"));
    draft["mapping"]["columns"] = json!(["fullName", "phone", "tags"]);
    let checked = desk.check(&draft);
    let wrong = json!({ "import": draft["id"], "outcome": "error", "offset": 0, "limit": 10 });
    let wrong = desk.call("import.rows", wrong)["rows"].as_array().expect("rows").clone();
    let done = desk.run(&draft);
    assert_eq!(done["counts"], checked["counts"]);
    (done["counts"].clone(), wrong)
}

#[test]
fn a_row_with_too_many_tags_is_an_error_of_its_own_in_the_dry_run() {
    let desk = Desk::founded();
    let rows = [
        ("Trần Thị Đức", "0912345678", labels(101)),
        ("Lê Văn Bình", "0912345679", labels(100)),
        ("Trần Văn Hòa", "0912345670", "Lớp tối".to_owned()),
    ];
    let (counts, wrong) = tagged(&desk, &rows);
    assert_eq!((&counts["error"], &counts["new"]), (&json!(1), &json!(2)), "{counts}");
    assert_eq!(wrong[0]["notes"][0]["code"], "list_full", "{wrong:?}");
    assert_eq!(wrong[0]["notes"][0]["column"], "Nhãn");
    assert_eq!(desk.names().len(), 2);

    // Whoever has as many as fit already gets no more, and keeps all that were there.
    let more = [("Lê Văn Bình", "0912345679", "Thẻ 5, Lớp sáng".to_owned())];
    let (counts, wrong) = tagged(&desk, &more);
    assert_eq!((&counts["error"], &counts["updated"]), (&json!(1), &json!(0)), "{counts}");
    assert_eq!(wrong[0]["notes"][0]["code"], "list_full", "{wrong:?}");
    let same = [("Lê Văn Bình", "0912345679", "Thẻ 5".to_owned())];
    let (counts, _) = tagged(&desk, &same);
    assert_eq!(counts["unchanged"], 1, "{counts}");
}
