//! The product's own readers find the truth below the dirt, except where digits are really gone.

use formats::date::{DateOrder, parse_date};
use formats::fold::fold;
use formats::name::clean_name;
use formats::phone::parse_phones;

use super::household::dice;
use super::{Person, Plan, Row, dirt};

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
