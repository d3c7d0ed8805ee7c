//! How devices exchange what they wrote.

pub mod view;
