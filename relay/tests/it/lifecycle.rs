//! What happens to a store on disk: reopened, wiped, restored, made by a newer program, read-only.

use std::{path::Path, sync::Arc, thread};

use relay::{
    Founding, Store, StoreConfig, StoreError, handle,
    http::{RateLimit, ServeOptions, serve},
};
use wire::{
    Lineage, LogHash,
    protocol::{FaultCode, Pull, PullAnswer, PutOutcome, Response},
};

use crate::devices::*;

fn open(path: &Path, lineage: u8) -> Result<Store, StoreError> {
    Store::open(StoreConfig {
        path: Some(path.to_owned()),
        identity: [5; 32],
        new_lineage: Lineage([lineage; 16]),
        founding: Founding::Open,
        quota_bytes: 1 << 30,
    })
}

#[test]
fn reopened_store_has_all_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    let store = open(&path, 1).unwrap();
    let mut team = Team::new(store.relay());
    team.publish(&store);
    let chunks: Vec<_> = (0..5).map(|_| team.staff.seal(&team.log)).collect();
    put(&store, team.staff_caller(), &chunks, false);
    drop(store);
    let store = open(&path, 2).unwrap();
    assert_eq!(store.lineage(), Lineage([1; 16]));
    assert_eq!(store.head(team.log.workspace(), SPACE).unwrap().seq, 5);
    assert_eq!(put(&store, team.staff_caller(), &chunks[..1], false), [PutOutcome::Duplicate { seq: 1 }]);
}

#[test]
fn wiped_store_has_a_new_lineage_and_is_refilled() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a.db"), 1).unwrap();
    let mut team = Team::new(store.relay());
    team.publish(&store);
    let of_staff: Vec<_> = (0..5).map(|_| team.staff.seal(&team.log)).collect();
    put(&store, team.staff_caller(), &of_staff, false);
    let revoked = team.revoke_staff(vec![]);
    handle(&store, team.owner_caller(), append_of(&revoked, false), NOW_MS);
    let head = store.head(team.log.workspace(), SPACE).unwrap();

    let wiped = open(&folder.path().join("b.db"), 2).unwrap();
    let met = welcome(&wiped, &team.owner, team.log.workspace());
    assert_eq!((met.lineage, met.is_member), (Lineage([2; 16]), false));
    for request in team.appends(true) {
        handle(&wiped, team.owner_caller(), request, NOW_MS);
    }
    let met = welcome(&wiped, &team.owner, team.log.workspace());
    assert!(met.is_member && met.log_head == team.log.head());
    let ask = Pull { space: SPACE, after_seq: head.seq, hash_at: head.hash, bytes_max: 1_000 };
    assert!(matches!(pull(&wiped, team.owner_caller(), ask), PullAnswer::Rebase { .. }));
    // The owner brings back the revoked device's chunks, byte for byte.
    let outcomes = put(&wiped, team.owner_caller(), &of_staff, true);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, PutOutcome::Ack { .. })), "{outcomes:?}");
    assert_eq!(wiped.head(team.log.workspace(), SPACE).unwrap(), head);
}

#[test]
fn restored_copy_asks_for_a_rebase_although_its_lineage_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("relay.db"), folder.path().join("copy.db"));
    let store = open(&path, 1).unwrap();
    let mut team = Team::new(store.relay());
    team.publish(&store);
    put(&store, team.staff_caller(), &[team.staff.seal(&team.log)], false);
    store.checkpoint().unwrap();
    std::fs::copy(&path, &copy).unwrap();
    put(&store, team.staff_caller(), &[team.staff.seal(&team.log)], false);
    let head = store.head(team.log.workspace(), SPACE).unwrap();

    let restored = open(&copy, 9).unwrap();
    assert_eq!(restored.lineage(), store.lineage());
    let ask = Pull { space: SPACE, after_seq: head.seq, hash_at: head.hash, bytes_max: 1_000 };
    assert!(matches!(pull(&restored, team.owner_caller(), ask), PullAnswer::Rebase { .. }));
    // Even when other chunks have taken the same sequences since, the hash tells.
    put(&restored, team.owner_caller(), &[team.owner.seal(&team.log)], false);
    assert_eq!(restored.head(team.log.workspace(), SPACE).unwrap().seq, head.seq);
    assert!(matches!(pull(&restored, team.owner_caller(), ask), PullAnswer::Rebase { .. }));
    // The device sees that the relay holds less of its chain than it sent.
    assert_eq!(welcome(&restored, &team.staff, team.log.workspace()).held[0].device_seq, 1);
    let wrong_start = Pull { hash_at: LogHash([1; 32]), after_seq: 0, ..ask };
    assert!(matches!(pull(&restored, team.owner_caller(), wrong_start), PullAnswer::Rebase { .. }));
}

