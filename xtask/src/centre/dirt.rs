//! What goes wrong between a person and her row.

use chrono::NaiveDate;
use rand::{Rng, RngExt};

use super::household::Person;
use super::row::Row;
use super::words::{self, one_of, pick};
use super::{phone, text};

/// The row that a desk wrote for `person`.
///
/// `is_repeat` marks a second entry of someone who already has a row: its name is then spelt differently.
pub fn row(person: &Person, is_repeat: bool, rng: &mut impl Rng) -> Row {
    let mut row = Row::clean(person);
    name(person, is_repeat, &mut row, rng);
    guardian_name(person, &mut row, rng);
    phones(person, &mut row, rng);
    dates(person, &mut row, rng);
    vocabulary(person, &mut row, rng);
    blanks(&mut row, rng);
    if is_repeat {
        row.dirt.push("repeat");
        row.note =
            if rng.random_bool(0.5) { String::new() } else { "Đã có trong danh sách cũ?".to_owned() };
    }
    row
}

/// The row of an address book or a lead form: right numbers, names as people type them.
pub fn contact(person: &Person, is_repeat: bool, rng: &mut impl Rng) -> Row {
    let mut row = Row::clean(person);
    name(person, is_repeat, &mut row, rng);
    if is_repeat {
        row.dirt.push("repeat");
    }
    row
}

fn name(person: &Person, is_repeat: bool, row: &mut Row, rng: &mut impl Rng) {
    let habit = match (is_repeat, rng.random_range(0..100)) {
        (false, 0..70) => return,
        (false, 70..78) | (true, 0..20) => "capitals",
        (false, 78..84) | (true, 20..30) => "nfd",
        (false, 84..90) | (true, 30..65) => "no-marks",
        (false, 90..94) | (true, 65..75) => "spaces",
        (false, 94..97) | (true, 75..85) => "lower",
        (false, _) => "pet-name",
        (true, _) => "other-spelling",
    };
    let name = &person.name;
    row.name = match habit {
        "capitals" => name.to_uppercase(),
        "nfd" => text::decomposed(name),
        "no-marks" => text::without_marks(name),
        "spaces" => format!(" {} ", name.replacen(' ', "  ", 1)),
        "lower" => name.to_lowercase(),
        "pet-name" => match &person.pet_name {
            Some(pet) => format!("{name} ({pet})"),
            None => return,
        },
        _ => text::other_spelling(name),
    };
    row.dirt.push(habit);
}

fn guardian_name(person: &Person, row: &mut Row, rng: &mut impl Rng) {
    let Some(guardian) = &person.guardian else { return };
    let (cell, habit) = match rng.random_range(0..100) {
        0..84 => return,
        84..90 => (guardian.name.to_uppercase(), "guardian-capitals"),
        90..94 => (text::decomposed(&guardian.name), "guardian-nfd"),
        94..98 => {
            let title = if guardian.relation == "bố" { "Anh" } else { "Chị" };
            (format!("{title} {}", guardian.name.rsplit(' ').next().unwrap_or_default()), "guardian-short")
        }
        _ => (format!("{} {}", guardian.relation, row.name), "guardian-of-child"),
    };
    row.guardian = cell;
    row.dirt.push(habit);
}

fn phones(person: &Person, row: &mut Row, rng: &mut impl Rng) {
    if let Some(own) = person.phones.first() {
        let (cell, habit) = spelt(own, rng);
        row.phone = cell;
        row.dirt.extend(habit);
    }
    if let Some(second) = person.phones.get(1) {
        let gap = one_of(rng, &[" / ", "/", " - ", ", ", "\n", " hoặc "]);
        row.phone = format!("{}{gap}{}", phone::national(&person.phones[0]), phone::national(second));
        row.dirt.push("two-phones");
    }
    let Some(guardian) = &person.guardian else { return };
    let (cell, habit) = spelt(&guardian.phone, rng);
    row.guardian_phone = cell;
    row.dirt.extend(habit);
    if rng.random_bool(0.05) {
        row.guardian_phone = format!("{} ({})", phone::national(&guardian.phone), guardian.relation);
        row.dirt.push("words-in-phone");
    }
}

