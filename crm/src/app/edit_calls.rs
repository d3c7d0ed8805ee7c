//! Edits, undo, bulk actions and jobs as screens ask for them.

use std::sync::TryLockError;

use crdt::Cause;
use rusqlite::Connection;
use wire::membership::Role;

use super::{ApiError, App, lock, workspace};
use crate::{
    api::args::{ActionArgs, BulkArgs, BulkDone, NewContactsArgs},
    bulk,
    contact::edit::ContactEdit,
    definition::{edit::DefinitionEdit, query},
    edit::{Edit, EditArgs, EditDone, UndoDone},
    id::{ContactId, TaskId},
    io::SystemEntropy,
    job::{JobArgs, JobView},
};

/// Most edits in one call; more is what imports and bulk actions are for.
const EDITS_MAX: usize = 1_000;
/// Most identifiers in one call.
const NEW_CONTACTS_MAX: u32 = 1_000;

impl App {
    /// Identifiers for people to be entered: each is bound to the space that the person will live in.
    ///
    /// # Errors
    /// [`ApiError`] if there are too many, or the database refuses.
    pub fn new_contacts(&self, args: NewContactsArgs) -> Result<Vec<ContactId>, ApiError> {
        if args.count > NEW_CONTACTS_MAX {
            return Err(ApiError::new("too_many", "too many people at once"));
        }
        let space = self.write(|replica| Ok(replica.engine.homes()?.of(args.branch)))?;
        Ok((0..args.count).map(|_| ContactId::in_space(workspace::fresh_id(), space)).collect())
    }

    /// What this device may do. While the writer is at work, what it might do before: a screen must not wait for
    /// an import to be told so.
    ///
    /// # Errors
    /// [`ApiError`] before there is a workspace.
    pub fn role(&self) -> Result<Role, ApiError> {
        let is_busy = matches!(self.inner.stage.try_lock(), Err(TryLockError::WouldBlock));
        let known = *lock(&self.inner.role);
        if let Some(role) = known.filter(|_| is_busy) {
            return Ok(role);
        }
        let role = self.write(|replica| Ok(replica.engine.author().role))?;
        *lock(&self.inner.role) = Some(role);
        Ok(role)
    }

    /// Carries out edits as one action.
    ///
    /// # Errors
    /// [`ApiError`] if an edit is refused; then nothing took effect.
    pub fn edit(&self, args: EditArgs) -> Result<EditDone, ApiError> {
        if args.edits.len() > EDITS_MAX {
            return Err(ApiError::new("too_many", "too many edits in one action"));
        }
        if let [Edit::Definition { id, edit }] = args.edits.as_slice()
            && self.edit_private_view(*id, edit)?
        {
            return Ok(EditDone { action: None });
        }
        let is_choice = |edit: &Edit| matches!(edit, Edit::Contact { edit: ContactEdit::Resolve { .. }, .. });
        let cause = if args.edits.iter().any(is_choice) { Cause::RESOLVE } else { Cause::PERSON };
        self.act(cause, &args.edits)
    }

    fn act(&self, cause: Cause, edits: &[Edit]) -> Result<EditDone, ApiError> {
        let mut action = workspace::new_action(cause);
        let acted = self.write(|replica| {
            if makes_branch(replica.engine.conn(), edits)? {
                action.new_space = Some(replica.add_space(action.at, &mut SystemEntropy)?);
            }
            Ok(replica.engine.act(action, edits)?)
        })?;
        let id = (!acted.docs.is_empty()).then_some(action.id);
        self.announce(acted.changed);
        self.wake_sync();
        Ok(EditDone { action: id })
    }

    /// Takes an action back.
    ///
    /// # Errors
    /// [`ApiError`] if the role does not allow it or the disk refuses.
    pub fn undo(&self, args: ActionArgs) -> Result<UndoDone, ApiError> {
        let action = workspace::new_action(Cause::UNDO);
        let (done, acted) = self.write(|replica| Ok(replica.engine.undo(args.action, action)?))?;
        self.announce(acted.changed);
        self.wake_sync();
        Ok(done)
    }

    /// Does one thing to many people, as one action.
    ///
    /// # Errors
    /// [`ApiError`] if it is refused for anybody; then nobody was changed.
    pub fn bulk(&self, args: BulkArgs) -> Result<BulkDone, ApiError> {
        let ids = self.read(|conn, context| bulk::ids(conn, context, &args.selection))?;
        let fresh = std::iter::repeat_with(|| TaskId(workspace::fresh_id()));
        let edits = bulk::edits(&ids, &args.change, fresh);
        let action = workspace::new_action(Cause::PERSON);
        let acted = self.write(|replica| Ok(replica.engine.act(action, &edits)?))?;
        let count = u32::try_from(acted.docs.len()).unwrap_or(u32::MAX);
        let id = (count > 0).then_some(action.id);
        self.announce(acted.changed);
        self.wake_sync();
        Ok(BulkDone { action: id, count })
    }

    /// How a job stands.
    ///
    /// # Errors
    /// [`ApiError`] if there is none.
    pub fn job(&self, args: JobArgs) -> Result<JobView, ApiError> {
        self.jobs().view(args.job)
    }

    /// Asks a job to stop at the next safe place.
    ///
    /// # Errors
    /// [`ApiError`] if there is none.
    pub fn cancel_job(&self, args: JobArgs) -> Result<JobView, ApiError> {
        self.jobs().stop(args.job);
        self.jobs().view(args.job)
    }
}

/// Whether these edits define a branch that is not known here: it needs a space of its own first.
///
/// Two at once would share one space, and are refused.
fn makes_branch(conn: &Connection, edits: &[Edit]) -> Result<bool, ApiError> {
    let mut fresh = 0;
    for edit in edits {
        if let Edit::Definition { id, edit: DefinitionEdit::Branch { name } } = edit
            && query::content(conn, *id)?.is_none()
        {
            if name.trim().is_empty() {
                return Err(ApiError::new("too_long", "a name is empty or too long"));
            }
            fresh += 1;
        }
    }
    if fresh > 1 {
        return Err(ApiError::new("too_many", "add one branch at a time"));
    }
    Ok(fresh == 1)
}
