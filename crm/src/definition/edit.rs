//! What may be asked about definitions. Managers and owners only.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    filter::ViewSpec,
    id::{BranchId, StaffId},
};

/// A wish about a definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DefinitionEdit {
    /// Names the centre.
    Centre {
        /// Its name.
        name: String,
    },
    /// Adds or renames a branch.
    Branch {
        /// Its name.
        name: String,
    },
    /// Adds or changes a member of staff.
    Staff {
        /// The name, family name first.
        name: String,
        /// At which branch.
        branch: Option<BranchId>,
        /// owner, manager, staff, teacher or viewer.
        role: String,
    },
    /// Names a device and says who usually sits at it.
    Device {
        /// What people call it.
        name: String,
        /// Who usually sits at it.
        staff: Option<StaffId>,
    },
    /// Adds or renames a custom field.
    Field {
        /// Its name.
        label: String,
        /// text, number, date, choice or yesNo.
        kind: String,
        /// For `choice`.
        choices: Vec<String>,
    },
    /// Adds or changes a tag.
    Tag {
        /// Its name.
        label: String,
    },
    /// Saves a view.
    View {
        /// Its name.
        name: String,
        /// Whose; nobody's when all share it.
        staff: Option<StaffId>,
        /// Kept at the top.
        is_pinned: bool,
        /// What it shows.
        view: ViewSpec,
    },
    /// Retires it: it is offered no more, and stays readable where it was used.
    Archive,
    /// Brings it back.
    Restore,
}
