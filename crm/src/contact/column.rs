//! What a list or a file of people may have as columns.

use super::field::{Field, PointKind};

/// Columns that are not the value of one field.
const OTHERS: [&str; 8] = [
    "tags",
    "interests",
    "nextStep",
    "nextStepAt",
    "statusSince",
    "lastInteractionAt",
    "createdAt",
    "updatedAt",
];

/// The guardians of a person, two as an import takes them: the name, the phone and the e-mail of each.
pub const GUARDIANS: [[&str; 3]; 2] = [
    ["guardianName", "guardianPhone", "guardianEmail"],
    ["otherGuardianName", "otherGuardianPhone", "otherGuardianEmail"],
];

/// Whether there is a column of this key. Points of contact go by their kind, all of a person together.
pub fn is_column(key: &str) -> bool {
    OTHERS.contains(&key)
        || GUARDIANS.iter().flatten().any(|known| *known == key)
        || PointKind::ALL.iter().any(|kind| kind.key() == key)
        || matches!(key.parse(), Ok(Field::Plain(_) | Field::Custom(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_fields_and_what_is_worked_out_from_them() {
        let own = format!("custom.{}", "0".repeat(26));
        for key in ["fullName", "phone", "gender", "nextStep", "guardianPhone", own.as_str()] {
            assert!(is_column(key), "{key}");
        }
        for key in ["", "nonsense", "phone.1", "custom.x", "fullname"] {
            assert!(!is_column(key), "{key}");
        }
    }
}
