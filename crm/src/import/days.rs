//! Days and moments as a sheet writes them, and which of them could be meant otherwise.

use chrono::{NaiveDate, NaiveDateTime};
use formats::{
    date::{self, DateOrder, DateProblem, DateReading, DateValue},
    table::{Source, TableError},
};

use super::{view::ImportMapping, words};

/// Fields that hold days, one column each as a rule.
const TARGETS: [&str; 3] = ["birthOn", "createdOn", "interactionAt"];

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<T> {
    /// Nothing.
    Nothing,
    /// This, with the code of what is doubtful about it.
    This(T, Option<&'static str>),
    /// Nothing that can be read.
    Unclear,
}

/// A moment on a wall clock: the local one, or that of an offset from UTC in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the clock shows.
    pub clock: NaiveDateTime,
    /// How far the clock is ahead of UTC, if the cell says it.
    pub offset_minutes: Option<i32>,
}

impl Moment {
    /// Milliseconds since 1970, where the local clock is so far ahead of UTC.
    pub fn at_ms(&self, local_offset_minutes: i32) -> i64 {
        let offset = self.offset_minutes.unwrap_or(local_offset_minutes);
        self.clock.and_utc().timestamp_millis() - i64::from(offset) * 60_000
    }
}

/// Reads a day in the order of the sheet. What is no day so and one in the other order is that one.
pub fn day(cell: &str, target: &str, mapping: &ImportMapping) -> Said<NaiveDate> {
    said(date::parse_date(cell, order(mapping)), target, mapping).map(|reading| reading.date())
}

/// Reads a moment as [`day`] reads a day.
pub fn moment(cell: &str, target: &str, mapping: &ImportMapping) -> Said<Moment> {
    let first = date::parse_moment(cell, order(mapping));
    said(first.date, target, mapping).map(|reading| {
        let used = if reading.date() == date::parse_date(cell, order(mapping)).date() {
            order(mapping)
        } else {
            other(order(mapping))
        };
        let moment = date::parse_moment(cell, used);
        Some(Moment { clock: moment.naive()?, offset_minutes: moment.offset_minutes })
    })
}

/// The fields of a sheet in which some days can only be meant in the other order: there a day that could be either
/// is a guess.
///
/// # Errors
/// [`TableError`] when the sheet cannot be read.
pub fn mixed(source: &mut Source, mapping: &ImportMapping) -> Result<Vec<String>, TableError> {
    let is_day = |target: &String| TARGETS.contains(&target.as_str());
    let mut open: Vec<_> = mapping.columns.iter().enumerate().filter(|(_, target)| is_day(target)).collect();
    let mut mixed = Vec::new();
    for row in source.rows()?.flatten() {
        if open.is_empty() {
            break;
        }
        open.retain(|(at, target)| {
            let cell = row.cells.get(*at).map_or("", String::as_str);
            let is_other = is_no_such_day(&date::parse_date(cell, order(mapping)))
                && date::parse_date(cell, other(order(mapping))).date().is_some();
            if is_other {
                mixed.push((*target).clone());
            }
            !is_other
        });
    }
    mixed.sort();
    mixed.dedup();
    Ok(mixed)
}

impl Said<DateReading> {
    fn map<T>(self, with: impl FnOnce(DateReading) -> Option<T>) -> Said<T> {
        match self {
            Self::Nothing => Said::Nothing,
            Self::Unclear => Said::Unclear,
            Self::This(reading, doubt) => {
                with(reading).map_or(Said::Unclear, |value| Said::This(value, doubt))
            }
        }
    }
}

fn said(reading: DateReading, target: &str, mapping: &ImportMapping) -> Said<DateReading> {
    let is_mixed = mapping.mixed_dates.iter().any(|mixed| mixed == target);
    match reading.value {
        DateValue::Empty => Said::Nothing,
        DateValue::Day { .. } => {
            let doubt = (reading.is_ambiguous && is_mixed).then_some("ambiguousDate");
            Said::This(reading, doubt)
        }
        _ if is_no_such_day(&reading) => {
            let turned = date::parse_date(&reading.raw, other(order(mapping)));
            match turned.value {
                DateValue::Day { .. } => Said::This(turned, Some("turnedDate")),
                _ => Said::Unclear,
            }
        }
        _ => Said::Unclear,
    }
}

fn is_no_such_day(reading: &DateReading) -> bool {
    matches!(reading.value, DateValue::Invalid { why: DateProblem::NoSuchDay })
}

fn order(mapping: &ImportMapping) -> DateOrder {
    words::date_order(&mapping.date_order)
}

fn other(order: DateOrder) -> DateOrder {
    match order {
        DateOrder::MonthDayYear => DateOrder::DayMonthYear,
        DateOrder::DayMonthYear | DateOrder::YearMonthDay => DateOrder::MonthDayYear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(order: &str, mixed: &[&str]) -> ImportMapping {
        let mixed_dates = mixed.iter().map(|target| (*target).to_owned()).collect();
        ImportMapping { date_order: order.to_owned(), mixed_dates, ..ImportMapping::default() }
    }

    fn told(cell: &str, order: &str, mixed: &[&str]) -> String {
        match day(cell, "birthOn", &mapping(order, mixed)) {
            Said::Nothing => String::new(),
            Said::Unclear => "?".to_owned(),
            Said::This(day, doubt) => format!("{day} {}", doubt.unwrap_or("-")),
        }
    }

    #[test]
    fn a_day_that_can_be_meant_in_one_way_only_is_that_day_whatever_the_order() {
        assert_eq!(told("12/25/2010", "dmy", &[]), "2010-12-25 turnedDate");
        assert_eq!(told("25/12/2010", "mdy", &[]), "2010-12-25 turnedDate");
        assert_eq!(told("25/12/2010", "dmy", &["birthOn"]), "2010-12-25 -");
        assert_eq!(told("31/02/2010", "dmy", &[]), "?");
        assert_eq!(told("hỏi mẹ", "dmy", &[]), "?");
        assert_eq!(told("-", "dmy", &[]), "");
    }

    #[test]
    fn a_day_that_can_be_meant_in_two_ways_is_doubtful_where_the_column_mixes_them() {
        assert_eq!(told("03/04/2010", "dmy", &["birthOn"]), "2010-04-03 ambiguousDate");
        assert_eq!(told("03/04/2010", "mdy", &["birthOn"]), "2010-03-04 ambiguousDate");
        assert_eq!(told("03/04/2010", "dmy", &["createdOn"]), "2010-04-03 -");
        assert_eq!(told("04/04/2010", "dmy", &["birthOn"]), "2010-04-04 -");
        assert_eq!(told("2010-03-04", "dmy", &["birthOn"]), "2010-03-04 -");
    }

    #[test]
    fn a_moment_is_that_of_the_clock_that_the_cell_names_and_else_of_the_local_one() {
        let at = |cell: &str| match moment(cell, "interactionAt", &mapping("dmy", &[])) {
            Said::This(moment, _) => moment.at_ms(7 * 60),
            _ => 0,
        };
        let noon_utc = 1_268_395_200_000; // 12/03/2010 12:00 UTC
        assert_eq!(at("12/03/2010 19:00"), noon_utc);
        assert_eq!(at("2010-03-12T12:00:00Z"), noon_utc);
        assert_eq!(at("2010-03-12T08:00:00-0400"), noon_utc);
        assert_eq!(at("12/03/2010"), noon_utc - 19 * 3_600_000);
    }
}
