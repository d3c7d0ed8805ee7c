//! Devices and a relay that are killed in the middle of their work.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::desk::{Desk, Relay, until};

/// People of a sheet: several commits of an import, several chunks of a push.
const PEOPLE: u64 = 3_000;

/// A sheet of people, most without phone and e-mail: nothing but the import itself can tell them apart.
fn sheet(folder: &Path) -> PathBuf {
    let mut text = "Họ tên,Điện thoại,Ghi chú\n".to_owned();
    for number in 0..PEOPLE {
        let phone = if number % 10 == 0 { format!("0912{number:06}") } else { String::new() };
        text.push_str(&format!("Trần Thị Số {number},{phone},học viên số {number}\n"));
    }
    let file = folder.join("hoc-vien.csv");
    std::fs::write(&file, text).expect("written");
    file
}

/// Starts an import and kills it between two commits of its run.
fn import_killed(desk: &Desk, file: &str) {
    let mut command = desk.command(&["import", file]);
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut errors = process.stderr.take().expect("piped");
    let (mut seen, mut buffer) = (String::new(), [0; 256]);
    // Lines of the check say `importCheck`, those of the run `import`.
    let is_running = |seen: &str| {
        let done =
            seen.lines().filter_map(|line| line.strip_prefix("import: ")?.split(" / ").next()?.parse().ok());
        done.max().unwrap_or(0_u64) > 0
    };
    until("rows of the run", || {
        let count = errors.read(&mut buffer).expect("readable");
        assert!(count > 0, "the import ended before it could be killed: {seen}");
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
        is_running(&seen)
    });
    process.kill().expect("it can be killed");
    process.wait().expect("it ends");
}

#[test]
fn import_that_was_killed_goes_on_without_doubles() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(None);
    let file = sheet(folder.path());
    let file = file.to_str().expect("text");
    import_killed(&desk, file);
    let before = desk.people();
    assert!(before > 0 && before < PEOPLE, "{before} people: it was killed in the middle");
    let done = desk.json(&["import", file]);
    assert_eq!((done["state"].as_str(), done["rowsDone"].as_u64()), (Some("done"), Some(PEOPLE)));
    assert_eq!(desk.people(), PEOPLE);
    assert_eq!(desk.json(&["list", "Trần Thị Số 2999"])["total"], 1);
    let shown = desk.shows();
    desk.json(&["rebuild"]);
    assert_eq!(desk.shows(), shown, "rebuilt, it shows the same");
}

#[test]
fn killed_and_wiped_relay_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut relay = Relay::start(&at("relay"));
    let (a, b, c) = (Desk::at(&at("a")), Desk::at(&at("b")), Desk::at(&at("c")));
    a.create(Some(&relay.url));
    a.admit(&b);
    a.admit(&c);
    let file = sheet(folder.path());
    a.json(&["import", file.to_str().expect("text")]);

    // The relay dies in the middle of the push; so does the device, which cannot know what arrived.
    let before = relay.chunks();
    let mut push = a.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    until("the first chunks at the relay", || relay.chunks() > before);
    let held = relay.chunks();
    relay.kill();
    push.kill().expect("it can be killed");
    push.wait().expect("it ends");
    relay.restart();
    assert!(relay.chunks() >= held, "what was committed before the crash is there after it");
    b.sync();
    assert!(b.people() > 0, "what was acknowledged before the crash is there after it");
    a.sync();
    for desk in [&b, &c] {
        desk.sync();
        assert_eq!(desk.people(), PEOPLE);
    }

    // Each edits what the others do not have yet, and the relay forgets everything.
    for (desk, number) in [(&a, "11"), (&b, "12"), (&c, "11")] {
        let id = desk.json(&["list", &format!("Trần Thị Số {number}"), "--limit", "1"]);
        let id = id["rows"][0]["id"].as_str().expect("an id").to_owned();
        desk.json(&["edit", &id, "school=THCS Trưng Vương", &format!("note=của máy {number}")]);
    }
    relay.kill();
    relay.wipe();
    relay.restart();
    for desk in [&a, &b, &c, &a, &b, &c] {
        desk.sync();
    }
    let late = Desk::at(&at("late"));
    a.admit(&late);
    late.sync();
    for desk in [&a, &b, &c] {
        desk.sync();
    }
    let shown = a.shows();
    for (name, desk) in [("b", &b), ("c", &c), ("late", &late)] {
        assert_eq!(desk.people(), PEOPLE, "{name}");
        assert_eq!(desk.shows(), shown, "{name} shows what a shows");
    }
}
