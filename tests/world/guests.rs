//! Devices on their way in: invited, knocking, admitted, entering, one step at a time, while everything else goes on.

use crm::{
    definition::edit::DefinitionEdit,
    edit::Edit,
    id::{ActionId, DefinitionId},
    sync::{JoinError, JoinTicket, NotEntered},
};
use wire::{
    DeviceId, RecordId,
    membership::{Record, Role},
    protocol::{Request, Response},
};

use crate::{
    Node, World,
    strike::refuse_one_of,
    violation::{broken, must_hold},
};

/// Rounds in a healed world after which everybody who was invited must be in.
const ROUNDS_MAX: usize = 6;

/// A device that was invited and is not in yet.
pub(crate) struct Guest {
    node: Node,
    ticket: JoinTicket,
    role: Role,
    /// The device that made the invite, by place.
    pub(crate) host: usize,
    /// The invite may be gone: somebody withdrew it, or the disk of its host went back.
    pub(crate) may_be_void: bool,
}

impl World {
    /// Somebody with this role is expected: a device that may makes an invite.
    pub(crate) fn expect_guest(&mut self, name: &str, role: Role, branch: Option<usize>) -> bool {
        let path = self.new_path(&format!("{name}.db"));
        let mut node = Node::new(name, path, &mut self.dice);
        node.branch = branch;
        let Some((host, ticket)) = self.invite_from(&node, role) else { return false };
        self.guests.push(Guest { node, ticket, role, host, may_be_void: false });
        true
    }

    fn invite_from(&mut self, node: &Node, role: Role) -> Option<(usize, JoinTicket)> {
        let host = self.pick_host(role)?;
        let replica = self.nodes[host].replica();
        let held = replica.spaces();
        let wanted =
            node.branch.map_or_else(|| self.branches.spaces.clone(), |at| vec![self.branches.spaces[at]]);
        // A branch whose record is still on its way from here may be named; one from elsewhere is not known yet.
        if self.nodes.len() > 1 && wanted.iter().any(|space| !held.contains(space)) {
            return None;
        }
        let at = self.at(host);
        let replica = self.nodes[host].replica();
        let link = replica.make_invite("https://relay.example", role, wanted, at, &mut self.dice).ok()?;
        println!("{} invites {} by {}", self.nodes[host].name, node.name, link.code.id());
        let ticket = JoinTicket::new(&link.to_string(), &node.name, &node.keys(), &mut self.dice);
        Some((host, ticket.expect("an invite that was made is one")))
    }

    /// A device that may let in whoever has this role. Whoever invites has heard what others decided.
    pub(crate) fn pick_host(&mut self, role: Role) -> Option<usize> {
        if self.is_log_behind() && self.nodes.len() > 1 {
            return None;
        }
        let roles = self.nodes.iter_mut().map(|node| node.replica().engine.author().role);
        let hosts: Vec<_> = roles
            .enumerate()
            .filter(|(_, own)| own.may_administer() && own.may_govern(role))
            .map(|(place, _)| place)
            .collect();
        (!hosts.is_empty()).then(|| hosts[self.dice.below(hosts.len())])
    }

    /// Everybody who waits gets a little further, or not.
    pub(crate) fn move_guests(&mut self) {
        for _ in 0..self.guests.len() {
            if self.guests.is_empty() {
                return;
            }
            let at = self.dice.below(self.guests.len());
            match self.dice.below(9) {
                0..=2 => self.knock_somehow(at),
                3 => self.look_at_the_door(),
                4..=6 => self.admit_somehow(at),
                _ => drop(self.enter_workspace(at, true)),
            }
        }
    }

    fn knock_somehow(&mut self, at: usize) {
        let lost = self.dice.chance(15);
        if !lost {
            self.knock(&self.guests[at].ticket);
        }
        if !lost && self.dice.chance(15) {
            self.knock(&self.guests[at].ticket);
        }
    }

    fn look_at_the_door(&mut self) {
        if let Some(host) = self.pick_host(Role::Staff)
            && self.nodes[host].session.token().is_some()
        {
            self.nodes[host].session.look_for_joins();
        }
    }

    fn device_of(&self, at: usize) -> DeviceId {
        self.guests[at].node.keys().device_id()
    }

    fn admit_somehow(&mut self, at: usize) {
        let (device, role) = (self.device_of(at), self.guests[at].role);
        let Some(host) = self.pick_host(role) else { return };
        if self.admit(host, device) && self.dice.chance(15) {
            self.crash(host);
        }
    }

