//! What goes wrong at the door, as a code that screens branch on.

use serde::Serialize;
use std::collections::BTreeMap;

use crdt::seal::LinkError;
use wire::protocol::FaultCode;

use crate::{
    bounds::Excess,
    contact::field::FieldError,
    engine::{EditError, EngineError},
    io::{FolderError, RecoverError, RelayError, VaultError},
    read::ReadError,
    store::{OpenError, StoreError},
    sync::{JoinError, MembershipError, RecoveryError, ReplicaError, SessionError},
};

/// What a screen or a command line receives: it branches on `code`, a person reads its translation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiError {
    /// What to branch on.
    pub code: String,
    /// For developers; holds no personal data.
    pub message: String,
    /// Arguments that were refused, with the code of the reason.
    pub fields: BTreeMap<String, String>,
}

impl ApiError {
    /// Makes an error.
    pub fn new(code: &str, message: impl ToString) -> Self {
        Self { code: code.to_owned(), message: message.to_string(), fields: BTreeMap::new() }
    }
}

/// Why a device cannot be opened or changed as a whole.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The device waits for a passphrase.
    #[error("this device is locked; give the passphrase")]
    Locked,
    /// The device belongs to no workspace.
    #[error("this device belongs to no centre yet; create one or join one")]
    NoWorkspace,
    /// The device belongs to a workspace already.
    #[error("this device belongs to a centre already")]
    HasWorkspace,
    /// The folder refused.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The secrets cannot be had.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The device refused.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file refused.
    #[error("a file cannot be read or written; check its rights and the room on the disk")]
    File(#[source] std::io::Error),
    /// A file that somebody chose cannot be read.
    #[error("the chosen file cannot be read")]
    Chosen(#[source] std::io::Error),
    /// The database is gone or empty, though this device has had one.
    #[error(
        "the database of this device is gone; put quen.db back from a copy, or begin anew in another data folder"
    )]
    DatabaseLost,
    /// A file is larger than is read.
    #[error("the file has more than {bytes_max} bytes; split it")]
    FileTooLarge {
        /// The limit.
        bytes_max: usize,
    },
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        if is_disk_full(&error) {
            return Self::new("disk_full", "the disk is full");
        }
        match error {
            AppError::Chosen(ref cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                Self::new("file_missing", error)
            }
            AppError::Chosen(_) => Self::new("file_unreadable", error),
            AppError::DatabaseLost => Self::new("database_lost", error),
            AppError::Store(error) => error.into(),
            AppError::Replica(error) => error.into(),
            AppError::Open(OpenError::Store(error)) => error.into(),
            AppError::Locked => Self::new("locked", error),
            AppError::NoWorkspace => Self::new("no_workspace", error),
            AppError::HasWorkspace => Self::new("has_workspace", error),
            AppError::Folder(FolderError::InUse) => Self::new("folder_in_use", error),
            AppError::Folder(_) | AppError::File(_) => Self::new("folder_not_writable", error),
            AppError::FileTooLarge { .. } => Self::new("file_too_large", error),
            AppError::Vault(VaultError::NeedsPassphrase) => Self::new("locked", error),
            AppError::Vault(VaultError::Passphrase(_)) => Self::new("wrong_passphrase", error),
            AppError::Vault(VaultError::KeysDamaged) => Self::new("keys_damaged", error),
            AppError::Vault(VaultError::KeysNewer) => Self::new("database_newer", error),
            AppError::Vault(VaultError::KeysLost) => Self::new("keys_lost", error),
            AppError::Vault(VaultError::InKeyStore) => Self::new("keys_in_key_store", error),
            AppError::Vault(VaultError::TooShort) => Self::new("passphrase_short", error),
            // The key file or the key store gave the key, and it was checked there.
            AppError::Open(OpenError::WrongKey) => Self::new("database_unreadable", error),
            AppError::Vault(_) => Self::new("key_store", error),
            AppError::Open(OpenError::Newer { .. }) => Self::new("database_newer", error),
            AppError::Open(_) => Self::new("database", error),
        }
    }
}

