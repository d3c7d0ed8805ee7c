//! Invites: made by owners and managers, answered by new devices.

use crdt::seal::{
    DeviceKeys, InviteCode, InviteLink, LinkError, RecoveryKit, fingerprint, open_label, seal_label, wrap_key,
};
use rusqlite::Connection;
use wire::{
    DeviceId, Incarnation, InviteId, RecordId, SpaceId,
    membership::{Body, DeviceAdded, InviteMade, InviteWithdrawn, MembershipLog, Record, Role},
    protocol::JoinRequest,
};

use super::{
    entropy::{Entropy, random},
    membership::MembershipError,
    replica::{Replica, ReplicaError, Unopened, put_incarnation},
};
use crate::{
    id::AtMs,
    store::{StoreError, record, setting},
};

/// How long an invite can be used.
pub const INVITE_AGE_MS: i64 = 7 * 86_400_000;

/// A device that waits to be let in.
#[derive(Debug, Clone)]
pub struct JoinTicket {
    /// What was typed or scanned.
    pub link: InviteLink,
    /// What to put at the relay.
    pub request: JoinRequest,
    /// To be compared with the other screen.
    pub fingerprint: String,
}

/// Why a device cannot join.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// The invite is not one.
    #[error(transparent)]
    Invite(#[from] LinkError),
    /// The text is a recovery kit, which asks nobody to be let in.
    #[error("this is a recovery kit and no invite")]
    IsKit,
    /// The name of the device is too long.
    #[error("the name of the device is too long")]
    NameTooLong,
    /// The relay's log is not that of the workspace that invited.
    #[error("the relay shows another workspace than the one that invited")]
    OtherWorkspace,
    /// The log does not let this device in (yet).
    #[error("the device was not let in yet")]
    NotYet,
    /// The device could not keep what it was given.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
}

