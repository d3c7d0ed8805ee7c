//! Steps to questions.

use wire::{
    RelayId,
    limits::{FETCH_IDS_MAX, PUT_CHUNKS_MAX},
    membership::{AuthorityChanged, Body, Record},
    protocol::{Append, Hello, HelloTerms, PROTOCOL_VERSION, Pull, Put, Request},
    reconcile,
};

use super::{Asked, Session, SessionError, Step, log_answers::note_seen, spaces_with_chunks};
use crate::{
    id::AtMs,
    mutant::Mutant,
    store::{
        chunk::{self, ChunkState},
        record,
    },
    sync::{Replica, ReplicaError, entropy::Entropy},
};

/// Bytes of chunks in one PUT at most.
const PUT_BYTES_MAX: usize = 3 * 1024 * 1024;
/// Chunks that are sealed in one step at most. Nobody writes meanwhile, and after an import of many people there are
/// hundreds to seal.
const SEALED_CHUNKS_MAX: u32 = 4;
/// How often a relay without room is offered what it lost.
const ROOM_ASKED_EVERY_MS: u64 = 60_000;
/// Bytes of chunks in one page at most. What a page brings is merged in one commit and stands in memory until then:
/// chunks are compressed, and this much may be some 4,000 people.
const PAGE_BYTES: u32 = 512 * 1024;

