//! What can be asked on the command line about people.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::desk::{Desk, desk_with_people, founded_desk};

fn names(list: &Value) -> Vec<&str> {
    list["rows"].as_array().into_iter().flatten().filter_map(|row| row["fullName"].as_str()).collect()
}

#[test]
fn import_takes_what_the_file_does_not_say_from_options() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = folder.path().join("cu.csv");
    std::fs::write(&file, "Danh sách lớp tối\nAi|Sinh|Gọi\nTrần Lan|03/04/2012|0912345678\n")
        .expect("written");
    let file = file.to_str().expect("text");
    let options = [
        "import",
        file,
        "--delimiter",
        "|",
        "--header-row",
        "2",
        "--date-order",
        "mdy",
        "--map",
        "Ai=fullName",
        "--map",
        "Sinh=birthOn",
        "--map",
        "3=phone",
        "--source",
        "Facebook",
        "--tag",
        "Lớp tối",
        "--match",
        "phone",
    ];
    assert_eq!(desk.json(&options)["counts"]["new"], 1);
    let page = desk.json(&["show", "tran lan"]);
    let said =
        (&page["fields"]["birthOn"]["value"], &page["row"]["source"], &page["row"]["tags"][0]["label"]);
    assert_eq!(said, (&json!("2012-03-04"), &json!("Facebook"), &json!("Lớp tối")));
    // Only people who are here are changed.
    let more = folder.path().join("them.csv");
    std::fs::write(&more, "Họ tên,SĐT,Trường\nTrần Lan,0912345678,Lê Lợi\nLê Mới,0987654321,Lê Lai\n")
        .expect("written");
    let counts = &desk.json(&["import", more.to_str().expect("text"), "--mode", "update"])["counts"];
    assert_eq!((&counts["updated"], &counts["new"]), (&json!(1), &json!(0)));
    let (code, told) = desk.refusal(&["import", file, "--map", "Ai=shoeSize", "--dry-run"]);
    assert_eq!(code, "bad_argument");
    assert!(told.contains("fullName"), "{told}");
}

#[test]
fn lists_and_files_follow_views_filters_and_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = folder.path().join("a.csv");
    std::fs::write(&file, "Họ tên,Tình trạng\nTrần An,học thử\nLê Bình,mới\n").expect("written");
    desk.json(&["import", file.to_str().expect("text")]);
    assert_eq!(names(&desk.json(&["list", "--view", "dang hoc thu"])), ["Trần An"]);
    assert_eq!(names(&desk.json(&["list", "--view", "onTrial"])), ["Trần An"]);
    let filter = r#"{"is":"rule","field":"status","op":"is","value":["new"]}"#;
    assert_eq!(names(&desk.json(&["list", "--filter", filter])), ["Lê Bình"]);
    let out = folder.path().join("ra.csv");
    desk.json(&["export", out.to_str().expect("text"), "--view", "onTrial", "--columns", "fullName,status"]);
    let text = std::fs::read_to_string(&out).expect("written");
    assert!(text.contains("Trần An") && !text.contains("Lê Bình"), "{text}");
    let (code, told) = desk.refusal(&["list", "--branch", "Cà Mau"]);
    assert_eq!(code, "unknown_name");
    assert!(told.contains("Không có tên này"), "{told}");
}

#[test]
fn notes_tasks_history_and_undo_work_without_a_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = folder.path().join("a.csv");
    std::fs::write(&file, "Họ tên\nTrần An\n").expect("written");
    let import = desk.json(&["import", file.to_str().expect("text")]);
    desk.json(&["note", "tran an", "Hẹn thứ 5", "--kind", "call", "--outcome", "booked"]);
    desk.json(&["task", "tran an", "Gọi lại", "--in-days", "1"]);
    let told = String::from_utf8(desk.output(&["show", "tran an"]).stdout).expect("text");
    assert!(
        told.contains("Trần An\n") && told.contains("status: new\n") && told.contains("task: Gọi lại "),
        "{told}"
    );
    let page = desk.json(&["show", "tran an"]);
    assert_eq!((&page["timelineCounts"]["call"], &page["tasks"][0]["title"]), (&json!(1), &json!("Gọi lại")));
    let action =
        desk.json(&["edit", "tran an", "status=trial"])["action"].as_str().expect("an action").to_owned();
    let past = desk.json(&["history", "tran an", "--field", "status"]);
    assert_eq!(
        (&past["changes"][0]["change"]["after"], &past["statuses"][0]["from"]),
        (&json!("trial"), &json!("new"))
    );
    desk.json(&["undo", &action]);
    assert_eq!(desk.json(&["show", "tran an"])["row"]["status"], "new");
    // A job that a call starts is waited for.
    let undone = desk.json(&["call", "import.undo", &json!({ "import": import["id"] }).to_string()]);
    assert_eq!((&undone["kind"], &undone["state"]), (&json!("importUndo"), &json!("done")));
    // Who was worked with since stays.
    assert_eq!(desk.people(), 1);
}

