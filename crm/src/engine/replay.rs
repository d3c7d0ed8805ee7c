//! The losing side of a fork: what a restored or cloned device wrote under an actor that lives elsewhere is
//! written again under its new actor, with its old stamps.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{ChangeHash, Document, HybridTime, Put, Stamp};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{ActorId, DocId};

use super::{Acted, Engine, EngineError, feed_rows, project, put_feed};
use crate::{
    id::AtMs,
    store::{NewChange, StoreError, change_log},
};

impl Engine {
    /// Replaces own changes that nobody else has seen by changes of `actor` that write the same, and whatever
    /// `also` writes, in one commit.
    ///
    /// # Errors
    /// [`EngineError`] if the disk refuses; then nothing took effect.
    pub fn replay(
        &mut self,
        lost: &BTreeMap<DocId, BTreeSet<ChangeHash>>,
        actor: ActorId,
        at: AtMs,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Acted, EngineError> {
        let mut written = Vec::new();
        for (doc, hashes) in lost {
            self.cache.pop(doc);
            let before = super::load(&self.conn, *doc)?;
            let (document, changes) = rewrite(&before, hashes, actor)?;
            let space = change_log::space_of(&self.conn, *doc)?.unwrap_or(self.author.shared_space);
            written.push((document, space, changes));
        }
        let docs: Vec<_> = lost.keys().copied().collect();
        let changed = feed_rows(&docs, "local");
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for hash in lost.values().flatten() {
            change_log::remove(&tx, *hash)?;
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
            project::document(&tx, document)?;
        }
        put_feed(&tx, &changed)?;
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(Acted { docs, changed })
    }
}

fn rewrite(
    before: &Document,
    lost: &BTreeSet<ChangeHash>,
    actor: ActorId,
) -> Result<(Document, Vec<crdt::DocChange>), EngineError> {
    let mut by_time: BTreeMap<(HybridTime, ChangeHash), (Stamp, Vec<Put>)> = BTreeMap::new();
    for entry in before.history().into_iter().filter(|entry| lost.contains(&entry.change)) {
        let Some(stamp) = entry.stamp else { continue };
        let group = by_time.entry((stamp.time, entry.change)).or_insert_with(|| (stamp, Vec::new()));
        group.1.push(Put { key: entry.key, value: entry.after });
    }
    let kept = before.changes().into_iter().filter(|change| !lost.contains(&change.hash())).collect();
    let mut document = Document::from_changes(before.id(), kept)?;
    let mut changes = Vec::new();
    for (stamp, puts) in by_time.into_values() {
        changes.extend(document.edit(actor, stamp, &puts)?.map(|edited| edited.change));
    }
    Ok((document, changes))
}
