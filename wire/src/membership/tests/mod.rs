use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;
use crate::{
    Blob, Chunk, ChunkHeader, ChunkId, ChunkKind, DeviceId, DocKind, Incarnation, KeyCommitment, RecordId,
    RelayId, SpaceId, WorkspaceId, invite_id,
};

mod verdicts;

const SHARED: SpaceId = SpaceId([1; 16]);
const BRANCH: SpaceId = SpaceId([2; 16]);

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn keys(number: u8) -> DevicePublicKeys {
    DevicePublicKeys { verifying: key(number).verifying_key().to_bytes(), hpke: [number; 32] }
}

fn device(number: u8) -> DeviceId {
    keys(number).device_id()
}

fn commitment(space: SpaceId, epoch: u32) -> KeyCommitment {
    KeyCommitment([space.0[0] * 16 + epoch as u8; 32])
}

fn wrap(space: SpaceId, epoch: u32, number: u8) -> Wrap {
    Wrap { space, epoch, device: device(number), sealed: Blob(vec![number; 80]) }
}

fn founding() -> Record {
    let body = Body::Founded(Founded {
        keys: keys(1),
        nonce: [9; 16],
        shared_space: SHARED,
        commitment: commitment(SHARED, 1),
        wraps: vec![wrap(SHARED, 1, 1)],
        authority: RelayId([7; 32]),
    });
    Record::sign(RecordId::ZERO, 1_000, &body, &key(1)).unwrap()
}

/// A log founded by device 1, and a branch that it reads.
fn log() -> MembershipLog {
    let founding = founding();
    let mut log = MembershipLog::new(founding.founded_workspace());
    log.append(founding).unwrap();
    let space =
        SpaceAdded { space: BRANCH, commitment: commitment(BRANCH, 1), wraps: vec![wrap(BRANCH, 1, 1)] };
    append(&mut log, 1, Body::SpaceAdded(space)).unwrap();
    log
}

fn append(log: &mut MembershipLog, signer: u8, body: Body) -> Result<(), RecordError> {
    log.append(Record::sign(log.head(), 2_000, &body, &key(signer))?)
}

fn added(number: u8, role: Role, spaces: &[SpaceId]) -> Body {
    let wraps = spaces.iter().map(|space| wrap(*space, 1, number)).collect();
    Body::DeviceAdded(DeviceAdded { keys: keys(number), role, spaces: spaces.to_vec(), invite: None, wraps })
}

fn rotation(log: &MembershipLog, space: SpaceId, readers: &[u8]) -> Rotation {
    let epoch = log.state().epoch(space).unwrap() + 1;
    Rotation {
        space,
        epoch,
        commitment: commitment(space, epoch),
        previous_key_sealed: Blob(vec![0; 72]),
        wraps: readers.iter().map(|number| wrap(space, epoch, *number)).collect(),
    }
}

fn chunk(log: &MembershipLog, number: u8, kind: ChunkKind, space: SpaceId, device_seq: u64) -> Chunk {
    let epoch = log.state().epoch(space).unwrap_or(1);
    let header = ChunkHeader {
        kind,
        workspace: log.workspace(),
        space,
        epoch,
        key_commitment: commitment(space, epoch),
        device: device(number),
        incarnation: Incarnation([3; 8]),
        device_seq,
        previous: if device_seq == 1 { ChunkId::ZERO } else { ChunkId([5; 32]) },
        voids: None,
        membership_head: log.head(),
        nonce: [0; 24],
    };
    Chunk::sign(&header, &[0; 32], &key(number)).unwrap()
}

fn edit(log: &MembershipLog, number: u8, device_seq: u64) -> Chunk {
    chunk(log, number, ChunkKind::Edit, BRANCH, device_seq)
}

fn revocation(log: &MembershipLog, number: u8, cut_offs: Vec<CutOff>) -> Body {
    let rotations = vec![rotation(log, BRANCH, &[1])];
    Body::DeviceRevoked(DeviceRevoked { device: device(number), cut_offs, rotations })
}

fn cut_off(chunk: &Chunk) -> CutOff {
    let header = chunk.header();
    CutOff {
        space: header.space,
        incarnation: header.incarnation,
        device_seq: header.device_seq,
        chunk: chunk.id(),
    }
}

#[test]
fn layout_is_pinned() {
    let body = Body::InviteWithdrawn(InviteWithdrawn { invite: crate::InviteId([0xaa; 16]) });
    let record = Record::sign(RecordId([0xbb; 32]), 258, &body, &key(1)).unwrap();
    let expected = concat!(
        "514e5201",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "0201000000000000",
        "08ee41c6def7026ea2ce6e3706a78681",
        "0700",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "f993bacc82a4b124708b71402fcbcc1a025b446e5de1112acde903eabf39600520b364a0cdd07f7e0c72ccf117e2d0eef66675d3f2ff4ca330eacc5f269c6d0e",
    );
    assert_eq!(HEXLOWER.encode(record.as_bytes()), expected);
    assert_eq!(Record::parse(record.as_bytes()).unwrap(), record);
}

