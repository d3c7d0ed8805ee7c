//! What goes wrong on one machine: each has a code for programs and a sentence in both languages for people.

use std::path::Path;

use crm::{
    api::{self, Transport},
    app::App,
};
use serde_json::{Value, json};

use crate::{
    desk::{Desk, Relay, founded_desk},
    remedies::refused,
};

fn note(app: &App, text: &str) -> Result<Value, crm::app::ApiError> {
    let people = api::call(
        app,
        Transport::CommandLine,
        "contact.list",
        json!({ "view": { "search": "" }, "offset": 0, "limit": 1 }),
    )?;
    let edit = json!({ "do": "set", "field": "note", "value": text });
    let edits = json!({ "edits": [{ "noun": "contact", "id": people["rows"][0]["id"], "edit": edit }] });
    api::call(app, Transport::CommandLine, "edit", edits)
}

pub(crate) fn enter(desk: &Desk, folder: &Path, name: &str) {
    let file = folder.join(format!("{name}.csv"));
    std::fs::write(&file, format!("Họ tên\n{name}\n")).expect("written");
    desk.json(&["import", file.to_str().expect("text")]);
}

/// Copies a database that nobody has open, with its log of writes; what stood there goes.
fn copy_database(from: &Path, to: &Path) {
    for part in ["quen.db", "quen.db-wal", "quen.db-shm"] {
        let _old = std::fs::remove_file(to.join(part));
        if from.join(part).is_file() {
            std::fs::copy(from.join(part), to.join(part)).expect("copied");
        }
    }
}

#[test]
fn wrong_passphrase_is_told_and_harms_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    refused(&desk.with_passphrase("sao hôm"), &["list"], "wrong_passphrase", "Mật khẩu không đúng");
    assert_eq!(desk.people(), 0);
}

#[test]
fn damaged_file_of_keys_is_told_apart_from_a_wrong_passphrase() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = desk.folder.join("keys.sealed");
    let whole = std::fs::read(&file).expect("readable");
    let mut newer = whole.clone();
    newer[3] = 9;
    for (what, bytes, code) in [
        ("empty", &[][..], "keys_damaged"),
        ("cut in its head", &whole[..40], "keys_damaged"),
        ("cut by a byte", &whole[..whole.len() - 1], "keys_damaged"),
        ("something else", b"a letter to my grandmother, not a key at all, and rather long", "keys_damaged"),
        ("of a newer program", &newer, "database_newer"),
    ] {
        std::fs::write(&file, bytes).expect("written");
        refused(&desk, &["list"], code, if code == "keys_damaged" { "Tệp khoá" } else { "mới hơn" });
        assert_eq!(std::fs::read(&file).expect("readable"), bytes, "{what}: it is left as it is");
    }
    std::fs::write(&file, &whole).expect("written");
    refused(&desk.with_passphrase("sao hôm nay"), &["list"], "wrong_passphrase", "Mật khẩu không đúng");
    assert_eq!(desk.people(), 0);
}

#[test]
fn second_instance_is_told_to_close_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let first = desk.open();
    refused(&desk, &["list"], "folder_in_use", "đóng nó");
    drop(first);
    assert_eq!(desk.people(), 0);
}

#[test]
fn database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let set_version = |app: &App, version: i64| {
        app.write(|replica| {
            let conn = replica.engine.conn_mut();
            conn.pragma_update(None, "user_version", version).expect("written");
            Ok(())
        })
        .expect("the device is ready");
    };
    set_version(&desk.open(), 99);
    refused(&desk, &["list"], "database_newer", "cập nhật");
}

#[test]
fn damaged_database_is_told_and_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = desk.folder.join("quen.db");
    let damaged = vec![7; 8_192];
    for part in ["quen.db-wal", "quen.db-shm"] {
        // A clean end leaves none.
        let _gone = std::fs::remove_file(desk.folder.join(part));
    }
    std::fs::write(&file, &damaged).expect("written");
    refused(&desk, &["list"], "database_unreadable", "tham gia lại");
    assert_eq!(std::fs::read(&file).expect("readable"), damaged);
}

