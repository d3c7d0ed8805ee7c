//! Answers about chunks.

use wire::{
    Blob, ChunkId, LogHash, SpaceId,
    protocol::{Page, PullAnswer, PutOutcome},
    running_hash,
};

use super::{
    Asked, Session, SessionError, Step, SyncNotice, answers::sync_changed, log_answers::forget_seen,
    rewind::note_put,
};
use crate::{
    feed::Changed,
    id::AtMs,
    mutant::Mutant,
    store::chunk::{self, ChunkState},
    sync::{Replica, ReplicaError, entropy::Entropy},
};

/// How long people are told what happened and is over.
const TOLD_MS: u64 = 600_000;

/// What is done after one outcome of a PUT.
enum After {
    /// The next outcome.
    Next,
    /// The next outcome; but pushing stops for now.
    Pause,
    /// The other outcomes do not count any more.
    Stop,
}

impl Session {
    pub(super) fn pulled(
        &mut self,
        space: SpaceId,
        answer: PullAnswer,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        let page = match answer {
            PullAnswer::Page(page) => page,
            PullAnswer::Rebase { lineage, .. } if lineage != self.lineage => {
                // Another store: every space is compared, after a new hello.
                self.steps.clear();
                self.steps.push_back(Step::Challenge);
                return Ok(Vec::new());
            }
            PullAnswer::Rebase { head, .. } => {
                self.note_head(space, &head, replica)?;
                self.steps.push_front(Step::Pull { space });
                self.steps.push_front(Step::Rewind { space, stale: None });
                if !Mutant::RebaseWithoutRefill.is_planted() {
                    self.steps.push_front(Step::Reconcile { space, prefix: Vec::new() });
                }
                return Ok(Vec::new());
            }
        };
        let (seq, hash) =
            chunk::cursor(replica.engine.conn(), self.lineage, space).map_err(ReplicaError::from)?;
        let (seq, hash) = follow(seq, hash, &page).ok_or(SessionError::Unexpected)?;
        let blobs: Vec<_> = page.entries.iter().filter_map(|entry| entry.chunk.clone()).collect();
        let stale = self.missing_put(space, &page, replica)?;
        let lineage = self.lineage;
        if Mutant::CursorApart.is_planted() {
            let tx = replica.engine.conn_mut().transaction().map_err(ReplicaError::from)?;
            chunk::put_cursor(&tx, lineage, space, seq, hash).map_err(ReplicaError::from)?;
            tx.commit().map_err(ReplicaError::from)?;
        }
        let mut changed = self.leave_fork_if_seen(&blobs, replica, at, entropy)?;
        let taken =
            replica.take_chunks(&blobs, at, move |tx| chunk::put_cursor(tx, lineage, space, seq, hash))?;
        if page.has_more {
            self.steps.push_front(Step::Pull { space });
        }
        if stale.is_some() {
            self.steps.push_front(Step::Pull { space });
            self.steps.push_front(Step::Rewind { space, stale });
            self.steps.push_front(Step::Reconcile { space, prefix: Vec::new() });
        }
        changed.extend(taken.changed);
        Ok(changed)
    }

    /// Begins a new life before merging what a twin of this device wrote under the same name.
    pub(super) fn leave_fork_if_seen(
        &mut self,
        blobs: &[Blob],
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        if !replica.shows_twin(blobs)? {
            return Ok(Vec::new());
        }
        self.leave_fork(replica, at, entropy)
    }

    /// Begins a new life, and lets people know.
    pub(super) fn leave_fork(
        &mut self,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        self.tell(SyncNotice::NewIncarnation, at);
        Ok(replica.leave_fork(at, entropy)?)
    }

    pub(super) fn put(
        &mut self,
        asked: &Asked,
        outcomes: &[PutOutcome],
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        let is_log_pushed = match asked.step {
            Step::Refill { is_log_pushed, .. } => Some(is_log_pushed),
            _ => None,
        };
        let is_refill = is_log_pushed.is_some();
        let mut again = !is_refill;
        let mut changed = vec![sync_changed()];
        if !is_refill && !outcomes.contains(&PutOutcome::Quota) {
            self.clear_notice(SyncNotice::QuotaFull);
        }
        for (id, outcome) in asked.chunks.iter().zip(outcomes) {
            if let PutOutcome::Ack { seq } | PutOutcome::Duplicate { seq } = outcome {
                note_put(self.lineage, *id, *seq, replica)?;
            }
            let after = if is_refill {
                let after = self.refilled(*id, outcome, replica, at)?;
                if matches!(after, After::Stop) && is_log_pushed == Some(false) {
                    let place = asked.chunks.iter().position(|other| other == id).unwrap_or(0);
                    let ids = asked.chunks[place..].to_vec();
                    self.steps.push_front(Step::Refill { ids, is_log_pushed: true });
                    self.steps.push_front(Step::PushLog { from: 0 });
                }
                if matches!(after, After::Stop) && is_log_pushed == Some(true) {
                    self.leave_partial(replica)?;
                }
                if is_log_pushed == Some(false) { after } else { After::Next }
            } else {
                self.pushed(*id, outcome, replica, &mut changed, at, entropy)?
            };
            match after {
                After::Next => {}
                After::Pause => again = false,
                After::Stop => break,
            }
        }
        if again {
            self.steps.push_back(Step::Push);
        }
        Ok(changed)
    }

