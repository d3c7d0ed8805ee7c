use data_encoding::HEXLOWER;
use proptest::prelude::*;

use super::*;

fn header() -> ChunkHeader {
    ChunkHeader {
        kind: ChunkKind::Edit,
        workspace: WorkspaceId([0x11; 16]),
        space: SpaceId([0x22; 16]),
        epoch: 3,
        key_commitment: KeyCommitment([0x33; 32]),
        device: DeviceId([0x44; 16]),
        incarnation: Incarnation([0x55; 8]),
        device_seq: 7,
        previous: ChunkId([0x66; 32]),
        voids: Some(ChunkId([0x77; 32])),
        membership_head: RecordId([0x88; 32]),
        nonce: [0x99; 24],
    }
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

#[test]
fn layout_is_pinned() {
    let chunk = Chunk::sign(&header(), &[0xcc; 20], &key()).unwrap();
    let expected = concat!(
        "514e4301",
        "01",
        "11111111111111111111111111111111",
        "22222222222222222222222222222222",
        "03000000",
        "3333333333333333333333333333333333333333333333333333333333333333",
        "44444444444444444444444444444444",
        "5555555555555555",
        "0700000000000000",
        "6666666666666666666666666666666666666666666666666666666666666666",
        "7777777777777777777777777777777777777777777777777777777777777777",
        "8888888888888888888888888888888888888888888888888888888888888888",
        "999999999999999999999999999999999999999999999999",
        "cccccccccccccccccccccccccccccccccccccccc",
        "fa5100c15f9262f4b381ef02ec7c0be9ee686b20b60640f7508c765eb49c6a6e4e7fc61c84479907e22448456c43034a99f47e102cb96d8c164b8900061d4609",
    );
    assert_eq!(HEXLOWER.encode(chunk.as_bytes()), expected);
    assert_eq!(chunk.id().to_string(), "72d1076761651d172fee13f7523d118517d8278026b41348d2fba458b2a83443");
    let again = Chunk::parse(chunk.as_bytes()).unwrap();
    assert_eq!(again.header(), &header());
    again.verify_signature(&key().verifying_key()).unwrap();
}

#[test]
fn absent_void_is_zero_on_the_wire() {
    let bytes = ChunkHeader { voids: None, ..header() }.to_bytes();
    assert_eq!(bytes[137..169], [0; 32]);
    assert_eq!(ChunkHeader::parse(&bytes).unwrap().voids, None);
}

#[test]
fn any_flipped_bit_fails() {
    let chunk = Chunk::sign(&header(), &[0xcc; 20], &key()).unwrap();
    for at in 0..chunk.as_bytes().len() * 8 {
        let mut bytes = chunk.as_bytes().to_vec();
        bytes[at / 8] ^= 1 << (at % 8);
        let Ok(altered) = Chunk::parse(&bytes) else { continue };
        assert!(altered.verify_signature(&key().verifying_key()).is_err(), "bit {at}");
        assert_ne!(altered.id(), chunk.id());
    }
}

#[test]
fn contradictions_are_refused() {
    let cases = [
        ChunkHeader { device_seq: 0, ..header() },
        ChunkHeader { epoch: 0, ..header() },
        ChunkHeader { device_seq: 1, ..header() },
        ChunkHeader { previous: ChunkId::ZERO, ..header() },
    ];
    for case in cases {
        assert_eq!(Chunk::sign(&case, &[0; 16], &key()), Err(ChunkError::Inconsistent));
    }
}

#[test]
fn too_large_is_refused_before_reading() {
    let bytes = vec![0; CHUNK_BYTES_MAX + 1];
    assert_eq!(Chunk::parse(&bytes), Err(ChunkError::TooLarge { bytes: bytes.len() }));
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = Chunk::parse(&bytes);
    }

    #[test]
    fn truncation_never_verifies(length in 0usize..309) {
        let chunk = Chunk::sign(&header(), &[0xcc; 20], &key()).unwrap();
        let read = Chunk::parse(&chunk.as_bytes()[..length]);
        let verified = read.is_ok_and(|cut| cut.verify_signature(&key().verifying_key()).is_ok());
        prop_assert!(!verified);
    }
}
