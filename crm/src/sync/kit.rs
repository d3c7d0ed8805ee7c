//! Recovery kits: a device of an owner that exists on paper alone, and lets one new device in when all others are gone.
//!
//! In the log a kit is an owner's device that was added without an invite; a device that was added so by a kit is one
//! that the kit let in. A kit writes nothing else.

use std::collections::BTreeMap;

use crdt::seal::{KeyRing, RecoveryCode, RecoveryKit, WrapError, wrap_key};
use wire::{
    DeviceId, RelayId,
    membership::{Body, DeviceAdded, DevicePublicKeys, MembershipLog, Role},
};

use super::{
    entropy::{Entropy, random},
    membership::MembershipError,
    replica::Replica,
};
use crate::{id::AtMs, store::record};

/// What the log says of a kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KitMade {
    /// When it was made, as its maker's clock had it.
    pub made_at: AtMs,
    /// When it last let a device in.
    pub used_at: Option<AtMs>,
    /// Whether it may still do so.
    pub is_active: bool,
}

/// What the log says of all kits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kits {
    /// The kits.
    pub made: BTreeMap<DeviceId, KitMade>,
    /// When each device was let in that a kit let in.
    pub let_in: BTreeMap<DeviceId, AtMs>,
}

/// How a centre stands with its kits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KitState {
    /// There is none that opens anything.
    Missing,
    /// One was made here, and the relay has not taken it yet: until then it opens nothing.
    Waiting,
    /// One lies ready.
    Ready,
    /// There was one, and it was used.
    Used,
}

impl Kits {
    /// Reads the log.
    pub fn of(log: &MembershipLog) -> Self {
        let mut kits = Self::default();
        for entry in log.records() {
            let Body::DeviceAdded(body) = entry.body() else { continue };
            if body.invite.is_some() {
                continue;
            }
            let (device, at) =
                (body.keys.device_id(), AtMs(i64::try_from(entry.at_ms()).unwrap_or(i64::MAX)));
            if let Some(kit) = kits.made.get_mut(&entry.signer()) {
                kit.used_at = Some(at);
                kits.let_in.insert(device, at);
            } else if body.role == Role::Owner {
                let is_active = log.state().device(device).is_some_and(|member| member.is_active());
                kits.made.insert(device, KitMade { made_at: at, used_at: None, is_active });
            }
        }
        kits
    }
}

impl Replica {
    /// Makes a recovery kit; what is returned is shown once and kept nowhere. It opens something as soon as the
    /// authority took it.
    ///
    /// # Errors
    /// [`MembershipError::NotAllowed`] unless this is an owner's device, [`MembershipError::NoAuthority`] before the
    /// workspace has met a relay.
    pub fn make_kit(
        &mut self,
        relay_url: &str,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<RecoveryKit, MembershipError> {
        if self.engine.author().role != Role::Owner {
            return Err(MembershipError::NotAllowed);
        }
        if self.log.state().authority().is_none_or(|authority| authority == RelayId::ZERO) {
            return Err(MembershipError::NoAuthority);
        }
        let code = RecoveryCode::from_bytes(random(entropy));
        let keys = *code.device_keys().public();
        let body = owner_added(&self.log, &self.ring, self.device(), keys, entropy)?;
        self.write_record(&body, at)?;
        let founding = self.log.records()[0].id();
        Ok(RecoveryKit { relay_url: relay_url.to_owned(), founding, code })
    }

    /// How the centre stands with its kits.
    ///
    /// # Errors
    /// [`MembershipError`] if the disk refuses.
    pub fn kit_state(&self) -> Result<KitState, MembershipError> {
        let kits = Kits::of(&self.log);
        if kits.made.values().any(|kit| kit.is_active && kit.used_at.is_none()) {
            return Ok(KitState::Ready);
        }
        let is_kit = |body: &Body| matches!(body, Body::DeviceAdded(added) if added.invite.is_none());
        if record::pending(self.engine.conn())?.iter().any(|waiting| is_kit(waiting.body())) {
            return Ok(KitState::Waiting);
        }
        let is_any_active = kits.made.values().any(|kit| kit.is_active);
        Ok(if is_any_active { KitState::Used } else { KitState::Missing })
    }
}

/// The record that adds a device of an owner without an invite. It reads what `by` reads, as far as its keys are here.
pub(super) fn owner_added(
    log: &MembershipLog,
    ring: &KeyRing,
    by: DeviceId,
    keys: DevicePublicKeys,
    entropy: &mut dyn Entropy,
) -> Result<Body, WrapError> {
    let state = log.state();
    let held = state.device(by).into_iter().flat_map(|member| &member.standing().spaces);
    let (mut spaces, mut wraps) = (Vec::new(), Vec::new());
    for space in held {
        let epoch = state.epoch(*space).unwrap_or(1);
        let Some(epoch_key) = ring.get(*space, epoch) else { continue };
        spaces.push(*space);
        wraps.push(wrap_key(epoch_key, *space, epoch, &keys, random(entropy))?);
    }
    Ok(Body::DeviceAdded(DeviceAdded { keys, role: Role::Owner, spaces, invite: None, wraps }))
}
