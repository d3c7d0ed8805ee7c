//! What the records so far amount to, and the past that verdicts need.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    Body, DeviceRevoked, Member, Record, RecordError, Role, RoleChanged, Rotation, body::read_key, rules,
};
use crate::{Blob, ChunkId, DeviceId, DocId, InviteId, KeyCommitment, RecordId, RelayId, SpaceId, invite_id};

/// An invite in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Checks that a joining device holds the code.
    pub verifying: [u8; 32],
    /// The role that the device will have.
    pub role: Role,
    /// The spaces that it will read.
    pub spaces: Vec<SpaceId>,
    /// When it ends.
    pub expires_at_ms: u64,
    /// Who made it.
    pub made_by: DeviceId,
    /// False once it was used or withdrawn.
    pub is_open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Epoch {
    pub(super) commitment: KeyCommitment,
    pub(super) previous_key_sealed: Option<Blob>,
}

/// The fold of a membership log.
#[derive(Debug, Clone, Default)]
pub struct MembershipState {
    head: RecordId,
    positions: HashMap<RecordId, u64>,
    members: BTreeMap<DeviceId, Member>,
    epochs: BTreeMap<SpaceId, Vec<Epoch>>,
    shared_space: Option<SpaceId>,
    invites: BTreeMap<InviteId, Invite>,
    authority: Option<RelayId>,
    adopted_chunks: HashSet<ChunkId>,
    adopted_changes: HashSet<[u8; 32]>,
    erased_docs: BTreeSet<DocId>,
    erased_chunks: HashSet<ChunkId>,
}

impl MembershipState {
    /// Verifies a record and lets it take effect.
    ///
    /// # Errors
    /// [`RecordError`] if it does not hold; nothing has changed then.
    pub fn apply(&mut self, record: &Record) -> Result<(), RecordError> {
        if record.previous() != self.head {
            return Err(RecordError::NotHead { previous: record.previous(), head: self.head });
        }
        rules::check(self, record)?;
        let position = self.positions.len() as u64;
        self.take_effect(record, position);
        self.positions.insert(record.id(), position);
        self.head = record.id();
        Ok(())
    }

    /// The newest record; [`RecordId::ZERO`] before the first.
    pub fn head(&self) -> RecordId {
        self.head
    }

    /// Where a record stands in the log, from 0; `None` if it is not in it.
    pub fn position(&self, record: RecordId) -> Option<u64> {
        self.positions.get(&record).copied()
    }

    /// A device, revoked ones included.
    pub fn device(&self, device: DeviceId) -> Option<&Member> {
        self.members.get(&device)
    }

    /// All devices, revoked ones included, in order of their names.
    pub fn members(&self) -> impl Iterator<Item = (DeviceId, &Member)> {
        self.members.iter().map(|(device, member)| (*device, member))
    }

    /// What `device` might do when `head` was the newest record; `None` if either is unknown, or the device
    /// was added later.
    pub fn standing_at(&self, device: DeviceId, head: RecordId) -> Option<&super::Standing> {
        self.members.get(&device)?.standing_at(self.position(head)?)
    }

    /// All spaces, in order of their names.
    pub fn spaces(&self) -> impl Iterator<Item = SpaceId> {
        self.epochs.keys().copied()
    }

    /// The space for definitions, staff and the index of contact points; `None` before founding.
    pub fn shared_space(&self) -> Option<SpaceId> {
        self.shared_space
    }

    /// The current epoch of a space, from 1; `None` if the space is unknown.
    pub fn epoch(&self, space: SpaceId) -> Option<u32> {
        let epochs = self.epochs.get(&space)?;
        Some(u32::try_from(epochs.len()).unwrap_or(u32::MAX))
    }

    /// Commitment to the key of an epoch.
    pub fn commitment(&self, space: SpaceId, epoch: u32) -> Option<KeyCommitment> {
        self.epoch_entry(space, epoch).map(|entry| entry.commitment)
    }

    /// The key of the epoch before `epoch`, sealed under the key of `epoch`; `None` for the first one.
    pub fn previous_key_sealed(&self, space: SpaceId, epoch: u32) -> Option<&Blob> {
        self.epoch_entry(space, epoch)?.previous_key_sealed.as_ref()
    }

    /// Tells whether new chunks must be sealed with a newer key. An unknown space is never stale.
    pub fn is_stale(&self, space: SpaceId, epoch: u32) -> bool {
        self.epoch(space).is_some_and(|current| epoch < current)
    }

    /// An invite, spent ones included.
    pub fn invite(&self, invite: InviteId) -> Option<&Invite> {
        self.invites.get(&invite)
    }

    /// All invites, spent ones included.
    pub fn invites(&self) -> impl Iterator<Item = (InviteId, &Invite)> {
        self.invites.iter().map(|(id, invite)| (*id, invite))
    }

    /// The relay that answers APPEND and CLAIM; `None` before founding.
    pub fn authority(&self) -> Option<RelayId> {
        self.authority
    }

    /// Tells whether an adoption names the chunk.
    pub fn is_adopted(&self, chunk: ChunkId) -> bool {
        self.adopted_chunks.contains(&chunk)
    }

