//! Folding of text for search: what is typed without marks finds what is written with them.
//!
//! Only text in, text out; what a *name* is lives in [`crate::name`].

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Puts text into composed form (NFC), in which all stored text of the product is.
pub fn nfc(text: &str) -> String {
    let is_composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    if is_composed { text.to_owned() } else { text.nfc().collect() }
}

/// Folds text for search: no marks, `đ` as `d`, lower case, anything but letters and digits as one space.
///
/// Idempotent. `"Trần  Thị Đức, (Q.1)"` becomes `"tran thi duc q 1"`. Compatibility forms (full width,
/// ligatures) fold to their plain letters. The same function serves the index and the query.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut has_gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if has_gap && !out.is_empty() {
                out.push(' ');
            }
            has_gap = false;
            out.push(c);
        } else {
            has_gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().map(|c| c.to_ascii_lowercase()).for_each(&mut push);
    } else {
        // Lower-casing can make new decomposable letters and decomposition new capitals: both twice.
        let lower: String =
            text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
        for c in lower.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
            match plain_letters(c) {
                Some(plain) => plain.chars().for_each(&mut push),
                None => push(c),
            }
        }
    }
    out
}

/// Splits text into its folded words.
pub fn fold_words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters that have no decomposition but are typed as plain ones.
///
/// Eth is here because `Ð` (U+00D0) is often written for `Đ` (U+0110): they look the same.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ø' => "o",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_marks_case_and_punctuation() {
        for (raw, folded) in [
            ("", ""),
            ("  ", ""),
            ("Trần Thị Đức", "tran thi duc"),
            ("TRẦN  THỊ\tĐỨC", "tran thi duc"),
            ("Nguyễn Văn Ân", "nguyen van an"),
            ("ƯỚC MƠ", "uoc mo"),
            ("Ð\u{1ea1}t", "dat"),
            ("Lê-Minh (Q.1)", "le minh q 1"),
            ("…an…", "an"),
            ("Ｌａｎ", "lan"),
            ("0912.345", "0912 345"),
            ("Straße İzmir", "strasse izmir"),
        ] {
            assert_eq!(fold(raw), folded, "{raw:?}");
        }
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        let composed = "Nguyễn Hữu Phước";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(fold(composed), fold(&decomposed));
        assert_eq!(nfc(&decomposed), composed);
    }

    #[test]
    fn fold_is_idempotent_for_every_character() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            let once = fold(&format!("a{c}b"));
            assert_eq!(fold(&once), once, "U+{:04X}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn fold_is_idempotent(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
