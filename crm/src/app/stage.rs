//! Where a device stands.

use crdt::seal::DeviceKeys;
use rusqlite::Connection;

use crate::sync::{JoinTicket, Replica};

/// Where a device stands.
#[expect(clippy::large_enum_variant, reason = "a device has one stage")]
pub enum Stage {
    /// Its secrets are not here yet.
    Locked,
    /// It belongs to no workspace.
    Fresh {
        /// The empty database.
        conn: Connection,
        /// Its keys.
        keys: DeviceKeys,
    },
    /// It knocks at a workspace.
    Joining(Joining),
    /// It belongs to a workspace.
    Ready(Box<Replica>),
}

/// A device that knocks.
pub struct Joining {
    /// The database, empty but for settings.
    pub conn: Connection,
    /// Its keys.
    pub keys: DeviceKeys,
    /// What it asks for.
    pub ticket: JoinTicket,
}
