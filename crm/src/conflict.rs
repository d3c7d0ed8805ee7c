//! Fields and wordings on which devices disagree.

pub mod query;
pub mod table;
pub mod view;
pub mod wording;
