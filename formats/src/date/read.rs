//! Reading of one date.

use super::words::{Piece, pieces};
use super::{
    CELL_CHARS_MAX, CENTURY_PIVOT, DateOrder, DateProblem, DateReading, DateValue, YEAR_MAX, YEAR_MIN,
    date_of_serial,
};
use chrono::NaiveDate;

/// Reads a date cell; `order` decides where day and month could be exchanged.
///
/// Takes `dd/mm/yyyy` with any separator, two-digit years, `yyyy-mm-dd` whatever `order` says, eight digits
/// in a row, month names, "12 tháng 3 năm 2010", Excel serial numbers, a year alone, and a time behind the
/// date, which is left out.
pub fn parse_date(cell: &str, order: DateOrder) -> DateReading {
    let text = cell.trim().trim_start_matches('\'');
    let (value, is_ambiguous) = read(text, order);
    DateReading { raw: cell.to_owned(), value, is_ambiguous }
}

fn read(text: &str, order: DateOrder) -> (DateValue, bool) {
    if text.chars().all(|c| !c.is_alphanumeric()) {
        return (DateValue::Empty, false);
    }
    if text.chars().count() > CELL_CHARS_MAX {
        return (invalid(DateProblem::NotADate), false);
    }
    if let Some(date) = read_serial(text) {
        return (DateValue::Day { date }, false);
    }
    let text = super::moment::without_time(text);
    match pieces(text) {
        Some(pieces) => read_pieces(&pieces, order),
        None => (invalid(DateProblem::NotADate), false),
    }
}

fn invalid(why: DateProblem) -> DateValue {
    DateValue::Invalid { why }
}

/// A whole or decimal number that is a day in Excel's counting and no year.
fn read_serial(text: &str) -> Option<NaiveDate> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 5 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    date_of_serial(whole.parse().ok()?)
}

fn read_pieces(pieces: &[Piece], order: DateOrder) -> (DateValue, bool) {
    if pieces.iter().any(|piece| matches!(piece, Piece::Month(_) | Piece::MonthWord)) {
        return (read_named_month(pieces), false);
    }
    let numbers: Vec<(i32, usize)> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        })
        .collect();
    match numbers[..] {
        [(value, 4)] => (partial(value, None), false),
        [(value, 8)] => read_eight_digits(value, order),
        [(month, 1..=2), (year, 4)] | [(year, 4), (month, 1..=2)] => (partial(year, Some(month)), false),
        [(year, 4), (month, 1..=2), (day, 1..=2)] => (day_of(year, month, day), false),
        [(first, 1..=2), (second, 1..=2), (year, digits @ (2 | 4))] => {
            if order == DateOrder::YearMonthDay && digits == 2 {
                return (day_of(full_year(first, 2), second, year), false);
            }
            read_ambiguous(first, second, full_year(year, digits), order)
        }
        _ => (invalid(DateProblem::NotADate), false),
    }
}

/// Day and month in the column's order, and whether the other order is a date as well.
fn read_ambiguous(first: i32, second: i32, year: i32, order: DateOrder) -> (DateValue, bool) {
    let day_first = day_of(year, second, first);
    let month_first = day_of(year, first, second);
    let is_ambiguous = first != second
        && matches!((&day_first, &month_first), (DateValue::Day { .. }, DateValue::Day { .. }));
    (if order == DateOrder::MonthDayYear { month_first } else { day_first }, is_ambiguous)
}

/// `20100312`, or `12032010` in the column's order.
fn read_eight_digits(value: i32, order: DateOrder) -> (DateValue, bool) {
    let iso = day_of(value / 10_000, value / 100 % 100, value % 100);
    if matches!(iso, DateValue::Day { .. }) {
        return (iso, false);
    }
    read_ambiguous(value / 1_000_000, value / 10_000 % 100, value % 10_000, order)
}

/// A date with its month by name or after "tháng".
fn read_named_month(pieces: &[Piece]) -> DateValue {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        match piece {
            Piece::Month(named) => month = Some(*named as i32),
            Piece::Number { value, .. } if month.is_none() && before == Some(&Piece::MonthWord) => {
                month = Some(*value)
            }
            Piece::Number { value, digits } if before == Some(&Piece::YearWord) || *digits == 4 => {
                year = Some(full_year(*value, *digits));
            }
            Piece::Number { value, digits: 1..=2 } if day.is_none() => day = Some(*value),
            Piece::Number { value, digits: 2 } if year.is_none() => year = Some(full_year(*value, 2)),
            Piece::Number { .. } => return invalid(DateProblem::NotADate),
            Piece::MonthWord | Piece::YearWord => {}
        }
        before = Some(piece);
    }
    match (day, month, year) {
        (Some(day), Some(month), Some(year)) => day_of(year, month, day),
        (None, Some(month), Some(year)) => partial(year, Some(month)),
        _ => invalid(DateProblem::NotADate),
    }
}

fn full_year(year: i32, digits: usize) -> i32 {
    match digits {
        2 if year >= CENTURY_PIVOT => 1900 + year,
        2 => 2000 + year,
        _ => year,
    }
}

