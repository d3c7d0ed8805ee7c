//! Creating a centre: everything that makes it one, or nothing.

use std::collections::BTreeSet;

use crdt::Cause;
use formats::fold::fold;

use super::{
    ApiError, App, AppError, Fresh, Stage, changed,
    workspace::{IS_SAMPLE, SETTINGS, fresh_id, new_action, settings_with_relay, take_fresh},
};
use crate::{
    api::args::NoArgs,
    bounds::NAME_CHARS_MAX,
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::Action,
    id::{DefinitionId, StaffId},
    io::{SystemEntropy, now},
    session::view::{CreateArgs, Session},
    sync::{First, Founding, Replica, Unopened},
};
use wire::SpaceId;

impl App {
    /// Creates a centre with its branches and its owner.
    ///
    /// # Errors
    /// [`ApiError`] if this device belongs to one already, a name is missing, or the disk refuses; then the device
    /// is as it was.
    pub fn create(&self, args: CreateArgs) -> Result<Session, ApiError> {
        self.create_centre(args, false)
    }

    pub(super) fn create_centre(&self, args: CreateArgs, is_sample: bool) -> Result<Session, ApiError> {
        for name in [&args.centre, &args.owner].into_iter().chain(&args.branches) {
            if name.trim().is_empty() {
                return Err(ApiError::new("required", "a name is empty"));
            }
            if name.chars().count() > NAME_CHARS_MAX {
                return Err(ApiError::new("too_long", "a name is too long"));
            }
        }
        let mut names = BTreeSet::new();
        if !args.branches.iter().all(|name| names.insert(fold(name.trim()))) {
            return Err(ApiError::new("name_twice", "two branches have the same name"));
        }
        if args.relay_url.as_deref().is_some_and(|url| crate::io::RelayClient::new(url).is_err()) {
            return Err(ApiError::new("bad_address", "the relay's address is not one"));
        }
        {
            let mut stage = self.stage();
            let Stage::Fresh(fresh) = &*stage else { return Err(AppError::HasWorkspace.into()) };
            let settings = settings_with_relay(&fresh.conn, args.relay_url.clone())?;
            let (conn, keys) = take_fresh(&mut stage)?;
            let founding = Founding { branch_count: args.branches.len(), at: now() };
            let device = DefinitionId(keys.device_id().0);
            match Replica::found_with(conn, keys, &founding, &mut SystemEntropy, |spaces| {
                first(&args, device, spaces, settings, is_sample)
            }) {
                Ok((replica, _)) => *stage = Stage::Ready(Box::new(replica)),
                Err(Unopened { error, back }) => {
                    let (conn, keys) = *back;
                    *stage = Stage::Fresh(Box::new(Fresh { conn, keys }));
                    return Err(error.into());
                }
            }
        }
        self.announce(vec![changed("session")]);
        self.wake_sync();
        self.session(NoArgs::default())
    }
}

