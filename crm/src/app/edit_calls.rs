//! Edits and jobs as screens ask for them.

use crdt::Cause;
use rusqlite::Connection;
use wire::membership::Role;

use super::{ApiError, App, AppError, Stage, lock, workspace};
use crate::{
    api::args::NewContactsArgs,
    contact::edit::ContactEdit,
    definition::{edit::DefinitionEdit, query},
    edit::{Edit, EditArgs, EditDone},
    id::ContactId,
    io::SystemEntropy,
    job::{JobArgs, JobView},
};

/// Most edits in one call; more is what imports and bulk actions are for.
const EDITS_MAX: usize = 1_000;
/// Most identifiers in one call.
const NEW_CONTACTS_MAX: u32 = 1_000;

impl App {
    /// Identifiers for people to be entered: each is bound to the space that the person will live in.
    ///
    /// # Errors
    /// [`ApiError`] if there are too many, or the database refuses.
    pub fn new_contacts(&self, args: NewContactsArgs) -> Result<Vec<ContactId>, ApiError> {
        if args.count > NEW_CONTACTS_MAX {
            return Err(ApiError::new("too_many", "too many people at once"));
        }
        let space = self.write(|replica| Ok(replica.engine.homes()?.of(args.branch)))?;
        Ok((0..args.count).map(|_| ContactId::in_space(workspace::fresh_id(), space)).collect())
    }

    /// What this device may do. While the writer is at work, what it might do before: a screen must not wait for
    /// an import to be told so.
    ///
    /// # Errors
    /// [`ApiError`] before there is a workspace.
    pub fn role(&self) -> Result<Role, ApiError> {
        let stage = match self.inner.stage.try_lock() {
            Some(stage) => stage,
            None => {
                // On a line of its own: in the head of the choice below, what is known would stay locked while this
                // waits for the writer, and whoever holds the writer waits for what is known.
                let known = *lock(&self.inner.role);
                match known {
                    Some(role) => return Ok(role),
                    None => self.stage(),
                }
            }
        };
        let role = match &*stage {
            Stage::Ready(replica) => replica.engine.author().role,
            Stage::Locked => return Err(AppError::Locked.into()),
            _ => return Err(AppError::NoWorkspace.into()),
        };
        *lock(&self.inner.role) = Some(role);
        Ok(role)
    }

    /// Carries out edits as one action.
    ///
    /// # Errors
    /// [`ApiError`] if an edit is refused; then nothing took effect.
    pub fn edit(&self, args: EditArgs) -> Result<EditDone, ApiError> {
        if args.edits.len() > EDITS_MAX {
            return Err(ApiError::new("too_many", "too many edits in one action"));
        }
        if let [Edit::Definition { id, edit }] = args.edits.as_slice()
            && let Some(done) = self.edit_private_view(*id, edit)?
        {
            return Ok(done);
        }
        let is_choice = |edit: &Edit| matches!(edit, Edit::Contact { edit: ContactEdit::Resolve { .. }, .. });
        let cause = if args.edits.iter().any(is_choice) { Cause::RESOLVE } else { Cause::PERSON };
        self.act(cause, &args.edits)
    }

    fn act(&self, cause: Cause, edits: &[Edit]) -> Result<EditDone, ApiError> {
        let mut action = workspace::new_action(cause);
        let acted = self.write(|replica| {
            if makes_branch(replica.engine.conn(), edits)? {
                action.new_space = Some(replica.add_space(action.at, &mut SystemEntropy)?);
            }
            Ok(replica.engine.act(action, edits)?)
        })?;
        let id = (!acted.docs.is_empty()).then_some(action.id);
        self.announce(acted.changed);
        self.wake_sync();
        Ok(EditDone { action: id })
    }

    /// How a job stands.
    ///
    /// # Errors
    /// [`ApiError`] if there is none.
    pub fn job(&self, args: JobArgs) -> Result<JobView, ApiError> {
        self.jobs().view(args.job)
    }

    /// Asks a job to stop at the next safe place.
    ///
    /// # Errors
    /// [`ApiError`] if there is none.
    pub fn cancel_job(&self, args: JobArgs) -> Result<JobView, ApiError> {
        self.jobs().stop(args.job);
        self.jobs().view(args.job)
    }
}

/// Whether these edits define a branch that is not known here: it needs a space of its own first.
///
/// Two at once would share one space, and are refused.
fn makes_branch(conn: &Connection, edits: &[Edit]) -> Result<bool, ApiError> {
    let mut fresh = 0;
    for edit in edits {
        if let Edit::Definition { id, edit: DefinitionEdit::Branch { name } } = edit
            && query::content(conn, *id)?.is_none()
        {
            if name.trim().is_empty() {
                return Err(ApiError::new("required", "a branch has no name"));
            }
            fresh += 1;
        }
    }
    if fresh > 1 {
        return Err(ApiError::new("too_many", "add one branch at a time"));
    }
    Ok(fresh == 1)
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread, time::Duration};

    use serde_json::json;

    use super::*;
    use crate::api::{Transport, call};

    /// Right after a start nobody has asked for the role yet, and the sync thread is at work: the first screen asks
    /// several questions at once.
    #[test]
    fn who_waits_for_the_writer_to_know_the_role_keeps_nobody_else_from_it() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": null });
        call(&app, Transport::Window, "workspace.create", centre).unwrap();
        assert_eq!(*lock(&app.inner.role), None, "nobody has asked yet");

        let writer = app.stage();
        let (asks, asking) = mpsc::channel();
        let waiting = thread::spawn({
            let app = app.clone();
            move || {
                asks.send(()).unwrap();
                app.role().unwrap()
            }
        });
        asking.recv().unwrap();
        thread::sleep(Duration::from_millis(200));
        assert!(app.inner.role.try_lock().is_ok(), "who holds the writer can note the role");
        drop(writer);
        assert_eq!(waiting.join().unwrap(), Role::Owner);
    }

    #[test]
    fn what_one_door_refuses_every_door_refuses() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let ask = |name: &str, args| call(&app, Transport::Window, name, args);
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": null });
        ask("workspace.create", centre).unwrap();
        let id = ask("contact.newIds", json!({ "branch": null, "count": 1 })).unwrap()[0].clone();
        let edit = |edit| json!({ "edits": [{ "noun": "contact", "id": id, "edit": edit }] });
        let name = json!([{ "field": "fullName", "value": "Lê An" }]);
        ask("edit", edit(json!({ "do": "create", "facts": name, "tags": [] }))).unwrap();

        let selection = json!({ "which": "these", "ids": [id] });
        let nameless = json!({ "do": "set", "field": "fullName", "value": " " });
        let bulk = ask("bulk.run", json!({ "selection": selection, "change": nameless })).unwrap_err();
        let alone = ask("edit", edit(nameless)).unwrap_err();
        assert_eq!((alone.code.as_str(), alone.fields["fullName"].as_str()), ("bad_field", "required"));
        assert_eq!((bulk.code, bulk.fields), (alone.code, alone.fields));
        assert_eq!(ask("contact.get", json!({ "id": id })).unwrap()["row"]["fullName"], "Lê An");

        let note = json!({ "do": "record", "kind": "note", "happenedAtMs": null, "direction": null,
            "outcome": null, "body": " " });
        let note = json!({ "noun": "interaction", "contact": id, "id": id, "edit": note });
        assert_eq!(ask("edit", json!({ "edits": [note] })).unwrap_err().code, "required");
    }
}
