//! Who a row is about, and what it may do to somebody who is here.

use serde_json::{Value, json};

use super::Desk;

fn counts(new: u32, updated: u32, unchanged: u32, duplicate: u32, error: u32) -> Value {
    json!({ "new": new, "updated": updated, "unchanged": unchanged, "duplicate": duplicate, "error": error })
}

/// What came of the rows.
fn rows_of(import: &Value) -> Value {
    let mut counts = import["counts"].clone();
    counts.as_object_mut().expect("counts").remove("guardians");
    counts
}

fn phones(person: &Value) -> Vec<String> {
    let points = person["points"].as_array().expect("points").iter();
    let phones = points.filter(|point| point["kind"] == "phone");
    let mut phones: Vec<String> =
        phones.map(|point| point["value"].as_str().unwrap_or("").to_owned()).collect();
    phones.sort();
    phones
}

fn codes(desk: &Desk, import: &Value, outcome: &str) -> Vec<String> {
    let args = json!({ "import": import["id"], "outcome": outcome, "offset": 0, "limit": 100 });
    let rows = desk.call("import.rows", args);
    let notes = rows["rows"].as_array().expect("rows").iter().flat_map(|row| row["notes"].as_array());
    notes.flatten().map(|note| note["code"].as_str().unwrap_or("").to_owned()).collect()
}

const SAME_PERSON: [&str; 2] = [
    "Nguyễn Văn An,01/02/2010,0901111111,THCS Lê Lợi\n",
    "Nguyễn Văn An,01/02/2010,0902222222,THCS Trần Phú\n",
];

fn assert_both_rows_count(desk: &Desk) {
    let person = desk.person("nguyen van an");
    assert_eq!(phones(&person), ["+84901111111", "+84902222222"]);
    assert_eq!(person["fields"]["school"]["value"], "THCS Lê Lợi", "{person}");
}

#[test]
fn a_later_row_about_the_same_person_adds_and_overrules_nothing() {
    let desk = Desk::founded();
    let sheet = format!("Họ tên,Ngày sinh,SĐT,Trường\n{}", SAME_PERSON.concat());
    assert_eq!(rows_of(&desk.import(&sheet)), counts(1, 0, 0, 1, 0));
    assert_both_rows_count(&desk);
    assert_eq!(rows_of(&desk.import(&sheet)), counts(0, 0, 1, 1, 0));
    assert_both_rows_count(&desk);
}

#[test]
fn rows_of_one_person_in_different_batches_do_the_same() {
    let desk = Desk::founded();
    let [first, second] = SAME_PERSON;
    let between: String = (0..300).map(|no| format!("Người Lạ {no},,,\n")).collect();
    let done = desk.import(&format!("Họ tên,Ngày sinh,SĐT,Trường\n{first}{between}{second}"));
    assert_eq!(rows_of(&done), counts(301, 0, 0, 1, 0));
    assert_both_rows_count(&desk);
}

#[test]
fn options_for_rows_that_say_nothing_overrule_nobody() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Nguồn\nNguyễn Văn An,0901111111,Giới thiệu\n");
    let done = desk.import_with(
        "Họ tên,SĐT,Nguồn\nNguyễn Văn An,0901111111,\nLê Thị Bình,0901111112,\n",
        &json!({ "source": "Hội thảo" }),
    );
    assert_eq!(rows_of(&done), counts(1, 0, 1, 0, 0));
    assert_eq!(desk.person("nguyen van an")["fields"]["source"]["value"], "Giới thiệu");
    assert_eq!(desk.person("le thi binh")["fields"]["source"]["value"], "Hội thảo");
}

