//! A workspace with devices that make chunks. What is inside them is noise: the relay cannot tell.

use ed25519_dalek::SigningKey;
use relay::{Caller, Store, handle};
use wire::{
    Blob, Chunk, ChunkHeader, ChunkId, ChunkKind, DeviceId, Incarnation, KeyCommitment, RecordId, RelayId,
    SpaceId, WorkspaceId,
    membership::{
        Body, CutOff, DeviceAdded, DevicePublicKeys, DeviceRevoked, Founded, MembershipLog, Record, Role,
        Rotation,
    },
    protocol::{
        Append, Appended, Challenge, Hello, HelloTerms, Pull, PullAnswer, Put, PutOutcome, Request, Response,
        Welcome,
    },
};

pub(crate) const SPACE: SpaceId = SpaceId([1; 16]);
pub(crate) const NOW_MS: u64 = 1_700_000_000_000;
pub(crate) const INCARNATION: Incarnation = Incarnation([3; 8]);

pub(crate) fn commitment(epoch: u32) -> KeyCommitment {
    KeyCommitment([epoch as u8; 32])
}

/// A device that seals noise and remembers its chain.
pub(crate) struct Device {
    pub(crate) key: SigningKey,
    pub(crate) device_seq: u64,
    pub(crate) previous: ChunkId,
}

impl Device {
    pub(crate) fn new(seed: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[seed; 32]), device_seq: 0, previous: ChunkId::ZERO }
    }

    pub(crate) fn keys(&self) -> DevicePublicKeys {
        DevicePublicKeys { verifying: self.key.verifying_key().to_bytes(), hpke: [9; 32] }
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.keys().device_id()
    }

    pub(crate) fn header(&self, log: &MembershipLog) -> ChunkHeader {
        let epoch = log.state().epoch(SPACE).unwrap();
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&self.device_seq.to_le_bytes());
        ChunkHeader {
            kind: ChunkKind::Edit,
            workspace: log.workspace(),
            space: SPACE,
            epoch,
            key_commitment: commitment(epoch),
            device: self.id(),
            incarnation: INCARNATION,
            device_seq: self.device_seq + 1,
            previous: self.previous,
            voids: None,
            membership_head: log.head(),
            nonce,
        }
    }

    pub(crate) fn sign(&self, header: &ChunkHeader) -> Chunk {
        Chunk::sign(header, &[7; 200], &self.key).unwrap()
    }

    /// Makes the next chunk of the chain.
    pub(crate) fn seal(&mut self, log: &MembershipLog) -> Chunk {
        let chunk = self.sign(&self.header(log));
        self.device_seq += 1;
        self.previous = chunk.id();
        chunk
    }

    pub(crate) fn hello(&self, challenge: Challenge, workspace: WorkspaceId) -> Hello {
        let terms = HelloTerms {
            audience: challenge.relay,
            challenge,
            versions: (1, 1),
            workspace,
            keys: self.keys(),
            incarnation: INCARNATION,
        };
        Hello::sign(terms, &self.key)
    }
}

/// An owner and a staff member.
pub(crate) struct Team {
    pub(crate) owner: Device,
    pub(crate) staff: Device,
    pub(crate) log: MembershipLog,
}

impl Team {
    pub(crate) fn new(authority: RelayId) -> Self {
        let (owner, staff) = (Device::new(1), Device::new(2));
        let founded = Founded {
            keys: owner.keys(),
            nonce: [0; 16],
            shared_space: SPACE,
            commitment: commitment(1),
            wraps: vec![],
            authority,
        };
        let record = Record::sign(RecordId::ZERO, NOW_MS, &Body::Founded(founded), &owner.key).unwrap();
        let mut log = MembershipLog::new(record.founded_workspace());
        log.append(record).unwrap();
        let mut team = Self { owner, staff, log };
        let added = DeviceAdded {
            keys: team.staff.keys(),
            role: Role::Staff,
            spaces: vec![SPACE],
            invite: None,
            wraps: vec![],
        };
        team.extend(Body::DeviceAdded(added));
        team
    }

    /// Signs a record by the owner and appends it to the local log.
    pub(crate) fn extend(&mut self, body: Body) -> Record {
        let record = Record::sign(self.log.head(), NOW_MS, &body, &self.owner.key).unwrap();
        self.log.append(record.clone()).unwrap();
        record
    }

    pub(crate) fn revoke_staff(&mut self, cut_offs: Vec<CutOff>) -> Record {
        let epoch = self.log.state().epoch(SPACE).unwrap() + 1;
        let rotation = Rotation {
            space: SPACE,
            epoch,
            commitment: commitment(epoch),
            previous_key_sealed: Blob(vec![0; 72]),
            wraps: vec![],
        };
        let device = self.staff.id();
        self.extend(Body::DeviceRevoked(DeviceRevoked { device, cut_offs, rotations: vec![rotation] }))
    }

    pub(crate) fn owner_caller(&self) -> Caller {
        Caller::Device { workspace: self.log.workspace(), device: self.owner.id() }
    }

    pub(crate) fn staff_caller(&self) -> Caller {
        Caller::Device { workspace: self.log.workspace(), device: self.staff.id() }
    }

    /// The requests that bring a relay's copy of the log up to date.
    pub(crate) fn appends(&self, is_refill: bool) -> Vec<Request> {
        self.log.records().iter().map(|record| append_of(record, is_refill)).collect()
    }

    /// Brings the log to a store.
    pub(crate) fn publish(&self, store: &Store) {
        for request in self.appends(false) {
            let response = handle(store, self.owner_caller(), request, NOW_MS);
            assert!(matches!(response, Response::Append(Appended::Ok { .. })), "{response:?}");
        }
    }
}

pub(crate) fn append_of(record: &Record, is_refill: bool) -> Request {
    let record_bytes = record.as_bytes().into();
    Request::Append(Append { previous: record.previous(), record: record_bytes, is_refill })
}

pub(crate) fn put_of(chunks: &[Chunk], is_refill: bool) -> Request {
    Request::Put(Put { chunks: chunks.iter().map(|chunk| chunk.as_bytes().into()).collect(), is_refill })
}

pub(crate) fn put(store: &Store, caller: Caller, chunks: &[Chunk], is_refill: bool) -> Vec<PutOutcome> {
    match handle(store, caller, put_of(chunks, is_refill), NOW_MS) {
        Response::Put(outcomes) => outcomes,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn pull(store: &Store, caller: Caller, pull: Pull) -> PullAnswer {
    match handle(store, caller, Request::Pull(pull), NOW_MS) {
        Response::Pulled(answer) => answer,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn welcome(store: &Store, device: &Device, workspace: WorkspaceId) -> Welcome {
    let Response::Challenge(challenge) = handle(store, Caller::Anonymous, Request::Challenge, NOW_MS) else {
        panic!("no challenge")
    };
    let hello = Request::Hello(device.hello(challenge, workspace));
    match handle(store, Caller::Anonymous, hello, NOW_MS + 1) {
        Response::Welcome(welcome) => welcome,
        other => panic!("{other:?}"),
    }
}
