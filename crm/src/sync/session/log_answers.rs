//! Answers about who belongs to the workspace.

use wire::{
    Lineage, RecordId,
    limits::CLOCK_SKEW_MS_MAX,
    membership::{Body, Record},
    protocol::{Appended, LogRecords, Welcome},
};

use super::{
    Asked, Session, SessionError, Step, SyncNotice, SyncState,
    answers::{session_changed, sync_changed},
    is_shut_out, spaces_with_chunks,
};
use crate::{
    feed::Changed,
    id::AtMs,
    store::{record, setting},
    sync::{Replica, ReplicaError, entropy::Entropy},
};

impl Session {
    pub(super) fn welcomed(
        &mut self,
        welcome: Welcome,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        let mut changed = Vec::new();
        self.token = Some(welcome.token.clone());
        self.lineage = welcome.lineage;
        self.set_aside.forget();
        (self.no_room_since, self.is_refill_partial) = (None, false);
        self.state = SyncState::Syncing;
        self.compare_clocks(welcome.relay_time_ms, at);
        if replica.is_forked(&welcome.held)? {
            changed = replica.leave_fork(at, entropy)?;
            self.tell(SyncNotice::NewIncarnation, at);
        }
        self.enqueue_log(&welcome, replica);
        if is_shut_out(replica) {
            // It may read the log and nothing else.
            self.steps.push_back(Step::Log);
            return Ok(changed);
        }
        let is_seen = setting::get(replica.engine.conn(), &seen_name(welcome.lineage))
            .map_err(ReplicaError::from)?
            .is_some();
        let compared = if is_seen { None } else { Some(spaces_with_chunks(replica)?) };
        self.enqueue_exchange(replica, compared);
        if replica.engine.author().role.may_administer() {
            self.steps.push_back(Step::Joins);
        }
        Ok(changed)
    }

    fn compare_clocks(&mut self, relay_time_ms: u64, at: AtMs) {
        let now_ms = u64::try_from(at.0).unwrap_or(0);
        if relay_time_ms.abs_diff(now_ms) > CLOCK_SKEW_MS_MAX {
            self.notice = Some(SyncNotice::ClockWrong);
        } else {
            self.clear_notice(SyncNotice::ClockWrong);
        }
    }

    /// Brings both copies of the log together before anything else.
    fn enqueue_log(&mut self, welcome: &Welcome, replica: &Replica) {
        let known = replica.log.state().position(welcome.log_head);
        if welcome.log_head == RecordId::ZERO {
            self.steps.push_back(Step::PushLog { from: 0 });
        } else if let Some(position) = known {
            let from = usize::try_from(position).unwrap_or(usize::MAX).saturating_add(1);
            if from < replica.log.records().len() {
                self.steps.push_back(Step::PushLog { from });
            }
        } else {
            self.steps.push_back(Step::Log);
        }
    }