#[test]
fn twins_and_sisters_stay_two_people() {
    let desk = Desk::founded();
    for (first, second) in [("Trần Gia Khang", "Trần Gia Khanh"), ("Lê Thị Ánh", "Lê Thị Anh")] {
        desk.import(&format!("Họ tên,SĐT,Ngày sinh\n{first},0901111111,01/02/2010\n"));
        let sheet = format!("Họ tên,SĐT,Ngày sinh\n{second},0901111111,01/02/2010\n");
        let done = desk.import(&sheet);
        assert_eq!(rows_of(&done), counts(1, 0, 0, 0, 0), "{second}");
        assert_eq!(codes(&desk, &done, "new"), ["maybeKnown"], "{second}");
        assert_eq!(rows_of(&desk.import(&sheet)), counts(0, 0, 1, 0, 0), "{second} is known now");
    }
    assert_eq!(desk.names().len(), 4);
}

#[test]
fn a_name_without_marks_is_the_same_person_and_takes_no_marks_away() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nTrần Thị Ánh,0901111111\n");
    assert_eq!(rows_of(&desk.import("Họ tên,SĐT\nTRAN THI ANH,0901111111\n")), counts(0, 0, 1, 0, 0));
    assert_eq!(desk.names(), ["Trần Thị Ánh"]);
}

#[test]
fn what_is_no_number_says_nothing_about_who_somebody_is() {
    let desk = Desk::founded();
    let rows = "Nguyễn Văn An,8.49E+10\n".repeat(2) + &"Nguyễn Văn An,hỏi mẹ\n".repeat(2);
    assert_eq!(rows_of(&desk.import(&format!("Họ tên,SĐT\n{rows}"))), counts(4, 0, 0, 0, 0));
    assert_eq!(desk.names().len(), 4);
}

#[test]
fn a_number_that_lacks_a_digit_is_the_same_when_it_is_written_the_same() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT\nHuỳnh Bảo Phúc,08988968\nHuỳnh Bảo Phúc,08988969\n";
    assert_eq!(rows_of(&desk.import(sheet)), counts(2, 0, 0, 0, 0));
    assert_eq!(rows_of(&desk.import(sheet)), counts(0, 0, 2, 0, 0));
}

#[test]
fn a_number_of_two_people_alone_needs_a_person() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nTrần Thị Mai,0901111111\nLê Văn Tèo,0901111111\n");
    let done = desk.import("Họ tên,SĐT,Trường\n,0901111111,THCS Lê Lợi\n");
    assert_eq!(rows_of(&done), counts(0, 0, 0, 0, 1));
    assert_eq!(codes(&desk, &done, "error"), ["maybeKnown"]);
}

#[test]
fn notes_and_guardians_of_people_who_are_here_go_in_once() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nNguyễn Văn An,0901111111\n");
    let sheet = "Họ tên,SĐT,Ghi chú,Tên phụ huynh,SĐT phụ huynh\n\
        Nguyễn Văn An,0901111111,thích IELTS,Trần Thị Mai,0903333333\n";
    assert_eq!(rows_of(&desk.import(sheet)), counts(0, 1, 0, 0, 0));
    assert_eq!(rows_of(&desk.import(sheet)), counts(0, 0, 1, 0, 0));
    let person = desk.person("nguyen van an");
    assert_eq!(person["relations"].as_array().map(Vec::len), Some(1));
    assert_eq!(person["relations"][0]["contact"]["fullName"], "Trần Thị Mai");
    let args = json!({ "id": person["row"]["id"], "kinds": ["note"], "offset": 0, "limit": 10 });
    let timeline = desk.call("contact.timeline", args).to_string();
    assert_eq!(timeline.matches("thích IELTS").count(), 1, "{timeline}");
}

#[test]
fn a_guardian_with_a_name_alone_is_entered_once() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT,Tên phụ huynh\nNguyễn Văn An,0901111111,Trần Thị Mai\n";
    desk.import(sheet);
    assert_eq!(rows_of(&desk.import(sheet)), counts(0, 0, 1, 0, 0));
    assert_eq!(desk.names(), ["Nguyễn Văn An", "Trần Thị Mai"]);
}

