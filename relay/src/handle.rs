//! One request, one response. Pure of HTTP, so that the simulated world runs it in process.

use std::sync::Arc;

use wire::{
    DeviceId, RecordId, SpaceId, WorkspaceId,
    limits::{FETCH_IDS_MAX, LOG_RECORDS_MAX, MESSAGE_BYTES_MAX, PUT_CHUNKS_MAX, RECONCILE_PREFIX_MAX},
    membership::{Member, MembershipLog},
    protocol::{
        Append, ClaimAnswer, Fault, FaultCode, Hello, JoinRequest, LogRecords, PROTOCOL_VERSION, Put,
        Request, Response, Welcome,
    },
    reconcile::{self, Fingerprint},
};

use crate::{
    Caller, Store, StoreError,
    store::{AppendResult, PutFailed},
};

/// Answers a request. `now_ms` is the relay's clock.
///
/// Blocks until what it acknowledges is on the disk.
pub fn handle(store: &Store, caller: Caller, request: Request, now_ms: u64) -> Response {
    answer(store, caller, request, now_ms).unwrap_or_else(Response::Fault)
}

fn answer(store: &Store, caller: Caller, request: Request, now_ms: u64) -> Result<Response, Fault> {
    match request {
        Request::Challenge => Ok(Response::Challenge(store.sealer().challenge(store.relay(), now_ms))),
        Request::Hello(hello) => welcome(store, &hello, now_ms).map(Response::Welcome),
        Request::Append(append) => self::append(store, caller, &append),
        Request::LogSince { after } => log_since(store, caller, after).map(Response::Log),
        Request::JoinPut { workspace, request } => join_put(store, workspace, &request, now_ms),
        Request::Pull(pull) => {
            let session = Session::open(store, caller)?.reading(pull.space)?;
            Ok(Response::Pulled(store.pull(session.log.workspace(), &pull).map_err(fault)?))
        }
        Request::Reconcile { space, prefix, fingerprints } => {
            let session = Session::open(store, caller)?.reading(space)?;
            session.reconcile(space, &prefix, &fingerprints)
        }
        Request::Fetch { space, ids } => {
            let session = Session::open(store, caller)?.reading(space)?;
            check_count("chunk ids", ids.len(), FETCH_IDS_MAX)?;
            Ok(Response::Chunks(store.fetch(session.log.workspace(), space, &ids).map_err(fault)?))
        }
        Request::Put(put) => Session::open(store, caller)?.put(&put),
        Request::JoinList => {
            let session = Session::open(store, caller)?.administering()?;
            Ok(Response::Joins(store.joins(session.log.workspace()).map_err(fault)?))
        }
        Request::JoinRemove { device } => {
            let session = Session::open(store, caller)?.administering()?;
            store.remove_join(session.log.workspace(), device).map_err(fault)?;
            Ok(Response::Done)
        }
        Request::Claim(_) | Request::Begin { .. } | Request::Finish { .. } => {
            Session::open(store, caller)?;
            Ok(Response::Claim(ClaimAnswer::NotSupported))
        }
    }
}

fn welcome(store: &Store, hello: &Hello, now_ms: u64) -> Result<Welcome, Fault> {
    let terms = &hello.terms;
    let unauthenticated = |message| Fault::new(FaultCode::Unauthenticated, message);
    if terms.audience != store.relay() || terms.challenge.relay != store.relay() {
        return Err(unauthenticated("the hello is meant for another relay"));
    }
    if !store.sealer().knows(&terms.challenge, now_ms) {
        return Err(unauthenticated("the challenge is not of this relay, or too old"));
    }
    let (lowest, highest) = terms.versions;
    if lowest > PROTOCOL_VERSION || highest < PROTOCOL_VERSION {
        let message = format!("this relay speaks version {PROTOCOL_VERSION} of the protocol");
        return Err(Fault::new(FaultCode::UnsupportedVersion, message));
    }
    if !hello.is_signed() {
        return Err(unauthenticated("the hello is not signed by its device"));
    }
    let (workspace, device) = (terms.workspace, terms.keys.device_id());
    let log = store.log(workspace).map_err(fault)?;
    let member = log.as_ref().and_then(|log| active(log, device));
    let (mut held, mut heads) = (Vec::new(), Vec::new());
    if let Some(member) = member {
        held = store.held(workspace, device).map_err(fault)?;
        for space in &member.standing().spaces {
            heads.push(store.head(workspace, *space).map_err(fault)?);
        }
    }
    Ok(Welcome {
        token: store.new_token(workspace, device, now_ms),
        version: PROTOCOL_VERSION,
        lineage: store.lineage(),
        relay_time_ms: now_ms,
        is_member: member.is_some(),
        log_head: log.as_ref().map_or(RecordId::ZERO, |log| log.head()),
        held,
        heads,
    })
}

fn append(store: &Store, caller: Caller, append: &Append) -> Result<Response, Fault> {
    let (workspace, _) = authenticated(caller)?;
    match store.append(workspace, append).map_err(fault)? {
        AppendResult::Answer(answer) => Ok(Response::Append(answer)),
        AppendResult::WorkspaceNotAccepted => {
            let message = format!("this relay does not take workspace {workspace}");
            Err(Fault::new(FaultCode::WorkspaceNotAccepted, message))
        }
    }
}

