//! Which order the dates of a column are in.

use super::{DateOrder, DateValue, parse_date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the dates of a column say about their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OrderGuess {
    /// The likelier order; day before month when nothing speaks for either.
    pub order: DateOrder,
    /// From 0 (a coin) to 1 (many dates fit this order only and none the other).
    pub confidence: f32,
    /// Dates that fit the order only with the day first.
    pub day_first: usize,
    /// Dates that fit only with the month first.
    pub month_first: usize,
    /// Dates that fit both and mean different days.
    pub ambiguous: usize,
    /// Whether the column mixes orders: a person must look at it.
    pub is_mixed: bool,
}

/// Guesses the order of a column of dates from the cells that allow only one.
pub fn guess_order(cells: &[&str]) -> OrderGuess {
    let (mut day_first, mut month_first, mut ambiguous, mut year_first) = (0, 0, 0, 0);
    for cell in cells {
        let by_day = parse_date(cell, DateOrder::DayMonthYear);
        let by_month = parse_date(cell, DateOrder::MonthDayYear);
        let is_day = |value: &DateValue| matches!(value, DateValue::Day { .. });
        match (is_day(&by_day.value), is_day(&by_month.value)) {
            (true, false) => day_first += 1,
            (false, true) => month_first += 1,
            (true, true) if by_day.is_ambiguous => ambiguous += 1,
            (true, true) => year_first += usize::from(starts_with_year(cell)),
            (false, false) => {}
        }
    }
    let (winner, loser) = (day_first.max(month_first), day_first.min(month_first));
    let order = if month_first > day_first {
        DateOrder::MonthDayYear
    } else if winner == 0 && ambiguous == 0 && year_first > 0 {
        DateOrder::YearMonthDay
    } else {
        DateOrder::DayMonthYear
    };
    let confidence = match (winner, ambiguous) {
        (0, 0) => 1.0,
        (0, _) => 0.5,
        _ => (winner - loser) as f32 / (winner + loser) as f32 * (winner as f32 / (winner as f32 + 0.2)),
    };
    OrderGuess { order, confidence, day_first, month_first, ambiguous, is_mixed: loser > 0 }
}

fn starts_with_year(cell: &str) -> bool {
    cell.trim().bytes().take_while(u8::is_ascii_digit).count() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_clear_date_decides_a_column() {
        let guess = guess_order(&["03/04/2010", "25/12/2011", "01/02/2012", ""]);
        assert_eq!(guess.order, DateOrder::DayMonthYear);
        assert_eq!((guess.day_first, guess.month_first, guess.ambiguous), (1, 0, 2));
        assert!(guess.confidence > 0.8 && !guess.is_mixed);
        assert_eq!(guess_order(&["03/04/2010", "12/25/2011"]).order, DateOrder::MonthDayYear);
    }

    #[test]
    fn without_evidence_the_guess_is_vietnamese_and_unsure() {
        let guess = guess_order(&["03/04/2010", "01/02/2012"]);
        assert_eq!(guess.order, DateOrder::DayMonthYear);
        assert_eq!((guess.confidence, guess.ambiguous), (0.5, 2));
        assert_eq!(guess_order(&["2010-03-04", "2010-12-25"]).order, DateOrder::YearMonthDay);
        assert_eq!(guess_order(&[]).confidence, 1.0);
    }

    #[test]
    fn a_mixed_column_is_said_to_be_mixed() {
        let guess = guess_order(&["25/12/2010", "26/12/2010", "12/27/2010"]);
        assert!(guess.is_mixed && guess.confidence < 0.5, "{guess:?}");
    }
}
