//! Storing chunks. Concurrent puts share one transaction, and so one sync of the disk.
//!
//! Every put queues a job and then asks for the writer. Whoever gets it carries out all jobs that wait; the
//! others find theirs done.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, atomic::Ordering},
};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};
use wire::{
    Chunk, ChunkId, DeviceId, LogHash, SpaceId, WorkspaceId,
    membership::{MembershipLog, Refusal, Verdict, verify_chunk},
    protocol::{PutOutcome, PutRefusal},
    running_hash,
};

use super::{
    Hint, Store, StoreError,
    heads::{SpaceRow, find_space},
    lock,
};

/// Most jobs that one transaction carries out.
const JOBS_MAX: usize = 512;

/// Chunks of one put, and what became of them.
pub(super) struct Job {
    workspace: WorkspaceId,
    device: DeviceId,
    is_refill: bool,
    chunks: Vec<Result<Chunk, PutRefusal>>,
    /// The log that the verdicts below were made with.
    log: Arc<MembershipLog>,
    verdicts: Vec<Verdict>,
    done: Mutex<Option<Result<Vec<PutOutcome>, Arc<StoreError>>>>,
}

/// Why a put failed as a whole.
#[derive(Debug, Clone, thiserror::Error)]
#[error("nothing was stored")]
pub(crate) struct PutFailed(#[source] pub(crate) Arc<StoreError>);

impl Store {
    /// Verifies chunks and stores those that hold. Returns one outcome each, after the commit is on disk.
    pub(crate) fn put(
        &self,
        log: Arc<MembershipLog>,
        device: DeviceId,
        chunks: &[wire::Blob],
        is_refill: bool,
    ) -> Result<Vec<PutOutcome>, PutFailed> {
        let chunks: Vec<_> =
            chunks.iter().map(|bytes| Chunk::parse(&bytes.0).map_err(|_| PutRefusal::Malformed)).collect();
        // Signatures are checked here, outside the lock.
        let verdicts = verdicts(&chunks, &log);
        let workspace = log.workspace();
        let done = Mutex::new(None);
        let job = Arc::new(Job { workspace, device, is_refill, chunks, log, verdicts, done });
        lock(&self.queue).push(Arc::clone(&job));
        loop {
            let mut writer = self.writer();
            if let Some(result) = lock(&job.done).take() {
                return result.map_err(PutFailed);
            }
            let jobs = {
                let mut queue = lock(&self.queue);
                let count = queue.len().min(JOBS_MAX);
                queue.drain(..count).collect::<Vec<_>>()
            };
            let hints = self.carry_out(&mut writer, &jobs);
            drop(writer);
            for hint in hints {
                self.announce(hint);
            }
        }
    }

    fn carry_out(&self, writer: &mut Connection, jobs: &[Arc<Job>]) -> Vec<Hint> {
        match self.try_carry_out(writer, jobs) {
            Ok((outcomes, hints)) => {
                if outcomes.iter().flatten().any(|outcome| matches!(outcome, PutOutcome::Ack { .. })) {
                    self.is_full.store(false, Ordering::Relaxed);
                }
                for (job, outcome) in jobs.iter().zip(outcomes) {
                    *lock(&job.done) = Some(Ok(outcome));
                }
                hints
            }
            Err(error) => {
                if matches!(error, StoreError::Full(_) | StoreError::ReadOnly(_)) {
                    self.is_full.store(true, Ordering::Relaxed);
                }
                let error = Arc::new(error);
                for job in jobs {
                    *lock(&job.done) = Some(Err(Arc::clone(&error)));
                }
                Vec::new()
            }
        }
    }

    fn try_carry_out(
        &self,
        writer: &mut Connection,
        jobs: &[Arc<Job>],
    ) -> Result<(Vec<Vec<PutOutcome>>, Vec<Hint>), StoreError> {
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut batch = Batch { tx: &tx, spaces: BTreeMap::new(), bytes: BTreeMap::new() };
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            // The log may have grown since the chunks were judged.
            let log = self.cached_log(job.workspace).unwrap_or_else(|| Arc::clone(&job.log));
            let fresh = (log.head() != job.log.head()).then(|| verdicts(&job.chunks, &log));
            let verdicts = fresh.as_ref().unwrap_or(&job.verdicts);
            let mut outcome = Vec::with_capacity(job.chunks.len());
            for (chunk, verdict) in job.chunks.iter().zip(verdicts) {
                outcome.push(match chunk {
                    Ok(chunk) => batch.put(job, chunk, verdict, &log, self.config.quota_bytes)?,
                    Err(refusal) => PutOutcome::Refused(*refusal),
                });
            }
            outcomes.push(outcome);
        }
        let hints = batch.finish()?;
        tx.commit()?;
        Ok((outcomes, hints))
    }
}

