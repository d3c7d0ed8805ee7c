//! The product's own readers find the truth below the dirt, except where digits are really gone.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use formats::date::{DateOrder, parse_date};
use formats::fold::fold;
use formats::mapping::{TargetField, guess_columns};
use formats::name::{clean_name, join_name};
use formats::phone::parse_phones;
use formats::table::{ReadOptions, Source};

use super::household::dice;
use super::{Person, Plan, Row, dirt, write};

fn rows(people: u64) -> impl Iterator<Item = (Person, Row)> {
    let plan = Plan::new(people, 11);
    plan.people().map(move |person| {
        let mut rng = dice(plan.seed, person.number, 1);
        let row = dirt::row(&person, false, &mut rng);
        (person, row)
    })
}

fn numbers(cell: &str) -> Vec<String> {
    parse_phones(cell).into_iter().filter_map(|read| Some(read.e164?.as_str().to_owned())).collect()
}

#[test]
fn every_phone_is_read_back_unless_its_digits_are_gone() {
    let mut lost = 0;
    for (person, row) in rows(5_000) {
        if row.dirt.iter().any(|dirt| matches!(*dirt, "scientific" | "too-short")) {
            lost += 1;
            continue;
        }
        assert_eq!(numbers(&row.phone), person.phones, "{:?}", row.phone);
        let guardian: Vec<_> = person.guardian.iter().map(|guardian| guardian.phone.clone()).collect();
        assert_eq!(numbers(&row.guardian_phone), guardian, "{:?}", row.guardian_phone);
    }
    assert!((25..150).contains(&lost), "{lost} rows with lost digits");
}

#[test]
fn every_name_is_the_same_without_marks_and_remarks() {
    for (person, row) in rows(5_000) {
        let read = clean_name(&row.name);
        let is_respelt = row.dirt.contains(&"other-spelling");
        assert!(is_respelt || fold(&read.full_name) == fold(&person.name), "{:?}", row.name);
    }
}

#[test]
fn every_birth_date_is_read_back_unless_it_is_written_the_other_way() {
    for (person, row) in rows(5_000) {
        let is_other =
            row.dirt.iter().any(|dirt| matches!(*dirt, "month-first" | "year-only" | "short-year"));
        if !is_other && !row.born.is_empty() {
            let read = parse_date(&row.born, DateOrder::DayMonthYear).date();
            assert_eq!(read, Some(person.born_on), "{:?}", row.born);
        }
    }
}

/// The fields that importing a sheet of this centre needs, found without help.
fn fields(source: &Source) -> Vec<TargetField> {
    guess_columns(&source.layout().columns, &source.layout().sample)
        .into_iter()
        .map(|guess| guess.field)
        .collect()
}

/// Names of the rows of a file, folded, by the columns that were recognised.
fn names_of(dir: &Path, file: &str) -> Vec<String> {
    let mut source = Source::open(fs::read(dir.join(file)).unwrap(), file, &ReadOptions::default()).unwrap();
    let fields = fields(&source);
    let at = |wanted: TargetField| fields.iter().position(|field| *field == wanted);
    let whole = at(TargetField::FullName);
    let (family, given) = (at(TargetField::FamilyName), at(TargetField::GivenName));
    assert!(whole.is_some() || given.is_some(), "no name among {fields:?} of {file}");
    assert!(fields.contains(&TargetField::Phone), "no phone among {fields:?} of {file}");
    let rows = source.rows().unwrap();
    rows.map(|row| {
        let cells = row.unwrap().cells;
        let cell = |place: Option<usize>| place.map_or("", |place| cells[place].as_str());
        let name =
            if whole.is_some() { cell(whole).to_owned() } else { join_name(cell(family), "", cell(given)) };
        fold(&clean_name(&name).full_name)
    })
    .collect()
}

#[test]
fn every_file_is_recognised_and_its_rows_are_the_people_meant() {
    let dir = tempfile::tempdir().unwrap();
    let plan = Plan::new(1_500, 11);
    write(plan, dir.path()).unwrap();
    let people: Vec<Person> = plan.people().collect();
    let mut meant: HashMap<String, Vec<String>> = HashMap::new();
    for line in fs::read_to_string(dir.path().join("rows.jsonl")).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let person = &people[row["person"].as_u64().unwrap() as usize - 1];
        meant.entry(row["file"].as_str().unwrap().to_owned()).or_default().push(fold(&person.name));
    }
    assert_eq!(meant.len(), 6);
    for (file, meant) in meant {
        let mut read = names_of(dir.path(), &file);
        if file == "quan-1.csv" {
            let total = read.pop().unwrap();
            assert!(total.starts_with("tong cong"), "{total}");
        }
        assert_eq!(read.len(), meant.len(), "rows of {file}");
        let same = read.iter().zip(&meant).filter(|(read, meant)| read == meant).count();
        // The rest is what only a person can settle: another spelling of a name, and in an address book a given
        // name that is a family name too ("Mai", "Châu").
        assert!(same * 100 >= meant.len() * 90, "{same} of {} names in {file}", meant.len());
    }
}
