//! Vietnamese personal names: family name first, given name last, called by the given name.
//!
//! Sorting, initials, cleaning of what sheets hold, and how alike two names are.

mod clean;
mod likeness;
mod sort;

pub use clean::{CleanName, clean_name, is_common_family_name, is_family_name, join_name};
pub use likeness::{is_same_name, name_likeness};
pub use sort::{sort_key, text_key};

/// The given name of a full name in Vietnamese order: its last word, remarks in brackets left out.
pub fn given_name(full_name: &str) -> &str {
    words(full_name).last().unwrap_or("")
}

/// The letter on an avatar: the given name's initial, composed and in upper case.
pub fn initial(full_name: &str) -> Option<char> {
    let given = crate::fold::nfc(given_name(full_name));
    given.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_uppercase().next())
}

/// The words of a name up to the first bracket, without those that hold no letter or digit.
fn words(full_name: &str) -> impl Iterator<Item = &str> {
    let name = match full_name.find('(') {
        Some(at) if full_name[..at].chars().any(char::is_alphanumeric) => &full_name[..at],
        _ => full_name,
    };
    name.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_by_their_last_word() {
        for (full, given, letter) in [
            ("Nguyễn Văn An", "An", Some('A')),
            ("Trần Thị Đức", "Đức", Some('Đ')),
            ("lan", "lan", Some('L')),
            ("Lê Minh Anh (em Bình)", "Anh", Some('A')),
            ("(Bình)", "(Bình)", Some('B')),
            ("Phạm a\u{302}n", "a\u{302}n", Some('Â')),
            ("", "", None),
            (" - ", "", None),
        ] {
            assert_eq!(given_name(full), given, "{full:?}");
            assert_eq!(initial(full), letter, "{full:?}");
        }
    }
}
