//! Several records at once: one thing done to many people, and one person of several records.

use crdt::RegisterValue;
use crm::{
    api::args::BulkChange,
    bulk,
    contact::{edit::ContactEdit, query},
    edit::Edit,
    id::{ActionId, ContactId, TagId, TaskId},
    task::edit::NewTask,
};

use crate::{
    Promise, Sight, World,
    edits::{TAGS, field, mark},
};

impl World {
    /// One thing done to several people, as one action.
    pub(crate) fn change_many(&mut self, place: usize, first: ContactId) {
        let known = self.contacts_at(place);
        let mut ids = vec![first];
        for _ in 0..1 + self.dice.below(4) {
            ids.push(known[self.dice.below(known.len())]);
        }
        ids.sort_unstable();
        ids.dedup();
        let text = self.fresh();
        let tag = TAGS[self.dice.below(TAGS.len())];
        let fresh: Vec<_> = ids.iter().map(|_| TaskId(self.dice.array())).collect();
        let now = self.at(place);
        let (change, promise) = match self.dice.below(5) {
            0 => {
                let change = BulkChange::Set { field: "source".to_owned(), value: Some(text.clone()) };
                (change, field("profile/source", text))
            }
            1 => {
                let promise = field(&format!("tag/{}", TagId::of_name(tag)), tag);
                (BulkChange::AddTag { label: tag.to_owned() }, promise)
            }
            2 => (BulkChange::Delete, mark("profile/deletedAt", now.0)),
            3 => (BulkChange::Restore, mark("profile/deletedAt", RegisterValue::Empty)),
            _ => {
                let title = text.clone();
                let task = NewTask {
                    kind: "call".to_owned(),
                    title,
                    due_at_ms: Some(now),
                    owner: None,
                    repeat: None,
                };
                (BulkChange::AddTask { task }, Promise::Task { id: fresh[0], title: text })
            }
        };
        let promises: Vec<_> = fresh.iter().map(|id| for_task(&promise, *id)).collect();
        let edits = bulk::edits(&ids, &change, fresh.into_iter());
        let action = ActionId(self.dice.array());
        let is_parted = ids.len() > 1 && self.dice.chance(40);
        // Very many people are changed part by part, under one action.
        let size = if is_parted { 1 } else { ids.len() };
        let mut changed = 0;
        for ((ids, edits), promises) in ids.chunks(size).zip(edits.chunks(size)).zip(promises.chunks(size)) {
            changed += self.change_part(place, action, ids, edits, promises);
            if is_parted {
                self.come_between(place);
            }
        }
        if changed > 0 {
            self.nodes[place].recent.push(action);
        }
        if changed > 1 {
            self.sights.count(if is_parted { Sight::DoneInParts } else { Sight::DoneToMany });
        }
    }

    /// One commit of it. Returns how many records were written.
    fn change_part(
        &mut self,
        place: usize,
        action: ActionId,
        ids: &[ContactId],
        edits: &[Edit],
        promises: &[Promise],
    ) -> usize {
        let mut before = crate::undo::Standing::new();
        for id in ids {
            before.append(&mut self.registers_of_person(place, *id));
        }
        let at = self.at(place);
        let Ok(acted) = self.nodes[place].act(action, at, edits) else { return 0 };
        // Whose record stood that way already was not written; nor does a promise name where another record holds it.
        let held = |id: &ContactId| acted.docs.contains(&id.doc());
        let written: Vec<_> = ids.iter().zip(promises).filter(|(id, _)| held(id)).collect();
        let is_plain = written.len() == acted.docs.len();
        for (id, promise) in written {
            let promises = Some(promise.clone()).filter(|_| is_plain).into_iter().collect();
            self.ledger.note(action, place, *id, promises);
        }
        self.note_effect(place, action, before);
        acted.docs.len()
    }

    /// Three records are one person, in whatever order they are declared so; and then somebody works with it.
    pub(crate) fn merge_three(&mut self, place: usize, first: ContactId, known: &[ContactId]) {
        let space = self.space_of(place, first);
        let mut others: Vec<_> = known.iter().copied().filter(|other| *other != first).collect();
        others.retain(|other| self.space_of(place, *other) == space);
        if others.len() < 2 {
            return;
        }
        self.dice.shuffle(&mut others);
        let (second, third) = (others[0], others[1]);
        for (left, right) in [(first, second), (third, second)] {
            let promises = vec![mark(format!("merge/{right}"), true)];
            self.act_contact(place, left, ContactEdit::MergeWith { other: right }, promises);
        }
        let Ok((_, shown)) = query::canonical(self.nodes[place].conn(), first) else { return };
        let note = self.fresh();
        let edit = ContactEdit::Set { field: "address".to_owned(), value: Some(note.clone()) };
        self.act_contact(place, shown, edit, vec![field("profile/address", note)]);
        if self.dice.chance(40) {
            let in_bin = mark("profile/deletedAt", self.at(place).0);
            self.act_contact(place, shown, ContactEdit::Delete, vec![in_bin]);
        }
    }

    /// Somebody takes a record off the page that it is shown on.
    pub(crate) fn unmerge_shown(&mut self, place: usize, contact: ContactId) {
        let Ok((_, shown)) = query::canonical(self.nodes[place].conn(), contact) else { return };
        if shown != contact {
            self.act_contact(place, shown, ContactEdit::Unmerge { other: contact }, Vec::new());
        }
    }
}

/// What is promised of one of several people: the task of each bears an identifier of its own.
fn for_task(promise: &Promise, id: TaskId) -> Promise {
    match promise {
        Promise::Task { title, .. } => Promise::Task { id, title: title.clone() },
        other => other.clone(),
    }
}