impl JoinTicket {
    /// Prepares the request of a new device.
    ///
    /// # Errors
    /// [`JoinError`] if the invite is not one or the name is too long.
    pub fn new(
        invite: &str,
        device_name: &str,
        keys: &DeviceKeys,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, JoinError> {
        if RecoveryKit::is_meant(invite) {
            return Err(JoinError::IsKit);
        }
        let link: InviteLink = invite.parse()?;
        let label = device_name.trim();
        if label.chars().count() > 80 {
            return Err(JoinError::NameTooLong);
        }
        let sealed = seal_label(&link.code, label, random(entropy));
        let workspace = link.workspace();
        let request = JoinRequest::sign(workspace, *keys.public(), sealed, &link.code.signing_key());
        let fingerprint = fingerprint(keys.public(), workspace);
        Ok(Self { link, request, fingerprint })
    }

    /// Takes the workspace's log once it lets this device in, and becomes a device of it.
    ///
    /// # Errors
    /// [`NotEntered`] while the log does not name the device, or if the disk refuses.
    pub fn enter(
        &self,
        conn: Connection,
        keys: DeviceKeys,
        records: &[Record],
        entropy: &mut dyn Entropy,
    ) -> Result<Replica, NotEntered> {
        enter(self.link.founding, conn, keys, records, entropy)
    }
}

/// Takes the log of the workspace that `founding` began, which names this device, into an empty database.
pub(super) fn enter(
    founding: RecordId,
    mut conn: Connection,
    keys: DeviceKeys,
    records: &[Record],
    entropy: &mut dyn Entropy,
) -> Result<Replica, NotEntered> {
    match keep(founding, &mut conn, &keys, records, entropy) {
        Ok(()) => Replica::open(conn, keys)
            .map_err(|Unopened { error, back }| NotEntered { error: error.into(), back }),
        Err(error) => Err(NotEntered { error, back: Box::new((conn, keys)) }),
    }
}

fn keep(
    founding: RecordId,
    conn: &mut Connection,
    keys: &DeviceKeys,
    records: &[Record],
    entropy: &mut dyn Entropy,
) -> Result<(), JoinError> {
    let first = records.first().ok_or(JoinError::NotYet)?;
    if first.id() != founding {
        return Err(JoinError::OtherWorkspace);
    }
    let mut log = MembershipLog::new(first.founded_workspace());
    for entry in records {
        log.append(entry.clone()).map_err(ReplicaError::from)?;
    }
    if !log.state().device(keys.device_id()).is_some_and(|member| member.is_active()) {
        return Err(JoinError::NotYet);
    }
    let mut write = || -> Result<(), StoreError> {
        let tx = conn.transaction()?;
        for entry in records {
            record::append(&tx, entry)?;
        }
        put_incarnation(&tx, keys, Incarnation(random(entropy)))?;
        tx.commit()?;
        Ok(())
    };
    Ok(write().map_err(ReplicaError::from)?)
}

/// A database that could not become one of the workspace, given back with its keys.
#[derive(thiserror::Error)]
#[error("{error}")]
pub struct NotEntered {
    /// Why.
    #[source]
    pub error: JoinError,
    /// The database and the keys.
    pub back: Box<(Connection, DeviceKeys)>,
}

impl std::fmt::Debug for NotEntered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl Replica {
    /// Makes an invite; what is returned is shown once.
    ///
    /// # Errors
    /// [`MembershipError`] if the role does not allow it.
    pub fn make_invite(
        &mut self,
        relay_url: &str,
        role: Role,
        mut spaces: Vec<SpaceId>,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<InviteLink, MembershipError> {
        let author = *self.engine.author();
        if !author.role.may_administer() {
            return Err(MembershipError::NotAllowed);
        }
        spaces.push(author.shared_space);
        spaces.sort_unstable();
        spaces.dedup();
        let code = InviteCode::from_bytes(random(entropy));
        let body = Body::InviteMade(InviteMade {
            verifying: code.signing_key().verifying_key().to_bytes(),
            role,
            spaces,
            expires_at_ms: u64::try_from(at.0 + INVITE_AGE_MS).unwrap_or(0),
        });
        let tx = self.engine.conn_mut().transaction()?;
        // Kept so that this device can read the name of who answers.
        setting::put(&tx, &code_name(code.id()), &data_encoding::HEXLOWER.encode(code.as_bytes()))?;
        tx.commit()?;
        self.write_record(&body, at)?;
        let founding = self.log.records()[0].id();
        Ok(InviteLink { relay_url: relay_url.to_owned(), founding, code })
    }

    /// Ends an invite early.
    ///
    /// # Errors
    /// [`MembershipError`] if the role does not allow it.
    pub fn withdraw_invite(&mut self, invite: InviteId, at: AtMs) -> Result<(), MembershipError> {
        self.write_record(&Body::InviteWithdrawn(InviteWithdrawn { invite }), at)
    }

    /// What a knocking device calls itself, if this device made its invite.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn name_of_join(&self, request: &JoinRequest) -> Result<Option<String>, ReplicaError> {
        let Some(hex) = setting::get(self.engine.conn(), &code_name(request.invite))? else {
            return Ok(None);
        };
        let Some(bytes) =
            data_encoding::HEXLOWER.decode(hex.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok())
        else {
            return Ok(None);
        };
        Ok(open_label(&InviteCode::from_bytes(bytes), &request.label_sealed))
    }

    /// The fingerprint that the other screen shows.
    pub fn fingerprint_of(&self, request: &JoinRequest) -> String {
        fingerprint(&request.keys, self.workspace())
    }

    /// Lets a device in, with the role and the spaces of its invite. The request was compared on both screens.
    ///
    /// # Errors
    /// [`MembershipError`] if the invite cannot be used or the role does not allow it.
    pub fn admit(
        &mut self,
        request: &JoinRequest,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<DeviceId, MembershipError> {
        let now_ms = u64::try_from(at.0).unwrap_or(0);
        let state = self.log.state();
        let invite = state.invite(request.invite).filter(|invite| invite.is_usable(now_ms));
        let invite = invite.ok_or(MembershipError::InviteUnusable)?;
        let key = invite.verifying_key()?;
        request.verify(self.workspace(), &key).map_err(|_| MembershipError::InviteUnusable)?;
        let (role, spaces) = (invite.role, invite.spaces.clone());
        let mut wraps = Vec::new();
        for space in &spaces {
            let epoch = state.epoch(*space).unwrap_or(1);
            let epoch_key = self.ring.get(*space, epoch).ok_or(MembershipError::NotAllowed)?;
            wraps.push(wrap_key(epoch_key, *space, epoch, &request.keys, random(entropy))?);
        }
        let added = DeviceAdded { keys: request.keys, role, spaces, invite: Some(request.invite), wraps };
        self.write_record(&Body::DeviceAdded(added), at)?;
        Ok(request.keys.device_id())
    }
}

fn code_name(invite: InviteId) -> String {
    format!("invite.{invite}")
}
