//! Devices that a relay, the centre or the system does not take as they are.

use std::path::Path;

use crm::io::{DataFolder, RelayClient, Vault, now};
use wire::{
    Blob, DeviceId, Incarnation, KeyCommitment, RelayId,
    membership::{Body, DeviceRevoked, MembershipLog, Record, Rotation},
    protocol::{
        Append, Appended, Challenge, Fault, FaultCode, Hello, HelloTerms, PROTOCOL_VERSION, Request, Response,
    },
};

use crate::{
    desk::{Desk, Relay, desk_with_people},
    pretender::relay_that,
};

fn refused(desk: &Desk, code: &str, english: &str, vietnamese: &str) {
    let (found, told) = desk.refusal(&["sync"]);
    assert_eq!(found, code, "{told}");
    assert!(told.contains(english) && told.contains(vietnamese), "{told}");
}

#[test]
fn relay_of_another_version_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    let next = PROTOCOL_VERSION + 1;
    desk.create(Some(&relay_that(move |question| match question {
        Request::Challenge => Response::Challenge(Challenge {
            relay: RelayId([7; 32]),
            versions: (next, next),
            relay_time_ms: now_ms(),
            seal: [7; 32],
        }),
        _ => Response::Fault(Fault::new(FaultCode::UnsupportedVersion, "another version")),
    })));
    refused(&desk, "relay_version", "Update the older one", "cập nhật bên cũ hơn");
}

/// A relay that went back, and was told of another decision first, does not know who was let in since.
#[test]
fn relay_that_does_not_know_the_device_any_more_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut relay = Relay::start(&at("relay"));
    let (owner, manager, late) = (Desk::at(&at("a")), Desk::at(&at("b")), Desk::at(&at("c")));
    owner.create(Some(&relay.url));
    owner.admit(&manager);
    owner.sync();
    manager.sync();
    relay.kill();
    copy_files(&at("relay"), &at("copy"));
    relay.restart();
    owner.admit(&late);
    relay.kill();
    relay.wipe();
    copy_files(&at("copy"), &at("relay"));
    relay.restart();
    manager.json(&["call", "invite.make", r#"{"role":"staff","branches":[]}"#]);
    manager.sync();
    refused(&late, "relay_refuses_device", "Ask a manager whether it was removed", "Hãy hỏi quản lý");
}

#[test]
fn revoked_device_is_told_in_each_start_and_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let owner = desk_with_people(folder.path(), Some(&relay.url));
    let desk = Desk::at(&folder.path().join("b"));
    owner.admit(&desk);
    owner.sync();
    desk.sync();
    let people = desk.people();
    let id = desk.json(&["list", "--limit", "1"])["rows"][0]["id"].as_str().expect("an id").to_owned();
    let device = desk.json(&["call", "session.get"])["device"].as_str().expect("an id").to_owned();
    revoke(&owner, &relay.url, device.parse().expect("an id"));
    refused(&desk, "device_revoked", "ask a manager", "hãy hỏi quản lý");
    assert_eq!((desk.people(), people), (people, crate::desk::PEOPLE), "it reads what it has");
    let (code, _) = desk.refusal(&["edit", &id, "note=sau đó"]);
    assert_eq!(code, "not_allowed");
}

/// The owner's word that a device is out, brought to the relay as the window will.
fn revoke(owner: &Desk, relay: &str, device: DeviceId) {
    let log = {
        let app = owner.open();
        app.write(|replica| Ok(replica.log().clone())).expect("the device is ready")
    };
    let folder = DataFolder::open(&owner.folder).expect("the folder is free");
    let vault = Vault::find(&folder, Some(owner.passphrase.clone().into())).expect("a vault");
    let keys = vault.secrets(&folder).expect("the keys").device_keys();
    let spaces = &log.state().device(device).expect("a member").standing().spaces;
    let rotations = spaces.iter().map(|space| Rotation {
        space: *space,
        epoch: log.state().epoch(*space).expect("a space") + 1,
        commitment: KeyCommitment([7; 32]),
        previous_key_sealed: Blob(vec![0; 72]),
        wraps: Vec::new(),
    });
    let body =
        Body::DeviceRevoked(DeviceRevoked { device, cut_offs: Vec::new(), rotations: rotations.collect() });
    let record = Record::sign(log.head(), now_ms(), &body, keys.signing()).expect("it holds");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = RelayClient::new(relay).expect("an address");
        let Ok(Response::Challenge(challenge)) = client.ask(&Request::Challenge, None).await else {
            panic!("no challenge")
        };
        let hello = Hello::sign(terms(challenge, &log, *keys.public()), keys.signing());
        let Ok(Response::Welcome(welcome)) = client.ask(&Request::Hello(hello), None).await else {
            panic!("no welcome")
        };
        let append =
            Append { previous: record.previous(), record: record.as_bytes().into(), is_refill: false };
        let answer = client.ask(&Request::Append(append), Some(&welcome.token)).await;
        assert!(matches!(answer, Ok(Response::Append(Appended::Ok { .. }))), "{answer:?}");
    });
}

fn terms(challenge: Challenge, log: &MembershipLog, keys: wire::membership::DevicePublicKeys) -> HelloTerms {
    HelloTerms {
        audience: challenge.relay,
        challenge,
        versions: (PROTOCOL_VERSION, PROTOCOL_VERSION),
        workspace: log.workspace(),
        keys,
        incarnation: Incarnation([7; 8]),
    }
}

fn now_ms() -> u64 {
    u64::try_from(now().0).expect("after 1970")
}

fn copy_files(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for file in std::fs::read_dir(from).expect("readable").flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).expect("copied");
    }
}

/// A device made without a passphrase keeps its keys in the key store of the system: here one of its own, which ends
/// with the test. `xtask setup` installs both programs.
#[cfg(target_os = "linux")]
#[test]
fn passphrase_for_a_device_whose_keys_are_in_the_key_store_is_told() {
    const SCRIPT: &str = "printf kho | gnome-keyring-daemon --unlock --components=secrets >/dev/null
        \"$QUEN\" --data \"$FOLDER\" create 'Sao Mai' --owner 'Trần Thị Lan' --branch 'Quận 1' || exit 9
        export QUEN_PASSPHRASE='sao mai xanh'
        \"$QUEN\" --data \"$FOLDER\" --json list
        \"$QUEN\" --data \"$FOLDER\" list";
    let folder = tempfile::tempdir().expect("a folder");
    let output = std::process::Command::new("dbus-run-session")
        .args(["--", "sh", "-c", SCRIPT])
        .env("QUEN", env!("CARGO_BIN_EXE_quen"))
        .env("FOLDER", folder.path().join("a"))
        .env("HOME", folder.path())
        .env_remove("QUEN_PASSPHRASE")
        .env_remove("XDG_RUNTIME_DIR")
        .env_remove("XDG_DATA_HOME")
        .output()
        .expect("dbus-run-session starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(r#""code":"keys_in_key_store""#), "{told}");
    assert!(told.contains("run it without QUEN_PASSPHRASE") && told.contains("bỏ QUEN_PASSPHRASE"), "{told}");
}
