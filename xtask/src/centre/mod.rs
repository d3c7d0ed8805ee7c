//! A dirty, realistic language centre, deterministic by seed, of 1,000 to 1,000,000 people.
//!
//! Three branches in Ho Chi Minh City, 24 months of sheets, exactly as they lie around in such a centre:
//! several encodings and layouts, siblings under one parent's phone, many people of one name, broken phones
//! and dates, the same person typed twice. Beside the sheets stands the truth, so that a test can compare.
//!
//! Every household is a pure function of (seed, number) and a late repeat comes from a small reservoir, so
//! memory does not grow with the number of people.

mod clean;
mod dirt;
mod household;
mod phone;
mod row;
mod sheet;
mod text;
mod vcard;
mod words;
mod write;
mod xlsx;

pub use clean::write_clean;
pub use household::{Guardian, People, Person};
pub use row::Row;
pub use write::{Report, write};

use chrono::NaiveDate;

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Number of students and leads; guardians come on top of them.
    pub people: u64,
    /// The same seed gives the same bytes.
    pub seed: u64,
    /// Last day of the 24 months.
    pub until: NaiveDate,
}

impl Plan {
    /// A centre of `people` whose 24 months end on 31 October 2026.
    pub fn new(people: u64, seed: u64) -> Self {
        let until = NaiveDate::from_ymd_opt(2026, 10, 31).expect("a day of the calendar");
        Self { people, seed, until }
    }

    /// The clean people, one after the other.
    pub fn people(self) -> People {
        People::new(self)
    }
}

#[cfg(test)]
mod read_back;
#[cfg(test)]
mod tests;
