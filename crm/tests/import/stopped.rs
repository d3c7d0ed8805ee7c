//! Runs that were cut off, and rows that could not be used.

use crm::id::ImportId;
use serde_json::{Value, json};

use super::{
    Desk,
    batches::{killed, start},
};

fn error_file(desk: &Desk, import: &Value) -> String {
    let file = desk.call("import.errors", json!({ "import": import["id"] }));
    let file = serde_json::from_value(file).expect("a file");
    let path = desk.app.files().path(&file).expect("written");
    std::fs::read_to_string(path).expect("readable")
}

#[test]
fn a_run_that_was_cut_off_rests_and_can_go_on_or_be_taken_back() {
    let mut desk = Desk::founded();
    let draft = desk.draft(super::SHEET);
    let checked = desk.check(&draft)["counts"].clone();
    let id: ImportId = serde_json::from_value(draft["id"].clone()).expect("an id");
    desk.end(&start(&desk, id, 2, true), "paused");
    desk = killed(desk, id);
    assert_eq!(desk.call("import.get", json!({ "import": id }))["state"], "paused");
    assert_eq!(desk.call("import.list", json!({}))[0]["state"], "paused");
    let other = super::batches::copy(&desk);
    desk.finish(&desk.call("import.run", json!({ "import": id })));
    let done = desk.call("import.get", json!({ "import": id }));
    assert_eq!((&done["state"], &done["counts"]), (&json!("done"), &checked));
    assert_eq!(desk.names().len(), 4, "rows that were done are not done twice");
    assert_eq!(other.names().len(), 3, "as many as the first two rows name");
    other.undo(&json!({ "id": id }));
    assert_eq!(other.names(), Vec::<String>::new());
}

#[test]
fn every_bad_row_goes_into_the_file_of_errors_with_a_sentence() {
    let desk = Desk::founded();
    let rows: String = (0..1_500).map(|no| format!(",,ghi chú {no}\n")).collect();
    let done = desk.import(&format!("Họ tên,SĐT,Ghi chú\n{rows}"));
    assert_eq!(done["counts"]["error"], 1_500);
    let file = error_file(&desk, &done);
    assert_eq!(file.matches("ghi chú ").count(), 1_500);
    assert_eq!(file.matches("Không có tên").count(), 1_500);
}

#[test]
fn a_row_that_cannot_be_read_is_named_by_its_own_line() {
    let desk = Desk::founded();
    let long = "x".repeat(40_000);
    let sheet = format!("Họ tên,SĐT\n\n\nNguyễn Văn An,0901111111\n{long},0902222222\n,\n");
    let done = desk.import(&sheet);
    assert_eq!(done["counts"]["new"], 1);
    assert_eq!(done["counts"]["error"], 1);
    let args = json!({ "import": done["id"], "outcome": "error", "offset": 0, "limit": 10 });
    assert_eq!(desk.call("import.rows", args)["rows"][0]["line"], 5);
    assert!(error_file(&desk, &done).contains("Không đọc được dòng này"));
}

#[test]
fn a_mended_file_of_errors_is_understood_as_its_sheet_was() {
    let desk = Desk::founded();
    let done = desk.import_with(
        "Họ tên,Ghi chú\nNguyễn Văn An,THCS Lê Lợi\n,THCS Trần Phú\n",
        &json!({ "columns": ["fullName", "school"] }),
    );
    assert_eq!(done["counts"]["error"], 1);
    let draft = desk.draft(&error_file(&desk, &done));
    assert_eq!(draft["isMappingRemembered"], true, "{draft}");
    assert_eq!(draft["mapping"]["columns"], json!(["fullName", "school", "ignore"]));
}

#[test]
fn rows_with_a_cell_that_could_not_be_read_are_listed_and_their_mended_file_updates_the_same_people() {
    let desk = Desk::founded();
    let sheet = "Họ tên,SĐT,Email,Ngày sinh,Trạng thái\n\
        Lê An,8.49E+10,an@lop.vn,01/02/2010,Đang học\n\
        Lê Bình,0902222222,binh.lop.vn,03/04/2011,Chuyển lớp\n\
        Lê Chi,0903333333,chi@lop.vn,05/06/2012,Mới\n\
        ,,,,Mới\n";
    let done = desk.import(sheet);
    assert_eq!(done["counts"]["new"], 3);
    let args = json!({ "import": done["id"], "outcome": "unread", "offset": 0, "limit": 10 });
    let unread = desk.call("import.rows", args);
    let names: Vec<_> = unread["rows"].as_array().expect("rows").iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["Lê An", "Lê Bình"]);
    let file = error_file(&desk, &done);
    for reason in ["Số điện thoại không đúng: 8.49E+10", "Email không đúng: binh.lop.vn", "Không có tên"]
    {
        assert!(file.contains(reason), "{reason}: {file}");
    }
    assert!(!file.contains("Lê Chi"));
    let mended = file
        .replacen("An,8.49E+10", "An,0901111111", 1)
        .replacen("binh.lop.vn", "binh@lop.vn", 1)
        .replacen("Chuyển lớp", "Bảo lưu", 1);
    let draft = desk.draft(&mended);
    assert_eq!(draft["isMappingRemembered"], true, "{draft}");
    let done = desk.run(&draft);
    assert_eq!((&done["counts"]["new"], &done["counts"]["updated"]), (&json!(0), &json!(2)), "{mended}");
    assert_eq!(desk.names(), ["Lê An", "Lê Bình", "Lê Chi"]);
    let an = desk.person("le an");
    assert_eq!(an["row"]["phone"], "+84901111111");
    assert_eq!(an["points"].as_array().map(Vec::len), Some(2), "the number stands where none could be read");
    let binh = desk.person("le binh");
    assert_eq!((&binh["row"]["email"], &binh["row"]["status"]), (&json!("binh@lop.vn"), &json!("paused")));
}

#[test]
fn an_import_that_is_paused_rests_and_goes_on_where_it_stopped() {
    let desk = Desk::founded();
    let rows: String = (0..4_000).map(|no| format!("Người Lạ {no},09{no:08}\n")).collect();
    let draft = desk.draft(&format!("Họ tên,SĐT\n{rows}"));
    let checked = desk.check(&draft);
    let import = json!({ "import": draft["id"] });
    let job = desk.call("import.run", import.clone());
    let running = desk.call("import.pause", import.clone());
    assert_eq!(running["job"], job["job"], "the batch at hand is written first");
    desk.end(&job, "paused");
    let paused = desk.call("import.get", import.clone());
    assert_eq!((&paused["state"], &paused["job"]), (&json!("paused"), &Value::Null));
    let done = paused["rowsDone"].as_u64().expect("a number");
    assert!(done > 0 && done < 4_000, "{paused}");
    assert_eq!(paused["counts"]["new"], done, "what is written is counted");
    desk.finish(&desk.call("import.run", import.clone()));
    let ended = desk.call("import.get", import);
    assert_eq!((&ended["state"], &ended["rowsDone"]), (&json!("done"), &json!(4_000)));
    assert_eq!(ended["counts"], checked["counts"]);
    let list = desk.call("contact.list", json!({ "view": {}, "offset": 0, "limit": 1 }));
    assert_eq!(list["total"], 4_000, "nobody was entered twice");
}
