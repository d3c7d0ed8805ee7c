//! Documents to rows. Right in whatever order documents arrive.

use std::collections::BTreeSet;

use crdt::Document;
use rusqlite::Transaction;
use wire::{DocId, DocKind};

use super::{EngineError, load};
use crate::{
    contact::{self, model::Contact},
    definition,
    id::{AtMs, ContactId, DefinitionId},
};

/// Writes the rows of a document that changed.
pub(super) fn document(tx: &Transaction<'_>, document: &Document) -> Result<(), EngineError> {
    let DocId { kind, key } = document.id();
    match kind {
        DocKind::CONTACT => contact(tx, ContactId(key), document),
        DocKind::DEFINITION => {
            let id = DefinitionId(key);
            let read = definition::doc::read(id, &document.registers());
            Ok(definition::table::project(tx, id, read.as_ref())?)
        }
        // Kinds of newer programs are kept and passed on, not shown.
        _ => Ok(()),
    }
}

fn contact(tx: &Transaction<'_>, id: ContactId, document: &Document) -> Result<(), EngineError> {
    let record = read(id, document);
    let before = contact::table::linked(tx, id)?;
    contact::table::project_links(tx, id, record.as_ref())?;
    let after = contact::table::linked(tx, id)?;
    if before.len() <= 1 && after.len() <= 1 {
        return match record {
            Some(contact) => Ok(contact::table::project(tx, &contact)?),
            None => Ok(contact::table::remove(tx, id)?),
        };
    }
    let mut open: BTreeSet<ContactId> = before.union(&after).copied().collect();
    while let Some(member) = open.first().copied() {
        let set = contact::table::linked(tx, member)?;
        open.retain(|id| !set.contains(id));
        linked_set(tx, &set, id, document)?;
    }
    Ok(())
}

/// Shows a set of linked records as the one person of smallest identifier.
fn linked_set(
    tx: &Transaction<'_>,
    set: &BTreeSet<ContactId>,
    id: ContactId,
    document: &Document,
) -> Result<(), EngineError> {
    let mut records = Vec::new();
    for member in set {
        let record = if *member == id { read(id, document) } else { read(*member, &load(tx, member.doc())?) };
        match record {
            Some(record) => records.push(record),
            None => contact::table::remove(tx, *member)?,
        }
    }
    let Some((first, rest)) = records.split_first() else { return Ok(()) };
    for other in rest {
        contact::table::project_merged(tx, other, first.id)?;
    }
    let mut united = first.clone();
    for other in rest {
        united.unite(other);
    }
    Ok(contact::table::project(tx, &united)?)
}

fn read(id: ContactId, document: &Document) -> Option<Contact> {
    let updated_at = AtMs(document.last_time().wall_ms() as i64);
    let mut contact = Contact::from_registers(id, &document.registers(), updated_at)?;
    if contact.plain("status").is_some() {
        let written = document.written_at("profile/status");
        contact.status_since = written.map(|time| AtMs(time.wall_ms() as i64));
    }
    Some(contact)
}
