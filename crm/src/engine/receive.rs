//! What other devices wrote: merge, project, commit.
//!
//! The changes come from chunks that sync verified and opened. Repeating them is harmless.

use std::collections::BTreeMap;

use crdt::{ChangeHash, DocChange, Document};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{DocId, SpaceId};

use super::{
    Engine, EngineError, announcements,
    project::{self, Before},
    wall_ms,
};
use crate::{
    feed::Changed,
    id::AtMs,
    mutant::Mutant,
    store::{NewChange, StoreError, change_log},
};

/// Changes of one document from elsewhere.
#[derive(Debug, Clone)]
pub struct RemoteBundle {
    /// The document.
    pub doc: DocId,
    /// The space in which it arrived.
    pub space: SpaceId,
    /// Its changes.
    pub changes: Vec<DocChange>,
}

/// What receiving did.
#[derive(Debug, Default)]
pub struct Received {
    /// Documents that show something new.
    pub docs: Vec<DocId>,
    /// Changes that wait for one that has not arrived.
    pub waiting: usize,
    /// What to announce.
    pub changed: Vec<Changed>,
}

impl Engine {
    /// Merges changes from elsewhere, grouped by document, and whatever `also` writes, in one commit.
    ///
    /// # Errors
    /// [`EngineError`] if the disk refuses; then nothing took effect and the same call may be repeated.
    /// [`EngineError::Document`] if a change cannot stand beside what is here: nothing took effect either.
    pub fn receive(
        &mut self,
        bundles: Vec<RemoteBundle>,
        at: AtMs,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Received, EngineError> {
        let mut by_doc: BTreeMap<DocId, RemoteBundle> = BTreeMap::new();
        for bundle in bundles {
            for change in &bundle.changes {
                if let Some(stamp) = change.stamp() {
                    self.clock.observe(stamp.time, wall_ms(at));
                }
            }
            match by_doc.entry(bundle.doc) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(bundle);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    entry.get_mut().changes.extend(bundle.changes);
                }
            }
        }
        let mut received = Received::default();
        let mut merged_docs = Vec::new();
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for bundle in by_doc.into_values() {
            let cached = self.cache.pop(&bundle.doc);
            merged_docs.push(receive_one(&tx, cached, bundle, at, &mut received)?);
        }
        received.changed = announcements(&received.docs, "remote");
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        for document in merged_docs {
            self.cache.put(document.id(), document);
        }
        Ok(received)
    }

    /// Takes changes out again that do not count any more, and whatever `also` writes, in one commit. What stands on
    /// them waits for them from here on.
    ///
    /// # Errors
    /// [`EngineError`] if the disk refuses; then nothing took effect.
    pub fn retract(
        &mut self,
        changes: &BTreeMap<DocId, Vec<ChangeHash>>,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Vec<Changed>, EngineError> {
        let docs: Vec<_> = changes.keys().copied().collect();
        let changed = announcements(&docs, "remote");
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (doc, hashes) in changes {
            self.cache.pop(doc);
            for hash in hashes {
                change_log::remove(&tx, *doc, *hash)?;
            }
            project::document(&tx, &super::load(&tx, *doc)?, &Before::Unknown)?;
        }
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(changed)
    }
}

fn receive_one(
    tx: &Transaction<'_>,
    cached: Option<Document>,
    bundle: RemoteBundle,
    at: AtMs,
    received: &mut Received,
) -> Result<Document, EngineError> {
    let RemoteBundle { doc, space, changes } = bundle;
    let mut document = match cached {
        Some(document) => document,
        None => super::load(tx, doc)?,
    };
    let before = Before::of(&document);
    let merged = document.merge(changes.clone())?;
    for change in &changes {
        if Mutant::WaitingForgotten.is_planted()
            && merged.waiting > 0
            && !merged.applied.contains(&change.hash())
        {
            continue;
        }
        let new = NewChange { doc, space, change, is_local: false, received_at_ms: at };
        change_log::append(tx, new)?;
    }
    received.waiting += merged.waiting;
    if !merged.applied.is_empty() {
        let is_known = matches!(before, Before::Held(_));
        if !(Mutant::ReceivedUnshown.is_planted() && is_known) {
            project::document(tx, &document, &before)?;
        }
        received.docs.push(doc);
    }
    Ok(document)
}
