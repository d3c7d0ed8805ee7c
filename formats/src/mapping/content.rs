//! What the cells of a column look like.

use super::words::GENDERS;
use crate::date::{DateOrder, DateValue, parse_date};
use crate::email::parse_email;
use crate::fold::fold;
use crate::name::is_family_name;
use crate::phone::parse_phone;

/// Shares of the filled cells of a column that look like something, 0 to 1.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Looks {
    pub(super) filled: usize,
    pub(super) phones: f32,
    pub(super) emails: f32,
    pub(super) dates: f32,
    pub(super) names: f32,
    pub(super) given_names: f32,
    pub(super) genders: f32,
    pub(super) facebook: f32,
    /// The middle year of the dates.
    pub(super) year: Option<i32>,
}

/// Looks at the cells of a column.
pub(super) fn look_at<'c>(cells: impl Iterator<Item = &'c str>) -> Looks {
    let cells: Vec<&str> = cells.map(str::trim).filter(|cell| !cell.is_empty()).collect();
    if cells.is_empty() {
        return Looks::default();
    }
    let share = |test: &dyn Fn(&str) -> bool| {
        cells.iter().filter(|cell| test(cell)).count() as f32 / cells.len() as f32
    };
    let mut years: Vec<i32> = cells.iter().filter_map(|cell| year_of(cell)).collect();
    years.sort_unstable();
    Looks {
        filled: cells.len(),
        phones: share(&|cell| looks_like_phone(cell)),
        emails: share(&|cell| parse_email(cell).is_some()),
        dates: years.len() as f32 / cells.len() as f32,
        names: share(&looks_like_name),
        given_names: share(&|cell| cell.chars().all(char::is_alphabetic) && cell.chars().count() < 10),
        genders: share(&|cell| GENDERS.contains(&fold(cell).as_str())),
        facebook: share(&|cell| {
            cell.contains("facebook.com") || cell.contains("fb.com") || cell.contains("m.me/")
        }),
        year: years.get(years.len() / 2).copied(),
    }
}

/// Whether a cell is clearly data and no name of a column: a phone, an e-mail address or a whole date.
pub(crate) fn is_value(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    (cell.contains('@') && parse_email(cell).is_some())
        || (digits >= 9 && looks_like_phone(cell))
        || (digits >= 4 && matches!(parse_date(cell, DateOrder::DayMonthYear).value, DateValue::Day { .. }))
}

fn looks_like_phone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 8 && letters <= digits && parse_phone(cell).is_some() || crate::phone::is_scientific(cell)
}

fn looks_like_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && is_family_name(words[0])
        && words.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || !c.is_ascii()))
}

fn year_of(cell: &str) -> Option<i32> {
    use chrono::Datelike;
    if cell.bytes().filter(u8::is_ascii_digit).count() < 3 {
        return None;
    }
    // Either order will do to see that it is a date.
    [DateOrder::DayMonthYear, DateOrder::MonthDayYear].into_iter().find_map(|order| {
        match parse_date(cell, order).value {
            DateValue::Day { date } => Some(date.year()),
            DateValue::Partial { year, .. } => Some(year),
            _ => None,
        }
    })
}
