//! What the window can ask: one door for calls, and files by handle.

use std::path::Path;

use crm::{
    api::{self, args::FileHandle},
    app::{ApiError, App},
};
use serde_json::Value;
use tauri::State;

/// Makes a call of the API. The engine blocks on the disk, so it runs beside the window.
#[tauri::command]
pub async fn call(device: State<'_, App>, name: String, args: Value) -> Result<Value, ApiError> {
    let device = device.inner().clone();
    tauri::async_runtime::spawn_blocking(move || api::call(&device, api::Transport::Window, &name, args))
        .await
        .unwrap_or_else(|_| Err(ApiError::new("internal", "the call ended early")))
}

/// Hands over a file that the person chose in a dialogue of the system.
#[tauri::command]
pub fn file_open(device: State<'_, App>, path: String) -> FileHandle {
    device.files().take_path(Path::new(&path))
}

/// Writes a file that the core made to where the person chose.
#[tauri::command]
pub fn file_save(device: State<'_, App>, handle: String, path: String) -> Result<(), ApiError> {
    let file = FileHandle { handle, name: String::new() };
    let from = device.files().path(&file).ok_or_else(|| ApiError::new("not_found", "no such file"))?;
    std::fs::copy(from, path).map_err(|error| ApiError::new("folder_not_writable", error))?;
    device.files().forget(&file);
    Ok(())
}