#[test]
fn full_disk_refuses_the_edit_and_keeps_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    enter(&desk, folder.path(), "Trần Lan");
    let app = desk.open();
    let room = |pages: i64| {
        app.write(|replica| {
            let conn = replica.engine.conn_mut();
            conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).expect("set");
            Ok(())
        })
        .expect("the device is ready");
    };
    room(1);
    let long = |number: u32| format!("{number} {}", "dài ".repeat(120));
    let error = (0..400).find_map(|number| note(&app, &long(number)).err()).expect("the disk fills up");
    assert_eq!(error.code, "disk_full");
    room(1_000_000);
    note(&app, "có chỗ rồi").expect("there is room again");
    drop(app);
    assert_eq!(desk.people(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn folder_that_cannot_be_written_is_told() {
    refused(&Desk::at(Path::new("/proc/quen")), &["list"], "folder_not_writable", "Không ghi được");
}

#[test]
fn restored_database_goes_on_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let (a, b) = (Desk::at(&folder.path().join("a")), Desk::at(&folder.path().join("b")));
    a.create(Some(&relay.url));
    a.admit(&b);
    enter(&a, folder.path(), "Trần Một");
    a.sync();
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).expect("made");
    copy_database(&a.folder, &copy);
    enter(&a, folder.path(), "Trần Hai");
    a.sync();
    copy_database(&copy, &a.folder);
    enter(&a, folder.path(), "Trần Ba");
    a.sync();
    b.sync();
    a.sync();
    assert_eq!((a.people(), b.people()), (3, 3));
    assert_eq!(a.shows(), b.shows());
    let status = b.json(&["call", "sync.status"]);
    assert_eq!((status["quarantined"].as_u64(), status["heldBack"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn malformed_invites_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(folder.path());
    for invite in ["", "xin chào", "quen:", "https://relay.example/#AAAA", "\u{0}\u{ffff}"] {
        if !invite.contains('\u{0}') {
            refused(&desk, &["join", invite], "bad_invite", "Lời mời không đúng");
        }
    }
}

#[test]
fn files_that_are_no_lists_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let cases: [(&str, &[u8], &str); 3] = [
        ("trong.csv", b"", "file_empty"),
        ("hong.xlsx", b"PK\x03\x04 but no sheet at all", "file_damaged"),
        ("cut.xlsx", &[0x50, 0x4b, 0x03, 0x04], "file_damaged"),
    ];
    for (name, bytes, code) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        refused(&desk, &["import", file.to_str().expect("text")], code, "ệp");
    }
    let missing = folder.path().join("khong-co.csv");
    refused(&desk, &["import", missing.to_str().expect("text")], "file_missing", "Không có tệp");
    assert_eq!(desk.people(), 0);
}

#[test]
fn calls_that_do_not_exist_or_do_not_fit_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    refused(&desk, &["call", "contact.explode"], "unknown_call", "Không có lệnh gọi");
    refused(&desk, &["call", "contact.get", "not json"], "bad_argument", "không phải JSON");
    for args in ["[]", "7", "{\"id\":5}", "{\"id\":\"\"}", "{\"id\":\"zzz\"}"] {
        let vietnamese = "Tham số không hợp lệ cho contact.get";
        refused(&desk, &["call", "contact.get", args], "bad_argument", vietnamese);
    }
    refused(
        &desk,
        &["call", "contact.get", "{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}"],
        "not_found",
        "Không tìm thấy",
    );
    refused(&desk, &["sync"], "no_relay", "Chưa có địa chỉ");
    refused(&desk, &["sync", "--relay", "không phải địa chỉ"], "bad_address", "không đúng");
}