    pub(super) fn log(
        &mut self,
        answer: LogRecords,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<Changed>, SessionError> {
        if !answer.is_known {
            // The relay's copy is behind or forked: what is here holds, and the relay is given it.
            self.is_log_offered = true;
            self.steps.push_front(Step::PushLog { from: 0 });
            return Ok(Vec::new());
        }
        self.is_log_offered = false;
        self.clear_notice(SyncNotice::LogForked);
        let mut changed = Vec::new();
        let (spaces_before, any) = (replica.spaces(), !answer.records.is_empty());
        for blob in &answer.records {
            let record = Record::parse(&blob.0).map_err(ReplicaError::from)?;
            if replica.log.state().position(record.id()).is_none() {
                replica.take_record(record)?;
            }
        }
        if answer.has_more {
            self.steps.push_front(Step::Log);
        }
        if any {
            if replica.held_shows_twin()? {
                changed = self.leave_fork(replica, at, entropy)?;
            }
            changed.extend(replica.retry_held(at)?.changed);
            changed.push(session_changed());
        }
        if is_shut_out(replica) {
            self.steps.clear();
            self.state = SyncState::Revoked;
            return Ok(changed);
        }
        for space in replica.spaces().into_iter().filter(|space| !spaces_before.contains(space)) {
            self.steps.push_back(Step::Pull { space });
        }
        Ok(changed)
    }

    pub(super) fn log_pushed(
        &mut self,
        from: usize,
        answer: Appended,
        replica: &Replica,
    ) -> Result<(), SessionError> {
        match answer {
            Appended::Ok { .. } => {
                // The relay judges by a longer log than before.
                self.set_aside.forget();
                if from + 1 < replica.log.records().len() {
                    self.steps.push_front(Step::PushLog { from: from + 1 });
                }
                Ok(())
            }
            Appended::Conflict { head } => {
                match replica.log.state().position(head) {
                    // The relay is further along the same log than this record.
                    Some(position) => {
                        let from = usize::try_from(position).unwrap_or(usize::MAX).saturating_add(1);
                        self.steps.push_front(Step::PushLog { from });
                    }
                    None if self.is_log_offered => self.leave_log_forked(),
                    None => self.steps.push_front(Step::Log),
                }
                Ok(())
            }
            Appended::NotAuthority { .. } | Appended::Refused { .. } => Err(SessionError::Unexpected),
        }
    }

    /// The two logs share a beginning and no end: asking again would go round for ever. Chunks that were
    /// written under what is known here still arrive; what is written here waits when the relay cannot verify it.
    fn leave_log_forked(&mut self) {
        self.notice = Some(SyncNotice::LogForked);
        self.is_log_offered = false;
        self.steps.retain(|step| {
            !matches!(
                step,
                Step::Log | Step::PushLog { .. } | Step::Authority | Step::Entrust | Step::Pending
            )
        });
    }

    pub(super) fn appended(
        &mut self,
        asked: Asked,
        answer: Appended,
        replica: &mut Replica,
    ) -> Result<Vec<Changed>, SessionError> {
        match answer {
            Appended::Ok { .. } => {
                if let Some(signed) = asked.record.clone()
                    && replica.log.state().position(signed.id()).is_none()
                {
                    replica.take_record(signed)?;
                }
                forget_pending(asked.pending, replica)?;
                self.clear_notice(refusal_of(&asked));
                self.steps.push_front(Step::Pending);
                // Two records that waited together may have passed each other: a branch, and who is to hold it.
                self.steps.push_front(Step::Entrust);
                Ok(vec![session_changed()])
            }
            Appended::Conflict { .. } => {
                // Somebody else was faster: read on, then sign again on the new head.
                self.steps.push_front(asked.step);
                self.steps.push_front(Step::Log);
                Ok(Vec::new())
            }
            Appended::NotAuthority { .. } => Ok(Vec::new()),
            Appended::Refused { message } => {
                tracing::warn!(message, "the relay refused what was decided here");
                forget_pending(asked.pending, replica)?;
                self.notice = Some(refusal_of(&asked));
                self.steps.push_front(Step::Pending);
                Ok(vec![session_changed(), sync_changed()])
            }
        }
    }
}

/// Notes that everything was compared with a store, so that the next conversation need not.
pub(super) fn note_seen(lineage: Lineage, replica: &mut Replica) -> Result<(), ReplicaError> {
    let tx = replica.engine.conn_mut().transaction()?;
    setting::put(&tx, &seen_name(lineage), "yes")?;
    tx.commit()?;
    Ok(())
}

/// The store lacks something still: the next conversation compares again.
pub(super) fn forget_seen(lineage: Lineage, replica: &mut Replica) -> Result<(), ReplicaError> {
    let tx = replica.engine.conn_mut().transaction()?;
    setting::remove(&tx, &seen_name(lineage))?;
    tx.commit()?;
    Ok(())
}

fn seen_name(lineage: Lineage) -> String {
    format!("relay.seen.{lineage}")
}

/// What people are told when a record of theirs is refused.
fn refusal_of(asked: &Asked) -> SyncNotice {
    match asked.record.as_ref().map(Record::body) {
        Some(Body::DeviceAdded(_)) => SyncNotice::ApprovalRefused,
        _ => SyncNotice::DecisionRefused,
    }
}

fn forget_pending(pending: Option<i64>, replica: &mut Replica) -> Result<(), ReplicaError> {
    let Some(no) = pending else { return Ok(()) };
    let tx = replica.engine.conn_mut().transaction()?;
    record::remove_pending(&tx, no)?;
    tx.commit()?;
    Ok(())
}
