//! What happened to a document, read from the changes themselves.

use std::{cmp::Reverse, collections::HashMap};

use automerge::legacy::{self, ObjectId, OpType};

use crate::{
    ChangeHash, DocChange, RegisterValue, Stamp, Version,
    rivals::{self, Named},
};

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
    pub before: Vec<Version>,
    /// What the author wrote.
    pub after: HistoryValue,
    /// The changes whose values the author let stand there again beside each other; empty if `after` stands alone.
    pub rivals: Vec<ChangeHash>,
}

/// An operation: its counter and its actor.
type OpId = (u64, Vec<u8>);

/// What was written so far.
#[derive(Default)]
struct Written {
    /// Every write by its operation: the write itself, and what it stands for.
    by_op: HashMap<OpId, (Version, Vec<Version>)>,
    /// The same writes by change and register.
    by_change: HashMap<(ChangeHash, String), Version>,
}

impl Written {
    /// What somebody saw who wrote over these operations: of several values the greatest (hybrid time, actor) was
    /// shown.
    fn seen(&self, mut ops: Vec<OpId>) -> Vec<Version> {
        ops.dedup();
        let mut writes: Vec<_> = ops.iter().filter_map(|op| self.by_op.get(op)).collect();
        writes.sort_by_key(|(own, _)| Reverse((own.time, own.actor)));
        rivals::together(writes.into_iter().map(|(_, versions)| &versions[..]))
    }

    fn note(&mut self, op: OpId, key: &str, own: Version, named: &[ChangeHash]) {
        let named = named.iter().filter_map(|change| self.by_change.get(&(*change, key.to_owned())).cloned());
        let versions = rivals::stood_for(own.clone(), named.collect::<Vec<_>>());
        self.by_change.insert((own.change, key.to_owned()), own.clone());
        self.by_op.insert(op, (own, versions));
    }
}

/// Reads the writes of changes that are ordered so that each follows what it stands on.
pub(crate) fn of_changes(changes: &[DocChange]) -> Vec<HistoryEntry> {
    let mut written = Written::default();
    let mut entries = Vec::new();
    for change in changes {
        let expanded = change.inner().decode();
        let actor = expanded.actor_id.to_bytes().to_vec();
        let mut named = named(&expanded.operations);
        let mut cleared: HashMap<String, Vec<OpId>> = HashMap::new();
        for (index, op) in expanded.operations.iter().enumerate() {
            let (ObjectId::Root, legacy::Key::Map(key)) = (&op.obj, &op.key) else { continue };
            if rivals::named_by(key).is_some() {
                continue;
            }
            let mut over: Vec<OpId> = op.pred.iter().map(|id| (id.0, id.1.to_bytes().to_vec())).collect();
            let OpType::Put(scalar) = &op.action else {
                // A disagreement is settled by a delete and a put in one change.
                cleared.insert(key.to_string(), over);
                continue;
            };
            let Some(after) = RegisterValue::from_scalar(scalar) else { continue };
            over.extend(cleared.remove(key.as_str()).unwrap_or_default());
            let before = written.seen(over);
            let rivals = named.remove(key.as_str()).unwrap_or_default();
            let id = (expanded.start_op.get() + index as u64, actor.clone());
            written.note(id, key, Version::of(change, after.clone()), &rivals);
            entries.push(HistoryEntry {
                change: change.hash(),
                actor: change.actor(),
                stamp: change.stamp(),
                key: key.to_string(),
                before,
                after,
                rivals,
            });
        }
    }
    entries.sort_by_key(|entry| (entry.stamp.map(|stamp| stamp.time), entry.actor));
    entries
}

/// The rivals that a change names.
fn named(operations: &[legacy::Op]) -> Named {
    let mut named = Named::new();
    for op in operations {
        if let (ObjectId::Root, legacy::Key::Map(key), OpType::Put(scalar)) = (&op.obj, &op.key, &op.action)
            && let (Some(about), Some(value)) = (rivals::named_by(key), RegisterValue::from_scalar(scalar))
        {
            named.insert(about.to_owned(), rivals::from_value(&value));
        }
    }
    named
}
