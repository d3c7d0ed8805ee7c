//! Which values must wait for a person: those that nobody wrote over knowingly. Worked out from the changes and
//! what each stands on, not from the registers.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{ChangeHash, Document, HistoryEntry, RegisterValue};
use crm::{contact::query, id::ContactId, interaction::model::InteractionRecord, task::model::TaskRecord};
use rusqlite::OptionalExtension;

use crate::{World, violation::must_hold, wording::values};

/// What a change stands on, directly or through others.
type Ancestors = BTreeMap<ChangeHash, BTreeSet<ChangeHash>>;

/// A disagreement that must wait: its key, and the values, the one shown first.
type Dispute = (String, Vec<String>);

impl World {
    /// What devices wrote apart waits in the list, with every value, and nothing else does.
    pub(crate) fn check_disputes(&mut self, place: usize) {
        for contact in self.contacts_at(place) {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            let conn = self.nodes[place].conn();
            let Ok((no, shown)) = query::canonical(conn, contact) else { continue };
            let is_alone = query::members(conn, shown).expect("readable").len() == 1;
            for (key, expected) in expected(&document, is_alone) {
                let sql = "SELECT versions FROM conflict WHERE contact = ?1 AND field = ?2";
                let found: Option<String> =
                    conn.query_row(sql, (no, &key), |row| row.get(0)).optional().expect("readable");
                let found = found.map(|json| values(&json)).unwrap_or_default();
                must_hold(found == expected, || {
                    format!("of {key} of {contact} there wait {found:?}, not {expected:?}")
                });
            }
        }
    }

    /// Whether somebody who knew these words wrote others over them, or the undo of something did.
    pub(crate) fn is_written_over(
        &mut self,
        place: usize,
        contact: ContactId,
        key: &str,
        text: &str,
    ) -> bool {
        let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
        let ancestors = ancestors(&document);
        let history = document.history();
        let writes: Vec<_> = history.iter().filter(|write| write.key == key).collect();
        let own: Vec<_> = writes.iter().filter(|write| write.after == RegisterValue::from(text)).collect();
        own.iter().all(|own| writes.iter().any(|write| ancestors[&write.change].contains(&own.change)))
    }
}

/// What was written beside a value by somebody who did not know of it, and waits still: of several the latest.
pub(crate) fn rival(document: &Document, key: &str, value: &RegisterValue) -> Option<RegisterValue> {
    let writes: Vec<_> = document.history().into_iter().filter(|write| write.key == key).collect();
    let standing = standing(&writes, &ancestors(document));
    standing.into_iter().map(|write| &write.after).find(|after| *after != value).cloned()
}

/// For every register of words, and of the fields of a person who is one record, what must wait; nothing is said by
/// an empty list.
fn expected(document: &Document, is_alone: bool) -> Vec<Dispute> {
    let ancestors = ancestors(document);
    let mut writes: BTreeMap<String, Vec<HistoryEntry>> = BTreeMap::new();
    for entry in document.history() {
        writes.entry(entry.key.clone()).or_default().push(entry);
    }
    let mut expected = Vec::new();
    for (register, writes) in writes {
        let standing = standing(&writes, &ancestors);
        match register.split('/').collect::<Vec<_>>()[..] {
            [noun @ ("interaction" | "task"), id, "body" | "title"] => {
                let first = first_words(document, noun, &format!("{noun}/{id}"));
                let texts = first.map_or_else(Vec::new, |first| texts(&standing, &first));
                expected.push((register.replace('/', "."), texts));
            }
            ["profile", key @ "status"] | ["point", key @ ("phone.1" | "email.1")] if is_alone => {
                expected.push((key.to_owned(), texts(&standing, "")));
            }
            _ => {}
        }
    }
    expected
}

/// The values of several writes, latest first; none if all are the same.
fn texts(standing: &[&HistoryEntry], instead_of_none: &str) -> Vec<String> {
    let texts: Vec<_> =
        standing.iter().map(|write| write.after.as_text().unwrap_or(instead_of_none).to_owned()).collect();
    if texts.iter().collect::<BTreeSet<_>>().len() > 1 { texts } else { Vec::new() }
}

/// Writes that no other write of the register stands on.
fn standing<'a>(writes: &'a [HistoryEntry], ancestors: &Ancestors) -> Vec<&'a HistoryEntry> {
    let is_known =
        |write: &HistoryEntry| writes.iter().any(|later| ancestors[&later.change].contains(&write.change));
    let mut standing: Vec<_> = writes.iter().filter(|write| !is_known(write)).collect();
    standing.sort_by_key(|write| std::cmp::Reverse((write.stamp.map(|stamp| stamp.time), write.actor)));
    standing
}

fn ancestors(document: &Document) -> Ancestors {
    let mut ancestors = Ancestors::new();
    for change in document.changes() {
        let mut all = BTreeSet::new();
        for dep in change.deps() {
            all.extend(&ancestors[&dep]);
            all.insert(dep);
        }
        ancestors.insert(change.hash(), all);
    }
    ancestors
}

/// What was written first of something that still stands.
fn first_words(document: &Document, noun: &str, key: &str) -> Option<String> {
    let is_removed = document.register(&format!("{key}/deleted")).is_some_and(|mark| mark.value.is_true());
    let record = document.register(key)?;
    let json = record.value.as_text().filter(|_| !is_removed)?;
    if noun == "task" {
        serde_json::from_str::<TaskRecord>(json).ok().map(|record| record.title)
    } else {
        serde_json::from_str::<InteractionRecord>(json).ok().map(|record| record.body)
    }
}
