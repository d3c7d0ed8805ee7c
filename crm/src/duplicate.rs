//! Records that may be one person.

pub mod query;
pub mod table;
