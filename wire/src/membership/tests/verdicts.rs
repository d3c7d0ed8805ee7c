//! Which chunks count under which log.

use super::*;

#[test]
fn cut_off_divides_what_counts_from_what_does_not() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Staff, &[BRANCH])).unwrap();
    let chunks: Vec<_> = (1..=4).map(|seq| edit(&log, 2, seq)).collect();
    let fork = chunk_like(&log, &chunks[1]);
    let accepted = Verdict::Accepted { role: Role::Staff };
    assert!(chunks.iter().all(|chunk| verify_chunk(chunk, &log) == accepted));
    let body = revocation(&log, 2, vec![cut_off(&chunks[1])]);
    append(&mut log, 1, body).unwrap();
    assert_eq!(verify_chunk(&chunks[0], &log), accepted);
    assert_eq!(verify_chunk(&chunks[1], &log), accepted);
    assert_eq!(verify_chunk(&chunks[2], &log), Verdict::PastCutOff { role: Role::Staff });
    assert_eq!(verify_chunk(&fork, &log), Verdict::Refused(Refusal::Forked { device: device(2) }));
    let adoption = Adoption { chunks: vec![chunks[2].id()], changes: vec![] };
    append(&mut log, 1, Body::Adoption(adoption)).unwrap();
    assert_eq!(verify_chunk(&chunks[2], &log), Verdict::Adopted { role: Role::Staff });
    assert_eq!(verify_chunk(&chunks[3], &log), Verdict::PastCutOff { role: Role::Staff });
    let late = edit(&log, 2, 5);
    assert_eq!(verify_chunk(&late, &log), Verdict::Refused(Refusal::Revoked { device: device(2) }));
}

/// Another chunk at the same place of the chain.
fn chunk_like(log: &MembershipLog, chunk: &Chunk) -> Chunk {
    let header = ChunkHeader { nonce: [1; 24], membership_head: log.head(), ..chunk.header().clone() };
    Chunk::sign(&header, &[0; 32], &key(2)).unwrap()
}

#[test]
fn demotion_limits_older_work_and_promotion_does_not() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Teacher, &[BRANCH])).unwrap();
    let as_teacher = edit(&log, 2, 1);
    let change = |role, cut_offs| {
        Body::RoleChanged(RoleChanged {
            device: device(2),
            role,
            spaces: vec![BRANCH],
            cut_offs,
            rotations: vec![],
            wraps: vec![],
        })
    };
    append(&mut log, 1, change(Role::Manager, vec![])).unwrap();
    let as_manager = chunk(&log, 2, ChunkKind::Carry, BRANCH, 2);
    let unlisted = chunk(&log, 2, ChunkKind::Carry, BRANCH, 3);
    append(&mut log, 1, change(Role::Viewer, vec![cut_off(&as_manager)])).unwrap();
    assert_eq!(verify_chunk(&as_teacher, &log), Verdict::Accepted { role: Role::Teacher });
    assert_eq!(verify_chunk(&as_manager, &log), Verdict::Accepted { role: Role::Manager });
    assert_eq!(verify_chunk(&unlisted, &log), Verdict::PastCutOff { role: Role::Manager });
    let as_viewer = edit(&log, 2, 4);
    let refusal = Refusal::NotAllowed { device: device(2) };
    assert_eq!(verify_chunk(&as_viewer, &log), Verdict::Refused(refusal));
}

#[test]
fn verdict_checks_workspace_space_kind_key_signature_and_head() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Staff, &[BRANCH])).unwrap();
    let good = edit(&log, 2, 1);
    let signed = |change: &dyn Fn(&mut ChunkHeader), number| {
        let mut header = good.header().clone();
        change(&mut header);
        verify_chunk(&Chunk::sign(&header, &[0; 32], &key(number)).unwrap(), &log)
    };
    let refused = Verdict::Refused;
    let device = device(2);
    assert_eq!(
        signed(&|header| header.workspace = WorkspaceId([0; 16]), 2),
        refused(Refusal::OtherWorkspace)
    );
    assert_eq!(signed(&|header| header.space = SHARED, 2), refused(Refusal::NoAccess { device }));
    assert_eq!(
        signed(&|header| header.kind = ChunkKind::Snapshot, 2),
        refused(Refusal::NotAllowed { device })
    );
    assert_eq!(signed(&|header| header.epoch = 2, 2), refused(Refusal::WrongKey));
    assert_eq!(signed(&|_| {}, 1), refused(Refusal::BadSignature { device }));
    let ahead = RecordId([4; 32]);
    assert_eq!(signed(&|header| header.membership_head = ahead, 2), Verdict::WaitForLog { head: ahead });
    let first = log.records()[0].id();
    let before_joining = signed(&|header| header.membership_head = first, 2);
    assert_eq!(before_joining, refused(Refusal::UnknownDevice { device }));
    assert!(goes_back(log.head(), first, &log) && !goes_back(first, log.head(), &log));
}

#[test]
fn erased_chunk_is_refused() {
    let mut log = log();
    let chunk = edit(&log, 1, 1);
    append(&mut log, 1, Body::Erasure(Erasure { docs: vec![], chunks: vec![chunk.id()] })).unwrap();
    assert_eq!(verify_chunk(&chunk, &log), Verdict::Refused(Refusal::Erased));
}
