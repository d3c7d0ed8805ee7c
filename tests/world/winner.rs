//! What every register must show: of several values the one of greatest (hybrid time, actor) among those that nobody
//! wrote over knowingly. Worked out from the changes and what each stands on, not from the register.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{HistoryEntry, RegisterValue};
use crm::id::ContactId;
use wire::DocId;

use crate::{
    World,
    dispute::{ancestors, meant, standing},
    violation::must_hold,
};

/// What every register must show, by document.
pub(crate) struct Winners(BTreeMap<DocId, BTreeMap<String, RegisterValue>>);

impl Winners {
    /// What a register must show.
    pub(crate) fn of(&self, doc: DocId, key: &str) -> RegisterValue {
        self.0.get(&doc).and_then(|values| values.get(key)).cloned().unwrap_or(RegisterValue::Empty)
    }

    /// Whether something is there: written, not taken back, and not removed.
    pub(crate) fn stands(&self, doc: DocId, record: &str) -> bool {
        !self.of(doc, record).is_empty() && !self.of(doc, &format!("{record}/deleted")).is_true()
    }
}

impl World {
    /// Every register of every document shows its winner.
    pub(crate) fn check_winners(&mut self, place: usize) -> Winners {
        let definitions = self.ledger.definitions.iter().map(|entry| entry.id.doc());
        let mut docs: BTreeSet<_> = definitions.collect();
        docs.extend(self.contacts_at(place).into_iter().map(ContactId::doc));
        docs.extend(self.ledger.entries.iter().map(|entry| entry.contact.doc()));
        Winners(docs.into_iter().map(|doc| (doc, self.winners_of(place, doc))).collect())
    }

    fn winners_of(&mut self, place: usize, doc: DocId) -> BTreeMap<String, RegisterValue> {
        let document = self.nodes[place].replica().engine.document(doc).expect("readable");
        let ancestors = ancestors(&document);
        let mut writes: BTreeMap<String, Vec<HistoryEntry>> = BTreeMap::new();
        for entry in document.history() {
            writes.entry(entry.key.clone()).or_default().push(entry);
        }
        let mut winners = BTreeMap::new();
        for (key, writes) in writes {
            let standing = standing(&writes, &ancestors);
            let (winner, _) = meant(ContactId(doc.key), &standing, &self.ledger.again).swap_remove(0);
            let shown = document.register(&key).map_or(RegisterValue::Empty, |register| register.value);
            must_hold(shown == winner, || {
                format!("{key} of {doc:?} shows the wrong one of its values: {shown:?}, not {winner:?}")
            });
            winners.insert(key, winner);
        }
        winners
    }
}
