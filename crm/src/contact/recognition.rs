//! By what a person can be found and recognised: the name, or any phone or e-mail.

use crdt::Registers;

/// Whether a register holds something by which a person is known.
pub fn is_known_by(key: &str) -> bool {
    let is_point = key.starts_with("point/phone.") || key.starts_with("point/email.");
    // What was typed stands beside what was made of it, and says nothing once that is gone.
    key == "profile/fullName" || (is_point && !key.ends_with(".raw"))
}

/// Whether anything is there by which a person is known.
pub fn is_known(registers: &Registers) -> bool {
    registers.iter().any(|(key, register)| is_known_by(key) && !register.value.is_empty())
}