fn verdicts(chunks: &[Result<Chunk, PutRefusal>], log: &MembershipLog) -> Vec<Verdict> {
    chunks
        .iter()
        .map(|chunk| match chunk {
            Ok(chunk) => verify_chunk(chunk, log),
            Err(_) => Verdict::Refused(Refusal::OtherWorkspace),
        })
        .collect()
}

/// What a verdict means at the door; `None` lets the chunk in.
fn refusal(verdict: &Verdict, is_refill: bool, log: &MembershipLog) -> Option<PutOutcome> {
    Some(match verdict {
        Verdict::Accepted { .. } | Verdict::Adopted { .. } => return None,
        // What counts is for devices to say: an accepted change may depend on a chunk past a cut-off.
        Verdict::PastCutOff { .. } if is_refill => return None,
        Verdict::PastCutOff { .. } => PutOutcome::Revoked,
        Verdict::WaitForLog { .. } => PutOutcome::LogBehind { head: log.head() },
        Verdict::Refused(refusal) => match refusal {
            Refusal::Revoked { .. } => PutOutcome::Revoked,
            Refusal::OtherWorkspace => PutOutcome::Refused(PutRefusal::OtherWorkspace),
            Refusal::BadSignature { .. } => PutOutcome::Refused(PutRefusal::BadSignature),
            Refusal::UnknownDevice { .. } | Refusal::NoAccess { .. } => {
                PutOutcome::Refused(PutRefusal::NoAccess)
            }
            Refusal::NotAllowed { .. } => PutOutcome::Refused(PutRefusal::NotAllowed),
            Refusal::WrongKey => PutOutcome::Refused(PutRefusal::WrongKey),
            Refusal::Forked { .. } => PutOutcome::Revoked,
            Refusal::Erased => PutOutcome::Refused(PutRefusal::Erased),
        },
    })
}

/// One transaction: the heads that moved and the bytes that came are written once, at its end.
struct Batch<'a> {
    tx: &'a Transaction<'a>,
    spaces: BTreeMap<(WorkspaceId, SpaceId), (SpaceRow, bool)>,
    bytes: BTreeMap<WorkspaceId, u64>,
}

