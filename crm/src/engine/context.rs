//! What an edit is checked against.

use crdt::Cause;
use wire::{DeviceId, SpaceId};

use crate::{
    bounds::Excess,
    contact::field::FieldError,
    id::{ActionId, AtMs, BranchId, ContactId, DefinitionId, InteractionId, StaffId, TaskId},
    store::StoreError,
};

/// Who asks, when, under which action.
#[derive(Debug, Clone)]
pub struct EditContext {
    /// The action.
    pub action: ActionId,
    /// The moment, by the device's hybrid clock.
    pub now: AtMs,
    /// Why: a sheet may know less than a person who writes something down.
    pub cause: Cause,
    /// Who sits at the device.
    pub staff: Option<StaffId>,
    /// The device.
    pub device: DeviceId,
    /// The branch for what names none.
    pub branch: Option<BranchId>,
    /// A space that was made for a branch to be defined.
    pub new_space: Option<SpaceId>,
}

/// Why an edit was refused. Nothing of the action takes effect.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The device's role does not allow it.
    #[error("this device's role does not allow this")]
    NotAllowed,
    /// No such person here.
    #[error("no person {id}")]
    UnknownContact {
        /// Whom.
        id: ContactId,
    },
    /// No such interaction.
    #[error("no interaction {id}")]
    UnknownInteraction {
        /// Which.
        id: InteractionId,
    },
    /// No such task.
    #[error("no task {id}")]
    UnknownTask {
        /// Which.
        id: TaskId,
    },
    /// No such definition.
    #[error("no definition {id}")]
    UnknownDefinition {
        /// Which.
        id: DefinitionId,
    },
    /// A branch needs a space of its own first.
    #[error("branch {id} has no space; add branches through the workspace")]
    NoSpaceForBranch {
        /// Which.
        id: DefinitionId,
    },
    /// The person would be shown at a branch whose devices do not hold it.
    #[error("person {id} belongs to another branch; moving comes first")]
    OtherBranch {
        /// Whom.
        id: ContactId,
    },
    /// A new person's identifier was not made for the space that the person goes to.
    #[error("identifier {id} was not made for this branch; ask for one")]
    UnboundId {
        /// Which.
        id: ContactId,
    },
    /// A person cannot be linked to itself.
    #[error("person {id} cannot be linked to itself")]
    LinkToItself {
        /// Whom.
        id: ContactId,
    },
    /// A value cannot stand in a field.
    #[error("field {field} cannot hold this value")]
    Field {
        /// The field key.
        field: String,
        /// Why.
        #[source]
        source: FieldError,
    },
    /// A text is too long.
    #[error("a text is too long")]
    TooLong,
    /// A text that must stand is empty.
    #[error("a text is empty that must not be")]
    Missing,
    /// More than fits.
    #[error(transparent)]
    Excess(#[from] Excess),
    /// Too many edits in one action.
    #[error("too many edits in one action")]
    TooMany,
    /// The engine could not carry it out.
    #[error(transparent)]
    Engine(#[from] super::EngineError),
}

impl From<StoreError> for EditError {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<rusqlite::Error> for EditError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Engine(error.into())
    }
}

impl From<crdt::DocumentError> for EditError {
    fn from(error: crdt::DocumentError) -> Self {
        Self::Engine(error.into())
    }
}
