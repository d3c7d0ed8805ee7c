//! The losing side of a fork: what a restored or cloned device wrote under an actor that lives elsewhere is
//! written again under its new actor, with its old stamps.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{ChangeHash, DocChange, Document, HybridTime, Put, Stamp};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{ActorId, DocId};

use super::{
    Acted, Engine, EngineError, announcements,
    project::{self, Before},
};
use crate::{
    id::AtMs,
    store::{NewChange, StoreError, change_log},
};

/// Changes by document.
pub type Changes = BTreeMap<DocId, BTreeSet<ChangeHash>>;

impl Engine {
    /// Replaces own changes that nobody else has seen by changes of `actor` that write the same, writes those
    /// `again` that wait for what does not count any more, and whatever `also` writes, in one commit.
    ///
    /// # Errors
    /// [`EngineError`] if the disk refuses; then nothing took effect.
    pub fn replay(
        &mut self,
        lost: &Changes,
        again: &Changes,
        actor: ActorId,
        at: AtMs,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Acted, EngineError> {
        let mut written = Vec::new();
        let docs: BTreeSet<_> = lost.keys().chain(again.keys()).copied().collect();
        let none = BTreeSet::new();
        for doc in &docs {
            self.cache.pop(doc);
            let before = super::load(&self.conn, *doc)?;
            let (lost, again) = (lost.get(doc).unwrap_or(&none), again.get(doc).unwrap_or(&none));
            let (document, changes) = rewrite(&before, lost, again, actor)?;
            let space = change_log::space_of(&self.conn, *doc)?.unwrap_or(self.author.shared_space);
            written.push((document, space, changes));
        }
        let docs: Vec<_> = docs.into_iter().collect();
        let changed = announcements(&docs, "local");
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (doc, hash) in lost.iter().flat_map(|(doc, hashes)| hashes.iter().map(move |hash| (doc, hash))) {
            change_log::remove(&tx, *doc, *hash)?;
        }
        for (document, space, changes) in &written {
            for change in changes {
                let new = NewChange {
                    doc: document.id(),
                    space: *space,
                    change,
                    is_local: true,
                    received_at_ms: at,
                };
                change_log::append(&tx, new)?;
            }
            project::document(&tx, document, &Before::Unknown)?;
        }
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(Acted { docs, changed })
    }
}

fn rewrite(
    before: &Document,
    lost: &BTreeSet<ChangeHash>,
    again: &BTreeSet<ChangeHash>,
    actor: ActorId,
) -> Result<(Document, Vec<DocChange>), EngineError> {
    let mut by_time: BTreeMap<(HybridTime, ChangeHash), (Stamp, Vec<Put>)> = BTreeMap::new();
    for entry in before.history().into_iter().filter(|entry| lost.contains(&entry.change)) {
        let Some(stamp) = entry.stamp else { continue };
        let group = by_time.entry((stamp.time, entry.change)).or_insert_with(|| (stamp, Vec::new()));
        group.1.push(Put { rivals: entry.rivals, ..Put::new(entry.key, entry.after) });
    }
    for change in before.waiting() {
        let hash = change.hash();
        if let Some(stamp) = change.stamp().filter(|_| lost.contains(&hash) || again.contains(&hash)) {
            by_time.insert((stamp.time, hash), (stamp, change.puts()));
        }
    }
    let kept = before.changes().into_iter().chain(before.waiting().iter().cloned());
    let kept = kept.filter(|change| !lost.contains(&change.hash())).collect();
    let mut document = Document::from_changes(before.id(), kept)?;
    let (mut changes, mut renamed) = (Vec::new(), BTreeMap::new());
    for ((_, old), (stamp, mut puts)) in by_time {
        for rival in puts.iter_mut().flat_map(|put| &mut put.rivals) {
            *rival = renamed.get(rival).copied().unwrap_or(*rival);
        }
        if let Some(edited) = document.edit(actor, stamp, &puts)? {
            renamed.insert(old, edited.change.hash());
            changes.push(edited.change);
        }
    }
    Ok((document, changes))
}
