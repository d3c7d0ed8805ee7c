//! Reading of a part of a cell that holds one number: labels, extensions and the letter O around it.

use super::number::{Read, read_number};
use super::{PhoneNote, PhoneReading};

/// Reads a part that holds one number and perhaps words and an extension around it.
pub(super) fn read_part(part: &str) -> PhoneReading {
    let mut notes = Vec::new();
    let scientific = read_number(part);
    let (read, label) = if scientific.notes.contains(&PhoneNote::ScientificNotation) {
        (scientific, None)
    } else {
        let (text, extension) = split_extension(part);
        let (text, has_letter_o) = with_zeros(text);
        let (text, label) = split_label(&text);
        if has_letter_o {
            notes.push(PhoneNote::LetterReadAsZero);
        }
        if let Some(digits) = extension {
            notes.push(PhoneNote::Extension { digits });
        }
        (read_number(&text), label)
    };
    reading_of(part, read, label, notes)
}

fn reading_of(part: &str, read: Read, label: Option<String>, mut notes: Vec<PhoneNote>) -> PhoneReading {
    notes.extend(read.notes);
    let (e164, kind) = match read.number {
        Ok((number, kind)) => (Some(number), Some(kind)),
        Err(why) => {
            notes.push(PhoneNote::Invalid { why });
            (None, None)
        }
    };
    PhoneReading { raw: part.to_owned(), e164, kind, label, notes }
}

/// Splits `028 3822 1234 ext 12`, `... x12`, `... máy lẻ 12`, `...#12` and the `;ext=12` of RFC 3966.
fn split_extension(part: &str) -> (&str, Option<String>) {
    let lower = part.to_lowercase();
    if lower.len() == part.len() {
        for mark in [";ext=", "máy lẻ", "may le", "ext.", "ext", "x", "#"] {
            if let Some(at) = lower.rfind(mark)
                && part.is_char_boundary(at)
                && part.is_char_boundary(at + mark.len())
            {
                let digits = part[at + mark.len()..].trim_matches([' ', ':', '.', ')', '(']);
                let is_extension =
                    (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
                if is_extension && digit_count(&part[..at]) >= 8 {
                    return (part[..at].trim_end_matches([' ', '(', ',', '-']), Some(digits.to_owned()));
                }
            }
        }
    }
    (part, None)
}

/// Reads the letter O as 0 where it touches a digit and no other letter.
fn with_zeros(text: &str) -> (String, bool) {
    let chars: Vec<char> = text.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut has_letter_o = false;
    let read = chars
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let (before, after) = (at.checked_sub(1), at.checked_add(1));
            let touches_digit = is_digit(before) || is_digit(after);
            if matches!(c, 'o' | 'O') && touches_digit && !is_letter(before) && !is_letter(after) {
                has_letter_o = true;
                '0'
            } else {
                *c
            }
        })
        .collect();
    (read, has_letter_o)
}

/// Takes words apart from the number: `ĐT mẹ: 0912345678` is `0912345678` with the label `mẹ`.
fn split_label(text: &str) -> (String, Option<String>) {
    let (mut number, mut words) = (String::new(), String::new());
    for c in text.chars() {
        if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) {
            words.push(c);
        } else {
            words.push(' ');
            number.push(c);
        }
    }
    let label: Vec<&str> = words
        .split_whitespace()
        .filter(|word| {
            !matches!(
                crate::fold::fold(word).as_str(),
                "p" | "tel" | "dt" | "sdt" | "phone" | "mobile" | "dd" | "so" | "t"
            )
        })
        .collect();
    let label = label.join(" ");
    (
        number.trim_matches([' ', ':', '.', '-', '\'', '"', '*']).to_owned(),
        (!label.is_empty()).then_some(label),
    )
}

/// How many digits a text has.
pub(super) fn digit_count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}
