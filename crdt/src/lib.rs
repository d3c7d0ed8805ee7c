//! Documents and keys: what merges, and what seals it.
//!
//! A [`Document`] is a set of registers (one key, one scalar) kept by Automerge. Nouns of the CRM give
//! the keys their meaning one room above; here is no CRM word, no SQL and no runtime.
//! [`seal`] holds keys, sealing and opening of chunks.

mod change;
mod document;
mod history;
mod merge;
mod payload;
mod register;
mod rivals;
pub mod seal;
mod stamp;
mod stored;
mod time;

pub use change::{ChangeError, ChangeHash, DocChange};
pub use document::{Document, DocumentError, Edited, Merged};
pub use history::{HistoryEntry, HistoryValue};
pub use payload::{ChangeBundle, PayloadError, decode_payload, encode_payload};
pub use register::{Put, Register, RegisterValue, Registers, Standing, Version};
pub use stamp::{ActionId, Cause, StaffId, Stamp, StampError};
pub use time::{HybridClock, HybridTime};
