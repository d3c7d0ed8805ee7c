//! The verdict on a chunk.

use super::{MembershipLog, Role, history::Place};
use crate::{Chunk, ChunkKind, DeviceId, RecordId};

/// What is to be done with a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Open and apply it.
    Accepted {
        /// What its device might do at the head that it cites; decides which kinds of document count.
        role: Role,
    },
    /// It lies past the cut-off of its device, and an adoption names it: open, apply and flag it.
    Adopted {
        /// What its device might do at the head that it cites.
        role: Role,
    },
    /// It lies past the cut-off of its device. It counts only if an adoption names it or one of its changes,
    /// or an accepted change depends on it.
    PastCutOff {
        /// What its device might do at the head that it cites.
        role: Role,
    },
    /// It cites a record that is not here yet: keep it, fetch the log, ask again.
    WaitForLog {
        /// The record.
        head: RecordId,
    },
    /// Never apply it under this log.
    Refused(Refusal),
}

impl Verdict {
    /// Tells whether the chunk may be opened and applied now.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::Adopted { .. })
    }
}

/// Why a chunk is not applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Refusal {
    #[error("the chunk belongs to another workspace")]
    OtherWorkspace,
    #[error("device {device} was no member at the record that the chunk cites")]
    UnknownDevice { device: DeviceId },
    #[error("the signature is not that of device {device}")]
    BadSignature { device: DeviceId },
    #[error("device {device} was revoked before the chunk was made")]
    Revoked { device: DeviceId },
    #[error("device {device} had no access to the space")]
    NoAccess { device: DeviceId },
    #[error("the role of device {device} may not sign this kind of chunk")]
    NotAllowed { device: DeviceId },
    #[error("the chunk names a key that the space does not have")]
    WrongKey,
    #[error("the chunk contradicts the last one that counts of device {device}")]
    Forked { device: DeviceId },
    #[error("the chunk was erased")]
    Erased,
}

/// Judges a chunk: signature, workspace, role and spaces at the cited head, kind, key, cut-off, erasure.
///
/// The same chunk, log and program always give the same verdict; a longer log may give another one, so a
/// device asks again about the chunks of a device that was cut off.
pub fn verify_chunk(chunk: &Chunk, log: &MembershipLog) -> Verdict {
    match judge(chunk, log) {
        Ok(verdict) => verdict,
        Err(refusal) => Verdict::Refused(refusal),
    }
}

/// Tells whether a device's chunk cites an older head than the chunk before it in its chain. Such a device
/// (or who holds its key) tries to act under rights that it had once.
///
/// Unknown heads are for [`verify_chunk`]; they give `false`.
pub fn goes_back(previous: RecordId, next: RecordId, log: &MembershipLog) -> bool {
    match (log.state().position(previous), log.state().position(next)) {
        (Some(previous), Some(next)) => next < previous,
        _ => false,
    }
}

fn judge(chunk: &Chunk, log: &MembershipLog) -> Result<Verdict, Refusal> {
    let header = chunk.header();
    let (device, state) = (header.device, log.state());
    if header.workspace != log.workspace() {
        return Err(Refusal::OtherWorkspace);
    }
    if state.is_erased(chunk.id()) {
        return Err(Refusal::Erased);
    }
    let head = header.membership_head;
    let Some(cited) = state.position(head) else { return Ok(Verdict::WaitForLog { head }) };
    let member = state.device(device).ok_or(Refusal::UnknownDevice { device })?;
    let standing = member.standing_at(cited).ok_or(Refusal::UnknownDevice { device })?;
    let key = member.keys.verifying_key().map_err(|_| Refusal::BadSignature { device })?;
    chunk.verify_signature(&key).map_err(|_| Refusal::BadSignature { device })?;
    if !standing.is_active {
        return Err(Refusal::Revoked { device });
    }
    if !standing.spaces.contains(&header.space) {
        return Err(Refusal::NoAccess { device });
    }
    let role = standing.role;
    let is_allowed = match header.kind {
        ChunkKind::Edit => role.may_write_any(),
        ChunkKind::Carry | ChunkKind::Snapshot => role.may_administer(),
    };
    if !is_allowed {
        return Err(Refusal::NotAllowed { device });
    }
    if state.commitment(header.space, header.epoch) != Some(header.key_commitment) {
        return Err(Refusal::WrongKey);
    }
    let place = member.place(cited, header.space, header.incarnation, header.device_seq, chunk.id());
    match place {
        Place::Within => Ok(Verdict::Accepted { role }),
        Place::Past if state.is_adopted(chunk.id()) => Ok(Verdict::Adopted { role }),
        Place::Past => Ok(Verdict::PastCutOff { role }),
        Place::Other => Err(Refusal::Forked { device }),
    }
}