    /// Tells whether an adoption names the change, by its hash.
    pub fn is_change_adopted(&self, change: &[u8; 32]) -> bool {
        self.adopted_changes.contains(change)
    }

    /// Tells whether an erasure names the chunk.
    pub fn is_erased(&self, chunk: ChunkId) -> bool {
        self.erased_chunks.contains(&chunk)
    }

    /// Tells whether an erasure names the document.
    pub fn is_doc_erased(&self, doc: DocId) -> bool {
        self.erased_docs.contains(&doc)
    }

    pub(super) fn active_owners(&self) -> usize {
        self.members.values().filter(|member| member.is_active() && member.role() == Role::Owner).count()
    }

    fn epoch_entry(&self, space: SpaceId, epoch: u32) -> Option<&Epoch> {
        let index = usize::try_from(epoch.checked_sub(1)?).ok()?;
        self.epochs.get(&space)?.get(index)
    }

    fn take_effect(&mut self, record: &Record, position: u64) {
        match record.body() {
            Body::Founded(body) => {
                self.begin_space(body.shared_space, body.commitment);
                self.shared_space = Some(body.shared_space);
                self.authority = Some(body.authority);
                let spaces = BTreeSet::from([body.shared_space]);
                let founder = Member::new(body.keys, position, Role::Owner, spaces);
                self.members.insert(record.signer(), founder);
            }
            Body::SpaceAdded(body) => {
                self.begin_space(body.space, body.commitment);
                for wrap in &body.wraps {
                    self.open_space(wrap.device, body.space, position);
                }
            }
            Body::DeviceAdded(body) => {
                let spaces = body.spaces.iter().copied().collect();
                let member = Member::new(body.keys, position, body.role, spaces);
                self.members.insert(body.keys.device_id(), member);
                if let Some(invite) = body.invite.and_then(|id| self.invites.get_mut(&id)) {
                    invite.is_open = false;
                }
            }
            Body::RoleChanged(body) => self.change_role(body, position),
            Body::DeviceRevoked(body) => self.revoke(body, position),
            Body::InviteMade(body) => {
                let invite = Invite {
                    verifying: body.verifying,
                    role: body.role,
                    spaces: body.spaces.clone(),
                    expires_at_ms: body.expires_at_ms,
                    made_by: record.signer(),
                    is_open: true,
                };
                self.invites.insert(invite_id(&body.verifying), invite);
            }
            Body::InviteWithdrawn(body) => {
                if let Some(invite) = self.invites.get_mut(&body.invite) {
                    invite.is_open = false;
                }
            }
            Body::AuthorityChanged(body) => self.authority = Some(body.authority),
            Body::Adoption(body) => {
                self.adopted_chunks.extend(&body.chunks);
                self.adopted_changes.extend(&body.changes);
            }
            Body::Erasure(body) => {
                self.erased_docs.extend(&body.docs);
                self.erased_chunks.extend(&body.chunks);
            }
            Body::Unknown { .. } => {}
        }
    }

    fn change_role(&mut self, body: &RoleChanged, position: u64) {
        if let Some(member) = self.members.get_mut(&body.device) {
            member.limit(position, rules::spaces_shrunk(member, body), body.cut_offs.clone());
            member.change(position, body.role, body.spaces.iter().copied().collect(), true);
        }
        self.rotate(&body.rotations);
    }

    fn revoke(&mut self, body: &DeviceRevoked, position: u64) {
        if let Some(member) = self.members.get_mut(&body.device) {
            let (role, spaces) = (member.role(), member.standing().spaces.clone());
            // Spaces that it lost before have a limit of their own already.
            member.limit(position, spaces.clone(), body.cut_offs.clone());
            member.change(position, role, spaces, false);
        }
        self.rotate(&body.rotations);
    }

    fn begin_space(&mut self, space: SpaceId, commitment: KeyCommitment) {
        self.epochs.insert(space, vec![Epoch { commitment, previous_key_sealed: None }]);
    }

    fn open_space(&mut self, device: DeviceId, space: SpaceId, position: u64) {
        let Some(member) = self.members.get_mut(&device) else { return };
        let mut spaces = member.standing().spaces.clone();
        if spaces.insert(space) {
            member.change(position, member.role(), spaces, true);
        }
    }

    fn rotate(&mut self, rotations: &[Rotation]) {
        for rotation in rotations {
            let previous_key_sealed = Some(rotation.previous_key_sealed.clone());
            let epoch = Epoch { commitment: rotation.commitment, previous_key_sealed };
            self.epochs.entry(rotation.space).or_default().push(epoch);
        }
    }
}

impl Invite {
    /// Reads the verifying key.
    ///
    /// # Errors
    /// [`RecordError::BadKey`] if it is not usable.
    pub fn verifying_key(&self) -> Result<ed25519_dalek::VerifyingKey, RecordError> {
        read_key(&self.verifying)
    }

    /// Tells whether a device may still answer it at `now_ms`.
    pub fn is_usable(&self, now_ms: u64) -> bool {
        self.is_open && now_ms <= self.expires_at_ms
    }
}