/// Whether what went wrong went wrong for want of room on the disk.
fn is_disk_full(error: &AppError) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        let is_file = error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::StorageFull);
        let is_database = error
            .downcast_ref::<rusqlite::Error>()
            .is_some_and(|error| error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull));
        if is_file || is_database {
            return true;
        }
        next = error.source();
    }
    false
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::DiskFull(_) => "disk_full",
            StoreError::ReadOnly(_) => "read_only",
            StoreError::Damaged(_) => "database_damaged",
            StoreError::Statement(_) | StoreError::Unreadable { .. } => "database",
        };
        Self::new(code, error)
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(error) => error.into(),
            EngineError::Document(error) => Self::new("document", error),
        }
    }
}

impl From<ReplicaError> for ApiError {
    fn from(error: ReplicaError) -> Self {
        match error {
            ReplicaError::Engine(error) => error.into(),
            ReplicaError::Edit(error) => (*error).into(),
            ReplicaError::NoWorkspace => Self::new("no_workspace", error),
            ReplicaError::NotAMember => Self::new("not_a_member", error),
            ReplicaError::Record(_) | ReplicaError::Wrap(_) => Self::new("membership", error),
        }
    }
}

impl From<MembershipError> for ApiError {
    fn from(error: MembershipError) -> Self {
        match error {
            MembershipError::NotAllowed => Self::new("not_allowed", error),
            MembershipError::InviteUnusable => Self::new("invite_unusable", error),
            MembershipError::NoAuthority => Self::new("kit_relay_first", error),
            MembershipError::Replica(error) => error.into(),
            MembershipError::Record(_) | MembershipError::Wrap(_) => Self::new("membership", error),
        }
    }
}

impl From<JoinError> for ApiError {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Replica(error) => error.into(),
            JoinError::Invite(_) => Self::new("bad_invite", error),
            JoinError::IsKit => Self::new("invite_is_kit", error),
            JoinError::NameTooLong => Self::new("too_long", error),
            JoinError::OtherWorkspace => Self::new("other_workspace", error),
            JoinError::NotYet => Self::new("not_yet", error),
        }
    }
}

impl From<RecoveryError> for ApiError {
    fn from(error: RecoveryError) -> Self {
        let code = match &error {
            RecoveryError::Kit(LinkError::Newer) => "kit_newer",
            RecoveryError::Kit(_) => "bad_kit",
            RecoveryError::IsInvite => "kit_is_invite",
            RecoveryError::NoCentre => "kit_no_centre",
            RecoveryError::NotKnown => "kit_not_known",
            RecoveryError::NotAuthority { .. } => "kit_not_authority",
            RecoveryError::Refused { .. } => "kit_refused",
            RecoveryError::Fault(fault) => return SessionError::Fault(fault.clone()).into(),
            RecoveryError::Unexpected | RecoveryError::Log(_) | RecoveryError::Wrap(_) => "relay_nonsense",
        };
        Self::new(code, error)
    }
}

impl From<RecoverError> for ApiError {
    fn from(error: RecoverError) -> Self {
        match error {
            RecoverError::Recovery(error) => error.into(),
            // The address is the kit's, and may be that of another time.
            RecoverError::Relay(error @ (RelayError::Unreachable(_) | RelayError::NotARelay)) => {
                Self::new("kit_relay_unreachable", error)
            }
            RecoverError::Relay(error) => error.into(),
            RecoverError::Runtime(_) => Self::new("internal", error),
        }
    }
}

impl From<RelayError> for ApiError {
    fn from(error: RelayError) -> Self {
        let code = match &error {
            RelayError::BadAddress => "bad_address",
            RelayError::Unreachable(_) => "relay_unreachable",
            RelayError::Busy => "relay_busy",
            RelayError::TooLarge => "relay_message_limit",
            RelayError::NotARelay | RelayError::TokenEnded => "not_a_relay",
        };
        Self::new(code, error)
    }
}

