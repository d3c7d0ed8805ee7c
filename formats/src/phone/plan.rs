//! The Vietnamese numbering plan, as far as reading contact lists needs it.
//!
//! Sources: the Ministry's plan of 2014 with the changes of area codes (2017) and of 11-digit mobile
//! numbers (2018). Numbers here are national significant numbers: without `+84` and without the leading 0.

use super::PhoneKind;

/// Old 11-digit mobile prefixes and what replaced them in 2018, without the leading 0.
const MOBILE_2018: [(&str, &str); 21] = [
    ("120", "70"),
    ("121", "79"),
    ("122", "77"),
    ("126", "76"),
    ("128", "78"),
    ("123", "83"),
    ("124", "84"),
    ("125", "85"),
    ("127", "81"),
    ("129", "82"),
    ("162", "32"),
    ("163", "33"),
    ("164", "34"),
    ("165", "35"),
    ("166", "36"),
    ("167", "37"),
    ("168", "38"),
    ("169", "39"),
    ("186", "56"),
    ("188", "58"),
    ("199", "59"),
];

/// Two-digit mobile prefixes in use.
const MOBILE: [&str; 37] = [
    "32", "33", "34", "35", "36", "37", "38", "39", "52", "55", "56", "58", "59", "70", "76", "77", "78",
    "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "92", "93", "94", "95", "96",
    "97", "98", "99",
];

/// Area codes with seven digits behind them. Hà Nội (24) and Hồ Chí Minh City (28) have eight.
const AREAS: [&str; 61] = [
    "203", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213", "214", "215", "216", "218",
    "219", "220", "221", "222", "225", "226", "227", "228", "229", "232", "233", "234", "235", "236", "237",
    "238", "239", "251", "252", "254", "255", "256", "257", "258", "259", "260", "261", "262", "263", "269",
    "270", "271", "272", "273", "274", "275", "276", "277", "290", "291", "292", "293", "294", "296", "297",
    "299",
];

/// What kind of number these national digits are, or none if nobody can have it.
pub(super) fn kind_of(national: &str) -> Option<PhoneKind> {
    let starts =
        |len: usize, table: &[&str]| national.get(..len).is_some_and(|prefix| table.contains(&prefix));
    match national.len() {
        9 if starts(2, &MOBILE) => Some(PhoneKind::Mobile),
        10 if starts(2, &["24", "28"]) || starts(3, &AREAS) => {
            // A subscriber's number never begins with 0 or 1.
            let subscriber = &national[if starts(2, &["24", "28"]) { 2 } else { 3 }..];
            (!subscriber.starts_with(['0', '1'])).then_some(PhoneKind::Landline)
        }
        8 | 10 if starts(4, &["1800", "1900"]) => Some(PhoneKind::Hotline),
        _ => None,
    }
}

/// The number of today for an 11-digit mobile number (10 digits without the 0) of before 2018.
pub(super) fn convert_2018(national: &str) -> Option<String> {
    if national.len() != 10 {
        return None;
    }
    let (_, new) = MOBILE_2018.iter().find(|(old, _)| national.starts_with(old))?;
    Some(format!("{new}{}", &national[3..]))
}

/// The number of today for a landline of Hà Nội (04) or Hồ Chí Minh City (08) of before 2017.
///
/// `08` in front of eight digits is also a mobile number: ask only when the writing shows an area code.
pub(super) fn convert_2017(national: &str) -> Option<String> {
    let subscriber = national.get(1..)?;
    let is_city = national.starts_with(['4', '8']);
    let converted = format!("2{national}");
    (is_city && subscriber.len() == 8 && kind_of(&converted).is_some()).then_some(converted)
}

/// How many digits of a national number are its area code.
pub(super) fn area_len(national: &str) -> usize {
    if national.starts_with("24") || national.starts_with("28") { 2 } else { 3 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_what_the_plan_says() {
        for (old, new) in MOBILE_2018 {
            let national = format!("{old}1234567");
            let today = convert_2018(&national).unwrap();
            assert_eq!(today, format!("{new}1234567"));
            assert_eq!(kind_of(&today), Some(PhoneKind::Mobile), "{old}");
            assert_eq!(kind_of(&national), None, "{old}");
        }
        assert!(AREAS.iter().all(|area| area.len() == 3 && area.starts_with('2')));
        assert_eq!(kind_of("123456789"), None);
        assert_eq!(kind_of("2812345678"), None);
        assert_eq!(convert_2017("438221234").as_deref(), Some("2438221234"));
    }
}
