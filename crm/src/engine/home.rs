//! In which space a person lives. Identifiers are bound to it, and no edit shows a person where its document is not.

use std::collections::BTreeMap;

use rusqlite::Connection;
use wire::SpaceId;

use super::{EditError, Engine};
use crate::{
    contact::edit::ContactEdit,
    definition,
    edit::Edit,
    id::{BranchId, ContactId},
    store::{StoreError, change_log, key},
};

/// Where people of each branch live, and those of none.
#[derive(Debug, Clone)]
pub struct Homes {
    by_branch: BTreeMap<BranchId, SpaceId>,
    shared: SpaceId,
    here: SpaceId,
}

impl Homes {
    /// The space of people who are entered with this branch, or with none.
    pub fn of(&self, branch: Option<BranchId>) -> SpaceId {
        match branch {
            Some(branch) => self.by_branch.get(&branch).copied().unwrap_or(self.shared),
            None => self.here,
        }
    }
}

impl Engine {
    /// Where people of each branch live.
    ///
    /// # Errors
    /// [`EditError`] if the database refuses.
    pub fn homes(&self) -> Result<Homes, EditError> {
        let by_branch = definition::query::branch_spaces(&self.conn)?.into_iter().collect();
        let shared = self.author.shared_space;
        let mut homes = Homes { by_branch, shared, here: shared };
        if let Some(here) = self.branch_here()? {
            homes.here = homes.of(Some(here));
        }
        Ok(homes)
    }

    /// The branch for people who name none: of who sits here, or the only one whose people this device holds.
    pub(super) fn branch_here(&self) -> Result<Option<BranchId>, EditError> {
        if let Some(branch) = self.author.branch
            && let Some(space) = definition::query::space_of_branch(&self.conn, branch)?
            && key::is_held(&self.conn, space)?
        {
            return Ok(Some(branch));
        }
        Ok(definition::query::only_branch_held(&self.conn)?)
    }

    /// The space in which a new document will live: the branch's, or the shared one.
    ///
    /// A branch whose people this device does not hold is refused: nothing written there could ever leave it.
    pub(super) fn space_for_new(&self, edit: &Edit, here: Option<BranchId>) -> Result<SpaceId, EditError> {
        let Edit::Contact { id, edit: ContactEdit::Create { facts, .. } } = edit else {
            return Ok(self.author.shared_space);
        };
        let named =
            facts.iter().rev().find(|fact| fact.field == "branch").map(|fact| fact.value.parse::<BranchId>());
        let branch = match named {
            Some(Ok(branch)) => Some(branch),
            Some(Err(_)) | None => here,
        };
        let space = match branch {
            None => self.author.shared_space,
            Some(branch) => match definition::query::space_of_branch(&self.conn, branch)? {
                Some(space) if key::is_held(&self.conn, space)? => space,
                Some(_) => return Err(EditError::NoSpaceForBranch { id: branch.into() }),
                None => self.author.shared_space,
            },
        };
        if id.is_of(space) { Ok(space) } else { Err(EditError::UnboundId { id: *id }) }
    }
}

/// Refuses what would show a person at a branch whose devices do not hold it.
pub(super) fn require_home(
    conn: &Connection,
    shared: SpaceId,
    id: ContactId,
    edit: &ContactEdit,
    space: SpaceId,
) -> Result<(), EditError> {
    match edit {
        ContactEdit::Set { field, value } | ContactEdit::Resolve { field, value } if field == "branch" => {
            let typed = value.as_deref().unwrap_or_default().trim();
            let home = match typed.parse::<BranchId>() {
                Ok(branch) => definition::query::space_of_branch(conn, branch)?.unwrap_or(shared),
                Err(_) if typed.is_empty() => shared,
                // The field refuses what is no identifier.
                Err(_) => return Ok(()),
            };
            if home == space { Ok(()) } else { Err(EditError::OtherBranch { id }) }
        }
        ContactEdit::MergeWith { other } if !lives_in(conn, *other, space)? => {
            Err(EditError::OtherBranch { id: *other })
        }
        _ => Ok(()),
    }
}

fn lives_in(conn: &Connection, id: ContactId, space: SpaceId) -> Result<bool, StoreError> {
    Ok(change_log::space_of(conn, id.doc())?.map_or(id.is_of(space), |home| home == space))
}
