//! How each fault is brought about.

use std::collections::BTreeSet;

use wire::Lineage;

use crate::{DiskCopy, Fault, Node, Sight, Wire, World, run::DAY_MS, violation::must_hold};

impl World {
    /// Lets a fault happen; false if it cannot happen now.
    pub(crate) fn strike(&mut self, fault: Fault, step: usize) -> bool {
        let place = self.dice.below(self.nodes.len());
        let happened = self.bring_about(fault, place, step);
        if happened {
            self.tally.count(fault);
            // Shown when the test fails.
            println!("step {step}: {fault:?} at {}", self.nodes[place].name);
        }
        happened
    }

    /// The fault itself, at one device.
    pub(crate) fn bring_about(&mut self, fault: Fault, place: usize, step: usize) -> bool {
        match fault {
            Fault::RequestLost
            | Fault::AnswerLost
            | Fault::RequestRepeated
            | Fault::RequestLate
            | Fault::AnswerStale => {
                for _ in 0..self.dice.below(40) {
                    self.wake(place);
                    self.step(place);
                }
                self.strike_wire(fault, place)
            }
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
        }
    }

    fn strike_wire(&mut self, fault: Fault, place: usize) -> bool {
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
                self.strays.push((token, request));
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
        let hook = refuse_one_of(self.dice.below(4));
        set_hook(&mut self.nodes[place], Some(hook));
        for _ in 0..12 {
            if self.dice.chance(30) {
                self.edit_somehow(place);
            }
            if self.dice.chance(20) {
                self.change_members();
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
        if self.is_log_behind() {
            return false;
        }
        let before = self.written_at(place);
        self.nodes[place].stop();
        let node = &mut self.nodes[place];
        node.copies[pick].1.restore(&node.path);
        node.recent.clear();
        node.is_unmet_copy = true;
        let at = self.at(place);
        self.nodes[place].start(at, &mut self.dice);
        self.note_lost(&before);
        for guest in self.guests.iter_mut().filter(|guest| guest.host == place) {
            guest.may_be_void = true;
        }
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
            self.sights.count(Sight::RelayLossPutOffForTwins);
            return false;
        }
        if !self.may_lose_relays_log() {
            self.sights.count(Sight::RelayLossPutOff);
            return false;
        }
        let before = self.ledger.written();
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
            self.sights.count(Sight::RelayLoss);
            // What was on its way to the process that ended is gone with it.
            self.strays.clear();
            self.note_lost(&before);
        }
        happened
    }
}

/// Lets so many commits pass, refuses one, and lets pass what follows.
pub(crate) fn refuse_one_of(mut left: usize) -> impl FnMut() -> bool + Send + 'static {
    move || {
        left = left.wrapping_sub(1);
        left == usize::MAX
    }
}

pub(crate) fn set_hook<F: FnMut() -> bool + Send + 'static>(node: &mut Node, hook: Option<F>) {
    node.replica().engine.conn_mut().commit_hook(hook).expect("the database takes a hook");
}
