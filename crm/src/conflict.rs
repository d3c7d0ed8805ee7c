//! Fields on which devices disagree.

pub mod table;
pub mod view;
