//! Finding the numbers of a cell: several in one, with words around them.

use super::part::{digit_count, read_part};
use super::{PhoneNote, PhoneReading};

/// How many characters of a cell are read; longer cells are notes, not phones.
const CELL_CHARS_MAX: usize = 400;
/// How many numbers one cell can hold.
const NUMBERS_MAX: usize = 12;

/// Reads every phone number of a cell, in the order in which they stand.
///
/// An empty cell, a dash or "không có" gives nothing. A part that looks like a number but is none gives a
/// reading without `e164` and with the reason, so that it can be shown and repaired. Of a cell that is too long the
/// beginning is read, and [`PhoneNote::CutOff`] says so.
pub fn parse_phones(cell: &str) -> Vec<PhoneReading> {
    let is_longer = cell.chars().nth(CELL_CHARS_MAX).is_some();
    let cell: String = cell.chars().take(CELL_CHARS_MAX).map(plain_char).collect();
    let (mut readings, has_more) = read_cell(cell.trim());
    if (is_longer || has_more)
        && let Some(last) = readings.last_mut()
    {
        last.notes.push(PhoneNote::CutOff);
    }
    readings
}

/// The numbers of a cell, and whether there are more than can be taken.
fn read_cell(cell: &str) -> (Vec<PhoneReading>, bool) {
    if is_blank(cell) {
        return (vec![], false);
    }
    let whole = read_part(cell);
    if whole.e164.is_some() || whole.notes.contains(&PhoneNote::ScientificNotation) {
        return (vec![whole], false);
    }
    let mut readings = Vec::new();
    let parts = hard_parts(cell);
    let mut has_more = parts.len() > NUMBERS_MAX;
    for part in parts.into_iter().take(NUMBERS_MAX) {
        push_readings(&mut readings, &part);
    }
    has_more |= readings.len() > NUMBERS_MAX;
    readings.truncate(NUMBERS_MAX);
    let numbers = readings.iter().filter(|reading| reading.e164.is_some()).count();
    if readings.is_empty() || (numbers == 0 && readings.len() > 1 && digit_count(cell) <= 15) {
        return (vec![whole], has_more);
    }
    if readings.len() > 1 {
        readings.iter_mut().for_each(|reading| reading.notes.push(PhoneNote::SplitFromCell));
    }
    (readings, has_more)
}

/// Full-width digits, odd dashes and odd spaces as plain ones.
fn plain_char(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '＋' => '+',
        '‐'..='―' | '−' => '-',
        '\r' => '\n',
        '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{feff}' => ' ',
        _ => c,
    }
}

fn is_blank(cell: &str) -> bool {
    let word = crate::fold::fold(cell);
    matches!(
        word.as_str(),
        "" | "khong"
            | "khong co"
            | "k co"
            | "ko co"
            | "ko"
            | "chua co"
            | "n a"
            | "na"
            | "none"
            | "null"
            | "x"
    )
}

/// Cuts a cell where a new number clearly begins.
fn hard_parts(cell: &str) -> Vec<String> {
    let mut text = cell.to_owned();
    for word in [" hoặc ", " hay ", " và ", " or ", " and ", " hoac ", " va "] {
        text = text.replace(word, "\n");
    }
    text.split(['/', '\\', ';', ',', '|', '\n', '&'])
        .map(|part| part.trim().to_owned())
        .filter(|p| !is_blank(p))
        .collect()
}

/// Reads a part, cutting it further at spaces and dashes if it holds more digits than one number.
fn push_readings(readings: &mut Vec<PhoneReading>, part: &str) {
    if digit_count(part) == 0 {
        // Words alone belong to the number before them: "0912345678, mẹ".
        if let Some(last) = readings.last_mut()
            && last.label.is_none()
        {
            last.label = Some(part.trim_matches(['(', ')', ' ']).to_owned());
            return;
        }
    }
    let reading = read_part(part);
    if reading.e164.is_none() && digit_count(part) > 13 {
        for cut in cuts(part) {
            let (left, right) = part.split_at(cut);
            let first = read_part(left.trim_end_matches([' ', '-', '.']));
            if first.e164.is_some() {
                let mut rest = Vec::new();
                push_readings(&mut rest, right.trim_start_matches([' ', '-', '.']));
                if rest.iter().any(|reading| reading.e164.is_some()) && readings.len() < NUMBERS_MAX {
                    readings.push(first);
                    readings.extend(rest);
                    return;
                }
            }
        }
    }
    readings.push(reading);
}

