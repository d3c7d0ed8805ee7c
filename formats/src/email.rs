//! E-mail addresses as contact lists hold them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many characters of a cell are read.
const CELL_CHARS_MAX: usize = 1_000;
/// How many addresses one cell can hold.
const ADDRESSES_MAX: usize = 12;

/// One address found in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EmailReading {
    /// The part of the cell that was read.
    pub raw: String,
    /// The address in lower case, if it is one.
    pub email: Option<String>,
    /// Why it is none.
    pub problem: Option<EmailProblem>,
    /// What was probably meant, when the domain looks mistyped: `lan@gmail.com` for `lan@gmial.com`.
    pub suggestion: Option<String>,
}

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EmailProblem {
    /// No `@`, or nothing before it.
    NoAddress,
    /// The part before the `@` has characters that no provider accepts.
    BadLocalPart,
    /// The part after the `@` is no domain.
    BadDomain,
    /// Longer than 254 characters, or 64 before the `@`.
    TooLong,
}

/// Reads every address of a cell, in order and without repeats.
///
/// Takes `mailto:`, `Lan <lan@x.vn>`, several addresses by comma, semicolon, slash, space or line. An empty
/// cell, a dash or "không có" gives nothing.
pub fn parse_emails(cell: &str) -> Vec<EmailReading> {
    let cell: String = cell.chars().take(CELL_CHARS_MAX).collect();
    let cell = cell.replace(" @ ", "@").replace("@ ", "@").replace(" @", "@").replace('＠', "@");
    let mut readings: Vec<EmailReading> = Vec::new();
    for part in cell.split(is_separator).filter(|part| part.contains('@')).take(ADDRESSES_MAX) {
        let reading = read(part);
        if reading.email.is_none() || readings.iter().all(|known| known.email != reading.email) {
            readings.push(reading);
        }
    }
    if readings.is_empty() && !is_blank(&cell) {
        let problem = Some(EmailProblem::NoAddress);
        readings.push(EmailReading { raw: cell.trim().to_owned(), email: None, problem, suggestion: None });
    }
    readings
}

/// Reads the first valid address of a text: for a single entry field.
pub fn parse_email(text: &str) -> Option<String> {
    parse_emails(text).into_iter().find_map(|reading| reading.email)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | ';' | '/' | '|' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\u{200b}' | '\u{feff}'
        )
}

fn is_blank(cell: &str) -> bool {
    matches!(
        crate::fold::fold(cell).as_str(),
        "" | "khong"
            | "khong co"
            | "ko"
            | "ko co"
            | "k co"
            | "chua co"
            | "n a"
            | "na"
            | "none"
            | "null"
            | "x"
    )
}

fn read(part: &str) -> EmailReading {
    let raw = part.to_owned();
    let lower = part.to_lowercase();
    let text = lower.trim_start_matches("mailto:").trim_start_matches("email:").trim_start_matches("e-mail:");
    let text = text.trim_matches(['.', ':', '\'', '`', '*']);
    let text = text.split('?').next().unwrap_or(text);
    match check(text) {
        Ok(()) => {
            EmailReading { raw, email: Some(text.to_owned()), problem: None, suggestion: suggestion(text) }
        }
        Err(problem) => EmailReading { raw, email: None, problem: Some(problem), suggestion: None },
    }
}

