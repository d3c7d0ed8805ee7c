//! Records that may be one person.

pub mod table;
