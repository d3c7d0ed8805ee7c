//! A device: keys, membership log, engine.

use crdt::{
    HybridTime,
    seal::{DeviceKeys, EpochKey, KeyRing, actor_id, wrap_key},
};
use rusqlite::{Connection, Transaction};
use wire::{
    DeviceId, Incarnation, SpaceId, WorkspaceId,
    membership::{Body, DevicePublicKeys, MembershipLog, RecordError, Role, SpaceAdded},
};

use super::entropy::{Entropy, random};
use crate::{
    engine::{Author, Engine, EngineError},
    id::{BranchId, StaffId},
    store::{StoreError, change_log, key, record, setting},
};

/// Keys of single values in the database.
pub(super) mod names {
    pub(in crate::sync) const INCARNATION: &str = "device.incarnation";
    pub(in crate::sync) const STAFF: &str = "session.staff";
    pub(in crate::sync) const BRANCH: &str = "session.branch";
}

/// A device that belongs to a workspace.
pub struct Replica {
    /// The only writer of documents.
    pub engine: Engine,
    pub(super) keys: DeviceKeys,
    pub(super) incarnation: Incarnation,
    pub(super) log: MembershipLog,
    pub(super) ring: KeyRing,
}

/// What opening reads.
struct Read {
    log: MembershipLog,
    ring: KeyRing,
    incarnation: Incarnation,
    author: Author,
    last: HybridTime,
}

/// A database that could not be opened as a device, given back with its keys.
#[derive(thiserror::Error)]
#[error("{error}")]
pub struct Unopened {
    /// Why.
    #[source]
    pub error: ReplicaError,
    /// The database and the keys.
    pub back: Box<(Connection, DeviceKeys)>,
}

impl Unopened {
    pub(super) fn new(error: impl Into<ReplicaError>, conn: Connection, keys: DeviceKeys) -> Self {
        Self { error: error.into(), back: Box::new((conn, keys)) }
    }
}

impl std::fmt::Debug for Unopened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

/// Why a device could not be opened or founded.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// The engine or its database refused.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A membership record does not hold.
    #[error("the membership log does not hold")]
    Record(#[from] RecordError),
    /// A key could not be wrapped.
    #[error("a key could not be sealed to a device")]
    Wrap(#[from] crdt::seal::WrapError),
    /// The database holds no workspace.
    #[error("this device belongs to no workspace yet")]
    NoWorkspace,
    /// A first edit was refused.
    #[error(transparent)]
    Edit(#[from] Box<crate::engine::EditError>),
    /// The device is not, or no longer, a member.
    #[error("this device is not a member of the workspace")]
    NotAMember,
}

impl From<StoreError> for ReplicaError {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<rusqlite::Error> for ReplicaError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error.into())
    }
}

impl Replica {
    /// Opens a device whose database holds a workspace.
    ///
    /// # Errors
    /// [`Unopened`] if there is none, this device is no member of it, or the disk refuses.
    pub fn open(mut conn: Connection, keys: DeviceKeys) -> Result<Self, Unopened> {
        match read(&mut conn, &keys) {
            Ok(Read { log, ring, incarnation, author, last }) => {
                let engine = Engine::resumed(conn, author, last);
                Ok(Self { engine, keys, incarnation, log, ring })
            }
            Err(error) => Err(Unopened::new(error, conn, keys)),
        }
    }

    /// The workspace.
    pub fn workspace(&self) -> WorkspaceId {
        self.log.workspace()
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        self.keys.device_id()
    }

    /// The life of its database.
    pub fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The membership log.
    pub fn log(&self) -> &MembershipLog {
        &self.log
    }

    /// The device's public keys.
    pub fn public_keys(&self) -> &wire::membership::DevicePublicKeys {
        self.keys.public()
    }

    /// The spaces that this device reads and writes now.
    pub fn spaces(&self) -> Vec<SpaceId> {
        let member = self.log.state().device(self.device());
        member.map(|member| member.standing().spaces.iter().copied().collect()).unwrap_or_default()
    }

