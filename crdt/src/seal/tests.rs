use proptest::prelude::*;
use wire::{
    Chunk, ChunkId, ChunkKind, Incarnation, RecordId, RelayId, SpaceId,
    limits::PLAINTEXT_BYTES_MAX,
    membership::{Body, DeviceAdded, DeviceRevoked, Founded, MembershipLog, Record, Refusal, Role, Rotation},
};

use super::*;

const SPACE: SpaceId = SpaceId([1; 16]);

fn device(seed: u8) -> DeviceKeys {
    DeviceKeys::from_seeds([seed; 32], [seed + 100; 32])
}

fn key(epoch: u8) -> EpochKey {
    EpochKey::from_bytes([epoch; 32])
}

/// A workspace of device 1 (owner) and device 2 (staff), in epoch 1.
fn log() -> MembershipLog {
    let founder = device(1);
    let founded = Founded {
        keys: *founder.public(),
        nonce: [0; 16],
        shared_space: SPACE,
        commitment: key(1).commitment(),
        wraps: vec![wrap_key(&key(1), SPACE, 1, founder.public(), [1; 32]).unwrap()],
        authority: RelayId([0; 32]),
    };
    let record = Record::sign(RecordId::ZERO, 0, &Body::Founded(founded), founder.signing()).unwrap();
    let mut log = MembershipLog::new(record.founded_workspace());
    log.append(record).unwrap();
    let added = DeviceAdded {
        keys: *device(2).public(),
        role: Role::Staff,
        spaces: vec![SPACE],
        invite: None,
        wraps: vec![wrap_key(&key(1), SPACE, 1, device(2).public(), [2; 32]).unwrap()],
    };
    append(&mut log, Body::DeviceAdded(added));
    log
}

fn append(log: &mut MembershipLog, body: Body) {
    log.append(Record::sign(log.head(), 0, &body, device(1).signing()).unwrap()).unwrap();
}

fn input<'a>(log: &MembershipLog, plaintext: &'a [u8]) -> SealInput<'a> {
    SealInput {
        kind: ChunkKind::Edit,
        workspace: log.workspace(),
        space: SPACE,
        epoch: 1,
        incarnation: Incarnation([3; 8]),
        device_seq: 1,
        previous: ChunkId::ZERO,
        voids: None,
        membership_head: log.head(),
        nonce: [4; 24],
        plaintext,
    }
}

fn sealed(log: &MembershipLog, plaintext: &[u8]) -> Chunk {
    seal_chunk(&input(log, plaintext), &key(1), &device(2)).unwrap()
}

fn ring(epoch: u32, key: EpochKey) -> KeyRing {
    let mut ring = KeyRing::default();
    ring.insert(SPACE, epoch, key);
    ring
}

/// Takes a chunk through all steps; the reason as text when one of them refuses.
fn open(chunk: Chunk, log: &MembershipLog, ring: &KeyRing) -> Result<Vec<u8>, String> {
    let verified = VerifiedChunk::verify(chunk, log).map_err(|error| error.to_string())?;
    let opened = verified.open(ring).map_err(|error| error.to_string())?;
    Ok(opened.plaintext().to_vec())
}

#[test]
fn sealed_chunk_is_pinned() {
    let log = log();
    let chunk = seal_chunk(
        &SealInput {
            workspace: wire::WorkspaceId([5; 16]),
            membership_head: RecordId([6; 32]),
            ..input(&log, b"hello")
        },
        &key(1),
        &device(2),
    )
    .unwrap();
    // A new version of zstd may compress otherwise; anything else that moves this breaks the format.
    assert_eq!(chunk.id().to_string(), "057c63c145f45521d88f3e91dc559a398ad4917c40220c9fe4798c0a96c0176e");
}

#[test]
fn every_member_opens_with_the_keys_of_the_log() {
    let log = log();
    let chunk = sealed(&log, b"hello");
    for seed in [1, 2] {
        let ring = KeyRing::from_log(&log, &device(seed));
        assert_eq!(open(chunk.clone(), &log, &ring).unwrap(), b"hello");
    }
    let stranger = KeyRing::from_log(&log, &device(9));
    let verified = VerifiedChunk::verify(chunk, &log).unwrap();
    assert_eq!(verified.role(), Role::Staff);
    assert!(matches!(verified.open(&stranger), Err(OpenError::MissingKey { epoch: 1, .. })));
}

#[test]
fn any_flipped_bit_fails() {
    let log = log();
    let chunk = sealed(&log, b"hello");
    let keys = ring(1, key(1));
    for bit in 0..chunk.as_bytes().len() * 8 {
        let mut bytes = chunk.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(altered) = Chunk::parse(&bytes) else { continue };
        assert!(open(altered, &log, &keys).is_err(), "bit {bit}");
    }
}