impl Batch<'_> {
    fn put(
        &mut self,
        job: &Job,
        chunk: &Chunk,
        verdict: &Verdict,
        log: &MembershipLog,
        quota_bytes: u64,
    ) -> Result<PutOutcome, StoreError> {
        let header = chunk.header();
        if let Some(outcome) = refusal(verdict, job.is_refill, log) {
            return Ok(outcome);
        }
        if header.device != job.device && !job.is_refill {
            return Ok(PutOutcome::Refused(PutRefusal::OtherDevice));
        }
        let space = self.space(job.workspace, header.space)?;
        if let Some(seq) = self.seq_of(space.key, chunk.id())? {
            return Ok(PutOutcome::Duplicate { seq });
        }
        if !job.is_refill && log.state().is_stale(header.space, header.epoch) {
            let current = log.state().epoch(header.space).unwrap_or(header.epoch);
            return Ok(PutOutcome::EpochStale { current });
        }
        let cited = log.state().position(header.membership_head).unwrap_or(0);
        if let Some(outcome) = self.chain_fault(space.key, chunk, cited)? {
            return Ok(outcome);
        }
        let length = chunk.as_bytes().len() as u64;
        let used = self.used_bytes(job.workspace)?;
        if used.saturating_add(length) > quota_bytes {
            return Ok(PutOutcome::Quota);
        }
        self.bytes.insert(job.workspace, used + length);
        let seq = self.insert(job.workspace, space, chunk, cited)?;
        Ok(PutOutcome::Ack { seq })
    }

    /// Compares with the device's chunks at, before and after the same place of its chain.
    fn chain_fault(&self, space: i64, chunk: &Chunk, cited: u64) -> Result<Option<PutOutcome>, StoreError> {
        let header = chunk.header();
        let mut statement = self.tx.prepare_cached(
            "SELECT device_seq, id, previous, cited FROM chunk
             WHERE space = :space AND device = :device AND incarnation = :incarnation
               AND device_seq BETWEEN :seq - 1 AND :seq + 1",
        )?;
        let mut rows = statement.query(named_params! {
            ":space": space,
            ":device": header.device.0,
            ":incarnation": header.incarnation.0,
            ":seq": header.device_seq as i64,
        })?;
        while let Some(row) = rows.next()? {
            let device_seq = row.get::<_, i64>(0)?.unsigned_abs();
            let held = ChunkId(row.get(1)?);
            let previous = ChunkId(row.get(2)?);
            let neighbour_cited = row.get::<_, i64>(3)?.unsigned_abs();
            let is_fork = match device_seq.cmp(&header.device_seq) {
                std::cmp::Ordering::Less => held != header.previous,
                std::cmp::Ordering::Equal => true,
                std::cmp::Ordering::Greater => previous != chunk.id(),
            };
            if is_fork {
                return Ok(Some(PutOutcome::DeviceFork { held }));
            }
            let goes_back = if device_seq < header.device_seq {
                cited < neighbour_cited
            } else {
                neighbour_cited < cited
            };
            if goes_back {
                return Ok(Some(PutOutcome::Refused(PutRefusal::HeadWentBack)));
            }
        }
        Ok(None)
    }

    fn insert(
        &mut self,
        workspace: WorkspaceId,
        mut space: SpaceRow,
        chunk: &Chunk,
        cited: u64,
    ) -> Result<u64, StoreError> {
        let header = chunk.header();
        space.head.seq += 1;
        space.head.hash = running_hash(space.head.hash, chunk.id());
        self.tx
            .prepare_cached(
                "INSERT INTO chunk
                     (space, seq, id, hash, device, incarnation, device_seq, previous, cited, bytes)
                 VALUES (:space, :seq, :id, :hash, :device, :incarnation, :device_seq, :previous, :cited, :bytes)",
            )?
            .execute(named_params! {
                ":space": space.key,
                ":seq": space.head.seq as i64,
                ":id": chunk.id().0,
                ":hash": space.head.hash.0,
                ":device": header.device.0,
                ":incarnation": header.incarnation.0,
                ":device_seq": header.device_seq as i64,
                ":previous": header.previous.0,
                ":cited": cited as i64,
                ":bytes": chunk.as_bytes(),
            })?;
        self.spaces.insert((workspace, header.space), (space, true));
        Ok(space.head.seq)
    }

    fn seq_of(&self, space: i64, chunk: ChunkId) -> Result<Option<u64>, StoreError> {
        let mut statement =
            self.tx.prepare_cached("SELECT seq FROM chunk WHERE space = :space AND id = :id")?;
        let params = named_params! { ":space": space, ":id": chunk.0 };
        Ok(statement.query_row(params, |row| row.get::<_, i64>(0)).optional()?.map(i64::unsigned_abs))
    }

    fn space(&mut self, workspace: WorkspaceId, space: SpaceId) -> Result<SpaceRow, StoreError> {
        if let Some((row, _)) = self.spaces.get(&(workspace, space)) {
            return Ok(*row);
        }
        let row = match find_space(self.tx, workspace, space)? {
            Some(row) => row,
            None => {
                self.tx
                    .prepare_cached(
                        "INSERT INTO space (workspace, id, seq, hash) VALUES (:workspace, :space, 0, :hash)",
                    )?
                    .execute(named_params! {
                        ":workspace": workspace.0, ":space": space.0, ":hash": LogHash::ZERO.0,
                    })?;
                SpaceRow { key: self.tx.last_insert_rowid(), head: super::heads::empty(space) }
            }
        };
        self.spaces.insert((workspace, space), (row, false));
        Ok(row)
    }

    fn used_bytes(&mut self, workspace: WorkspaceId) -> Result<u64, StoreError> {
        if let Some(bytes) = self.bytes.get(&workspace) {
            return Ok(*bytes);
        }
        let mut statement = self.tx.prepare_cached("SELECT bytes FROM workspace WHERE id = :workspace")?;
        let params = named_params! { ":workspace": workspace.0 };
        Ok(statement.query_row(params, |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    fn finish(self) -> Result<Vec<Hint>, StoreError> {
        let mut hints = Vec::new();
        for ((workspace, space), (row, has_moved)) in self.spaces {
            if !has_moved {
                continue;
            }
            self.tx.prepare_cached("UPDATE space SET seq = :seq, hash = :hash WHERE key = :key")?.execute(
                named_params! {
                    ":seq": row.head.seq as i64, ":hash": row.head.hash.0, ":key": row.key,
                },
            )?;
            hints.push(Hint::Space { workspace, space, seq: row.head.seq });
        }
        for (workspace, bytes) in self.bytes {
            self.tx
                .prepare_cached("UPDATE workspace SET bytes = :bytes WHERE id = :workspace")?
                .execute(named_params! { ":bytes": bytes as i64, ":workspace": workspace.0 })?;
        }
        Ok(hints)
    }
}
