//! A recovery kit: the founder's folder is gone, and the centre comes back from paper and the relay.

use std::{io::Write, process::Stdio};

use serde_json::{Value, json};

use crate::{
    desk::{Desk, PEOPLE, Relay, desk_with_people},
    pretender::relay_that,
};
use wire::protocol::{Fault, FaultCode, Response};

/// Everybody, as a file for other programs.
fn everybody(desk: &Desk, file: &std::path::Path) -> Value {
    desk.json(&["export", file.to_str().expect("text")]);
    let mut all: Value = serde_json::from_slice(&std::fs::read(file).expect("written")).expect("JSON");
    all.as_array_mut().expect("people").sort_by_key(Value::to_string);
    all
}

fn kit_of(desk: &Desk) -> Value {
    let kit = desk.json(&["kit"]);
    assert_eq!(kit["isReady"], true, "{kit}");
    kit
}

fn text(kit: &Value) -> &str {
    kit["kit"].as_str().expect("text")
}

#[test]
fn centre_comes_back_when_its_only_device_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let relay = Relay::start(&at("relay"));
    let founder = desk_with_people(folder.path(), Some(&relay.url));
    let kit = kit_of(&founder);
    assert!(text(&kit).starts_with("quenkit1:"));
    // A branch that is added later comes along.
    let branch = json!({ "do": "branch", "name": "Gò Vấp" });
    let edit =
        json!({ "edits": [{ "noun": "definition", "id": "0000000000000000000000000B", "edit": branch }] });
    founder.json(&["call", "edit", &edit.to_string()]);
    founder.sync();
    let file = at("them.csv");
    std::fs::write(&file, "Họ tên,SĐT\nLê Thu Ửng,0912345678\n").expect("written");
    founder.json(&["import", file.to_str().expect("text"), "--branch", "Gò Vấp"]);
    founder.json(&["note", "thu ung", "Hẹn thứ 5", "--kind", "call"]);
    founder.sync();
    let before = everybody(&founder, &at("before.json"));
    std::fs::remove_dir_all(&founder.folder).expect("the laptop is gone");

    let new = Desk::at(&at("b"));
    // As it is typed off paper.
    let (scheme, rest) = text(&kit).split_at("quenkit1:".len());
    let groups: Vec<_> =
        rest.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).to_uppercase()).collect();
    let mut args = vec!["recover", scheme];
    args.extend(groups.iter().map(String::as_str));
    args.extend(["--device", "Máy mới"]);
    let session = new.json(&args);
    assert_eq!((&session["stage"], &session["role"]), (&json!("ready"), &json!("owner")), "{session}");
    assert_eq!((&session["centre"], &session["deviceName"]), (&json!("Sao Mai"), &json!("Máy mới")));
    assert_eq!(session["kit"], "used", "{session}");
    assert_eq!(session["branches"].as_array().map(Vec::len), Some(2));
    assert_eq!(new.people(), PEOPLE + 1);
    assert_eq!(everybody(&new, &at("after.json")), before);
    assert_eq!(new.json(&["show", "thu ung"])["timelineCounts"]["call"], 1);

    // Everybody sees the kit among the devices, and who came by it.
    let devices = new.json(&["call", "device.list"]);
    let listed =
        |id: &Value| devices.as_array().expect("devices").iter().find(|device| device["id"] == *id).cloned();
    let paper = listed(&kit["id"]).expect("the kit is listed");
    assert!(paper["kitMadeAtMs"].is_number() && paper["kitUsedAtMs"].is_number(), "{paper}");
    assert!(devices[0]["isThis"] == true && devices[0]["kitUsedAtMs"].is_number(), "{devices}");

    // It goes on: another device comes in, both show the same, and the next kit lies ready.
    new.json(&["edit", "thu ung", "level=A1"]);
    let other = Desk::at(&at("c"));
    new.admit(&other);
    new.sync();
    other.sync();
    assert_eq!(new.shows(), other.shows());
    let next = kit_of(&new);
    assert_ne!(text(&next), text(&kit));
    assert_eq!(new.json(&["call", "session.get"])["kit"], "ready");
}

