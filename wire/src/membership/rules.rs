//! Which record may follow which state. Nothing here changes the state.

use std::collections::BTreeSet;

use super::{
    Body, DeviceAdded, DeviceRevoked, Founded, InviteMade, Member, MembershipState, Record, RecordError,
    Role, RoleChanged, Rotation, SpaceAdded, Wrap, body::read_key,
};
use crate::{DeviceId, RecordId, SpaceId, invite_id};

/// Checks signature, signer and content of the record that is to follow `state`.
pub(super) fn check(state: &MembershipState, record: &Record) -> Result<(), RecordError> {
    let is_first = state.head() == RecordId::ZERO;
    match record.body() {
        Body::Founded(body) if is_first => return check_founding(record, body),
        Body::Founded(_) => return Err(RecordError::Founding),
        _ if is_first => return Err(RecordError::Founding),
        _ => {}
    }
    let device = record.signer();
    let signer = state.device(device).ok_or(RecordError::UnknownDevice { device })?;
    record.verify_signature(&signer.keys.verifying_key()?)?;
    if !signer.is_active() {
        return Err(RecordError::Revoked { device });
    }
    let check = Check { state, signer, device, at_ms: record.at_ms() };
    check.body(record.body())
}

/// The spaces in which a device's older work no longer counts past its cut-off: those that it loses, and
/// after a demotion all that it had.
pub(super) fn spaces_shrunk(member: &Member, body: &RoleChanged) -> BTreeSet<SpaceId> {
    let before = member.standing();
    if body.role.is_at_least(before.role) { spaces_lost(member, &body.spaces) } else { before.spaces.clone() }
}

fn spaces_lost(member: &Member, kept: &[SpaceId]) -> BTreeSet<SpaceId> {
    member.standing().spaces.iter().copied().filter(|space| !kept.contains(space)).collect()
}

fn check_founding(record: &Record, body: &Founded) -> Result<(), RecordError> {
    record.verify_signature(&body.keys.verifying_key()?)?;
    let device = record.signer();
    if body.keys.device_id() != device {
        return Err(RecordError::NotAllowed { device });
    }
    body.wraps.iter().try_for_each(|wrap| {
        if wrap.space != body.shared_space {
            return Err(RecordError::UnknownSpace { space: wrap.space });
        }
        check_epoch(wrap, 1)?;
        if wrap.device != device {
            return Err(RecordError::UnknownDevice { device: wrap.device });
        }
        Ok(())
    })
}

fn check_epoch(wrap: &Wrap, expected: u32) -> Result<(), RecordError> {
    if wrap.epoch != expected {
        return Err(RecordError::WrongEpoch { space: wrap.space, epoch: wrap.epoch, expected });
    }
    Ok(())
}

struct Check<'a> {
    state: &'a MembershipState,
    signer: &'a Member,
    device: DeviceId,
    at_ms: u64,
}

