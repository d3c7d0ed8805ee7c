//! Files that become people: opened, understood, checked, run, undone.
//!
//! A run can be interrupted anywhere: a batch of rows and how far the run is are one commit. Planning looks at the
//! database as it was and at an overlay of what is planned since, so that it may run ahead of writing.

mod apart;
pub mod calls;
mod changes;
mod days;
mod doubts;
mod extras;
pub mod frame;
mod lookup;
mod outcome;
pub mod overlay;
pub mod plan;
pub mod query;
pub mod reading;
mod refusal;
pub mod run;
mod siblings;
pub mod table;
pub mod values;
pub mod view;
pub mod words;