#[test]
fn one_kit_in_two_places_at_once_makes_two_devices() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let relay = Relay::start(&at("relay"));
    let founder = desk_with_people(folder.path(), Some(&relay.url));
    let kit = kit_of(&founder);
    founder.sync();
    let desks = [Desk::at(&at("b")), Desk::at(&at("c"))];
    let running: Vec<_> = desks
        .iter()
        .map(|desk| {
            let mut recover = desk.command(&["--json", "recover", "-"]);
            let mut process = recover.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("starts");
            let mut input = process.stdin.take().expect("piped");
            input.write_all(text(&kit).as_bytes()).expect("written");
            process
        })
        .collect();
    for mut process in running {
        assert!(process.wait().expect("it ends").success());
    }
    for (number, desk) in desks.iter().enumerate() {
        desk.json(&["edit", &format!("so 10{number}"), "level=A1"]);
        desk.sync();
    }
    for desk in desks.iter().chain([&founder]) {
        let told = desk.sync();
        assert!(told["notice"].is_null() && told["quarantined"] == 0 && told["heldBack"] == 0, "{told}");
    }
    assert_eq!(desks[0].shows(), desks[1].shows());
    assert_eq!(desks[0].shows(), founder.shows());
    let devices = founder.json(&["call", "device.list"]);
    assert_eq!(devices.as_array().map(Vec::len), Some(4), "the founder, the kit, and both: {devices}");
}

#[test]
fn what_keeps_a_kit_from_opening_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut relay = Relay::start(&at("relay"));
    let founder = desk_with_people(folder.path(), Some(&relay.url));
    let kit = kit_of(&founder);
    let kit = text(&kit);
    let empty = Desk::at(&at("b"));
    let refused = |args: &[&str], code: &str, english: &str, vietnamese: &str| {
        let (found, told) = empty.refusal(args);
        assert_eq!(found, code, "{told}");
        assert!(told.contains(english) && told.contains(vietnamese), "{told}");
    };
    refused(&["recover", &kit[..60]], "bad_kit", "Check each group", "Xem lại từng nhóm");
    let newer = kit.replace("kit1", "kit2");
    refused(&["recover", &newer], "kit_newer", "Update Quen", "cập nhật Quen");
    refused(&["join", kit], "invite_is_kit", "quen recover", "quen recover");
    let made = founder.json(&["invite", "--role", "staff", "--branch", "Quận 1"]);
    let invite = made["invite"].as_str().expect("text");
    refused(&["recover", invite], "kit_is_invite", "quen join", "quen join");
    let other = Relay::start(&at("other"));
    let elsewhere = ["recover", kit, "--relay", &other.url];
    refused(&elsewhere, "kit_no_centre", "Check the address", "kiểm tra địa chỉ");
    relay.kill();
    refused(&["recover", kit], "kit_relay_unreachable", "Check the network", "Kiểm tra mạng");
    let version =
        relay_that(|_| Response::Fault(Fault::new(FaultCode::UnsupportedVersion, "another version")));
    refused(&["recover", kit, "--relay", &version], "relay_version", "Update the older", "cập nhật bên cũ");
    assert_eq!(empty.json(&["call", "session.get"])["stage"], "fresh", "it is as it was");
    relay.restart();
    empty.json(&["recover", kit]);
    refused(&["recover", kit], "has_workspace", "another data folder", "thư mục dữ liệu khác");
    let (code, _) = founder.refusal(&["recover", kit]);
    assert_eq!(code, "has_workspace");
}

#[test]
fn kit_is_for_owners_who_have_met_their_relay() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let relay = Relay::start(&at("relay"));
    let (owner, manager) = (Desk::at(&at("a")), Desk::at(&at("b")));
    owner.create(None);
    let (code, _) = owner.refusal(&["kit"]);
    assert_eq!(code, "no_relay");
    owner.json(&["sync", "--relay", &relay.url]);
    owner.admit(&manager);
    let (code, _) = manager.refusal(&["kit"]);
    assert_eq!(code, "not_allowed");
    let told = String::from_utf8(owner.output(&["kit"]).stdout).expect("text");
    assert!(
        told.contains("kit: quenkit1:") && told.contains("cất vào két") && told.contains("in a safe"),
        "{told}"
    );

    // The code lies nowhere: not in what is kept, not in what is logged.
    let code = told.lines().find_map(|line| line.strip_prefix("kit: ")).expect("a kit");
    let logged = owner.command(&["--json", "kit"]).env("RUST_LOG", "trace").output().expect("it runs");
    let again = crate::desk::last_json(&logged.stdout);
    let errors = String::from_utf8_lossy(&logged.stderr);
    for secret in [code, text(&again)] {
        assert!(!errors.contains(&secret["quenkit1:".len() + 20..]), "logged");
    }
}
