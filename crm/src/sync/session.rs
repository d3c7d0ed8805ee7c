//! One conversation with one relay: what to ask next, and what each answer means.
//!
//! There is at most one question under way. A lost connection costs nothing: the next conversation begins with
//! hello and goes on from what is on the disk.

mod answers;
mod aside;
mod chunk_answers;
mod log_answers;
mod rewind;
mod steps;

use std::collections::VecDeque;

use wire::{
    ChunkId, Lineage, SpaceId,
    protocol::{Challenge, Fault, JoinRequest, Request, Response, Token},
};

use super::{MembershipError, Replica, ReplicaError, entropy::Entropy};
use crate::{feed::Changed, id::AtMs};

/// Where the conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// Nothing is known of the relay.
    Offline,
    /// Questions are under way.
    Syncing,
    /// Everything here is there, and the other way round, as of the last answer.
    Synced,
    /// This device was shut out.
    Revoked,
}

/// Something that a person should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncNotice {
    /// The relay had lost chunks; they were sent again from here.
    RelayRefilled,
    /// This device's clock and the relay's differ by more than ten minutes.
    ClockWrong,
    /// The relay has no room left.
    QuotaFull,
    /// The relay refuses something that this device wrote.
    NotAccepted,
    /// A device that was let in here is not in: the relay refused, because the invite was used, withdrawn or too old
    /// by then.
    ApprovalRefused,
    /// Something else that was decided here about devices, invites or branches was refused and does not hold.
    DecisionRefused,
    /// This database was restored or cloned; the device goes on under a new incarnation.
    NewIncarnation,
    /// The relay's membership log went another way than the one here: a restored copy took a record that this
    /// device does not know. What is written here may have to wait.
    LogForked,
}

/// What an answer led to.
#[derive(Debug, Default)]
pub struct Progress {
    /// What to announce.
    pub changed: Vec<Changed>,
}

#[derive(Debug, Clone)]
enum Step {
    Challenge,
    Hello(Challenge),
    Log,
    PushLog {
        from: usize,
    },
    Authority,
    /// Branches for owners and managers who were on the way in when these were added.
    Entrust,
    Pending,
    Reconcile {
        space: SpaceId,
        prefix: Vec<u8>,
    },
    Fetch {
        space: SpaceId,
        ids: Vec<ChunkId>,
    },
    Refill {
        ids: Vec<ChunkId>,
        is_log_pushed: bool,
    },
    /// Every space was compared with this store: noted only then, so that a crash in between begins again.
    Compared,
    /// The relay had no room for what it had lost: is there some by now?
    CompareAgain,
    /// The space was compared after its log had changed: read it again from the start.
    Rewind {
        space: SpaceId,
        stale: Option<String>,
    },
    Pull {
        space: SpaceId,
    },
    Push,
    Joins,
    RemoveJoin(wire::DeviceId),
}

impl Step {
    /// Whether a person asked for it by itself: it stands beside what a round asks.
    fn is_about_joins(&self) -> bool {
        matches!(self, Self::Joins | Self::RemoveJoin(_))
    }
}

/// What is under way, with what its answer needs.
#[derive(Debug)]
struct Asked {
    step: Step,
    chunks: Vec<ChunkId>,
    pending: Option<i64>,
    record: Option<wire::membership::Record>,
}

/// A conversation with a relay.
#[derive(Debug)]
pub struct Session {
    steps: VecDeque<Step>,
    asked: Option<Asked>,
    token: Option<Token>,
    lineage: Lineage,
    relay: wire::RelayId,
    state: SyncState,
    notice: Option<SyncNotice>,
    joins: Vec<JoinRequest>,
    /// The relay did not know this device's newest record, and was given the log from its beginning.
    is_log_offered: bool,
    /// Since when the relay lacks something of what it lost, for it has no room.
    no_room_since: Option<AtMs>,
    /// Something of what the relay lost is not there again, for whatever reason.
    is_refill_partial: bool,
    /// Since when a notice is told that no cause ends.
    told_since: AtMs,
    /// What the relay will not take while nothing changes.
    set_aside: aside::SetAside,
}

/// Why an answer could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The device refused.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// The membership log refused.
    #[error(transparent)]
    Membership(#[from] MembershipError),
    /// The answer does not belong to the question.
    #[error("the relay's answer does not belong to the question")]
    Unexpected,
    /// The relay refused.
    #[error("the relay refused: {0}")]
    Fault(Fault),
}

impl Default for Session {
    fn default() -> Self {
        Self {
            steps: VecDeque::from([Step::Challenge]),
            asked: None,
            token: None,
            lineage: Lineage::ZERO,
            relay: wire::RelayId::ZERO,
            state: SyncState::Offline,
            notice: None,
            joins: Vec::new(),
            is_log_offered: false,
            no_room_since: None,
            is_refill_partial: false,
            told_since: AtMs(0),
            set_aside: aside::SetAside::default(),
        }
    }
}

impl Session {
    /// Where it stands.
    pub fn state(&self) -> SyncState {
        self.state
    }

    /// What a person should know, if anything.
    pub fn notice(&self) -> Option<SyncNotice> {
        self.notice
    }

