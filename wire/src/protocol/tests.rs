use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;
use crate::{Blob, Incarnation, Lineage, LogHash, RelayId, membership::DevicePublicKeys};

fn keys() -> (SigningKey, DevicePublicKeys) {
    let key = SigningKey::from_bytes(&[3; 32]);
    let public = DevicePublicKeys { verifying: key.verifying_key().to_bytes(), hpke: [4; 32] };
    (key, public)
}

fn hello() -> Hello {
    let (key, keys) = keys();
    let challenge = Challenge {
        relay: RelayId([1; 32]),
        versions: (1, 1),
        relay_time_ms: 1_700_000_000_000,
        seal: [2; 32],
    };
    let terms = HelloTerms {
        challenge,
        audience: RelayId([1; 32]),
        versions: (1, 1),
        workspace: WorkspaceId([5; 16]),
        keys,
        incarnation: Incarnation([6; 8]),
    };
    Hello::sign(terms, &key)
}

fn hash_of<T: Serialize>(message: &T) -> String {
    blake3::hash(&encode(message)).to_hex().to_string()
}

#[test]
fn requests_are_pinned() {
    let pull = Request::Pull(Pull {
        space: SpaceId([1; 16]),
        after_seq: 300,
        hash_at: LogHash([2; 32]),
        bytes_max: 65_536,
    });
    assert_eq!(
        HEXLOWER.encode(&encode(&pull)),
        "0201010101010101010101010101010101ac020202020202020202020202020202020202020202020202020202020202020202808004"
    );
    let put = Request::Put(Put { chunks: vec![Blob(vec![9, 9])], is_refill: true });
    assert_eq!(HEXLOWER.encode(&encode(&put)), "050102090901");
    let append =
        Request::Append(Append { previous: RecordId([7; 32]), record: Blob(vec![8]), is_refill: false });
    assert_eq!(
        HEXLOWER.encode(&encode(&append)),
        "060707070707070707070707070707070707070707070707070707070707070707010800"
    );
    assert_eq!(HEXLOWER.encode(&encode(&Request::Challenge)), "00");
    assert_eq!(
        hash_of(&Request::Hello(hello())),
        "614b6089c34d9c2b557ed57af136765336672248345c040fa592ded0938109ac"
    );
    let (key, keys) = keys();
    let request = JoinRequest::sign(WorkspaceId([5; 16]), keys, Blob(vec![1, 2, 3]), &key);
    assert_eq!(
        hash_of(&Request::JoinPut { workspace: WorkspaceId([5; 16]), request }),
        "323a8d4d286d1a579883331ee0a5f7bb4b4075f4fc05a5b54334f137d2a6da77"
    );
}

#[test]
fn responses_are_pinned() {
    let head = SpaceHead { space: SpaceId([1; 16]), seq: 2, hash: LogHash([3; 32]) };
    let entry = Entry { seq: 2, id: ChunkId([4; 32]), chunk: None };
    let page = Response::Pulled(PullAnswer::Page(Page { entries: vec![entry], has_more: true, head }));
    assert_eq!(
        HEXLOWER.encode(&encode(&page)),
        "020001020404040404040404040404040404040404040404040404040404040404040404000101010101010101010101010101010101020303030303030303030303030303030303030303030303030303030303030303"
    );
    let rebase = Response::Pulled(PullAnswer::Rebase { lineage: Lineage([5; 16]), head });
    assert_eq!(
        HEXLOWER.encode(&encode(&rebase)),
        "02010505050505050505050505050505050501010101010101010101010101010101020303030303030303030303030303030303030303030303030303030303030303"
    );
    let outcomes = vec![
        PutOutcome::Ack { seq: 1 },
        PutOutcome::Duplicate { seq: 1 },
        PutOutcome::EpochStale { current: 2 },
        PutOutcome::Revoked,
        PutOutcome::DeviceFork { held: ChunkId([6; 32]) },
        PutOutcome::Quota,
        PutOutcome::LogBehind { head: RecordId([7; 32]) },
        PutOutcome::Refused(PutRefusal::Erased),
    ];
    assert_eq!(
        HEXLOWER.encode(&encode(&Response::Put(outcomes))),
        "050800010101020203040606060606060606060606060606060606060606060606060606060606060606050607070707070707070707070707070707070707070707070707070707070707070708"
    );
    let fault = Response::Fault(Fault::new(FaultCode::NotSupported, "no"));
    assert_eq!(HEXLOWER.encode(&encode(&fault)), "0b0a026e6f");
}

#[test]
fn hello_for_one_relay_is_not_signed_for_another() {
    let mut hello = hello();
    assert!(hello.is_signed());
    hello.terms.audience = RelayId([9; 32]);
    assert!(!hello.is_signed());
}

#[test]
fn join_request_holds_for_its_workspace_and_keys_alone() {
    let (invite, keys) = keys();
    let workspace = WorkspaceId([5; 16]);
    let request = JoinRequest::sign(workspace, keys, Blob(vec![1]), &invite);
    let key = invite.verifying_key();
    assert_eq!(request.verify(workspace, &key), Ok(()));
    assert_eq!(request.verify(WorkspaceId([6; 16]), &key), Err(JoinRequestError::BadSignature));
    let mut other = request.clone();
    other.keys.hpke = [9; 32];
    assert_eq!(other.verify(workspace, &key), Err(JoinRequestError::BadSignature));
    let long = JoinRequest::sign(workspace, keys, Blob(vec![0; 513]), &invite);
    assert_eq!(long.verify(workspace, &key), Err(JoinRequestError::LabelTooLong));
}

#[test]
fn bytes_after_a_message_are_refused() {
    assert!(decode::<Request>(&[0]).is_ok());
    assert!(decode::<Request>(&[0, 0]).is_err());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode::<Request>(&bytes);
        let _ = decode::<Response>(&bytes);
    }
}