#[test]
fn report_lists_what_was_merged_and_what_needs_a_person() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Ngày sinh\nTrần Gia Khang,0901111111,01/02/2010\n");
    let done = desk.import(
        "Họ tên,SĐT,Ngày sinh,Trường\nTrần Gia Khang,0901111111,01/02/2010,THCS Lê Lợi\n\
         Trần Gia Khanh,0901111111,01/02/2010,\nLê Mới,0987654321,,\n",
    );
    let names = |which: &str| {
        let args = json!({ "import": done["id"], "outcome": which, "offset": 0, "limit": 10 });
        let rows = desk.call("import.rows", args);
        let found = rows["rows"].as_array().expect("rows");
        assert_eq!(rows["total"], found.len());
        found.iter().map(|row| row["name"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (names("merged"), names("needsPerson")),
        (vec!["Trần Gia Khang".into()], vec!["Trần Gia Khanh".into()])
    );
}

#[test]
fn own_fields_of_a_sheet_take_their_form_or_become_a_note() {
    let desk = Desk::founded();
    let id = "01J00000000000000000000007";
    let field = json!({ "do": "field", "label": "Đã nhận sách", "kind": "yesNo", "choices": [] });
    desk.call("edit", json!({ "edits": [{ "noun": "definition", "id": id, "edit": field }] }));
    let key = format!("custom.{id}");
    desk.import_with("Họ tên,Sách\nTrần An,Rồi\nLê Bình,hỏi mẹ\n", &json!({ "columns": ["fullName", key] }));
    assert_eq!(desk.person("tran an")["fields"][&key]["value"], "yes");
    let binh = desk.person("le binh");
    assert!(binh["fields"][&key].is_null());
    assert_eq!(binh["timelineCounts"]["note"], 1);
}

#[test]
fn a_row_that_the_engine_refuses_is_an_error_in_the_dry_run_and_names_nobody() {
    let desk = Desk::founded();
    let long = "x".repeat(90);
    let draft = desk.draft(&format!(
        "Họ tên,SĐT,Nhãn\nLê An,0901111111,{long}\nLê An,0901111111,VIP\nTrần Bình,0902222222,VIP\n"
    ));
    assert_eq!(rows_of(&desk.check(&draft)), counts(2, 0, 0, 0, 1));
    assert_eq!(codes(&desk, &draft, "error"), ["too_long"]);
    let args = json!({ "import": draft["id"], "outcome": "error", "offset": 0, "limit": 1 });
    let note = desk.call("import.rows", args)["rows"][0]["notes"][0].clone();
    assert_eq!(note["column"], "Nhãn");
    assert!(
        note["text"].as_str().is_some_and(|text| text.starts_with("xxx") && text.ends_with('…')),
        "{note}"
    );
    assert_eq!(rows_of(&desk.run(&draft)), counts(2, 0, 0, 0, 1));
    assert_eq!(desk.names(), ["Lê An", "Trần Bình"]);
}

#[test]
fn an_import_that_only_enters_people_changes_nobody_else() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nLê An,0901111111\nTrần Thị Mai,0903333333\n");
    let sheet = "Họ tên,SĐT,Trường,Tên phụ huynh,SĐT phụ huynh,Email phụ huynh\n\
        Lê An,0901111111,THCS Lê Lợi,,,\nLê An,0901111111,THCS Trần Phú,,,\n\
        Lê Bình,0902222222,,Trần Thị Mai,0903333333,mai@lop.vn\n";
    let done = desk.import_with(sheet, &json!({ "mode": "create" }));
    assert_eq!(rows_of(&done), counts(1, 0, 1, 1, 0));
    assert!(desk.person("le an")["fields"]["school"].is_null());
    assert!(desk.person("tran thi mai")["row"]["email"].is_null());
    assert_eq!(desk.person("le binh")["relations"][0]["contact"]["fullName"], "Trần Thị Mai");
}

#[test]
fn who_pays_for_oneself_is_not_entered_twice() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Tên phụ huynh,SĐT phụ huynh\nLê An,0901111111,LÊ AN,0901111111\n");
    assert_eq!(desk.names(), ["Lê An"]);
}

