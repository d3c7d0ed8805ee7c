//! The generator is deterministic, has the promised dirt, and its truth is the truth.

use std::collections::{HashMap, HashSet};
use std::fs;

use super::*;

fn written(people: u64, seed: u64) -> (tempfile::TempDir, Report) {
    let dir = tempfile::tempdir().unwrap();
    let report = write(Plan::new(people, seed), dir.path()).unwrap();
    (dir, report)
}

fn bytes(dir: &tempfile::TempDir, name: &str) -> Vec<u8> {
    fs::read(dir.path().join(name)).unwrap()
}

const FILES: [&str; 8] = [
    "quan-1.csv",
    "go-vap.csv",
    "thu-duc.xlsx",
    "facebook-leads.csv",
    "google-contacts.csv",
    "danh-ba.vcf",
    "truth.jsonl",
    "rows.jsonl",
];

#[test]
fn one_seed_gives_one_centre_and_another_seed_another() {
    let (first, _) = written(400, 5);
    let (again, _) = written(400, 5);
    let (other, _) = written(400, 6);
    for file in FILES {
        assert!(bytes(&first, file) == bytes(&again, file), "{file} differs between two runs");
        assert!(bytes(&first, file) != bytes(&other, file), "{file} ignores the seed");
    }
}

#[test]
fn ten_thousand_people_hold_about_forty_of_the_commonest_name() {
    let people: Vec<Person> = Plan::new(10_000, 1).people().collect();
    assert_eq!(people.len(), 10_000);
    let namesakes = people.iter().filter(|person| person.name == "Nguyễn Văn An").count();
    assert!((35..=50).contains(&namesakes), "{namesakes} namesakes");
}

#[test]
fn siblings_share_the_parents_phone_and_nobody_else_does() {
    let mut household_by_phone: HashMap<String, u64> = HashMap::new();
    let mut siblings = 0;
    for person in Plan::new(5_000, 2).people() {
        let phones = person.guardian.iter().map(|guardian| &guardian.phone).chain(&person.phones);
        for phone in phones {
            match household_by_phone.insert(phone.clone(), person.household) {
                Some(household) if household == person.household => siblings += 1,
                Some(_) => panic!("two households share {phone}"),
                None => {}
            }
        }
    }
    assert!(siblings > 500, "only {siblings} siblings");
}

#[test]
fn a_smaller_centre_is_the_beginning_of_a_bigger_one() {
    let small: Vec<Person> = Plan::new(100, 3).people().collect();
    let big: Vec<Person> = Plan::new(1_000, 3).people().take(100).collect();
    assert_eq!(small, big);
}

#[test]
fn every_kind_of_dirt_is_there() {
    let (dir, report) = written(10_000, 1);
    let rows = String::from_utf8(bytes(&dir, "rows.jsonl")).unwrap();
    assert_eq!(rows.lines().count() as u64, report.rows);
    assert!(report.repeats > 300, "{report:?}");
    let mut seen: HashSet<String> = HashSet::new();
    for line in rows.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        for dirt in value["dirt"].as_array().unwrap() {
            seen.insert(dirt.as_str().unwrap().to_owned());
        }
    }
    for kind in [
        "capitals",
        "nfd",
        "no-marks",
        "other-spelling",
        "pet-name",
        "two-phones",
        "words-in-phone",
        "lost-zero",
        "before-2018",
        "scientific",
        "too-short",
        "apostrophe",
        "month-first",
        "short-year",
        "year-only",
        "repeat",
        "broken-email",
        "guardian-short",
    ] {
        assert!(seen.contains(kind), "no {kind}");
    }
}

#[test]
fn the_files_are_in_their_encodings() {
    let (dir, _) = written(1_000, 1);
    let quan_1 = bytes(&dir, "quan-1.csv");
    assert!(quan_1.starts_with("\u{feff}DANH SÁCH".as_bytes()));
    assert!(String::from_utf8(quan_1).unwrap().contains("\"Bé nhút nhát, cần cô giáo \"\"nhẹ nhàng\"\"\""));
    let go_vap = bytes(&dir, "go-vap.csv");
    assert!(std::str::from_utf8(&go_vap).is_err(), "windows-1258 is not UTF-8");
    let (text, _, broken) = encoding_rs::WINDOWS_1258.decode(&go_vap);
    assert!(!broken && text.starts_with("Họ tên") || text.starts_with("Ho\u{323} tên"));
    assert!(bytes(&dir, "facebook-leads.csv").starts_with(&[0xff, 0xfe]));
    assert!(bytes(&dir, "thu-duc.xlsx").starts_with(b"PK"));
    let cards = String::from_utf8(bytes(&dir, "danh-ba.vcf")).unwrap();
    assert!(cards.contains("VERSION:2.1") && cards.contains("VERSION:3.0") && cards.contains("VERSION:4.0"));
    assert_eq!(cards.matches("BEGIN:VCARD").count(), cards.matches("END:VCARD").count());
}

#[test]
fn the_clean_file_has_one_row_for_each_person() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("clean.csv");
    let report = write_clean(Plan::new(250, 4), &path).unwrap();
    assert_eq!(report.rows, 250);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let names: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let truth: Vec<String> = Plan::new(250, 4).people().map(|person| person.name).collect();
    assert_eq!(names, truth);
}

#[test]
fn old_numbers_have_eleven_digits_and_today_s_ten() {
    for index in 0..2_000 {
        let number = phone::number(9, index);
        assert_eq!(phone::national(&number).len(), 10, "{number}");
        if let Some(old) = phone::before_2018(&number) {
            assert_eq!(old.len(), 11, "{old}");
        }
    }
}
