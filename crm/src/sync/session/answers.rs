//! Answers and what they lead to.

use wire::{
    protocol::{Fault, FaultCode, Response},
    reconcile,
};

use super::{Asked, Progress, Session, SessionError, Step};
use crate::{
    feed::Changed,
    id::AtMs,
    sync::{Replica, entropy::Entropy},
};

/// Chunks of an answer that are merged in one commit: each may hold a thousand people, who stand in memory until then.
const FETCHED_AT_ONCE: usize = 4;

impl Session {
    pub(super) fn understood(
        &mut self,
        asked: Asked,
        response: Response,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Progress, SessionError> {
        let mut progress = Progress::default();
        match (asked.step.clone(), response) {
            (Step::Challenge, Response::Challenge(challenge)) => {
                self.relay = challenge.relay;
                self.steps.push_front(Step::Hello(challenge));
            }
            (Step::Hello(_), Response::Welcome(welcome)) => {
                progress.changed = self.welcomed(welcome, replica, at, entropy)?;
            }
            (Step::Log, Response::Log(records)) => {
                progress.changed = self.log(records, replica, at, entropy)?
            }
            (Step::PushLog { from }, Response::Append(answer)) => self.log_pushed(from, answer, replica)?,
            (Step::Pending, Response::Append(answer)) => {
                progress.changed = self.appended(asked, answer, replica)?;
            }
            (Step::Reconcile { space, prefix }, Response::Differences(buckets)) => {
                let difference = reconcile::compare(&replica.chunk_ids(space)?, &prefix, &buckets);
                for prefix in difference.deeper {
                    self.steps.push_front(Step::Reconcile { space, prefix });
                }
                if !difference.to_put.is_empty() {
                    self.steps.push_front(Step::Refill { ids: difference.to_put, is_log_pushed: false });
                }
                if !difference.to_fetch.is_empty() {
                    self.steps.push_front(Step::Fetch { space, ids: difference.to_fetch });
                }
            }
            (Step::Fetch { space, .. }, Response::Chunks(chunks)) => {
                progress.changed = self.leave_fork_if_seen(&chunks.chunks, replica, at, entropy)?;
                for some in chunks.chunks.chunks(FETCHED_AT_ONCE) {
                    progress.changed.extend(replica.take_chunks(some, at, |_| Ok(()))?.changed);
                }
                if !chunks.later.is_empty() {
                    self.steps.push_front(Step::Fetch { space, ids: chunks.later });
                }
            }
            (Step::Pull { space }, Response::Pulled(answer)) => {
                progress.changed = self.pulled(space, answer, replica, at, entropy)?;
            }
            (Step::Refill { .. } | Step::Push, Response::Put(outcomes)) => {
                progress.changed = self.put(&asked, &outcomes, replica, at, entropy)?;
            }
            (Step::Joins, Response::Joins(joins)) => {
                if self.joins != joins {
                    self.joins = joins;
                    progress.changed.push(sync_changed());
                }
            }
            (Step::RemoveJoin(_), Response::Done) => {}
            _ => return Err(SessionError::Unexpected),
        }
        progress.changed.extend(replica.leave_stranded(at, entropy)?);
        Ok(progress)
    }

    pub(super) fn faulted(&mut self, asked: &Asked, fault: Fault) -> Result<Progress, SessionError> {
        match fault.code {
            // The relay lost its copy of the log, or its copy is behind.
            FaultCode::UnknownWorkspace if matches!(asked.step, Step::Log) => {
                self.steps.push_front(Step::PushLog { from: 0 });
                return Ok(Progress::default());
            }
            // A space that the relay's log does not give to this device yet must not hold up the others. A comparison
            // is another matter: skipped, it would count as made.
            FaultCode::NotAllowed if matches!(asked.step, Step::Pull { .. }) => {
                return Ok(Progress::default());
            }
            _ => {}
        }
        Err(SessionError::Fault(fault))
    }
}

pub(super) fn session_changed() -> Changed {
    Changed { entity: "session".to_owned(), id: String::new(), cause: "remote".to_owned() }
}

pub(super) fn sync_changed() -> Changed {
    Changed { entity: "sync".to_owned(), id: String::new(), cause: "remote".to_owned() }
}
