//! What the engine will make of planned edits, asked of the engine's own checks before anything is written.

use crdt::{Put, Register, RegisterValue, Registers};
use rusqlite::Connection;

use super::{
    frame::Frame,
    overlay::{Overlay, Values},
};
use crate::{
    bounds::Held,
    contact::{self, edit::ContactEdit, field::Field},
    edit::Edit,
    engine::EditError,
    id::{ContactId, TagId},
    interaction::{self, edit::InteractionEdit},
};

/// What a row makes of people.
#[derive(Debug, Default)]
pub struct Made {
    /// Everybody whom the row is about or writes to, with what stands of them then, and whether it enters them.
    pub people: Vec<(ContactId, Values, bool)>,
    /// Notes: whose, the words, and the time if the row says one.
    pub notes: Vec<(ContactId, String, Option<i64>)>,
    /// What people say about marketing.
    pub consents: Vec<(ContactId, bool)>,
    /// Whose guardian is who.
    pub guardians: Vec<(ContactId, ContactId)>,
    /// Who are brothers and sisters.
    pub siblings: Vec<(ContactId, ContactId)>,
}

/// Asks whether edits will be accepted, and what they will make of people; `about` is whom the row is about even if
/// it changes nothing.
///
/// # Errors
/// [`EditError`] as the engine will refuse with, or if the database refuses.
pub fn of(
    conn: &Connection,
    overlay: &Overlay,
    about: (ContactId, &Values),
    edits: &[Edit],
    frame: &Frame<'_>,
) -> Result<Made, EditError> {
    let mut made = Made::default();
    made.people.push((about.0, about.1.clone(), false));
    for edit in edits {
        match edit {
            Edit::Contact { id, edit } => made.contact(conn, overlay, *id, edit, frame)?,
            Edit::Interaction { contact, id, edit } => {
                interaction::doc::puts(*id, edit, &Registers::new(), &frame.context)?;
                if let InteractionEdit::Record { happened_at_ms, body, .. } = edit {
                    let at_ms = happened_at_ms.map(|at| at.0);
                    made.notes.push((*contact, body.trim().to_owned(), at_ms));
                }
            }
            // An import asks for nothing else.
            Edit::Comment { .. } | Edit::Task { .. } | Edit::Definition { .. } => {}
        }
    }
    Ok(made)
}

impl Made {
    fn contact(
        &mut self,
        conn: &Connection,
        overlay: &Overlay,
        id: ContactId,
        edit: &ContactEdit,
        frame: &Frame<'_>,
    ) -> Result<(), EditError> {
        let at = match self.people.iter().position(|(known, ..)| *known == id) {
            Some(at) => at,
            None => {
                self.people.push((id, overlay.values_of(conn, id)?.unwrap_or_default(), false));
                self.people.len() - 1
            }
        };
        let (_, values, is_new) = &mut self.people[at];
        if let ContactEdit::Create { facts, .. } = edit
            && values.is_empty()
        {
            frame.homes.for_new(id, facts)?;
            *is_new = true;
        }
        let registers = if values.is_empty() { Registers::new() } else { entered() };
        let held = Held::of(values);
        for put in contact::doc::puts(id, edit, &registers, &frame.context)? {
            write(values, &put);
        }
        held.grows_to(Held::of(values))?;
        match edit {
            ContactEdit::SetConsent { is_granted, .. } => self.consents.push((id, *is_granted)),
            ContactEdit::Relate { kind, other } if kind == "guardian" => self.guardians.push((id, *other)),
            ContactEdit::Relate { kind, other } if kind == "sibling" => self.siblings.push((id, *other)),
            _ => {}
        }
        Ok(())
    }
}

/// As much of a document as the checks look at: that somebody was entered.
fn entered() -> Registers {
    let register = Register { value: RegisterValue::from(1_i64), versions: Vec::new() };
    Registers::from([("profile/createdAt".to_owned(), register)])
}

fn write(values: &mut Values, put: &Put) {
    let key = match put.key.split_once('/') {
        Some((list @ ("tag" | "interest"), id)) => {
            id.parse::<TagId>().ok().map(|id| format!("{list}.{}", data_encoding::HEXLOWER.encode(&id.0)))
        }
        _ => Field::of_register(&put.key).map(|field| field.key()),
    };
    match (key, put.value.as_text()) {
        (Some(key), Some(text)) => drop(values.insert(key, text.to_owned())),
        (Some(key), None) => drop(values.remove(&key)),
        (None, _) => {}
    }
}
