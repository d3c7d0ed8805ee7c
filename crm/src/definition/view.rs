//! What the screens receive about definitions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    filter::ViewSpec,
    id::{BranchId, DefinitionId, StaffId, TagId},
};

/// A member of staff by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaffRef {
    /// Who.
    pub id: StaffId,
    /// The name, family name first.
    pub name: String,
}

/// A device by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRef {
    /// Hex.
    pub id: String,
    /// What people call it: Quầy Gò Vấp.
    pub name: String,
}

/// A branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BranchView {
    /// Which.
    pub id: BranchId,
    /// Its name.
    pub name: String,
    /// Whether this device holds its people.
    pub is_held: bool,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StaffView {
    /// Who.
    pub id: StaffId,
    /// The name, family name first.
    pub name: String,
    /// At which branch.
    pub branch: Option<BranchId>,
    /// owner, manager, staff, teacher or viewer: what the screens offer; devices carry the real right.
    pub role: String,
    /// Whether the person still works here.
    pub is_active: bool,
}

/// A tag that managers keep: a colour, an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TagDefView {
    /// Which.
    pub id: TagId,
    /// Its name.
    pub label: String,
    /// How many people carry it.
    pub count: u32,
}

/// A custom field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldDefView {
    /// Which.
    pub id: DefinitionId,
    /// The key to edit it by: `custom.<id>`.
    pub field: String,
    /// Its name.
    pub label: String,
    /// text, number, date, choice or yesNo.
    pub kind: String,
    /// For `choice`.
    pub choices: Vec<String>,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Which.
    pub id: DefinitionId,
    /// Its name.
    pub name: String,
    /// Whose; nobody's when all share it.
    pub staff: Option<StaffId>,
    /// Whether it lives on this device alone.
    pub is_private: bool,
    /// Kept at the top.
    pub is_pinned: bool,
    /// The key of a view that ships with the program, by which the screens say its name; none for all others.
    #[serde(default)]
    pub preset: Option<String>,
    /// What it shows.
    pub view: ViewSpec,
}

/// All definitions that the screens need, each list by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Definitions {
    /// Branches.
    pub branches: Vec<BranchView>,
    /// Staff.
    pub staff: Vec<StaffView>,
    /// Tags in use or defined.
    pub tags: Vec<TagDefView>,
    /// Custom fields.
    pub fields: Vec<FieldDefView>,
    /// Saved views, then those that ship with the program.
    pub views: Vec<SavedView>,
    /// Sources in use, most used first.
    pub sources: Vec<String>,
    /// Levels in use.
    pub levels: Vec<String>,
    /// Schools in use.
    pub schools: Vec<String>,
}
