//! Writing into the membership log: alone before there is a relay, through the authority afterwards.

use crdt::seal::{KeyRing, WrapError};
use wire::{
    RelayId,
    membership::{Body, Record, RecordError},
};

use super::{
    entropy::Entropy,
    replica::{Replica, ReplicaError, author, put_ring, space_added},
};
use crate::{
    id::AtMs,
    store::{StoreError, record},
};

/// Why something could not be written into the membership log.
#[derive(Debug, thiserror::Error)]
pub enum MembershipError {
    /// The device's role does not allow it.
    #[error("this device's role does not allow this")]
    NotAllowed,
    /// The invite is unknown, used, withdrawn or expired.
    #[error("the invite cannot be used any more; make a new one")]
    InviteUnusable,
    /// No relay decides for the workspace yet.
    #[error("no relay was met yet that decides who belongs to the centre")]
    NoAuthority,
    /// A record does not hold.
    #[error("the membership record does not hold")]
    Record(#[from] RecordError),
    /// A key could not be sealed to the device.
    #[error("a key could not be sealed to the device")]
    Wrap(#[from] WrapError),
    /// The device could not carry it out.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
}

impl From<StoreError> for MembershipError {
    fn from(error: StoreError) -> Self {
        Self::Replica(error.into())
    }
}

impl From<rusqlite::Error> for MembershipError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Replica(error.into())
    }
}

impl Replica {
    /// Writes a body into the log: at once while no relay is the authority, else as soon as the authority takes it.
    ///
    /// # Errors
    /// [`MembershipError`] if the record would not hold.
    pub(super) fn write_record(&mut self, body: &Body, at: AtMs) -> Result<(), MembershipError> {
        if self.log.state().authority().is_none_or(|authority| authority == RelayId::ZERO) {
            let record = self.sign_record(body, at)?;
            return self.take_record(record);
        }
        let encoded = body_bytes(body, self)?;
        let tx = self.engine.conn_mut().transaction()?;
        record::put_pending(&tx, body.kind(), &encoded)?;
        tx.commit()?;
        Ok(())
    }

    /// Signs a record on the present head.
    pub(super) fn sign_record(&self, body: &Body, at: AtMs) -> Result<Record, RecordError> {
        Record::sign(self.log.head(), u64::try_from(at.0).unwrap_or(0), body, self.keys.signing())
    }

    /// Lets a record take effect that the authority took, or that needs none.
    pub(super) fn take_record(&mut self, record: Record) -> Result<(), MembershipError> {
        let mut next = self.log.clone();
        next.append(record.clone())?;
        // One commit: a record without the keys that it brings would leave this device in the dark until its next start.
        let ring = KeyRing::from_log(&next, &self.keys);
        let tx = self.engine.conn_mut().transaction()?;
        record::append(&tx, &record)?;
        put_ring(&tx, &ring)?;
        tx.commit()?;
        (self.log, self.ring) = (next, ring);
        let author = author(self.engine.conn(), &self.keys, &self.log, self.incarnation)?;
        self.engine.set_author(author);
        Ok(())
    }

    /// Makes a space for a new branch, readable by every owner and manager. The branch itself is an edit that
    /// names this space. Under an authority this device holds the key once the authority took the record.
    ///
    /// # Errors
    /// [`MembershipError`] if the role does not allow it.
    pub fn add_space(
        &mut self,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<wire::SpaceId, MembershipError> {
        if !self.engine.author().role.may_administer() {
            return Err(MembershipError::NotAllowed);
        }
        let managers: Vec<_> = self
            .log
            .state()
            .members()
            .filter(|(_, member)| member.is_active() && member.role().may_administer())
            .map(|(_, member)| member.keys)
            .collect();
        let (space, body) = space_added(&managers, entropy)?;
        self.write_record(&body, at)?;
        Ok(space)
    }
}

/// A record's body as it would travel: the bytes that [`Record::sign`] puts into a record.
fn body_bytes(body: &Body, replica: &Replica) -> Result<Vec<u8>, MembershipError> {
    // A record signed now is kept whole; its body is signed again on the head of the moment of sending.
    let record = replica.sign_record(body, AtMs(0))?;
    Ok(record.as_bytes().to_vec())
}
