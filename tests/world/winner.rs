//! Which of concurrent values must be shown: the one of greatest (hybrid time, actor) among those that nobody
//! wrote over knowingly. Worked out from the writes themselves, not from the register.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{HistoryEntry, RegisterValue};

use crate::{World, violation::must_hold};

const KEYS: [&str; 4] = ["profile/note", "profile/school", "profile/address", "profile/source"];

impl World {
    pub(crate) fn check_winners(&mut self, place: usize) {
        for contact in self.contacts_at(place) {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            let mut by_key: BTreeMap<String, Vec<HistoryEntry>> = BTreeMap::new();
            for entry in document.history() {
                by_key.entry(entry.key.clone()).or_default().push(entry);
            }
            for key in KEYS {
                let Some(expected) = by_key.get(key).and_then(|writes| winner(writes)) else { continue };
                let shown = document.register(key).map(|register| register.value);
                must_hold(shown.as_ref() == Some(&expected), || {
                    format!(
                        "{key} of {contact} shows the wrong one of several values: {shown:?}, not {expected:?}"
                    )
                });
            }
        }
    }
}

/// The value to show; `None` if a value was written more than once, so that writes cannot be told apart by it.
fn winner(writes: &[HistoryEntry]) -> Option<RegisterValue> {
    let distinct: BTreeSet<_> = writes.iter().map(|write| &write.after).collect();
    if distinct.len() < writes.len() {
        return None;
    }
    let covered: BTreeSet<_> =
        writes.iter().flat_map(|write| &write.before).map(|version| &version.value).collect();
    writes
        .iter()
        .filter(|write| !covered.contains(&write.after))
        .max_by_key(|write| (write.stamp.map(|stamp| stamp.time), write.actor))
        .map(|write| write.after.clone())
}
