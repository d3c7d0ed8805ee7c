//! Opens the device and its window, and carries news to the window and to the system.

use std::{error::Error, time::Duration};

use crm::{
    api::{self, Transport},
    app::{ApiError, App, AppError},
    io::{self, FolderError, sync_loop},
    session::view::Session,
    task::view::TodayView,
};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, WebviewWindowBuilder, Wry, plugin::TauriPlugin};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use tauri_plugin_notification::NotificationExt;
use tokio::sync::broadcast::error::RecvError;

use crate::{
    device::{self, Device, Opening},
    due::Due,
    front::{self, Bell},
    leaving, painting,
    start::Start,
};

/// When due tasks are looked for after the start, so that the window is there first, and how often from then on.
const DUE_FIRST: Duration = Duration::from_secs(5);
const DUE_EVERY: Duration = Duration::from_secs(60);
/// What the program ends with when the device cannot be opened.
const CANNOT_OPEN: i32 = 3;

/// A second window on the same folder brings the first one to the front and ends.
pub fn single_instance(start: &Start) -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::Builder::new()
        .dbus_id(start.bus_name())
        .callback(|desk, _args, _folder| to_front(desk))
        .build()
}

/// Opens the window, and the device while the window comes up; says why where that is impossible.
pub fn open(desk: &AppHandle, start: Start) -> Result<(), Box<dyn Error>> {
    let (opening, device) = device::opening();
    desk.manage(device);
    leaving::when_asked(desk);
    let opener = desk.clone();
    std::thread::spawn(move || open_device(&opener, &start, opening));
    let config = desk.config().app.windows.first().ok_or("no window is described")?;
    let window = WebviewWindowBuilder::from_config(desk, config)?.build()?;
    painting::settle(&window)?;
    Ok(())
}

/// Closes what was opened, at the very end.
pub fn close(desk: &AppHandle) {
    if let Some(bell) = desk.try_state::<Bell>() {
        bell.leave();
    }
    if let Some(app) = desk.try_state::<Device>().and_then(|device| device.opened()) {
        leaving::close(app);
    }
}

fn open_device(desk: &AppHandle, start: &Start, opening: Opening) {
    match device::open(&start.data, start.passphrase.as_ref()) {
        Ok(app) => {
            hear_second_starts(desk, start);
            sync_loop::start(&app);
            forward(desk, &app);
            remind(desk, &app);
            opening.done(app);
        }
        // The first window may have been on its way up when this start asked it before.
        Err(AppError::Folder(FolderError::InUse)) if front::ask(&start.data) => desk.exit(0),
        Err(error) => explain(desk, &error.into(), opening),
    }
}

fn hear_second_starts(desk: &AppHandle, start: &Start) {
    let called = desk.clone();
    match Bell::hang(&start.data, move || to_front(&called)) {
        Ok(bell) => {
            desk.manage(bell);
        }
        Err(error) => tracing::info!(%error, "a second start will not find this window here"),
    }
}

fn to_front(desk: &AppHandle) {
    let Some(window) = desk.get_webview_window("main") else { return };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window does not come to the front");
    }
    tracing::info!("a second start called the window to the front");
}

/// Says in both languages why the device cannot be opened, and ends the program once that was read. Until then the
/// window goes on waiting.
fn explain(desk: &AppHandle, error: &ApiError, opening: Opening) {
    eprintln!("error: {error}");
    let ending = desk.clone();
    desk.dialog().message(reason(error)).title("Quen").kind(MessageDialogKind::Error).show(move |_read| {
        ending.exit(CANNOT_OPEN);
        drop(opening);
    });
}

