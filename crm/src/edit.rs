//! An [`Edit`]: what someone asks for, as a plain value.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    comment::{edit::CommentEdit, model::Subject},
    contact::edit::ContactEdit,
    definition::edit::DefinitionEdit,
    id::{ActionId, CommentId, ContactId, DefinitionId, InteractionId, JobId, TaskId},
    interaction::edit::InteractionEdit,
    task::edit::TaskEdit,
};

/// What someone asks for. Identifiers of new things are made by who asks, so that asking twice is harmless.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "noun", rename_all = "camelCase")]
pub enum Edit {
    /// About a person.
    Contact {
        /// Whom.
        id: ContactId,
        /// What.
        edit: ContactEdit,
    },
    /// About an interaction.
    Interaction {
        /// Whose.
        contact: ContactId,
        /// Which.
        id: InteractionId,
        /// What.
        edit: InteractionEdit,
    },
    /// About a task.
    Task {
        /// Whose.
        contact: ContactId,
        /// Which.
        id: TaskId,
        /// What.
        edit: TaskEdit,
    },
    /// About a remark.
    Comment {
        /// Whose.
        contact: ContactId,
        /// What it is about.
        about: Subject,
        /// Which.
        id: CommentId,
        /// What.
        edit: CommentEdit,
    },
    /// About a definition.
    Definition {
        /// Which.
        id: DefinitionId,
        /// What.
        edit: DefinitionEdit,
    },
}

impl Edit {
    /// Whether what it writes depends on the branch at which this device sits.
    pub(crate) fn takes_branch_here(&self) -> bool {
        match self {
            Self::Contact { edit, .. } => matches!(edit, ContactEdit::Create { .. }),
            Self::Interaction { edit, .. } => matches!(edit, InteractionEdit::Record { .. }),
            // What was done is recorded as an interaction.
            Self::Task { edit, .. } => matches!(edit, TaskEdit::Complete { .. }),
            Self::Comment { .. } | Self::Definition { .. } => false,
        }
    }
}

/// Edits that belong to one action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EditArgs {
    /// In order; all or none take effect.
    pub edits: Vec<Edit>,
}

/// What became of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditDone {
    /// The action, to undo by; missing when nothing needed to change.
    pub action: Option<ActionId>,
}

/// What became of an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoDone {
    /// The action of the undo itself, which can be undone too.
    pub action: Option<ActionId>,
    /// How many values were put back.
    pub restored: u32,
    /// How many were left because somebody changed them since.
    pub skipped: u32,
    /// When it is long: the job that does it and tells all this at its end.
    pub job: Option<JobId>,
}