impl From<SessionError> for ApiError {
    fn from(error: SessionError) -> Self {
        let code = match &error {
            SessionError::Fault(fault) => match fault.code {
                FaultCode::UnsupportedVersion => "relay_version",
                FaultCode::NotAllowed => "relay_refuses_device",
                FaultCode::WorkspaceNotAccepted => "relay_refuses_centre",
                FaultCode::InviteUnusable => "invite_unusable",
                FaultCode::RateLimited => "relay_busy",
                FaultCode::StorageFull => "relay_full",
                FaultCode::Internal => "relay_failed",
                FaultCode::BadRequest
                | FaultCode::Unauthenticated
                | FaultCode::UnknownWorkspace
                | FaultCode::NotSupported => "relay_nonsense",
            },
            SessionError::Unexpected | SessionError::Replica(_) | SessionError::Membership(_) => {
                "relay_nonsense"
            }
        };
        match error {
            SessionError::Replica(error) => error.into(),
            SessionError::Membership(error) => error.into(),
            error => Self::new(code, error),
        }
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Engine(error) => error.into(),
            ReadError::Store(error) => error.into(),
            ReadError::NotFound => Self::new("not_found", error),
            ReadError::Excess(excess) => excess.into(),
            ReadError::BadArgument { what } => {
                let mut refused = Self::new("bad_argument", error);
                refused.fields.insert(what.to_owned(), "bad_argument".to_owned());
                refused
            }
        }
    }
}

impl From<Excess> for ApiError {
    fn from(error: Excess) -> Self {
        let (code, reason) = match error {
            Excess::Missing { .. } => ("required", "required"),
            Excess::TooLong { .. } => ("too_long", "too_long"),
            Excess::TooMany { .. } => ("too_many", "too_many"),
            Excess::Full { .. } => ("list_full", "list_full"),
            Excess::NoMoment { .. } => ("bad_field", "not_a_date"),
        };
        let mut refused = Self::new(code, error);
        refused.fields.insert(error.what().to_owned(), reason.to_owned());
        refused
    }
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        let code = match &error {
            EditError::NotAllowed => "not_allowed",
            EditError::UnknownContact { .. }
            | EditError::UnknownInteraction { .. }
            | EditError::UnknownTask { .. }
            | EditError::UnknownDefinition { .. } => "not_found",
            EditError::NoSpaceForBranch { .. } => "no_space_for_branch",
            EditError::OtherBranch { .. } => "other_branch",
            EditError::UnboundId { .. } => "unbound_id",
            EditError::LinkToItself { .. } => "link_to_itself",
            EditError::TooLong => "too_long",
            EditError::Missing => "required",
            EditError::TooMany => "too_many",
            EditError::Excess(excess) => return (*excess).into(),
            EditError::Field { field, source } => {
                let reason = match source {
                    FieldError::Unknown => "unknown_field",
                    FieldError::TooLong => "too_long",
                    FieldError::NotADate => "not_a_date",
                    FieldError::NotAnId => "not_an_id",
                    FieldError::NotANumber => "not_a_number",
                    FieldError::NotAChoice => "not_a_choice",
                    FieldError::Required => "required",
                };
                let mut refused = Self::new("bad_field", &error);
                refused.fields.insert(field.clone(), reason.to_owned());
                return refused;
            }
            EditError::Engine(_) => "engine",
        };
        match error {
            EditError::Engine(error) => error.into(),
            error => Self::new(code, error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn want_of_room_is_told_as_such_wherever_it_shows() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let statement = || {
            let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
            StoreError::from(rusqlite::Error::SqliteFailure(code, None))
        };
        let all = [
            AppError::Vault(VaultError::File(full())),
            AppError::File(full()),
            AppError::Store(statement()),
            AppError::Open(OpenError::Store(statement())),
        ];
        for error in all {
            let told = format!("{error:?}");
            assert_eq!(ApiError::from(error).code, "disk_full", "{told}");
        }
        let refused = AppError::Vault(VaultError::File(io::Error::from(io::ErrorKind::PermissionDenied)));
        assert_eq!(ApiError::from(refused).code, "key_store");
    }
}
