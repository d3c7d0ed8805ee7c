//! Dates and moments as sheets hold them.
//!
//! `03/04/2010` is the third of April or the fourth of March: one order holds for a whole column
//! ([`guess_order`]), and every reading says whether the other order would have given another day.

mod moment;
mod order;
mod read;
mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use moment::{MomentReading, parse_moment};
pub use order::{OrderGuess, guess_order};
pub use read::parse_date;

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 31/12/2010, as in Vietnam.
    #[default]
    DayMonthYear,
    /// 12/31/2010, as in the United States.
    MonthDayYear,
    /// 2010-12-31.
    YearMonthDay,
}

/// A date cell, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DateReading {
    /// The cell as it was.
    pub raw: String,
    /// What it says.
    pub value: DateValue,
    /// Whether another order of day and month would give another valid date.
    pub is_ambiguous: bool,
}

impl DateReading {
    /// The day, if the cell names one.
    pub fn date(&self) -> Option<NaiveDate> {
        match self.value {
            DateValue::Day { date } => Some(date),
            _ => None,
        }
    }
}

/// What a date cell says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "value")]
pub enum DateValue {
    /// Nothing.
    Empty,
    /// A day.
    Day {
        /// The day.
        #[ts(type = "string")]
        date: NaiveDate,
    },
    /// Only a year, perhaps with a month.
    Partial {
        /// The year, in four digits.
        year: i32,
        /// The month, 1 to 12.
        month: Option<u32>,
    },
    /// No date.
    Invalid {
        /// Why not.
        why: DateProblem,
    },
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateProblem {
    /// Not written as a date.
    NotADate,
    /// Written as a date, but the calendar has no such day (31/02, month 13).
    NoSuchDay,
    /// A year before 1900 or after 2100.
    YearOutOfRange,
}

/// The first year that is believed.
pub const YEAR_MIN: i32 = 1900;
/// The last year that is believed.
pub const YEAR_MAX: i32 = 2100;
/// Two-digit years from this one on are of the last century: 50 is 1950, 49 is 2049.
pub const CENTURY_PIVOT: i32 = 50;
/// How many characters of a cell are read.
const CELL_CHARS_MAX: usize = 80;

/// Writes a date as people in Vietnam do: `31/12/2010`.
pub fn format_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// The day of an Excel serial number (system of 1900), if its year is believed.
pub fn date_of_serial(serial: i64) -> Option<NaiveDate> {
    // Excel counts 1900 as a leap year: serials up to 60 are one day off and never dates of people.
    let days = u64::try_from(serial).ok().filter(|days| (61..=80_000).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
}
