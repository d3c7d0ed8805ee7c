//! Creating a centre, joining one, who sits here, how this device looks.

use crdt::Cause;
use rusqlite::Connection;
use serde_json::Value;

use super::{ApiError, App, AppError, Fresh, Joining, Stage, changed, device, kit_calls};
use crate::{
    api::args::{NoArgs, SignInArgs},
    definition::{self, model::Content},
    engine::Action,
    id::{ActionId, DefinitionId, StaffId},
    io::{self, SystemEntropy, now},
    session::view::{JoinArgs, Session, Settings, UnlockArgs},
    store::{StoreError, key, setting},
    sync::{Entropy, JoinTicket, Replica},
};

pub(super) const SETTINGS: &str = "settings";
const STAFF: &str = "session.staff";
pub(super) const IS_SAMPLE: &str = "workspace.is_sample";

/// Who sits at the device, if anybody was chosen.
pub(super) fn staff(conn: &Connection) -> Result<Option<StaffId>, StoreError> {
    Ok(setting::get(conn, STAFF)?.and_then(|text| text.parse().ok()))
}

/// The settings. One that cannot be read, or holds what only another version knows, is as it was at first, and the
/// others hold.
fn settings(conn: &Connection) -> Result<Settings, StoreError> {
    let Some(text) = setting::get(conn, SETTINGS)? else { return Ok(Settings::default()) };
    let kept: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    let mut readable = serde_json::Map::new();
    for (name, value) in kept {
        let alone = serde_json::Map::from_iter([(name.clone(), value.clone())]);
        let read = serde_json::from_value::<Settings>(alone.into());
        if read.is_ok_and(|read| read.unknown_word().is_none()) {
            readable.insert(name, value);
        }
    }
    Ok(serde_json::from_value(readable.into()).unwrap_or_default())
}

/// The settings as they are kept, with another relay.
pub(super) fn settings_with_relay(
    conn: &Connection,
    relay_url: Option<String>,
) -> Result<String, StoreError> {
    let new = Settings { relay_url, ..settings(conn)? };
    Ok(serde_json::to_string(&new).unwrap_or_default())
}

/// The relay's address in the settings.
///
/// # Errors
/// `relay_unreadable` if there is something and it cannot be read: that is not the same as no relay.
pub(super) fn relay_url(conn: &Connection) -> Result<Option<String>, ApiError> {
    let Some(text) = setting::get(conn, SETTINGS)? else { return Ok(None) };
    let unreadable = || ApiError::new("relay_unreadable", "the relay's address cannot be read");
    let kept: Value = serde_json::from_str(&text).map_err(|_| unreadable())?;
    match kept.get("relayUrl") {
        None | Some(Value::Null) if kept.is_object() => Ok(None),
        Some(Value::String(url)) => Ok(Some(url.clone())),
        _ => Err(unreadable()),
    }
}

/// A new identifier.
pub(crate) fn fresh_id() -> [u8; 16] {
    let at_ms = u64::try_from(now().0).unwrap_or(0);
    let random = u128::from_be_bytes(SystemEntropy.bytes());
    ulid::Ulid::from_parts(at_ms, random).to_bytes()
}

/// A new action of a person at this device, now.
pub(crate) fn new_action(cause: Cause) -> Action {
    Action { id: ActionId(fresh_id()), at: now(), cause, new_space: None }
}

impl App {
    /// Where this device stands.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn session(&self, _: NoArgs) -> Result<Session, ApiError> {
        let stage = self.stage();
        let mut session = Session {
            stage: "locked".to_owned(),
            centre: None,
            device: None,
            device_name: None,
            role: None,
            staff: None,
            branches: Vec::new(),
            is_sample: false,
            has_passphrase: self.has_passphrase(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: None,
            stopped: None,
            kit: None,
            settings: Settings::default(),
        };
        match &*stage {
            Stage::Locked if io::takes_first_passphrase(&self.inner.folder) => {
                session.stage = "new".to_owned()
            }
            Stage::Locked => {}
            Stage::Fresh(fresh) => {
                session.stage = "fresh".to_owned();
                session.settings = settings(&fresh.conn)?;
            }
            Stage::Joining(joining) => {
                session.stage = "joining".to_owned();
                session.fingerprint = Some(joining.ticket.fingerprint.clone());
                session.device_name = setting::get(&joining.conn, device::JOIN_NAME)?;
                session.stopped = self.why_stopped();
                session.settings = settings(&joining.conn)?;
            }
            Stage::Ready(replica) => fill(&mut session, replica)?,
        }
        Ok(session)
    }

    /// Changes how this device looks and speaks.
    ///
    /// # Errors
    /// [`ApiError`] if a setting holds a word that is none of its own, or the database refuses.
    pub fn put_settings(&self, new: Settings) -> Result<Settings, ApiError> {
        if let Some((field, known)) = new.unknown_word() {
            let message = format!("{field} takes one of: {}", known.join(" "));
            let mut refused = ApiError::new("bad_argument", message);
            refused.fields.insert(field.to_owned(), "not_a_choice".to_owned());
            return Err(refused);
        }
        let kept = {
            let mut stage = self.stage();
            let conn = conn_of(&mut stage)?;
            let kept = relay_url(conn)?;
            // The address of the relay has a call of its own.
            let new = Settings { relay_url: kept, ..new };
            put_setting(conn, SETTINGS, &serde_json::to_string(&new).unwrap_or_default())?;
            new
        };
        self.announce(vec![changed("session")]);
        Ok(kept)
    }

