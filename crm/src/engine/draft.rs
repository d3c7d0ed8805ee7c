//! What edits would write, before anything is written.

use std::collections::{BTreeMap, btree_map::Entry};

use crdt::{Document, Put, Register, Registers};
use wire::{DocId, SpaceId};

use super::{EditContext, EditError, Engine, home, project::Before, route};
use crate::{
    bounds::{self, Excess, WRITTEN_BYTES_MAX},
    comment, contact, definition,
    edit::Edit,
    id::{BranchId, ContactId},
    interaction,
    store::change_log,
    task,
};

/// Edits of one document and what they write.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) document: Document,
    pub(super) before: Before,
    pub(super) space: SpaceId,
    /// What the document holds once the edits so far are written.
    pub(super) working: Registers,
    pub(super) puts: Vec<Put>,
    /// Bytes of these.
    written_bytes: usize,
}

impl Draft {
    fn new(document: Document, space: SpaceId) -> Self {
        let (before, working) = (Before::of(&document), document.registers());
        Self { document, before, space, working, puts: Vec::new(), written_bytes: 0 }
    }

    /// Writes what someone asks for, unless it is more than fits.
    fn ask(&mut self, puts: Vec<Put>) -> Result<(), Excess> {
        bounds::room(&puts, &self.working)?;
        self.written_bytes += bounds::written_bytes(&puts);
        bounds::at_most("bytes", WRITTEN_BYTES_MAX, self.written_bytes)?;
        self.write(puts);
        Ok(())
    }

    fn write(&mut self, puts: Vec<Put>) {
        for put in &puts {
            let register = Register { value: put.value.clone(), versions: Vec::new() };
            self.working.insert(put.key.clone(), register);
        }
        self.puts.extend(puts);
    }
}

/// The documents that an action writes. Edits come in groups, and a group is kept or dropped as a whole.
#[derive(Default)]
pub(super) struct Drafts {
    kept: BTreeMap<DocId, Draft>,
    group: BTreeMap<DocId, Draft>,
}

impl Drafts {
    pub(super) fn get(&self, doc: DocId) -> Option<&Draft> {
        self.group.get(&doc).or_else(|| self.kept.get(&doc))
    }

    /// The drafts of the group that is being drafted.
    pub(super) fn group(&self) -> impl Iterator<Item = &Draft> {
        self.group.values()
    }

    fn keep_group(&mut self) {
        // Not `append`, which builds the whole tree anew for every group.
        self.kept.extend(std::mem::take(&mut self.group));
    }

    /// The drafts of every group that was kept, in order of document.
    pub(super) fn into_kept(self) -> BTreeMap<DocId, Draft> {
        self.kept
    }
}

impl Engine {
    /// Drafts edits that stand or fall together.
    pub(super) fn draft_group(
        &mut self,
        drafts: &mut Drafts,
        edits: &[Edit],
        context: &EditContext,
    ) -> Result<(), EditError> {
        drafts.group.clear();
        for edit in edits {
            let meant = route::as_correction(edit);
            let edit = self.typed(meant.as_ref().unwrap_or(edit))?;
            for edit in self.routed(drafts, &edit)? {
                self.draft(drafts, &edit, context)?;
            }
        }
        self.leaves_everybody_known(drafts)?;
        drafts.keep_group();
        Ok(())
    }

    /// Drafts registers as they are given; for undo, which needs no check of values that stood there before.
    pub(super) fn draft_puts(
        &mut self,
        drafts: &mut Drafts,
        doc: DocId,
        puts: Vec<Put>,
    ) -> Result<(), EditError> {
        let document = self.document(doc)?;
        let space = change_log::space_of(&self.conn, doc)?.unwrap_or(self.author.shared_space);
        let mut draft = Draft::new(document, space);
        draft.write(puts);
        drafts.kept.insert(doc, draft);
        Ok(())
    }

    fn draft(&mut self, drafts: &mut Drafts, edit: &Edit, context: &EditContext) -> Result<(), EditError> {
        let doc = match edit {
            Edit::Contact { id, .. } => id.doc(),
            Edit::Interaction { contact, .. }
            | Edit::Task { contact, .. }
            | Edit::Comment { contact, .. } => contact.doc(),
            Edit::Definition { id, .. } => id.doc(),
        };
        if !self.author.role.may_write(doc.kind) {
            return Err(EditError::NotAllowed);
        }
        let draft = match drafts.group.entry(doc) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(match drafts.kept.get(&doc) {
                Some(draft) => draft.clone(),
                None => self.begun(doc, edit, context.branch)?,
            }),
        };
        if let Edit::Contact { id, edit } = edit {
            home::require_home(&self.conn, self.author.shared_space, *id, edit, draft.space)?;
        }
        let working = &draft.working;
        let puts = match edit {
            Edit::Contact { id, edit } => contact::doc::puts(*id, edit, working, context)?,
            Edit::Interaction { contact, id, edit } => {
                require_contact(*contact, working)?;
                interaction::doc::puts(*id, edit, working, context)?
            }
            Edit::Task { contact, id, edit } => {
                require_contact(*contact, working)?;
                task::doc::puts(*id, edit, working, context)?
            }
            Edit::Comment { contact, about, id, edit } => {
                require_contact(*contact, working)?;
                comment::doc::puts(*about, *id, edit, working, context)?
            }
            Edit::Definition { id, edit } => definition::doc::puts(*id, edit, working, context)?,
        };
        draft.ask(puts)?;
        Ok(())
    }

    fn begun(&mut self, doc: DocId, edit: &Edit, branch: Option<BranchId>) -> Result<Draft, EditError> {
        let space = match change_log::space_of(&self.conn, doc)? {
            Some(space) => space,
            None => return Ok(Draft::new(Document::empty(doc), self.space_for_new(edit, branch)?)),
        };
        Ok(Draft::new(self.document(doc)?, space))
    }
}

/// Refuses what is about nobody.
pub(super) fn require_contact(id: ContactId, registers: &Registers) -> Result<(), EditError> {
    match registers.get("profile/createdAt") {
        Some(register) if !register.value.is_empty() => Ok(()),
        _ => Err(EditError::UnknownContact { id }),
    }
}
