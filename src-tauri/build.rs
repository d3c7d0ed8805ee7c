//! Names the commands that the window may call; every other one is refused.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["call", "file_open", "file_save"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    }
}