impl Check<'_> {
    fn body(&self, body: &Body) -> Result<(), RecordError> {
        // What a newer program wrote takes no effect here; any active device may have had the right to it.
        if !matches!(body, Body::Unknown { .. }) {
            self.require(self.signer.role().may_administer())?;
        }
        match body {
            Body::Founded(_) => Err(RecordError::Founding),
            Body::SpaceAdded(body) => self.space_added(body),
            Body::DeviceAdded(body) => self.device_added(body),
            Body::RoleChanged(body) => self.role_changed(body),
            Body::DeviceRevoked(body) => self.device_revoked(body),
            Body::InviteMade(body) => self.invite_made(body),
            Body::InviteWithdrawn(body) => {
                let invite = body.invite;
                self.state.invite(invite).map(|_| ()).ok_or(RecordError::UnknownInvite { invite })
            }
            Body::AuthorityChanged(_) => self.require(self.signer.role() == Role::Owner),
            Body::Adoption(_) | Body::Erasure(_) | Body::Unknown { .. } => Ok(()),
        }
    }

    fn require(&self, is_allowed: bool) -> Result<(), RecordError> {
        if is_allowed { Ok(()) } else { Err(RecordError::NotAllowed { device: self.device }) }
    }

    fn space_added(&self, body: &SpaceAdded) -> Result<(), RecordError> {
        let space = body.space;
        if self.state.epoch(space).is_some() {
            return Err(RecordError::KnownSpace { space });
        }
        body.wraps.iter().try_for_each(|wrap| {
            if wrap.space != space {
                return Err(RecordError::UnknownSpace { space: wrap.space });
            }
            check_epoch(wrap, 1)?;
            self.active(wrap.device).map(|_| ())
        })
    }

    fn device_added(&self, body: &DeviceAdded) -> Result<(), RecordError> {
        body.keys.verifying_key()?;
        let device = body.keys.device_id();
        if self.state.device(device).is_some() {
            return Err(RecordError::KnownDevice { device });
        }
        self.require(self.signer.role().may_govern(body.role))?;
        self.spaces_to_give(&body.spaces)?;
        if let Some(id) = body.invite {
            let invite = self.state.invite(id).ok_or(RecordError::UnknownInvite { invite: id })?;
            if !invite.is_open {
                return Err(RecordError::SpentInvite { invite: id });
            }
            if !invite.is_usable(self.at_ms) {
                return Err(RecordError::ExpiredInvite { invite: id });
            }
            if invite.role != body.role || as_set(&invite.spaces) != as_set(&body.spaces) {
                return Err(RecordError::OtherThanInvited { invite: id });
            }
        }
        self.wraps_to(&body.wraps, device, &body.spaces)
    }

    fn role_changed(&self, body: &RoleChanged) -> Result<(), RecordError> {
        let member = self.active(body.device)?;
        let (before, spaces) = (member.role(), member.standing().spaces.clone());
        self.require(self.signer.role().may_govern(before) && self.signer.role().may_govern(body.role))?;
        if before == Role::Owner && body.role != Role::Owner && self.state.active_owners() == 1 {
            return Err(RecordError::LastOwner);
        }
        let given: Vec<_> = body.spaces.iter().copied().filter(|space| !spaces.contains(space)).collect();
        self.spaces_to_give(&given)?;
        self.rotations(&body.rotations, &spaces_lost(member, &body.spaces), body.device)?;
        self.wraps_to(&body.wraps, body.device, &body.spaces)
    }

    fn device_revoked(&self, body: &DeviceRevoked) -> Result<(), RecordError> {
        let member = self.active(body.device)?;
        self.require(self.signer.role().may_govern(member.role()))?;
        if member.role() == Role::Owner && self.state.active_owners() == 1 {
            return Err(RecordError::LastOwner);
        }
        self.rotations(&body.rotations, &member.standing().spaces, body.device)
    }

    fn invite_made(&self, body: &InviteMade) -> Result<(), RecordError> {
        read_key(&body.verifying)?;
        let invite = invite_id(&body.verifying);
        if self.state.invite(invite).is_some() {
            return Err(RecordError::KnownInvite { invite });
        }
        self.require(self.signer.role().may_govern(body.role))?;
        self.spaces_to_give(&body.spaces)
    }

    fn active(&self, device: DeviceId) -> Result<&Member, RecordError> {
        let member = self.state.device(device).ok_or(RecordError::UnknownDevice { device })?;
        if member.is_active() { Ok(member) } else { Err(RecordError::Revoked { device }) }
    }

    /// A device gives only spaces that it reads itself: it could not wrap the key of another.
    fn spaces_to_give(&self, spaces: &[SpaceId]) -> Result<(), RecordError> {
        for &space in spaces {
            self.state.epoch(space).ok_or(RecordError::UnknownSpace { space })?;
            self.require(self.signer.reads(space))?;
        }
        Ok(())
    }

    fn wraps_to(&self, wraps: &[Wrap], device: DeviceId, spaces: &[SpaceId]) -> Result<(), RecordError> {
        wraps.iter().try_for_each(|wrap| {
            let space = wrap.space;
            if !spaces.contains(&space) {
                return Err(RecordError::UnknownSpace { space });
            }
            if wrap.device != device {
                return Err(RecordError::UnknownDevice { device: wrap.device });
            }
            check_epoch(wrap, self.state.epoch(space).ok_or(RecordError::UnknownSpace { space })?)
        })
    }

    /// Every space of `required` rotates, by one epoch, and never with a wrap for the device shut out.
    fn rotations(
        &self,
        rotations: &[Rotation],
        required: &BTreeSet<SpaceId>,
        shut_out: DeviceId,
    ) -> Result<(), RecordError> {
        let mut rotated = BTreeSet::new();
        for rotation in rotations {
            let (space, epoch) = (rotation.space, rotation.epoch);
            let current = self.state.epoch(space).ok_or(RecordError::UnknownSpace { space })?;
            let expected = current.saturating_add(1);
            if epoch != expected || !rotated.insert(space) {
                return Err(RecordError::WrongEpoch { space, epoch, expected });
            }
            for wrap in &rotation.wraps {
                if wrap.space != space {
                    return Err(RecordError::UnknownSpace { space: wrap.space });
                }
                check_epoch(wrap, expected)?;
                let reader = self.active(wrap.device)?;
                let is_shut_out = wrap.device == shut_out && required.contains(&space);
                if is_shut_out || !reader.reads(space) {
                    return Err(RecordError::NotAllowed { device: wrap.device });
                }
            }
        }
        match required.iter().find(|space| !rotated.contains(space)) {
            Some(&space) => Err(RecordError::MissingRotation { space }),
            None => Ok(()),
        }
    }
}

fn as_set(spaces: &[SpaceId]) -> BTreeSet<SpaceId> {
    spaces.iter().copied().collect()
}