#[test]
fn what_is_empty_is_told_to_be_empty_and_not_too_long() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    let nameless = ["create", " ", "--owner", "Trần Thị Lan", "--branch", "Quận 1"];
    refused(&desk, &nameless, "required", "không được để trống");
    let long = "a".repeat(200);
    refused(&desk, &["create", "Sao Mai", "--owner", &long], "too_long", "Chữ quá dài");
    desk.create(None);
    enter(&desk, folder.path(), "Trần Lan");
    refused(&desk, &["task", "tran lan", " "], "required", "không được để trống");
    refused(&desk, &["task", "tran lan", &"dài ".repeat(200)], "too_long", "Chữ quá dài");
    refused(&desk, &["call", "device.rename", r#"{"name":""}"#], "required", "không được để trống");
}

#[test]
fn a_wrong_argument_is_named_with_what_is_right_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    enter(&desk, folder.path(), "Trần Lan");
    let told = |args: &[&str], code: &str| {
        let (found, told) = desk.refusal(args);
        assert_eq!(found, code, "{told}");
        told
    };
    for (pair, english, vietnamese) in [
        ("level", "level is not field=value", "“level” không phải là trường=giá trị"),
        (
            "shoeSize=41",
            "there is no field shoeSize; there are: fullName",
            "Không có trường shoeSize; có: fullName",
        ),
        ("status=happy", "status does not take happy; it takes: new", "status không nhận “happy”; dùng: new"),
        (
            "owner=Ai Đó",
            "there is no member of staff Ai Đó; there are: Trần Thị Lan",
            "nhân viên: Ai Đó; có: Trần Thị Lan",
        ),
        ("custom:Giày=41", "there is no field Giày of your own", "Chưa có trường riêng Giày"),
    ] {
        let code = if pair.starts_with("owner") { "unknown_name" } else { "bad_argument" };
        let told = told(&["edit", "tran lan", pair], code);
        assert!(told.contains(english) && told.contains(vietnamese), "{pair}: {told}");
    }
    let told = told(&["edit", "tran lan", "birthOn=hôm qua"], "bad_field");
    assert!(
        told.contains("birthOn: Not a date; write it as") && told.contains("birthOn: Không phải ngày"),
        "{told}"
    );
    desk.json(&["edit", "tran lan", "phone=0912345678", "owner=tran thi lan", "birthOn=09/03/2012"]);
    let page = desk.json(&["show", "tran lan"]);
    assert_eq!(page["row"]["phone"], "+84912345678");
    assert_eq!(page["fields"]["birthOn"]["value"], "2012-03-09");
}

#[test]
fn words_that_are_no_command_are_told_in_both_languages_and_to_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(folder.path());
    let output = desk.output(&["import", "a.csv", "--mode", "merge"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).expect("text");
    assert!(told.contains("invalid value 'merge'") && told.contains("không nhận “merge”"), "{told}");
    let output = desk.output(&["--json", "import"]);
    let told = String::from_utf8(output.stderr).expect("text");
    let error: Value = serde_json::from_str(told.trim()).expect("JSON");
    assert_eq!(error["code"], "bad_argument");
    assert!(error["messageVi"].as_str().is_some_and(|text| text.contains("Thiếu <FILE>")), "{told}");
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_told_in_both_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(folder.path());
    let bytes: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff\xfe");
    for json in [&["list"][..], &["--json", "list"]] {
        let output = desk.command(json).arg(bytes).output().expect("the program starts");
        let told = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("set the terminal to UTF-8") && told.contains("ở UTF-8 rồi gõ lại"), "{told}");
    }
}

#[test]
fn errors_for_programs_say_their_code_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let output = desk.output(&["--json", "call", "contact.get", "{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}"]);
    let told = String::from_utf8(output.stderr).expect("text");
    assert_eq!(told.matches("not_found").count(), 1, "{told}");
}

#[test]
fn a_new_device_takes_no_passphrase_that_keeps_nobody_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    for short in ["", "ngắn", "        "] {
        refused(&desk.with_passphrase(short), &["list"], "passphrase_short", "Mật khẩu quá ngắn");
    }
    assert!(!desk.folder.join("quen.db").exists() && !desk.folder.join("keys.sealed").exists());
    desk.create(None);
}

