//! What happened to a document, read from the changes themselves.

use std::collections::HashMap;

use automerge::legacy::{self, ObjectId};

use crate::{ChangeHash, DocChange, RegisterValue, Stamp};

/// What a register held before or after.
pub type HistoryValue = RegisterValue;

/// One write of one register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The change that wrote it.
    pub change: ChangeHash,
    /// The actor of that change.
    pub actor: wire::ActorId,
    /// Its stamp; `None` if the program that made it wrote none that can be read.
    pub stamp: Option<Stamp>,
    /// The register.
    pub key: String,
    /// What its author saw there; several when the author settled a disagreement.
    pub before: Vec<HistoryValue>,
    /// What the author wrote.
    pub after: HistoryValue,
}

/// Reads the writes of changes that are ordered so that each follows what it stands on.
pub(crate) fn of_changes(changes: &[DocChange]) -> Vec<HistoryEntry> {
    let mut written: HashMap<(u64, Vec<u8>), RegisterValue> = HashMap::new();
    let mut entries = Vec::new();
    for change in changes {
        let expanded = change.inner().decode();
        let actor = expanded.actor_id.to_bytes().to_vec();
        let stamp = change.stamp();
        let mut cleared: HashMap<String, Vec<RegisterValue>> = HashMap::new();
        for (index, op) in expanded.operations.iter().enumerate() {
            let (ObjectId::Root, legacy::Key::Map(key)) = (&op.obj, &op.key) else { continue };
            let mut before: Vec<RegisterValue> = op
                .pred
                .iter()
                .filter_map(|id| written.get(&(id.0, id.1.to_bytes().to_vec())).cloned())
                .collect();
            let legacy::OpType::Put(scalar) = &op.action else {
                // A disagreement is settled by a delete and a put in one change.
                cleared.insert(key.to_string(), before);
                continue;
            };
            let Some(after) = RegisterValue::from_scalar(scalar) else { continue };
            let id = (expanded.start_op.get() + index as u64, actor.clone());
            written.insert(id, after.clone());
            if let Some(earlier) = cleared.remove(key.as_str()) {
                before.extend(earlier);
            }
            entries.push(HistoryEntry {
                change: change.hash(),
                actor: change.actor(),
                stamp,
                key: key.to_string(),
                before,
                after,
            });
        }
    }
    entries.sort_by_key(|entry| (entry.stamp.map(|stamp| stamp.time), entry.actor));
    entries
}