    pub(super) fn put_relay_url(&self, url: Option<String>) -> Result<(), ApiError> {
        let mut stage = self.stage();
        let conn = conn_of(&mut stage)?;
        let new = settings_with_relay(conn, url)?;
        Ok(put_setting(conn, SETTINGS, &new)?)
    }

    /// Opens a locked device.
    ///
    /// # Errors
    /// [`ApiError`] if the passphrase is wrong.
    pub fn unlock_call(&self, args: UnlockArgs) -> Result<Session, ApiError> {
        self.unlock(&args.passphrase)?;
        self.session(NoArgs::default())
    }

    /// Chooses who sits here.
    ///
    /// # Errors
    /// [`ApiError`] if there is no such member of staff.
    pub fn sign_in(&self, args: SignInArgs) -> Result<Session, ApiError> {
        self.write(|replica| {
            let content = definition::query::content(replica.engine.conn(), args.staff.into())?;
            let Some(Content::Staff { branch, .. }) = content else {
                return Err(ApiError::new("not_found", "no such member of staff"));
            };
            Ok(replica.sign_in(args.staff, branch)?)
        })?;
        self.announce(vec![changed("session")]);
        self.session(NoArgs::default())
    }

    /// Knocks at a centre with an invite.
    ///
    /// # Errors
    /// [`ApiError`] if the invite is not one or this device belongs to a centre already.
    pub fn join(&self, args: JoinArgs) -> Result<Session, ApiError> {
        {
            let mut stage = self.stage();
            let Stage::Fresh(fresh) = &mut *stage else { return Err(AppError::HasWorkspace.into()) };
            let Fresh { conn, keys } = &mut **fresh;
            let ticket = JoinTicket::new(&args.invite, &args.device_name, keys, &mut SystemEntropy)?;
            let relay = settings_with_relay(conn, Some(ticket.link.relay_url.clone()))?;
            let tx = conn.transaction().map_err(StoreError::from)?;
            setting::put(&tx, device::JOIN_INVITE, args.invite.trim())?;
            setting::put(&tx, device::JOIN_NAME, args.device_name.trim())?;
            setting::put(&tx, SETTINGS, &relay)?;
            tx.commit().map_err(StoreError::from)?;
            let (conn, keys) = take_fresh(&mut stage)?;
            *stage = Stage::Joining(Box::new(Joining { conn, keys, ticket, refusals: 0 }));
        }
        self.announce(vec![changed("session")]);
        self.wake_sync();
        self.session(NoArgs::default())
    }
}

fn fill(session: &mut Session, replica: &Replica) -> Result<(), ApiError> {
    let conn = replica.engine.conn();
    let author = replica.engine.author();
    session.stage = "ready".to_owned();
    session.device = Some(author.device.to_string());
    session.role = Some(role_word(author.role).to_owned());
    session.staff = author.staff;
    session.is_sample = setting::get(conn, IS_SAMPLE)?.is_some();
    session.kit = kit_calls::kit_word(replica, session.is_sample)?.map(str::to_owned);
    session.settings = settings(conn)?;
    session.centre = definition::query::centre_name(conn)?;
    session.device_name = match definition::query::content(conn, DefinitionId(author.device.0))? {
        Some(Content::Device { name, .. }) => Some(name),
        _ => setting::get(conn, device::JOIN_NAME)?,
    };
    let held = key::spaces(conn)?;
    for (branch, space) in definition::query::branch_spaces(conn)? {
        if held.contains(&space) {
            session.branches.push(branch);
        }
    }
    Ok(())
}

/// The word by which screens name a role.
pub(super) fn role_word(role: wire::membership::Role) -> &'static str {
    use wire::membership::Role;
    match role {
        Role::Owner => "owner",
        Role::Manager => "manager",
        Role::Staff => "staff",
        Role::Teacher => "teacher",
        Role::Viewer => "viewer",
    }
}

pub(super) fn take_fresh(stage: &mut Stage) -> Result<(Connection, crdt::seal::DeviceKeys), ApiError> {
    match std::mem::replace(stage, Stage::Locked) {
        Stage::Fresh(fresh) => Ok((fresh.conn, fresh.keys)),
        other => {
            *stage = other;
            Err(AppError::HasWorkspace.into())
        }
    }
}

fn conn_of(stage: &mut Stage) -> Result<&mut Connection, AppError> {
    match stage {
        Stage::Locked => Err(AppError::Locked),
        Stage::Fresh(fresh) => Ok(&mut fresh.conn),
        Stage::Joining(joining) => Ok(&mut joining.conn),
        Stage::Ready(replica) => Ok(replica.engine.conn_mut()),
    }
}

