//! Sort keys in the order of the Vietnamese alphabet, comparable byte by byte.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One character for each tone, in dictionary order; all sort before every letter and digit.
const TONES: [char; 6] = ['!', '"', '#', '$', '%', '&'];

/// Makes a key by which names sort as a Vietnamese class list does, compared bytewise.
///
/// Given name first, then family name, then middle names. Letters a ă â b c d đ e ê ... come before tones,
/// and tones run ngang, huyền, hỏi, ngã, sắc, nặng. A tone counts for its whole syllable, so `Hòa` and
/// `Hoà` are the same. The key is text, for an index; its form is private and may change between versions.
pub fn sort_key(full_name: &str) -> String {
    let mut words: Vec<&str> = super::words(full_name).collect();
    if words.len() > 1 {
        words.rotate_right(1);
    }
    key_of(&words)
}

/// The same for other texts, such as the names of schools: word by word as written.
pub fn text_key(text: &str) -> String {
    key_of(&text.split_whitespace().collect::<Vec<_>>())
}

fn key_of(words: &[&str]) -> String {
    let mut key = String::with_capacity(words.iter().map(|word| word.len() + 3).sum());
    for (nth, word) in words.iter().enumerate() {
        if nth > 0 {
            key.push(' ');
        }
        push_syllable(&mut key, word);
    }
    key
}

/// Writes a syllable's letters and then its tone.
///
/// A letter of its own in the alphabet is its plain letter and `~` (`ă` is `a~`, `â` is `a~~`), which
/// sorts after every other continuation of the plain letter.
fn push_syllable(key: &mut String, word: &str) {
    let mut tone = 0;
    let mut last = '\0';
    for c in word.chars().flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}' => tone = 1,
            '\u{309}' => tone = 2,
            '\u{303}' => tone = 3,
            '\u{301}' => tone = 4,
            '\u{323}' => tone = 5,
            '\u{306}' if last == 'a' => key.push('~'),
            '\u{302}' if last == 'a' => key.push_str("~~"),
            '\u{302}' if matches!(last, 'e' | 'o') => key.push('~'),
            '\u{31b}' if last == 'o' => key.push_str("~~"),
            '\u{31b}' if last == 'u' => key.push('~'),
            'đ' | 'ð' => key.push_str("d~"),
            _ if is_combining_mark(c) => {}
            _ if c.is_alphanumeric() => {
                key.push(c);
                last = c;
            }
            _ => {}
        }
    }
    key.push(TONES[tone]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_sorted(names: &[&str]) {
        for pair in names.windows(2) {
            assert!(sort_key(pair[0]) < sort_key(pair[1]), "{:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn alphabet_and_tones_are_in_dictionary_order() {
        assert_sorted(&[
            "a", "az", "ă", "ăz", "â", "âz", "b", "c", "d", "dz", "đ", "e", "ez", "ê", "f", "g", "h", "i",
            "j", "k", "l", "m", "n", "o", "oz", "ô", "ôz", "ơ", "p", "q", "r", "s", "t", "u", "uz", "ư", "v",
            "w", "x", "y", "z",
        ]);
        assert_sorted(&["la", "là", "lả", "lã", "lá", "lạ", "lan", "làn", "lan2", "lang"]);
    }

    #[test]
    fn class_lists_sort_by_given_name_then_family_then_middle() {
        assert_sorted(&[
            "Bùi Văn An",
            "Nguyễn Thị An",
            "Nguyễn Văn An",
            "Trần An",
            "Lê Bảo Anh",
            "Nguyễn Văn Ánh",
            "Nguyễn Văn Ân",
            "Nguyễn Thị Bình",
            "Phạm Dũng",
            "Lê Đức",
            "Đỗ Hoà",
            "Trần Ý",
        ]);
    }

    #[test]
    fn spelling_of_the_same_name_does_not_matter() {
        assert_eq!(sort_key("Đỗ Hòa"), sort_key("ĐỖ  HOÀ"));
        let decomposed: String = "Nguyễn Hữu Phước".nfd().collect();
        assert_eq!(sort_key("Nguyễn Hữu Phước"), sort_key(&decomposed));
        assert_eq!(sort_key("Lê An (con cô Lan)"), sort_key("Lê An"));
    }

    proptest! {
        #[test]
        fn any_text_has_a_key(text in any::<String>()) {
            sort_key(&text);
            super::super::initial(&text);
        }
    }
}
