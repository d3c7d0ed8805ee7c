//! What the window may ask for.

use std::path::PathBuf;

use crm::{
    api::{self, Transport, args::FileHandle},
    app::{ApiError, AppError},
};
use serde_json::Value;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_fs::FsExt;

use crate::device::Device;

/// Makes a call of the engine's door, away from the window's own thread.
#[tauri::command]
pub async fn call(device: State<'_, Device>, name: String, args: Value) -> Result<Value, ApiError> {
    let app = device.app().await?;
    blocking(move || api::call(&app, Transport::Window, &name, args)).await
}

/// Takes over a file that a person chose to open.
#[tauri::command]
pub async fn file_open<R: Runtime>(
    desk: AppHandle<R>,
    device: State<'_, Device>,
    path: PathBuf,
) -> Result<FileHandle, ApiError> {
    chosen(&desk, &path)?;
    Ok(device.app().await?.files().take_path(&path))
}

/// Writes a file that the engine made to where a person chose.
#[tauri::command]
pub async fn file_save<R: Runtime>(
    desk: AppHandle<R>,
    device: State<'_, Device>,
    handle: String,
    path: PathBuf,
) -> Result<(), ApiError> {
    chosen(&desk, &path)?;
    let file = FileHandle { name: String::new(), handle };
    let app = device.app().await?;
    let from = app.files().path(&file).ok_or_else(|| ApiError::new("not_found", "no such file"))?;
    blocking(move || std::fs::copy(from, path).map(drop).map_err(|error| AppError::File(error).into())).await
}

/// A path from the window counts only if a dialogue of the system gave it.
fn chosen<R: Runtime>(desk: &AppHandle<R>, path: &std::path::Path) -> Result<(), ApiError> {
    if desk.try_fs_scope().is_some_and(|scope| scope.is_allowed(path)) {
        Ok(())
    } else {
        Err(ApiError::new("not_allowed", "this file was not chosen in a dialogue"))
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(ApiError::new("internal", "the call ended early")))
}
