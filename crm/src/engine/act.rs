//! Local edits: check, write, project, commit, and only then answer.

use crdt::{Cause, Edited, Put, Stamp};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{ActorId, DocId, DocKind, SpaceId};

use super::{
    EditContext, EditError, Engine, announcements,
    draft::{Draft, Drafts},
    project, wall_ms,
};
use crate::{
    edit::Edit,
    feed::Changed,
    id::{ActionId, AtMs, BranchId},
    mutant::Mutant,
    store::{NewChange, StoreError, change_log},
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

impl Engine {
    /// Carries out edits as one action: all or none.
    ///
    /// When it returns, everything is on the disk. Each document gets at most one change.
    ///
    /// # Errors
    /// [`EditError`] if an edit is refused or the disk is; then nothing took effect.
    pub fn act(&mut self, action: Action, edits: &[Edit]) -> Result<Acted, EditError> {
        self.act_with(action, edits, |_| Ok(()))
    }

    /// Carries out edits as one action, or as one part of it, and whatever `also` writes, in one commit.
    ///
    /// # Errors
    /// [`EditError`] as for [`Engine::act`].
    pub fn act_with(
        &mut self,
        action: Action,
        edits: &[Edit],
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Acted, EditError> {
        let context = self.context_for(action, edits)?;
        let mut drafts = Drafts::default();
        self.draft_group(&mut drafts, edits, &context)?;
        let stamp = self.stamp(action);
        self.commit_drafts(drafts, stamp, action.at, also)
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
            let context = self.context(*action)?;
            let mut drafts = Drafts::default();
            self.draft_group(&mut drafts, std::slice::from_ref(edit), &context)?;
            let stamp = self.stamp(*action);
            for draft in drafts.into_kept().into_values() {
                written.extend(Written::of(draft, self.author.actor, stamp, action.at)?);
            }
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for written in &written {
            written.put(&tx)?;
        }
        also(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(())
    }

    /// Carries out groups of edits as parts of one action, each group as a whole or not at all, and whatever `also`
    /// writes once it knows which groups were refused, in one commit.
    ///
    /// # Errors
    /// [`EditError::Engine`] if the disk refuses; then nothing took effect.
    pub fn act_in_groups(
        &mut self,
        action: Action,
        groups: &[Vec<Edit>],
        also: impl FnOnce(&Transaction<'_>, Vec<(usize, EditError)>) -> Result<(), StoreError>,
    ) -> Result<Acted, EditError> {
        let context = self.context(action)?;
        let (mut drafts, mut refused) = (Drafts::default(), Vec::new());
        for (at, edits) in groups.iter().enumerate() {
            match self.draft_group(&mut drafts, edits, &context) {
                Ok(()) => {}
                Err(error @ EditError::Engine(_)) => return Err(error),
                Err(error) => refused.push((at, error)),
            }
        }
        let stamp = self.stamp(action);
        self.commit_drafts(drafts, stamp, action.at, |tx| also(tx, refused))
    }

    /// Writes registers of documents as one action; for undo, which needs no check of values that stood there
    /// before.
    pub(super) fn write(
        &mut self,
        action: Action,
        puts: Vec<(DocId, Vec<Put>)>,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Acted, EditError> {
        let stamp = self.stamp(action);
        let mut drafts = Drafts::default();
        for (doc, puts) in puts {
            self.draft_puts(&mut drafts, doc, puts)?;
        }
        self.commit_drafts(drafts, stamp, action.at, also)
    }

    /// What the edits of an action are checked against.
    ///
    /// # Errors
    /// [`EditError::Engine`] if the database refuses.
    pub fn context(&self, action: Action) -> Result<EditContext, EditError> {
        Ok(self.context_at(action, self.branch_here()?))
    }

    /// The same for these edits: where this device sits is looked up only where one of them asks for it.
    fn context_for(&self, action: Action, edits: &[Edit]) -> Result<EditContext, EditError> {
        if edits.iter().any(Edit::takes_branch_here) {
            return self.context(action);
        }
        Ok(self.context_at(action, None))
    }

    fn context_at(&self, action: Action, branch: Option<BranchId>) -> EditContext {
        EditContext {
            action: action.id,
            now: action.at,
            cause: action.cause,
            staff: self.author.staff,
            device: self.author.device,
            branch,
            new_space: action.new_space,
        }
    }

    fn stamp(&mut self, action: Action) -> Stamp {
        Stamp {
            action: action.id.into(),
            time: self.clock.tick(wall_ms(action.at)),
            staff: self.author.staff.map_or_else(Default::default, Into::into),
            cause: action.cause,
        }
    }

    fn commit_drafts(
        &mut self,
        drafts: Drafts,
        stamp: Stamp,
        at: AtMs,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<Acted, EditError> {
        let mut written = Vec::new();
        for draft in drafts.into_kept().into_values() {
            written.extend(Written::of(draft, self.author.actor, stamp, at)?);
        }
        let docs: Vec<_> = written.iter().map(Written::doc).collect();
        for doc in &docs {
            // If the commit fails, the next reader finds what the disk holds.
            self.cache.pop(doc);
        }
        let changed = announcements(&docs, cause_word(stamp.cause));
        if Mutant::LastOfManyDropped.is_planted() && written.len() > 1 {
            written.pop();
        }
        if Mutant::MarkNotKept.is_planted() && written.iter().all(Written::is_mark) {
            return Ok(Acted { docs, changed });
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for written in &written {
            written.put(&tx)?;
        }
        also(&tx)?;
        if Mutant::AckBeforeDurable.is_planted() && stamp.action.0[0] < 16 {
            return Ok(Acted { docs, changed });
        }
        tx.commit().map_err(StoreError::from)?;
        for written in written {
            self.cache.put(written.doc(), written.draft.document);
        }
        Ok(Acted { docs, changed })
    }
}

/// A document after its edits, and the change that they made.
struct Written {
    draft: Draft,
    edited: Edited,
    stamp: Stamp,
    at: AtMs,
}

impl Written {
    /// Edits the document; nothing if everything held already.
    fn of(mut draft: Draft, actor: ActorId, stamp: Stamp, at: AtMs) -> Result<Option<Self>, EditError> {
        let edited = draft.document.edit(actor, stamp, &draft.puts)?;
        Ok(edited.map(|edited| Self { draft, edited, stamp, at }))
    }

    fn doc(&self) -> DocId {
        self.draft.document.id()
    }

    /// Whether it says nothing but that something is removed, or kept at the top; for a planted bug.
    fn is_mark(&self) -> bool {
        let ends = ["/deleted", "/pinned", "/deletedAt"];
        self.draft.puts.iter().all(|put| ends.iter().any(|end| put.key.ends_with(end)))
    }

    fn put(&self, tx: &Transaction<'_>) -> Result<(), EditError> {
        let (doc, space, change) = (self.doc(), self.draft.space, &self.edited.change);
        change_log::append(tx, NewChange { doc, space, change, is_local: true, received_at_ms: self.at })?;
        Ok(project::draft(tx, &self.draft, &self.edited, self.stamp.time)?)
    }
}

/// The word by which announcements name a cause.
fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::IMPORT => "import",
        Cause::UNDO => "undo",
        _ => "local",
    }
}

/// Documents of these kinds have rows.
pub(super) const PROJECTED: [DocKind; 3] = [DocKind::CONTACT, DocKind::DEFINITION, DocKind::LISTING];