/// Checks an address in lower case: what providers accept, which is less than RFC 5321 allows.
fn check(text: &str) -> Result<(), EmailProblem> {
    let (local, domain) = text.rsplit_once('@').ok_or(EmailProblem::NoAddress)?;
    if local.is_empty() {
        return Err(EmailProblem::NoAddress);
    }
    if text.len() > 254 || local.len() > 64 {
        return Err(EmailProblem::TooLong);
    }
    let is_local = |b: u8| b.is_ascii_alphanumeric() || b"._%+-'!#$&*=^{}~".contains(&b);
    if !local.bytes().all(is_local) || local.starts_with('.') || local.ends_with('.') || local.contains("..")
    {
        return Err(EmailProblem::BadLocalPart);
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or("");
    let is_top = top.len() >= 2 && (top.bytes().all(|b| b.is_ascii_alphabetic()) || top.starts_with("xn--"));
    if !domain.contains('.') || !is_top || !domain.split('.').all(is_label) {
        return Err(EmailProblem::BadDomain);
    }
    Ok(())
}

/// Mistyped domains that are seen often, and what was meant.
const MISTYPED: [(&str, &str); 22] = [
    ("gmial.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gmil.com", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gmaill.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("gmail.con", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gmail.cm", "gmail.com"),
    ("gmail.vn", "gmail.com"),
    ("gmail.com.vn", "gmail.com"),
    ("gmail.comm", "gmail.com"),
    ("yaho.com", "yahoo.com"),
    ("yahoo.con", "yahoo.com"),
    ("yahoo.co", "yahoo.com"),
    ("yhoo.com", "yahoo.com"),
    ("hotmail.con", "hotmail.com"),
    ("hotmai.com", "hotmail.com"),
    ("hotmal.com", "hotmail.com"),
    ("outlok.com", "outlook.com"),
    ("iclound.com", "icloud.com"),
];

fn suggestion(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@')?;
    let (_, meant) = MISTYPED.iter().find(|(wrong, _)| *wrong == domain)?;
    Some(format!("{local}@{meant}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn emails(cell: &str) -> Vec<String> {
        parse_emails(cell).into_iter().filter_map(|reading| reading.email).collect()
    }

    #[test]
    fn addresses_are_found_and_lowered() {
        for (cell, found) in [
            ("Lan.Tran@Gmail.com", vec!["lan.tran@gmail.com"]),
            ("  lan@x.edu.vn. ", vec!["lan@x.edu.vn"]),
            ("mailto:lan@x.vn?subject=a", vec!["lan@x.vn"]),
            ("Trần Lan <lan@x.vn>", vec!["lan@x.vn"]),
            ("a@x.vn, b@x.vn", vec!["a@x.vn", "b@x.vn"]),
            ("a@x.vn/b@x.vn\na@x.vn", vec!["a@x.vn", "b@x.vn"]),
            ("lan @ gmail.com", vec!["lan@gmail.com"]),
            ("a+b_c@sub.x-y.com", vec!["a+b_c@sub.x-y.com"]),
        ] {
            assert_eq!(emails(cell), found, "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (cell, problem) in [
            ("lan", EmailProblem::NoAddress),
            ("@gmail.com", EmailProblem::NoAddress),
            ("lan@", EmailProblem::BadDomain),
            ("lan@gmail", EmailProblem::BadDomain),
            ("lan@gmail..com", EmailProblem::BadDomain),
            ("lan@-x.com", EmailProblem::BadDomain),
            ("lan@x.c0m", EmailProblem::BadDomain),
            ("trần@gmail.com", EmailProblem::BadLocalPart),
            ("a..b@gmail.com", EmailProblem::BadLocalPart),
            ("a@b@gmail.com", EmailProblem::BadLocalPart),
        ] {
            let readings = parse_emails(cell);
            assert_eq!(readings[0].problem, Some(problem), "{cell:?}");
            assert_eq!(readings[0].email, None);
        }
        assert_eq!(parse_emails(&format!("{}@x.vn", "a".repeat(65)))[0].problem, Some(EmailProblem::TooLong));
    }

    #[test]
    fn blank_cells_hold_nothing_and_mistyped_domains_get_a_hint() {
        for cell in ["", "-", "Không có", "n/a"] {
            assert_eq!(parse_emails(cell), vec![], "{cell:?}");
        }
        assert_eq!(parse_emails("lan@gmial.com")[0].suggestion.as_deref(), Some("lan@gmail.com"));
        assert_eq!(parse_emails("lan@gmail.com")[0].suggestion, None);
    }

    proptest! {
        #[test]
        fn any_cell_is_read_and_addresses_read_back(cell in any::<String>()) {
            for email in emails(&cell) {
                prop_assert_eq!(emails(&email), vec![email]);
            }
        }

        #[test]
        fn cells_like_addresses_read_back(cell in "[a-z.@ ,<>-]{0,40}") {
            for email in emails(&cell) {
                prop_assert_eq!(emails(&email), vec![email]);
            }
        }
    }
}
