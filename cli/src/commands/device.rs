//! Commands about the device: joining, inviting, syncing, health.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::Result;
use crm::{app::App, engine::dump::digest, io::sync_loop};
use serde_json::{Value, json};

use super::{
    call,
    data::{branch, missing, named},
};
use crate::refusal::{bad, refused};

/// Lets in whoever knocks first.
const ANY: &str = "any";
/// Digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 20;
pub(super) const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Makes an invite; with a fingerprint also waits for the device and lets it in.
pub fn invite(
    app: &App,
    role: &str,
    names: &[String],
    approve: Option<&str>,
    is_json: bool,
) -> Result<Value> {
    let approve = approve.map(awaited).transpose()?;
    let definitions = call(app, "definition.list", json!({}))?;
    let branches = names.iter().map(|name| branch(&definitions, name)).collect::<Result<Vec<_>>>()?;
    let invite = call(app, "invite.make", json!({ "role": role, "branches": branches }))?;
    let brief = json!({ "invite": invite["text"], "id": invite["id"], "expiresAtMs": invite["expiresAtMs"] });
    sync_loop::start(app);
    let Some(fingerprint) = approve else {
        wait_until_pushed(app, Duration::from_secs(60))?;
        return Ok(brief);
    };
    crate::output::print(&brief, is_json);
    loop {
        let joins = call(app, "join.list", json!({}))?;
        let wanted =
            joins.as_array().into_iter().flatten().find(|join| {
                fingerprint == ANY || join["fingerprint"].as_str() == Some(fingerprint.as_str())
            });
        if let Some(join) = wanted {
            call(app, "join.approve", json!({ "id": join["id"] }))?;
            wait_until_pushed(app, Duration::from_secs(60))?;
            return Ok(join.clone());
        }
        sleep(LOOK_AGAIN);
    }
}

/// The fingerprint that is waited for, in the groups in which devices show it.
fn awaited(typed: &str) -> Result<String> {
    if typed == ANY {
        return Ok(typed.to_owned());
    }
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    if digits.len() != FINGERPRINT_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad(
            format!("{typed} is no fingerprint; give the 20 digits that the other device shows, or `any`"),
            format!("“{typed}” không phải mã đối chiếu; viết 20 chữ số mà thiết bị kia hiện ra, hoặc `any`."),
        ));
    }
    let groups = digits.as_bytes().chunks(4).map(String::from_utf8_lossy);
    Ok(groups.collect::<Vec<_>>().join(" "))
}

/// Knocks, prints the fingerprint, waits to be let in, and syncs. An invite that it waited for before is given up.
pub fn join(app: &App, invite: &str, device_name: &str, is_json: bool) -> Result<Value> {
    call(app, "workspace.stopJoin", json!({}))?;
    let session = call(app, "workspace.join", json!({ "invite": invite, "deviceName": device_name }))?;
    crate::output::print(&json!({ "fingerprint": session["fingerprint"] }), is_json);
    sync_loop::start(app);
    loop {
        let session = call(app, "session.get", json!({}))?;
        match session["stage"].as_str() {
            Some("ready") => {
                wait_until_pushed(app, Duration::from_secs(600))?;
                return call(app, "session.get", json!({}));
            }
            Some("fresh") => {
                return Err(refused(
                    "invite_unusable",
                    "the invite cannot be used any more; ask for a new one",
                    "Lời mời đã dùng, đã huỷ hoặc hết hạn; hãy xin lời mời mới.",
                ));
            }
            _ => {}
        }
        if session["stopped"].is_string() {
            return Err(stopped(&session));
        }
        sleep(LOOK_AGAIN);
    }
}

/// Notes who uses this device.
pub fn sign_in(app: &App, name: &str) -> Result<Value> {
    let all = &call(app, "definition.list", json!({}))?["staff"];
    let known = named(all, name).ok_or_else(|| missing(("member of staff", "nhân viên"), name, all))?;
    call(app, "session.signIn", json!({ "staff": known["id"] }))
}

