//! The epoch keys that a device holds.

use std::collections::BTreeMap;

use wire::{SpaceId, membership::MembershipLog};

use super::{DeviceKeys, EpochKey, open_previous_epoch, unwrap_key};

/// Epoch keys by space and epoch.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    keys: BTreeMap<(SpaceId, u32), EpochKey>,
}

impl KeyRing {
    /// Opens every key that the log holds for the device: those wrapped to it, and the older ones sealed
    /// under those. A key that does not match its commitment is left out.
    pub fn from_log(log: &MembershipLog, device: &DeviceKeys) -> Self {
        let mut ring = Self::default();
        for wrap in log.wraps_for(device.device_id()) {
            let Ok(key) = unwrap_key(wrap, device) else { continue };
            ring.insert_checked(log, wrap.space, wrap.epoch, key);
        }
        ring.open_history(log);
        ring
    }

    /// Adds a key without a check.
    pub fn insert(&mut self, space: SpaceId, epoch: u32, key: EpochKey) {
        self.keys.insert((space, epoch), key);
    }

    /// Finds a key.
    pub fn get(&self, space: SpaceId, epoch: u32) -> Option<&EpochKey> {
        self.keys.get(&(space, epoch))
    }

    /// All keys, in order of space and epoch.
    pub fn iter(&self) -> impl Iterator<Item = (SpaceId, u32, &EpochKey)> {
        self.keys.iter().map(|((space, epoch), key)| (*space, *epoch, key))
    }

    fn open_history(&mut self, log: &MembershipLog) {
        let state = log.state();
        for space in state.spaces() {
            for epoch in (2..=state.epoch(space).unwrap_or(0)).rev() {
                let (Some(key), Some(sealed)) =
                    (self.get(space, epoch), state.previous_key_sealed(space, epoch))
                else {
                    continue;
                };
                if let Ok(previous) = open_previous_epoch(&sealed.0, key, space, epoch) {
                    self.insert_checked(log, space, epoch - 1, previous);
                }
            }
        }
    }

    fn insert_checked(&mut self, log: &MembershipLog, space: SpaceId, epoch: u32, key: EpochKey) {
        if log.state().commitment(space, epoch) == Some(key.commitment()) {
            self.insert(space, epoch, key);
        }
    }
}
