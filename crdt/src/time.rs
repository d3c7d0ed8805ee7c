//! The hybrid logical clock: orders what people see, survives clocks that are wrong.

use serde::{Deserialize, Serialize};

const COUNTER_BITS: u32 = 16;

/// A moment: milliseconds since 1970 (UTC) in the upper 48 bits, a counter in the lower 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct HybridTime(pub u64);

impl HybridTime {
    /// Builds the first moment of a millisecond.
    pub fn from_ms(wall_ms: u64) -> Self {
        Self(wall_ms << COUNTER_BITS)
    }

    /// The wall clock's part, milliseconds since 1970.
    pub fn wall_ms(self) -> u64 {
        self.0 >> COUNTER_BITS
    }
}

/// Gives moments that never repeat and never go back on one device.
///
/// Remote moments that lie more than [`HybridClock::DRIFT_MAX_MS`] ahead do not pull this clock
/// forward: one device with a fast clock must not drag all others into its future.
#[derive(Debug, Clone, Default)]
pub struct HybridClock {
    last: HybridTime,
}

impl HybridClock {
    /// How far ahead of the local wall clock a remote moment may pull this clock.
    pub const DRIFT_MAX_MS: u64 = 10 * 60 * 1000;

    /// Starts after `last`, the greatest moment known to have been given out or seen.
    pub fn resume(last: HybridTime) -> Self {
        Self { last }
    }

    /// Gives the next moment. A wall clock that went back is overruled by the counter.
    pub fn tick(&mut self, wall_ms: u64) -> HybridTime {
        let wall = HybridTime::from_ms(wall_ms);
        self.last = if wall > self.last { wall } else { HybridTime(self.last.0 + 1) };
        self.last
    }

    /// Takes note of a moment that another device gave out.
    pub fn observe(&mut self, remote: HybridTime, wall_ms: u64) {
        if remote > self.last && remote.wall_ms() <= wall_ms + Self::DRIFT_MAX_MS {
            self.last = remote;
        }
    }

    /// The greatest moment given out or taken note of.
    pub fn last(&self) -> HybridTime {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_goes_on_when_the_wall_clock_goes_back() {
        let mut clock = HybridClock::default();
        let first = clock.tick(5_000);
        let second = clock.tick(1_000);
        assert!(second > first);
        assert_eq!(second.wall_ms(), 5_000);
    }

    #[test]
    fn far_future_of_another_device_does_not_move_this_clock() {
        let mut clock = HybridClock::default();
        clock.observe(HybridTime::from_ms(10_000_000_000), 5_000);
        assert_eq!(clock.tick(5_000).wall_ms(), 5_000);
        clock.observe(HybridTime::from_ms(6_000), 5_000);
        assert!(clock.tick(5_000) > HybridTime::from_ms(6_000));
    }
}
