//! A sync that stands still for a reason that waiting does not mend: it is told, and it goes away by itself.

use std::{
    io::{Read, Write},
    net::TcpListener,
};

use crm::{
    api::{self, Transport},
    app::App,
    io::sync_loop,
};
use serde_json::{Value, json};

use crate::desk::{Desk, PEOPLE, Relay, desk_with_people, until};

/// Something that answers every question with the same words, for as long as the test runs.
fn answers_always(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut caller in listener.incoming().flatten() {
            let mut question = [0; 4_096];
            let _read = caller.read(&mut question);
            let _told =
                write!(caller, "HTTP/1.1 {status}\r\nContent-Length: 8\r\nConnection: close\r\n\r\nxin chao");
        }
    });
    url
}

fn status(app: &App) -> Value {
    api::call(app, Transport::CommandLine, "sync.status", json!({})).expect("a status")
}

/// Sync stops and says this code; once the cause is gone it goes on, and nobody has to ask.
fn stops_and_goes_on(app: &App, code: &str, mend: impl FnOnce()) {
    sync_loop::start(app);
    until("sync has stopped", || status(app)["state"] == "stopped");
    let told = status(app);
    assert_eq!(told["stopped"], code, "{told}");
    assert!(told["waiting"].as_u64() > Some(0), "what was written here is kept: {told}");
    mend();
    until("sync goes on", || status(app)["state"] == "synced");
    let told = status(app);
    assert!(told["stopped"].is_null() && told["notice"].is_null() && told["waiting"] == 0, "{told}");
}

fn set(app: &App, pragma: &str, value: impl rusqlite::ToSql) {
    app.write(|replica| {
        replica.engine.conn_mut().pragma_update_and_check(None, pragma, value, |_| Ok(())).ok();
        Ok(())
    })
    .expect("the device is ready");
}

#[test]
fn what_answers_and_is_no_relay_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some(&answers_always("200 OK")));
    let (code, told) = desk.refusal(&["sync"]);
    assert_eq!(code, "not_a_relay");
    assert!(told.contains("no relay of Quen") && told.contains("không phải máy"), "{told}");
}

#[test]
fn a_proxy_that_does_not_reach_its_relay_is_no_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some(&answers_always("503 Service Unavailable")));
    let (code, _) = desk.refusal(&["sync", "--timeout-s", "3"]);
    assert_eq!(code, "relay_unreachable");
}

#[test]
fn full_relay_is_told_until_it_has_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut relay = Relay::start_with(&folder.path().join("relay"), &["--quota-mib", "0"]);
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some(&relay.url));
    let (code, told) = desk.refusal(&["sync"]);
    assert_eq!(code, "relay_full");
    assert!(told.contains("is full") && told.contains("đã đầy"), "{told}");
    stops_and_goes_on(&desk.open(), "relay_full", || {
        relay.kill();
        relay.restart();
    });
}

/// What a wiped relay had no room for is brought back by whoever has it, however often both end in between.
#[test]
fn refill_that_found_no_room_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut relay = Relay::start(&folder.path().join("relay"));
    let desk = desk_with_people(folder.path(), Some(&relay.url));
    desk.sync();
    let held = relay.chunks();
    relay.kill();
    relay.wipe();
    relay.restart_with(&["--quota-mib", "0"]);
    assert_eq!(desk.sync()["notice"], "quotaFull");
    assert_eq!((desk.sync()["notice"].as_str(), relay.chunks()), (Some("quotaFull"), 0), "and again");
    relay.kill();
    relay.restart();
    let told = desk.sync();
    assert_eq!((relay.chunks(), told["waiting"].as_u64()), (held, Some(0)), "{told}");
    let late = Desk::at(&folder.path().join("late"));
    desk.admit(&late);
    late.sync();
    assert_eq!(late.people(), PEOPLE);
}

#[test]
fn relay_that_does_not_take_the_centre_is_told_until_it_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = "0".repeat(32);
    let mut relay = Relay::start_with(&folder.path().join("relay"), &["--allow-workspace", &other]);
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some(&relay.url));
    stops_and_goes_on(&desk.open(), "relay_refuses_centre", || {
        relay.kill();
        relay.restart();
    });
}

#[test]
fn full_disk_stops_sync_until_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let desk = desk_with_people(folder.path(), Some(&relay.url));
    let app = desk.open();
    set(&app, "max_page_count", 1);
    stops_and_goes_on(&app, "disk_full", || set(&app, "max_page_count", 1_000_000));
}

#[test]
fn folder_that_became_read_only_stops_sync_until_it_can_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let desk = desk_with_people(folder.path(), Some(&relay.url));
    let app = desk.open();
    set(&app, "query_only", 1);
    stops_and_goes_on(&app, "read_only", || set(&app, "query_only", 0));
}

#[test]
fn damaged_database_is_told_while_syncing() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let desk = desk_with_people(folder.path(), Some(&relay.url));
    let app = desk.open();
    set(&app, "wal_checkpoint", "TRUNCATE");
    drop(app);
    let file = desk.folder.join("quen.db");
    let mut bytes = std::fs::read(&file).expect("readable");
    // Everything but the first page: it opens, and nothing in it can be read.
    bytes[4_096..].fill(7);
    std::fs::write(&file, &bytes).expect("written");
    let (code, told) = desk.refusal(&["sync", "--timeout-s", "20"]);
    assert_eq!(code, "database_damaged", "{told}");
    assert!(told.contains("hỏng"), "{told}");
}

#[test]
fn a_server_before_the_relay_that_lets_nothing_large_through_is_told_with_its_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::at(&folder.path().join("a"));
    desk.create(Some(&answers_always("413 Payload Too Large")));
    let (code, told) = desk.refusal(&["sync"]);
    assert_eq!(code, "relay_message_limit");
    assert!(told.contains("client_max_body_size 8m") && told.contains("vẫn an toàn"), "{told}");
}

#[test]
fn a_device_on_its_way_in_is_told_that_its_relay_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let (host, newcomer) = (Desk::at(&folder.path().join("a")), Desk::at(&folder.path().join("b")));
    host.create(Some(&answers_always("200 OK")));
    let invite = api::call(
        &host.open(),
        Transport::CommandLine,
        "invite.make",
        json!({ "role": "manager", "branches": [] }),
    );
    let invite = invite.expect("an invite");
    let (code, _) = newcomer.refusal(&["join", invite["text"].as_str().expect("text")]);
    assert_eq!(code, "not_a_relay");
}
