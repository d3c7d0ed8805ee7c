//! Something that happened with a person: note, call, meeting, message.

pub mod doc;
pub mod edit;
pub mod model;
pub mod table;
