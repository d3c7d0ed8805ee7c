//! What people call the centre and this device, and the passphrase that guards it.

use crdt::Cause;
use zeroize::Zeroizing;

use super::{ApiError, App, AppError, lock, workspace};
use crate::{
    api::args::{Done, NoArgs},
    definition::{edit::DefinitionEdit, model::Content, query},
    edit::Edit,
    id::DefinitionId,
    io::{Vault, VaultError},
    session::view::{NameArgs, PassphraseArgs, Session},
};

impl App {
    /// Names the centre anew.
    ///
    /// # Errors
    /// [`ApiError`] if the name is missing or too long, or the role does not allow it.
    pub fn rename_centre(&self, args: NameArgs) -> Result<Session, ApiError> {
        let acted = self.write(|replica| {
            let known = query::centre_id(replica.engine.conn())?;
            let id = known.unwrap_or_else(|| DefinitionId(workspace::fresh_id()));
            let edit = DefinitionEdit::Centre { name: args.name };
            let edits = [Edit::Definition { id, edit }];
            Ok(replica.engine.act(workspace::new_action(Cause::PERSON), &edits)?)
        })?;
        self.announce(acted.changed);
        self.wake_sync();
        self.session(NoArgs::default())
    }

    /// Names this device anew; who usually sits at it stays.
    ///
    /// # Errors
    /// [`ApiError`] if the name is missing or too long, or the role does not allow it.
    pub fn rename_device(&self, args: NameArgs) -> Result<Session, ApiError> {
        let acted = self.write(|replica| {
            let id = DefinitionId(replica.device().0);
            let staff = match query::content(replica.engine.conn(), id)? {
                Some(Content::Device { staff, .. }) => staff,
                _ => None,
            };
            let edits = [Edit::Definition { id, edit: DefinitionEdit::Device { name: args.name, staff } }];
            Ok(replica.engine.act(workspace::new_action(Cause::PERSON), &edits)?)
        })?;
        self.announce(acted.changed);
        self.wake_sync();
        self.session(NoArgs::default())
    }

    /// Whether a passphrase guards the keys.
    pub(super) fn has_passphrase(&self) -> bool {
        matches!(*lock(&self.inner.vault), Some(Vault::PassphraseFile { .. }))
    }

    /// Seals the keys of this device by another passphrase; a crash leaves the old one or the new one valid.
    ///
    /// # Errors
    /// [`ApiError`] if the old one is wrong, the new one is too short, or the key store of the system guards this
    /// device.
    pub fn change_passphrase(&self, args: PassphraseArgs) -> Result<Done, ApiError> {
        let (old, new) = (Zeroizing::new(args.old), Zeroizing::new(args.new));
        if !crate::io::is_long_enough(&new) {
            return Err(ApiError::new("passphrase_short", "the new passphrase is too short"));
        }
        let mut vault = lock(&self.inner.vault);
        if !matches!(*vault, Some(Vault::PassphraseFile { .. })) {
            return Err(ApiError::new("no_passphrase", "the key store of the system guards this device"));
        }
        let changed = Vault::change_passphrase(&self.inner.folder, old, new);
        *vault = Some(changed.map_err(|error: VaultError| AppError::from(error))?);
        Ok(Done {})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::api::{self, Transport};

    fn call(app: &App, name: &str, args: Value) -> Result<Value, ApiError> {
        api::call(app, Transport::Window, name, args)
    }

    fn founded(folder: &std::path::Path) -> App {
        let app = App::open(folder, Some(Zeroizing::new("chìa khoá cũ".to_owned()))).expect("a new folder");
        let args = json!({ "centre": "Sao Mai", "owner": "Nguyễn Thị Hà", "deviceName": "Quầy 1",
            "branches": ["Quận 1"], "relayUrl": null });
        call(&app, "workspace.create", args).expect("a fresh device founds a centre");
        app
    }

    #[test]
    fn centre_and_device_take_a_new_name_and_refuse_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let app = founded(folder.path());
        call(&app, "workspace.rename", json!({ "name": "Sao Mai Gò Vấp" })).unwrap();
        let session = call(&app, "device.rename", json!({ "name": "Quầy trước" })).unwrap();
        assert_eq!(session["centre"], "Sao Mai Gò Vấp");
        assert_eq!(session["deviceName"], "Quầy trước");
        let devices = call(&app, "device.list", json!({})).unwrap();
        assert_eq!(devices[0]["name"], "Quầy trước");
        assert!(!devices[0]["staff"].is_null());
        assert!(call(&app, "workspace.rename", json!({ "name": "  " })).is_err());
    }

    #[test]
    fn a_changed_passphrase_opens_and_the_old_one_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let app = founded(folder.path());
        let change =
            |old: &str, new: &str| call(&app, "session.passphrase", json!({ "old": old, "new": new }));
        assert_eq!(change("chìa khoá sai", "chìa khoá mới").unwrap_err().code, "wrong_passphrase");
        assert_eq!(change("chìa khoá cũ", "ngắn").unwrap_err().code, "passphrase_short");
        change("chìa khoá cũ", "chìa khoá mới").unwrap();
        drop(app);
        let open = |text: &str| App::open(folder.path(), Some(Zeroizing::new(text.to_owned())));
        assert!(open("chìa khoá cũ").is_err());
        let session = call(&open("chìa khoá mới").unwrap(), "session.get", json!({})).unwrap();
        assert_eq!(session["centre"], "Sao Mai");
    }
}