#[test]
fn bodies_are_pinned() {
    let log = log();
    let bodies = [
        founding().body().clone(),
        log.records()[1].body().clone(),
        added(2, Role::Staff, &[BRANCH]),
        Body::RoleChanged(RoleChanged {
            device: device(2),
            role: Role::Viewer,
            spaces: vec![BRANCH],
            cut_offs: vec![cut_off(&edit(&log, 1, 1))],
            rotations: vec![rotation(&log, BRANCH, &[1])],
            wraps: vec![],
        }),
        revocation(&log, 2, vec![]),
        Body::InviteMade(InviteMade {
            verifying: keys(8).verifying,
            role: Role::Teacher,
            spaces: vec![BRANCH],
            expires_at_ms: 5_000,
        }),
        Body::AuthorityChanged(AuthorityChanged { authority: RelayId([6; 32]) }),
        Body::Adoption(Adoption { chunks: vec![ChunkId([1; 32])], changes: vec![[2; 32]] }),
        Body::Erasure(Erasure {
            docs: vec![crate::DocId { kind: DocKind::CONTACT, key: [3; 16] }],
            chunks: vec![ChunkId([1; 32])],
        }),
    ];
    let hashes: Vec<_> = bodies
        .iter()
        .map(|body| format!("{} {}", body.kind(), &blake3::hash(&body.encode()).to_hex()[..16]))
        .collect();
    assert_eq!(
        hashes.join("\n"),
        "1 8d648348b0beb7d8\n2 fd1cf2407125cce0\n3 cb23656cef711d2f\n4 5cdfed1326f0c255\n5 83513f4c638600ae\n6 c513165163b34b90\n8 36dac08d545f221d\n9 32eee2531dab72dc\n10 4f65891877c00acc"
    );
    for body in &bodies {
        assert_eq!(&Body::decode(body.kind(), &body.encode()).unwrap(), body);
    }
}

#[test]
fn workspace_is_the_hash_of_its_founding() {
    let founding = founding();
    assert_eq!(founding.founded_workspace().0, founding.id().0[..16]);
    let mut other = MembershipLog::new(WorkspaceId([0; 16]));
    assert!(matches!(other.append(founding), Err(RecordError::OtherWorkspace { .. })));
}

#[test]
fn any_flipped_bit_of_a_record_fails() {
    let mut log = log();
    let body = added(2, Role::Staff, &[BRANCH]);
    let record = Record::sign(log.head(), 2_000, &body, &key(1)).unwrap();
    for bit in 0..record.as_bytes().len() * 8 {
        let mut bytes = record.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(altered) = Record::parse(&bytes) else { continue };
        assert!(log.append(altered).is_err(), "bit {bit}");
    }
    log.append(record).unwrap();
}

#[test]
fn record_of_an_unknown_kind_is_kept_and_moves_the_head() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Viewer, &[BRANCH])).unwrap();
    append(&mut log, 2, Body::Unknown { kind: 999, bytes: Blob(vec![1, 2, 3]) }).unwrap();
    assert_eq!(log.records().len(), 4);
    assert_eq!(log.head(), log.records()[3].id());
}

#[test]
fn newer_fields_of_a_body_are_ignored() {
    let mut bytes = added(2, Role::Staff, &[BRANCH]).encode();
    bytes.extend_from_slice(&[1, 2, 3]);
    assert_eq!(Body::decode(3, &bytes).unwrap(), added(2, Role::Staff, &[BRANCH]));
}

#[test]
fn only_owners_and_managers_administer_and_never_above_themselves() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Manager, &[BRANCH])).unwrap();
    append(&mut log, 2, added(3, Role::Staff, &[BRANCH])).unwrap();
    for (signer, body) in [
        (3, added(4, Role::Viewer, &[BRANCH])),
        (2, added(4, Role::Manager, &[BRANCH])),
        (2, added(4, Role::Owner, &[BRANCH])),
        (2, added(4, Role::Staff, &[SHARED])),
        (2, Body::AuthorityChanged(AuthorityChanged { authority: RelayId([6; 32]) })),
        (2, Body::DeviceRevoked(DeviceRevoked { device: device(1), cut_offs: vec![], rotations: vec![] })),
        (3, Body::Erasure(Erasure { docs: vec![], chunks: vec![] })),
    ] {
        let refused = append(&mut log, signer, body);
        assert!(matches!(refused, Err(RecordError::NotAllowed { .. })), "{refused:?}");
    }
}

#[test]
fn record_must_follow_the_head() {
    let mut log = log();
    let stale = Record::sign(log.head(), 1, &added(2, Role::Staff, &[BRANCH]), &key(1)).unwrap();
    append(&mut log, 1, added(3, Role::Staff, &[BRANCH])).unwrap();
    assert_eq!(
        log.append(stale.clone()),
        Err(RecordError::NotHead { previous: stale.previous(), head: log.head() })
    );
}

