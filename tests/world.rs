//! Several devices, a relay and a virtual clock in one process, all from one seed.
//!
//! [`World::seeded`] founds a workspace and lets devices join it the way a person would. Devices are real: a
//! SQLCipher database each, sealed chunks, the relay's own store. Only the network, the clock and the dice belong
//! to the world, so that it can lose, repeat and delay messages and crash devices between any two steps.
//! What was acknowledged is kept in [`Ledger`], plain values that never pass through the merge engine.

#[path = "world/check.rs"]
mod check;
#[path = "world/consents.rs"]
mod consents;
#[path = "world/definitions.rs"]
mod definitions;
#[path = "world/dice.rs"]
mod dice;
#[path = "world/disk.rs"]
mod disk;
#[path = "world/dispute.rs"]
mod dispute;
#[path = "world/edits.rs"]
mod edits;
#[path = "world/fault.rs"]
mod fault;
#[path = "world/guests.rs"]
mod guests;
#[path = "world/ledger.rs"]
mod ledger;
#[path = "world/many.rs"]
mod many;
#[path = "world/members.rs"]
mod members;
#[path = "world/node.rs"]
mod node;
#[path = "world/relay_host.rs"]
mod relay_host;
#[path = "world/remarks.rs"]
mod remarks;
#[path = "world/run.rs"]
mod run;
#[path = "world/setup.rs"]
mod setup;
#[path = "world/sheet.rs"]
mod sheet;
#[path = "world/shown.rs"]
mod shown;
#[path = "world/strike.rs"]
mod strike;
#[path = "world/tally.rs"]
mod tally;
#[path = "world/undo.rs"]
mod undo;
#[path = "world/violation.rs"]
mod violation;
#[path = "world/winner.rs"]
mod winner;
#[path = "world/wording.rs"]
mod wording;

use std::path::PathBuf;

pub use dice::Dice;
pub use disk::DiskCopy;
pub use fault::Fault;
pub use ledger::{Ledger, Promise};
pub use node::{Node, Wire};
pub use relay_host::RelayHost;
pub use setup::Branches;
pub use tally::{Sight, Tally};
pub use violation::Violation;
pub use wording::Worded;

/// The folder, the clock, the relay and every device.
pub struct World {
    /// Where all dice come from.
    pub dice: Dice,
    /// The true time, milliseconds since 1970.
    pub now_ms: i64,
    /// The relay.
    pub relay: RelayHost,
    /// The devices: founder, manager, then desks.
    pub nodes: Vec<Node>,
    /// What was acknowledged.
    pub ledger: Ledger,
    /// Which faults happened, how often.
    pub tally: Tally<Fault>,
    /// What else was reached, how often.
    pub sights: Tally<Sight>,
    /// The branches and their spaces.
    pub branches: Branches,
    /// The relay was wiped or went back to a copy at some time.
    is_relay_behind: bool,
    /// Who was invited and is not in yet.
    guests: Vec<guests::Guest>,
    /// How many devices were invited while the script ran.
    late_count: usize,
    /// Requests that will reach the relay long after their devices gave up.
    strays: Vec<(Option<wire::protocol::Token>, wire::protocol::Request)>,
    folder: tempfile::TempDir,
    count: u64,
}

impl World {
    /// A path for one more file.
    pub fn new_path(&mut self, name: &str) -> PathBuf {
        self.count += 1;
        self.folder.path().join(format!("{}-{name}", self.count))
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: i64) {
        self.now_ms += ms;
    }
}