/// The centre, its owner, its branches and the name of this device.
fn first(
    args: &CreateArgs,
    device: DefinitionId,
    spaces: &[SpaceId],
    settings: String,
    is_sample: bool,
) -> First {
    let owner = StaffId(fresh_id());
    let mut edits = vec![
        (DefinitionId(fresh_id()), DefinitionEdit::Centre { name: args.centre.clone() }, None),
        (
            owner.into(),
            DefinitionEdit::Staff { name: args.owner.clone(), branch: None, role: "owner".to_owned() },
            None,
        ),
    ];
    if !args.device_name.trim().is_empty() {
        let edit = DefinitionEdit::Device { name: args.device_name.clone(), staff: Some(owner) };
        edits.push((device, edit, None));
    }
    for (name, space) in args.branches.iter().zip(spaces) {
        let edit = DefinitionEdit::Branch { name: name.clone() };
        edits.push((DefinitionId(fresh_id()), edit, Some(*space)));
    }
    let definitions = edits.into_iter().map(|(id, edit, new_space)| {
        (Action { new_space, ..new_action(Cause::PERSON) }, Edit::Definition { id, edit })
    });
    let mut kept = vec![(SETTINGS, settings)];
    if is_sample {
        kept.push((IS_SAMPLE, "yes".to_owned()));
    }
    First { definitions: definitions.collect(), staff: Some(owner), settings: kept }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::api::{Transport, call};

    fn ask(app: &App, name: &str, args: Value) -> Result<Value, ApiError> {
        call(app, Transport::CommandLine, name, args)
    }

    fn open(folder: &std::path::Path) -> App {
        App::open(folder, Some("bốn mùa hoa".to_owned().into())).expect("the folder opens")
    }

    fn create(app: &App) -> Result<Value, ApiError> {
        let args = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1", "Gò Vấp"], "relayUrl": "http://127.0.0.1:9" });
        ask(app, "workspace.create", args)
    }

    /// Lets the disk take so many commits and refuse from then on.
    fn refuse_after(app: &App, commits: u32) {
        let mut left = commits;
        let hook = move || {
            let is_refused = left == 0;
            left = left.saturating_sub(1);
            is_refused
        };
        let mut stage = app.stage();
        let Stage::Fresh(fresh) = &mut *stage else { panic!("the device is fresh") };
        fresh.conn.commit_hook(Some(hook)).expect("the database takes a hook");
    }

    fn is_whole(app: &App) -> bool {
        let session = ask(app, "session.get", Value::Null).expect("a session");
        let all = ask(app, "definition.list", Value::Null).expect("definitions");
        session["stage"] == "ready"
            && session["centre"] == "Sao Mai"
            && session["deviceName"] == "Bàn 1"
            && session["branches"].as_array().is_some_and(|branches| branches.len() == 2)
            && !session["staff"].is_null()
            && session["settings"]["relayUrl"] == "http://127.0.0.1:9"
            && all["staff"].as_array().is_some_and(|staff| staff.len() == 1)
    }

    #[test]
    fn centre_is_founded_whole_or_not_at_all_wherever_the_disk_refuses() {
        for commits in 0..8 {
            let folder = tempfile::tempdir().unwrap();
            let app = open(folder.path());
            refuse_after(&app, commits);
            if create(&app).is_ok() {
                assert!(is_whole(&app), "after {commits} commits");
            } else {
                assert_eq!(ask(&app, "session.get", Value::Null).unwrap()["stage"], "fresh");
            }
            drop(app);
            let app = open(folder.path());
            if ask(&app, "session.get", Value::Null).unwrap()["stage"] == "fresh" {
                create(&app).unwrap();
            }
            assert!(is_whole(&app), "after {commits} commits and a start");
        }
    }

    #[test]
    fn device_whose_disk_refuses_to_enter_goes_on_knocking() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (founder, second) = (open(here.path()), open(there.path()));
        create(&founder).unwrap();
        let invite = ask(&founder, "invite.make", json!({ "role": "manager", "branches": [] })).unwrap();
        ask(&second, "workspace.join", json!({ "invite": invite["text"], "deviceName": "Bàn 2" })).unwrap();
        let (_, _, request) = second.join_question().unwrap();
        let records = founder
            .write(|replica| {
                replica.admit(&request, now(), &mut SystemEntropy)?;
                Ok(replica.log().records().to_vec())
            })
            .unwrap();
        if let Stage::Joining(joining) = &mut *second.stage() {
            joining.conn.commit_hook(Some(|| true)).unwrap();
        }
        let refused = second.enter_workspace(&records);
        assert!(refused.is_err(), "the thread hears of it, and tells people when it lasts");
        assert_eq!(ask(&second, "session.get", Value::Null).unwrap()["stage"], "joining");
        if let Stage::Joining(joining) = &mut *second.stage() {
            joining.conn.commit_hook(None::<fn() -> bool>).unwrap();
        }
        second.enter_workspace(&records).unwrap();
        assert_eq!(ask(&second, "session.get", Value::Null).unwrap()["stage"], "ready");
    }
}
