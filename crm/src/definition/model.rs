//! A definition as a value.

use serde::{Deserialize, Serialize};

use crate::{
    filter::ViewSpec,
    id::{BranchId, DefinitionId, StaffId},
};

/// Anything that managers define.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Which.
    pub id: DefinitionId,
    /// What it says.
    pub content: Content,
    /// Whether it was retired.
    pub is_archived: bool,
}

/// What a definition says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Content {
    /// The centre's name.
    Centre {
        /// Its name.
        name: String,
    },
    /// A branch and its space.
    Branch {
        /// Its name.
        name: String,
        /// Its space, hex.
        space: String,
    },
    /// A member of staff.
    Staff {
        /// The name.
        name: String,
        /// At which branch.
        branch: Option<BranchId>,
        /// The role that the screens offer.
        role: String,
    },
    /// A device.
    Device {
        /// What people call it.
        name: String,
        /// Who usually sits at it.
        staff: Option<StaffId>,
    },
    /// A custom field.
    Field {
        /// Its name.
        label: String,
        /// text, number, date, choice or yesNo.
        form: String,
        /// For `choice`.
        choices: Vec<String>,
    },
    /// A tag.
    Tag {
        /// Its name.
        label: String,
    },
    /// A saved view.
    View {
        /// Its name.
        name: String,
        /// Whose.
        staff: Option<StaffId>,
        /// Kept at the top.
        is_pinned: bool,
        /// What it shows.
        view: ViewSpec,
    },
}

/// Roles that a member of staff may be given here. What another device wrote is shown whatever it is.
pub const ROLES: &[&str] = &["owner", "manager", "staff", "teacher", "viewer"];
/// Kinds of custom fields that may be made here.
pub const FORMS: &[&str] = &["text", "number", "date", "choice", "yesNo"];

impl Content {
    /// The kind's stored word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Centre { .. } => "centre",
            Self::Branch { .. } => "branch",
            Self::Staff { .. } => "staff",
            Self::Device { .. } => "device",
            Self::Field { .. } => "field",
            Self::Tag { .. } => "tag",
            Self::View { .. } => "view",
        }
    }

    /// The name that people see.
    pub fn name(&self) -> &str {
        match self {
            Self::Centre { name }
            | Self::Branch { name, .. }
            | Self::Staff { name, .. }
            | Self::Device { name, .. }
            | Self::View { name, .. } => name,
            Self::Field { label, .. } | Self::Tag { label } => label,
        }
    }
}