fn partial(year: i32, month: Option<i32>) -> DateValue {
    if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
        return invalid(DateProblem::YearOutOfRange);
    }
    match month {
        None => DateValue::Partial { year, month: None },
        Some(month @ 1..=12) => DateValue::Partial { year, month: Some(month as u32) },
        Some(_) => invalid(DateProblem::NoSuchDay),
    }
}

fn day_of(year: i32, month: i32, day: i32) -> DateValue {
    if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
        return invalid(DateProblem::YearOutOfRange);
    }
    let (Ok(month), Ok(day)) = (u32::try_from(month), u32::try_from(day)) else {
        return invalid(DateProblem::NoSuchDay);
    };
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => DateValue::Day { date },
        None => invalid(DateProblem::NoSuchDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::format_date;
    use proptest::prelude::*;

    fn iso(cell: &str, order: DateOrder) -> String {
        match parse_date(cell, order).value {
            DateValue::Empty => "empty".into(),
            DateValue::Day { date } => date.to_string(),
            DateValue::Partial { year, month: None } => format!("{year}"),
            DateValue::Partial { year, month: Some(month) } => format!("{year}-{month:02}"),
            DateValue::Invalid { why } => format!("{why:?}"),
        }
    }

    #[test]
    fn dates_in_many_writings() {
        for (cell, date) in [
            ("12/03/2010", "2010-03-12"),
            ("12-3-2010", "2010-03-12"),
            ("12.03.2010", "2010-03-12"),
            ("12 / 03 / 2010", "2010-03-12"),
            ("'12/03/2010", "2010-03-12"),
            ("12/03/10", "2010-03-12"),
            ("12/03/85", "1985-03-12"),
            ("2010-03-12", "2010-03-12"),
            ("2010/3/12", "2010-03-12"),
            ("2010-03-12T17:05:00Z", "2010-03-12"),
            ("2010-03-12 00:00:00", "2010-03-12"),
            ("12/03/2010 14:30", "2010-03-12"),
            ("20100312", "2010-03-12"),
            ("12032010", "2010-03-12"),
            ("40249", "2010-03-12"),
            ("40249.5", "2010-03-12"),
            ("12 tháng 3 năm 2010", "2010-03-12"),
            ("ngày 12 tháng 03 năm 2010", "2010-03-12"),
            ("Ngày 12 tháng ba năm 2010", "2010-03-12"),
            ("12 tháng mười hai năm 2010", "2010-12-12"),
            ("12 thg 3, 2010", "2010-03-12"),
            ("12 Thg3 2010", "2010-03-12"),
            ("Thứ Sáu, 12/03/2010", "2010-03-12"),
            ("Thứ 6, 12/03/2010", "2010-03-12"),
            ("CN 14/03/2010", "2010-03-14"),
            ("12-Mar-2010", "2010-03-12"),
            ("12-Mar-10", "2010-03-12"),
            ("March 12, 2010", "2010-03-12"),
            ("Fri 12 Mar 2010", "2010-03-12"),
            ("12th March 2010", "2010-03-12"),
            ("2010", "2010"),
            ("03/2010", "2010-03"),
            ("tháng 3/2010", "2010-03"),
            ("tháng 3 năm 2010", "2010-03"),
            ("Mar 2010", "2010-03"),
            ("29/02/2012", "2012-02-29"),
            ("", "empty"),
            ("-", "empty"),
            ("../../..", "empty"),
            ("29/02/2011", "NoSuchDay"),
            ("31/13/2011", "NoSuchDay"),
            ("12/03/1210", "YearOutOfRange"),
            ("hôm qua", "NotADate"),
            ("lớp 5", "NotADate"),
            ("0912345678", "NotADate"),
            ("12/03", "NotADate"),
        ] {
            assert_eq!(iso(cell, DateOrder::DayMonthYear), date, "{cell:?}");
        }
    }

    #[test]
    fn the_order_decides_and_ambiguity_is_told() {
        assert_eq!(iso("03/04/2010", DateOrder::DayMonthYear), "2010-04-03");
        assert_eq!(iso("03/04/2010", DateOrder::MonthDayYear), "2010-03-04");
        assert_eq!(iso("10-03-12", DateOrder::YearMonthDay), "2010-03-12");
        assert_eq!(iso("12/25/2010", DateOrder::DayMonthYear), "NoSuchDay");
        for (cell, is_ambiguous) in
            [("03/04/2010", true), ("04/04/2010", false), ("13/04/2010", false), ("2010-03-04", false)]
        {
            assert_eq!(parse_date(cell, DateOrder::DayMonthYear).is_ambiguous, is_ambiguous, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_panic(cell in any::<String>()) {
            parse_date(&cell, DateOrder::DayMonthYear);
        }

        #[test]
        fn cells_like_dates_never_panic(cell in "[0-9/. a-zT:-]{0,24}") {
            for order in [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay] {
                parse_date(&cell, order);
            }
        }

        #[test]
        fn a_written_date_reads_back(days in 0u64..73_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
            for text in [format_date(date), date.to_string(), date.format("%d %B %Y").to_string()] {
                prop_assert_eq!(parse_date(&text, DateOrder::DayMonthYear).date(), Some(date));
            }
        }
    }
}
