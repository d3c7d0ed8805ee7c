//! What happened to a document, read from the changes themselves.

use std::collections::HashMap;

use automerge::legacy::{self, ObjectId};

use crate::{ChangeHash, DocChange, HybridTime, RegisterValue, Stamp};

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
    /// What its author saw there, the value that was shown first; several when the author settled a disagreement.
    pub before: Vec<HistoryValue>,
    /// What the author wrote.
    pub after: HistoryValue,
}

/// When, by whom and what.
type Written = (HybridTime, wire::ActorId, RegisterValue);

/// Reads the writes of changes that are ordered so that each follows what it stands on.
pub(crate) fn of_changes(changes: &[DocChange]) -> Vec<HistoryEntry> {
    let mut written: HashMap<(u64, Vec<u8>), Written> = HashMap::new();
    let mut entries = Vec::new();
    for change in changes {
        let expanded = change.inner().decode();
        let actor = expanded.actor_id.to_bytes().to_vec();
        let stamp = change.stamp();
        let time = stamp.map_or(HybridTime::default(), |stamp| stamp.time);
        let mut cleared: HashMap<String, Vec<Written>> = HashMap::new();
        for (index, op) in expanded.operations.iter().enumerate() {
            let (ObjectId::Root, legacy::Key::Map(key)) = (&op.obj, &op.key) else { continue };
            let mut before: Vec<Written> = op
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
            written.insert(id, (time, change.actor(), after.clone()));
            if let Some(earlier) = cleared.remove(key.as_str()) {
                before.extend(earlier);
            }
            // As the author saw them: of several values the greatest (hybrid time, actor) was shown.
            before.sort_by_key(|(time, actor, _)| std::cmp::Reverse((*time, *actor)));
            entries.push(HistoryEntry {
                change: change.hash(),
                actor: change.actor(),
                stamp,
                key: key.to_string(),
                before: before.into_iter().map(|(_, _, value)| value).collect(),
                after,
            });
        }
    }
    entries.sort_by_key(|entry| (entry.stamp.map(|stamp| stamp.time), entry.actor));
    entries
}
