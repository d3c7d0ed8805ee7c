//! Branches that were added while an owner or manager was on the way in.
//!
//! A new branch is readable by every owner and manager of the moment. One who was invited before and let in later, or
//! let in while the record of the branch was on its way, would never hold it: an owner's device gives it to them.

use std::collections::BTreeSet;

use crdt::seal::wrap_key;
use wire::{
    DeviceId, SpaceId, invite_id,
    membership::{Body, Role, RoleChanged},
};

use super::{
    entropy::{Entropy, random},
    membership::MembershipError,
    replica::Replica,
};
use crate::{id::AtMs, store::record};

impl Replica {
    /// Gives a branch to an owner or manager who was invited before it was added and does not read it.
    ///
    /// # Errors
    /// [`MembershipError`] if the disk refuses.
    pub(super) fn entrust(&mut self, at: AtMs, entropy: &mut dyn Entropy) -> Result<(), MembershipError> {
        if self.engine.author().role != Role::Owner || record::next_pending(self.engine.conn())?.is_some() {
            return Ok(());
        }
        let Some((device, missing)) = self.left_out() else { return Ok(()) };
        let state = self.log.state();
        let Some(member) = state.device(device) else { return Ok(()) };
        let mut wraps = Vec::with_capacity(missing.len());
        for space in &missing {
            let epoch = state.epoch(*space).unwrap_or(1);
            let Some(epoch_key) = self.ring.get(*space, epoch) else { return Ok(()) };
            wraps.push(wrap_key(epoch_key, *space, epoch, &member.keys, random(entropy))?);
        }
        let spaces = member.standing().spaces.union(&missing).copied().collect();
        let body = RoleChanged {
            device,
            role: member.role(),
            spaces,
            wraps,
            rotations: Vec::new(),
            cut_offs: Vec::new(),
        };
        self.write_record(&Body::RoleChanged(body), at)
    }

    /// The first owner or manager who lacks branches that were added after their invite, and these.
    fn left_out(&self) -> Option<(DeviceId, BTreeSet<SpaceId>)> {
        let (state, own) = (self.log.state(), self.spaces());
        let lacks = |spaces: &BTreeSet<SpaceId>| own.iter().any(|space| !spaces.contains(space));
        let member = |(device, member): (DeviceId, &wire::membership::Member)| {
            let is_short =
                member.is_active() && member.role().may_administer() && lacks(&member.standing().spaces);
            is_short.then(|| (device, member.standing().spaces.clone()))
        };
        state.members().filter_map(member).find_map(|(device, held)| {
            let added = self.added_since_invite(device);
            // What somebody took from it on purpose stays taken.
            let was_given = |space: SpaceId| self.log.wraps_for(device).any(|wrap| wrap.space == space);
            let is_missing =
                |space: &SpaceId| added.contains(space) && !held.contains(space) && !was_given(*space);
            let missing: BTreeSet<_> = own.iter().copied().filter(is_missing).collect();
            (!missing.is_empty()).then_some((device, missing))
        })
    }

    fn added_since_invite(&self, device: DeviceId) -> BTreeSet<SpaceId> {
        let invite = self.log.records().iter().find_map(|entry| match entry.body() {
            Body::DeviceAdded(body) if body.keys.device_id() == device => body.invite,
            _ => None,
        });
        let is_invite = |entry: &&wire::membership::Record| match entry.body() {
            Body::InviteMade(body) => Some(invite_id(&body.verifying)) == invite,
            _ => false,
        };
        let since = self.log.records().iter().skip_while(|entry| !is_invite(entry));
        since
            .filter_map(|entry| match entry.body() {
                Body::SpaceAdded(body) => Some(body.space),
                _ => None,
            })
            .collect()
    }
}
