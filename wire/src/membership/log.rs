//! The log itself: its records in order, and the state they amount to.

use super::{DevicePublicKeys, MembershipState, Record, RecordError, Wrap};
use crate::{DeviceId, RecordId, WorkspaceId};

/// The membership log of a workspace, as far as it is known here.
#[derive(Debug, Clone)]
pub struct MembershipLog {
    workspace: WorkspaceId,
    records: Vec<Record>,
    state: MembershipState,
}

impl MembershipLog {
    /// Starts an empty log, which accepts only the record that founded `workspace`.
    pub fn new(workspace: WorkspaceId) -> Self {
        Self { workspace, records: Vec::new(), state: MembershipState::default() }
    }

    /// Reads a log that was stored, and verifies every record again.
    ///
    /// # Errors
    /// [`RecordError`] of the first record that does not hold.
    pub fn replay<'a>(
        workspace: WorkspaceId,
        records: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, RecordError> {
        let mut log = Self::new(workspace);
        for bytes in records {
            log.append(Record::parse(bytes)?)?;
        }
        Ok(log)
    }

    /// Verifies a record and appends it.
    ///
    /// # Errors
    /// [`RecordError`] if it does not follow the head, is not signed by a device that may, or asks for
    /// something impossible. The log is then as before.
    pub fn append(&mut self, record: Record) -> Result<(), RecordError> {
        if self.records.is_empty() && record.founded_workspace() != self.workspace {
            return Err(RecordError::OtherWorkspace { expected: self.workspace });
        }
        self.state.apply(&record)?;
        self.records.push(record);
        Ok(())
    }

    /// The workspace.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// What the records amount to.
    pub fn state(&self) -> &MembershipState {
        &self.state
    }

    /// The newest record; [`RecordId::ZERO`] of an empty log.
    pub fn head(&self) -> RecordId {
        self.state.head()
    }

    /// All records in order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records after `after` ([`RecordId::ZERO`]: all), or `None` if `after` is not in this log.
    pub fn since(&self, after: RecordId) -> Option<&[Record]> {
        if after == RecordId::ZERO {
            return Some(&self.records);
        }
        let position = self.state.position(after)?;
        self.records.get(usize::try_from(position).ok()? + 1..)
    }

    /// Every key that was ever wrapped to `device`, oldest first.
    pub fn wraps_for(&self, device: DeviceId) -> impl Iterator<Item = &Wrap> {
        self.records.iter().flat_map(|record| record.body().wraps()).filter(move |wrap| wrap.device == device)
    }

    /// The keys of every device that is active and reads `space`: those that a new epoch is wrapped to.
    pub fn readers(&self, space: crate::SpaceId) -> impl Iterator<Item = &DevicePublicKeys> {
        self.state.members().filter(move |(_, member)| member.reads(space)).map(|(_, member)| &member.keys)
    }
}