fn put_setting(conn: &mut Connection, name: &str, value: &str) -> Result<(), StoreError> {
    let tx = conn.transaction()?;
    setting::put(&tx, name, value)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::{Transport, call};

    #[test]
    fn first_start_without_a_key_store_asks_to_choose_a_passphrase_and_a_later_one_to_give_it() {
        let place = tempfile::tempdir().unwrap();
        let stage = |app: &App| app.session(NoArgs {}).unwrap().stage;
        let chosen = "bốn mùa hoa";
        let unlock = |app: &App, passphrase: &str| {
            call(app, Transport::Window, "session.unlock", json!({ "passphrase": passphrase }))
        };
        let folder = place.path().join("ours");
        let has_key_store = io::Vault::find(&io::DataFolder::open(&folder).unwrap(), None).is_ok();
        let app = App::open(&folder, None).unwrap();
        assert_eq!(stage(&app), if has_key_store { "fresh" } else { "new" });
        if !has_key_store {
            assert_eq!(unlock(&app, "ngắn").unwrap_err().code, "passphrase_short");
            assert_eq!(stage(&app), "new", "nothing was made of a passphrase that is refused");
            assert_eq!(unlock(&app, chosen).unwrap()["stage"], "fresh");
            drop(app);
            let again = App::open(&folder, None).unwrap();
            assert_eq!(stage(&again), "locked");
            assert_eq!(unlock(&again, "mật khẩu khác").unwrap_err().code, "wrong_passphrase");
            assert_eq!(unlock(&again, chosen).unwrap()["stage"], "fresh");
        }

        // The first start was cut off between the keys and the database: the passphrase is the one chosen then.
        let cut = place.path().join("cut");
        drop(App::open(&cut, Some(chosen.to_owned().into())).unwrap());
        {
            let folder = io::DataFolder::open(&cut).unwrap();
            let vault = io::Vault::find(&folder, Some(chosen.to_owned().into())).unwrap();
            device::remove_database(&folder, &vault).unwrap();
        }
        let app = App::open(&cut, None).unwrap();
        assert_eq!(stage(&app), "locked");
        assert_eq!(unlock(&app, chosen).unwrap()["stage"], "fresh");
    }

    #[test]
    fn a_setting_takes_the_words_that_are_its_own_and_a_file_of_another_version_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let put = |field: &str, value: Value| {
            let mut settings = serde_json::to_value(Settings::default()).unwrap();
            settings[field] = value;
            call(&app, Transport::Window, "session.settings", settings)
        };
        for (field, wrong) in [("language", "fr"), ("language", ""), ("theme", "zz"), ("density", "../x")] {
            let refused = put(field, json!(wrong)).unwrap_err();
            assert_eq!(
                (refused.code.as_str(), refused.fields[field].as_str()),
                ("bad_argument", "not_a_choice")
            );
            assert!(refused.message.contains(field), "{}", refused.message);
        }
        let misspelt = put("langage", json!("en")).unwrap_err();
        assert!(misspelt.code == "bad_argument" && misspelt.message.contains("langage"), "{misspelt}");
        put("theme", json!("dark")).unwrap();

        let newer = r#"{"language":"en","theme":"sepia","density":"compact","font":"large"}"#;
        put_setting(conn_of(&mut app.stage()).unwrap(), SETTINGS, newer).unwrap();
        let read = app.session(NoArgs {}).unwrap().settings;
        assert_eq!((read.language.as_str(), read.theme.as_str()), ("en", "system"));
        assert_eq!(read.density, "compact");
    }

    #[test]
    fn a_setting_that_cannot_be_read_loses_neither_the_others_nor_the_relay_unsaid() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path(), Some("bốn mùa hoa".to_owned().into())).unwrap();
        let ask = |name: &str, args| call(&app, Transport::Window, name, args);
        let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": "http://127.0.0.1:9" });
        ask("workspace.create", centre).unwrap();
        let keep = |text: &str| put_setting(conn_of(&mut app.stage()).unwrap(), SETTINGS, text).unwrap();

        keep(r#"{"language":7,"theme":"dark","relayUrl":"http://127.0.0.1:9"}"#);
        let session = ask("session.get", json!(null)).unwrap();
        assert_eq!(
            (&session["settings"]["theme"], &session["settings"]["language"]),
            (&json!("dark"), &json!("vi"))
        );
        assert_eq!(ask("sync.status", json!(null)).unwrap()["relayUrl"], "http://127.0.0.1:9");

        for text in [r#"{"theme":"dark","relayUrl":5}"#, "{\"relayUrl\":\"http", "[]"] {
            keep(text);
            let status = ask("sync.status", json!(null)).unwrap();
            assert_eq!(
                (&status["state"], &status["stopped"]),
                (&json!("stopped"), &json!("relay_unreadable"))
            );
            let refused = ask("session.settings", session["settings"].clone()).unwrap_err();
            assert_eq!(refused.code, "relay_unreadable", "it is not written over by a change of the theme");
        }
        ask("relay.set", json!({ "url": "http://127.0.0.1:8" })).unwrap();
        let status = ask("sync.status", json!(null)).unwrap();
        assert_eq!((&status["relayUrl"], &status["stopped"]), (&json!("http://127.0.0.1:8"), &json!(null)));
    }
}