/// Why sync stands still, in the words of its code.
pub(super) fn stopped(status: &Value) -> anyhow::Error {
    let code = status["stopped"].as_str().unwrap_or("internal");
    let words = crate::words::of(code);
    refused(code, words.english, words.vietnamese)
}

/// Exchanges with the relay.
pub fn sync(app: &App, relay: Option<&str>, timeout_s: u64) -> Result<Value> {
    if let Some(url) = relay {
        call(app, "relay.set", json!({ "url": url }))?;
    }
    sync_loop::start(app);
    wait_until_pushed(app, Duration::from_secs(timeout_s))?;
    call(app, "sync.status", json!({}))
}

pub(super) fn wait_until_pushed(app: &App, limit: Duration) -> Result<()> {
    let started = Instant::now();
    loop {
        let status = call(app, "sync.status", json!({}))?;
        match status["state"].as_str() {
            Some("synced") => return Ok(()),
            Some("stopped") => return Err(stopped(&status)),
            Some("noRelay") => {
                return Err(refused(
                    "no_relay",
                    "this device has no relay; name one with `quen sync --relay`",
                    "Chưa có địa chỉ máy trung chuyển; đặt bằng `quen sync --relay`.",
                ));
            }
            _ if started.elapsed() > limit => {
                return Err(refused(
                    "relay_unreachable",
                    "the relay was not reached in time; check the network and try again. Everything is kept and will be sent later",
                    "Không tới được máy trung chuyển; kiểm tra mạng rồi thử lại. Mọi thay đổi vẫn an toàn trên thiết bị này và sẽ được gửi sau.",
                ));
            }
            _ => sleep(LOOK_AGAIN),
        }
    }
}

/// Opens the sample centre if the device belongs to none.
pub fn sample(app: &App) -> Result<()> {
    if call(app, "session.get", json!({}))?["stage"] == "fresh" {
        call(app, "workspace.sample", json!({}))?;
    }
    Ok(())
}

/// Builds the read tables again.
pub fn rebuild(app: &App, is_json: bool) -> Result<Value> {
    let documents = app.write(|replica| {
        Ok(replica.engine.rebuild(|done| {
            if !is_json {
                eprintln!("{done}");
            }
        })?)
    })?;
    Ok(json!({ "documents": documents }))
}

/// Checks the database and says how the device stands.
pub fn doctor(app: &App) -> Result<Value> {
    let session = call(app, "session.get", json!({}))?;
    let integrity = app.read(|conn, _| crm::store::open::integrity(conn))?;
    let mut report =
        json!({ "stage": session["stage"], "version": session["version"], "database": integrity });
    if session["stage"] == "ready" {
        report["sync"] = call(app, "sync.status", json!({}))?;
        // Devices that hold the same spaces and have heard the same print the same.
        report["shows"] = json!(app.write(|replica| Ok(digest(replica.engine.conn())?))?);
    }
    if integrity != "ok" {
        return Err(refused(
            "database_damaged",
            format!(
                "the database file is damaged ({integrity}); keep it, restore a copy or join again with an invite"
            ),
            "Tệp dữ liệu bị hỏng; giữ lại tệp, khôi phục bản sao lưu hoặc tham gia lại bằng lời mời.",
        ));
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_awaited_however_its_groups_are_typed_and_nothing_else_is() {
        let shown = "3604 1592 7878 8725 4375";
        for typed in [shown, "36041592787887254375", "3604-1592-7878-8725-4375"] {
            assert_eq!(awaited(typed).expect("a fingerprint"), shown);
        }
        assert_eq!(awaited("any").expect("whoever comes"), "any");
        for typed in ["", "garbage", "Any", "3604 1592 7878 8725", "3604 1592 7878 8725 437x", "３６０４"]
        {
            assert!(awaited(typed).is_err(), "{typed}");
        }
    }
}
