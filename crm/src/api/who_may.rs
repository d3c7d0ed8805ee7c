//! Who may make which call, from where: every name with every role, at every stage, over every transport.

use serde_json::json;
use wire::membership::Role;

use super::{TABLE, Transport, call};
use crate::{app::App, engine::Author};

const TRANSPORTS: [Transport; 4] =
    [Transport::Window, Transport::Http, Transport::Network, Transport::CommandLine];
const ROLES: [Role; 5] = [Role::Viewer, Role::Teacher, Role::Staff, Role::Manager, Role::Owner];

/// The table again, written by hand: a call that is added or opened wider must be meant here too. The least role, and
/// whether it may be called over the network and from the command line; the screens of this machine need all.
const EXPECTED: &[(&str, Option<Role>, bool, bool)] = &[
    ("session.get", None, true, true),
    ("session.settings", None, true, true),
    ("session.unlock", None, false, false),
    ("session.signIn", Some(Role::Viewer), true, true),
    ("workspace.create", None, false, true),
    ("workspace.join", None, false, true),
    ("workspace.stopJoin", None, false, true),
    ("workspace.recover", None, false, true),
    ("workspace.sample", None, false, true),
    ("workspace.rename", Some(Role::Manager), false, true),
    ("session.passphrase", None, false, false),
    ("workspace.leaveSample", Some(Role::Viewer), false, false),
    ("contact.list", Some(Role::Viewer), true, true),
    ("contact.get", Some(Role::Viewer), true, true),
    ("contact.timeline", Some(Role::Viewer), true, true),
    ("contact.history", Some(Role::Viewer), true, true),
    ("contact.statusLog", Some(Role::Viewer), true, true),
    ("contact.search", Some(Role::Viewer), true, true),
    ("contact.hint", Some(Role::Viewer), true, true),
    ("contact.elsewhere", Some(Role::Viewer), true, true),
    ("contact.bin", Some(Role::Viewer), true, true),
    ("task.today", Some(Role::Viewer), true, true),
    ("task.list", Some(Role::Viewer), true, true),
    ("conflict.list", Some(Role::Viewer), true, true),
    ("duplicate.list", Some(Role::Viewer), true, true),
    ("duplicate.count", Some(Role::Viewer), true, true),
    ("definition.list", Some(Role::Viewer), true, true),
    ("contact.newIds", Some(Role::Staff), true, true),
    ("edit", Some(Role::Staff), true, true),
    ("action.undo", Some(Role::Staff), true, true),
    ("bulk.count", Some(Role::Staff), true, true),
    ("bulk.run", Some(Role::Staff), true, true),
    ("bulk.takenBack", Some(Role::Viewer), true, true),
    ("bulk.forgetTakenBack", Some(Role::Viewer), true, true),
    ("import.open", Some(Role::Staff), true, true),
    ("import.read", Some(Role::Staff), true, true),
    ("import.values", Some(Role::Staff), true, true),
    ("import.check", Some(Role::Staff), true, true),
    ("import.get", Some(Role::Staff), true, true),
    ("import.rows", Some(Role::Staff), true, true),
    ("import.run", Some(Role::Staff), true, true),
    ("import.pause", Some(Role::Staff), true, true),
    ("import.errors", Some(Role::Staff), true, true),
    ("import.undo", Some(Role::Staff), true, true),
    ("import.list", Some(Role::Staff), true, true),
    ("export.run", Some(Role::Staff), true, true),
    ("job.get", Some(Role::Viewer), true, true),
    ("job.cancel", Some(Role::Viewer), true, true),
    ("sync.status", Some(Role::Viewer), true, true),
    ("sync.now", Some(Role::Viewer), true, true),
    ("relay.set", Some(Role::Manager), false, true),
    ("device.list", Some(Role::Viewer), true, true),
    ("device.rename", Some(Role::Manager), false, true),
    ("invite.make", Some(Role::Manager), false, true),
    ("invite.list", Some(Role::Manager), false, true),
    ("invite.withdraw", Some(Role::Manager), false, true),
    ("kit.make", Some(Role::Owner), false, true),
    ("join.list", Some(Role::Manager), false, true),
    ("join.approve", Some(Role::Manager), false, true),
    ("join.reject", Some(Role::Manager), false, true),
];

/// The code of an answer to arguments that no call takes: it comes after the question whether the call is allowed.
fn code(app: &App, from: Transport, name: &str) -> String {
    call(app, from, name, json!("nonsense")).expect_err("no call takes this").code
}

fn device(folder: &std::path::Path) -> App {
    App::open(folder, Some("bốn mùa hoa".to_owned().into())).expect("the folder opens")
}

fn found(app: &App) {
    let centre = json!({ "centre": "Sao Mai", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
        "branches": ["Quận 1"], "relayUrl": "http://127.0.0.1:9" });
    call(app, Transport::Window, "workspace.create", centre).expect("founded");
}

fn expect_everywhere(app: &App, answer: impl Fn(Option<Role>) -> &'static str, what: &str) {
    for (name, least, is_on_network, is_on_command_line) in EXPECTED {
        for from in TRANSPORTS {
            let is_open = match from {
                Transport::Window | Transport::Http => true,
                Transport::Network => *is_on_network,
                Transport::CommandLine => *is_on_command_line,
            };
            let expected = if is_open { answer(*least) } else { "not_from_here" };
            assert_eq!(code(app, from, name), expected, "{name} from {from:?}, {what}");
        }
    }
}

#[test]
fn every_call_is_open_to_whom_it_is_meant_for_and_to_nobody_else() {
    let names: Vec<_> = TABLE.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        names,
        EXPECTED.iter().map(|(name, ..)| *name).collect::<Vec<_>>(),
        "the tables name the same"
    );
    let folder = tempfile::tempdir().unwrap();
    let app = device(folder.path());
    found(&app);
    for role in ROLES {
        app.write(|replica| {
            let author = Author { role, ..*replica.engine.author() };
            replica.engine.set_author(author);
            Ok(())
        })
        .unwrap();
        let answer = |least: Option<Role>| match least {
            Some(least) if !role.is_at_least(least) => "not_allowed",
            _ => "bad_argument",
        };
        expect_everywhere(&app, answer, &format!("{role:?}"));
    }
}

#[test]
fn without_a_centre_only_the_first_screens_are_answered() {
    let (folder, founded) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = device(folder.path());
    let answer = |least: Option<Role>| least.map_or("bad_argument", |_| "no_workspace");
    expect_everywhere(&app, answer, "fresh");
    let founder = device(founded.path());
    found(&founder);
    let invite =
        call(&founder, Transport::Window, "invite.make", json!({ "role": "staff", "branches": [] })).unwrap();
    let join = json!({ "invite": invite["text"], "deviceName": "Bàn 2" });
    call(&app, Transport::Window, "workspace.join", join).unwrap();
    expect_everywhere(&app, answer, "knocking");
    drop(app);
    let locked = App::open(folder.path(), None).unwrap();
    expect_everywhere(&locked, |least| least.map_or("bad_argument", |_| "locked"), "locked");
}

#[test]
fn what_is_not_in_the_table_does_not_exist() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(code(&device(folder.path()), Transport::Window, "contact.erase"), "unknown_call");
}
