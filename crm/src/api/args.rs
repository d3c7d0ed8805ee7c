//! Arguments of calls that are not edits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    bounds::{self, Excess, SELECTED_MAX},
    filter::ViewSpec,
    id::{ActionId, BranchId, ContactId, ImportId, JobId, StaffId, TagId},
    import::view::{ImportMapping, ImportReading},
};

/// No arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct NoArgs {}

/// Nothing to tell.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Done {}

/// Asks for identifiers of people to be entered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NewContactsArgs {
    /// At which branch they will be; where people go who name none, if there is none.
    pub branch: Option<BranchId>,
    /// How many.
    pub count: u32,
}

/// Asks for a stretch of a list of people.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListArgs {
    /// Which, and in which order.
    pub view: ViewSpec,
    /// Where to begin.
    pub offset: u32,
    /// How many at most; 500 is the greatest.
    pub limit: u32,
}

/// Asks for a stretch of any other list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PageArgs {
    /// Where to begin.
    pub offset: u32,
    /// How many at most; 0 asks for 50.
    pub limit: u32,
}

/// Names a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactArgs {
    /// Who.
    pub id: ContactId,
}

/// Asks for a person's timeline, newest first; pinned entries come first of all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineArgs {
    /// Whose.
    pub id: ContactId,
    /// Only these kinds; all when empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Only entries of this member of staff.
    #[serde(default)]
    pub staff: Option<StaffId>,
    /// Only entries of this branch; a change counts for the branch of who made it.
    #[serde(default)]
    pub branch: Option<BranchId>,
    /// Where to begin.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A stretch of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Timeline {
    /// How many entries there are in all.
    pub total: u32,
    /// The entries.
    pub entries: Vec<crate::contact::view::TimelineEntry>,
}

/// Asks for the history of a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryArgs {
    /// Whose.
    pub id: ContactId,
    /// Of this field only.
    #[serde(default)]
    pub field: Option<String>,
}

/// Searches for people.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchArgs {
    /// A name with or without marks, part of a phone number or e-mail, or a tag.
    pub text: String,
    /// How many at most.
    pub limit: u32,
}

/// Asks who may already be here.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct HintArgs {
    /// The name typed so far.
    pub full_name: String,
    /// The phone typed so far.
    pub phone: String,
    /// The e-mail typed so far.
    pub email: String,
    /// Whom to leave out: the person being edited.
    pub except: Option<ContactId>,
}

/// Chooses people for a bulk action or an export.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "which", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Selection {
    /// These people.
    These {
        /// Who.
        ids: Vec<ContactId>,
    },
    /// All that match, but for these.
    Matching {
        /// Which.
        view: ViewSpec,
        /// But for these.
        except: Vec<ContactId>,
    },
}

impl Selection {
    /// Refuses one that names too many people one by one.
    ///
    /// # Errors
    /// [`Excess::TooMany`] if it does.
    pub fn check(&self) -> Result<(), Excess> {
        let (Self::These { ids } | Self::Matching { except: ids, .. }) = self;
        bounds::at_most("people", SELECTED_MAX, ids.len())
    }
}

/// Asks how many people a selection holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SelectionArgs {
    /// Which people.
    pub selection: Selection,
}

/// How many.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Count {
    /// That many.
    pub count: u32,
}

/// Does one thing to many people, as one action.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulkArgs {
    /// To whom.
    pub selection: Selection,
    /// What.
    pub change: BulkChange,
}

/// What a bulk action does.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BulkChange {
    /// Sets or clears a field.
    Set {
        /// Field key.
        field: String,
        /// The value; none clears.
        value: Option<String>,
    },
    /// Puts a tag on.
    AddTag {
        /// Its name.
        label: String,
    },
    /// Takes a tag off.
    RemoveTag {
        /// Which.
        tag: TagId,
    },
    /// Adds a task for each.
    AddTask {
        /// What to do.
        task: crate::task::edit::NewTask,
    },
    /// Puts them in the bin.
    Delete,
    /// Takes them out of the bin.
    Restore,
}

/// A bulk action that was done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulkDone {
    /// The action, to undo by.
    pub action: Option<ActionId>,
    /// How many people it changed.
    pub count: u32,
    /// When they are very many: the job that does it and tells all this at its end.
    pub job: Option<JobId>,
}

/// Names an action.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActionArgs {
    /// Which.
    pub action: ActionId,
}

/// Writes people to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportArgs {
    /// Which people.
    pub selection: Selection,
    /// csv, xlsx, vcard or json.
    pub format: String,
    /// Field keys of the columns; the usual ones when empty.
    pub columns: Vec<String>,
}

/// A file that the program holds for the screen: never a path.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileHandle {
    /// The handle.
    pub handle: String,
    /// The file's name.
    pub name: String,
}

/// Opens a file for import.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportOpenArgs {
    /// A file that was handed over; or
    #[serde(default)]
    pub file: Option<FileHandle>,
    /// cells that were pasted.
    #[serde(default)]
    pub pasted: Option<String>,
}

/// Names an import.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportArgs {
    /// Which.
    pub import: ImportId,
}

/// Reads the file of a draft in another way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportReadArgs {
    /// Which.
    pub import: ImportId,
    /// How.
    pub reading: ImportReading,
}

/// Checks what an import would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportCheckArgs {
    /// Which.
    pub import: ImportId,
    /// How columns become fields.
    pub mapping: ImportMapping,
}

/// Asks for rows of a dry run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportRowsArgs {
    /// Which.
    pub import: ImportId,
    /// new, updated, unchanged, duplicate or error; `merged` for those that went into somebody who was known,
    /// `needsPerson` for those about somebody who may be here already, `unread` for those that went in with a cell
    /// that could not be read; all when missing.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Where to begin.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// The values that a column holds, with their counts, for mapping.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportValuesArgs {
    /// Which.
    pub import: ImportId,
    /// Which column, from 0.
    pub column: u32,
    /// What the column is taken for by now; what was guessed when missing.
    pub target: Option<String>,
}

/// One value of a column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportValue {
    /// The text in the sheet.
    pub raw: String,
    /// How often.
    pub count: u32,
    /// The value of ours that is proposed.
    pub guess: Option<String>,
}

/// Chooses who sits at this device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignInArgs {
    /// Who.
    pub staff: StaffId,
}

/// Names the relay.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RelayArgs {
    /// Its address; null takes the device off the relay, and has to be said.
    pub url: Option<String>,
}

/// Asks for the Today screen.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct TodayArgs {
    /// How many tasks of each part at most; 0 asks for 200.
    pub limit: u32,
}

/// Lists tasks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskListArgs {
    /// By whom; everybody's when missing.
    #[serde(default)]
    pub owner: Option<StaffId>,
    /// Whether those done are wanted rather than those open.
    pub is_done: bool,
    /// Where to begin.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}
