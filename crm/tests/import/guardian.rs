//! A child without a number of its own is known by its name and its guardian.

use serde_json::{Value, json};

use super::Desk;

const HEAD: &str = "Họ tên,SĐT phụ huynh\n";

fn counts(import: &Value) -> [u64; 5] {
    ["new", "updated", "unchanged", "duplicate", "error"]
        .map(|outcome| import["counts"][outcome].as_u64().expect("a count"))
}

#[test]
fn a_sheet_with_no_number_but_the_guardians_enters_nobody_twice() {
    let desk = Desk::founded();
    let sheet = format!("{HEAD}Nguyễn An,0909000001\nNGUYEN AN,0909 000 001\nNguyễn Bình,0909000001\n");
    assert_eq!(counts(&desk.import(&sheet)), [2, 0, 0, 1, 0]);
    assert_eq!(counts(&desk.import(&sheet)), [0, 0, 2, 1, 0]);
    assert_eq!(desk.names(), ["Nguyễn An", "Nguyễn Bình", "Phụ huynh Nguyễn An"]);
}

#[test]
fn a_guardian_known_by_an_address_tells_who_the_child_is() {
    let desk = Desk::founded();
    let sheet = "Họ tên,Tên phụ huynh,Email phụ huynh\nNguyễn An,Trần Mai,mai@lop.vn\n";
    desk.import(sheet);
    assert_eq!(counts(&desk.import(sheet)), [0, 0, 1, 0, 0]);
    let more = "Họ tên,SĐT,Email phụ huynh\nNguyễn An,0901111111,mai@lop.vn\n";
    assert_eq!(counts(&desk.import(more)), [0, 1, 0, 0, 0], "a number of the child's own is added");
    assert_eq!(desk.person("nguyen an")["row"]["phone"], "+84901111111");
}

#[test]
fn birth_dates_and_codes_tell_children_of_one_name_apart() {
    let desk = Desk::founded();
    let sheet = "Họ tên,Ngày sinh,Mã HV,SĐT phụ huynh\n\
        Nguyễn An,01/02/2010,,0909000001\nNguyễn An,03/04/2012,,0909000001\n\
        Lê An,,HV1,0909000002\nLê An,,HV2,0909000002\n";
    assert_eq!(counts(&desk.import(sheet)), [4, 0, 0, 0, 0]);
    assert_eq!(counts(&desk.import(sheet)), [0, 0, 4, 0, 0]);
    let done = desk.import(&format!("{HEAD}Nguyễn An,0909000001\n"));
    assert_eq!(counts(&done), [0, 0, 0, 0, 1], "which of the two nobody can say");
}

#[test]
fn where_nobody_asked_for_numbers_only_rows_of_the_sheet_know_each_other() {
    let desk = Desk::founded();
    desk.import(&format!("{HEAD}Nguyễn An,0909000001\n"));
    let sheet = format!("{HEAD}Nguyễn An,0909000001\nNguyễn An,0909000001\n");
    let done = desk.import_with(&sheet, &json!({ "matchKeys": ["externalId"] }));
    assert_eq!(counts(&done), [1, 0, 0, 1, 0]);
}

fn notes(desk: &Desk, import: &Value, row: usize) -> Vec<(String, String)> {
    let args = json!({ "import": import["id"], "outcome": null, "offset": 0, "limit": 50 });
    let rows = desk.call("import.rows", args);
    let notes = rows["rows"][row]["notes"].as_array().expect("notes").iter();
    let text = |note: &Value, key: &str| note[key].as_str().expect("text").to_owned();
    notes.map(|note| (text(note, "code"), text(note, "text"))).collect()
}

#[test]
fn a_guardians_number_is_repaired_aloud_and_kept_as_written() {
    let desk = Desk::founded();
    let done = desk.import(
        "Họ tên,SĐT,Tên phụ huynh,SĐT phụ huynh\n\
         Lê An,0901111111,Trần Mai,01234567890\n\
         Lê Bình,0902222222,Trần Hoa,903.333.333\n\
         Lê Chi,0903333334,Trần Lan,8.49E+10\n\
         Lê Dung,0904444444,Trần Nga,hỏi bà\n",
    );
    let told = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    assert_eq!(notes(&desk, &done, 0), [told("elevenDigits", "01234567890")]);
    assert_eq!(notes(&desk, &done, 1), [told("lostZero", "903.333.333")]);
    assert_eq!(notes(&desk, &done, 2), [told("lostDigits", "8.49E+10"), told("badPhone", "8.49E+10")]);
    assert_eq!(notes(&desk, &done, 3), [told("badPhone", "hỏi bà")]);
    let mai = desk.person("tran mai");
    assert_eq!(mai["points"][0]["value"], "+84834567890");
    assert_eq!(mai["points"][0]["raw"], "01234567890", "{mai}");
    for (child, text) in [("le chi", "8.49E+10"), ("le dung", "hỏi bà")] {
        let args =
            json!({ "id": desk.person(child)["row"]["id"], "kinds": ["note"], "offset": 0, "limit": 5 });
        assert!(desk.call("contact.timeline", args).to_string().contains(text), "{text} is lost");
    }
}

#[test]
fn what_a_guardian_is_to_the_child_stands_on_the_guardians_page_or_in_a_note_of_the_child() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT,Tên phụ huynh,SĐT phụ huynh,Quan hệ\n\
        Lê An,0901111111,Trần Mai,0903333333,bà ngoại\n\
        Lê Bình,0902222222,Trần Mai,0903333333,Bà Ngoại\n\
        Trần Chi,0904444444,Trần Mai,0903333333,mẹ\n\
        Phạm Dung,0905555555,,,dì ruột\n";
    desk.import(sheet);
    assert_eq!(desk.person("tran mai")["fields"]["note"]["value"], "bà ngoại");
    let noted = |child: &str| {
        let args =
            json!({ "id": desk.person(child)["row"]["id"], "kinds": ["note"], "offset": 0, "limit": 5 });
        desk.call("contact.timeline", args).to_string()
    };
    assert!(noted("tran chi").contains("Quan hệ: mẹ"));
    assert!(noted("pham dung").contains("Quan hệ: dì ruột"));
    assert!(!noted("le binh").contains("Quan hệ"));
    assert_eq!(counts(&desk.import(sheet)), [0, 0, 4, 0, 0]);
}
