//! What the columns of somebody's table mean.
//!
//! A guess comes from the header (Vietnamese with and without marks, English, exports of known programs) and
//! from what the cells look like. It is a proposal: a person confirms it.

mod content;
mod field;
mod guardians;
mod guess;
mod header;
mod words;

pub use field::TargetField;
pub use guess::{ColumnGuess, GuessReason, guess_columns};
pub use header::field_of_header;

pub(crate) use content::is_value;
