//! Runs that were cut off, and rows that could not be used.

use crm::{id::ImportId, import::table};
use serde_json::{Value, json};

use super::Desk;

fn error_file(desk: &Desk, import: &Value) -> String {
    let file = desk.call("import.errors", json!({ "import": import["id"] }));
    let file = serde_json::from_value(file).expect("a file");
    let path = desk.app.files().path(&file).expect("written");
    std::fs::read_to_string(path).expect("readable")
}

/// Leaves an import as a power cut in the middle of its run leaves it.
fn cut_off(desk: &Desk, import: &Value) {
    let id: ImportId = serde_json::from_value(import["id"].clone()).expect("an id");
    let cut = desk.app.write(|replica| {
        let tx = replica.engine.conn_mut().transaction().expect("begins");
        let mut stored = table::get(&tx, id)?.expect("stands");
        stored.state = "running".to_owned();
        stored.rows_done = 0;
        table::put(&tx, &stored, None)?;
        tx.commit().expect("commits");
        Ok(())
    });
    cut.expect("written");
}

#[test]
fn a_run_that_was_cut_off_rests_and_can_go_on_or_be_taken_back() {
    let desk = Desk::founded();
    let done = desk.import(super::SHEET);
    let names = desk.names();
    cut_off(&desk, &done);
    assert_eq!(desk.call("import.get", json!({ "import": done["id"] }))["state"], "paused");
    assert_eq!(desk.call("import.list", json!({}))[0]["state"], "paused");
    let job = desk.call("import.run", json!({ "import": done["id"] }));
    desk.finish(&job);
    let again = desk.call("import.get", json!({ "import": done["id"] }));
    assert_eq!((&again["state"], &again["counts"]), (&json!("done"), &done["counts"]));
    assert_eq!(desk.names(), names, "rows that were done are not done twice");
    cut_off(&desk, &done);
    desk.undo(&done);
    assert_eq!(desk.names(), Vec::<String>::new());
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
