//! Taking back: what an action did is undone where it still stands, and nowhere else.

use std::collections::BTreeMap;

use crdt::{Cause, RegisterValue};
use crm::{
    contact::query,
    engine::{Action, EditError},
    id::{ActionId, ContactId},
    store::change_log,
};
use wire::{ActorId, DocId};

use crate::{Promise, Sight, World, dispute, violation::must_hold};

/// What stood in the records of a person, by record and register.
pub(crate) type Standing = BTreeMap<(ContactId, String), RegisterValue>;

/// What a register of a person must hold.
type Standard = (ContactId, String, RegisterValue);

/// What an action did to a register.
#[derive(Debug, Clone)]
pub struct Effect {
    actor: ActorId,
    contact: ContactId,
    key: String,
    before: RegisterValue,
    after: RegisterValue,
}

impl World {
    /// Everything that stands in the records of the person that a record is shown as.
    pub(crate) fn registers_of_person(&mut self, place: usize, contact: ContactId) -> Standing {
        let conn = self.nodes[place].conn();
        let shown = query::canonical(conn, contact).map_or(contact, |(_, shown)| shown);
        let mut all = query::members(conn, shown).expect("readable");
        if !all.contains(&contact) {
            all.push(contact);
        }
        let mut standing = Standing::new();
        for id in all {
            let document = self.nodes[place].replica().engine.document(id.doc()).expect("readable");
            for (key, register) in document.registers() {
                standing.insert((id, key), register.value);
            }
        }
        standing
    }

    /// Notes what an action changed among what stood before it.
    pub(crate) fn note_effect(&mut self, place: usize, action: ActionId, before: Standing) {
        let mut records: Vec<_> = before.keys().map(|(contact, _)| *contact).collect();
        records.dedup();
        let actor = self.nodes[place].replica().engine.author().actor;
        let effects = self.ledger.effects.entry(action).or_default();
        for contact in records {
            let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
            for (key, register) in document.registers() {
                let known = before.get(&(contact, key.clone())).cloned();
                let before = known.unwrap_or(RegisterValue::Empty);
                if before != register.value {
                    effects.push(Effect { actor, contact, key, before, after: register.value });
                }
            }
        }
    }

    /// What must stand in each register of an action once it was taken back in these documents: what stood before it,
    /// what another device wrote beside it, or what came later.
    ///
    /// Not judged is what a device wrote again when it began a new life: over what had arrived since, so that nobody
    /// outside of the document knows any more what stood before it.
    fn expected_after_undo(&mut self, place: usize, action: ActionId, docs: &[DocId]) -> Vec<Standard> {
        let effects = self.ledger.effects.get(&action).cloned().unwrap_or_default();
        let mut expected = Vec::new();
        for effect in effects.into_iter().filter(|effect| docs.contains(&effect.contact.doc())) {
            let document =
                self.nodes[place].replica().engine.document(effect.contact.doc()).expect("readable");
            let is_as_written = document.changes().iter().any(|change| {
                change.actor() == effect.actor
                    && change.stamp().is_some_and(|stamp| ActionId::from(stamp.action) == action)
            });
            if !is_as_written {
                self.sights.count(Sight::UndoNotJudged);
                continue;
            }
            let now = self.register(place, effect.contact, &effect.key);
            let value = if now == effect.after {
                let own = (action, &effect.after);
                let again = &self.ledger.again;
                let rival = dispute::rival(effect.contact, &document, &effect.key, own, again);
                rival.inspect(|_| self.sights.count(Sight::UndoneBesideRival)).unwrap_or(effect.before)
            } else {
                now
            };
            expected.push((effect.contact, effect.key, value));
        }
        expected
    }

    /// Takes back something that the device did lately: at once, or as the program does with very many people, part
    /// by part under one identifier, with an end of the program in between.
    pub(crate) fn undo_recent(&mut self, place: usize) {
        let recent = &self.nodes[place].recent;
        if recent.is_empty() {
            return;
        }
        let back = self.dice.below(recent.len().min(6)) + 1;
        let target = recent[recent.len() - back];
        let docs = change_log::docs_of_action(self.nodes[place].conn(), target).expect("readable");
        let id = ActionId(self.dice.array());
        let is_parted = docs.len() > 1 && self.dice.chance(50);
        let parts: Vec<_> = if is_parted { docs.chunks(1).collect() } else { vec![&docs[..]] };
        let mut is_undone = false;
        for part in parts {
            is_undone |= self.undo_part(place, target, id, part);
            if is_parted {
                self.come_between(place);
            }
        }
        if is_undone {
            self.ledger.edit_count += 1;
            self.ledger.undone.insert(target);
            if docs.len() > 1 {
                self.sights.count(if is_parted { Sight::UndoneInParts } else { Sight::UndoneOfMany });
            }
        }
    }

