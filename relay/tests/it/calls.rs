//! Single calls, in process, with the store in memory.

use relay::{Caller, Founding, Store, StoreConfig, handle};
use wire::{
    Blob, ChunkHeader, ChunkId, ChunkKind, Incarnation, Lineage, LogHash, RecordId, RelayId,
    membership::{Adoption, AuthorityChanged, Body, CutOff, Erasure, InviteMade, Role},
    protocol::{
        Appended, Fault, FaultCode, Hello, JoinRequest, Pull, PullAnswer, PutOutcome, PutRefusal, Request,
        Response,
    },
    reconcile, running_hash,
};

use crate::devices::*;

fn store() -> Store {
    Store::open(StoreConfig::in_memory([5; 32], Lineage([6; 16]))).unwrap()
}

fn published() -> (Store, Team) {
    let store = store();
    let team = Team::new(store.relay());
    team.publish(&store);
    (store, team)
}

fn from_start(bytes_max: u32) -> Pull {
    Pull { space: SPACE, after_seq: 0, hash_at: LogHash::ZERO, bytes_max }
}

fn code(response: Response) -> FaultCode {
    match response {
        Response::Fault(Fault { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn chunks_come_back_in_order_and_page_by_page() {
    let (store, mut team) = published();
    let chunks: Vec<_> = (0..10).map(|_| team.staff.seal(&team.log)).collect();
    let outcomes = put(&store, team.staff_caller(), &chunks, false);
    let expected: Vec<_> = (1..=10).map(|seq| PutOutcome::Ack { seq }).collect();
    assert_eq!(outcomes, expected);
    let (mut after_seq, mut hash_at, mut pages, mut pulled) = (0, LogHash::ZERO, 0, Vec::new());
    loop {
        let ask = Pull { space: SPACE, after_seq, hash_at, bytes_max: 1_500 };
        let PullAnswer::Page(page) = pull(&store, team.owner_caller(), ask) else { panic!("rebase") };
        for entry in &page.entries {
            (after_seq, hash_at) = (entry.seq, running_hash(hash_at, entry.id));
            pulled.push(entry.chunk.clone().unwrap());
        }
        pages += 1;
        if !page.has_more {
            assert_eq!((page.head.seq, page.head.hash), (after_seq, hash_at));
            break;
        }
    }
    assert!(pages > 2);
    let sent: Vec<Blob> = chunks.iter().map(|chunk| chunk.as_bytes().into()).collect();
    assert_eq!(pulled, sent);
}

#[test]
fn page_never_stalls_on_a_chunk_larger_than_asked_for() {
    let (store, mut team) = published();
    put(&store, team.staff_caller(), &[team.staff.seal(&team.log)], false);
    let PullAnswer::Page(page) = pull(&store, team.owner_caller(), from_start(0)) else { panic!("rebase") };
    assert_eq!(page.entries.len(), 1);
}

#[test]
fn put_again_is_a_duplicate() {
    let (store, mut team) = published();
    let chunk = team.staff.seal(&team.log);
    let both = put(&store, team.staff_caller(), &[chunk.clone(), chunk.clone()], false);
    assert_eq!(both, [PutOutcome::Ack { seq: 1 }, PutOutcome::Duplicate { seq: 1 }]);
    assert_eq!(put(&store, team.staff_caller(), &[chunk], false), [PutOutcome::Duplicate { seq: 1 }]);
}

#[test]
fn cloned_device_is_noticed() {
    let (store, mut team) = published();
    let first = team.staff.seal(&team.log);
    let (second, mut clone) = (team.staff.header(&team.log), team.staff.header(&team.log));
    clone.nonce = [0xee; 24];
    let (second, clone) = (team.staff.sign(&second), team.staff.sign(&clone));
    put(&store, team.staff_caller(), &[first.clone(), second.clone()], false);
    let fork = PutOutcome::DeviceFork { held: second.id() };
    assert_eq!(put(&store, team.staff_caller(), std::slice::from_ref(&clone), false), [fork]);
    // The chain of the clone continues a chunk that is not the one held here.
    let header = ChunkHeader { device_seq: 3, previous: clone.id(), ..clone.header().clone() };
    let third = team.staff.sign(&header);
    assert_eq!(
        put(&store, team.staff_caller(), &[third], false),
        [PutOutcome::DeviceFork { held: second.id() }]
    );
    // A new life of the database starts a chain of its own.
    let header = ChunkHeader { incarnation: Incarnation([4; 8]), ..first.header().clone() };
    assert_eq!(
        put(&store, team.staff_caller(), &[team.staff.sign(&header)], false),
        [PutOutcome::Ack { seq: 3 }]
    );
}

#[test]
fn chain_with_gaps_is_taken_in_any_order() {
    let (store, mut team) = published();
    let chunks: Vec<_> = (0..4).map(|_| team.staff.seal(&team.log)).collect();
    for at in [3, 0, 2, 1] {
        let outcome = put(&store, team.staff_caller(), &chunks[at..=at], true);
        assert!(matches!(outcome[..], [PutOutcome::Ack { .. }]));
    }
}

#[test]
fn hostile_chunks_are_refused_with_their_reason() {
    let (store, team) = published();
    let good = team.staff.header(&team.log);
    let outcome = |change: &dyn Fn(&mut ChunkHeader)| {
        let mut header = good.clone();
        change(&mut header);
        put(&store, team.staff_caller(), &[team.staff.sign(&header)], false).remove(0)
    };
    let refused = PutOutcome::Refused;
    assert_eq!(outcome(&|header| header.kind = ChunkKind::Carry), refused(PutRefusal::NotAllowed));
    assert_eq!(outcome(&|header| header.epoch = 9), refused(PutRefusal::WrongKey));
    assert_eq!(outcome(&|header| header.space.0[0] = 9), refused(PutRefusal::NoAccess));
    assert_eq!(outcome(&|header| header.workspace.0[0] ^= 1), refused(PutRefusal::OtherWorkspace));
    assert_eq!(outcome(&|header| header.device = team.owner.id()), refused(PutRefusal::BadSignature));
    let head = team.log.head();
    let ahead = outcome(&|header| header.membership_head = RecordId([9; 32]));
    assert_eq!(ahead, PutOutcome::LogBehind { head });
    let request = Request::Put(wire::protocol::Put { chunks: vec![Blob(vec![1, 2, 3])], is_refill: false });
    let malformed = handle(&store, team.staff_caller(), request, NOW_MS);
    assert_eq!(malformed, Response::Put(vec![refused(PutRefusal::Malformed)]));
    let owners = team.owner.sign(&team.owner.header(&team.log));
    assert_eq!(put(&store, team.staff_caller(), &[owners], false), [refused(PutRefusal::OtherDevice)]);
}

#[test]
fn cited_head_never_goes_back() {
    let (store, mut team) = published();
    let before = team.log.head();
    let record = team.extend(Body::Adoption(Adoption { chunks: vec![], changes: vec![] }));
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let first = team.staff.seal(&team.log);
    let header = ChunkHeader { membership_head: before, ..team.staff.header(&team.log) };
    let outcomes = put(&store, team.staff_caller(), &[first, team.staff.sign(&header)], false);
    assert_eq!(outcomes[1], PutOutcome::Refused(PutRefusal::HeadWentBack));
}

#[test]
fn revoked_device_is_shut_out_and_sees_why() {
    let (store, mut team) = published();
    let kept = team.staff.seal(&team.log);
    put(&store, team.staff_caller(), std::slice::from_ref(&kept), false);
    let late = team.staff.seal(&team.log);
    let cut_off = CutOff { space: SPACE, incarnation: INCARNATION, device_seq: 1, chunk: kept.id() };
    let record = team.revoke_staff(vec![cut_off]);
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let response = handle(&store, team.staff_caller(), put_of(std::slice::from_ref(&late), false), NOW_MS);
    assert_eq!(code(response), FaultCode::NotAllowed);
    let response = handle(&store, team.staff_caller(), Request::Pull(from_start(1)), NOW_MS);
    assert_eq!(code(response), FaultCode::NotAllowed);
    assert!(!welcome(&store, &team.staff, team.log.workspace()).is_member);
    team.extend(Body::Adoption(Adoption { chunks: vec![], changes: vec![] }));
    let hidden = team.log.records().last().unwrap().clone();
    handle(&store, team.owner_caller(), append_of(&hidden, false), NOW_MS);
    let since = Request::LogSince { after: RecordId::ZERO };
    let Response::Log(log) = handle(&store, team.staff_caller(), since, NOW_MS) else { panic!("no log") };
    assert_eq!(log.records.last().unwrap().0, record.as_bytes());
    assert!(!log.has_more && log.head == record.id());
}

#[test]
fn stale_epoch_is_for_refills_alone() {
    let (store, mut team) = published();
    let old = team.owner.seal(&team.log);
    let record = team.revoke_staff(vec![]);
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let stale = put(&store, team.owner_caller(), std::slice::from_ref(&old), false);
    assert_eq!(stale, [PutOutcome::EpochStale { current: 2 }]);
    // The same changes, sealed again: the next sequence, after the chunk that never arrived.
    let again = ChunkHeader { voids: Some(old.id()), ..team.owner.header(&team.log) };
    let again = put(&store, team.owner_caller(), &[team.owner.sign(&again)], false);
    assert_eq!(again, [PutOutcome::Ack { seq: 1 }]);
    assert_eq!(put(&store, team.owner_caller(), &[old], true), [PutOutcome::Ack { seq: 2 }]);
}

#[test]
fn quota_stops_a_workspace_and_erasure_makes_room() {
    let config = StoreConfig { quota_bytes: 1_000, ..StoreConfig::in_memory([5; 32], Lineage([6; 16])) };
    let store = Store::open(config).unwrap();
    let mut team = Team::new(store.relay());
    team.publish(&store);
    let chunks: Vec<_> = (0..3).map(|_| team.owner.seal(&team.log)).collect();
    let outcomes = put(&store, team.owner_caller(), &chunks, false);
    assert_eq!(outcomes, [PutOutcome::Ack { seq: 1 }, PutOutcome::Ack { seq: 2 }, PutOutcome::Quota]);
    let record = team.extend(Body::Erasure(Erasure { docs: vec![], chunks: vec![chunks[0].id()] }));
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let outcomes = put(&store, team.owner_caller(), &[chunks[0].clone(), chunks[2].clone()], false);
    assert_eq!(outcomes, [PutOutcome::Refused(PutRefusal::Erased), PutOutcome::Ack { seq: 3 }]);
    // The erased chunk is gone, and the running hash still holds.
    let PullAnswer::Page(page) = pull(&store, team.owner_caller(), from_start(9_000)) else {
        panic!("rebase")
    };
    assert_eq!(page.entries[0].chunk, None);
    let hash = page.entries.iter().fold(LogHash::ZERO, |hash, entry| running_hash(hash, entry.id));
    assert_eq!(hash, page.head.hash);
}

#[test]
fn append_is_compare_and_set_at_the_authority_alone() {
    let (store, mut team) = published();
    let again = team.appends(false).remove(1);
    let response = handle(&store, team.owner_caller(), again, NOW_MS);
    assert_eq!(response, Response::Append(Appended::Ok { head: team.log.head() }));
    let head = team.log.head();
    let mine = team.extend(Body::Adoption(Adoption { chunks: vec![], changes: vec![] }));
    let mut fork = Team::new(store.relay());
    let theirs = fork.extend(Body::Erasure(Erasure { docs: vec![], chunks: vec![] }));
    assert_eq!(theirs.previous(), head);
    handle(&store, team.owner_caller(), append_of(&mine, false), NOW_MS);
    let response = handle(&store, team.owner_caller(), append_of(&theirs, false), NOW_MS);
    assert_eq!(response, Response::Append(Appended::Conflict { head: mine.id() }));
    let elsewhere = AuthorityChanged { authority: RelayId([0xaa; 32]) };
    let record = team.extend(Body::AuthorityChanged(elsewhere));
    let response = handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let not_authority = Appended::NotAuthority { authority: RelayId([0xaa; 32]) };
    assert_eq!(response, Response::Append(not_authority));
    let response = handle(&store, team.owner_caller(), append_of(&record, true), NOW_MS);
    assert_eq!(response, Response::Append(Appended::Ok { head: record.id() }));
}

#[test]
fn closed_relay_takes_only_the_workspaces_named() {
    let config = StoreConfig {
        founding: Founding::Only(Default::default()),
        ..StoreConfig::in_memory([5; 32], Lineage([6; 16]))
    };
    let store = Store::open(config).unwrap();
    let team = Team::new(store.relay());
    let response = handle(&store, team.owner_caller(), team.appends(false).remove(0), NOW_MS);
    assert_eq!(code(response), FaultCode::WorkspaceNotAccepted);
}

#[test]
fn hello_is_for_this_relay_now_and_by_the_holder_of_the_key() {
    let (store, mut team) = published();
    put(&store, team.staff_caller(), &[team.staff.seal(&team.log)], false);
    let workspace = team.log.workspace();
    let met = welcome(&store, &team.staff, workspace);
    assert!(met.is_member && met.held[0].chunk == team.staff.previous && met.heads[0].seq == 1);
    assert_eq!(store.caller(&met.token, NOW_MS), Some(team.staff_caller()));
    assert_eq!(store.caller(&met.token, NOW_MS + 13 * 3_600_000), None);
    let mut forged = met.token.clone();
    forged.0.0[0] ^= 1;
    assert_eq!(store.caller(&forged, NOW_MS), None);
    let Response::Challenge(challenge) = handle(&store, Caller::Anonymous, Request::Challenge, NOW_MS) else {
        panic!("no challenge")
    };
    let hello = team.staff.hello(challenge, workspace);
    let refused = |change: &dyn Fn(&mut Hello), now_ms| {
        let mut hello = hello.clone();
        change(&mut hello);
        code(handle(&store, Caller::Anonymous, Request::Hello(hello), now_ms))
    };
    assert_eq!(refused(&|_| {}, NOW_MS + 121_000), FaultCode::Unauthenticated);
    assert_eq!(refused(&|hello| hello.terms.audience.0[0] ^= 1, NOW_MS), FaultCode::Unauthenticated);
    assert_eq!(
        refused(&|hello| hello.terms.challenge.relay_time_ms += 1, NOW_MS),
        FaultCode::Unauthenticated
    );
    assert_eq!(refused(&|hello| hello.terms.workspace.0[0] ^= 1, NOW_MS), FaultCode::Unauthenticated);
    assert_eq!(refused(&|hello| hello.terms.versions = (7, 9), NOW_MS), FaultCode::UnsupportedVersion);
    assert_eq!(
        code(handle(&store, Caller::Anonymous, Request::JoinList, NOW_MS)),
        FaultCode::Unauthenticated
    );
}

#[test]
fn joining_device_asks_with_the_invite_and_is_let_in() {
    let (store, mut team) = published();
    let invite = Device::new(50).key;
    let made = InviteMade {
        verifying: invite.verifying_key().to_bytes(),
        role: Role::Staff,
        spaces: vec![SPACE],
        expires_at_ms: NOW_MS + 10,
    };
    let record = team.extend(Body::InviteMade(made));
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    let (joiner, workspace) = (Device::new(3), team.log.workspace());
    let ask = |key: &ed25519_dalek::SigningKey, now_ms| {
        let request = JoinRequest::sign(workspace, joiner.keys(), Blob(vec![1; 40]), key);
        handle(&store, Caller::Anonymous, Request::JoinPut { workspace, request }, now_ms)
    };
    assert_eq!(code(ask(&Device::new(51).key, NOW_MS)), FaultCode::InviteUnusable);
    assert_eq!(code(ask(&invite, NOW_MS + 11)), FaultCode::InviteUnusable);
    assert_eq!(ask(&invite, NOW_MS), Response::Done);
    assert!(!welcome(&store, &joiner, workspace).is_member);
    assert_eq!(code(handle(&store, team.staff_caller(), Request::JoinList, NOW_MS)), FaultCode::NotAllowed);
    let Response::Joins(waiting) = handle(&store, team.owner_caller(), Request::JoinList, NOW_MS) else {
        panic!("no list")
    };
    assert_eq!(waiting[0].keys, joiner.keys());
    let added = wire::membership::DeviceAdded {
        keys: joiner.keys(),
        role: Role::Staff,
        spaces: vec![SPACE],
        invite: Some(waiting[0].invite),
        wraps: vec![],
    };
    let record = team.extend(Body::DeviceAdded(added));
    handle(&store, team.owner_caller(), append_of(&record, false), NOW_MS);
    assert!(welcome(&store, &joiner, workspace).is_member);
    let left = handle(&store, team.owner_caller(), Request::JoinList, NOW_MS);
    assert_eq!(left, Response::Joins(vec![]));
    assert_eq!(code(ask(&invite, NOW_MS)), FaultCode::InviteUnusable);
}

#[test]
fn reconcile_and_fetch_bring_what_is_missing() {
    let (store, mut team) = published();
    let chunks: Vec<_> = (0..20).map(|_| team.staff.seal(&team.log)).collect();
    put(&store, team.staff_caller(), &chunks, false);
    let mut mine: Vec<ChunkId> = chunks[5..].iter().map(|chunk| chunk.id()).collect();
    let unknown_there = ChunkId([0x42; 32]);
    mine.push(unknown_there);
    mine.sort_unstable();
    let fingerprints = reconcile::fingerprints(&mine, &[]);
    let ask = Request::Reconcile { space: SPACE, prefix: vec![], fingerprints };
    let Response::Differences(buckets) = handle(&store, team.owner_caller(), ask, NOW_MS) else {
        panic!("no differences")
    };
    let difference = reconcile::compare(&mine, &[], &buckets);
    assert_eq!((difference.to_fetch.len(), &difference.to_put[..]), (5, &[unknown_there][..]));
    let mut ids = difference.to_fetch;
    ids.push(unknown_there);
    let fetch = Request::Fetch { space: SPACE, ids };
    let Response::Chunks(got) = handle(&store, team.owner_caller(), fetch, NOW_MS) else {
        panic!("no chunks")
    };
    assert_eq!((got.chunks.len(), got.missing), (5, vec![unknown_there]));
}
