//! A remark of a colleague about a person, an interaction or a task.

pub mod doc;
pub mod edit;
pub mod model;
pub mod query;
pub mod table;
pub mod view;
