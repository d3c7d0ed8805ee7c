//! The one door: every call that a screen or a command line can make, by name.
//!
//! A name, its arguments, its result, the least role that may use it, and from where. Bodies live with their nouns.

pub mod args;
mod bindings;
#[cfg(test)]
mod who_may;

use serde_json::Value;
use wire::membership::Role;

use crate::{
    app::{ApiError, App},
    bounds, bulk, conflict,
    conflict::view::ConflictList,
    contact,
    contact::view::{
        BinList, ContactList, ContactPage, DuplicateHint, DuplicateView, HistoryView, SearchHit, StatusStay,
    },
    definition,
    definition::view::Definitions,
    duplicate,
    edit::{EditArgs, EditDone, UndoDone},
    export,
    feed::Changed,
    id::ContactId,
    import,
    import::view::{ImportDraft, ImportRows, ImportView},
    job::{JobArgs, JobStarted, JobView, TakenBack},
    listing::{self, view::ElsewhereHint},
    session::view::{
        CreateArgs, JoinArgs, NameArgs, PassphraseArgs, RecoverArgs, Session, Settings, UnlockArgs,
    },
    sync::view::{
        DeviceView, InviteArgs, InviteView, JoinRequestView, KitView, NamedArgs, OpenInvite, SyncStatus,
    },
    task,
    task::view::{TaskView, TodayView},
};
use args::*;

/// From where a call comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// The window of the desktop app.
    Window,
    /// A browser on this machine, at `quen serve`.
    Http,
    /// A browser on another machine, at `quen serve`.
    Network,
    /// The command line.
    CommandLine,
}

/// From where a call may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// From everywhere.
    Everywhere,
    /// From this machine: what decides who belongs to the centre and where it syncs.
    Here,
    /// From the screens of this machine: what takes a secret, or takes everything away.
    Screens,
}

impl Reach {
    fn includes(self, from: Transport) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Here => from != Transport::Network,
            Self::Screens => matches!(from, Transport::Window | Transport::Http),
        }
    }
}

/// The least that a device must be to make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Any device, even one without a workspace.
    Anyone,
    /// A member, whatever its role.
    Viewer,
    /// A member who works with people.
    Staff,
    /// An owner or manager.
    Manager,
    /// An owner.
    Owner,
}

macro_rules! calls {
    ($( $name:literal $access:ident $reach:ident ( $args:ty ) -> $result:ty = $way:ident $body:expr ; )*) => {
        /// Makes a call by name. What is not in the table does not exist.
        ///
        /// # Errors
        /// [`ApiError`] if there is no such call, the device may not make it, the arguments are not its own, or the
        /// body refuses.
        pub fn call(app: &App, from: Transport, name: &str, args: Value) -> Result<Value, ApiError> {
            match name {
                $( $name => {
                    allow(app, from, Reach::$reach, Access::$access)?;
                    let args: $args = parse(name, args)?;
                    let result: $result = calls!(@$way app, args, $body)?;
                    Ok(serde_json::to_value(result).map_err(|error| ApiError::new("internal", error))?)
                } )*
                _ => Err(ApiError::new("unknown_call", "there is no such call")),
            }
        }

        /// Every call, with who may make it from where.
        #[cfg(test)]
        const TABLE: &[(&str, Access, Reach)] = &[$( ($name, Access::$access, Reach::$reach) ),*];

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
    (@read $app:ident, $args:ident, $body:expr) => { $app.read(|conn, context| $body(conn, context, $args)) };
    (@app $app:ident, $args:ident, $body:expr) => { $body($app, $args) };
}

fn parse<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str, args: Value) -> Result<T, ApiError> {
    // Pasted cells are the content of a file, which has a bound of its own.
    if name != "import.open" {
        bounds::texts(&args)?;
    }
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    // What serde says may repeat what was typed; it is for developers, and stays on this device.
    let refused = |error: serde_json::Error| ApiError::new("bad_argument", error);
    let parsed = T::deserialize(&args).map_err(refused)?;
    if EXACT.contains(&name) {
        let taken = serde_json::to_value(&parsed).map_err(refused)?;
        if let Some(key) = not_taken(&args, &taken) {
            return Err(ApiError::new("bad_argument", format!("unknown field `{key}`")));
        }
        if let Some(key) = not_taken(&taken, &args).filter(|_| SAID.contains(&name)) {
            return Err(ApiError::new("bad_argument", format!("missing field `{key}`")));
        }
    }
    Ok(parsed)
}

