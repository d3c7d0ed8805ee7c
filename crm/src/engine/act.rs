//! Local edits: check, write, project, commit, and only then answer.

use std::collections::{BTreeMap, btree_map::Entry};

use crdt::{Cause, Document, Put, Register, Registers, Stamp};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{DocId, DocKind, SpaceId};

use super::{EditContext, EditError, Engine, feed_rows, home, project, put_feed, wall_ms};
use crate::{
    contact::{self},
    definition,
    edit::Edit,
    feed::Changed,
    id::{ActionId, AtMs},
    interaction,
    mutant::Mutant,
    store::{NewChange, StoreError, change_log},
    task,
};

/// The frame of one action.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its identifier, made by who asks.
    pub id: ActionId,
    /// The moment, by the wall clock.
    pub at: AtMs,
    /// Why.
    pub cause: Cause,
    /// A space that was made for a branch defined in this action.
    pub new_space: Option<SpaceId>,
}

/// An edit that stands in a database from its first moment, with its action.
pub type FirstEdit = (Action, Edit);

/// What an action did.
#[derive(Debug, Clone, Default)]
pub struct Acted {
    /// The documents that changed; empty when everything held already.
    pub docs: Vec<DocId>,
    /// What to announce.
    pub changed: Vec<Changed>,
}

/// The documents that an action writes, by identifier.
pub(super) type Drafts = BTreeMap<DocId, Draft>;

/// Edits of one document and what they write.
pub(super) struct Draft {
    document: Document,
    space: SpaceId,
    pub(super) working: Registers,
    puts: Vec<Put>,
}

impl Engine {
    /// Carries out edits as one action: all or none.
    ///
    /// When it returns, everything is on the disk. Each document gets at most one change.
    ///
    /// # Errors
    /// [`EditError`] if an edit is refused or the disk is; then nothing took effect.
    pub fn act(&mut self, action: Action, edits: &[Edit]) -> Result<Acted, EditError> {
        let (drafts, stamp) = self.drafts(action, edits)?;
        self.commit_drafts(drafts, stamp, action.at)
    }

