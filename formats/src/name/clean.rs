//! Cleaning of names as sheets hold them: spaces, capitals, forms of address in front.

use crate::fold::{fold, nfc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::char::is_combining_mark;

/// A name put in order, with the form of address that stood before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CleanName {
    /// The name in Vietnamese order, composed (NFC), single spaces; empty if the cell held none.
    pub full_name: String,
    /// What stood before it: `chị`, `phụ huynh`, `PH bé`..., in lower case and as written otherwise.
    pub honorific: Option<String>,
    /// A remark that stood behind it in brackets.
    pub remark: Option<String>,
}

/// Forms of address that are not names themselves when two or more words follow.
const HONORIFICS: [&str; 26] = [
    "phụ huynh",
    "phu huynh",
    "phhs",
    "ph",
    "học sinh",
    "học viên",
    "hs",
    "hv",
    "chị",
    "bé",
    "cô",
    "chú",
    "bác",
    "ông",
    "bà",
    "mẹ",
    "bố",
    "má",
    "thầy",
    "cháu",
    "dì",
    "cậu",
    "mr",
    "mrs",
    "ms",
    "miss",
];
/// Forms of address that are also names or parts of names: only before a family name, or when written
/// in lower case before a capital.
const DOUBTFUL: [&str; 8] = ["anh", "em", "ba", "chi", "be", "co", "me", "bo"];

/// Frequent family names, folded; the sixteen commonest first.
const FAMILY_NAMES: [&str; 48] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
    "duong", "ly", "dao", "dinh", "doan", "trinh", "truong", "lam", "mai", "to", "ha", "cao", "luong", "luu",
    "chau", "ta", "thai", "tong", "kieu", "quach", "phung", "trieu", "vuong", "dam", "nghiem", "la", "ton",
    "bach", "chu", "tang", "thach", "diep", "khuat", "than",
];

/// Cleans a name: NFC, single spaces, title case when written all in capitals or all small, the form of
/// address and a remark in brackets set apart.
///
/// A form of address is taken off only when a name of two words or more remains. A name in mixed case
/// keeps its letters. Idempotent on its own `full_name` unless another form of address follows.
pub fn clean_name(raw: &str) -> CleanName {
    let text = nfc(raw).replace(['\u{200b}', '\u{feff}', '\u{200c}', '\u{200d}'], "");
    let (name, remark) = split_remark(&text);
    let words: Vec<&str> = name
        .split_whitespace()
        .map(|word| word.trim_matches([',', ';', ':', '"', '*']))
        .filter(|word| !word.is_empty() && *word != "-" && *word != ".")
        .collect();
    let taken = honorific_words(&words);
    let honorific = (taken > 0)
        .then(|| words[..taken].join(" ").trim_end_matches(['.', ':']).to_lowercase().replace(". ", " "));
    let full_name = title_case(&words[taken..].join(" "));
    CleanName { full_name, honorific, remark }
}

/// Joins the parts of a name in Vietnamese order: family, middle, given. Empty parts are left out.
pub fn join_name(family: &str, middle: &str, given: &str) -> String {
    let parts = [family, middle, given];
    let words: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    nfc(&words.join(" "))
}

/// Whether a word is a frequent Vietnamese family name, with or without marks.
pub fn is_family_name(word: &str) -> bool {
    FAMILY_NAMES.contains(&fold(word).as_str())
}

/// Whether a word is one of the sixteen family names that most Vietnamese people have.
pub fn is_common_family_name(word: &str) -> bool {
    FAMILY_NAMES[..16].contains(&fold(word).as_str())
}

fn split_remark(text: &str) -> (&str, Option<String>) {
    if let (Some(open), true) = (text.find('('), text.trim_end().ends_with(')'))
        && text[..open].chars().any(char::is_alphabetic)
    {
        let remark = text[open + 1..].trim_end().trim_end_matches(')').trim();
        return (&text[..open], (!remark.is_empty()).then(|| remark.to_owned()));
    }
    (text, None)
}

