//! Date and time of day: for columns that say when something happened.

use super::{DateOrder, DateReading, DateValue, parse_date};
use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A cell with a date and perhaps a time of day, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MomentReading {
    /// The date part.
    pub date: DateReading,
    /// The time of day, if the cell has one.
    #[ts(type = "string | null")]
    pub time: Option<NaiveTime>,
    /// The offset from UTC that the cell names, in minutes; without it the time is local.
    pub offset_minutes: Option<i32>,
}

impl MomentReading {
    /// The moment on the wall clock of [`offset_minutes`](Self::offset_minutes), or local; midnight if the
    /// cell has no time.
    pub fn naive(&self) -> Option<NaiveDateTime> {
        let date = self.date.date()?;
        Some(date.and_time(self.time.unwrap_or(NaiveTime::MIN)))
    }
}

/// Reads a cell with a date and perhaps a time: `12/03/2010 14:30`, `14h30 12/3/2010`, `2010-03-12T14:30:00+0700`,
/// `2:30 PM`, `2:30 CH`, Excel serial numbers with a fraction.
pub fn parse_moment(cell: &str, order: DateOrder) -> MomentReading {
    let text = cell.trim().trim_start_matches('\'');
    let date = parse_date(cell, order);
    if !matches!(date.value, DateValue::Day { .. }) {
        return MomentReading { date, time: None, offset_minutes: None };
    }
    if let Some(time) = serial_time(text) {
        return MomentReading { date, time: Some(time), offset_minutes: None };
    }
    let found = find_time(text);
    MomentReading {
        date,
        time: found.map(|found| found.time),
        offset_minutes: found.and_then(|found| found.offset_minutes),
    }
}

/// The cell without its time of day, whether that stands before or after the date.
pub(super) fn without_time(text: &str) -> &str {
    match find_time(text) {
        Some(found) if found.start > 0 => text[..found.start].trim_end_matches(['T', 't', ' ', ',', '\n']),
        Some(found) => text[found.end..].trim_start_matches([' ', ',', '-']),
        None => text,
    }
}

#[derive(Clone, Copy)]
struct FoundTime {
    start: usize,
    end: usize,
    time: NaiveTime,
    offset_minutes: Option<i32>,
}

/// Finds `h:mm`, `h:mm:ss`, `hhmm`, `14h`, `14h30` with what follows it.
fn find_time(text: &str) -> Option<FoundTime> {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_mark = *byte == b':'
            || ((*byte | 0x20) == b'h' && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic));
        let start = at - digits_before(&bytes[..at], 2);
        let starts_alone = start == 0 || !bytes[start - 1].is_ascii_digit();
        if is_mark && start < at && starts_alone {
            return time_at(text, start, at);
        }
    }
    None
}

fn time_at(text: &str, start: usize, mark: usize) -> Option<FoundTime> {
    let hour: u32 = text.get(start..mark)?.parse().ok()?;
    let mut end = mark + 1;
    let minute = take_two(text, &mut end);
    if minute.is_none() && text.as_bytes()[mark] == b':' {
        return None;
    }
    let mut second = None;
    if text[end..].starts_with(':') {
        end += 1;
        second = Some(take_two(text, &mut end)?);
        if text[end..].starts_with(['.', ',']) {
            end += 1 + text[end + 1..].bytes().take_while(u8::is_ascii_digit).count();
        }
    }
    let rest = text[end..].trim_start();
    let skipped = text.len() - end - rest.len();
    let upper: String = rest.chars().take(2).flat_map(char::to_uppercase).collect();
    let hour = match upper.as_str() {
        "PM" | "CH" if hour < 12 => hour + 12,
        "AM" | "SA" if hour == 12 => 0,
        _ => hour,
    };
    if ["PM", "CH", "AM", "SA"].contains(&upper.as_str()) {
        end += skipped + 2;
    }
    let (offset_minutes, offset_len) = offset(&text[end..]);
    let time = NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), second.unwrap_or(0))?;
    Some(FoundTime { start, end: end + offset_len, time, offset_minutes })
}

/// Takes one or two digits.
fn take_two(text: &str, end: &mut usize) -> Option<u32> {
    let len = text.get(*end..)?.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let value = text.get(*end..*end + len)?.parse().ok();
    *end += len;
    value
}

