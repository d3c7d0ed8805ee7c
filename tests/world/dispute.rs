//! Which values must wait for a person: those that nobody wrote over knowingly. Worked out from the changes and
//! what each stands on, not from the registers.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{ChangeHash, Document, HistoryEntry, HybridTime, RegisterValue};
use crm::{
    contact::query,
    id::{ActionId, ContactId},
    interaction::model::InteractionRecord,
    task::model::TaskRecord,
};
use rusqlite::OptionalExtension;
use wire::DocId;

use crate::{Sight, World, violation::must_hold, wording::values};

/// What a change stands on, directly or through others.
pub(crate) type Ancestors = BTreeMap<ChangeHash, BTreeSet<ChangeHash>>;

/// A disagreement that must wait: its key, and the values, the one shown first.
type Dispute = (String, Vec<String>);

/// A value and when it was first written.
pub(crate) type Value = (RegisterValue, HybridTime);

/// What the undo of something let stand again where values disagreed, by the action that undid, the record and the
/// register: noted by this program when it was asked for.
pub(crate) type Again = BTreeMap<(ActionId, ContactId, String), Vec<Value>>;

impl World {
    /// What devices wrote apart waits in the list, with every value, and nothing else does.
    pub(crate) fn check_disputes(&mut self, place: usize) {
        for contact in self.contacts_at(place) {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            let conn = self.nodes[place].conn();
            let Ok((no, shown)) = query::canonical(conn, contact) else { continue };
            let is_alone = query::members(conn, shown).expect("readable").len() == 1;
            for (key, expected) in expected(contact, &document, is_alone, &self.ledger.again) {
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

    /// Notes where the undo of an action lets values stand again that disagree: those that its author saw before it,
    /// or those of others that it was written beside.
    pub(crate) fn note_again(&mut self, place: usize, target: ActionId, undo: ActionId, docs: &[DocId]) {
        for contact in docs.iter().map(|doc| ContactId(doc.key)) {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            let (history, ancestors) = (document.history(), ancestors(&document));
            let keys: BTreeSet<_> =
                history.iter().filter(|write| is_of(target, write)).map(|write| write.key.clone()).collect();
            if keys.contains("profile/createdAt") {
                continue;
            }
            for key in keys {
                let writes: Vec<_> = history.iter().filter(|write| write.key == key).collect();
                let values = self.after_undo(contact, target, &writes, &ancestors);
                if values.iter().any(|(value, _)| *value != values[0].0) {
                    self.sights.count(Sight::DisputeAgain);
                    self.ledger.again.insert((undo, contact, key), values);
                }
            }
        }
    }

    fn after_undo(
        &self,
        contact: ContactId,
        target: ActionId,
        writes: &[&HistoryEntry],
        ancestors: &Ancestors,
    ) -> Vec<Value> {
        let again = &self.ledger.again;
        let meant = |writes: &[&HistoryEntry]| meant(contact, writes, again);
        let of_target: Vec<_> = writes.iter().copied().filter(|write| is_of(target, write)).collect();
        let [first, ..] = of_target[..] else { return Vec::new() };
        let left = &of_target[of_target.len() - 1].after;
        let (own, others): (Vec<_>, Vec<_>) =
            standing(writes.iter().copied(), ancestors).into_iter().partition(|write| is_of(target, write));
        let shown = meant(&standing(writes.iter().copied(), ancestors));
        if own.is_empty() && shown[0].0 != *left {
            return Vec::new();
        }
        let mut beside = meant(&others);
        beside.retain(|(value, _)| value != left);
        if !beside.is_empty() {
            return beside;
        }
        let seen = writes.iter().copied().filter(|write| ancestors[&first.change].contains(&write.change));
        meant(&standing(seen, ancestors))
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

/// What other actions wrote beside a value without knowing of it, and waits still: the one that would be shown.
pub(crate) fn rival(
    contact: ContactId,
    document: &Document,
    key: &str,
    (action, value): (ActionId, &RegisterValue),
    again: &Again,
) -> Option<RegisterValue> {
    let writes: Vec<_> = document.history().into_iter().filter(|write| write.key == key).collect();
    let others = standing(&writes, &ancestors(document)).into_iter().filter(|write| !is_of(action, write));
    let all = meant(contact, &others.collect::<Vec<_>>(), again);
    all.into_iter().map(|(other, _)| other).find(|other| other != value)
}

pub(crate) fn is_of(action: ActionId, write: &HistoryEntry) -> bool {
    write.stamp.is_some_and(|stamp| ActionId::from(stamp.action) == action)
}

/// What writes stand for: their values, and of an undo those that it let stand again.
pub(crate) fn meant(contact: ContactId, writes: &[&HistoryEntry], again: &Again) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for write in writes {
        let stamp = write.stamp.expect("every write here has a stamp");
        let values = again.get(&(stamp.action.into(), contact, write.key.clone())).cloned();
        for value in values.unwrap_or_else(|| vec![(write.after.clone(), stamp.time)]) {
            if !all.contains(&value) {
                all.push(value);
            }
        }
    }
    all
}

/// For every register of words, and of the fields of a person who is one record, what must wait; nothing is said by
/// an empty list.
fn expected(contact: ContactId, document: &Document, is_alone: bool, again: &Again) -> Vec<Dispute> {
    let ancestors = ancestors(document);
    let mut writes: BTreeMap<String, Vec<HistoryEntry>> = BTreeMap::new();
    for entry in document.history() {
        writes.entry(entry.key.clone()).or_default().push(entry);
    }
    let mut expected = Vec::new();
    for (register, writes) in writes {
        let standing = meant(contact, &standing(&writes, &ancestors), again);
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

/// Several values as texts, the one shown first; none if all are the same.
fn texts(standing: &[Value], instead_of_none: &str) -> Vec<String> {
    let texts: Vec<_> =
        standing.iter().map(|(value, _)| value.as_text().unwrap_or(instead_of_none).to_owned()).collect();
    if texts.iter().collect::<BTreeSet<_>>().len() > 1 { texts } else { Vec::new() }
}

/// Writes that no other write of the register stands on.
pub(crate) fn standing<'a>(
    writes: impl IntoIterator<Item = &'a HistoryEntry>,
    ancestors: &Ancestors,
) -> Vec<&'a HistoryEntry> {
    let writes: Vec<_> = writes.into_iter().collect();
    let is_known =
        |write: &HistoryEntry| writes.iter().any(|later| ancestors[&later.change].contains(&write.change));
    let mut standing: Vec<_> = writes.iter().copied().filter(|write| !is_known(write)).collect();
    standing.sort_by_key(|write| std::cmp::Reverse((write.stamp.map(|stamp| stamp.time), write.actor)));
    standing
}

pub(crate) fn ancestors(document: &Document) -> Ancestors {
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