#[test]
fn invite_is_used_once_in_time_and_as_made() {
    let mut log = log();
    let made = |expires_at_ms, number| {
        Body::InviteMade(InviteMade {
            verifying: keys(number).verifying,
            role: Role::Teacher,
            spaces: vec![BRANCH],
            expires_at_ms,
        })
    };
    let answer = |number, role, invite: u8| {
        let Body::DeviceAdded(body) = added(number, role, &[BRANCH]) else { unreachable!() };
        Body::DeviceAdded(DeviceAdded { invite: Some(invite_id(&keys(invite).verifying)), ..body })
    };
    append(&mut log, 1, made(2_000, 50)).unwrap();
    append(&mut log, 1, made(1_999, 51)).unwrap();
    let is = |result: Result<(), RecordError>, name: &str| {
        assert!(format!("{result:?}").contains(name), "{result:?} is not {name}");
    };
    is(append(&mut log, 1, answer(2, Role::Teacher, 51)), "ExpiredInvite");
    is(append(&mut log, 1, answer(2, Role::Staff, 50)), "OtherThanInvited");
    is(append(&mut log, 1, answer(2, Role::Teacher, 52)), "UnknownInvite");
    append(&mut log, 1, answer(2, Role::Teacher, 50)).unwrap();
    is(append(&mut log, 1, answer(3, Role::Teacher, 50)), "SpentInvite");
    assert_eq!(log.wraps_for(device(2)).count(), 1);
}

#[test]
fn last_owner_stays() {
    let mut log = log();
    let rotations = vec![rotation(&log, SHARED, &[]), rotation(&log, BRANCH, &[])];
    let revoked = Body::DeviceRevoked(DeviceRevoked { device: device(1), cut_offs: vec![], rotations });
    assert_eq!(append(&mut log, 1, revoked), Err(RecordError::LastOwner));
    let demoted = Body::RoleChanged(RoleChanged {
        device: device(1),
        role: Role::Manager,
        spaces: vec![SHARED, BRANCH],
        cut_offs: vec![],
        rotations: vec![],
        wraps: vec![],
    });
    assert_eq!(append(&mut log, 1, demoted), Err(RecordError::LastOwner));
}

#[test]
fn revocation_rotates_every_space_of_the_device() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Staff, &[BRANCH])).unwrap();
    let bare = Body::DeviceRevoked(DeviceRevoked { device: device(2), cut_offs: vec![], rotations: vec![] });
    assert_eq!(append(&mut log, 1, bare), Err(RecordError::MissingRotation { space: BRANCH }));
    let leaky = DeviceRevoked {
        device: device(2),
        cut_offs: vec![],
        rotations: vec![rotation(&log, BRANCH, &[1, 2])],
    };
    let refused = append(&mut log, 1, Body::DeviceRevoked(leaky));
    assert_eq!(refused, Err(RecordError::NotAllowed { device: device(2) }));
    let body = revocation(&log, 2, vec![]);
    append(&mut log, 1, body).unwrap();
    assert_eq!(log.state().epoch(BRANCH), Some(2));
    assert!(log.state().is_stale(BRANCH, 1) && !log.state().is_stale(SHARED, 1));
    assert!(log.state().previous_key_sealed(BRANCH, 2).is_some());
    assert_eq!(
        append(&mut log, 2, added(5, Role::Viewer, &[])),
        Err(RecordError::Revoked { device: device(2) })
    );
}

#[test]
fn roles_write_what_the_house_says() {
    let writes = |role: Role| {
        let kinds = [
            DocKind::CONTACT,
            DocKind::LEDGER,
            DocKind::ENROLMENT,
            DocKind::TRACE,
            DocKind::CLASS,
            DocKind::DEFINITION,
            DocKind(200),
        ];
        kinds.map(|kind| role.may_write(kind))
    };
    assert_eq!(writes(Role::Owner), [true; 7]);
    assert_eq!(writes(Role::Manager), [true; 7]);
    assert_eq!(writes(Role::Staff), [true, true, true, true, false, false, false]);
    assert_eq!(writes(Role::Teacher), [false, false, true, false, false, false, false]);
    assert_eq!(writes(Role::Viewer), [false; 7]);
}

#[test]
fn replay_of_stored_records_gives_the_same_state() {
    let mut log = log();
    append(&mut log, 1, added(2, Role::Staff, &[BRANCH])).unwrap();
    let again = MembershipLog::replay(log.workspace(), log.records().iter().map(Record::as_bytes)).unwrap();
    assert_eq!(again.head(), log.head());
    assert_eq!(again.since(log.records()[0].id()).map(<[_]>::len), Some(2));
    assert_eq!(again.since(RecordId([1; 32])), None);
    assert_eq!(again.readers(BRANCH).count(), 2);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(kind in 0u16..14, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Record::parse(&bytes);
        let _ = Body::decode(kind, &bytes);
    }
}
