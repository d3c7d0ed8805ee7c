//! Several records at once: one thing done to many people, and one person of several records.

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
    edits::{TAGS, field},
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
        let (change, promise) = match self.dice.below(5) {
            0 => {
                let change = BulkChange::Set { field: "source".to_owned(), value: Some(text.clone()) };
                (change, Some(field("profile/source", text)))
            }
            1 => {
                let promise = field(&format!("tag/{}", TagId::of_name(tag)), tag);
                (BulkChange::AddTag { label: tag.to_owned() }, Some(promise))
            }
            2 => (BulkChange::Delete, None),
            3 => (BulkChange::Restore, None),
            _ => {
                let due_at_ms = Some(self.at(place));
                let task =
                    NewTask { kind: "call".to_owned(), title: text, due_at_ms, owner: None, repeat: None };
                (BulkChange::AddTask { task }, None)
            }
        };
        let fresh: Vec<_> = ids.iter().map(|_| TaskId(self.dice.array())).collect();
        let edits = bulk::edits(&ids, &change, fresh.into_iter());
        let action = ActionId(self.dice.array());
        let is_parted = ids.len() > 1 && self.dice.chance(40);
        // Very many people are changed part by part, under one action.
        let size = if is_parted { 1 } else { ids.len() };
        let mut changed = 0;
        for (ids, edits) in ids.chunks(size).zip(edits.chunks(size)) {
            changed += self.change_part(place, action, ids, edits, promise.as_ref());
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
        promise: Option<&Promise>,
    ) -> usize {
        let mut before = crate::undo::Standing::new();
        for id in ids {
            before.append(&mut self.registers_of_person(place, *id));
        }
        let at = self.at(place);
        let Ok(acted) = self.nodes[place].act(action, at, edits) else { return 0 };
        // Whose record stood that way already was not written; nor does a promise name where another record holds it.
        let held = |id: &ContactId| acted.docs.contains(&id.doc());
        let written: Vec<_> = ids.iter().copied().filter(held).collect();
        let is_plain = written.len() == acted.docs.len();
        for id in written {
            let promises = promise.cloned().filter(|_| is_plain).into_iter().collect();
            self.ledger.note(action, place, id, promises);
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
            let flag = Promise::Flag { key: format!("merge/{right}"), is_set: true };
            self.act_contact(place, left, ContactEdit::MergeWith { other: right }, vec![flag]);
        }
        let Ok((_, shown)) = query::canonical(self.nodes[place].conn(), first) else { return };
        let note = self.fresh();
        let edit = ContactEdit::Set { field: "address".to_owned(), value: Some(note) };
        self.act_contact(place, shown, edit, Vec::new());
        if self.dice.chance(40) {
            self.act_contact(place, shown, ContactEdit::Delete, Vec::new());
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
