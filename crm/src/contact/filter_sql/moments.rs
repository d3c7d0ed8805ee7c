//! Rules on moments and calendar days.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta};
use rusqlite::types::Value;

use super::{Condition, bad, number, pair, single};
use crate::{
    filter::{DAYS_MAX, FilterValue, Operator, Rule},
    read::{ReadContext, ReadError},
};

const DAY_MS: i64 = 86_400_000;
/// Nobody is older; keeps ages inside the calendar.
const AGE_MAX: f64 = 200.0;

/// Today where the device is.
pub(in crate::contact) fn today(context: &ReadContext) -> NaiveDate {
    let offset = TimeDelta::minutes(i64::from(context.utc_offset_minutes));
    DateTime::from_timestamp_millis(context.now.0)
        .and_then(|now| now.checked_add_signed(offset))
        .unwrap_or_default()
        .date_naive()
}

/// The first moment of a day where the device is.
pub(crate) fn start_of(day: NaiveDate, context: &ReadContext) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    midnight - i64::from(context.utc_offset_minutes) * 60_000
}

/// A day that lies `days` from another.
fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    moved.unwrap_or(day)
}

fn days(value: &FilterValue) -> Result<i64, ReadError> {
    let days = number(&single(value)?)?;
    if (0.0..=DAYS_MAX).contains(&days) && days.fract() == 0.0 { Ok(days as i64) } else { Err(bad("value")) }
}

fn day(text: &str) -> Result<NaiveDate, ReadError> {
    // A moment in full counts as its day.
    let date = text.get(..10).unwrap_or(text);
    NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| bad("value"))
}

fn range(column: &str, from: i64, to: i64) -> Condition {
    Condition::new(format!("{column} >= ? AND {column} < ?"), vec![from.into(), to.into()])
}

/// A column of milliseconds since 1970.
pub(super) fn instant(column: &str, rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    let now = context.now.0;
    let start = |day| start_of(day, context);
    Ok(match rule.op {
        Operator::IsSet => Condition::plain(&format!("{column} IS NOT NULL")),
        Operator::IsEmpty => Condition::plain(&format!("{column} IS NULL")),
        Operator::Is => {
            let on = day(&single(&rule.value)?)?;
            range(column, start(on), start(shifted(on, 1)))
        }
        Operator::IsNot => {
            let on = day(&single(&rule.value)?)?;
            range(column, start(on), start(shifted(on, 1))).not()
        }
        Operator::Before => {
            Condition::new(format!("{column} < ?"), vec![start(day(&single(&rule.value)?)?).into()])
        }
        Operator::After => {
            let next = shifted(day(&single(&rule.value)?)?, 1);
            Condition::new(format!("{column} >= ?"), vec![start(next).into()])
        }
        Operator::Between => {
            let (from, to) = pair(&rule.value)?;
            range(column, start(day(&from)?), start(shifted(day(&to)?, 1)))
        }
        Operator::InLastDays => {
            let from = now - days(&rule.value)? * DAY_MS;
            Condition::new(format!("{column} >= ? AND {column} <= ?"), vec![from.into(), now.into()])
        }
        Operator::InNextDays => {
            let to = now + days(&rule.value)? * DAY_MS;
            Condition::new(format!("{column} >= ? AND {column} <= ?"), vec![now.into(), to.into()])
        }
        Operator::OlderThanDays => {
            let before = now - days(&rule.value)? * DAY_MS;
            Condition::new(format!("({column} IS NULL OR {column} < ?)"), vec![before.into()])
        }
        Operator::Contains | Operator::HasAll => return Err(bad("operator")),
    })
}

/// An expression that gives an ISO date.
pub(super) fn date(expression: &str, rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    let today = today(context);
    let iso = |day: NaiveDate| -> Value { day.format("%Y-%m-%d").to_string().into() };
    let compare = |op: &str, day| Condition::new(format!("{expression} {op} ?"), vec![iso(day)]);
    let between = |from, to| compare(">=", from).and(compare("<=", to));
    Ok(match rule.op {
        Operator::IsSet => Condition::plain(&format!("{expression} IS NOT NULL")),
        Operator::IsEmpty => Condition::plain(&format!("{expression} IS NULL")),
        Operator::Is => compare("=", day(&single(&rule.value)?)?),
        Operator::IsNot => compare("=", day(&single(&rule.value)?)?).not(),
        Operator::Before => compare("<", day(&single(&rule.value)?)?),
        Operator::After => compare(">", day(&single(&rule.value)?)?),
        Operator::Between => {
            let (from, to) = pair(&rule.value)?;
            between(day(&from)?, day(&to)?)
        }
        Operator::InLastDays => between(shifted(today, -days(&rule.value)?), today),
        Operator::InNextDays => between(today, shifted(today, days(&rule.value)?)),
        Operator::OlderThanDays => {
            let before = iso(shifted(today, -days(&rule.value)?));
            Condition::new(format!("({expression} IS NULL OR {expression} < ?)"), vec![before])
        }
        Operator::Contains | Operator::HasAll => return Err(bad("operator")),
    })
}

