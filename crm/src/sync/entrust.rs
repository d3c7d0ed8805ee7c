//! Branches that were added while an owner or manager was on the way in.
//!
//! A new branch is readable by every owner and manager of the moment. One who was invited before and let in later, or
//! let in while the record of the branch was on its way, would never hold it: an owner's device gives it to them. So it
//! is with a recovery kit that was made while the record of a branch was on its way.

use std::collections::BTreeSet;

use crdt::seal::wrap_key;
use wire::{
    DeviceId, SpaceId, invite_id,
    membership::{Body, Record, Role, RoleChanged},
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

    /// The branches that were added when nobody could count on the device holding them: since it was invited, or ever
    /// for one without an invite, which is an owner's and meant for all (a recovery kit, or whom one let in).
    fn added_since_invite(&self, device: DeviceId) -> BTreeSet<SpaceId> {
        let records = self.log.records();
        let invite = records.iter().find_map(|entry| match entry.body() {
            Body::DeviceAdded(body) if body.keys.device_id() == device => Some(body.invite),
            _ => None,
        });
        let since = match invite {
            // The founder holds every branch from its first moment.
            None => records.len(),
            Some(None) => 0,
            Some(Some(invite)) => {
                let is_invite = |entry: &Record| match entry.body() {
                    Body::InviteMade(body) => invite_id(&body.verifying) == invite,
                    _ => false,
                };
                records.iter().position(is_invite).unwrap_or(records.len())
            }
        };
        let added = records[since..].iter().filter_map(|entry| match entry.body() {
            Body::SpaceAdded(body) => Some(body.space),
            _ => None,
        });
        added.collect()
    }
}
