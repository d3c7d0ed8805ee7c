//! The script: edits, steps of sync and faults, interleaved; and the peace afterwards.

use crm::{id::AtMs, sync::SyncState};
use wire::protocol::{PullAnswer, PutOutcome, Response};

use crate::{Fault, Wire, World, violation::broken};

/// Rounds after which a healed world must be quiet.
const ROUNDS_MAX: usize = 16;
/// Steps after which one conversation must have come to an end.
const STEPS_MAX: usize = 2_000;
pub(crate) const DAY_MS: i64 = 86_400_000;

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

    /// Heals the network and the clocks, lets in who waits, and lets all devices talk until nothing is new.
    pub fn heal(&mut self) {
        for node in &mut self.nodes {
            (node.away_until, node.skew_ms) = (0, 0);
        }
        self.settle_guests();
    }

    /// Lets all devices talk until nothing is new.
    pub(crate) fn quieten(&mut self) {
        // In the first round some only end a conversation that was under way: what came up since shows in the next.
        for round in 0..ROUNDS_MAX {
            self.pass(1_000);
            let mut any = round == 0;
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
        while (self.ledger.edit_count as usize) < edit_count {
            step += 1;
            let pause_ms = 1_000 + self.dice.below(60_000) as i64;
            self.pass(pause_ms);
            let place = self.dice.below(self.nodes.len());
            self.edit_somehow(place);
            self.change_members();
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
                && !self.strike(fault, step)
            {
                // Not possible right now: later.
                let place = self.dice.below(deck.len() + 1);
                deck.insert(place, fault);
            }
        }
        for (token, request) in std::mem::take(&mut self.strays) {
            self.relay.answer(token.as_ref(), &request, self.now_ms);
        }
        while self.late_count == 0 {
            self.quieten();
            self.expect_late_desk();
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
}

fn is_news(response: &Response) -> bool {
    match response {
        Response::Pulled(PullAnswer::Page(page)) => !page.entries.is_empty(),
        Response::Pulled(PullAnswer::Rebase { .. }) => true,
        Response::Put(outcomes) => {
            outcomes.iter().any(|outcome| !matches!(outcome, PutOutcome::Duplicate { .. }))
        }
        Response::Log(log) => !log.records.is_empty(),
        Response::Append(_) => true,
        Response::Fault(_) => true,
        _ => false,
    }
}