/// Age in full years.
pub(super) fn age(rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    let today = today(context);
    // Those who are at least so old were born on that day or before.
    let born_by = |years: f64| -> Result<Value, ReadError> {
        if !(0.0..=AGE_MAX).contains(&years) {
            return Err(bad("value"));
        }
        let day = today.checked_sub_months(Months::new(years as u32 * 12)).ok_or(bad("value"))?;
        // Born on 29 February: a year older on 28 February of other years, as in the list of birthdays.
        Ok(match day.format("%m-%d").to_string().as_str() {
            "02-28" => day.format("%Y-02-29").to_string(),
            _ => day.format("%Y-%m-%d").to_string(),
        }
        .into())
    };
    let at_least = |years: f64| Ok(Condition::new("birth_on <= ?", vec![born_by(years)?]));
    let below = |years: f64| Ok(Condition::new("birth_on > ?", vec![born_by(years)?]));
    let value = || number(&single(&rule.value)?);
    match rule.op {
        Operator::IsSet => Ok(Condition::plain("birth_on IS NOT NULL")),
        Operator::IsEmpty => Ok(Condition::plain("birth_on IS NULL")),
        Operator::Is => {
            let years = value()?.floor();
            at_least(years).and_then(|from| Ok(from.and(below(years + 1.0)?)))
        }
        Operator::IsNot => {
            let years = value()?.floor();
            at_least(years).and_then(|from| Ok(from.and(below(years + 1.0)?).not()))
        }
        Operator::Before => below(value()?.ceil()),
        Operator::After => at_least(value()?.floor() + 1.0),
        Operator::Between => {
            let (from, to) = pair(&rule.value)?;
            let (from, to) = (number(&from)?.ceil(), number(&to)?.floor());
            at_least(from).and_then(|condition| Ok(condition.and(below(to + 1.0)?)))
        }
        _ => Err(bad("operator")),
    }
}

/// The day of the year on which a person was born.
pub(super) fn birthday(rule: &Rule, context: &ReadContext) -> Result<Condition, ReadError> {
    let today = today(context);
    match rule.op {
        Operator::IsSet => Ok(Condition::plain("birthday IS NOT NULL")),
        Operator::IsEmpty => Ok(Condition::plain("birthday IS NULL")),
        Operator::InNextDays => Ok(birthdays(today, days(&rule.value)?)),
        Operator::InLastDays => {
            let count = days(&rule.value)?;
            Ok(birthdays(shifted(today, -count), count))
        }
        Operator::Is => {
            let text = single(&rule.value)?;
            let day = text.get(text.len().saturating_sub(5)..).unwrap_or_default();
            // 2000 was a leap year.
            NaiveDate::parse_from_str(&format!("2000-{day}"), "%Y-%m-%d").map_err(|_| bad("value"))?;
            Ok(Condition::new("birthday = ?", vec![day.to_owned().into()]))
        }
        _ => Err(bad("operator")),
    }
}

/// Birthdays from a day on over so many days, both ends included, over the end of the year too.
///
/// Those born on 29 February have theirs on the 28th in years that lack it.
pub(crate) fn birthdays(from: NaiveDate, days: i64) -> Condition {
    if days >= 365 {
        return Condition::plain("birthday IS NOT NULL");
    }
    let to = shifted(from, days);
    let mark = |day: NaiveDate| day.format("%m-%d").to_string();
    let (first, last) = (mark(from), mark(to));
    let span = if first <= last && days < 365 {
        "birthday >= ? AND birthday <= ?"
    } else {
        "(birthday >= ? OR birthday <= ?)"
    };
    let span = Condition::new(span, vec![first.into(), last.into()]);
    let has_common_28th = (0..=days)
        .map(|count| shifted(from, count))
        .any(|day| mark(day) == "02-28" && mark(shifted(day, 1)) != "02-29");
    if has_common_28th {
        return Condition::new(format!("({} OR birthday = '02-29')", span.sql), span.values);
    }
    span
}