/// Where a second number may begin: after a gap, or after ten digits in a row.
fn cuts(part: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut digits = 0;
    for (at, c) in part.char_indices() {
        if matches!(c, ' ' | '-' | '.' | '+' | '(') && (8..=13).contains(&digits) {
            cuts.push(at);
        }
        digits += usize::from(c.is_ascii_digit());
        if digits == 10 && c.is_ascii_digit() {
            cuts.push(at + 1);
        }
        if digits > 13 {
            break;
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::{PhoneKind, PhoneProblem, format_national};
    use proptest::prelude::*;

    fn one(cell: &str) -> PhoneReading {
        let readings = parse_phones(cell);
        assert_eq!(readings.len(), 1, "{cell:?}: {readings:?}");
        readings.into_iter().next().unwrap()
    }

    fn numbers(cell: &str) -> Vec<String> {
        parse_phones(cell).into_iter().map(|r| r.e164.map_or("-".to_owned(), |n| n.to_string())).collect()
    }

    #[test]
    fn one_number_in_many_writings() {
        for (cell, e164, kind) in [
            ("0912345678", "+84912345678", PhoneKind::Mobile),
            ("0912.345.678", "+84912345678", PhoneKind::Mobile),
            ("0912 345 678", "+84912345678", PhoneKind::Mobile),
            ("0912-345-678", "+84912345678", PhoneKind::Mobile),
            ("0912,345,678", "+84912345678", PhoneKind::Mobile),
            (" \u{a0}0912345678\u{200b}", "+84912345678", PhoneKind::Mobile),
            ("'0912345678", "+84912345678", PhoneKind::Mobile),
            ("+84912345678", "+84912345678", PhoneKind::Mobile),
            ("+84 0912345678", "+84912345678", PhoneKind::Mobile),
            ("(+84) 912 345 678", "+84912345678", PhoneKind::Mobile),
            ("84912345678", "+84912345678", PhoneKind::Mobile),
            ("840912345678", "+84912345678", PhoneKind::Mobile),
            ("0084912345678", "+84912345678", PhoneKind::Mobile),
            ("p:+84912345678", "+84912345678", PhoneKind::Mobile),
            ("tel: 0912345678", "+84912345678", PhoneKind::Mobile),
            ("84912345678.0", "+84912345678", PhoneKind::Mobile),
            ("０９１２３４５６７８", "+84912345678", PhoneKind::Mobile),
            ("(028) 3822 1234", "+842838221234", PhoneKind::Landline),
            ("+84 28 3822 1234", "+842838221234", PhoneKind::Landline),
            ("0236 3822 123", "+842363822123", PhoneKind::Landline),
            ("1900 1234", "+8419001234", PhoneKind::Hotline),
            ("1800 123 456", "+841800123456", PhoneKind::Hotline),
            ("+65 9123 4567", "+6591234567", PhoneKind::Foreign),
            ("+1 (415) 555-0132", "+14155550132", PhoneKind::Foreign),
            ("001 415 555 0132", "+14155550132", PhoneKind::Foreign),
        ] {
            let reading = one(cell);
            assert_eq!(reading.e164.as_ref().map(|n| n.as_str()), Some(e164), "{cell:?}");
            assert_eq!(reading.kind, Some(kind), "{cell:?}");
            assert_eq!(reading.notes, vec![], "{cell:?}");
        }
    }

    #[test]
    fn a_cell_that_says_more_than_is_read_says_so() {
        let cut = |cell: &str| parse_phones(cell).iter().any(|one| one.notes.contains(&PhoneNote::CutOff));
        let many =
            |count: usize| (0..count).map(|no| format!("09123456{no:02}")).collect::<Vec<_>>().join(" / ");
        assert!(!cut(&many(NUMBERS_MAX)));
        assert!(cut(&many(NUMBERS_MAX + 1)));
        assert!(cut(&format!("0912345678 {}", "gọi buổi tối ".repeat(40))));
        assert!(cut(&format!("{}0912345678", "x".repeat(CELL_CHARS_MAX))));
        assert!(!cut("0912345678 gọi buổi tối"));
    }

    #[test]
    fn repairs_are_noted() {
        use PhoneNote::*;
        for (cell, e164, notes) in [
            ("912345678", "+84912345678", vec![LostZeroRestored]),
            ("849123456", "+84849123456", vec![LostZeroRestored]),
            ("2838221234", "+842838221234", vec![LostZeroRestored]),
            ("0168 933 3999", "+84389333999", vec![ElevenDigitsConverted]),
            ("+84 168 933 3999", "+84389333999", vec![ElevenDigitsConverted]),
            ("841689333999", "+84389333999", vec![ElevenDigitsConverted]),
            ("1689333999", "+84389333999", vec![LostZeroRestored, ElevenDigitsConverted]),
            ("01207654321", "+84707654321", vec![ElevenDigitsConverted]),
            ("01997654321", "+84597654321", vec![ElevenDigitsConverted]),
            ("(08) 3822 1234", "+842838221234", vec![OldAreaCodeConverted]),
            ("04 3822 1234", "+842438221234", vec![OldAreaCodeConverted]),
            ("O912345678", "+84912345678", vec![LetterReadAsZero]),
            ("8.4912345678E+10", "+84912345678", vec![ScientificNotation]),
            ("9.12345678E8", "+84912345678", vec![ScientificNotation, LostZeroRestored]),
            ("028 3822 1234 ext 12", "+842838221234", vec![Extension { digits: "12".into() }]),
            ("028 3822 1234 máy lẻ 105", "+842838221234", vec![Extension { digits: "105".into() }]),
            ("tel:+1-418-656-9254;ext=102", "+14186569254", vec![Extension { digits: "102".into() }]),
            ("02838221234#3", "+842838221234", vec![Extension { digits: "3".into() }]),
        ] {
            let reading = one(cell);
            assert_eq!(reading.e164.as_ref().map(|n| n.as_str()), Some(e164), "{cell:?}");
            assert_eq!(reading.notes, notes, "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (cell, why) in [
            ("8.49E+10", PhoneProblem::DigitsLost),
            ("8,49E+10", PhoneProblem::DigitsLost),
            ("9E8", PhoneProblem::DigitsLost),
            ("0123456789", PhoneProblem::UnknownPrefix),
            ("0000000000", PhoneProblem::UnknownPrefix),
            ("091234567", PhoneProblem::TooShort),
            ("12345", PhoneProblem::TooShort),
            ("09123456789012", PhoneProblem::TooLong),
            ("hỏi mẹ", PhoneProblem::NoDigits),
            ("+65 123", PhoneProblem::TooShort),
            ("028 1822 1234", PhoneProblem::UnknownPrefix),
        ] {
            let reading = one(cell);
            assert_eq!(reading.problem(), Some(why), "{cell:?}: {reading:?}");
            assert_eq!(reading.e164, None);
            assert_eq!(reading.raw, cell);
        }
    }

    #[test]
    fn several_numbers_in_a_cell_are_split() {
        let two = ["+84901234567", "+84912345678"];
        for cell in [
            "0901234567/0912345678",
            "0901234567 / 0912345678",
            "0901234567, 0912345678",
            "0901234567;0912345678",
            "0901234567 - 0912345678",
            "0901234567-0912345678",
            "0901234567 – 0912345678",
            "0901234567\r\n0912345678",
            "0901234567 hoặc 0912345678",
            "0901234567 0912345678",
            "0901 234 567 0912 345 678",
            "0901.234.567 - 0912.345.678",
            "09012345670912345678",
            "901234567/912345678",
            "+84901234567 +84912345678",
            "+84901234567/+84912345678",
        ] {
            assert_eq!(numbers(cell), two, "{cell:?}");
            assert!(parse_phones(cell).iter().all(|r| r.notes.contains(&PhoneNote::SplitFromCell)));
        }
        assert_eq!(numbers("0901234567/12"), ["+84901234567", "-"]);
        assert_eq!(numbers("1900 1234 / 028 3822 1234"), ["+8419001234", "+842838221234"]);
    }

    #[test]
    fn words_beside_a_number_are_kept() {
        let readings = parse_phones("0901234567 (mẹ), ba: 0912345678");
        let labels: Vec<_> = readings.iter().map(|r| r.label.as_deref()).collect();
        assert_eq!(labels, [Some("mẹ"), Some("ba")]);
        assert_eq!(one("ĐT: 0901234567 Zalo").label.as_deref(), Some("Zalo"));
    }

    #[test]
    fn blank_cells_hold_nothing() {
        for cell in ["", "  ", "-", "không có", "N/A", "x", "..."] {
            assert_eq!(parse_phones(cell), vec![], "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_read_without_panic(cell in any::<String>()) {
            for reading in parse_phones(&cell) {
                prop_assert_eq!(reading.e164.is_some(), reading.problem().is_none());
            }
        }

        #[test]
        fn cells_like_phones_never_panic(cell in "[0-9+ .,/()xeEoO\n-]{0,60}") {
            parse_phones(&cell);
            crate::phone::search_digits(&cell);
            format_national(&cell);
        }

        #[test]
        fn a_written_number_reads_back(rest in "[0-9]{7}", prefix in proptest::sample::select(vec!["32", "56", "70", "84", "91", "98"])) {
            let e164 = format!("+84{prefix}{rest}");
            prop_assert_eq!(numbers(&e164), [e164.clone()]);
            prop_assert_eq!(numbers(&format_national(&e164)), [e164.clone()]);
            prop_assert_eq!(numbers(&format!("{prefix}{rest}")), [e164]);
        }
    }
}
