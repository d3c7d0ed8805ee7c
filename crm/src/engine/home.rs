//! In which space a person lives. Identifiers are bound to it, and no edit shows a person where its document is not.

use std::collections::BTreeMap;

use rusqlite::Connection;
use wire::SpaceId;

use super::{EditError, Engine};
use crate::{
    contact::{
        self,
        edit::{ContactEdit, Fact},
    },
    definition,
    edit::Edit,
    id::{BranchId, ContactId},
    store::key,
};

/// Where people of each branch live, and those of none.
#[derive(Debug, Clone)]
pub struct Homes {
    by_branch: BTreeMap<BranchId, Home>,
    shared: SpaceId,
    here: SpaceId,
    branch_here: Option<BranchId>,
}

/// The space of a branch's people.
#[derive(Debug, Clone, Copy)]
struct Home {
    space: SpaceId,
    /// Whether this device holds them.
    is_held: bool,
}

impl Homes {
    /// The space of people who are entered with this branch, or with none.
    pub fn of(&self, branch: Option<BranchId>) -> SpaceId {
        match branch {
            Some(branch) => self.by_branch.get(&branch).map_or(self.shared, |home| home.space),
            None => self.here,
        }
    }

    /// The space in which a new person will live.
    ///
    /// # Errors
    /// [`EditError`] as entering the person will be refused with.
    pub fn for_new(&self, id: ContactId, facts: &[Fact]) -> Result<SpaceId, EditError> {
        let branch = branch_of(facts, self.branch_here);
        settled(id, branch, branch.and_then(|branch| self.by_branch.get(&branch).copied()), self.shared)
    }
}

impl Engine {
    /// Where people of each branch live.
    ///
    /// # Errors
    /// [`EditError`] if the database refuses.
    pub fn homes(&self) -> Result<Homes, EditError> {
        let mut by_branch = BTreeMap::new();
        for (branch, space) in definition::query::branch_spaces(&self.conn)? {
            by_branch.insert(branch, Home { space, is_held: key::is_held(&self.conn, space)? });
        }
        let (shared, branch_here) = (self.author.shared_space, self.branch_here()?);
        let mut homes = Homes { by_branch, shared, here: shared, branch_here };
        homes.here = branch_here.map_or(shared, |here| homes.of(Some(here)));
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
        let branch = branch_of(facts, here);
        let home = match branch {
            None => None,
            Some(branch) => match definition::query::space_of_branch(&self.conn, branch)? {
                Some(space) => Some(Home { space, is_held: key::is_held(&self.conn, space)? }),
                None => None,
            },
        };
        settled(*id, branch, home, self.author.shared_space)
    }
}

/// The branch among the facts, or the one of who sits here.
fn branch_of(facts: &[Fact], here: Option<BranchId>) -> Option<BranchId> {
    let named = facts.iter().rev().find(|fact| fact.field == "branch");
    named.and_then(|fact| fact.value.parse().ok()).or(here)
}

/// The home of a new person of a branch, if this device holds it and the identifier was made for it.
fn settled(
    id: ContactId,
    branch: Option<BranchId>,
    home: Option<Home>,
    shared: SpaceId,
) -> Result<SpaceId, EditError> {
    let space = match (branch, home) {
        (Some(branch), Some(Home { is_held: false, .. })) => {
            return Err(EditError::NoSpaceForBranch { id: branch.into() });
        }
        (_, Some(home)) => home.space,
        (_, None) => shared,
    };
    if id.is_of(space) { Ok(space) } else { Err(EditError::UnboundId { id }) }
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
        ContactEdit::MergeWith { other } if !contact::home::lives_in(conn, *other, space)? => {
            Err(EditError::OtherBranch { id: *other })
        }
        _ => Ok(()),
    }
}