#[test]
fn an_import_that_only_changes_people_enters_no_guardian_and_says_whom_it_left_out() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nLê An,0901111111\nTrần Thị Mai,0903333333\n");
    let sheet = "Họ tên,SĐT,Trường,Tên mẹ,SĐT mẹ,Tên bố,SĐT bố\n\
        Lê An,0901111111,THCS Lê Lợi,Trần Thị Mai,0903333333,Lê Văn Bố,0904444444\n";
    let done = desk.import_with(sheet, &json!({ "mode": "update" }));
    assert_eq!(rows_of(&done), counts(0, 1, 0, 0, 0));
    assert_eq!(desk.names(), ["Lê An", "Trần Thị Mai"], "nobody was entered");
    let an = desk.person("le an");
    assert_eq!(an["fields"]["school"]["value"], "THCS Lê Lợi");
    assert_eq!(an["relations"].as_array().map(Vec::len), Some(1), "the known one is linked");
    let args = json!({ "import": done["id"], "outcome": null, "offset": 0, "limit": 5 });
    let notes = desk.call("import.rows", args)["rows"][0]["notes"].clone();
    let told =
        json!([{ "code": "guardianNotEntered", "column": "Tên bố", "text": "Lê Văn Bố +84904444444" }]);
    assert_eq!(notes, told);
    let sheet = "Họ tên,SĐT,Tên phụ huynh,SĐT phụ huynh\nLê An,0901111111,Ai Đó,0905555555\n";
    let done = desk.import_with(sheet, &json!({ "mode": "update" }));
    assert_eq!(rows_of(&done), counts(0, 0, 1, 0, 0), "nothing is left that it could do");
}

#[test]
fn an_import_that_only_enters_people_says_of_whom_it_kept_away() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nLê An,0901111111\nTrần Thị Mai,0903333333\n");
    let sheet = "Họ tên,SĐT,Trường,Tên phụ huynh,SĐT phụ huynh,Email phụ huynh\n\
        Lê An,0901111111,THCS Lê Lợi,Ai Đó,0905555555,\n\
        Lê Bình,0902222222,,Trần Thị Mai,0903333333,mai@lop.vn\n";
    let done = desk.import_with(sheet, &json!({ "mode": "create" }));
    assert_eq!(codes(&desk, &done, "unchanged"), ["onlyNew"]);
    assert_eq!(codes(&desk, &done, "new"), ["guardianNotChanged"]);
    assert_eq!(desk.names(), ["Lê An", "Lê Bình", "Trần Thị Mai"]);
}

#[test]
fn a_code_alone_names_somebody_who_is_here_and_enters_nobody() {
    let desk = Desk::founded();
    desk.import("Mã HV,Họ tên,SĐT\nHV1,Lê An,0901111111\nHV2,Trần Bình,0902222222\n");
    let sheet = "Mã HV,Trạng thái,SĐT phụ huynh\nHV1,đang học,\nHV9,đang học,0903333333\n";
    let options = json!({ "mode": "update", "matchKeys": ["externalId"] });
    let done = desk.import_with(sheet, &options);
    assert_eq!(rows_of(&done), counts(0, 1, 1, 0, 0));
    assert_eq!(codes(&desk, &done, "unchanged"), ["noMatch"]);
    assert_eq!(desk.person("le an")["row"]["status"], "active");
    let args = json!({ "import": done["id"], "outcome": "updated", "offset": 0, "limit": 5 });
    assert_eq!(desk.call("import.rows", args)["rows"][0]["name"], "Lê An", "the report says whom");
    let sheet = "Mã HV,Trạng thái,SĐT phụ huynh\nHV2,đang học,0904444444\nHV9,đang học,\n";
    let done = desk.import_with(sheet, &json!({ "mode": "both" }));
    assert_eq!(rows_of(&done), counts(0, 1, 0, 0, 1));
    assert_eq!(codes(&desk, &done, "error"), ["noMatch", "noName"]);
    assert_eq!(desk.names(), ["Lê An", "Phụ huynh Trần Bình", "Trần Bình"]);
}
