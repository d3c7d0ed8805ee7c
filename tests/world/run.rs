//! The script: edits, steps of sync and faults, interleaved; and the peace afterwards.

use std::collections::BTreeSet;

use crm::{id::AtMs, sync::SyncState};
use wire::{
    Lineage,
    protocol::{PullAnswer, PutOutcome, Request, Response, Token},
};

use crate::{
    DiskCopy, Fault, Node, Wire, World,
    violation::{broken, must_hold},
};

/// Rounds after which a healed world must be quiet.
const ROUNDS_MAX: usize = 16;
/// Steps after which one conversation must have come to an end.
const STEPS_MAX: usize = 2_000;
const DAY_MS: i64 = 86_400_000;

impl World {
    /// The moment as a device sees it.
    pub fn at(&self, place: usize) -> AtMs {
        AtMs(self.now_ms + self.nodes[place].skew_ms)
    }

    /// Moves one device's conversation by one step. Returns whether anything was new, here or there.
    pub fn step(&mut self, place: usize) -> bool {
        let at = self.at(place);
        let node = &mut self.nodes[place];
        match std::mem::take(&mut node.wire) {
            Wire::Idle => {
                let replica = node.running.as_mut().expect("the device runs");
                match node.session.next(replica, at, &mut self.dice) {
                    Ok(Some(request)) => {
                        node.wire = Wire::Asked(node.session.token().cloned(), request);
                    }
                    Ok(None) => {}
                    Err(_) => node.session.disconnect(),
                }
                false
            }
            Wire::Asked(token, request) => {
                let response = self.relay.answer(token.as_ref(), &request, self.now_ms);
                self.nodes[place].wire = Wire::Answered(response);
                false
            }
            Wire::Answered(response) => {
                let is_news = is_news(&response);
                node.is_unmet_copy &= !matches!(response, Response::Welcome(_));
                let replica = node.running.as_mut().expect("the device runs");
                let _ = node.session.answer(replica, response, at, &mut self.dice);
                is_news
            }
        }
    }

    /// Looks again if the conversation rests.
    pub fn wake(&mut self, place: usize) {
        let node = &mut self.nodes[place];
        if matches!(node.wire, Wire::Idle) {
            let replica = node.running.as_ref().expect("the device runs");
            node.session.wake(replica);
        }
    }

    /// Holds one whole conversation. Returns whether anything was new.
    pub fn talk(&mut self, place: usize) -> bool {
        self.wake(place);
        let mut any = false;
        for _ in 0..STEPS_MAX {
            any |= self.step(place);
            let node = &self.nodes[place];
            let rests = matches!(node.wire, Wire::Idle) && !node.session.is_waiting();
            if rests && matches!(node.session.state(), SyncState::Synced | SyncState::Revoked) {
                return any;
            }
        }
        broken(format!("the conversation of {} does not end", self.nodes[place].name))
    }

    /// Heals the network and the clocks and lets all devices talk until nothing is new.
    pub fn heal(&mut self) {
        for node in &mut self.nodes {
            (node.away_until, node.skew_ms) = (0, 0);
        }
        for _ in 0..ROUNDS_MAX {
            self.pass(1_000);
            let mut any = false;
            for place in 0..self.nodes.len() {
                any |= self.talk(place);
            }
            if !any {
                return;
            }
        }
        broken(format!("the world is not quiet after {ROUNDS_MAX} rounds"))
    }

    /// Runs the script of a seed: at least 200 edits, at least ten faults.
    pub fn run_script(&mut self) {
        let mut deck: Vec<Fault> = Fault::ALL.into_iter().chain(Fault::ALL).collect();
        self.dice.shuffle(&mut deck);
        let edit_count = 200 + self.dice.below(20);
        let every = 9;
        let mut step = 0;
        let mut strays = Vec::new();
        while (self.ledger.edit_count as usize) < edit_count {
            step += 1;
            let pause_ms = 1_000 + self.dice.below(60_000) as i64;
            self.pass(pause_ms);
            let place = self.dice.below(self.nodes.len());
            self.edit_somehow(place);
            for _ in 0..self.dice.below(30) {
                let place = self.dice.below(self.nodes.len());
                if self.nodes[place].away_until > step {
                    continue;
                }
                if self.dice.chance(30) {
                    self.wake(place);
                }
                self.step(place);
            }
            if self.dice.chance(12) {
                self.dice_back_up();
            }
            if step % every == 0
                && let Some(fault) = deck.pop()
                && !self.strike(fault, step, &mut strays)
            {
                // Not possible right now: later.
                let place = self.dice.below(deck.len() + 1);
                deck.insert(place, fault);
            }
        }
        for (token, request) in strays {
            self.relay.answer(token.as_ref(), &request, self.now_ms);
        }
    }

