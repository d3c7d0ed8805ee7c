//! Fields that managers defined: what may stand in them is said by their definition.

use formats::{date, fold};
use rusqlite::Connection;

use super::field::{Field, FieldError};
use crate::{
    definition::{model::Content, query::content},
    id::DefinitionId,
    store::StoreError,
};

const YES: [&str; 6] = ["yes", "co", "x", "true", "1", "roi"];
const NO: [&str; 5] = ["no", "khong", "false", "0", "chua"];

/// The typed value of a field in its canonical form; what is no field of one's own stays as it is.
///
/// # Errors
/// [`StoreError`] if the database refuses; inside, [`FieldError`] if the value cannot stand there or nobody defined
/// the field.
pub fn fit(conn: &Connection, key: &str, typed: &str) -> Result<Result<String, FieldError>, StoreError> {
    let Ok(Field::Custom(id)) = key.parse::<Field>() else { return Ok(Ok(typed.to_owned())) };
    let text = fold::nfc(typed.trim());
    if text.is_empty() {
        return Ok(Ok(text));
    }
    Ok(match definition(conn, id)? {
        Some((form, choices)) => fitted(&form, &choices, text),
        None => Err(FieldError::Unknown),
    })
}

fn definition(conn: &Connection, id: DefinitionId) -> Result<Option<(String, Vec<String>)>, StoreError> {
    Ok(match content(conn, id)? {
        Some(Content::Field { form, choices, .. }) => Some((form, choices)),
        _ => None,
    })
}

fn fitted(form: &str, choices: &[String], text: String) -> Result<String, FieldError> {
    let folded = fold::fold(&text);
    match form {
        "number" => number(&text).ok_or(FieldError::NotANumber),
        "date" => date::parse_date(&text, date::DateOrder::DayMonthYear)
            .date()
            .map(|day| day.format("%Y-%m-%d").to_string())
            .ok_or(FieldError::NotADate),
        "choice" => {
            let alike = choices.iter().find(|choice| fold::fold(choice) == folded);
            let exact = choices.iter().find(|choice| **choice == text);
            exact.or(alike).cloned().ok_or(FieldError::NotAChoice)
        }
        "yesNo" if YES.contains(&folded.as_str()) => Ok("yes".to_owned()),
        "yesNo" if NO.contains(&folded.as_str()) => Ok("no".to_owned()),
        "yesNo" => Err(FieldError::NotAChoice),
        _ => Ok(text),
    }
}

/// A number as people write it here: 1.250.000, 12,5 or 12.5.
fn number(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_grouped = |mark: char| {
        let unsigned = compact.strip_prefix('-').unwrap_or(&compact);
        let mut groups = unsigned.split(mark);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && unsigned.contains(mark)
            && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let plain = match (compact.contains('.'), compact.contains(',')) {
        (true, true) => compact.replace('.', "").replace(',', "."),
        (true, false) if is_grouped('.') => compact.replace('.', ""),
        (false, true) if compact.matches(',').count() > 1 && is_grouped(',') => compact.replace(',', ""),
        (false, true) => compact.replace(',', "."),
        _ => compact,
    };
    let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let value = plain.parse::<f64>().ok().filter(|value| is_plain && value.is_finite())?;
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_form_that_the_definition_asks_for() {
        let choices = ["Cỡ S".to_owned(), "Cỡ M".to_owned()];
        let fit = |form: &str, text: &str| fitted(form, &choices, text.to_owned());
        for (text, number) in [
            ("1.250.000", "1250000"),
            ("12,5", "12.5"),
            ("12.5", "12.5"),
            ("-3", "-3"),
            ("1.250,5", "1250.5"),
            ("1 250", "1250"),
        ] {
            assert_eq!(fit("number", text).as_deref(), Ok(number), "{text}");
        }
        for text in ["mười", "1e9", "inf", "1.2.3", "--1"] {
            assert_eq!(fit("number", text), Err(FieldError::NotANumber), "{text}");
        }
        assert_eq!(fit("date", "3/4/2012").as_deref(), Ok("2012-04-03"));
        assert_eq!(fit("date", "31/2/2012"), Err(FieldError::NotADate));
        assert_eq!(fit("choice", "co m").as_deref(), Ok("Cỡ M"));
        assert_eq!(fit("choice", "Cỡ L"), Err(FieldError::NotAChoice));
        assert_eq!((fit("yesNo", "Có").as_deref(), fit("yesNo", "chưa").as_deref()), (Ok("yes"), Ok("no")));
        assert_eq!(fit("yesNo", "hỏi mẹ"), Err(FieldError::NotAChoice));
        assert_eq!(fit("text", "gì cũng được").as_deref(), Ok("gì cũng được"));
    }
}
