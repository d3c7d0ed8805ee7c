//! Which parent a column is about.

use super::TargetField;
use super::guess::{ColumnGuess, GuessReason};
use super::header::key_of;

/// A row names two guardians at most: what a sheet says of one parent is never mixed into the other, and what it
/// says of a third is kept as a note.
pub(super) fn settle_guardians(guesses: &mut [ColumnGuess]) {
    let (mut first, mut second) = (None, None);
    for guess in guesses {
        let Some(other) = of_other(&guess.field) else { continue };
        let Some(parent) = parent_of(&key_of(&guess.column)) else { continue };
        if *first.get_or_insert(parent) == parent {
            continue;
        }
        if *second.get_or_insert(parent) == parent {
            guess.field = other;
            continue;
        }
        guess.field = TargetField::Note;
        guess.confidence = 0.5;
        guess.why = GuessReason::Taken;
    }
}

/// The same field of the other guardian; `None` for what is about no guardian.
fn of_other(field: &TargetField) -> Option<TargetField> {
    match field {
        TargetField::GuardianName => Some(TargetField::OtherGuardianName),
        TargetField::GuardianPhone => Some(TargetField::OtherGuardianPhone),
        TargetField::GuardianEmail => Some(TargetField::OtherGuardianEmail),
        TargetField::GuardianRelation => Some(TargetField::OtherGuardianRelation),
        _ => None,
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
            [FullName, GuardianName, GuardianPhone, OtherGuardianName, OtherGuardianPhone]
        );
        assert_eq!(
            fields(["Họ tên", "Tên bố", "SĐT mẹ"],),
            [FullName, GuardianName, OtherGuardianPhone],
            "a number without its name is the other's"
        );
        assert_eq!(
            fields(["Họ tên", "Phụ huynh", "SĐT mẹ"],),
            [FullName, GuardianName, GuardianPhone],
            "whoever it is, it may be the mother"
        );
    }
}