/// How many words at the start are forms of address.
fn honorific_words(words: &[&str]) -> usize {
    let mut taken = 0;
    loop {
        let rest = &words[taken..];
        let step = [2, 1].into_iter().find(|n| rest.len() >= n + 2 && is_honorific(&rest[..*n], rest[*n]));
        match step {
            Some(n) => taken += n,
            None => return taken,
        }
    }
}

fn is_honorific(words: &[&str], next: &str) -> bool {
    let phrase = words.join(" ").to_lowercase();
    let phrase = phrase.trim_end_matches(['.', ':']);
    if HONORIFICS.contains(&phrase) {
        return true;
    }
    if !DOUBTFUL.contains(&phrase) {
        return false;
    }
    let starts_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    is_family_name(next) || (starts_small(words[0]) && !starts_small(next))
}

fn title_case(name: &str) -> String {
    let has_upper = name.chars().any(char::is_uppercase);
    let has_lower = name.chars().any(char::is_lowercase);
    if has_upper == has_lower {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut at_start = true;
    for c in name.chars() {
        if at_start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        at_start = !c.is_alphanumeric() && !is_combining_mark(c);
    }
    nfc(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleaned(raw: &str) -> (String, String) {
        let name = clean_name(raw);
        (name.full_name, name.honorific.unwrap_or_default())
    }

    #[test]
    fn names_are_put_in_order() {
        for (raw, full, honorific) in [
            ("  nguyễn   văn an ", "Nguyễn Văn An", ""),
            ("TRẦN THỊ ĐỨC", "Trần Thị Đức", ""),
            ("Nguyễn Văn AN", "Nguyễn Văn AN", ""),
            ("McDonald", "McDonald", ""),
            ("chị Trần Thị Lan", "Trần Thị Lan", "chị"),
            ("Chị Lan", "Chị Lan", ""),
            ("PH: NGUYỄN VĂN AN", "Nguyễn Văn An", "ph"),
            ("Phụ huynh bé Lê Minh Anh", "Lê Minh Anh", "phụ huynh bé"),
            ("anh Nguyễn Văn Nam", "Nguyễn Văn Nam", "anh"),
            ("Anh Thư Trần", "Anh Thư Trần", ""),
            ("anh Minh Tuấn", "Minh Tuấn", "anh"),
            ("Chu Văn An", "Chu Văn An", ""),
            ("Mr. Nam Tran", "Nam Tran", "mr"),
            ("Hà Anh", "Hà Anh", ""),
            ("Ba Nguyễn Văn Bình", "Nguyễn Văn Bình", "ba"),
            ("Lê An,", "Lê An", ""),
            ("jean-luc o'neil", "Jean-Luc O'Neil", ""),
            ("", "", ""),
            ("-", "", ""),
        ] {
            assert_eq!(cleaned(raw), (full.to_owned(), honorific.to_owned()), "{raw:?}");
        }
    }

    #[test]
    fn a_remark_in_brackets_is_kept_apart() {
        let name = clean_name("Lê Minh Anh (em Bình, lớp 7)");
        assert_eq!(name.full_name, "Lê Minh Anh");
        assert_eq!(name.remark.as_deref(), Some("em Bình, lớp 7"));
        assert_eq!(clean_name("(Bình)").full_name, "(Bình)");
    }

    #[test]
    fn parts_join_in_vietnamese_order() {
        assert_eq!(join_name("Nguyễn", "Văn", "An"), "Nguyễn Văn An");
        assert_eq!(join_name(" Nguyễn ", "", "An"), "Nguyễn An");
        assert_eq!(join_name("", "", ""), "");
    }

    proptest! {
        #[test]
        fn any_text_is_cleaned_without_double_spaces(raw in any::<String>()) {
            let name = clean_name(&raw);
            prop_assert!(!name.full_name.contains("  "));
            prop_assert_eq!(name.full_name.trim(), &name.full_name);
        }
    }
}
