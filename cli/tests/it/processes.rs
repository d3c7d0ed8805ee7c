//! Devices and a relay that are killed in the middle of their work.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
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
        text.push_str(&format!("Trần Thị Số {number},{phone},học viên {}\n", long_note(number)));
    }
    let file = folder.join("hoc-vien.csv");
    std::fs::write(&file, text).expect("written");
    file
}

/// Words that no compression makes short, so that the people of a sheet are more than one put to the relay carries.
fn long_note(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let letters = (0..2_000).map(|_| {
        // Xorshift: the same for every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b"abcdefghijklmnop qrstuvwxyz0123456789"[(state % 37) as usize])
    });
    letters.collect()
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

/// A line to the relay on which questions always pass, and answers only while `goes_on`: what was committed when it
/// ended is never acknowledged.
fn line_without_answers(relay: &str, goes_on: impl Fn() -> bool + Send + Sync + Clone + 'static) -> String {
    let relay = relay.rsplit('/').next().expect("an address").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for near in listener.incoming().flatten() {
            let far = TcpStream::connect(&relay).expect("the relay listens");
            let (near_too, far_too) = (near.try_clone().expect("a copy"), far.try_clone().expect("a copy"));
            let goes_on = goes_on.clone();
            std::thread::spawn(move || pass(near, far, || true));
            std::thread::spawn(move || pass(far_too, near_too, goes_on));
        }
    });
    url
}

/// Hands on what comes while `goes_on`; then keeps the line open and silent until the sender leaves.
fn pass(mut from: TcpStream, mut to: TcpStream, goes_on: impl Fn() -> bool) {
    let (mut buffer, mut is_open) = ([0; 65_536], true);
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        is_open = is_open && goes_on();
        if is_open && to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
}

/// Starts a push over a line that falls silent with its first chunks, and kills the relay and the device there.
fn push_killed(desk: &Desk, relay: &mut Relay) {
    let before = relay.chunks();
    let count = relay.counter();
    let url = line_without_answers(&relay.url, move || count() == before);
    let mut push = desk.command(&["sync", "--relay", &url]);
    let mut push = push.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    until("the first chunks at the relay", || relay.chunks() > before);
    let held = relay.chunks();
    relay.kill();
    push.kill().expect("it can be killed");
    push.wait().expect("it ends");
    relay.restart();
    assert!(relay.chunks() >= held, "what was committed before the crash is there after it");
}

#[test]
fn killed_devices_and_a_killed_and_wiped_relay_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut relay = Relay::start(&at("relay"));
    let (a, b, c) = (Desk::at(&at("a")), Desk::at(&at("b")), Desk::at(&at("c")));
    a.create(Some(&relay.url));
    a.admit(&b);
    a.admit(&c);

    // The device dies in the middle of the import.
    let file = sheet(folder.path());
    let file = file.to_str().expect("text");
    import_killed(&a, file);
    a.json(&["import", file]);
    assert_eq!(a.people(), PEOPLE, "every row once");

    // The relay dies in the middle of the push; so does the device, which cannot know what arrived.
    push_killed(&a, &mut relay);
    b.sync();
    let arrived = b.people();
    assert!(arrived > 0 && arrived < PEOPLE, "{arrived} people: it was killed in the middle");
    a.json(&["sync", "--relay", &relay.url, "--timeout-s", "120"]);
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
    all_equal(&[&a, &b, &c], &at("late"));
}

/// The devices, and one more that joins last and has everything from the relay, show the same.
fn all_equal(desks: &[&Desk; 3], late: &Path) {
    let late = Desk::at(late);
    desks[0].admit(&late);
    late.sync();
    for desk in desks {
        desk.sync();
    }
    let shown = desks[0].shows();
    for (number, desk) in desks.iter().copied().chain([&late]).enumerate() {
        assert_eq!(desk.people(), PEOPLE, "device {number}");
        assert_eq!(desk.shows(), shown, "device {number} shows what the first shows");
    }
}
