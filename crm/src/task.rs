//! Something to do for a person.

pub mod doc;
pub mod edit;
pub mod model;
pub mod query;
pub mod table;
pub mod view;
