//! Which documents an edit writes when several records are shown as one person.
//!
//! Screens know the record that is shown and nothing of the others. Whatever a page shows of another record is
//! changed where it stands, so that records that come apart again each keep what is theirs.

use std::collections::BTreeSet;

use crdt::{Register, Registers};

use super::{
    EditError, Engine,
    draft::{Drafts, require_contact},
};
use crate::{
    comment::{self, model::Subject},
    conflict::wording::Wording,
    contact::{self, edit::ContactEdit, field::Field, model},
    edit::Edit,
    id::ContactId,
    interaction::edit::InteractionEdit,
    task::edit::TaskEdit,
};

/// The records of one person, in order of identifier.
struct Linked(Vec<(ContactId, Registers)>);

impl Engine {
    /// The edit, or the edits that it means for the records of one person.
    pub(super) fn routed(&mut self, drafts: &Drafts, edit: &Edit) -> Result<Vec<Edit>, EditError> {
        let contact = match edit {
            Edit::Contact { edit: ContactEdit::Create { .. }, .. } | Edit::Definition { .. } => {
                return Ok(vec![edit.clone()]);
            }
            Edit::Contact { id, .. } => *id,
            Edit::Interaction { contact, .. }
            | Edit::Task { contact, .. }
            | Edit::Comment { contact, .. } => *contact,
        };
        // Hardly anybody is merged: the cheap question comes first.
        if !contact::table::is_linked(&self.conn, contact)? {
            return Ok(vec![edit.clone()]);
        }
        let set = contact::table::linked(&self.conn, contact)?;
        let mut records = Vec::new();
        for member in set {
            let registers = match drafts.get(member.doc()) {
                Some(draft) => draft.working.clone(),
                None => self.document(member.doc())?.registers(),
            };
            if require_contact(member, &registers).is_ok() {
                records.push((member, registers));
            }
        }
        Ok(Linked(records).route(edit))
    }
}

/// What choosing one of several wordings means: a correction of the interaction or the task whose wording it is.
pub(super) fn as_correction(edit: &Edit) -> Option<Edit> {
    let Edit::Contact { id, edit: ContactEdit::Resolve { field, value } } = edit else { return None };
    let (contact, text) = (*id, Some(value.clone().unwrap_or_default()));
    Some(match field.parse().ok()? {
        Wording::Body(id) => {
            let edit = InteractionEdit::Correct { happened_at_ms: None, outcome: None, body: text };
            Edit::Interaction { contact, id, edit }
        }
        Wording::Title(id) => {
            let edit = TaskEdit::Change {
                title: text,
                due_at_ms: None,
                owner: None,
                is_due_cleared: false,
                repeat: None,
            };
            Edit::Task { contact, id, edit }
        }
    })
}

impl Linked {
    fn route(&self, edit: &Edit) -> Vec<Edit> {
        let edits = match edit {
            Edit::Interaction { contact, id, edit } => {
                let contact = self.holder(&format!("interaction/{id}")).unwrap_or(*contact);
                vec![Edit::Interaction { contact, id: *id, edit: edit.clone() }]
            }
            Edit::Task { contact, id, edit } => {
                let contact = self.holder(&format!("task/{id}")).unwrap_or(*contact);
                vec![Edit::Task { contact, id: *id, edit: edit.clone() }]
            }
            Edit::Comment { contact, about, id, edit } => {
                let key = match about {
                    Subject::Person => comment::doc::key(*about, *id),
                    Subject::Interaction(on) => format!("interaction/{on}"),
                    Subject::Task(on) => format!("task/{on}"),
                };
                let contact = self.holder(&key).unwrap_or(*contact);
                vec![Edit::Comment { contact, about: *about, id: *id, edit: edit.clone() }]
            }
            Edit::Contact { id, edit } => self.route_contact(*id, edit),
            Edit::Definition { .. } => Vec::new(),
        };
        // What stands nowhere is for the record that was named: it refuses, or has nothing to do.
        if edits.is_empty() { vec![edit.clone()] } else { edits }
    }

    fn route_contact(&self, id: ContactId, edit: &ContactEdit) -> Vec<Edit> {
        let everywhere = |key: String| self.edits(self.having(&key), edit);
        match edit {
            ContactEdit::Set { field, value } => self.route_set(id, field, value.as_deref(), false),
            ContactEdit::Resolve { field, value } => self.route_set(id, field, value.as_deref(), true),
            ContactEdit::RemoveTag { tag } => everywhere(format!("tag/{tag}")),
            ContactEdit::RemoveInterest { interest } => everywhere(format!("interest/{interest}")),
            ContactEdit::Unrelate { kind, other } => everywhere(format!("relation/{kind}.{other}")),
            ContactEdit::Unmerge { other } => self.take_out(id, *other),
            // Records that come apart later must not rise from the bin one by one.
            ContactEdit::Delete | ContactEdit::Restore => {
                self.edits(self.0.iter().map(|(id, _)| *id).collect(), edit)
            }
            _ => Vec::new(),
        }
    }

