//! The one door: every call that a screen or a command line can make, by name.
//!
//! A name, its arguments, its result, and the least role that may use it. Bodies live with their nouns.

pub mod args;
mod bindings;

use crate::{
    conflict::view::ConflictList,
    contact::view::{ContactList, ContactPage, DuplicateHint, DuplicateView, HistoryView, SearchHit},
    definition::view::Definitions,
    edit::{EditArgs, EditDone, UndoDone},
    import::view::{ImportDraft, ImportRows, ImportView},
    job::{JobArgs, JobStarted, JobView},
    session::view::{CreateArgs, JoinArgs, Session, Settings},
    sync::view::{DeviceView, InviteArgs, InviteView, JoinRequestView, NamedArgs, OpenInvite, SyncStatus},
    task::view::{TaskView, TodayView},
};
use args::*;

macro_rules! calls {
    ($( $name:literal $role:ident ( $args:ty ) -> $result:ty ; )*) => {
        /// Writes the TypeScript types of every call into `dir`, and returns the map from name to types.
        ///
        /// # Errors
        /// [`ts_rs::ExportError`] if a file cannot be written.
        pub fn export_bindings(dir: &std::path::Path) -> Result<String, ts_rs::ExportError> {
            let mut exporter = bindings::Exporter::new(dir);
            $( exporter.call::<$args, $result>($name); )*
            exporter.event::<crate::feed::Changed>();
            exporter.finish()
        }
    };
}

calls! {
    "session.get" Anyone (NoArgs) -> Session;
    "session.settings" Anyone (Settings) -> Settings;
    "session.signIn" Viewer (SignInArgs) -> Session;
    "workspace.create" Anyone (CreateArgs) -> Session;
    "workspace.join" Anyone (JoinArgs) -> Session;
    "workspace.sample" Anyone (NoArgs) -> Session;
    "workspace.leaveSample" Viewer (NoArgs) -> Session;

    "contact.list" Viewer (ListArgs) -> ContactList;
    "contact.get" Viewer (ContactArgs) -> ContactPage;
    "contact.timeline" Viewer (TimelineArgs) -> Timeline;
    "contact.history" Viewer (HistoryArgs) -> Vec<HistoryView>;
    "contact.search" Viewer (SearchArgs) -> Vec<SearchHit>;
    "contact.hint" Viewer (HintArgs) -> Vec<DuplicateHint>;
    "contact.bin" Viewer (PageArgs) -> ContactList;

    "task.today" Viewer (NoArgs) -> TodayView;
    "task.list" Viewer (TaskListArgs) -> Vec<TaskView>;
    "conflict.list" Viewer (PageArgs) -> ConflictList;
    "duplicate.list" Viewer (PageArgs) -> Vec<DuplicateView>;
    "definition.list" Viewer (NoArgs) -> Definitions;

    "edit" Staff (EditArgs) -> EditDone;
    "action.undo" Staff (ActionArgs) -> UndoDone;
    "bulk.count" Staff (SelectionArgs) -> Count;
    "bulk.run" Staff (BulkArgs) -> BulkDone;

    "import.open" Staff (ImportOpenArgs) -> ImportDraft;
    "import.read" Staff (ImportReadArgs) -> ImportDraft;
    "import.values" Staff (ImportValuesArgs) -> Vec<ImportValue>;
    "import.check" Staff (ImportCheckArgs) -> JobStarted;
    "import.get" Staff (ImportArgs) -> ImportView;
    "import.rows" Staff (ImportRowsArgs) -> ImportRows;
    "import.run" Staff (ImportArgs) -> JobStarted;
    "import.pause" Staff (ImportArgs) -> ImportView;
    "import.errors" Staff (ImportArgs) -> FileHandle;
    "import.undo" Staff (ImportArgs) -> JobStarted;
    "import.list" Staff (NoArgs) -> Vec<ImportView>;
    "export.run" Staff (ExportArgs) -> FileHandle;
    "job.get" Viewer (JobArgs) -> JobView;
    "job.cancel" Viewer (JobArgs) -> JobView;

    "sync.status" Viewer (NoArgs) -> SyncStatus;
    "sync.now" Viewer (NoArgs) -> SyncStatus;
    "relay.set" Manager (RelayArgs) -> SyncStatus;
    "device.list" Viewer (NoArgs) -> Vec<DeviceView>;
    "invite.make" Manager (InviteArgs) -> InviteView;
    "invite.list" Manager (NoArgs) -> Vec<OpenInvite>;
    "invite.withdraw" Manager (NamedArgs) -> Done;
    "join.list" Manager (NoArgs) -> Vec<JoinRequestView>;
    "join.approve" Manager (NamedArgs) -> Done;
    "join.reject" Manager (NamedArgs) -> Done;
}
