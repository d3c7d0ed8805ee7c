//! Commands about recovery kits.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::Result;
use crm::{
    app::{ApiError, App},
    io::sync_loop,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{
    call,
    device::{LOOK_AGAIN, stopped, wait_until_pushed},
};
use crate::{output::say, refusal::refused};

/// How long a kit is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes a kit, prints it, and waits until the relay has taken it.
pub fn kit(app: &App, is_json: bool) -> Result<()> {
    let kit = match call(app, "kit.make", json!({})) {
        Err(error) if is_met_first(&error) => {
            sync_loop::start(app);
            wait_until_pushed(app, PATIENCE)?;
            call(app, "kit.make", json!({}))?
        }
        made => {
            let made = made?;
            sync_loop::start(app);
            made
        }
    };
    let mut shown = json!({ "kit": kit["text"], "id": kit["id"], "relayUrl": kit["relayUrl"] });
    if !is_json {
        // A person need not wait for what is shown once.
        crate::output::print(&shown, is_json);
        say!("Chép lại hoặc in ra rồi cất vào két: ai cầm nó đọc và sửa được mọi thứ.");
        say!(
            "Write it down or print it and keep it in a safe: whoever holds it can read and change everything."
        );
    }
    let taken = wait_until_taken(app, &kit["id"]);
    if is_json {
        shown["isReady"] = taken.is_ok().into();
        crate::output::print(&shown, is_json);
    }
    taken
}

/// Whether the centre has to meet its relay before there can be a kit.
fn is_met_first(error: &anyhow::Error) -> bool {
    error.downcast_ref::<ApiError>().is_some_and(|api| api.code == "kit_relay_first")
}

fn wait_until_taken(app: &App, kit: &Value) -> Result<()> {
    let started = Instant::now();
    loop {
        let devices = call(app, "device.list", json!({}))?;
        if devices.as_array().into_iter().flatten().any(|device| device["id"] == *kit) {
            return Ok(());
        }
        let status = call(app, "sync.status", json!({}))?;
        if status["state"] == "stopped" {
            return Err(stopped(&status));
        }
        if started.elapsed() > PATIENCE {
            return Err(refused(
                "kit_waiting",
                "the relay has not taken the kit yet, and until then it opens nothing; keep it, and run `quen sync` until it is synced",
                "Máy trung chuyển chưa nhận bộ khôi phục nên nó chưa mở được gì; hãy giữ lại và chạy `quen sync` cho đến khi đồng bộ xong.",
            ));
        }
        sleep(LOOK_AGAIN);
    }
}

/// Brings a centre back on this device, and reads everything from the relay. An invite that it waited for is given up.
pub fn recover(
    app: &App,
    groups: &[String],
    device_name: &str,
    relay: Option<&str>,
    is_json: bool,
) -> Result<Value> {
    let kit = Zeroizing::new(match groups {
        [only] if only == "-" => std::io::read_to_string(std::io::stdin())?,
        groups => groups.join(" "),
    });
    call(app, "workspace.stopJoin", json!({}))?;
    call(app, "workspace.recover", json!({ "kit": *kit, "deviceName": device_name, "relayUrl": relay }))?;
    sync_loop::start(app);
    wait_until_pushed(app, PATIENCE * 10)?;
    if !is_json {
        say!("Bộ khôi phục đã được mở ra: hãy tạo bộ mới bằng `quen kit`.");
        say!("The kit lay open: make a new one with `quen kit`.");
    }
    call(app, "session.get", json!({}))
}