    /// Lets a device in that knocks; false if it does not, or not with an invite that this host can use yet.
    fn admit(&mut self, host: usize, device: DeviceId) -> bool {
        let (at, action) = (self.at(host), ActionId(self.dice.array()));
        let node = &mut self.nodes[host];
        let name = node.name.clone();
        let known = node.session.joins().iter().find(|join| join.keys.device_id() == device);
        let Some(request) = known.cloned() else { return false };
        let replica = node.running.as_mut().expect("the device runs");
        if let Err(error) = replica.admit(&request, at, &mut self.dice) {
            println!("{name} does not admit by {}: {error:?}", request.invite);
            return false;
        }
        println!("{name} admits by {}", request.invite);
        // As the product does: the device gets its name, and the relay forgets that it knocked.
        let edit = DefinitionEdit::Device { name: "máy mới".to_owned(), staff: None };
        let edit = Edit::Definition { id: DefinitionId(device.0), edit };
        let _ = node.act(action, at, &[edit]);
        node.session.forget_join(device);
        true
    }

    /// The device asks whether the log names it by now, and becomes one of the workspace if so.
    fn enter_workspace(&mut self, at: usize, is_stormy: bool) -> bool {
        if is_stormy && self.dice.chance(15) {
            return false;
        }
        let Some(records) = self.log_as_given_to(at) else { return false };
        let guest = &self.guests[at];
        let (mut conn, keys) = (guest.node.connect(), guest.node.keys());
        if is_stormy && self.dice.chance(20) {
            let hook = refuse_one_of(self.dice.below(2));
            conn.commit_hook(Some(hook)).expect("the database takes a hook");
        }
        let entered = guest.ticket.enter(conn, keys, &records, &mut self.dice);
        let mut guest = match entered {
            Ok(replica) => {
                drop(replica);
                self.guests.remove(at)
            }
            Err(NotEntered { error: JoinError::NotYet | JoinError::Replica(_), .. }) => return false,
            Err(error) => broken(format!("{} cannot enter: {error}", guest.node.name)),
        };
        // What was kept in one commit is all that there is: the program may stop before anybody sits down.
        guest.node.reopen();
        let branch = guest.node.branch.map(|at| self.branches.ids[at]);
        let staff = guest.node.staff;
        guest.node.replica().sign_in(staff, branch).expect("somebody sits down");
        guest.node.renew_start_token(&mut self.dice);
        println!("{} is in", guest.node.name);
        self.nodes.push(guest.node);
        true
    }

    fn log_as_given_to(&mut self, at: usize) -> Option<Vec<Record>> {
        let keys = self.guests[at].node.keys();
        let token = self.hello(&keys);
        let request = Request::LogSince { after: RecordId::ZERO };
        let Response::Log(log) = self.relay.answer(Some(&token), &request, self.now_ms) else { return None };
        Some(log.records.iter().map(|blob| Record::parse(&blob.0).expect("a record")).collect())
    }

    /// Somebody withdraws an invite that is open.
    pub(crate) fn withdraw_somehow(&mut self) {
        if self.guests.is_empty() {
            return;
        }
        let at = self.dice.below(self.guests.len());
        let invite = self.guests[at].ticket.link.code.id();
        let Some(host) = self.pick_host(self.guests[at].role) else { return };
        let moment = self.at(host);
        let replica = self.nodes[host].replica();
        if replica.log().state().invite(invite).is_some() && replica.withdraw_invite(invite, moment).is_ok() {
            self.guests[at].may_be_void = true;
            println!("{} withdraws {invite}", self.nodes[host].name);
        }
    }

    /// In a healed world everybody who was invited gets in; who holds an invite that was withdrawn, with a new one.
    pub(crate) fn settle_guests(&mut self) {
        for _ in 0..ROUNDS_MAX {
            self.quieten();
            if self.guests.is_empty() {
                return;
            }
            for at in (0..self.guests.len()).rev() {
                self.settle_guest(at);
            }
        }
        let name = &self.guests[0].node.name;
        broken(format!("{name} was invited and is not let in after {ROUNDS_MAX} rounds"));
    }

    fn settle_guest(&mut self, at: usize) {
        if self.enter_workspace(at, false) {
            return;
        }
        if !matches!(self.knock(&self.guests[at].ticket), Response::Done) {
            self.check_refusal(at);
            let guest = self.guests.remove(at);
            let (host, ticket) = self.invite_from(&guest.node, guest.role).expect("a healed world invites");
            self.guests.push(Guest { ticket, host, may_be_void: false, ..guest });
            return;
        }
        let device = self.device_of(at);
        self.nodes[0].session.look_for_joins();
        self.talk(0);
        must_hold(self.admit(0, device), || "a device that knocks cannot be admitted".to_owned());
        self.talk(0);
        self.enter_workspace(at, false);
    }

    /// The relay refuses an invite only if somebody withdrew it, or nobody holds it any more, or it has ended.
    fn check_refusal(&mut self, at: usize) {
        let (guest, state) = (&self.guests[at], self.nodes[0].log().state());
        let invite = state.invite(guest.ticket.link.code.id());
        let now_ms = u64::try_from(self.now_ms).unwrap_or(0);
        let has_ended = invite.is_some_and(|invite| now_ms > invite.expires_at_ms);
        must_hold(guest.may_be_void || has_ended, || {
            format!("the invite of {} is not what was made: {invite:?}", guest.node.name)
        });
    }
}