    /// Something happens between two parts of one action.
    pub(crate) fn come_between(&mut self, place: usize) {
        match self.dice.below(10) {
            0..=1 => self.crash(place),
            2..=5 => {
                self.wake(place);
                self.step(place);
            }
            _ => {}
        }
    }

    /// Takes an action back in some documents, and checks what stands there afterwards. Returns whether it wrote.
    fn undo_part(&mut self, place: usize, target: ActionId, id: ActionId, docs: &[DocId]) -> bool {
        let later = self.values_written_over(place, target);
        let expected = self.expected_after_undo(place, target, docs);
        let entered = self.entered_by(place, target, docs);
        self.note_again(place, target, id, docs);
        let action = Action { id, at: self.at(place), cause: Cause::UNDO, new_space: None };
        let undone = self.nodes[place].replica().engine.undo_in(target, action, docs, |_| Ok(()));
        let is_written = match undone {
            Ok((_, acted)) => !acted.docs.is_empty(),
            Err(EditError::Engine(_)) => return false,
            Err(error) => panic!("an undo at {} is refused: {error}", self.nodes[place].name),
        };
        for (contact, key, value) in later {
            let now = self.register(place, contact, &key);
            must_hold(now == value, || format!("undo wrote over a later value of {key}"));
        }
        for (contact, key, value) in expected {
            let now = self.register(place, contact, &key);
            must_hold(now == value, || {
                format!("undo of {target} left {now:?} in {key} of {contact}, not {value:?}")
            });
            self.sights.count(Sight::UndoJudged);
        }
        for (contact, was_in_bin) in entered {
            self.check_entry_taken_back(place, target, contact, was_in_bin);
        }
        is_written
    }

    /// The people whom an action entered, with whether they are in the bin already.
    fn entered_by(&mut self, place: usize, action: ActionId, docs: &[DocId]) -> Vec<(ContactId, bool)> {
        let of = self.ledger.entered.iter().filter(|(id, by)| **by == action && docs.contains(&id.doc()));
        let people: Vec<_> = of.map(|(id, _)| *id).collect();
        people.into_iter().map(|id| (id, self.is_in_bin(place, id))).collect()
    }

    /// Whom nobody else has worked with is in the bin; whom somebody's work stands of stays where they were.
    fn check_entry_taken_back(
        &mut self,
        place: usize,
        target: ActionId,
        contact: ContactId,
        was_in_bin: bool,
    ) {
        let is_in_bin = self.is_in_bin(place, contact);
        let entries: Vec<_> =
            self.ledger.entries.iter().filter(|entry| entry.contact == contact).cloned().collect();
        let is_untouched = entries.iter().all(|entry| entry.action == target)
            && self.ledger.effects.values().flatten().all(|effect| effect.contact != contact);
        let own: Vec<_> = entries.iter().filter(|entry| entry.action == target).collect();
        let others_work_stands = entries.iter().filter(|entry| entry.action != target).any(|entry| {
            let Promise::Field { key, value: Some(value) } = &entry.promise else { return false };
            own.iter().all(|own| own.promise != entry.promise)
                && self.register(place, contact, key) == RegisterValue::from(value.clone())
        });
        must_hold(!is_untouched || is_in_bin, || format!("{contact} was entered, taken back, and is shown"));
        must_hold(!others_work_stands || is_in_bin == was_in_bin, || {
            format!("taking back that {contact} was entered hides what others wrote")
        });
        match (is_untouched, others_work_stands) {
            (true, _) => self.sights.count(Sight::EntryTakenBack),
            (_, true) => self.sights.count(Sight::EntryKept),
            _ => {}
        }
    }

    fn is_in_bin(&mut self, place: usize, contact: ContactId) -> bool {
        !self.register(place, contact, "profile/deletedAt").is_empty()
    }

    /// The registers of an action that hold something else by now.
    fn values_written_over(&mut self, place: usize, action: ActionId) -> Vec<Standard> {
        let written: Vec<_> = self
            .ledger
            .entries
            .iter()
            .filter(|entry| entry.action == action)
            .filter_map(|entry| match &entry.promise {
                Promise::Field { key, value } => {
                    Some((entry.contact, key.clone(), RegisterValue::from(value.clone())))
                }
                _ => None,
            })
            .collect();
        written
            .into_iter()
            .map(|(contact, key, value)| (contact, self.register(place, contact, &key), key, value))
            .filter(|(_, now, _, value)| now != value)
            .map(|(contact, now, key, _)| (contact, key, now))
            .collect()
    }

    /// What a register holds at a device.
    pub fn register(&mut self, place: usize, contact: ContactId, key: &str) -> RegisterValue {
        let document = self.nodes[place].replica().engine.document(contact.doc()).expect("readable");
        document.register(key).map_or(RegisterValue::Empty, |register| register.value)
    }
}
