//! Files that become people.

pub mod view;