    fn route_set(&self, id: ContactId, key: &str, value: Option<&str>, resolves: bool) -> Vec<Edit> {
        let edit_of = |field: String| {
            let value = value.map(str::to_owned);
            if resolves { ContactEdit::Resolve { field, value } } else { ContactEdit::Set { field, value } }
        };
        let (key, owner) = match model::point_of_record(key) {
            Some((key, owner)) => (key, owner),
            None => (key, id),
        };
        let Ok(field) = key.parse::<Field>() else { return Vec::new() };
        if let Field::Point { .. } = field {
            return self
                .same_points(owner, &field)
                .into_iter()
                .map(|(id, key)| contact_edit(id, edit_of(key)))
                .collect();
        }
        let register = field.register();
        // What the shown record says is what a page shows: written at another one it would be hidden behind it.
        let shown = self.0.first().map_or(id, |(shown, _)| *shown);
        let mut ids = BTreeSet::from([shown]);
        if resolves {
            ids.extend(self.0.iter().filter(|(_, all)| is_disputed(all, &register)).map(|(id, _)| *id));
        } else if value.is_none_or(|value| value.trim().is_empty()) {
            // What is cleared here must not show through from another record.
            ids.extend(self.having(&register));
        }
        ids.into_iter().map(|id| contact_edit(id, edit_of(key.to_owned()))).collect()
    }

    /// A point and every point of other records that says the same: a page shows them as one.
    fn same_points(&self, owner: ContactId, field: &Field) -> Vec<(ContactId, String)> {
        let mut points = vec![(owner, field.key())];
        let value = |registers: &Registers, key: &str| {
            registers
                .get(key)
                .filter(|register| !register.value.is_empty())
                .map(|register| register.value.clone())
        };
        let owned = self.0.iter().find(|(id, _)| *id == owner);
        let Some(shown) = owned.and_then(|(_, all)| value(all, &field.register())) else { return points };
        for (id, registers) in self.0.iter().filter(|(id, _)| *id != owner) {
            for (key, register) in registers {
                if register.value == shown
                    && let Some(other) = Field::of_register(key)
                    && is_same_kind(&other, field)
                {
                    points.push((*id, other.key()));
                }
            }
        }
        points
    }

    /// Takes one record out of the person, in whichever records the links were written; the rest stays together.
    fn take_out(&self, id: ContactId, other: ContactId) -> Vec<Edit> {
        let links: Vec<_> = self
            .0
            .iter()
            .flat_map(|(from, all)| self.0.iter().map(move |(to, _)| (*from, *to, all)))
            .filter(|(_, to, all)| all.get(&merge_key(*to)).is_some_and(|link| link.value.is_true()))
            .map(|(from, to, _)| (from, to))
            .collect();
        let (cut, kept): (Vec<_>, Vec<_>) =
            links.into_iter().partition(|(from, to)| *from == other || *to == other);
        let mut edits: Vec<_> = cut
            .into_iter()
            .map(|(from, to)| contact_edit(from, ContactEdit::Unmerge { other: to }))
            .collect();
        let mut reached = BTreeSet::from([id]);
        for (rest, _) in self.0.iter().filter(|(rest, _)| *rest != other) {
            spread(&mut reached, &kept);
            if reached.insert(*rest) {
                edits.push(contact_edit(id, ContactEdit::MergeWith { other: *rest }));
            }
        }
        edits
    }

    fn having(&self, key: &str) -> Vec<ContactId> {
        self.0.iter().filter(|(_, all)| all.get(key).is_some_and(stands)).map(|(id, _)| *id).collect()
    }

    fn holder(&self, key: &str) -> Option<ContactId> {
        self.having(key).first().copied()
    }

    fn edits(&self, ids: Vec<ContactId>, edit: &ContactEdit) -> Vec<Edit> {
        ids.into_iter().map(|id| contact_edit(id, edit.clone())).collect()
    }
}

/// Adds everyone who is linked with someone reached.
fn spread(reached: &mut BTreeSet<ContactId>, links: &[(ContactId, ContactId)]) {
    loop {
        let before = reached.len();
        for (from, to) in links {
            if reached.contains(from) || reached.contains(to) {
                reached.extend([*from, *to]);
            }
        }
        if reached.len() == before {
            return;
        }
    }
}

fn merge_key(other: ContactId) -> String {
    format!("merge/{other}")
}

fn contact_edit(id: ContactId, edit: ContactEdit) -> Edit {
    Edit::Contact { id, edit }
}

/// Whether a register shows something, or would on another device's word.
fn stands(register: &Register) -> bool {
    !register.value.is_empty() || register.versions.iter().any(|version| !version.value.is_empty())
}

fn is_disputed(registers: &Registers, key: &str) -> bool {
    registers.get(key).is_some_and(|register| !register.versions.is_empty())
}

fn is_same_kind(left: &Field, right: &Field) -> bool {
    matches!((left, right), (Field::Point { kind: left, .. }, Field::Point { kind: right, .. }) if left == right)
}