    /// Notes who sits at the device, and at which branch.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn sign_in(&mut self, staff: StaffId, branch: Option<BranchId>) -> Result<(), ReplicaError> {
        let tx = self.engine.conn_mut().transaction()?;
        setting::put(&tx, names::STAFF, &staff.to_string())?;
        match branch {
            Some(branch) => setting::put(&tx, names::BRANCH, &branch.to_string())?,
            None => setting::remove(&tx, names::BRANCH)?,
        }
        tx.commit()?;
        self.refresh()
    }

    /// Takes over what the log and the database say now: role, keys, author.
    pub(super) fn refresh(&mut self) -> Result<(), ReplicaError> {
        self.ring = KeyRing::from_log(&self.log, &self.keys);
        keep_ring(self.engine.conn_mut(), &self.ring)?;
        let author = author(self.engine.conn(), &self.keys, &self.log, self.incarnation)?;
        self.engine.set_author(author);
        Ok(())
    }
}

/// A new space that these devices read.
pub(super) fn space_added(
    readers: &[DevicePublicKeys],
    entropy: &mut dyn Entropy,
) -> Result<(SpaceId, Body), ReplicaError> {
    let space = SpaceId(random(entropy));
    let key = EpochKey::from_bytes(random(entropy));
    let mut wraps = Vec::with_capacity(readers.len());
    for reader in readers {
        wraps.push(wrap_key(&key, space, 1, reader, random(entropy))?);
    }
    Ok((space, Body::SpaceAdded(SpaceAdded { space, commitment: key.commitment(), wraps })))
}

pub(super) fn put_incarnation(
    tx: &Transaction<'_>,
    keys: &DeviceKeys,
    incarnation: Incarnation,
) -> Result<(), StoreError> {
    setting::put(tx, names::INCARNATION, &incarnation.to_string())?;
    record::put_actor(tx, actor_id(keys.public(), incarnation), keys.device_id())
}

fn keep_ring(conn: &mut Connection, ring: &KeyRing) -> Result<(), StoreError> {
    let tx = conn.transaction()?;
    put_ring(&tx, ring)?;
    tx.commit()?;
    Ok(())
}

pub(super) fn put_ring(tx: &Transaction<'_>, ring: &KeyRing) -> Result<(), StoreError> {
    for (space, epoch, epoch_key) in ring.iter() {
        key::put(tx, space, epoch, epoch_key.as_bytes())?;
    }
    Ok(())
}

fn read(conn: &mut Connection, keys: &DeviceKeys) -> Result<Read, ReplicaError> {
    let records = record::all(conn)?;
    let first = records.first().ok_or(ReplicaError::NoWorkspace)?;
    let mut log = MembershipLog::new(first.founded_workspace());
    for record in records {
        log.append(record)?;
    }
    let hex = setting::get(conn, names::INCARNATION)?.ok_or(ReplicaError::NoWorkspace)?;
    let incarnation = hex.parse().map_err(|_| StoreError::Unreadable { what: "incarnation" })?;
    let ring = KeyRing::from_log(&log, keys);
    keep_ring(conn, &ring)?;
    let author = author(conn, keys, &log, incarnation)?;
    let last = change_log::last_own_time(conn)?;
    Ok(Read { log, ring, incarnation, author, last })
}

pub(super) fn author(
    conn: &Connection,
    keys: &DeviceKeys,
    log: &MembershipLog,
    incarnation: Incarnation,
) -> Result<Author, ReplicaError> {
    let device = keys.device_id();
    let member = log.state().device(device).ok_or(ReplicaError::NotAMember)?;
    let id = |name| -> Result<Option<[u8; 16]>, StoreError> {
        let text = setting::get(conn, name)?;
        Ok(text.and_then(|text| text.parse::<StaffId>().ok()).map(|id| id.0))
    };
    Ok(Author {
        device,
        actor: actor_id(keys.public(), incarnation),
        // A revoked device may read what it has, and write nothing.
        role: if member.is_active() { member.role() } else { Role::Viewer },
        staff: id(names::STAFF)?.map(StaffId),
        branch: id(names::BRANCH)?.map(BranchId),
        shared_space: log.state().shared_space().ok_or(ReplicaError::NoWorkspace)?,
    })
}