    fn dice_back_up(&mut self) {
        if self.dice.chance(30) {
            self.relay.back_up();
        } else {
            let place = self.dice.below(self.nodes.len());
            self.nodes[place].back_up();
        }
    }

    /// Lets a fault happen; false if it cannot happen now.
    fn strike(&mut self, fault: Fault, step: usize, strays: &mut Vec<(Option<Token>, Request)>) -> bool {
        let place = self.dice.below(self.nodes.len());
        let happened = match fault {
            Fault::RequestLost
            | Fault::AnswerLost
            | Fault::RequestRepeated
            | Fault::RequestLate
            | Fault::AnswerStale => self.strike_wire(fault, place, strays),
            Fault::DeviceCrash => {
                for _ in 0..self.dice.below(9) {
                    self.step(place);
                }
                self.crash(place);
                true
            }
            Fault::CommitRefused => self.refuse_commit(place),
            Fault::DeviceRestored => self.restore_device(place),
            Fault::DeviceCloned => self.clone_device(place),
            Fault::RelayRestarted => {
                self.relay.restart();
                true
            }
            Fault::RelayWiped | Fault::RelayRestored => self.strike_relay(fault),
            Fault::ClockJumped => {
                let days = [-400, -3, -1, 1, 2, 30][self.dice.below(6)];
                self.nodes[place].skew_ms = if self.nodes[place].skew_ms == 0 { days * DAY_MS } else { 0 };
                true
            }
            Fault::LongOffline => {
                self.nodes[place].away_until = step + 60;
                true
            }
        };
        if happened {
            self.tally.count(fault);
            // Shown when the test fails.
            println!("step {step}: {fault:?} at {}", self.nodes[place].name);
        }
        happened
    }

    fn strike_wire(
        &mut self,
        fault: Fault,
        place: usize,
        strays: &mut Vec<(Option<Token>, Request)>,
    ) -> bool {
        for _ in 0..self.dice.below(40) {
            self.wake(place);
            self.step(place);
        }
        for _ in 0..9 {
            if matches!(self.nodes[place].wire, Wire::Asked(..)) {
                break;
            }
            self.wake(place);
            self.step(place);
        }
        let Wire::Asked(token, request) = std::mem::take(&mut self.nodes[place].wire) else { return false };
        match fault {
            Fault::RequestLost => self.nodes[place].session.disconnect(),
            Fault::AnswerLost => {
                self.relay.answer(token.as_ref(), &request, self.now_ms);
                self.nodes[place].session.disconnect();
            }
            Fault::RequestRepeated => {
                let first = self.relay.answer(token.as_ref(), &request, self.now_ms);
                let second = self.relay.answer(token.as_ref(), &request, self.now_ms);
                let answer = if self.dice.chance(50) { first } else { second };
                self.nodes[place].wire = Wire::Answered(answer);
            }
            Fault::RequestLate => {
                self.nodes[place].session.disconnect();
                strays.push((token, request));
            }
            _ => {
                let answer = self.relay.answer(token.as_ref(), &request, self.now_ms);
                self.nodes[place].wire = Wire::Answered(answer.clone());
                self.step(place);
                self.step(place);
                let Wire::Asked(_, next) = std::mem::take(&mut self.nodes[place].wire) else { return false };
                // The transport pairs answers with questions; one that slips through must be told by its kind.
                if std::mem::discriminant(&next) != std::mem::discriminant(&request) {
                    let at = self.at(place);
                    let node = &mut self.nodes[place];
                    let replica = node.running.as_mut().expect("the device runs");
                    let taken = node.session.answer(replica, answer, at, &mut self.dice);
                    must_hold(taken.is_err(), || "an answer to another question is taken".to_owned());
                }
                self.nodes[place].session.disconnect();
            }
        }
        true
    }

