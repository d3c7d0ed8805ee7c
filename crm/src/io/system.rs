//! The system's clock and randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::{id::AtMs, sync::Entropy};

/// The present moment.
pub fn now() -> AtMs {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    AtMs(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Minutes to add to UTC for the local calendar day.
pub fn local_offset_minutes() -> i32 {
    chrono::Local::now().offset().local_minus_utc() / 60
}

/// The operating system's randomness.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system without randomness cannot run this program");
    }
}