impl Session {
    /// The question of a step; `None` if it turns out that there is nothing to ask.
    pub(super) fn question(
        &mut self,
        step: Step,
        asked: &mut Asked,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Request>, SessionError> {
        Ok(match step {
            Step::Challenge => Some(Request::Challenge),
            Step::Hello(challenge) => Some(hello(challenge, replica)),
            Step::Log => Some(Request::LogSince { after: replica.log.head() }),
            Step::PushLog { from } => replica.log.records().get(from).map(|record| append(record, true)),
            Step::Authority => {
                self.name_authority(replica, at)?;
                None
            }
            Step::Entrust => {
                replica.entrust(at, entropy)?;
                None
            }
            Step::Pending => pending(asked, replica, at)?,
            Step::Reconcile { space, prefix } => {
                let ids = replica.chunk_ids(space)?;
                let fingerprints = reconcile::fingerprints(&ids, &prefix);
                Some(Request::Reconcile { space, prefix, fingerprints })
            }
            Step::Fetch { space, ids } => {
                let now: Vec<_> = ids.iter().take(FETCH_IDS_MAX).copied().collect();
                if ids.len() > now.len() {
                    let ids = ids[now.len()..].to_vec();
                    self.steps.push_front(Step::Fetch { space, ids });
                }
                (!now.is_empty()).then_some(Request::Fetch { space, ids: now })
            }
            Step::Refill { ids, is_log_pushed } => self.refill(ids, is_log_pushed, asked, replica)?,
            Step::Compared => {
                if !self.is_refill_partial {
                    note_seen(self.lineage, replica)?;
                }
                None
            }
            Step::CompareAgain => {
                self.compare_again(replica, at)?;
                None
            }
            Step::Rewind { space, stale } => {
                self.rewind(space, stale.as_deref(), replica)?;
                None
            }
            Step::Pull { space } => {
                let (after_seq, hash_at) =
                    chunk::cursor(replica.engine.conn(), self.lineage, space).map_err(ReplicaError::from)?;
                Some(Request::Pull(Pull { space, after_seq, hash_at, bytes_max: PAGE_BYTES }))
            }
            Step::Push => {
                let request = self.push(asked, replica, at, entropy)?;
                if request.is_none() {
                    self.nothing_waits(at);
                }
                request
            }
            Step::Joins => replica.engine.author().role.may_administer().then_some(Request::JoinList),
            Step::RemoveJoin(device) => Some(Request::JoinRemove { device }),
        })
    }

    /// The first relay that a workspace meets becomes its authority. The founder's own log says so first: while no
    /// relay is named, records are written without one, and a record that is written between asking and hearing would
    /// part the two logs for ever.
    fn name_authority(&mut self, replica: &mut Replica, at: AtMs) -> Result<(), SessionError> {
        let has_one = replica.log.state().authority().is_some_and(|authority| authority != RelayId::ZERO);
        if has_one || self.relay == RelayId::ZERO {
            return Ok(());
        }
        let body = Body::AuthorityChanged(AuthorityChanged { authority: self.relay });
        let signed = replica.sign_record(&body, at).map_err(ReplicaError::from)?;
        let from = replica.log.records().len();
        replica.take_record(signed)?;
        self.steps.push_front(Step::PushLog { from });
        Ok(())
    }

    /// Seals some of what waits and sends the oldest chunks that no relay acknowledged and this one did not refuse.
    fn push(
        &mut self,
        asked: &mut Asked,
        replica: &mut Replica,
        at: AtMs,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<Request>, SessionError> {
        replica.seal_pending(SEALED_CHUNKS_MAX, at, entropy)?;
        self.set_aside.keep_for(replica.log.head());
        let unsent =
            chunk::ids_with_state(replica.engine.conn(), ChunkState::Unsent).map_err(ReplicaError::from)?;
        let (mut chunks, mut bytes_sum) = (Vec::new(), 0);
        for id in unsent.into_iter().filter(|id| !self.set_aside.holds(*id)) {
            let bytes = chunk::bytes_of(replica.engine.conn(), id).map_err(ReplicaError::from)?;
            let Some(bytes) = bytes else { continue };
            bytes_sum += bytes.len();
            if !chunks.is_empty() && (bytes_sum > PUT_BYTES_MAX || chunks.len() == PUT_CHUNKS_MAX) {
                break;
            }
            asked.chunks.push(id);
            if Mutant::AckOnSend.is_planted() {
                let tx = replica.engine.conn_mut().transaction().map_err(ReplicaError::from)?;
                chunk::set_state(&tx, id, ChunkState::Applied).map_err(ReplicaError::from)?;
                tx.commit().map_err(ReplicaError::from)?;
            }
            chunks.push(bytes.into());
        }
        Ok((!chunks.is_empty()).then_some(Request::Put(Put { chunks, is_refill: false })))
    }

    /// Offers what the relay had no room for once more, after a while.
    fn compare_again(&mut self, replica: &Replica, at: AtMs) -> Result<(), SessionError> {
        let is_due = self.no_room_since.is_some_and(|since| at.0.abs_diff(since.0) >= ROOM_ASKED_EVERY_MS);
        if is_due {
            (self.no_room_since, self.is_refill_partial) = (None, false);
            self.enqueue_comparison(spaces_with_chunks(replica)?);
            self.steps.push_back(Step::Push);
        }
        Ok(())
    }

    fn refill(
        &mut self,
        ids: Vec<wire::ChunkId>,
        is_log_pushed: bool,
        asked: &mut Asked,
        replica: &Replica,
    ) -> Result<Option<Request>, SessionError> {
        if self.no_room_since.is_some() {
            return Ok(None);
        }
        let (mut chunks, mut bytes_sum, mut used) = (Vec::new(), 0, 0);
        for id in &ids {
            let bytes = chunk::bytes_of(replica.engine.conn(), *id).map_err(ReplicaError::from)?;
            let length = bytes.as_ref().map_or(0, Vec::len);
            if !chunks.is_empty() && (bytes_sum + length > PUT_BYTES_MAX || chunks.len() == PUT_CHUNKS_MAX) {
                break;
            }
            used += 1;
            bytes_sum += length;
            if let Some(bytes) = bytes {
                asked.chunks.push(*id);
                chunks.push(bytes.into());
            }
        }
        if used < ids.len() {
            self.steps.push_front(Step::Refill { ids: ids[used..].to_vec(), is_log_pushed });
        }
        Ok((!chunks.is_empty()).then_some(Request::Put(Put { chunks, is_refill: true })))
    }
}

fn hello(challenge: wire::protocol::Challenge, replica: &Replica) -> Request {
    let terms = HelloTerms {
        audience: challenge.relay,
        challenge,
        versions: (PROTOCOL_VERSION, PROTOCOL_VERSION),
        workspace: replica.workspace(),
        keys: *replica.keys.public(),
        incarnation: replica.incarnation,
    };
    Request::Hello(Hello::sign(terms, replica.keys.signing()))
}

fn append(record: &Record, is_refill: bool) -> Request {
    let (previous, record) = (record.previous(), record.as_bytes().into());
    Request::Append(Append { previous, record, is_refill })
}

/// The first record that waits, signed on the present head.
fn pending(asked: &mut Asked, replica: &Replica, at: AtMs) -> Result<Option<Request>, SessionError> {
    let waiting = record::next_pending(replica.engine.conn()).map_err(ReplicaError::from)?;
    let Some((no, _, bytes)) = waiting else { return Ok(None) };
    let draft = Record::parse(&bytes).map_err(ReplicaError::from)?;
    let signed = replica.sign_record(draft.body(), at).map_err(ReplicaError::from)?;
    let request = append(&signed, false);
    asked.pending = Some(no);
    asked.record = Some(signed);
    Ok(Some(request))
}
