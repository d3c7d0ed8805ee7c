//! Commands that would do less or something else than they say, and so are refused before anything is done.

use serde_json::json;

use crate::{
    bad_input::enter,
    desk::{Desk, founded_desk},
    remedies::refused,
};

#[test]
fn a_misspelt_key_neither_takes_the_relay_away_nor_clears_a_field_nor_chooses_everybody() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some("http://127.0.0.1:9"));
    enter(&desk, folder.path(), "Trần Lan");
    desk.json(&["edit", "tran lan", "level=Movers"]);
    let relay = || desk.json(&["call", "sync.status"])["relayUrl"].clone();
    for args in ["{}", r#"{"relayUrl":"http://127.0.0.1:8"}"#, r#"{"url":null,"uri":"http://127.0.0.1:8"}"#] {
        refused(&desk, &["call", "relay.set", args], "bad_argument", "Tham số không hợp lệ cho relay.set");
        assert_eq!(relay(), "http://127.0.0.1:9", "{args}");
    }
    let person = desk.json(&["list", "--limit", "1"])["rows"][0]["id"].clone();
    let edit = json!({ "do": "set", "field": "level", "valeu": "Flyers" });
    let edits = json!({ "edits": [{ "noun": "contact", "id": person, "edit": edit }] }).to_string();
    refused(&desk, &["call", "edit", &edits], "bad_argument", "valeu");
    assert_eq!(desk.json(&["show", "tran lan"])["fields"]["level"]["value"], "Movers");
    let everybody = json!({ "which": "matching", "view": { "serach": "lan" }, "except": [] });
    let bulk = json!({ "selection": everybody, "change": { "do": "delete" } }).to_string();
    refused(&desk, &["call", "bulk.run", &bulk], "bad_argument", "serach");
    assert_eq!(desk.people(), 1);
    desk.json(&["call", "relay.set", r#"{"url":null}"#]);
    assert!(relay().is_null());
}

#[test]
fn an_invite_waits_for_a_fingerprint_and_for_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some("http://127.0.0.1:9"));
    for garbage in ["garbage", "", "1234"] {
        let (code, told) = desk.refusal(&["invite", "--approve", garbage]);
        assert_eq!(code, "bad_argument");
        assert!(told.contains("give the 20 digits") && told.contains("viết 20 chữ số"), "{told}");
    }
    assert_eq!(desk.json(&["call", "invite.list"]), json!([]), "nothing was made");
    let invite = desk.json(&["call", "invite.make", r#"{"role":"staff","branches":[]}"#]);
    assert!(invite["text"].as_str().is_some_and(|text| text.starts_with("quen1:")), "as the guides write it");
}

#[test]
fn nobody_is_left_without_anything_by_which_to_be_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    enter(&desk, folder.path(), "Trần Lan");
    let id = desk.json(&["list", "--limit", "1"])["rows"][0]["id"].as_str().expect("an id").to_owned();
    refused(&desk, &["edit", &id, "fullName="], "bad_field", "fullName: Có chỗ không được để trống");
    desk.json(&["edit", &id, "fullName=", "phone=0912345678"]);
    refused(&desk, &["edit", &id, "phone="], "bad_field", "fullName: Có chỗ không được để trống");
    desk.json(&["edit", &id, "phone=", "fullName=Trần Lan"]);
    refused(&desk, &["note", &id, " "], "required", "không được để trống");
    desk.json(&["note", &id, "", "--kind", "call", "--outcome", "noAnswer"]);
}

#[test]
fn two_branches_of_one_name_found_no_centre() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(folder.path());
    let create =
        ["create", "Sao Mai", "--owner", "Trần Thị Lan", "--branch", "Quận 1", "--branch", "quan 1 "];
    refused(&desk, &create, "name_twice", "trùng tên");
    assert_eq!(desk.json(&["call", "session.get"])["stage"], "fresh");
}

#[test]
fn an_import_is_not_read_in_a_way_that_the_file_does_not_have() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    let file = folder.path().join("a.csv");
    std::fs::write(&file, "Họ tên,SĐT\nTrần An,0912345678\nLê Bình,0987654321\n").expect("written");
    let file = file.to_str().expect("text");
    refused(&desk, &["import", file, "--header-row", "99"], "no_header_row", "Không có dòng số này");
    refused(&desk, &["import", file, "--encoding", "utf-16le"], "wrong_encoding", "không có nghĩa");
    refused(&desk, &["import", file, "--encoding", "utf-16be"], "wrong_encoding", "không có nghĩa");
    refused(&desk, &["import", file, "--sheet", "Lớp tối"], "unknown_sheet", "không có trang tính");
    assert_eq!(desk.people(), 0);
    desk.json(&["import", file, "--header-row", "1", "--encoding", "utf-8"]);
    assert_eq!(desk.people(), 2);
}

#[test]
fn screens_that_are_not_there_are_not_served_and_nobody_else_is_let_in_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = founded_desk(folder.path());
    refused(&desk, &["serve", "--ui", "/nonexistent"], "no_screens", "Không có màn hình");
    let (code, told) = desk.refusal(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(code, "not_loopback");
    assert!(told.matches("--i-know-others-can-reach-it").count() == 2, "{told}");
}
