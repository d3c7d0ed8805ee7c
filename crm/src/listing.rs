//! Which people have which phone or e-mail, known by hashes to devices that do not hold the people.

pub mod doc;
pub mod model;
pub mod query;
pub mod table;
pub mod view;
