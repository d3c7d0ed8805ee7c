//! Edits about views that one person keeps for themselves: same edit, but nothing travels.

use crdt::Cause;
use wire::membership::Role;

use super::{ApiError, App, changed, workspace};
use crate::{
    definition::{
        edit::DefinitionEdit,
        model::Content,
        private_view::{self, PRIVATE_VIEWS_MAX},
        query,
    },
    edit::Edit,
    id::DefinitionId,
    store::StoreError,
};

impl App {
    /// Carries out an edit of a private view; says whether it was one.
    ///
    /// A view that was for all and becomes private is retired for all; a private one that becomes shared leaves
    /// this device's own list. Both take a manager, as everything shared does.
    pub(super) fn edit_private_view(
        &self,
        id: DefinitionId,
        edit: &DefinitionEdit,
    ) -> Result<bool, ApiError> {
        let kept = self.write(|replica| {
            let conn = replica.engine.conn_mut();
            let is_private = private_view::exists(conn, id)?;
            let Some(view) = private_view::wished(id, edit)? else {
                return if is_private { leave_private(replica, id, edit) } else { Ok(false) };
            };
            if !is_private && private_view::all(conn)?.len() >= PRIVATE_VIEWS_MAX {
                return Err(ApiError::new("too_many", "this device keeps too many views"));
            }
            let is_shared = matches!(query::content(conn, id)?, Some(Content::View { .. }));
            if is_shared && !is_private {
                retire(replica, id)?;
            }
            let tx = replica.engine.conn_mut().transaction().map_err(StoreError::from)?;
            private_view::put(&tx, &view)?;
            tx.commit().map_err(StoreError::from)?;
            Ok(true)
        })?;
        if kept {
            self.announce(vec![changed("definition")]);
            self.wake_sync();
        }
        Ok(kept)
    }
}

/// Shares a private view, or forgets it.
fn leave_private(
    replica: &mut crate::sync::Replica,
    id: DefinitionId,
    edit: &DefinitionEdit,
) -> Result<bool, ApiError> {
    let edits: Vec<_> = match edit {
        DefinitionEdit::View { .. } => {
            let mut edits = vec![Edit::Definition { id, edit: edit.clone() }];
            if query::content(replica.engine.conn(), id)?.is_some() {
                edits.push(Edit::Definition { id, edit: DefinitionEdit::Restore });
            }
            edits
        }
        DefinitionEdit::Archive => Vec::new(),
        _ => return Err(ApiError::new("bad_argument", "this is a private view")),
    };
    if !edits.is_empty() {
        replica.engine.act(workspace::new_action(Cause::PERSON), &edits)?;
    }
    let tx = replica.engine.conn_mut().transaction().map_err(StoreError::from)?;
    private_view::remove(&tx, id)?;
    tx.commit().map_err(StoreError::from)?;
    Ok(true)
}

/// Takes a view that was for all off everybody's list, which only managers may.
fn retire(replica: &mut crate::sync::Replica, id: DefinitionId) -> Result<(), ApiError> {
    if !replica.engine.author().role.is_at_least(Role::Manager) {
        return Err(ApiError::new("not_allowed", "only managers change what all share"));
    }
    let edit = Edit::Definition { id, edit: DefinitionEdit::Archive };
    replica.engine.act(workspace::new_action(Cause::PERSON), &[edit])?;
    Ok(())
}
