//! Founding a workspace and letting devices in, the way a person does it.

use crdt::{Cause, seal::DeviceKeys};
use crm::{
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::Action,
    id::{ActionId, AtMs, BranchId},
    sync::{Founding, JoinTicket, Replica},
};
use wire::{
    Incarnation, Lineage, RecordId, SpaceId,
    membership::{Record, Role},
    protocol::{Hello, HelloTerms, PROTOCOL_VERSION, Request, Response, Token},
};

use crate::{Dice, Ledger, Node, RelayHost, Tally, World};

/// The branches and their spaces.
#[derive(Debug, Clone, Default)]
pub struct Branches {
    /// The branches.
    pub ids: Vec<BranchId>,
    /// Their spaces.
    pub spaces: Vec<SpaceId>,
}

/// When every world begins.
const START_MS: i64 = 1_790_000_000_000;

impl World {
    /// A workspace with a founder, a manager and three desks at two branches.
    pub fn seeded(seed: u64) -> Self {
        let mut world = Self::founded(seed);
        world.join("manager", Role::Manager, None);
        world.join("desk a", Role::Staff, Some(0));
        world.join("desk b", Role::Staff, Some(1));
        if world.dice.chance(50) {
            world.join("second desk a", Role::Staff, Some(0));
        }
        world.heal();
        world
    }

    /// A workspace with its founder alone, which has met the relay.
    pub fn founded(seed: u64) -> Self {
        let mut world = Self::unheard(seed);
        world.talk(0);
        world
    }

