//! Vietnamese text as sheets hold it: with marks composed, decomposed, dropped, or in the old code page.

use encoding_rs::WINDOWS_1258;
use rand::{Rng, RngExt};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Drops every mark: "Đỗ Thị Thủy" becomes "Do Thi Thuy".
pub fn without_marks(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

/// Decomposes, as file names and some phones do.
pub fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// Moves the tone mark to the other accepted vowel and swaps y and i: "Hòa" "Hoà", "Thúy" "Thuý", "Quý" "Quí".
pub fn other_spelling(text: &str) -> String {
    const PAIRS: [(&str, &str); 8] = [
        ("òa", "oà"),
        ("úy", "uý"),
        ("ùy", "uỳ"),
        ("ủy", "uỷ"),
        ("quý", "quí"),
        ("Quý", "Quí"),
        ("Mỹ", "Mĩ"),
        ("Lý", "Lí"),
    ];
    for (from, to) in PAIRS {
        if text.contains(from) {
            return text.replace(from, to);
        }
    }
    text.to_owned()
}

/// An address made of the name and a number that keeps it unique.
pub fn email(rng: &mut impl Rng, name: &str, unique: u64) -> String {
    let plain = without_marks(name).to_lowercase();
    let mut words: Vec<&str> = plain.split(' ').collect();
    let given = words.pop().unwrap_or("ban");
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    let host = super::words::pick(
        rng,
        &[("gmail.com", 80), ("yahoo.com.vn", 8), ("outlook.com", 6), ("hotmail.com", 4), ("icloud.com", 2)],
    );
    if rng.random_bool(0.5) {
        format!("{given}.{initials}{unique}@{host}")
    } else {
        format!("{}{unique}@{host}", plain.replace(' ', ""))
    }
}

/// Encodes for the Vietnamese Windows code page: tone marks stand apart where the page lacks the letter.
/// What the page cannot write at all becomes a question mark.
pub fn windows_1258(text: &str) -> Vec<u8> {
    if text.is_ascii() {
        return text.as_bytes().to_vec();
    }
    let mut spread = String::with_capacity(text.len() + 8);
    for c in text.nfc() {
        if c.is_ascii() {
            spread.push(c);
        } else {
            spread.extend(spread_tone(c));
        }
    }
    let (bytes, _, unmappable) = WINDOWS_1258.encode(&spread);
    if !unmappable {
        return bytes.into_owned();
    }
    let known: String = spread
        .chars()
        .map(|c| if WINDOWS_1258.encode(c.encode_utf8(&mut [0; 4])).2 { '?' } else { c })
        .collect();
    WINDOWS_1258.encode(&known).0.into_owned()
}

/// The letter itself when the code page has it, else its base (with hat, breve or horn) and its tone mark.
fn spread_tone(c: char) -> Vec<char> {
    if !WINDOWS_1258.encode(c.encode_utf8(&mut [0; 4])).2 {
        return vec![c];
    }
    let mut base = None;
    let mut tones = Vec::new();
    for part in std::iter::once(c).nfd() {
        match base {
            None => base = Some(part),
            Some(letter) if is_shape(part) => base = compose(letter, part).or(Some(letter)),
            Some(_) => tones.push(part),
        }
    }
    base.into_iter().chain(tones).collect()
}

/// Circumflex, breve and horn belong to the letter; the five tones do not.
fn is_shape(mark: char) -> bool {
    matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_dropped_and_d_is_folded() {
        assert_eq!(without_marks("Đỗ Thị Thủy Dương"), "Do Thi Thuy Duong");
    }

    #[test]
    fn the_code_page_round_trips_to_the_same_name() {
        let name = "Nguyễn Thị Quỳnh Ưởng ế ộ ự ẵ đ Đ ý ì õ ũ";
        let bytes = windows_1258(name);
        let (back, _, broken) = WINDOWS_1258.decode(&bytes);
        assert!(!broken);
        assert_eq!(back.nfc().collect::<String>(), name);
    }

    #[test]
    fn what_the_code_page_lacks_is_a_question_mark() {
        assert_eq!(windows_1258("a漢b"), b"a?b");
    }

    #[test]
    fn the_other_spelling_differs_only_by_marks() {
        assert_eq!(other_spelling("Trần Hòa"), "Trần Hoà");
        assert_eq!(other_spelling("Lê Văn Nam"), "Lê Văn Nam");
    }
}