fn digits_before(bytes: &[u8], max: usize) -> usize {
    bytes.iter().rev().take(max).take_while(|b| b.is_ascii_digit()).count()
}

/// `Z`, `+07:00`, `+0700`, ` GMT+7`, with its length.
fn offset(text: &str) -> (Option<i32>, usize) {
    if text.starts_with(['Z', 'z']) {
        return (Some(0), 1);
    }
    let trimmed = text.trim_start();
    let zone = trimmed.strip_prefix("GMT").or_else(|| trimmed.strip_prefix("UTC"));
    let signed = zone.unwrap_or(text);
    let sign = match signed.bytes().next() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return if zone.is_some() { (Some(0), text.len() - signed.len()) } else { (None, 0) },
    };
    let mut end = 1;
    let Some(hours) = take_two(signed, &mut end).filter(|hours| *hours <= 14) else { return (None, 0) };
    if signed[end..].starts_with(':') {
        end += 1;
    }
    let minutes = take_two(signed, &mut end).filter(|minutes| *minutes < 60).unwrap_or(0);
    (Some(sign * (hours * 60 + minutes) as i32), text.len() - signed.len() + end)
}

/// The time of an Excel serial number with a fraction, to the second.
fn serial_time(text: &str) -> Option<NaiveTime> {
    let text = text.replace(',', ".");
    let (whole, fraction) = text.split_once('.')?;
    let is_digits =
        |part: &str| !part.is_empty() && part.len() <= 17 && part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() != 5 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let part: f64 = format!("0.{fraction}").parse().ok()?;
    let seconds = ((part * 86_400.0).round() as u32).min(86_399);
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_in_many_writings() {
        for (cell, moment, offset) in [
            ("12/03/2010 14:30", "2010-03-12 14:30:00", None),
            ("12/03/2010, 9:05:07", "2010-03-12 09:05:07", None),
            ("12/03/2010 2:30 PM", "2010-03-12 14:30:00", None),
            ("12/03/2010 2:30:00 CH", "2010-03-12 14:30:00", None),
            ("12/03/2010 12:10 SA", "2010-03-12 00:10:00", None),
            ("12/03/2010 14h30", "2010-03-12 14:30:00", None),
            ("14h 12/03/2010", "2010-03-12 14:00:00", None),
            ("14:30 ngày 12/3/2010", "2010-03-12 14:30:00", None),
            ("14:30 - 12/3/2010", "2010-03-12 14:30:00", None),
            ("12/03/2010", "2010-03-12 00:00:00", None),
            ("2010-03-12T14:30:00Z", "2010-03-12 14:30:00", Some(0)),
            ("2010-03-12T14:30:00+0700", "2010-03-12 14:30:00", Some(420)),
            ("2010-03-12T14:30:00.123-05:30", "2010-03-12 14:30:00", Some(-330)),
            ("2010/03/12 2:30:00 PM GMT+7", "2010-03-12 14:30:00", Some(420)),
            ("40249.604166666664", "2010-03-12 14:30:00", None),
            ("12 tháng 3 năm 2010 lúc 14:30", "none", None),
            ("14:30", "none", None),
            ("12/03/2010 25:00", "none", None),
        ] {
            let reading = parse_moment(cell, DateOrder::DayMonthYear);
            assert_eq!(reading.naive().map_or("none".into(), |m| m.to_string()), moment, "{cell:?}");
            assert_eq!(reading.offset_minutes, offset, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_panic(cell in any::<String>()) {
            parse_moment(&cell, DateOrder::DayMonthYear);
        }

        #[test]
        fn cells_like_moments_never_panic(cell in "[0-9/. :hPMTZ+-]{0,32}") {
            parse_moment(&cell, DateOrder::DayMonthYear);
        }

        #[test]
        fn a_written_moment_reads_back(seconds in 0i64..4_000_000_000) {
            let moment = chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            for pattern in ["%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %I:%M:%S %p"] {
                let text = moment.format(pattern).to_string();
                prop_assert_eq!(parse_moment(&text, DateOrder::DayMonthYear).naive(), Some(moment), "{}", text);
            }
        }
    }
}
