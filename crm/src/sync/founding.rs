//! Founding a workspace: records, keys and first definitions in one commit. A database holds all of it or nothing.

use crdt::seal::{DeviceKeys, EpochKey, KeyRing, wrap_key};
use rusqlite::Connection;
use wire::{
    Incarnation, RelayId, SpaceId,
    membership::{Body, Founded, MembershipLog, Record},
};

use super::{
    entropy::{Entropy, random},
    replica::{Replica, ReplicaError, Unopened, author, names, put_incarnation, put_ring, space_added},
};
use crate::{
    engine::{Engine, FirstEdit},
    id::{AtMs, StaffId},
    store::{record, setting},
};

/// What a founder decides.
#[derive(Debug, Clone)]
pub struct Founding {
    /// How many branches get a space, in order.
    pub branch_count: usize,
    /// The moment.
    pub at: AtMs,
}

/// What stands in a workspace from its first moment.
#[derive(Debug, Default)]
pub struct First {
    /// Definitions.
    pub definitions: Vec<FirstEdit>,
    /// Who sits at the device.
    pub staff: Option<StaffId>,
    /// Single values of the database.
    pub settings: Vec<(&'static str, String)>,
}

impl Replica {
    /// Founds a workspace in an empty database. Returns the spaces of the branches, in order.
    ///
    /// # Errors
    /// [`Unopened`] if the disk refuses; the database is as it was.
    pub fn found(
        conn: Connection,
        keys: DeviceKeys,
        founding: &Founding,
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, Vec<SpaceId>), Unopened> {
        Self::found_with(conn, keys, founding, entropy, |_| First::default())
    }

    /// Founds a workspace with what stands in it from its first moment, which may name the branches' spaces.
    ///
    /// # Errors
    /// [`Unopened`] if an edit or the disk is refused; the database is as it was.
    pub fn found_with(
        conn: Connection,
        keys: DeviceKeys,
        founding: &Founding,
        entropy: &mut dyn Entropy,
        first: impl FnOnce(&[SpaceId]) -> First,
    ) -> Result<(Self, Vec<SpaceId>), Unopened> {
        let (log, spaces) = match first_records(&keys, founding, entropy) {
            Ok(made) => made,
            Err(error) => return Err(Unopened::new(error, conn, keys)),
        };
        let incarnation = Incarnation(random(entropy));
        let ring = KeyRing::from_log(&log, &keys);
        let mut author = match author(&conn, &keys, &log, incarnation) {
            Ok(author) => author,
            Err(error) => return Err(Unopened::new(error, conn, keys)),
        };
        let First { definitions, staff, settings } = first(&spaces);
        author.staff = staff;
        let mut engine = Engine::resumed(conn, author, Default::default());
        let kept = engine.act_first(&definitions, |tx| {
            for entry in log.records() {
                record::append(tx, entry)?;
            }
            put_incarnation(tx, &keys, incarnation)?;
            put_ring(tx, &ring)?;
            if let Some(staff) = staff {
                setting::put(tx, names::STAFF, &staff.to_string())?;
            }
            for (name, value) in &settings {
                setting::put(tx, name, value)?;
            }
            Ok(())
        });
        match kept {
            Ok(()) => Ok((Self { engine, keys, incarnation, log, ring }, spaces)),
            Err(error) => Err(Unopened::new(Box::new(error), engine.into_conn(), keys)),
        }
    }
}

fn first_records(
    keys: &DeviceKeys,
    founding: &Founding,
    entropy: &mut dyn Entropy,
) -> Result<(MembershipLog, Vec<SpaceId>), ReplicaError> {
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
    Ok((log, spaces))
}
