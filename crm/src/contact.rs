//! A person: lead, student, guardian or other.

pub mod doc;
pub mod edit;
pub mod field;
pub mod model;
pub mod table;
pub mod view;