    /// Stops a device and starts it again.
    pub fn crash(&mut self, place: usize) {
        let at = self.at(place);
        self.nodes[place].stop();
        self.nodes[place].start(at, &mut self.dice);
    }

    fn refuse_commit(&mut self, place: usize) -> bool {
        let mut left = self.dice.below(4);
        let hook = move || {
            left = left.wrapping_sub(1);
            left == usize::MAX
        };
        set_hook(&mut self.nodes[place], Some(hook));
        for _ in 0..12 {
            if self.dice.chance(30) {
                self.edit_somehow(place);
            }
            self.wake(place);
            self.step(place);
        }
        set_hook(&mut self.nodes[place], None::<fn() -> bool>);
        if self.dice.chance(60) {
            self.crash(place);
        }
        true
    }

    /// Replaces a device's database by an older copy. Its key store knows better, unless the copy was taken since
    /// the last start; then only the relay can tell, and it must not have gone back itself.
    pub fn restore_device(&mut self, place: usize) -> bool {
        let count = self.nodes[place].copies.len();
        if count == 0 {
            return false;
        }
        let pick = self.dice.below(count);
        if self.is_relay_behind && self.nodes[place].copies[pick].0 == self.nodes[place].start_token {
            return false;
        }
        let before = self.actions_of(place);
        self.nodes[place].stop();
        let node = &mut self.nodes[place];
        node.copies[pick].1.restore(&node.path);
        node.recent.clear();
        node.is_unmet_copy = true;
        let at = self.at(place);
        self.nodes[place].start(at, &mut self.dice);
        self.note_lost(&before);
        true
    }

    /// Clones a device, secrets and all. Once per world.
    pub fn clone_device(&mut self, place: usize) -> bool {
        if self.nodes.iter().any(|node| node.name.ends_with("twin")) {
            return false;
        }
        let path = self.new_path("twin.db");
        DiskCopy::of(&self.nodes[place].path).restore(&path);
        let original = &self.nodes[place];
        let mut twin = Node::new(&format!("{} twin", original.name), path, &mut self.dice);
        twin.branch = original.branch;
        twin.staff = original.staff;
        twin.skew_ms = original.skew_ms;
        twin.secret.clone_from(&original.secret);
        twin.database_key = original.database_key.clone();
        twin.start_token.clone_from(&original.start_token);
        let at = self.at(place);
        twin.start(at, &mut self.dice);
        self.nodes.push(twin);
        true
    }

    /// Two devices that still write under one name cannot be told apart by a relay that forgot both: whoever
    /// clones a disk with its secrets must let one of them meet the relay first. The same holds for a copy of the
    /// database that was taken since the last start, for it bears the present start token.
    fn has_undivided_twins(&mut self) -> bool {
        let lives: BTreeSet<_> = self
            .nodes
            .iter_mut()
            .map(|node| (node.replica().device(), node.replica().incarnation()))
            .collect();
        lives.len() < self.nodes.len() || self.nodes.iter().any(|node| node.is_unmet_copy)
    }

    fn strike_relay(&mut self, fault: Fault) -> bool {
        if self.has_undivided_twins() {
            return false;
        }
        let before = self.ledger.entries.iter().map(|entry| entry.action).collect();
        let happened = if fault == Fault::RelayWiped {
            let (path, lineage) = (self.new_path("relay.db"), Lineage(self.dice.array()));
            self.relay.wipe(path, lineage);
            true
        } else {
            let pick = self.dice.below(8);
            self.relay.restore(pick)
        };
        if happened {
            self.is_relay_behind = true;
            self.note_lost(&before);
        }
        happened
    }
}

fn set_hook<F: FnMut() -> bool + Send + 'static>(node: &mut Node, hook: Option<F>) {
    node.replica().engine.conn_mut().commit_hook(hook).expect("the database takes a hook");
}

fn is_news(response: &Response) -> bool {
    match response {
        Response::Pulled(PullAnswer::Page(page)) => !page.entries.is_empty(),
        Response::Pulled(PullAnswer::Rebase { .. }) => true,
        Response::Put(outcomes) => {
            outcomes.iter().any(|outcome| !matches!(outcome, PutOutcome::Duplicate { .. }))
        }
        Response::Log(log) => !log.records.is_empty(),
        Response::Fault(_) => true,
        _ => false,
    }
}
