//! Edits as people make them, picked by dice, and what each promises once it is acknowledged.

use crdt::RegisterValue;
use crm::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    id::{ActionId, ContactId, InteractionId, TagId, TaskId},
    interaction::{edit::InteractionEdit, model::OUTCOMES},
    task::edit::{NewTask, NextTask, TaskEdit},
};

use crate::{Promise, Sight, World};

/// People that a world shall have at least.
const CONTACTS_MIN: usize = 24;
const TEXT_FIELDS: [&str; 4] = ["note", "school", "address", "source"];
const STATUSES: [&str; 4] = ["new", "contacted", "trial", "active"];
pub(crate) const TAGS: [&str; 5] = ["IELTS", "hè 2026", "VIP", "tiếng Anh trẻ em", "nợ phí"];

pub(crate) fn fact(field: &str, value: String) -> Fact {
    Fact { field: field.to_owned(), value }
}

pub(crate) fn field(key: &str, value: impl Into<String>) -> Promise {
    Promise::Field { key: key.to_owned(), value: Some(value.into()) }
}

pub(crate) fn mark(key: impl Into<String>, value: impl Into<RegisterValue>) -> Promise {
    Promise::Mark { key: key.into(), value: value.into() }
}

impl World {
    /// Makes one edit at a device.
    pub fn edit_somehow(&mut self, place: usize) {
        let known = self.contacts_at(place);
        if known.is_empty() || (self.ledger.entered.len() < CONTACTS_MIN && self.dice.chance(25)) {
            self.enter(place);
            return;
        }
        let contact = known[self.dice.below(known.len())];
        if self.ledger.rows.is_empty() && self.ledger.edit_count > 60 && self.dice.chance(10) {
            return self.take_sheet_in(place);
        }
        match self.dice.below(32) {
            28 => self.note_consent(place, contact),
            29 => self.note_interest(place, contact),
            30..=31 => self.define(place),
            26..=27 => self.reword(place),
            24..=25 => self.remark(place, contact),
            20..=21 => self.change_many(place, contact),
            22 => self.merge_three(place, contact, &known),
            23 => self.unmerge_shown(place, contact),
            0..=6 => self.set_field(place, contact),
            7..=8 => self.tag(place, contact),
            9 => self.relate_or_merge(place, contact, &known),
            10..=11 => drop(self.record(place, contact)),
            12 => self.touch_interaction(place),
            13..=14 => self.add_task(place, contact),
            15 => self.touch_task(place),
            16 => {
                let is_restored = self.dice.chance(60);
                let value =
                    if is_restored { RegisterValue::Empty } else { RegisterValue::Int(self.at(place).0) };
                let edit = if is_restored { ContactEdit::Restore } else { ContactEdit::Delete };
                self.act_contact(place, contact, edit, vec![mark("profile/deletedAt", value)]);
            }
            _ => self.undo_recent(place),
        }
    }

    pub(crate) fn fresh(&mut self) -> String {
        let number = self.dice.below(1_000_000_000);
        format!("w{number}")
    }

    /// The people whom a device holds.
    pub fn contacts_at(&self, place: usize) -> Vec<ContactId> {
        let mut statement =
            self.nodes[place].conn().prepare_cached("SELECT id FROM contact ORDER BY id").expect("readable");
        let ids = statement.query_map([], |row| row.get(0).map(ContactId)).expect("readable");
        ids.collect::<Result<_, _>>().expect("readable")
    }

    /// Asks a device for an edit, and writes its promises down if it is acknowledged.
    pub fn act(
        &mut self,
        place: usize,
        contact: ContactId,
        edit: Edit,
        promises: Vec<Promise>,
    ) -> Option<ActionId> {
        let (id, at) = (ActionId(self.dice.array()), self.at(place));
        let before = self.registers_of_person(place, contact);
        match self.nodes[place].act(id, at, &[edit]) {
            Ok(acted) if acted.docs.is_empty() => None,
            Ok(acted) => {
                // What another record of the same person holds is written there.
                let is_here = acted.docs.contains(&contact.doc());
                let holder = if is_here { contact } else { ContactId(acted.docs[0].key) };
                self.ledger.note(id, place, holder, promises);
                self.note_effect(place, id, before);
                self.nodes[place].recent.push(id);
                Some(id)
            }
            // What was asked does not hold here, or the disk refused: nothing was promised.
            Err(_) => None,
        }
    }

    /// Asks for an edit of a person.
    pub fn act_contact(
        &mut self,
        place: usize,
        id: ContactId,
        edit: ContactEdit,
        promises: Vec<Promise>,
    ) -> Option<ActionId> {
        self.act(place, id, Edit::Contact { id, edit }, promises)
    }

