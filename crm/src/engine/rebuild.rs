//! Building every read table again from the change log.

use rusqlite::TransactionBehavior;

use super::{
    Engine, EngineError,
    act::PROJECTED,
    load,
    project::{self, Before},
};
use crate::mutant::Mutant;
use crate::store::{StoreError, change_log, projection};

/// Documents read at a time.
const BATCH: u32 = 1_000;

impl Engine {
    /// Drops every read table and builds it again, in one transaction: a crash leaves the old ones.
    ///
    /// `progress` hears how many documents are done after each batch.
    ///
    /// # Errors
    /// [`EngineError`] if the log cannot be read or the disk refuses.
    pub fn rebuild(&mut self, mut progress: impl FnMut(u32)) -> Result<u32, EngineError> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        projection::reset(&tx)?;
        let (mut after, mut done) = (Vec::new(), 0);
        loop {
            let docs = change_log::docs_after(&tx, &after, BATCH)?;
            let Some(last) = docs.last() else { break };
            after = last.to_bytes().to_vec();
            for doc in docs.iter().filter(|doc| PROJECTED.contains(&doc.kind)) {
                let document = load(&tx, *doc)?;
                if Mutant::RebuildSkipsMerges.is_planted() && is_merging(&document) {
                    continue;
                }
                project::document(&tx, &document, &Before::Nothing)?;
                done += 1;
            }
            progress(done);
        }
        tx.commit().map_err(StoreError::from)?;
        Ok(done)
    }
}

fn is_merging(document: &crdt::Document) -> bool {
    document.registers().iter().any(|(key, register)| key.starts_with("merge/") && register.value.is_true())
}
