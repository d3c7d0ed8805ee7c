//! Which parent a column is about.

use super::TargetField;
use super::guess::{ColumnGuess, GuessReason, key_of};

/// A row names one guardian: what a sheet says of the other parent is kept as a note and never mixed in.
pub(super) fn settle_guardians(guesses: &mut [ColumnGuess]) {
    use TargetField::{GuardianEmail, GuardianName, GuardianPhone, GuardianRelation};
    let mut first = None;
    for guess in guesses {
        if !matches!(guess.field, GuardianName | GuardianPhone | GuardianEmail | GuardianRelation) {
            continue;
        }
        let Some(parent) = parent_of(&key_of(&guess.column)) else { continue };
        if *first.get_or_insert(parent) != parent {
            guess.field = TargetField::Note;
            guess.confidence = 0.5;
            guess.why = GuessReason::Taken;
        }
    }
}

/// Which of the parents a column is about: the mother, the father, the first or second of two; `None` if it may
/// be either.
fn parent_of(key: &str) -> Option<&'static str> {
    let words: Vec<&str> = key.split(' ').collect();
    let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
    match (has(&["me", "mother", "mom"]), has(&["bo", "ba", "cha", "father", "dad"])) {
        (true, false) => Some("mother"),
        (false, true) => Some("father"),
        (true, true) => None,
        (false, false) => match words.last() {
            Some(&"1") => Some("first"),
            Some(&"2") => Some("second"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TargetField::*;

    fn fields<const N: usize>(header: [&str; N]) -> Vec<TargetField> {
        let header = header.map(str::to_owned);
        super::super::guess_columns(&header, &[]).into_iter().map(|guess| guess.field).collect()
    }

    #[test]
    fn the_number_of_one_parent_never_goes_to_the_other() {
        assert_eq!(
            fields(["Họ tên", "Tên mẹ", "SĐT mẹ", "Tên bố", "SĐT bố"],),
            [FullName, GuardianName, GuardianPhone, Note, Note]
        );
        assert_eq!(
            fields(["Họ tên", "Tên bố", "SĐT mẹ"],),
            [FullName, GuardianName, Note],
            "a number without its name is a note"
        );
        assert_eq!(
            fields(["Họ tên", "Phụ huynh", "SĐT mẹ"],),
            [FullName, GuardianName, GuardianPhone],
            "whoever it is, it may be the mother"
        );
    }
}
