//! Documents to rows. Right in whatever order documents arrive.

use std::collections::BTreeSet;

use crdt::{Document, Edited, HybridTime};
use rusqlite::Transaction;
use wire::{DocId, DocKind};

use super::{EngineError, draft::Draft, load};
use crate::{
    contact::{self, model::Contact},
    definition,
    id::{AtMs, ContactId, DefinitionId, PageId},
    listing,
};

/// The register of the status.
const STATUS: &str = "profile/status";

/// What the rows show of a document before it changed: what of them must be written follows from that.
#[derive(Debug, Clone)]
pub(super) enum Before {
    /// Nobody had written to the document: there are no rows.
    Nothing,
    /// The document held this person, or was no person.
    Held(Option<Box<Contact>>),
    /// Not known.
    Unknown,
}

impl Before {
    /// What stands there of a document, taken before it is edited or merged.
    pub(super) fn of(document: &Document) -> Self {
        match document.id() {
            _ if document.is_empty() => Self::Nothing,
            DocId { kind: DocKind::CONTACT, key } => Self::Held(read(ContactId(key), document).map(Box::new)),
            _ => Self::Unknown,
        }
    }
}

/// Writes the rows of a document that changed.
pub(super) fn document(
    tx: &Transaction<'_>,
    document: &Document,
    before: &Before,
) -> Result<(), EngineError> {
    let DocId { kind, key } = document.id();
    match kind {
        DocKind::CONTACT => contact(tx, ContactId(key), read(ContactId(key), document), before),
        DocKind::DEFINITION => {
            let id = DefinitionId(key);
            let read = definition::doc::read(id, &document.registers());
            Ok(definition::table::project(tx, id, read.as_ref())?)
        }
        DocKind::LISTING => {
            let page = PageId(key);
            let listings = listing::doc::read(page, &document.registers());
            Ok(listing::table::project(tx, page, matches!(before, Before::Nothing), &listings)?)
        }
        // Kinds of newer programs are kept and passed on, not shown.
        _ => Ok(()),
    }
}

/// Writes the rows of a document that was edited here at `time`: what it says is known without reading it again.
pub(super) fn draft(
    tx: &Transaction<'_>,
    draft: &Draft,
    edited: &Edited,
    time: HybridTime,
) -> Result<(), EngineError> {
    let key = match draft.document.id() {
        // Only the document knows what its rivals say.
        DocId { kind: DocKind::CONTACT, key } if draft.puts.iter().all(|put| put.rivals.is_empty()) => key,
        _ => return document(tx, &draft.document, &draft.before),
    };
    let (id, at) = (ContactId(key), AtMs(time.wall_ms() as i64));
    let mut record = Contact::from_registers(id, &draft.working, at);
    if let Some(record) = &mut record {
        record.status_since = match record.plain("status") {
            Some(_) if edited.touched.contains(STATUS) => Some(at),
            Some(_) => status_since(&draft.document),
            None => None,
        };
    }
    debug_assert_eq!(record, read(id, &draft.document), "the draft is what its document says");
    contact(tx, id, record, &draft.before)
}

fn contact(
    tx: &Transaction<'_>,
    id: ContactId,
    record: Option<Contact>,
    before: &Before,
) -> Result<(), EngineError> {
    let was_linked = contact::table::is_linked(tx, id)?;
    let set = if was_linked { contact::table::linked(tx, id)? } else { BTreeSet::from([id]) };
    let is_linked = if moves_links(record.as_ref(), before) {
        contact::table::project_links(tx, id, record.as_ref())?;
        contact::table::is_linked(tx, id)?
    } else {
        was_linked
    };
    if !was_linked && !is_linked {
        return alone(tx, id, record.as_ref(), before);
    }
    let mut open = set;
    open.extend(contact::table::linked(tx, id)?);
    while let Some(member) = open.first().copied() {
        let set = contact::table::linked(tx, member)?;
        open.retain(|id| !set.contains(id));
        linked_set(tx, &set, id, record.as_ref())?;
    }
    Ok(())
}

fn moves_links(record: Option<&Contact>, before: &Before) -> bool {
    fn links(record: &Contact) -> (&[ContactId], &[ContactId]) {
        (&record.merges, &record.aparts)
    }
    let after = record.map_or((&[][..], &[][..]), links);
    match before {
        Before::Nothing => after != (&[], &[]),
        Before::Held(before) => before.as_deref().map_or((&[][..], &[][..]), links) != after,
        Before::Unknown => true,
    }
}

/// Shows a record that is linked with no other, and was not.
fn alone(
    tx: &Transaction<'_>,
    id: ContactId,
    record: Option<&Contact>,
    before: &Before,
) -> Result<(), EngineError> {
    match (before, record) {
        (Before::Nothing, Some(record)) => contact::table::insert(tx, record)?,
        (Before::Held(Some(before)), Some(record)) => contact::table::update(tx, before, record)?,
        (_, Some(record)) => contact::table::project(tx, record)?,
        (_, None) => contact::table::remove(tx, id)?,
    }
    Ok(())
}

/// Shows a set of linked records as the one person of smallest identifier.
fn linked_set(
    tx: &Transaction<'_>,
    set: &BTreeSet<ContactId>,
    id: ContactId,
    record: Option<&Contact>,
) -> Result<(), EngineError> {
    let mut records = Vec::new();
    for member in set {
        let record = if *member == id { record.cloned() } else { read(*member, &load(tx, member.doc())?) };
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

/// The person whom a document holds.
fn read(id: ContactId, document: &Document) -> Option<Contact> {
    let updated_at = AtMs(document.last_time().wall_ms() as i64);
    let mut contact = Contact::from_registers(id, &document.registers(), updated_at)?;
    if contact.plain("status").is_some() {
        contact.status_since = status_since(document);
    }
    Some(contact)
}

fn status_since(document: &Document) -> Option<AtMs> {
    document.written_at(STATUS).map(|time| AtMs(time.wall_ms() as i64))
}