/// Calls that write, send or give away. A key that they do not know may be a misspelt one of their own: left out, it
/// would clear a field, take the relay away, or choose everybody.
const EXACT: &[&str] = &[
    "workspace.create",
    "workspace.recover",
    "edit",
    "bulk.count",
    "bulk.run",
    "export.run",
    "import.check",
    "import.read",
    "invite.make",
    "relay.set",
];

/// Calls of which everything has to be said, even that there is none.
const SAID: &[&str] = &["relay.set"];

/// The first key of what was given that is nowhere in what was taken of it.
fn not_taken<'a>(given: &'a Value, taken: &Value) -> Option<&'a str> {
    match (given, taken) {
        (Value::Object(given), Value::Object(taken)) => {
            given.iter().find_map(|(key, part)| match taken.get(key) {
                Some(taken) => not_taken(part, taken),
                None => Some(key.as_str()),
            })
        }
        (Value::Array(given), Value::Array(taken)) => {
            given.iter().zip(taken).find_map(|(given, taken)| not_taken(given, taken))
        }
        _ => None,
    }
}

fn allow(app: &App, from: Transport, reach: Reach, access: Access) -> Result<(), ApiError> {
    if !reach.includes(from) {
        return Err(ApiError::new("not_from_here", "this is done on the screens of the device itself"));
    }
    let least = match access {
        Access::Anyone => return Ok(()),
        Access::Viewer => Role::Viewer,
        Access::Staff => Role::Staff,
        Access::Manager => Role::Manager,
        Access::Owner => Role::Owner,
    };
    let role = app.role()?;
    if role.is_at_least(least) {
        Ok(())
    } else {
        Err(ApiError::new("not_allowed", "this device's role does not allow this"))
    }
}

/// What is announced to a listener that missed something.
pub fn everything_changed() -> Vec<Changed> {
    ["contact", "definition", "sync", "session", "import", "job"]
        .into_iter()
        .map(crate::app::changed)
        .collect()
}