    /// Enters a person; at a desk of its branch, elsewhere of any.
    pub fn enter(&mut self, place: usize) -> Option<ContactId> {
        let name = format!("Trần Thị {}", self.fresh());
        let mut facts = vec![fact("fullName", name.clone())];
        let mut promises = vec![field("profile/fullName", name)];
        let at = self.nodes[place].branch.unwrap_or_else(|| self.dice.below(self.branches.ids.len()));
        let space = self.branches.spaces[at];
        let id = ContactId::in_space(self.dice.array(), space);
        if self.nodes[place].branch.is_none() {
            let branch = self.branches.ids[at].to_string();
            promises.push(field("profile/branch", branch.clone()));
            facts.push(fact("branch", branch));
        }
        if self.dice.chance(50) {
            let digits = self.dice.below(40);
            facts.push(fact("phone.1", format!("09123456{digits:02}")));
            promises.push(field("point/phone.1", format!("+849123456{digits:02}")));
        }
        let tag = TAGS[self.dice.below(TAGS.len())];
        promises.push(field(&format!("tag/{}", TagId::of_name(tag)), tag));
        let edit = ContactEdit::Create { facts, tags: vec![tag.to_owned()] };
        let mut ids = vec![id];
        if self.dice.chance(15) {
            // Somebody alike, by the same action: a sheet has such rows.
            ids.push(ContactId::in_space(self.dice.array(), space));
        }
        let (action, at) = (ActionId(self.dice.array()), self.at(place));
        let edits: Vec<_> = ids.iter().map(|id| Edit::Contact { id: *id, edit: edit.clone() }).collect();
        self.nodes[place].act(action, at, &edits).ok()?;
        for id in ids {
            self.ledger.note(action, place, id, promises.clone());
            self.ledger.entered.insert(id, action);
        }
        self.nodes[place].recent.push(action);
        Some(id)
    }

    fn set_field(&mut self, place: usize, contact: ContactId) {
        let (key, typed, stored) = match self.dice.below(8) {
            0 => {
                let digits = self.dice.below(900_000) + 100_000;
                ("phone.1", format!("0912{digits}"), format!("+84912{digits}"))
            }
            1 => {
                let address = format!("{}@example.com", self.fresh());
                ("email.1", address.clone(), address)
            }
            2 => {
                let status = STATUSES[self.dice.below(STATUSES.len())];
                ("status", status.to_owned(), status.to_owned())
            }
            _ => {
                let text = self.fresh();
                (TEXT_FIELDS[self.dice.below(TEXT_FIELDS.len())], text.clone(), text)
            }
        };
        let section = if key.contains('.') { "point" } else { "profile" };
        let register = format!("{section}/{key}");
        if self.dice.chance(6) {
            let edit = ContactEdit::Set { field: key.to_owned(), value: None };
            self.act_contact(place, contact, edit, vec![Promise::Field { key: register, value: None }]);
            return;
        }
        let edit = ContactEdit::Set { field: key.to_owned(), value: Some(typed) };
        self.act_contact(place, contact, edit, vec![field(&register, stored)]);
    }

    fn tag(&mut self, place: usize, contact: ContactId) {
        let label = TAGS[self.dice.below(TAGS.len())];
        let tag = TagId::of_name(label);
        let key = format!("tag/{tag}");
        if self.dice.chance(70) {
            let edit = ContactEdit::AddTag { label: label.to_owned() };
            self.act_contact(place, contact, edit, vec![field(&key, label)]);
        } else {
            let promise = Promise::Field { key, value: None };
            self.act_contact(place, contact, ContactEdit::RemoveTag { tag }, vec![promise]);
        }
    }

    /// Merges and relations stay inside one branch: across branches a transfer comes first.
    fn relate_or_merge(&mut self, place: usize, contact: ContactId, known: &[ContactId]) {
        let other = known[self.dice.below(known.len())];
        if other == contact || self.space_of(place, other) != self.space_of(place, contact) {
            return;
        }
        let flag = |key: String, is_set: bool| vec![mark(key, is_set)];
        let (edit, promises) = match self.dice.below(5) {
            4 => {
                let Some((contact, key)) = self.pick_promised(|promise| match promise {
                    Promise::Mark { key, value } if value.is_true() => {
                        key.strip_prefix("relation/guardian.").map(str::to_owned)
                    }
                    _ => None,
                }) else {
                    return;
                };
                let other = key.parse().expect("the identifier of a person");
                let edit = ContactEdit::Unrelate { kind: "guardian".to_owned(), other };
                let promises = flag(format!("relation/guardian.{other}"), false);
                if self.act_contact(place, contact, edit, promises).is_some() {
                    self.sights.count(Sight::Unrelated);
                }
                return;
            }
            0 => {
                let edit = ContactEdit::Relate { kind: "guardian".to_owned(), other };
                (edit, flag(format!("relation/guardian.{other}"), true))
            }
            1 => (ContactEdit::MergeWith { other }, flag(format!("merge/{other}"), true)),
            2 => {
                let Some(merged) = self.merged_with(place, contact) else { return };
                (ContactEdit::Unmerge { other: merged }, flag(format!("merge/{merged}"), false))
            }
            _ => (ContactEdit::KeepApart { other }, flag(format!("apart/{other}"), true)),
        };
        self.act_contact(place, contact, edit, promises);
    }

