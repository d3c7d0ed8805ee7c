//! The dry run shows everything that a row would add, cell by cell.

use serde_json::{Value, json};

use super::Desk;

/// Field, what stands in the file, what stands here and what would.
fn cells(desk: &Desk, import: &Value, row: usize) -> Vec<[String; 4]> {
    let args = json!({ "import": import["id"], "outcome": null, "offset": 0, "limit": 50 });
    let rows = desk.call("import.rows", args);
    let cells = rows["rows"][row]["cells"].as_array().expect("cells").iter();
    let text = |cell: &Value, key: &str| cell[key].as_str().expect("text").to_owned();
    cells.map(|cell| ["field", "raw", "before", "after"].map(|key| text(cell, key))).collect()
}

fn of(cells: &[[String; 4]], field: &str) -> [String; 3] {
    let found: Vec<_> = cells.iter().filter(|cell| cell[0] == field).collect();
    assert_eq!(found.len(), 1, "{field} in {cells:?}");
    [found[0][1].clone(), found[0][2].clone(), found[0][3].clone()]
}

const SHEET: &str = "Họ tên,SĐT,Nhãn,Quan tâm,Ghi chú,Đồng ý nhận tin,Tên mẹ,SĐT mẹ,Email mẹ,Tên bố,SĐT bố\n\
    Lê An,0901111111,\"VIP, Hè\",IELTS,hỏi lịch,Có,Trần Mai,0903333333,mai@lop.vn,Lê Bố,01234567890\n\
    Lê Bình,0902222222,,,,,Trần Mai,0903333333,,,\n";

#[test]
fn all_that_a_row_adds_is_shown_and_guardians_are_counted() {
    let desk = Desk::founded();
    let draft = desk.draft(SHEET);
    let checked = desk.check(&draft);
    assert_eq!(checked["counts"]["new"], 2);
    assert_eq!(checked["counts"]["guardians"], 2, "the mother of both and the father of one");
    let an = cells(&desk, &draft, 0);
    for (field, cell) in [
        ("tags", ["VIP, Hè", "", "VIP, Hè"]),
        ("interests", ["IELTS", "", "IELTS"]),
        ("note", ["hỏi lịch", "", "hỏi lịch"]),
        ("consentMarketing", ["Có", "", "yes"]),
        ("guardianName", ["Trần Mai", "", "Trần Mai"]),
        ("guardianPhone", ["0903333333", "", "+84903333333"]),
        ("guardianEmail", ["mai@lop.vn", "", "mai@lop.vn"]),
        ("otherGuardianName", ["Lê Bố", "", "Lê Bố"]),
        ("otherGuardianPhone", ["01234567890", "", "+84834567890"]),
    ] {
        assert_eq!(of(&an, field), cell, "{field}");
    }
    let binh = cells(&desk, &draft, 1);
    assert_eq!(of(&binh, "guardianName"), ["Trần Mai", "", "Trần Mai"], "the link is new");
    assert_eq!(of(&binh, "sibling"), ["", "", "Lê An"]);
    assert!(!binh.iter().any(|cell| cell[0] == "guardianPhone"), "{binh:?}");
    assert_eq!(desk.run(&draft)["counts"], checked["counts"]);
    let again = desk.import(SHEET);
    assert_eq!(again["counts"]["guardians"], 0);
    assert_eq!(cells(&desk, &again, 0), Vec::<[String; 4]>::new(), "nothing is left to add");
}

#[test]
fn what_is_added_to_somebody_who_is_here_is_shown_and_what_they_have_is_not() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Nhãn,Đồng ý nhận tin\nLê An,0901111111,VIP,Không\n");
    let done = desk.import(SHEET);
    let an = cells(&desk, &done, 0);
    assert_eq!(of(&an, "tags"), ["VIP, Hè", "", "Hè"]);
    assert_eq!(of(&an, "consentMarketing"), ["Có", "no", "yes"]);
    assert_eq!(of(&an, "guardianName"), ["Trần Mai", "", "Trần Mai"]);
    let sheet = "Họ tên,SĐT,Tên mẹ,Tên bố,SĐT bố\nTrần Chi,0907777777,,Trần Bố,0908888888\n";
    let chi = cells(&desk, &desk.import(sheet), 0);
    assert_eq!(of(&chi, "otherGuardianName"), ["Trần Bố", "", "Trần Bố"], "under the head that he has");
    let sheet = "Họ tên,SĐT,Tên mẹ,SĐT mẹ,Email mẹ\nLê An,0901111111,Trần Mai,0904444444,mai@lop.vn\n";
    let done = desk.import(sheet);
    let added = ["guardianPhone", "0904444444", "", "+84904444444"].map(str::to_owned);
    assert_eq!(cells(&desk, &done, 0), [added], "her second number");
}