/// Serves the log to every device that was ever in it; to a revoked one up to its revocation, so that it
/// can see for itself that it was revoked.
fn log_since(store: &Store, caller: Caller, after: RecordId) -> Result<LogRecords, Fault> {
    let (workspace, device) = authenticated(caller)?;
    let log = known_log(store, workspace)?;
    let member = log.state().device(device).ok_or_else(not_a_member)?;
    let visible = if member.is_active() { u64::MAX } else { member.standing().since + 1 };
    let visible = usize::try_from(visible).unwrap_or(usize::MAX).min(log.records().len());
    let start = match after {
        RecordId::ZERO => Some(0),
        known => log.state().position(known).and_then(|at| usize::try_from(at).ok()).map(|at| at + 1),
    };
    let head = visible.checked_sub(1).map_or(RecordId::ZERO, |last| log.records()[last].id());
    let is_known = start.is_some();
    let rest = &log.records()[start.unwrap_or(visible).min(visible)..visible];
    let (mut records, mut bytes) = (Vec::new(), 0);
    for record in rest.iter().take(LOG_RECORDS_MAX) {
        bytes += record.as_bytes().len();
        if bytes > MESSAGE_BYTES_MAX / 2 && !records.is_empty() {
            break;
        }
        records.push(record.as_bytes().into());
    }
    let has_more = records.len() < rest.len();
    Ok(LogRecords { records, has_more, head, is_known })
}

fn join_put(
    store: &Store,
    workspace: WorkspaceId,
    request: &JoinRequest,
    now_ms: u64,
) -> Result<Response, Fault> {
    let log = known_log(store, workspace)?;
    let unusable = || Fault::new(FaultCode::InviteUnusable, "the invite is unknown, used or expired");
    let invite = log.state().invite(request.invite).filter(|invite| invite.is_usable(now_ms));
    let key = invite.ok_or_else(unusable)?.verifying_key().map_err(|_| unusable())?;
    request
        .verify(workspace, &key)
        .map_err(|error| Fault::new(FaultCode::InviteUnusable, error.to_string()))?;
    request.keys.verifying_key().map_err(|error| Fault::new(FaultCode::BadRequest, error.to_string()))?;
    if store.put_join(workspace, request).map_err(fault)? {
        Ok(Response::Done)
    } else {
        Err(Fault::new(FaultCode::RateLimited, "too many devices wait to be let in"))
    }
}

/// A member's session.
struct Session<'a> {
    store: &'a Store,
    log: Arc<MembershipLog>,
    device: DeviceId,
}

impl<'a> Session<'a> {
    fn open(store: &'a Store, caller: Caller) -> Result<Self, Fault> {
        let (workspace, device) = authenticated(caller)?;
        let log = known_log(store, workspace)?;
        active(&log, device).ok_or_else(not_a_member)?;
        Ok(Self { store, log, device })
    }

    fn reading(self, space: SpaceId) -> Result<Self, Fault> {
        if active(&self.log, self.device).is_some_and(|member| member.reads(space)) {
            return Ok(self);
        }
        Err(Fault::new(FaultCode::NotAllowed, "the device does not read this space"))
    }

    fn administering(self) -> Result<Self, Fault> {
        if active(&self.log, self.device).is_some_and(|member| member.role().may_administer()) {
            return Ok(self);
        }
        Err(Fault::new(FaultCode::NotAllowed, "only owners and managers see who asks to join"))
    }

    fn put(self, put: &Put) -> Result<Response, Fault> {
        check_count("chunks", put.chunks.len(), PUT_CHUNKS_MAX)?;
        let outcomes = self
            .store
            .put(self.log, self.device, &put.chunks, put.is_refill)
            .map_err(|PutFailed(error)| fault_of(&error))?;
        Ok(Response::Put(outcomes))
    }

    fn reconcile(self, space: SpaceId, prefix: &[u8], theirs: &[Fingerprint]) -> Result<Response, Fault> {
        check_count("bytes of prefix", prefix.len(), RECONCILE_PREFIX_MAX)?;
        check_count("fingerprints", theirs.len(), 256)?;
        let ids = self.store.ids(self.log.workspace(), space, prefix).map_err(fault)?;
        Ok(Response::Differences(reconcile::answer(&ids, prefix, theirs)))
    }
}

fn authenticated(caller: Caller) -> Result<(WorkspaceId, DeviceId), Fault> {
    match caller {
        Caller::Device { workspace, device } => Ok((workspace, device)),
        Caller::Anonymous => Err(Fault::new(FaultCode::Unauthenticated, "say hello first")),
    }
}

fn known_log(store: &Store, workspace: WorkspaceId) -> Result<Arc<MembershipLog>, Fault> {
    store.log(workspace).map_err(fault)?.ok_or_else(|| {
        Fault::new(
            FaultCode::UnknownWorkspace,
            "this relay does not hold the workspace; append its log first",
        )
    })
}

fn active(log: &MembershipLog, device: DeviceId) -> Option<&Member> {
    log.state().device(device).filter(|member| member.is_active())
}

fn not_a_member() -> Fault {
    Fault::new(FaultCode::NotAllowed, "the device is not an active member of the workspace")
}

fn check_count(what: &str, count: usize, most: usize) -> Result<(), Fault> {
    if count <= most {
        return Ok(());
    }
    Err(Fault::new(FaultCode::BadRequest, format!("{count} {what} in one request, at most {most}")))
}

fn fault(error: StoreError) -> Fault {
    fault_of(&error)
}

fn fault_of(error: &StoreError) -> Fault {
    let code = match error {
        StoreError::Full(_) | StoreError::ReadOnly(_) => FaultCode::StorageFull,
        _ => FaultCode::Internal,
    };
    tracing::error!(error = ?error, "the store failed");
    Fault::new(code, error.to_string())
}