/// What happened, that nothing is lost, and what to do.
fn reason(error: &ApiError) -> String {
    let (vietnamese, english) = match error.code.as_str() {
        "folder_in_use" => (
            "Quen đang mở với dữ liệu này rồi. Hãy dùng cửa sổ đang mở, hoặc đóng nó trước.",
            "Quen is already open with this data. Use the open window, or close it first.",
        ),
        "folder_not_writable" | "read_only" => (
            "Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi của thư mục.",
            "The data folder cannot be written. Check the rights of the folder.",
        ),
        "disk_full" => (
            "Ổ đĩa đã đầy. Dữ liệu vẫn còn nguyên; hãy giải phóng chỗ rồi mở lại.",
            "The disk is full. The data is unharmed; make room, then open Quen again.",
        ),
        "wrong_passphrase" => (
            "Mật khẩu không đúng. Dữ liệu vẫn còn nguyên; hãy mở lại với mật khẩu đúng.",
            "The passphrase is wrong. The data is unharmed; open Quen again with the right one.",
        ),
        "database_unreadable" | "database_damaged" => (
            "Tệp dữ liệu bị hỏng hoặc là của thiết bị khác. Hãy giữ tệp lại, rồi đặt lại bản sao hoặc tham gia lại bằng lời \
             mời; những gì máy trung chuyển đã có thì không mất.",
            "The data file is damaged, or that of another device. Keep it, then put your copy back or join again with \
             an invite; what the relay has is not lost.",
        ),
        "keys_in_key_store" => (
            "Khoá của dữ liệu này nằm trong kho khoá của hệ thống. Hãy mở lại mà không đưa mật khẩu.",
            "The keys of this data lie in the key store of the system. Open it again without a passphrase.",
        ),
        "keys_lost" | "keys_damaged" => (
            "Không tìm thấy khoá của thiết bị này, hoặc tệp khoá bị hỏng. Hãy đặt lại keys.sealed từ bản sao, hoặc nhờ \
             chủ trung tâm mời thiết bị lại.",
            "The keys of this device are gone, or their file is damaged. Put keys.sealed back from a copy, or ask the \
             owner of the centre to invite it again.",
        ),
        "database_newer" => (
            "Dữ liệu này do một bản Quen mới hơn ghi. Hãy cài bản mới rồi mở lại.",
            "This data was written by a newer Quen. Install the newer version, then open it again.",
        ),
        _ => (
            "Không mở được dữ liệu. Dữ liệu vẫn còn trong thư mục; hãy mở lại hoặc nhờ người hỗ trợ.",
            "The data cannot be opened. It is still in its folder; try again or ask for help.",
        ),
    };
    format!("{vietnamese}\n\n{english}\n\n({})", error.code)
}

/// Tells the window what moved.
fn forward(desk: &AppHandle, app: &App) {
    let desk = desk.clone();
    let mut heard = app.listen();
    tauri::async_runtime::spawn(async move {
        loop {
            let changed = match heard.recv().await {
                Ok(changed) => changed,
                // Whoever missed announcements fetches everything.
                Err(RecvError::Lagged(_)) => api::everything_changed(),
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = desk.emit("changed", changed) {
                tracing::warn!(%error, "the window does not hear what moved");
            }
        }
    });
}

/// Tells the system about due tasks, until the program ends.
fn remind(desk: &AppHandle, app: &App) {
    let (desk, app) = (desk.clone(), app.clone());
    std::thread::spawn(move || {
        let mut due = Due::default();
        let mut pause = DUE_FIRST;
        loop {
            std::thread::sleep(std::mem::replace(&mut pause, DUE_EVERY));
            if let Err(error) = tell_due(&desk, &app, &mut due) {
                tracing::debug!(code = %error.code, "no reminders now");
            }
        }
    });
}

/// A device that is locked or empty refuses the calls: then nothing is told.
fn tell_due(desk: &AppHandle, app: &App, due: &mut Due) -> Result<(), ApiError> {
    let session: Session = ask(app, "session.get")?;
    if !session.settings.are_notifications_on || session.stage != "ready" {
        return Ok(());
    }
    let today: TodayView = ask(app, "task.today")?;
    for notice in due.news(&today, session.staff, io::now(), &session.settings.language) {
        let shown = desk.notification().builder().title(notice.title).body(notice.body).show();
        if let Err(error) = shown {
            tracing::warn!(%error, "the system shows no notification");
        }
    }
    Ok(())
}

fn ask<T: serde::de::DeserializeOwned>(app: &App, name: &str) -> Result<T, ApiError> {
    let value = api::call(app, Transport::Window, name, Value::Null)?;
    serde_json::from_value(value).map_err(|error| ApiError::new("internal", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_is_explained_in_both_languages() {
        let text = reason(&ApiError::new("folder_in_use", "x"));
        assert!(text.contains("đang mở") && text.contains("already open") && text.contains("folder_in_use"));
    }
}
