//! Names the commands of the window, so that each needs a permission.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["call", "file_open", "file_save"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities fit each other");
}