calls! {
    "session.get" Anyone Everywhere (NoArgs) -> Session
        = app App::session;
    "session.settings" Anyone Everywhere (Settings) -> Settings
        = app App::put_settings;
    "session.unlock" Anyone Screens (UnlockArgs) -> Session
        = app App::unlock_call;
    "session.signIn" Viewer Everywhere (SignInArgs) -> Session
        = app App::sign_in;
    "workspace.create" Anyone Here (CreateArgs) -> Session
        = app App::create;
    "workspace.join" Anyone Here (JoinArgs) -> Session
        = app App::join;
    "workspace.stopJoin" Anyone Here (NoArgs) -> Session
        = app App::stop_join;
    "workspace.recover" Anyone Here (RecoverArgs) -> Session
        = app App::recover;
    "workspace.sample" Anyone Here (NoArgs) -> Session
        = app App::open_sample;
    "workspace.rename" Manager Here (NameArgs) -> Session
        = app App::rename_centre;
    "session.passphrase" Anyone Screens (PassphraseArgs) -> Done
        = app App::change_passphrase;
    "workspace.leaveSample" Viewer Screens (NoArgs) -> Session
        = app App::leave_sample;

    "contact.list" Viewer Everywhere (ListArgs) -> ContactList
        = read contact::query::list;
    "contact.get" Viewer Everywhere (ContactArgs) -> ContactPage
        = read contact::query::get;
    "contact.timeline" Viewer Everywhere (TimelineArgs) -> Timeline
        = read contact::timeline::timeline;
    "contact.history" Viewer Everywhere (HistoryArgs) -> Vec<HistoryView>
        = read contact::history::history;
    "contact.statusLog" Viewer Everywhere (ContactArgs) -> Vec<StatusStay>
        = read contact::status_log::status_log;
    "contact.search" Viewer Everywhere (SearchArgs) -> Vec<SearchHit>
        = read contact::query::search;
    "contact.hint" Viewer Everywhere (HintArgs) -> Vec<DuplicateHint>
        = read contact::query::hint;
    "contact.elsewhere" Viewer Everywhere (HintArgs) -> Vec<ElsewhereHint>
        = read listing::query::elsewhere;
    "contact.bin" Viewer Everywhere (PageArgs) -> BinList
        = read contact::query::bin;

    "task.today" Viewer Everywhere (TodayArgs) -> TodayView
        = read task::query::today;
    "task.list" Viewer Everywhere (TaskListArgs) -> Vec<TaskView>
        = read task::query::list;
    "conflict.list" Viewer Everywhere (PageArgs) -> ConflictList
        = read conflict::query::list;
    "duplicate.list" Viewer Everywhere (PageArgs) -> Vec<DuplicateView>
        = read duplicate::query::list;
    "duplicate.count" Viewer Everywhere (NoArgs) -> Count
        = read duplicate::query::count;
    "definition.list" Viewer Everywhere (NoArgs) -> Definitions
        = read definition::query::list;

    "contact.newIds" Staff Everywhere (NewContactsArgs) -> Vec<ContactId>
        = app App::new_contacts;
    "edit" Staff Everywhere (EditArgs) -> EditDone
        = app App::edit;
    "action.undo" Staff Everywhere (ActionArgs) -> UndoDone
        = app App::undo;
    "bulk.count" Staff Everywhere (SelectionArgs) -> Count
        = read bulk::count;
    "bulk.run" Staff Everywhere (BulkArgs) -> BulkDone
        = app App::bulk;
    "bulk.takenBack" Viewer Everywhere (NoArgs) -> Vec<TakenBack>
        = app App::taken_back;
    "bulk.forgetTakenBack" Viewer Everywhere (NoArgs) -> Done
        = app App::forget_taken_back;

    "import.open" Staff Everywhere (ImportOpenArgs) -> ImportDraft
        = app import::calls::open;
    "import.read" Staff Everywhere (ImportReadArgs) -> ImportDraft
        = app import::calls::read;
    "import.values" Staff Everywhere (ImportValuesArgs) -> Vec<ImportValue>
        = app import::calls::values;
    "import.check" Staff Everywhere (ImportCheckArgs) -> JobStarted
        = app import::calls::check;
    "import.get" Staff Everywhere (ImportArgs) -> ImportView
        = app import::calls::get;
    "import.rows" Staff Everywhere (ImportRowsArgs) -> ImportRows
        = app import::calls::rows;
    "import.run" Staff Everywhere (ImportArgs) -> JobStarted
        = app import::calls::run;
    "import.pause" Staff Everywhere (ImportArgs) -> ImportView
        = app import::calls::pause;
    "import.errors" Staff Everywhere (ImportArgs) -> FileHandle
        = app import::calls::errors;
    "import.undo" Staff Everywhere (ImportArgs) -> JobStarted
        = app import::calls::undo;
    "import.list" Staff Everywhere (NoArgs) -> Vec<ImportView>
        = app import::calls::list;
    "export.run" Staff Everywhere (ExportArgs) -> FileHandle
        = app export::run;
    "job.get" Viewer Everywhere (JobArgs) -> JobView
        = app App::job;
    "job.cancel" Viewer Everywhere (JobArgs) -> JobView
        = app App::cancel_job;

    "sync.status" Viewer Everywhere (NoArgs) -> SyncStatus
        = app App::sync_status;
    "sync.now" Viewer Everywhere (NoArgs) -> SyncStatus
        = app App::sync_now;
    "relay.set" Manager Here (RelayArgs) -> SyncStatus
        = app App::set_relay;
    "device.list" Viewer Everywhere (NoArgs) -> Vec<DeviceView>
        = app App::devices;
    "device.rename" Manager Here (NameArgs) -> Session
        = app App::rename_device;
    "invite.make" Manager Here (InviteArgs) -> InviteView
        = app App::make_invite;
    "invite.list" Manager Here (NoArgs) -> Vec<OpenInvite>
        = app App::open_invites;
    "invite.withdraw" Manager Here (NamedArgs) -> Done
        = app App::withdraw_invite;
    "kit.make" Owner Here (NoArgs) -> KitView
        = app App::make_kit;
    "join.list" Manager Here (NoArgs) -> Vec<JoinRequestView>
        = app App::joins;
    "join.approve" Manager Here (NamedArgs) -> Done
        = app App::approve_join;
    "join.reject" Manager Here (NamedArgs) -> Done
        = app App::reject_join;
}