#[test]
fn concurrent_puts_get_sequences_without_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(open(&folder.path().join("relay.db"), 1).unwrap());
    let team = Team::new(store.relay());
    team.publish(&store);
    let (log, caller) = (team.log.clone(), team.staff_caller());
    let mut seqs: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8u8)
            .map(|number| {
                let (store, log) = (Arc::clone(&store), log.clone());
                scope.spawn(move || {
                    let mut device = Device::new(2);
                    let mut seqs = Vec::new();
                    for _ in 0..25 {
                        let mut header = device.header(&log);
                        header.incarnation.0[0] = number;
                        let chunk = device.sign(&header);
                        (device.device_seq, device.previous) = (header.device_seq, chunk.id());
                        match put(&store, caller, &[chunk], false)[..] {
                            [PutOutcome::Ack { seq }] => seqs.push(seq),
                            ref other => panic!("{other:?}"),
                        }
                    }
                    seqs
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=200).collect::<Vec<u64>>());
}

#[test]
fn database_of_a_newer_program_or_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    drop(open(&path, 1).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(open(&path, 1), Err(StoreError::Newer { found: 99, .. })));
    let other = folder.path().join("other.db");
    std::fs::write(&other, b"this is a letter to my grandmother, not a database".repeat(100)).unwrap();
    assert!(matches!(open(&other, 1), Err(StoreError::Damaged(_))));
    assert!(matches!(open(folder.path(), 1), Err(StoreError::ReadOnly(_))));
}

#[test]
fn full_disk_acknowledges_nothing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    let store = open(&path, 1).unwrap();
    let mut team = Team::new(store.relay());
    team.publish(&store);
    put(&store, team.staff_caller(), &[team.staff.seal(&team.log)], false);
    // SQLite reports a database at its page limit exactly as it reports a full disk.
    store.limit_pages_to_current().unwrap();
    let mut is_full = false;
    for _ in 0..2_000 {
        let chunk = team.staff.sign(&team.staff.header(&team.log));
        match handle(&store, team.staff_caller(), put_of(std::slice::from_ref(&chunk), false), NOW_MS) {
            Response::Put(outcomes) => {
                assert!(matches!(outcomes[..], [PutOutcome::Ack { .. }]));
                (team.staff.device_seq, team.staff.previous) = (chunk.header().device_seq, chunk.id());
            }
            Response::Fault(fault) => {
                assert_eq!(fault.code, FaultCode::StorageFull);
                is_full = true;
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(is_full);
    let acknowledged = team.staff.device_seq;
    assert_eq!(store.head(team.log.workspace(), SPACE).unwrap().seq, acknowledged);
    drop(store);
    assert_eq!(open(&path, 1).unwrap().head(team.log.workspace(), SPACE).unwrap().seq, acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_that_there_is_no_room_until_a_put_is_stored_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(open(&folder.path().join("relay.db"), 1).unwrap());
    let mut team = Team::new(store.relay());
    team.publish(&store);
    let options = ServeOptions {
        listen: ([127, 0, 0, 1], 0).into(),
        tls: None,
        is_behind_proxy: false,
        rate: RateLimit { requests_per_s: 0 },
    };
    let (sender, address) = tokio::sync::oneshot::channel();
    let served = Arc::clone(&store);
    let ready = move |at| sender.send(at).unwrap();
    tokio::spawn(async move { serve(served, options, ready, std::future::pending()).await });
    let url = format!("http://{}/health", address.await.unwrap());
    let health = async || {
        let answer = reqwest::get(&url).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(health().await.0, 200);
    store.limit_pages_to_current().unwrap();
    let stored = |outcome: Response| matches!(outcome, Response::Put(_));
    let chunk = team.staff.sign(&team.staff.header(&team.log));
    let many: Vec<_> = (0..2_000).map(|_| team.owner.seal(&team.log)).collect();
    let filled = many.iter().any(|chunk| {
        let put = put_of(std::slice::from_ref(chunk), false);
        !stored(handle(&store, team.owner_caller(), put, NOW_MS))
    });
    assert!(filled, "the disk fills up");
    let (status, told) = health().await;
    assert!(status == 503 && told.contains("no room"), "{status} {told}");
    store.lift_page_limit().unwrap();
    assert_eq!(health().await.0, 503, "nothing was stored since");
    assert!(stored(handle(&store, team.staff_caller(), put_of(&[chunk], false), NOW_MS)));
    assert_eq!(health().await.0, 200);
}