    /// Carries out the first actions of a database and whatever `also` writes, in one commit. No document is in two
    /// of them.
    ///
    /// # Errors
    /// [`EditError`] if an edit is refused or the disk is; then nothing took effect.
    pub fn act_first(
        &mut self,
        actions: &[FirstEdit],
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), EditError> {
        let mut written = Vec::new();
        for (action, edit) in actions {
            let (drafts, stamp) = self.drafts(*action, std::slice::from_ref(edit))?;
            for (_, mut draft) in drafts {
                let edited = draft.document.edit(self.author.actor, stamp, &draft.puts)?;
                written.extend(edited.map(|edited| (action.at, draft.space, draft.document, edited.change)));
            }
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (at, space, document, change) in &written {
            let (doc, at) = (document.id(), *at);
            let new = NewChange { doc, space: *space, change, is_local: true, received_at_ms: at };
            change_log::append(&tx, new)?;
            project::document(&tx, document)?;
        }
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(())
    }

    fn drafts(&mut self, action: Action, edits: &[Edit]) -> Result<(Drafts, Stamp), EditError> {
        let author = self.author;
        let branch = self.branch_here()?;
        let stamp_time = self.clock.tick(wall_ms(action.at));
        let context = EditContext {
            action: action.id,
            now: action.at,
            staff: author.staff,
            device: author.device,
            branch,
            new_space: action.new_space,
        };
        let mut drafts = Drafts::new();
        for edit in edits {
            let edit = self.typed(edit)?;
            for edit in self.routed(&drafts, &edit)? {
                self.draft(&mut drafts, &edit, &context)?;
            }
        }
        let stamp = Stamp {
            action: action.id.into(),
            time: stamp_time,
            staff: author.staff.map_or_else(Default::default, Into::into),
            cause: action.cause,
        };
        Ok((drafts, stamp))
    }

    /// Writes registers of documents as one action; for undo, which needs no check of values that stood there
    /// before.
    pub(super) fn write(&mut self, action: Action, puts: Vec<(DocId, Vec<Put>)>) -> Result<Acted, EditError> {
        let stamp = Stamp {
            action: action.id.into(),
            time: self.clock.tick(wall_ms(action.at)),
            staff: self.author.staff.map_or_else(Default::default, Into::into),
            cause: action.cause,
        };
        let mut drafts = BTreeMap::new();
        for (doc, puts) in puts {
            let document = self.document(doc)?;
            let space = change_log::space_of(&self.conn, doc)?.unwrap_or(self.author.shared_space);
            drafts.insert(doc, Draft { document, space, working: Registers::new(), puts });
        }
        self.commit_drafts(drafts, stamp, action.at)
    }

    fn draft(&mut self, drafts: &mut Drafts, edit: &Edit, context: &EditContext) -> Result<(), EditError> {
        let doc = match edit {
            Edit::Contact { id, .. } => id.doc(),
            Edit::Interaction { contact, .. } | Edit::Task { contact, .. } => contact.doc(),
            Edit::Definition { id, .. } => id.doc(),
        };
        if !self.author.role.may_write(doc.kind) {
            return Err(EditError::NotAllowed);
        }
        let draft = match drafts.entry(doc) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let document = self.document(doc)?;
                let space = match change_log::space_of(&self.conn, doc)? {
                    Some(space) => space,
                    None => self.space_for_new(edit, context.branch)?,
                };
                let working = document.registers();
                entry.insert(Draft { document, space, working, puts: Vec::new() })
            }
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
            Edit::Definition { id, edit } => definition::doc::puts(*id, edit, working, context)?,
        };
        for put in &puts {
            let register = Register { value: put.value.clone(), versions: Vec::new() };
            draft.working.insert(put.key.clone(), register);
        }
        draft.puts.extend(puts);
        Ok(())
    }

    fn commit_drafts(&mut self, drafts: Drafts, stamp: Stamp, at: AtMs) -> Result<Acted, EditError> {
        let mut written = Vec::new();
        for (doc, mut draft) in drafts {
            if let Some(edited) = draft.document.edit(self.author.actor, stamp, &draft.puts)? {
                written.push((doc, draft.space, draft.document, edited.change));
            }
        }
        if written.is_empty() {
            return Ok(Acted::default());
        }
        let docs: Vec<_> = written.iter().map(|(doc, ..)| *doc).collect();
        for doc in &docs {
            // If the commit fails, the next reader finds what the disk holds.
            self.cache.pop(doc);
        }
        let changed = feed_rows(&docs, cause_word(stamp.cause));
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (doc, space, document, change) in &written {
            let new = NewChange { doc: *doc, space: *space, change, is_local: true, received_at_ms: at };
            change_log::append(&tx, new)?;
            project::document(&tx, document)?;
        }
        put_feed(&tx, &changed)?;
        if Mutant::AckBeforeDurable.is_planted() && stamp.action.0[0] < 16 {
            return Ok(Acted { docs, changed });
        }
        tx.commit().map_err(StoreError::from)?;
        for (doc, _, document, _) in written {
            self.cache.put(doc, document);
        }
        Ok(Acted { docs, changed })
    }
}

pub(super) fn require_contact(id: crate::id::ContactId, registers: &Registers) -> Result<(), EditError> {
    match registers.get("profile/createdAt") {
        Some(register) if !register.value.is_empty() => Ok(()),
        _ => Err(EditError::UnknownContact { id }),
    }
}

/// The word by which the feed names a cause.
fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::IMPORT => "import",
        Cause::UNDO => "undo",
        _ => "local",
    }
}

/// Documents of these kinds have rows.
pub(super) const PROJECTED: [DocKind; 2] = [DocKind::CONTACT, DocKind::DEFINITION];
