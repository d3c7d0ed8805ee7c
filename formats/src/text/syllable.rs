//! Whether text looks Vietnamese: counting well-formed syllables that carry marks.

use unicode_normalization::UnicodeNormalization;

const INITIALS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "q", "r", "s", "t", "v", "x",
];
/// `k` stands in names of places (Đắk Lắk).
const FINALS: [&str; 9] = ["ng", "nh", "ch", "c", "k", "m", "n", "p", "t"];
/// Every vowel or group of vowels of a syllable, without tones.
const NUCLEI: [&str; 59] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ia", "iê", "ya", "yê", "ua", "uô", "ưa",
    "ươ", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "iu", "oi", "ôi", "ơi", "ui", "ưi", "ưu", "oa",
    "oă", "oe", "uê", "uy", "uơ", "uâ", "uyê", "uya", "oai", "oay", "oao", "oeo", "uây", "uôi", "ươi", "ươu",
    "iêu", "yêu", "uyu", "oo", "uă", "ue", "ôô",
];

/// Marked words that are well-formed Vietnamese, less those that are not, three times weighed.
pub(super) fn score(text: &str) -> i64 {
    text.split(|c: char| !(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)))
        .filter(|word| !word.is_ascii() && word.len() < 40)
        .map(|word| if is_syllable(word) { 1 } else { -3 })
        .sum::<i64>()
        - 3 * text.chars().filter(|c| is_odd(*c)).count() as i64
}

/// Signs and control characters that no list of people holds between letters.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '¡'..='¬' | '®'..='¶' | '¸'..='¿' | '×' | '÷' | '\u{fffd}')
}

/// Whether a word is one syllable: consonant, vowels, consonant, in all small, all capital or title case.
fn is_syllable(word: &str) -> bool {
    let mut chars = word.chars().filter(|c| c.is_alphabetic()).skip(1);
    let has_upper = chars.clone().any(char::is_uppercase);
    if has_upper && chars.any(char::is_lowercase) {
        return false;
    }
    let mut tones = 0;
    let letters: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|c| {
            let is_tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            tones += usize::from(is_tone);
            !is_tone
        })
        .nfc()
        .collect();
    let initial = INITIALS.iter().find(|initial| letters.starts_with(**initial));
    let starts = [initial.copied().unwrap_or(""), if initial == Some(&"gi") { "g" } else { "" }];
    tones <= 1 && starts.iter().any(|start| letters.strip_prefix(start).is_some_and(is_rhyme))
}

fn is_rhyme(rest: &str) -> bool {
    NUCLEI.contains(&rest)
        || FINALS.iter().any(|end| rest.strip_suffix(end).is_some_and(|vowels| NUCLEI.contains(&vowels)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "Nguyễn",
            "TRẦN",
            "Thuỳ",
            "Thùy",
            "đường",
            "Quyên",
            "giỏi",
            "gì",
            "Hoà",
            "khuỷu",
            "Ý",
            "nghiêng",
            "Đắk",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["Müller", "José", "NguyÔn", "Nguyeãn", "Besançon", "Lefèvre"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
