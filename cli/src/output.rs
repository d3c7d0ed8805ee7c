//! What is printed.

use std::{
    fmt,
    io::{ErrorKind, Write},
    process::exit,
};

use serde_json::{Value, json};

use crate::refusal::Told;

/// How far the clocks of Vietnam are ahead of UTC.
pub const VIETNAM_MS: i64 = 7 * 3_600_000;

/// Prints a line for whoever called, as `println!` does.
macro_rules! say {
    ($($words:tt)*) => { $crate::output::line(format_args!($($words)*)) };
}
pub(crate) use say;

/// Prints a line. A reader may have gone before the end, as `head` does: then nobody is left to print for.
pub fn line(words: fmt::Arguments<'_>) {
    let printed = writeln!(std::io::stdout(), "{words}");
    if let Err(error) = printed {
        if error.kind() == ErrorKind::BrokenPipe {
            exit(0);
        }
        eprintln!("quen: the output cannot be written ({error})");
        eprintln!("      Không ghi được kết quả ra ({error})");
        exit(1);
    }
}

/// Prints a result: JSON for programs, short lines for people.
pub fn print(value: &Value, is_json: bool) {
    if is_json {
        say!("{value}");
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                say!("{key}: {}", plain(value));
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| say!("{}", plain(row))),
        other => say!("{}", plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        other => other.to_string(),
    }
}

/// A text as a terminal may show it: what would move its cursor, clear it or dress one word up as another is written
/// out instead of obeyed.
pub fn shown(text: &str) -> String {
    let is_order = |letter: char| {
        (letter.is_control() && letter != '\n' && letter != '\t')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_order) {
        return text.to_owned();
    }
    let letter_shown = |letter: char| match letter {
        order if is_order(order) => order.escape_unicode().to_string(),
        plain => plain.to_string(),
    };
    text.chars().map(letter_shown).collect()
}

/// Prints what went wrong: a code for programs, and a sentence in either language.
pub fn print_error(told: &Told, is_json: bool) {
    if is_json {
        let fields: serde_json::Map<_, _> =
            told.fields.iter().map(|(field, reason)| (field.clone(), json!(reason))).collect();
        let error = json!({
            "code": told.code, "message": told.english, "messageVi": told.vietnamese, "fields": fields
        });
        eprintln!("{error}");
        return;
    }
    eprintln!("quen: {}", told.english);
    eprintln!("      {}", told.vietnamese);
    for (field, reason) in &told.fields {
        let words = crate::words::of(reason);
        eprintln!("      {field}: {}", words.english);
        eprintln!("      {field}: {}", words.vietnamese);
    }
}

/// A moment as date and time in Vietnam; nothing for none.
pub fn moment(at_ms: &Value) -> String {
    let Some(at_ms) = at_ms.as_i64() else { return String::new() };
    let at = at_ms.saturating_add(VIETNAM_MS);
    chrono::DateTime::from_timestamp_millis(at).unwrap_or_default().format("%d/%m/%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_as_the_clock_on_the_wall_in_vietnam() {
        assert_eq!(moment(&json!(0)), "01/01/1970 07:00");
        assert_eq!(moment(&json!(1_709_139_600_000_i64)), "29/02/2024 00:00");
        assert_eq!(moment(&json!(1_790_000_000_000_i64)), "21/09/2026 21:13");
    }

    #[test]
    fn a_terminal_is_given_no_orders_by_a_name() {
        assert_eq!(shown("Trần Lan\n\t*"), "Trần Lan\n\t*");
        assert_eq!(shown("\u{1b}[2JLan"), "\\u{1b}[2JLan");
        assert_eq!(shown("a\u{202e}b\rc\u{9b}"), "a\\u{202e}b\\u{d}c\\u{9b}");
    }
}
