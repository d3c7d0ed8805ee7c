//! What managers define: the centre, branches, staff, devices, tags, fields, views.

pub mod doc;
pub mod edit;
pub mod heading;
mod list;
pub mod model;
pub mod preset;
pub mod private_view;
pub mod query;
pub mod table;
pub mod view;