#[test]
fn an_import_names_its_rows_and_writes_those_that_cannot_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let at = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (file, errors) = (at("a.csv"), at("loi.csv"));
    let sheet = "Họ tên,SĐT,Tình trạng,Cơ sở\nTrần An,0912345678,đang nghỉ hè,Q1\n,,,\n,,mới,Q1\n";
    std::fs::write(&file, sheet).expect("written");
    let options = [
        "import",
        &file,
        "--errors",
        &errors,
        "--value",
        "status:đang nghỉ hè=paused",
        "--value",
        "branch:Q1=Quận 1",
        "--map",
        "Cơ sở=branch",
    ];
    let dry: Vec<_> = options.iter().copied().chain(["--dry-run"]).collect();
    let told = String::from_utf8(desk.output(&dry).stdout).expect("text");
    assert!(told.contains("Dòng chưa dùng được / Rows that cannot be used: 1"), "{told}");
    assert!(told.contains("Không có tên / No name"), "{told}");
    assert_eq!(desk.people(), 0);
    let done = desk.json(&options);
    assert_eq!(done["lists"]["error"]["rows"][0]["line"], 4);
    let an = desk.json(&["show", "tran an"]);
    assert_eq!(an["row"]["status"], "paused");
    assert!(an["row"]["branch"].is_string());
    let text = std::fs::read_to_string(&errors).expect("written");
    assert!(text.contains("mới,Q1") && text.contains("Không có tên"), "{text}");
    std::fs::write(&errors, text.replace(",,mới", "Lê Bình,,mới")).expect("mended");
    assert_eq!(desk.json(&["import", &errors])["counts"]["new"], 1);
    let (code, told) = desk.refusal(&["import", &file, "--value", "status:mới=fresh", "--dry-run"]);
    assert_eq!(code, "bad_argument");
    assert!(told.contains("status không nhận “fresh”"), "{told}");
}

#[test]
fn a_device_is_called_as_its_machine_unless_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let device = |name: &str, options: &[&str]| {
        let desk = Desk::at(&folder.path().join(name));
        let create = ["create", "Sao Mai", "--owner", "Trần Thị Lan"];
        desk.json(&create.iter().chain(options).copied().collect::<Vec<_>>());
        let devices = desk.json(&["call", "device.list"]);
        devices[0]["name"].as_str().expect("a name").to_owned()
    };
    assert_eq!(device("a", &["--device", "Bàn 1"]), "Bàn 1");
    let machine = device("b", &[]);
    assert!(!machine.is_empty() && machine != "quen", "{machine}");
}

#[test]
fn what_is_written_bears_the_name_of_who_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let desk = founded_desk(folder.path());
    let staff = json!({ "do": "staff", "name": "Lê Thu Ửng", "branch": null, "role": "staff" });
    let edit =
        json!({ "edits": [{ "noun": "definition", "id": "0000000000000000000000000B", "edit": staff }] });
    desk.json(&["call", "edit", &edit.to_string()]);
    let file = folder.path().join("lop.csv");
    std::fs::write(&file, "Họ tên\nTrần An\n").unwrap();
    desk.json(&["import", file.to_str().unwrap()]);
    let (code, told) = desk.refusal(&["sign-in", "Lan Anh"]);
    assert!(code == "unknown_name" && told.contains("Lê Thu Ửng"), "{told}");
    desk.json(&["sign-in", "le thu ung"]);
    desk.json(&["edit", "Trần An", "level=A1"]);
    let history = desk.json(&["history", "Trần An", "--field", "level"]);
    assert_eq!(history["changes"][0]["staff"]["name"], "Lê Thu Ửng");
}

#[test]
fn a_reader_that_goes_before_the_end_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_with_people(folder.path(), None);
    let mut listing = desk.command(&["list", "--limit", "300"]);
    let mut child = listing.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn names_give_no_orders_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = folder.path().join("a.csv");
    std::fs::write(&file, "Họ tên\nTrần An\n").expect("written");
    desk.json(&["import", file.to_str().expect("text")]);
    let order = "An \u{1b}[2J\u{7}";
    desk.json(&["edit", "tran an", &format!("fullName={order}"), &format!("note={order}")]);
    desk.json(&["note", "an", order]);
    let id = desk.json(&["list"])["rows"][0]["id"].as_str().expect("an id").to_owned();
    for args in [&["list"][..], &["list", "--columns", "fullName"], &["show", &id], &["history", &id]] {
        let told = String::from_utf8(desk.output(args).stdout).expect("text");
        assert!(told.contains("An \\u{1b}[2J") && !told.contains(['\u{1b}', '\u{7}']), "{args:?}: {told}");
    }
    let exact = desk.json(&["list"])["rows"][0]["fullName"].clone();
    assert!(
        exact.as_str().is_some_and(|name| name.contains('\u{1b}')),
        "programs get what is there: {exact}"
    );
}