#[test]
fn calls_that_ask_for_too_much_are_told_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    enter(&desk, folder.path(), "Trần Lan");
    let app = desk.open();
    let call = |name: &str, args: Value| api::call(&app, Transport::CommandLine, name, args);
    let pasted = json!({ "pasted": format!("Họ tên,Ghi chú\nLê An,{}\n", "dài ".repeat(30_000)) });
    let draft = call("import.open", pasted).expect("cells are the content of a file");
    let mut mapping = draft["mapping"].clone();
    mapping["values"] = json!({ "status": { "w": "x".repeat(90_000) } });
    for word in 0..12 {
        mapping["values"]["status"][word.to_string()] = json!("x".repeat(90_000));
    }
    let deep = (0..9).fold(json!({ "is": "all", "of": [] }), |of, _| json!({ "is": "not", "of": of }));
    let view = |view: Value| json!({ "view": view, "offset": 0, "limit": 1 });
    let ids = vec!["01ARZ3NDEKTSV4RRFFQ69G5FAV"; 100_001];
    let these = json!({ "which": "these", "ids": ids });
    let columns = vec!["fullName"; 201];
    let nobody = json!({ "which": "these", "ids": [] });
    for (name, args, code, what) in [
        ("contact.search", json!({ "text": "a".repeat(100_001), "limit": 5 }), "too_long", "text"),
        ("contact.search", json!({ "text": "lan ".repeat(51), "limit": 5 }), "too_long", "search"),
        ("contact.list", view(json!({ "search": "lan ".repeat(51) })), "too_long", "search"),
        ("contact.list", view(json!({ "filter": deep })), "too_many", "filterDepth"),
        ("contact.list", view(json!({ "columns": columns })), "too_many", "columns"),
        ("bulk.count", json!({ "selection": these }), "too_many", "people"),
        ("export.run", json!({ "selection": these, "format": "csv", "columns": [] }), "too_many", "people"),
        (
            "export.run",
            json!({ "selection": nobody, "format": "csv", "columns": columns }),
            "too_many",
            "columns",
        ),
        ("import.check", json!({ "import": draft["id"], "mapping": mapping }), "too_many", "bytes"),
    ] {
        let error = call(name, args).expect_err(name);
        assert_eq!((error.code.as_str(), error.fields[what].as_str()), (code, code), "{name}: {error:?}");
    }
    let error = note(&app, &"x".repeat(100_001)).expect_err("no text is that long");
    assert_eq!(error.code, "too_long");
    drop(app);
    assert_eq!(desk.people(), 1);
    let search = json!({ "text": "lan ".repeat(51), "limit": 5 }).to_string();
    refused(&desk, &["call", "contact.search", &search], "too_long", "search: Chữ quá dài; hãy rút ngắn");
}

#[test]
fn what_happened_takes_the_kinds_and_outcomes_that_are_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    enter(&desk, folder.path(), "Trần Lan");
    for (option, wrong, known) in [("--kind", "pigeon", "facebook"), ("--outcome", "happy", "wrongNumber")] {
        let output = desk.output(&["note", "tran lan", "Hẹn", option, wrong]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).expect("text");
        assert!(told.contains(&format!("không nhận “{wrong}”")) && told.contains(known), "{told}");
    }
    let list = desk.json(&["list", "--limit", "1"]);
    let edit = |kind: &str, outcome: &str| {
        let record = json!({ "do": "record", "kind": kind, "outcome": outcome, "body": "Hẹn" });
        let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        let edit =
            json!({ "noun": "interaction", "contact": list["rows"][0]["id"], "id": id, "edit": record });
        json!({ "edits": [edit] }).to_string()
    };
    let vietnamese = |field: &str| format!("{field}: Không có lựa chọn này");
    refused(&desk, &["call", "edit", &edit("pigeon", "booked")], "bad_field", &vietnamese("kind"));
    refused(&desk, &["call", "edit", &edit("call", "happy")], "bad_field", &vietnamese("outcome"));
    desk.json(&["note", "tran lan", "Hẹn", "--kind", "call", "--outcome", "booked"]);
}
