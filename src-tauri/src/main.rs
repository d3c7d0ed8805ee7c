//! The desktop app: a window, notifications, and one door to the core.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod due;
mod start;

use anyhow::Result;
use tauri::{Emitter, Manager};

fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let options = start::Options::from_env();
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("main")
                && let Err(error) = window.unminimize().and_then(|()| window.set_focus())
            {
                tracing::warn!(%error, "the window cannot be brought to the front");
            }
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .setup(move |tauri| {
            let device = start::open(tauri.handle(), &options);
            let Some(device) = device else { std::process::exit(start::EXIT_IN_USE) };
            crm::io::sync_loop::start(&device);
            forward_changes(tauri.handle(), &device);
            due::start(tauri.handle(), &device);
            tauri.manage(device);
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![commands::call, commands::file_open, commands::file_save])
        .run(tauri::generate_context!())?;
    Ok(())
}

/// Tells the window what moved.
fn forward_changes(handle: &tauri::AppHandle, device: &crm::app::App) {
    let mut changes = device.listen();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            let changed = match changes.recv().await {
                Ok(changed) => changed,
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => crm::api::everything_changed(),
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            };
            if let Err(error) = handle.emit("changed", changed) {
                tracing::warn!(%error, "the window does not hear");
            }
        }
    });
}
