//! How alike two names are, for finding duplicates.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::fold::{fold_words, nfc};

/// Words that so many people share that they say little about who someone is.
const COMMON: [&str; 6] = ["nguyen", "tran", "le", "thi", "van", "pham"];

/// Rates how alike two names are, from 0 (nothing in common) to 1 (the same but for case).
///
/// Marks, order of words and single typing errors cost little, a missing word more; very common words
/// (Nguyễn, Thị, Văn) weigh half. Symmetric. Rough guide: 0.95 and more is the same name in another
/// spelling, 0.8 and more deserves a look, below 0.7 are different people.
pub fn name_likeness(a: &str, b: &str) -> f32 {
    let (mut left, mut right) = (fold_words(a), fold_words(b));
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    if left.concat() == right.concat() {
        return marks_factor(a, b);
    }
    if right < left {
        std::mem::swap(&mut left, &mut right);
    }
    let total: f32 = left.iter().chain(&right).map(|word| weight(word)).sum();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, x) in left.iter().enumerate() {
        for (j, y) in right.iter().enumerate() {
            let alike = word_likeness(x, y);
            if alike > 0.0 {
                pairs.push((alike, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let (mut used_left, mut used_right) = (vec![false; left.len()], vec![false; right.len()]);
    let mut shared = 0.0;
    for (alike, i, j) in pairs {
        if !used_left[i] && !used_right[j] {
            used_left[i] = true;
            used_right[j] = true;
            shared += alike * (weight(&left[i]) + weight(&right[j]));
        }
    }
    (shared / total).clamp(0.0, 1.0)
}

/// Whether two names are the same name: equal letters, and equal marks where both are written with marks.
///
/// `Tran Thi Anh` may be either, but `Trần Thị Ánh` and `Trần Thị Anh` are two people. Where the tone mark
/// stands in its word (`Hoà`, `Hòa`) does not matter.
pub fn is_same_name(a: &str, b: &str) -> bool {
    let (left, right) = (fold_words(a).concat(), fold_words(b).concat());
    let is_unmarked = |text: &str| nfc(text).is_ascii();
    left == right && !left.is_empty() && (is_unmarked(a) || is_unmarked(b) || spelling(a) == spelling(b))
}

/// Each word's letters, with the tone marks after them.
fn spelling(text: &str) -> Vec<(String, String)> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let lower: String = text.to_lowercase().nfd().collect();
    lower
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().partition(|c| !TONES.contains(c)))
        .collect()
}

fn weight(word: &str) -> f32 {
    if COMMON.contains(&word) { 0.5 } else { 1.0 }
}

/// Equal letters but different marks: `Hà` and `Hạ` are two names, `Ha` may be either.
fn marks_factor(a: &str, b: &str) -> f32 {
    let squash = |text: &str| -> String {
        nfc(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (a, b) = (squash(a), squash(b));
    if a == b {
        1.0
    } else if a.is_ascii() || b.is_ascii() {
        0.98
    } else {
        0.95
    }
}

/// Vietnamese words are short: one letter makes another name of a short one, a typing error of a long one.
fn word_likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    if short == 1 && x.first() == y.first() {
        return 0.6; // "N." for "Nguyễn"
    }
    match (edit_distance(&x, &y), long) {
        (1, 5..) => 0.85,
        (1, 4) => 0.7,
        (1, 3) => 0.4,
        (2, 7..) => 0.6,
        _ => 0.0,
    }
}

/// Edits between two words, a swap of neighbours counting as one; words over 32 letters never match.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    if a.len().abs_diff(b.len()) > 2 || a.len() > 32 || b.len() > 32 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j - 1] + same).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_person_written_differently_is_alike() {
        for (a, b) in [
            ("Nguyễn Văn An", "NGUYỄN VĂN AN"),
            ("Nguyễn Văn An", "nguyen van an"),
            ("Nguyễn Văn An", "An Nguyễn Văn"),
            ("Nguyễn Văn An", "NguyenVanAn"),
            ("Trần Thị Ngọc Lan", "Tran Thi Ngoc Lna Lan"),
            ("Lê Hoàng Phương", "Lê Hoàng Phuowng"),
        ] {
            assert!(name_likeness(a, b) >= 0.8, "{a} / {b}: {}", name_likeness(a, b));
        }
        assert_eq!(name_likeness("Nguyễn Văn An", "nguyễn  văn an"), 1.0);
    }

    #[test]
    fn different_people_are_not_alike() {
        for (a, b) in [
            ("Nguyễn Văn An", "Nguyễn Văn Bình"),
            ("Nguyễn Văn An", "Nguyễn Văn Anh"),
            ("Trần Thị Lan", "Trần Thị Hoa"),
            ("Lê Minh", "Phạm Tuấn"),
            ("", "Nguyễn Văn An"),
            ("", ""),
        ] {
            assert!(name_likeness(a, b) < 0.75, "{a} / {b}: {}", name_likeness(a, b));
        }
        assert!(name_likeness("Trần Hà", "Trần Hạ") < name_likeness("Trần Hà", "Tran Ha"));
    }

    #[test]
    fn a_missing_word_costs_less_than_a_wrong_one() {
        let missing = name_likeness("Trần Thị Ngọc Lan", "Trần Lan");
        let wrong = name_likeness("Trần Thị Ngọc Lan", "Trần Thị Ngọc Mai");
        assert!(missing > 0.6 && wrong < 0.75, "{missing} {wrong}");
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_bounded(a in "[a-zđ ơư]{0,24}", b in "[a-zđ ơư]{0,24}") {
            let rate = name_likeness(&a, &b);
            prop_assert!((0.0..=1.0).contains(&rate));
            prop_assert!((rate - name_likeness(&b, &a)).abs() < 1e-5);
        }
    }

    #[test]
    fn one_name_is_the_same_name_only_if_no_marks_disagree() {
        for (a, b) in [
            ("Trần Thị Ánh", "TRAN THI ANH"),
            ("Trần Văn Hoà", "Trần Văn Hòa"),
            ("Đỗ Thuý", "ĐỖ THÚY"),
            ("Trần Thị Ánh", "Tra\u{302}\u{300}n Thi\u{323} A\u{301}nh"),
        ] {
            assert!(is_same_name(a, b) && is_same_name(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("Trần Thị Ánh", "Trần Thị Anh"),
            ("Trần Gia Khang", "Trần Gia Khanh"),
            ("Hòa An", "Hoa Àn"),
            ("", ""),
        ] {
            assert!(!is_same_name(a, b), "{a} {b}");
        }
    }
}
