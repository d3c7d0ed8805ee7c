//! Who belongs to the workspace changes while everything else goes on: founding, invites, branches.

use crdt::Cause;
use crm::{
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::Action,
    id::{ActionId, BranchId},
    store::record,
    sync::{SyncNotice, SyncState},
};
use wire::{RecordId, membership::Role};

use crate::{Fault, World, check::MANAGER, violation::must_hold};

/// Branches that a world has at most.
const BRANCHES_MAX: usize = 4;
/// Devices that come while the script runs, at most.
const LATE_MAX: usize = 2;

impl World {
    /// A workspace as [`World::seeded`] makes it, but nothing waits for anything: faults happen from the founder's
    /// first word to the relay on, and people are entered, invited and let in meanwhile.
    pub fn stormy(seed: u64) -> Self {
        let mut world = Self::unheard(seed);
        world.begin();
        let mut desks = vec![("desk a", 0), ("desk b", 1)];
        if world.dice.chance(50) {
            desks.push(("second desk a", 0));
        }
        for (name, branch) in desks {
            while !world.expect_guest(name, Role::Staff, Some(branch)) {
                world.quieten();
            }
        }
        world.let_in();
        world
    }

    /// The founder's first conversation, with an invite, edits and perhaps a branch in its middle.
    fn begin(&mut self) {
        let invited_at = self.dice.below(40);
        for tick in 0..60 {
            let pause_ms = 200 + self.dice.below(5_000) as i64;
            self.pass(pause_ms);
            if tick == invited_at {
                assert!(self.expect_guest("manager", Role::Manager, None), "the founder invites");
            }
            match self.dice.below(30) {
                0 if self.branches.ids.len() == 2 => drop(self.add_branch()),
                1..=3 => drop(self.enter(0)),
                4 => self.withdraw_somehow(),
                _ => {}
            }
            self.stumble(0);
            self.move_guests();
        }
        self.let_in();
    }

    /// Everybody who waits gets in: for a while under faults, then in peace.
    fn let_in(&mut self) {
        for _ in 0..80 {
            if self.guests.is_empty() {
                return;
            }
            self.pass(1_000);
            let place = self.dice.below(self.nodes.len());
            self.stumble(place);
            self.move_guests();
        }
        self.settle_guests();
    }

    /// One step of a conversation, or a fault.
    fn stumble(&mut self, place: usize) {
        let fault = match self.dice.below(30) {
            0 => Fault::RequestLost,
            1 => Fault::AnswerLost,
            2 => Fault::RequestRepeated,
            3 => Fault::RequestLate,
            4 => Fault::DeviceCrash,
            5 => Fault::RelayRestarted,
            6 => Fault::CommitRefused,
            7 => Fault::RelayWiped,
            8 => Fault::AnswerStale,
            _ => {
                self.wake(place);
                self.step(place);
                return;
            }
        };
        if self.bring_about(fault, place, 0) {
            self.tally.count(fault);
            println!("early: {fault:?} at {}", self.nodes[place].name);
        }
    }

    /// Somebody comes, an invite is withdrawn, a branch is added; who waits gets a little further.
    pub(crate) fn change_members(&mut self) {
        self.move_guests();
        if self.nodes.len() <= MANAGER {
            return;
        }
        match self.dice.below(60) {
            0 if self.branches.ids.len() < BRANCHES_MAX => drop(self.add_branch()),
            1..=2 if self.late_count < LATE_MAX => self.expect_late_desk(),
            3 => self.withdraw_somehow(),
            _ => {}
        }
    }

    /// At least one device comes while the script runs.
    pub(crate) fn expect_late_desk(&mut self) {
        let branch = self.dice.below(self.branches.ids.len());
        let name = format!("late desk {}", self.late_count + 1);
        if self.expect_guest(&name, Role::Staff, Some(branch)) {
            self.late_count += 1;
        }
    }

    /// An owner or a manager adds a branch: its space, then its definition.
    fn add_branch(&mut self) -> Option<BranchId> {
        let host = self.pick_host(Role::Staff)?;
        let at = self.at(host);
        let space = self.nodes[host].replica().add_space(at, &mut self.dice).ok()?;
        if self.dice.chance(10) {
            self.crash(host);
        }
        let (id, branch) = (ActionId(self.dice.array()), BranchId(self.dice.array()));
        let action = Action { id, at, cause: Cause::PERSON, new_space: Some(space) };
        let edit = DefinitionEdit::Branch { name: format!("Chi nhánh {}", self.branches.ids.len() + 1) };
        let edit = Edit::Definition { id: branch.into(), edit };
        self.nodes[host].replica().engine.act(action, &[edit]).ok()?;
        self.branches.ids.push(branch);
        self.branches.spaces.push(space);
        Some(branch)
    }

    fn relay_log(&self) -> (usize, RecordId) {
        let workspace = self.nodes[0].log().workspace();
        let log = self.relay.store().log(workspace).expect("the relay's disk works");
        log.map_or((0, RecordId::ZERO), |log| (log.records().len(), log.head()))
    }

    /// Some device knows more of the membership log than the relay, which went back or never heard.
    pub(crate) fn is_log_behind(&self) -> bool {
        let longest = self.nodes.iter().map(|node| node.log().records().len()).max();
        self.relay_log().0 < longest.unwrap_or(0)
    }

    /// A relay that goes back while somebody is about to write into the log parts it in two: that is told to people,
    /// and not what this world is about (`forked_membership_logs_are_told_and_asked_about_no_more`). Nor can a record
    /// be saved of which no disk is left.
    pub(crate) fn may_lose_relays_log(&self) -> bool {
        let (length, head) = self.relay_log();
        let is_kept =
            length == 0 || self.nodes.iter().any(|node| node.log().state().position(head).is_some());
        let waits = |node: &crate::Node| record::next_pending(node.conn()).expect("readable").is_some();
        let lacks = |node: &crate::Node| node.branch.is_none() && self.lacks_branch(node);
        is_kept && !self.nodes.iter().any(|node| waits(node) || lacks(node))
    }

    /// A branch that the log knows is not held.
    fn lacks_branch(&self, node: &crate::Node) -> bool {
        let held = node.running.as_ref().expect("the device runs").spaces();
        let is_there = |space| self.nodes.iter().any(|other| other.log().state().epoch(space).is_some());
        self.branches.spaces.iter().any(|space| is_there(*space) && !held.contains(space))
    }

    /// Every device knows the same log, talks to the relay, and was told of no fork.
    pub(crate) fn check_members(&self) {
        let head = self.relay_log().1;
        for node in &self.nodes {
            must_hold(node.log().head() == head, || format!("{} has another log than the relay", node.name));
            must_hold(node.session.notice() != Some(SyncNotice::LogForked), || {
                format!("{} was told that the log is forked", node.name)
            });
            must_hold(node.session.state() == SyncState::Synced, || format!("{} is stuck", node.name));
            let lacks = node.branch.is_none() && self.lacks_branch(node);
            must_hold(!lacks, || format!("{} lacks a branch", node.name));
            let waits = record::next_pending(node.conn()).expect("readable");
            must_hold(waits.is_none(), || format!("{} has a record that nobody takes", node.name));
        }
    }
}