    fn refilled(
        &mut self,
        id: ChunkId,
        outcome: &PutOutcome,
        replica: &mut Replica,
        at: AtMs,
    ) -> Result<After, SessionError> {
        match outcome {
            PutOutcome::Ack { .. } | PutOutcome::Duplicate { .. } => {
                // A chunk that was never acknowledged reaches a new relay for the first time: nothing was lost.
                let was_unsent = acknowledge(id, replica)?;
                if !was_unsent && matches!(outcome, PutOutcome::Ack { .. }) && self.had_relay(replica)? {
                    self.tell(SyncNotice::RelayRefilled, at);
                }
            }
            PutOutcome::LogBehind { .. } => return Ok(After::Stop),
            PutOutcome::Quota => {
                self.notice = Some(SyncNotice::QuotaFull);
                self.no_room_since.get_or_insert(at);
                self.leave_partial(replica)?;
            }
            _ => {}
        }
        Ok(After::Next)
    }

    /// The relay lacks something still. On the disk, so that the next hello compares again, whenever that is.
    fn leave_partial(&mut self, replica: &mut Replica) -> Result<(), ReplicaError> {
        if std::mem::replace(&mut self.is_refill_partial, true) {
            return Ok(());
        }
        forget_seen(self.lineage, replica)
    }

    fn pushed(
        &mut self,
        id: ChunkId,
        outcome: &PutOutcome,
        replica: &mut Replica,
        changed: &mut Vec<Changed>,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<After, SessionError> {
        match outcome {
            PutOutcome::Ack { .. } | PutOutcome::Duplicate { .. } => {
                acknowledge(id, replica)?;
                Ok(After::Next)
            }
            PutOutcome::EpochStale { .. } => {
                replica.unseal(id, at, entropy)?;
                Ok(After::Next)
            }
            PutOutcome::DeviceFork { .. } => {
                changed.extend(replica.leave_fork(at, entropy)?);
                self.tell(SyncNotice::NewIncarnation, at);
                Ok(After::Stop)
            }
            // The log cannot be brought there: what was written here waits, and is not lost.
            PutOutcome::LogBehind { .. } if self.notice == Some(SyncNotice::LogForked) => Ok(After::Pause),
            PutOutcome::LogBehind { .. } => {
                self.steps.push_front(Step::PushLog { from: 0 });
                Ok(After::Stop)
            }
            PutOutcome::Quota => {
                self.notice = Some(SyncNotice::QuotaFull);
                Ok(After::Pause)
            }
            // The log says whether this device is out altogether. If not, the chunk lies past a cut-off.
            PutOutcome::Revoked => {
                self.set_aside.add(id);
                if !matches!(self.steps.front(), Some(Step::Log)) {
                    self.steps.push_front(Step::Log);
                }
                Ok(After::Next)
            }
            PutOutcome::Refused(reason) => {
                tracing::warn!(chunk = %id, ?reason, "the relay refuses a chunk; it stays here");
                self.set_aside.add(id);
                self.notice = Some(SyncNotice::NotAccepted);
                Ok(After::Next)
            }
        }
    }

    /// Everything that was written here is at the relay, but for what it refuses.
    pub(super) fn nothing_waits(&mut self, at: AtMs) {
        if self.no_room_since.is_none() {
            self.clear_notice(SyncNotice::QuotaFull);
        }
        if at.0.abs_diff(self.told_since.0) >= TOLD_MS {
            self.clear_notice(SyncNotice::RelayRefilled);
            self.clear_notice(SyncNotice::NewIncarnation);
        }
        if self.set_aside.is_empty() {
            self.clear_notice(SyncNotice::NotAccepted);
        } else if !matches!(self.notice, Some(SyncNotice::QuotaFull | SyncNotice::LogForked)) {
            self.notice = Some(SyncNotice::NotAccepted);
        }
    }

    /// Whether this device knew a store of a relay before the present one.
    fn had_relay(&self, replica: &Replica) -> Result<bool, ReplicaError> {
        Ok(chunk::has_other_lineage(replica.engine.conn(), self.lineage)?
            || chunk::has_lineage(replica.engine.conn(), self.lineage)?)
    }
}

/// Notes that a relay has the chunk on its disk. Returns whether that is news.
fn acknowledge(id: ChunkId, replica: &mut Replica) -> Result<bool, ReplicaError> {
    if chunk::state_of(replica.engine.conn(), id)? != Some(ChunkState::Unsent) {
        return Ok(false);
    }
    let tx = replica.engine.conn_mut().transaction()?;
    chunk::set_state(&tx, id, ChunkState::Applied)?;
    tx.commit()?;
    Ok(true)
}

/// Follows the running hash over a page; `None` if the page has a gap or does not end where it says.
fn follow(mut seq: u64, mut hash: LogHash, page: &Page) -> Option<(u64, LogHash)> {
    for entry in &page.entries {
        if entry.seq != seq + 1 {
            return None;
        }
        seq = entry.seq;
        hash = running_hash(hash, entry.id);
    }
    let is_end = !page.has_more;
    (!is_end || (page.head.seq == seq && page.head.hash == hash)).then_some((seq, hash))
}
