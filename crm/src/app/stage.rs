//! Where a device stands.

use crdt::seal::DeviceKeys;
use rusqlite::Connection;

use crate::sync::{JoinTicket, Replica};

/// Where a device stands.
pub enum Stage {
    /// Its secrets are not here yet.
    Locked,
    /// It belongs to no workspace.
    Fresh(Box<Fresh>),
    /// It knocks at a workspace.
    Joining(Box<Joining>),
    /// It belongs to a workspace.
    Ready(Box<Replica>),
}

/// A device without a workspace.
pub struct Fresh {
    /// The database, empty but for settings.
    pub conn: Connection,
    /// Its keys.
    pub keys: DeviceKeys,
}

/// A device that knocks.
pub struct Joining {
    /// The database, empty but for settings.
    pub conn: Connection,
    /// Its keys.
    pub keys: DeviceKeys,
    /// What it asks for.
    pub ticket: JoinTicket,
    /// How often the relay refused the invite since the last start.
    pub refusals: u32,
}
