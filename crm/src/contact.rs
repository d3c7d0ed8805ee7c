//! A person: lead, student, guardian or other.

pub mod column;
pub mod doc;
pub mod edit;
pub mod field;
pub mod filter_sql;
pub mod history;
pub mod home;
pub mod model;
pub mod own_field;
pub mod query;
pub mod recognition;
pub mod status_log;
pub mod table;
pub mod timeline;
pub mod view;