#[test]
fn ciphertext_signed_again_by_another_member_does_not_open() {
    // Device 1 takes the ciphertext of device 2 and claims it under its own, valid signature.
    let log = log();
    let chunk = sealed(&log, b"hello");
    let mut header = chunk.header().clone();
    header.device = device(1).device_id();
    let stolen = Chunk::sign(&header, chunk.ciphertext(), device(1).signing()).unwrap();
    let verified = VerifiedChunk::verify(stolen, &log).unwrap();
    assert!(matches!(verified.open(&ring(1, key(1))), Err(OpenError::Forged { .. })));
}

#[test]
fn wrong_key_never_opens() {
    let log = log();
    let verified = VerifiedChunk::verify(sealed(&log, b"hello"), &log).unwrap();
    assert!(matches!(verified.open(&ring(1, key(9))), Err(OpenError::WrongKey { .. })));
}

#[test]
fn unverified_chunk_comes_back_with_its_reason() {
    let log = log();
    let chunk = seal_chunk(&input(&log, b"x"), &key(1), &device(9)).unwrap();
    let error = VerifiedChunk::verify(chunk.clone(), &log).unwrap_err();
    let VerifyError::Refused { chunk: back, refusal } = error else { panic!("{error:?}") };
    assert_eq!(*back, chunk);
    assert_eq!(refusal, Refusal::UnknownDevice { device: device(9).device_id() });
}

#[test]
fn too_much_plaintext_is_an_error_and_the_promised_amount_fits() {
    let log = log();
    let zeros = vec![0; PLAINTEXT_BYTES_MAX + 1];
    let error = seal_chunk(&input(&log, &zeros), &key(1), &device(2));
    assert!(matches!(error, Err(SealError::TooLarge { .. })));
    let mut noise = vec![0; PLAINTEXT_FITS_BYTES];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    let chunk = seal_chunk(&input(&log, &noise), &key(1), &device(2)).unwrap();
    assert_eq!(open(chunk, &log, &ring(1, key(1))).unwrap(), noise);
    noise.resize(wire::limits::CHUNK_BYTES_MAX + 1, 0);
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    let error = seal_chunk(&input(&log, &noise), &key(1), &device(2));
    assert!(matches!(error, Err(SealError::TooLarge { .. })));
}

#[test]
fn one_new_wrap_opens_history_and_the_revoked_get_nothing_new() {
    let mut log = log();
    let old = sealed(&log, b"before");
    let rotation = Rotation {
        space: SPACE,
        epoch: 2,
        commitment: key(2).commitment(),
        previous_key_sealed: seal_previous_epoch(&key(1), &key(2), SPACE, 2, [7; 24]),
        wraps: vec![wrap_key(&key(2), SPACE, 2, device(1).public(), [8; 32]).unwrap()],
    };
    let revoked = DeviceRevoked {
        device: device(2).device_id(),
        cut_offs: vec![wire::membership::CutOff {
            space: SPACE,
            incarnation: Incarnation([3; 8]),
            device_seq: 1,
            chunk: old.id(),
        }],
        rotations: vec![rotation],
    };
    append(&mut log, Body::DeviceRevoked(revoked));
    let added = DeviceAdded {
        keys: *device(3).public(),
        role: Role::Teacher,
        spaces: vec![SPACE],
        invite: None,
        wraps: vec![wrap_key(&key(2), SPACE, 2, device(3).public(), [9; 32]).unwrap()],
    };
    append(&mut log, Body::DeviceAdded(added));
    let late_joiner = KeyRing::from_log(&log, &device(3));
    assert_eq!(late_joiner.iter().count(), 2);
    assert_eq!(open(old, &log, &late_joiner).unwrap(), b"before");
    let revoked = KeyRing::from_log(&log, &device(2));
    assert!(revoked.get(SPACE, 1).is_some() && revoked.get(SPACE, 2).is_none());
}

#[test]
fn chunk_past_the_cut_off_opens_for_review_alone() {
    let mut log = log();
    let chunk = sealed(&log, b"late");
    let rotation = Rotation {
        space: SPACE,
        epoch: 2,
        commitment: key(2).commitment(),
        previous_key_sealed: seal_previous_epoch(&key(1), &key(2), SPACE, 2, [7; 24]),
        wraps: vec![],
    };
    let device = device(2).device_id();
    append(
        &mut log,
        Body::DeviceRevoked(DeviceRevoked { device, cut_offs: vec![], rotations: vec![rotation] }),
    );
    let error = VerifiedChunk::verify(chunk.clone(), &log).unwrap_err();
    assert!(matches!(error, VerifyError::PastCutOff { role: Role::Staff, .. }));
    let reviewed = VerifiedChunk::verify_for_review(chunk, &log).unwrap();
    assert!(reviewed.is_past_cut_off());
    assert_eq!(reviewed.open(&ring(1, key(1))).unwrap().plaintext(), b"late");
}

proptest! {
    #[test]
    fn open_undoes_seal(plaintext in proptest::collection::vec(any::<u8>(), 0..5_000)) {
        let log = log();
        prop_assert_eq!(open(sealed(&log, &plaintext), &log, &ring(1, key(1))).unwrap(), plaintext);
    }
}
