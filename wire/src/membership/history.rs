//! What one device was allowed when: the past that verdicts on its chunks need.

use std::collections::BTreeSet;

use super::{CutOff, DevicePublicKeys, Role};
use crate::{ChunkId, Incarnation, SpaceId};

/// What a device may do between two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The position in the log from which this holds; the founding record has 0.
    pub since: u64,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub spaces: BTreeSet<SpaceId>,
    /// False once it was revoked.
    pub is_active: bool,
}

/// A device in the log, with everything it ever was allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its keys.
    pub keys: DevicePublicKeys,
    history: Vec<Standing>,
    limits: Vec<Limit>,
}

/// What of a device's older work still counts after its rights shrank.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Limit {
    since: u64,
    spaces: BTreeSet<SpaceId>,
    cut_offs: Vec<CutOff>,
}

/// Where a chunk stands with respect to the cut-offs of its device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Within,
    Past,
    /// It has the sequence of a cut-off, but is another chunk: the device forked its own chain.
    Other,
}

impl Member {
    pub(super) fn new(keys: DevicePublicKeys, since: u64, role: Role, spaces: BTreeSet<SpaceId>) -> Self {
        let first = Standing { since, role, spaces, is_active: true };
        Self { keys, history: vec![first], limits: Vec::new() }
    }

    /// What the device may do now.
    pub fn standing(&self) -> &Standing {
        self.history.last().expect("a member is made with a standing and never loses it")
    }

    /// What the device might do at a position of the log, or `None` before it was added.
    pub fn standing_at(&self, position: u64) -> Option<&Standing> {
        self.history.iter().rev().find(|standing| standing.since <= position)
    }

    /// What it may do now.
    pub fn role(&self) -> Role {
        self.standing().role
    }

    /// Tells whether it was not revoked.
    pub fn is_active(&self) -> bool {
        self.standing().is_active
    }

    /// Tells whether it is active and reads `space`.
    pub fn reads(&self, space: SpaceId) -> bool {
        self.is_active() && self.standing().spaces.contains(&space)
    }

    pub(super) fn change(&mut self, since: u64, role: Role, spaces: BTreeSet<SpaceId>, is_active: bool) {
        self.history.push(Standing { since, role, spaces, is_active });
    }

    pub(super) fn limit(&mut self, since: u64, spaces: BTreeSet<SpaceId>, cut_offs: Vec<CutOff>) {
        if !spaces.is_empty() {
            self.limits.push(Limit { since, spaces, cut_offs });
        }
    }

    pub(super) fn place(
        &self,
        cited: u64,
        space: SpaceId,
        incarnation: Incarnation,
        device_seq: u64,
        chunk: ChunkId,
    ) -> Place {
        let mut place = Place::Within;
        for limit in self.limits.iter().filter(|limit| limit.since > cited && limit.spaces.contains(&space)) {
            let cut = limit.cut_offs.iter().find(|cut| cut.space == space && cut.incarnation == incarnation);
            match cut {
                Some(cut) if device_seq < cut.device_seq => {}
                Some(cut) if device_seq == cut.device_seq && chunk == cut.chunk => {}
                Some(cut) if device_seq == cut.device_seq => return Place::Other,
                _ => place = Place::Past,
            }
        }
        place
    }
}
