//! What a relay's disk and its log hold after a real run: nothing of what was written about people.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::desk::{Desk, relay_program};

/// What is written at the device, each rare enough to be found nowhere by chance.
const WORDS: [&str; 7] = [
    "Nguyễn Thị Kỳ Duyên",
    "Kỳ Duyên",
    "0987654321",
    "+84987654321",
    "kyduyen.rieng@example.com",
    "hẹn phụ huynh chiều thứ Bảy",
    "Trung tâm Cầu Vồng Tím",
];
const NAME_OF_BRANCH: &str = "Chi nhánh Hoa Phượng";

/// A relay that writes everything into a log that it can.
struct Talkative(Child);

impl Drop for Talkative {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

fn start(folder: &Path, log: &Path) -> (Talkative, String) {
    let mut process = Command::new(relay_program())
        .arg("--data")
        .arg(folder)
        .args(["--rate", "0", "--listen", "127.0.0.1:0"])
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(File::create(log).expect("a file"))
        .spawn()
        .expect("the relay starts");
    let mut line = String::new();
    BufReader::new(process.stdout.take().expect("piped")).read_line(&mut line).expect("text");
    let url = line.trim().strip_prefix("quen-relay listens on ").expect("an address").to_owned();
    (Talkative(process), url)
}

/// Whether bytes hold a text: as it is, as UTF-16, or as the numbers that a log writes for bytes.
fn holds(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let list = text.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ");
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let escaped: String = text.escape_default().to_string();
    [text.as_bytes(), &wide, list.as_bytes(), hex.as_bytes(), escaped.as_bytes()]
        .iter()
        .any(|form| bytes.windows(form.len()).any(|window| window == *form))
}

fn write_about_people(desk: &Desk, folder: &Path) {
    let file = folder.join("lop.csv");
    let [name, _, phone, _, email, note, _] = WORDS;
    std::fs::write(&file, format!("Họ tên,Điện thoại,Email,Ghi chú\n{name},{phone},{email},{note}\n"))
        .expect("written");
    desk.json(&["import", file.to_str().expect("text")]);
    let row = &desk.json(&["list", "--limit", "1"])["rows"][0];
    assert_eq!(row["fullName"], name, "it was written at the device");
    let id = row["id"].as_str().expect("an id").to_owned();
    desk.json(&["edit", &id, &format!("address={note}")]);
}

#[test]
fn relay_holds_and_logs_nothing_of_what_was_written_about_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let (mut relay, url) = start(&at("relay"), &at("relay.log"));
    let (desk, other) = (Desk::at(&at("a")), Desk::at(&at("b")));
    let [.., centre] = WORDS;
    desk.json(&["create", centre, "--owner", WORDS[0], "--branch", NAME_OF_BRANCH, "--relay", &url]);
    write_about_people(&desk, folder.path());
    desk.admit(&other);
    desk.sync();
    other.sync();
    assert_eq!(other.people(), 1, "it went through the relay");
    let texts: Vec<&str> = WORDS.into_iter().chain([NAME_OF_BRANCH, "sao mai xanh"]).collect();
    // As a crash leaves it: with the log of writes beside the database.
    relay.0.kill().expect("it can be ended");
    relay.0.wait().expect("it ends");
    let mut names = Vec::new();
    for file in std::fs::read_dir(at("relay")).expect("readable").flatten() {
        names.push(file.file_name().into_string().expect("text"));
        let bytes = std::fs::read(file.path()).expect("readable");
        for text in &texts {
            assert!(!holds(&bytes, text), "{text} stands in {:?}", file.file_name());
        }
    }
    assert!(names.iter().any(|name| name == "relay.db-wal"), "{names:?}");
    let log = std::fs::read(at("relay.log")).expect("readable");
    for text in &texts {
        assert!(!holds(&log, text), "{text} stands in the log");
    }
    // What is looked for would be found: both hold what a relay may know.
    assert!(holds(&log, "\"call\":\"put\"") && log.len() > 2_000, "{}", String::from_utf8_lossy(&log));
    let wal = std::fs::read(at("relay").join("relay.db-wal")).expect("readable");
    assert!(holds(&wal, "lineage") || holds(&wal, "SQLite format 3"), "the pages are readable");
}
