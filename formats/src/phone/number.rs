//! Reading of one number: prefixes, lost zeros, old plans.

use super::{PhoneKind, PhoneNote, PhoneNumber, PhoneProblem, plan};

/// What one text came to.
pub(super) struct Read {
    pub(super) number: Result<(PhoneNumber, PhoneKind), PhoneProblem>,
    pub(super) notes: Vec<PhoneNote>,
}

impl Read {
    fn of(number: Result<(PhoneNumber, PhoneKind), PhoneProblem>, notes: Vec<PhoneNote>) -> Self {
        Self { number, notes }
    }

    pub(super) fn is_valid(&self) -> bool {
        self.number.is_ok()
    }
}

/// Reads a text without letters as one number: digits, `+`, brackets and separators.
pub(super) fn read_number(text: &str) -> Read {
    let text = text.trim();
    if let Some(read) = read_scientific(text) {
        return read;
    }
    let text = without_decimals(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Read::of(Err(PhoneProblem::NoDigits), vec![]);
    }
    if text.matches('+').count() > 1 {
        return Read::of(Err(PhoneProblem::TooLong), vec![]);
    }
    let has_plus = text.contains('+');
    let abroad = if has_plus { digits.as_str() } else { digits.strip_prefix("00").unwrap_or("") };
    if let Some(national) = abroad.strip_prefix("84") {
        return read_national(national.strip_prefix('0').unwrap_or(national), vec![]);
    }
    if !abroad.is_empty() && !abroad.starts_with('0') {
        return read_foreign(abroad);
    }
    read_domestic(text, &digits)
}

/// Digits without a sign of being international.
fn read_domestic(text: &str, digits: &str) -> Read {
    if let Some(national) = digits.strip_prefix('0') {
        let is_area_in_brackets = text.starts_with("(08)") || text.starts_with("(04)");
        let is_old_hanoi = national.starts_with('4');
        if (is_area_in_brackets || is_old_hanoi)
            && let Some(today) = plan::convert_2017(national)
        {
            return read_national(&today, vec![PhoneNote::OldAreaCodeConverted]);
        }
        return read_national(national, vec![]);
    }
    if digits.starts_with("1800") || digits.starts_with("1900") {
        let hotline = read_national(digits, vec![]);
        if hotline.is_valid() {
            return hotline;
        }
    }
    if let Some(national) = digits.strip_prefix("84") {
        let international = read_national(national.strip_prefix('0').unwrap_or(national), vec![]);
        if international.is_valid() {
            return international;
        }
    }
    read_national(digits, vec![PhoneNote::LostZeroRestored])
}

/// A national significant number: without +84 and without the leading 0.
fn read_national(national: &str, mut notes: Vec<PhoneNote>) -> Read {
    let converted = plan::convert_2018(national);
    if converted.is_some() {
        notes.push(PhoneNote::ElevenDigitsConverted);
    }
    let national = converted.as_deref().unwrap_or(national);
    if let Some(kind) = plan::kind_of(national)
        && let Some(number) = PhoneNumber::new(&format!("+84{national}"))
    {
        return Read::of(Ok((number, kind)), notes);
    }
    let problem = match national.len() {
        0..=8 => PhoneProblem::TooShort,
        9 | 10 => PhoneProblem::UnknownPrefix,
        _ => PhoneProblem::TooLong,
    };
    Read::of(Err(problem), vec![])
}

/// A number of another country: 8 to 15 digits with the country code.
fn read_foreign(digits: &str) -> Read {
    let number = match digits.len() {
        0..=7 => Err(PhoneProblem::TooShort),
        8..=15 => PhoneNumber::new(&format!("+{digits}")).ok_or(PhoneProblem::UnknownPrefix),
        _ => Err(PhoneProblem::TooLong),
    };
    Read::of(number.map(|number| (number, PhoneKind::Foreign)), vec![])
}

/// `8.4912345678E+10` still holds all digits; `8.49E+10` does not.
fn read_scientific(text: &str) -> Option<Read> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || exponent > 20 {
        return None;
    }
    let mut notes = vec![PhoneNote::ScientificNotation];
    if fraction.len() != exponent {
        return Some(Read::of(Err(PhoneProblem::DigitsLost), notes));
    }
    let read = read_domestic("", &format!("{whole}{fraction}"));
    notes.extend(read.notes);
    Some(Read::of(read.number, notes))
}

/// Takes `.0` or `,00` off a number that a spreadsheet wrote as a decimal.
fn without_decimals(text: &str) -> &str {
    if let Some(at) = text.rfind(['.', ',']) {
        let (whole, zeros) = (&text[..at], &text[at + 1..]);
        let is_decimal = (1..=2).contains(&zeros.len())
            && zeros.bytes().all(|b| b == b'0')
            && whole.len() >= 8
            && whole.bytes().all(|b| b.is_ascii_digit() || b == b'+');
        if is_decimal {
            return whole;
        }
    }
    text
}
