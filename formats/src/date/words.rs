//! Cutting a date cell into numbers, separators and month names.

use crate::fold::fold;

/// A piece of a date cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A number with how many digits it was written with.
    Number { value: i32, digits: usize },
    /// A month by name.
    Month(u32),
    /// The word "tháng", "thg" or "th", after which a month stands.
    MonthWord,
    /// The word "năm", after which a year stands.
    YearWord,
}

/// English months by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Vietnamese months written out; the longest first, because "muoi" begins three of them.
const SPELLED: [(&str, u32); 15] = [
    ("muoi hai", 12),
    ("muoi mot", 11),
    ("muoi", 10),
    ("gieng", 1),
    ("mot", 1),
    ("hai", 2),
    ("ba", 3),
    ("bon", 4),
    ("tu", 4),
    ("nam", 5),
    ("sau", 6),
    ("bay", 7),
    ("tam", 8),
    ("chin", 9),
    ("chap", 12),
];

/// Cuts a text into pieces; none if there is a word that no date has.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut words = fold(text);
    for (spelled, month) in SPELLED {
        words = words.replace(&format!("thang {spelled} "), &format!("thang {month} "));
    }
    let mut pieces = Vec::new();
    let mut is_weekday = false;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        for part in digit_runs(word) {
            if std::mem::take(&mut is_weekday) {
                continue;
            }
            match piece(part) {
                Some(Some(piece)) => pieces.push(piece),
                Some(None) => is_weekday = part == "thu",
                None => return None,
            }
        }
    }
    Some(pieces)
}

/// Cuts `12thg3` and `12mar` where digits begin or end.
fn digit_runs(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before: Option<bool> = None;
    for (at, c) in word.char_indices() {
        let is_digit = c.is_ascii_digit();
        if before.is_some_and(|before| before != is_digit) {
            parts.push(&word[start..at]);
            start = at;
        }
        before = Some(is_digit);
    }
    parts.push(&word[start..]);
    parts
}

/// One piece; `Some(None)` for a word that a date may have and that says nothing.
fn piece(word: &str) -> Option<Option<Piece>> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        let value = word.parse().ok().filter(|_| word.len() <= 8)?;
        return Some(Some(Piece::Number { value, digits: word.len() }));
    }
    let month = word.get(..3).and_then(|start| MONTHS.iter().position(|name| *name == start));
    Some(match word {
        "thang" | "thg" | "th" | "t" => Some(Piece::MonthWord),
        "nam" => Some(Piece::YearWord),
        // "thu" is followed by the number or name of a weekday.
        "ngay" | "mung" | "mong" | "sinh" | "of" | "the" | "st" | "nd" | "rd" | "thu" => None,
        "cn" | "chu" | "nhat" => None,
        _ if is_weekday_name(word) => None,
        _ => Some(Piece::Month(month.filter(|_| is_month_name(word))? as u32 + 1)),
    })
}

fn is_month_name(word: &str) -> bool {
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    FULL.iter().any(|full| full.starts_with(word)) || word == "sept"
}

fn is_weekday_name(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}
