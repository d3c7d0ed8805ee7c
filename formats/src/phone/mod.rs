//! Phone numbers as Vietnamese contact lists hold them, read into E.164.
//!
//! Reading never guesses silently: every repair leaves a [`PhoneNote`], and the raw text is kept.

mod number;
mod part;
mod plan;
mod split;

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

pub use split::parse_phones;

/// A phone number in E.164: `+`, country code and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[ts(type = "string")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Takes a text that is already E.164: `+` and 8 to 15 digits, the first not 0.
    pub fn new(e164: &str) -> Option<Self> {
        let digits = e164.strip_prefix('+')?;
        let is_number = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| Self(e164.to_owned()))
    }

    /// The number as `+84912345678`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Mobile, landline, hotline or foreign; a Vietnamese number that nobody can have has no kind.
    pub fn kind(&self) -> Option<PhoneKind> {
        match self.0.strip_prefix("+84") {
            Some(national) => plan::kind_of(national),
            None => Some(PhoneKind::Foreign),
        }
    }
}

impl std::fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PhoneNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| serde::de::Error::custom("not an E.164 phone number"))
    }
}

/// What sort of line a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// A Vietnamese mobile number: may get SMS and Zalo.
    Mobile,
    /// A Vietnamese landline.
    Landline,
    /// 1800 or 1900.
    Hotline,
    /// A number of another country, checked for length only.
    Foreign,
}

/// What was done to a number, or why it is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum PhoneNote {
    /// A spreadsheet ate the leading 0; it was put back.
    LostZeroRestored,
    /// An 11-digit mobile number of before 2018, converted to today's 10 digits.
    ElevenDigitsConverted,
    /// A landline with the area code 04 or 08 of before 2017, converted to 024 or 028.
    OldAreaCodeConverted,
    /// The letter O was read as the digit 0.
    LetterReadAsZero,
    /// A spreadsheet turned the number into `8.49E+10`; if digits were lost there is no number.
    ScientificNotation,
    /// The cell held several numbers.
    SplitFromCell,
    /// The cell says more than was read: it is longer, or holds more numbers, than a cell of phones is.
    CutOff,
    /// An extension stood behind the number.
    Extension {
        /// Its digits.
        digits: String,
    },
    /// There is no number here.
    Invalid {
        /// Why not.
        why: PhoneProblem,
    },
}

/// Why a text is not a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhoneProblem {
    /// No digit in it.
    NoDigits,
    /// Too few digits.
    TooShort,
    /// Too many digits.
    TooLong,
    /// The right length, but no operator or area has this prefix.
    UnknownPrefix,
    /// Digits were lost in scientific notation and cannot be known.
    DigitsLost,
}

/// One number found in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhoneReading {
    /// The part of the cell that was read.
    pub raw: String,
    /// The number, if it is one.
    pub e164: Option<PhoneNumber>,
    /// Its kind, if it is one.
    pub kind: Option<PhoneKind>,
    /// Words beside it: `mẹ`, `Zalo`.
    pub label: Option<String>,
    /// Repairs and problems.
    pub notes: Vec<PhoneNote>,
}

impl PhoneReading {
    /// Why there is no number, if there is none.
    pub fn problem(&self) -> Option<PhoneProblem> {
        self.notes.iter().find_map(|note| match note {
            PhoneNote::Invalid { why } => Some(*why),
            _ => None,
        })
    }
}

/// Reads the first valid number of a cell: for a single entry field.
pub fn parse_phone(text: &str) -> Option<PhoneNumber> {
    parse_phones(text).into_iter().find_map(|reading| reading.e164)
}

/// Whether a spreadsheet turned a number of phone length into `8.49E+10`.
pub fn is_scientific(cell: &str) -> bool {
    let read = number::read_number(cell);
    read.notes.contains(&PhoneNote::ScientificNotation)
}

/// Writes a number as people in Vietnam do: `0912 345 678`, `028 3822 1234`, `1900 1234`.
///
/// Anything else, foreign numbers included, stays as it is.
pub fn format_national(e164: &str) -> String {
    let Some(national) = e164.strip_prefix("+84").filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    else {
        return e164.to_owned();
    };
    match plan::kind_of(national) {
        Some(PhoneKind::Mobile) => format!("0{} {} {}", &national[..3], &national[3..6], &national[6..]),
        Some(PhoneKind::Landline) => {
            let (area, rest) = national.split_at(plan::area_len(national));
            let (first, last) = rest.split_at(rest.len() - 4);
            format!("0{area} {first} {last}")
        }
        Some(PhoneKind::Hotline) if national.len() == 8 => format!("{} {}", &national[..4], &national[4..]),
        Some(PhoneKind::Hotline) => format!("{} {} {}", &national[..4], &national[4..7], &national[7..]),
        _ => e164.to_owned(),
    }
}

/// The digits by which any part of a number is searched: national with the 0 for Vietnam, else all digits.
///
/// For the index as for what is typed: `+84912345678`, `0912.345.678` and `0912 34` give `0912345678` and `091234`.
pub fn search_digits(text: &str) -> String {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = if text.starts_with("+84") {
        digits.strip_prefix("84")
    } else if digits.starts_with("0084") {
        digits.strip_prefix("0084")
    } else {
        digits.strip_prefix("84").filter(|rest| rest.len() >= 9 && plan::kind_of(rest).is_some())
    };
    match national {
        Some(rest) if rest.starts_with('0') || rest.starts_with("1800") || rest.starts_with("1900") => {
            rest.to_owned()
        }
        Some(rest) => format!("0{rest}"),
        None => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_form_is_how_people_write_it() {
        for (e164, national) in [
            ("+84912345678", "0912 345 678"),
            ("+842838221234", "028 3822 1234"),
            ("+842363822123", "0236 382 2123"),
            ("+8419001234", "1900 1234"),
            ("+841800123456", "1800 123 456"),
            ("+6591234567", "+6591234567"),
            ("+84123", "+84123"),
            ("+84ä23456789", "+84ä23456789"),
            ("", ""),
        ] {
            assert_eq!(format_national(e164), national);
        }
    }

    #[test]
    fn any_part_of_a_number_can_be_searched() {
        for (typed, digits) in [
            ("0912 34", "091234"),
            ("0912.345.678", "0912345678"),
            ("+84912345678", "0912345678"),
            ("+84 912", "0912"),
            ("84912345678", "0912345678"),
            ("0084912345678", "0912345678"),
            ("345 678", "345678"),
            ("+8419001234", "19001234"),
            ("+6591234567", "6591234567"),
            ("lan", ""),
        ] {
            assert_eq!(search_digits(typed), digits, "{typed}");
        }
    }

    #[test]
    fn only_e164_becomes_a_number() {
        assert!(PhoneNumber::new("+84912345678").is_some());
        for text in ["0912345678", "+", "+0912345678", "+84 912345678", "+1234567890123456", "+8491234567x"] {
            assert!(PhoneNumber::new(text).is_none(), "{text}");
        }
        assert!(serde_json::from_str::<PhoneNumber>("\"0912\"").is_err());
        let number: PhoneNumber = serde_json::from_str("\"+84912345678\"").unwrap();
        assert_eq!(number.kind(), Some(PhoneKind::Mobile));
    }
}
