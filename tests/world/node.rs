//! A device: its disk, its secrets, its clock, and the conversation that it holds.

use std::path::PathBuf;

use crdt::{Cause, seal::DeviceKeys};
use crm::{
    edit::Edit,
    engine::{Acted, Action, EditError},
    id::{ActionId, AtMs, ContactId, StaffId},
    store::{DatabaseKey, Durability, open, setting},
    sync::{Replica, Session},
};
use wire::protocol::{Request, Response, Token};

use crate::{Dice, DiskCopy};

const TOKEN: &str = "world.startToken";

/// What is between a device and the relay.
#[derive(Debug, Default)]
pub enum Wire {
    /// Nothing.
    #[default]
    Idle,
    /// A request on its way.
    Asked(Option<Token>, Request),
    /// An answer on its way.
    Answered(Response),
}

/// A device.
pub struct Node {
    /// What to call it in messages.
    pub name: String,
    /// The branch at which it stands; `None` sees all.
    pub branch: Option<usize>,
    /// Who sits there.
    pub staff: StaffId,
    /// The database and what works on it; `None` while the program does not run.
    pub running: Option<Replica>,
    /// Its conversation with the relay.
    pub session: Session,
    /// What is on the way.
    pub wire: Wire,
    /// How far its clock is ahead.
    pub skew_ms: i64,
    /// It does not reach the relay before this step.
    pub away_until: usize,
    /// Its database is a copy, and the relay was not asked since.
    pub is_unmet_copy: bool,
    /// Where its database is.
    pub path: PathBuf,
    /// Backups of the disk, with the start token that each bears.
    pub copies: Vec<(String, DiskCopy)>,
    /// What it did lately, to undo.
    pub recent: Vec<ActionId>,
    /// People it entered.
    pub entered: Vec<ContactId>,
    /// The start token in its key store.
    pub start_token: String,
    pub(crate) secret: Vec<u8>,
    pub(crate) database_key: DatabaseKey,
}

impl Node {
    /// A device whose disk is empty.
    pub fn new(name: &str, path: PathBuf, dice: &mut Dice) -> Self {
        Self {
            name: name.to_owned(),
            branch: None,
            staff: StaffId(dice.array()),
            running: None,
            session: Session::default(),
            wire: Wire::Idle,
            skew_ms: 0,
            away_until: 0,
            is_unmet_copy: false,
            path,
            copies: Vec::new(),
            recent: Vec::new(),
            entered: Vec::new(),
            start_token: String::new(),
            secret: dice.array::<64>().to_vec(),
            database_key: DatabaseKey(dice.array::<32>().into()),
        }
    }

    /// The device's keys, out of its key store.
    pub fn keys(&self) -> DeviceKeys {
        DeviceKeys::from_secret_bytes(&self.secret).expect("64 bytes are two seeds")
    }

    /// Opens the database.
    pub fn connect(&self) -> rusqlite::Connection {
        open(&self.path, &self.database_key, Durability::None).expect("the database opens")
    }

    /// The device at work.
    pub fn replica(&mut self) -> &mut Replica {
        self.running.as_mut().expect("the device runs")
    }

    /// Opens again what is on the disk, which is the device's own.
    pub(crate) fn reopen(&mut self) {
        self.running = Some(Replica::open(self.connect(), self.keys()).expect("the device opens"));
    }

    /// The membership log as the device knows it.
    pub fn log(&self) -> &wire::membership::MembershipLog {
        self.running.as_ref().expect("the device runs").log()
    }

    /// A connection for reading.
    pub fn conn(&self) -> &rusqlite::Connection {
        self.running.as_ref().expect("the device runs").engine.conn()
    }

    /// Stops without a word.
    pub fn stop(&mut self) {
        self.running = None;
        self.session = Session::default();
        self.wire = Wire::Idle;
    }

    /// Starts from what is on the disk. A database that is not the one of the last start begins a new life.
    pub fn start(&mut self, at: AtMs, dice: &mut Dice) {
        let mut replica = Replica::open(self.connect(), self.keys()).expect("the device opens");
        let stored = setting::get(replica.engine.conn(), TOKEN).expect("settings can be read");
        if stored.as_deref() != Some(self.start_token.as_str()) {
            replica.leave_fork(at, dice).expect("a new life begins");
        }
        self.running = Some(replica);
        self.renew_start_token(dice);
    }

    /// Writes a fresh start token into database and key store.
    pub fn renew_start_token(&mut self, dice: &mut Dice) {
        let token: String = dice.array::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
        let tx = self.replica().engine.conn_mut().transaction().expect("the disk works");
        setting::put(&tx, TOKEN, &token).expect("the disk works");
        tx.commit().expect("the disk works");
        self.start_token = token;
    }

    /// Keeps a copy of the disk.
    pub fn back_up(&mut self) {
        self.copies.push((self.start_token.clone(), DiskCopy::of(&self.path)));
    }

    /// Carries out an action.
    ///
    /// # Errors
    /// [`EditError`] as the engine says.
    pub fn act(&mut self, id: ActionId, at: AtMs, edits: &[Edit]) -> Result<Acted, EditError> {
        let action = Action { id, at, cause: Cause::PERSON, new_space: None };
        self.replica().engine.act(action, edits)
    }
}
