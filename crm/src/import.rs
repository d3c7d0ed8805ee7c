//! Files that become people: opened, understood, checked, run, undone.
//!
//! A run can be interrupted anywhere: identifiers follow from import and row, so that doing a row twice is
//! doing it once.

pub mod calls;
pub mod extras;
pub mod lookup;
pub mod plan;
pub mod query;
pub mod reading;
pub mod run;
pub mod table;
pub mod values;
pub mod view;
pub mod words;
