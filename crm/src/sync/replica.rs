//! A device: keys, membership log, engine.

use crdt::seal::{DeviceKeys, EpochKey, KeyRing, actor_id, wrap_key};
use rusqlite::{Connection, Transaction};
use wire::{
    DeviceId, Incarnation, RelayId, SpaceId, WorkspaceId,
    membership::{Body, DevicePublicKeys, Founded, MembershipLog, Record, RecordError, Role, SpaceAdded},
};

use super::entropy::{Entropy, random};
use crate::{
    engine::{Author, Engine, EngineError},
    id::{AtMs, BranchId, StaffId},
    store::{StoreError, key, record, setting},
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

/// What a founder decides.
#[derive(Debug, Clone)]
pub struct Founding {
    /// How many branches get a space, in order.
    pub branch_count: usize,
    /// The moment.
    pub at: AtMs,
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
    /// Founds a workspace in an empty database. Returns the spaces of the branches, in order.
    ///
    /// # Errors
    /// [`ReplicaError`] if the disk refuses.
    pub fn found(
        mut conn: Connection,
        keys: DeviceKeys,
        founding: &Founding,
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, Vec<SpaceId>), ReplicaError> {
        let shared_space = SpaceId(random(entropy));
        let shared_key = EpochKey::from_bytes(random(entropy));
        let at_ms = u64::try_from(founding.at.0).unwrap_or(0);
        let founded = Body::Founded(Founded {
            keys: *keys.public(),
            nonce: random(entropy),
            shared_space,
            commitment: shared_key.commitment(),
            wraps: vec![wrap_key(&shared_key, shared_space, 1, keys.public(), random(entropy))?],
            authority: RelayId::ZERO,
        });
        let first = Record::sign(wire::RecordId::ZERO, at_ms, &founded, keys.signing())?;
        let mut log = MembershipLog::new(first.founded_workspace());
        log.append(first)?;
        let mut spaces = Vec::new();
        for _ in 0..founding.branch_count {
            let (space, body) = space_added(&[*keys.public()], entropy)?;
            log.append(Record::sign(log.head(), at_ms, &body, keys.signing())?)?;
            spaces.push(space);
        }
        let incarnation = Incarnation(random(entropy));
        let tx = conn.transaction()?;
        for entry in log.records() {
            record::append(&tx, entry)?;
        }
        put_incarnation(&tx, &keys, incarnation)?;
        tx.commit()?;
        Ok((Self::open(conn, keys)?, spaces))
    }

    /// Opens a device whose database holds a workspace.
    ///
    /// # Errors
    /// [`ReplicaError`] if there is none, or this device is no member of it.
    pub fn open(mut conn: Connection, keys: DeviceKeys) -> Result<Self, ReplicaError> {
        let records = record::all(&conn)?;
        let first = records.first().ok_or(ReplicaError::NoWorkspace)?;
        let workspace = first.founded_workspace();
        let mut log = MembershipLog::new(workspace);
        for record in records {
            log.append(record)?;
        }
        let hex = setting::get(&conn, names::INCARNATION)?.ok_or(ReplicaError::NoWorkspace)?;
        let incarnation = hex.parse().map_err(|_| StoreError::Unreadable { what: "incarnation" })?;
        let ring = KeyRing::from_log(&log, &keys);
        keep_ring(&mut conn, &ring)?;
        let author = author(&conn, &keys, &log, incarnation)?;
        let engine = Engine::new(conn, author)?;
        Ok(Self { engine, keys, incarnation, log, ring })
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
    for (space, epoch, epoch_key) in ring.iter() {
        key::put(&tx, space, epoch, epoch_key.as_bytes())?;
    }
    tx.commit()?;
    Ok(())
}

fn author(
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
