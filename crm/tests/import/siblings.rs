//! Children who share a guardian are brothers and sisters.

use serde_json::{Value, json};

use super::Desk;

const SHEET: &str = "Họ tên,Ngày sinh,Tên mẹ,SĐT mẹ,Tên bố,SĐT bố\n\
    Nguyễn Văn An,01/02/2015,Trần Thị Mẹ,0913000001,Nguyễn Văn Bố,0913000002\n\
    Nguyễn Thị Bình,03/04/2017,Trần Thị Mẹ,0913000001,Nguyễn Văn Bố,0913000002\n\
    Lê Văn Cường,05/06/2016,Trần Thị Mẹ,0913000001,,\n";

fn siblings(desk: &Desk, words: &str) -> Vec<String> {
    let page = desk.person(words);
    let links = page["relations"].as_array().expect("relations").iter();
    let links = links.filter(|link| link["kind"] == "sibling");
    let mut names: Vec<_> =
        links.map(|link| link["contact"]["fullName"].as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

fn notes(desk: &Desk, import: &Value, row: usize) -> Value {
    let args = json!({ "import": import["id"], "outcome": null, "offset": 0, "limit": 50 });
    desk.call("import.rows", args)["rows"][row]["notes"].clone()
}

#[test]
fn children_of_one_guardian_and_one_family_name_are_siblings_until_the_import_is_taken_back() {
    let desk = Desk::founded();
    let done = desk.import(SHEET);
    assert_eq!(siblings(&desk, "nguyen van an"), ["Nguyễn Thị Bình"]);
    assert_eq!(siblings(&desk, "nguyen thi binh"), ["Nguyễn Văn An"]);
    assert_eq!(siblings(&desk, "le van cuong"), Vec::<String>::new(), "of another family");
    assert_eq!(notes(&desk, &done, 0), json!([]));
    assert_eq!(
        notes(&desk, &done, 1),
        json!([{ "code": "siblings", "column": "", "text": "Nguyễn Văn An" }]),
        "the dry run and the report say so"
    );
    assert_eq!(desk.import(SHEET)["counts"]["unchanged"], 3, "linked once");
    desk.undo(&done);
    assert_eq!(desk.names(), Vec::<String>::new());
}

#[test]
fn a_child_of_a_later_sheet_finds_the_brother_who_is_here_and_only_the_link_goes_with_the_undo() {
    let desk = Desk::founded();
    let head = "Họ tên,SĐT,Tên mẹ,SĐT mẹ\n";
    desk.import(&format!("{head}Nguyễn Văn An,0901111111,Trần Thị Mẹ,0913000001\n"));
    desk.import("Họ tên,SĐT\nNguyễn Thị Bình,0902222222\n");
    let sheet = format!("{head}Nguyễn Thị Bình,0902222222,Trần Thị Mẹ,0913000001\n");
    let done = desk.import_with(&sheet, &json!({ "mode": "update" }));
    assert_eq!(siblings(&desk, "nguyen van an"), ["Nguyễn Thị Bình"]);
    desk.undo(&done);
    assert_eq!(siblings(&desk, "nguyen van an"), Vec::<String>::new());
    assert_eq!(desk.names().len(), 3);
}

#[test]
fn the_number_of_a_house_makes_no_family() {
    let desk = Desk::founded();
    let children = ["An", "Bình", "Cường", "Dũng", "Em", "Phúc", "Giang", "Hà", "Khoa", "Linh"];
    let rows: String =
        children.iter().map(|name| format!("Nguyễn {name},Cô Giáo Chủ Nhiệm,0913000001\n")).collect();
    desk.import(&format!("Họ tên,Tên phụ huynh,SĐT phụ huynh\n{rows}"));
    assert!(siblings(&desk, "nguyen linh").is_empty());
}