    /// The token that goes with requests, once there is one.
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// The life of the relay's store, once it is known.
    pub fn lineage(&self) -> Lineage {
        self.lineage
    }

    /// Who knocks, as of the last look.
    pub fn joins(&self) -> &[JoinRequest] {
        &self.joins
    }

    /// Whether a question is under way.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// The connection was lost, or an answer could not be taken: begin again with hello.
    pub fn disconnect(&mut self) {
        let (notice, told_since, joins) = (self.notice, self.told_since, std::mem::take(&mut self.joins));
        let state = if self.state == SyncState::Revoked { SyncState::Revoked } else { SyncState::Offline };
        *self = Self { notice, told_since, joins, state, ..Self::default() };
    }

    /// Something may be new here or there: look again. Who only waits to ask about joins has not looked yet.
    pub fn wake(&mut self, replica: &Replica) {
        let is_under_way = self.asked.is_some() || !self.steps.iter().all(Step::is_about_joins);
        if self.state == SyncState::Revoked || is_under_way {
            return;
        }
        if self.token.is_none() {
            self.steps.push_front(Step::Challenge);
            return;
        }
        self.steps.push_back(Step::Log);
        self.enqueue_exchange(replica, None);
    }

    /// Tells what happened and is over: it goes away by itself, after a while in which it can be read.
    fn tell(&mut self, what: SyncNotice, at: AtMs) {
        (self.notice, self.told_since) = (Some(what), at);
    }

    /// The cause of a notice is gone.
    fn clear_notice(&mut self, gone: SyncNotice) {
        if self.notice == Some(gone) {
            self.notice = None;
        }
    }

    /// Looks again who knocks; the answer shows in [`Session::joins`].
    pub fn look_for_joins(&mut self) {
        self.steps.push_back(Step::Joins);
    }

    /// Makes the relay forget a request to join.
    pub fn forget_join(&mut self, device: wire::DeviceId) {
        self.joins.retain(|request| request.keys.device_id() != device);
        self.steps.push_back(Step::RemoveJoin(device));
    }

    /// The next question, unless one is under way or nothing is to be asked.
    ///
    /// # Errors
    /// [`SessionError`] if the disk refuses; the conversation then begins again.
    pub fn next(
        &mut self,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Request>, SessionError> {
        if self.asked.is_some() {
            return Ok(None);
        }
        while let Some(step) = self.steps.pop_front() {
            let mut asked = Asked { step: step.clone(), chunks: Vec::new(), pending: None, record: None };
            let question = self.question(step, &mut asked, replica, at, entropy).inspect_err(|_| {
                // The step is gone with its failure: the next conversation finds what there is to do.
                self.disconnect();
            });
            if let Some(request) = question? {
                self.asked = Some(asked);
                if self.state != SyncState::Offline {
                    self.state = SyncState::Syncing;
                }
                return Ok(Some(request));
            }
        }
        if self.token.is_some() {
            self.state = if is_shut_out(replica) { SyncState::Revoked } else { SyncState::Synced };
        }
        Ok(None)
    }

    /// Takes the answer to the question that is under way.
    ///
    /// # Errors
    /// [`SessionError`] if it cannot be taken; the conversation then begins again.
    pub fn answer(
        &mut self,
        replica: &mut Replica,
        response: Response,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Progress, SessionError> {
        let asked = self.asked.take().ok_or(SessionError::Unexpected)?;
        let result = match response {
            Response::Fault(fault) => self.faulted(&asked, fault),
            response => self.understood(asked, response, replica, at, entropy),
        };
        if result.is_err() {
            self.disconnect();
        }
        result
    }

    /// Compares spaces first when the relay's store is a new one, then pulls and pushes.
    fn enqueue_exchange(&mut self, replica: &Replica, compared: Option<Vec<SpaceId>>) {
        if replica.engine.author().role.may_administer() {
            self.steps.push_back(Step::Authority);
            self.steps.push_back(Step::Entrust);
        }
        self.steps.push_back(Step::Pending);
        if let Some(spaces) = compared {
            self.enqueue_comparison(spaces);
        }
        for space in replica.spaces() {
            self.steps.push_back(Step::Pull { space });
        }
        self.steps.push_back(Step::Push);
        if self.no_room_since.is_some() {
            self.steps.push_back(Step::CompareAgain);
        }
    }

    fn enqueue_comparison(&mut self, spaces: Vec<SpaceId>) {
        self.steps.extend(spaces.into_iter().map(|space| Step::Reconcile { space, prefix: Vec::new() }));
        self.steps.push_back(Step::Compared);
    }
}

/// Whether the log, as far as it is known here, says that this device is out.
fn is_shut_out(replica: &Replica) -> bool {
    let member = replica.log.state().device(replica.device());
    !member.is_some_and(|member| member.is_active())
}

/// The spaces of which this device holds anything. Of the others there is nothing to put back at a new store, and
/// reading them from the start brings what is there.
fn spaces_with_chunks(replica: &Replica) -> Result<Vec<SpaceId>, ReplicaError> {
    let mut held = Vec::new();
    for space in replica.spaces() {
        if !replica.chunk_ids(space)?.is_empty() {
            held.push(space);
        }
    }
    Ok(held)
}