/// One number as desks write it, and what is odd about that.
fn spelt(e164: &str, rng: &mut impl Rng) -> (String, Option<&'static str>) {
    let national = phone::national(e164);
    let bare = &national[1..];
    match rng.random_range(0..1000) {
        0..520 => (national, None),
        520..600 => (format!("{}.{}.{}", &national[..4], &national[4..7], &national[7..]), None),
        600..680 => (format!("{} {} {}", &national[..4], &national[4..7], &national[7..]), None),
        680..740 => (e164.to_owned(), None),
        740..780 => (format!("84{bare}"), Some("no-plus")),
        780..800 => (format!("(+84) {}-{}", &bare[..3], &bare[3..]), None),
        800..890 => (bare.to_owned(), Some("lost-zero")),
        890..965 => match phone::before_2018(e164) {
            Some(old) => (old, Some("before-2018")),
            None => (national, None),
        },
        965..985 => (format!("'{national}"), Some("apostrophe")),
        985..993 => (scientific(bare), Some("scientific")),
        _ => (national[..8].to_owned(), Some("too-short")),
    }
}

/// What a sheet shows of 84901234567 in a narrow column: the number itself is gone.
fn scientific(bare: &str) -> String {
    format!("8.4{}E+10", &bare[..1])
}

fn dates(person: &Person, row: &mut Row, rng: &mut impl Rng) {
    let (cell, habit) = date(person.born_on, rng);
    row.born = cell;
    row.dirt.extend(habit);
    if rng.random_bool(0.03) {
        row.born = person.born_on.format("%Y").to_string();
        row.dirt.push("year-only");
    }
    let (cell, habit) = date(person.registered_on, rng);
    row.registered = cell;
    row.dirt.extend(habit);
}

fn date(day: NaiveDate, rng: &mut impl Rng) -> (String, Option<&'static str>) {
    let (pattern, habit) = match rng.random_range(0..100) {
        0..60 => ("%d/%m/%Y", None),
        60..72 => ("%-d/%-m/%Y", None),
        72..80 => ("%d-%m-%Y", None),
        80..84 => ("%d.%m.%Y", None),
        84..88 => ("%Y-%m-%d", None),
        88..92 => ("%d/%m/%y", Some("short-year")),
        _ => ("%m/%d/%Y", Some("month-first")),
    };
    (day.format(pattern).to_string(), habit)
}

fn vocabulary(person: &Person, row: &mut Row, rng: &mut impl Rng) {
    row.source = spelling(words::SOURCE_SPELLINGS, &person.source, rng);
    row.status = spelling(words::STATUS_SPELLINGS, &person.status, rng);
    let glue = pick(rng, &[(", ", 70), ("; ", 20), ("/", 10)]);
    row.tags = person.tags.join(glue);
    if rng.random_bool(0.1) {
        row.advisor = person.advisor.rsplit(' ').next().unwrap_or_default().to_owned();
        row.dirt.push("short-advisor");
    }
    if rng.random_bool(0.05) {
        row.email = row.email.to_uppercase();
    }
    if !row.email.is_empty() && rng.random_bool(0.01) {
        row.email = row.email.replace('@', " @ ");
        row.dirt.push("broken-email");
    }
}

fn spelling(table: &[(&str, &[&'static str])], word: &str, rng: &mut impl Rng) -> String {
    match table.iter().find(|(known, _)| *known == word) {
        Some((_, spellings)) if rng.random_bool(0.4) => one_of(rng, spellings).to_owned(),
        _ => word.to_owned(),
    }
}

fn blanks(row: &mut Row, rng: &mut impl Rng) {
    let cells = [
        &mut row.school,
        &mut row.level,
        &mut row.source,
        &mut row.status,
        &mut row.advisor,
        &mut row.registered,
        &mut row.address,
        &mut row.born,
    ];
    for cell in cells {
        if rng.random_bool(0.06) {
            cell.clear();
        }
    }
    if row.born.is_empty() {
        row.born_on = None;
    }
}