    /// A workspace with its founder alone, of which no relay has heard.
    pub fn unheard(seed: u64) -> Self {
        ready_cipher();
        let mut dice = Dice::new(seed);
        let shared_memory = std::path::Path::new("/dev/shm");
        let parent = if shared_memory.is_dir() { shared_memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::Builder::new().prefix("quen-world").tempdir_in(parent).expect("a folder");
        let relay = RelayHost::new(folder.path().join("relay.db"), dice.array(), Lineage(dice.array()));
        let mut world = Self {
            dice,
            now_ms: START_MS,
            relay,
            nodes: Vec::new(),
            ledger: Ledger::default(),
            tally: Tally::default(),
            sights: Tally::default(),
            branches: Branches::default(),
            is_relay_behind: false,
            guests: Vec::new(),
            late_count: 0,
            strays: Vec::new(),
            folder,
            count: 0,
        };
        world.found();
        world
    }

    fn found(&mut self) {
        let path = self.new_path("founder.db");
        let mut founder = Node::new("founder", path, &mut self.dice);
        let founding = Founding { branch_count: 2, at: AtMs(self.now_ms) };
        let (mut replica, spaces) =
            Replica::found(founder.connect(), founder.keys(), &founding, &mut self.dice).expect("founded");
        replica.sign_in(founder.staff, None).expect("somebody sits down");
        founder.running = Some(replica);
        founder.renew_start_token(&mut self.dice);
        self.nodes.push(founder);
        for (name, space) in ["Cầu Giấy", "Hà Đông"].into_iter().zip(&spaces) {
            let branch = BranchId(self.dice.array());
            let action = Action {
                id: ActionId(self.dice.array()),
                at: AtMs(self.now_ms),
                cause: Cause::PERSON,
                new_space: Some(*space),
            };
            let edit = DefinitionEdit::Branch { name: name.to_owned() };
            let edit = Edit::Definition { id: branch.into(), edit };
            self.nodes[0].replica().engine.act(action, &[edit]).expect("a branch is defined");
            self.branches.ids.push(branch);
        }
        self.branches.spaces = spaces;
    }

    /// Invites a device, lets it knock, compares both screens, admits it. Returns its place.
    pub fn join(&mut self, name: &str, role: Role, branch: Option<usize>) -> usize {
        let invite = self.invite(role, branch);
        self.join_by(&invite, name, branch)
    }

    /// Lets a device knock with an invite, compares both screens, admits it. Returns its place.
    pub fn join_by(&mut self, invite: &str, name: &str, branch: Option<usize>) -> usize {
        let path = self.new_path(&format!("{name}.db"));
        let mut node = Node::new(name, path, &mut self.dice);
        node.branch = branch;
        let ticket = JoinTicket::new(invite, name, &node.keys(), &mut self.dice).expect("the invite is one");
        assert!(matches!(self.knock(&ticket), Response::Done), "the relay takes the request to join");
        self.nodes[0].session.look_for_joins();
        self.talk(0);
        let request = self.nodes[0].session.joins()[0].clone();
        let (at, founder) = (self.at(0), &mut self.nodes[0]);
        assert_eq!(founder.replica().fingerprint_of(&request), ticket.fingerprint, "both screens agree");
        assert_eq!(founder.replica().name_of_join(&request).expect("readable").as_deref(), Some(name));
        let device = founder.replica().admit(&request, at, &mut self.dice).expect("admitted");
        founder.session.forget_join(device);
        self.talk(0);
        self.talk(0);
        let records = self.log_for(&node);
        let mut replica =
            ticket.enter(node.connect(), node.keys(), &records, &mut self.dice).expect("let in");
        replica.sign_in(node.staff, branch.map(|at| self.branches.ids[at])).expect("somebody sits down");
        node.running = Some(replica);
        node.renew_start_token(&mut self.dice);
        self.nodes.push(node);
        let place = self.nodes.len() - 1;
        self.talk(place);
        place
    }

    /// The text of an invite by the founder.
    pub fn invite(&mut self, role: Role, branch: Option<usize>) -> String {
        let spaces = branch.map_or_else(|| self.branches.spaces.clone(), |at| vec![self.branches.spaces[at]]);
        let at = self.at(0);
        let link = self.nodes[0]
            .replica()
            .make_invite("https://relay.example", role, spaces, at, &mut self.dice)
            .expect("an invite is made");
        self.talk(0);
        link.to_string()
    }

    /// Puts a request to join at the relay.
    pub fn knock(&self, ticket: &JoinTicket) -> Response {
        let request =
            Request::JoinPut { workspace: ticket.link.workspace(), request: ticket.request.clone() };
        self.relay.answer(None, &request, self.now_ms)
    }

    /// Opens a session with a device's keys.
    pub fn hello(&mut self, keys: &DeviceKeys) -> Token {
        let Response::Challenge(challenge) = self.relay.answer(None, &Request::Challenge, self.now_ms) else {
            panic!("the relay gives a challenge");
        };
        let workspace = self.nodes[0].replica().workspace();
        let terms = HelloTerms {
            audience: challenge.relay,
            challenge,
            versions: (PROTOCOL_VERSION, PROTOCOL_VERSION),
            workspace,
            keys: *keys.public(),
            incarnation: Incarnation(self.dice.array()),
        };
        let hello = Request::Hello(Hello::sign(terms, keys.signing()));
        let Response::Welcome(welcome) = self.relay.answer(None, &hello, self.now_ms) else {
            panic!("the relay welcomes the device");
        };
        welcome.token
    }

    /// The membership log as the relay gives it to a new device.
    pub fn log_for(&mut self, node: &Node) -> Vec<Record> {
        let token = self.hello(&node.keys());
        let request = Request::LogSince { after: RecordId::ZERO };
        let Response::Log(log) = self.relay.answer(Some(&token), &request, self.now_ms) else {
            panic!("the relay gives the log");
        };
        log.records.iter().map(|blob| Record::parse(&blob.0).expect("a record")).collect()
    }
}

/// Opens one database before any other: the cipher's library is not ready for two threads that are both the first.
fn ready_cipher() {
    static READY: std::sync::Once = std::sync::Once::new();
    READY.call_once(|| {
        let conn = rusqlite::Connection::open_in_memory().expect("a database in memory");
        conn.execute_batch("PRAGMA key = 'ready'; CREATE TABLE ready (no INTEGER);").expect("a cipher");
    });
}