    fn merged_with(&self, place: usize, contact: ContactId) -> Option<ContactId> {
        let sql = "SELECT target FROM contact_link WHERE source = ?1 AND kind = 'merge' ORDER BY target";
        self.nodes[place].conn().query_row(sql, [contact.0], |row| row.get(0).map(ContactId)).ok()
    }

    pub(crate) fn space_of(&self, place: usize, contact: ContactId) -> Option<wire::SpaceId> {
        crm::store::change_log::space_of(self.nodes[place].conn(), contact.doc()).expect("readable")
    }

    /// Writes an interaction down.
    pub fn record(&mut self, place: usize, contact: ContactId) -> Option<ActionId> {
        let (id, body) = (InteractionId(self.dice.array()), self.fresh());
        let edit = InteractionEdit::Record {
            kind: "call".to_owned(),
            happened_at_ms: None,
            direction: None,
            outcome: None,
            body: body.clone(),
        };
        let edit = Edit::Interaction { contact, id, edit };
        self.act(place, contact, edit, vec![Promise::Interaction { id, body }])
    }

    fn touch_interaction(&mut self, place: usize) {
        let Some((contact, id)) = self.pick_promised(|promise| match promise {
            Promise::Interaction { id, .. } => Some(*id),
            _ => None,
        }) else {
            return;
        };
        let key = format!("interaction/{id}");
        let (edit, part, value) = match self.dice.below(10) {
            0..=3 => (InteractionEdit::Delete, "deleted", true),
            4..=5 => (InteractionEdit::Restore, "deleted", false),
            6..=7 => (InteractionEdit::Pin { is_pinned: true }, "pinned", true),
            _ => (InteractionEdit::Pin { is_pinned: false }, "pinned", false),
        };
        let promises = vec![mark(format!("{key}/{part}"), value)];
        self.act(place, contact, Edit::Interaction { contact, id, edit }, promises);
    }

    fn add_task(&mut self, place: usize, contact: ContactId) {
        let (id, title) = (TaskId(self.dice.array()), self.fresh());
        let repeat = self.dice.chance(20).then(|| "weekly".to_owned());
        let due_at_ms = Some(self.at(place));
        let task = NewTask { kind: "call".to_owned(), title: title.clone(), due_at_ms, owner: None, repeat };
        let edit = Edit::Task { contact, id, edit: TaskEdit::Add(task) };
        self.act(place, contact, edit, vec![Promise::Task { id, title }]);
    }

    fn touch_task(&mut self, place: usize) {
        let Some((contact, id)) = self.pick_promised(|promise| match promise {
            Promise::Task { id, .. } => Some(*id),
            _ => None,
        }) else {
            return;
        };
        if self.dice.chance(25) {
            let edit = Edit::Task { contact, id, edit: TaskEdit::Delete };
            self.act(place, contact, edit, vec![mark(format!("task/{id}/deleted"), true)]);
            return;
        }
        if self.dice.chance(10) {
            let key = format!("task/{id}/doneAt");
            // Opening what is open writes nothing.
            let is_done = !self.register(place, contact, &key).is_empty();
            let promises = is_done.then(|| mark(key, RegisterValue::Empty)).into_iter().collect();
            self.act(place, contact, Edit::Task { contact, id, edit: TaskEdit::Reopen }, promises);
            return;
        }
        let at = self.dice.below(OUTCOMES.len());
        let (outcome, note) = (OUTCOMES[at].to_owned(), self.fresh());
        let interaction = InteractionId(self.dice.array());
        let mut promises = vec![
            Promise::TaskDone { id, outcome: outcome.clone() },
            Promise::Interaction { id: interaction, body: note.clone() },
        ];
        let next = self.dice.chance(50).then(|| {
            let (id, title) = (TaskId(self.dice.array()), self.fresh());
            promises.push(Promise::Task { id, title: title.clone() });
            let due_at_ms = Some(self.at(place));
            NextTask {
                id,
                task: NewTask { kind: "call".to_owned(), title, due_at_ms, owner: None, repeat: None },
            }
        });
        let edit = TaskEdit::Complete { outcome, note, interaction, next };
        self.act(place, contact, Edit::Task { contact, id, edit }, promises);
    }

    /// Something that an acknowledged edit promised, with whom it is about.
    pub(crate) fn pick_promised<T>(
        &mut self,
        pick: impl Fn(&Promise) -> Option<T>,
    ) -> Option<(ContactId, T)> {
        let mut found: Vec<_> = self
            .ledger
            .entries
            .iter()
            .filter_map(|entry| pick(&entry.promise).map(|id| (entry.contact, id)))
            .collect();
        if found.is_empty() { None } else { Some(found.swap_remove(self.dice.below(found.len()))) }
    }
}
