//! How the window is painted.

use tauri::{Result, WebviewWindow};

/// Without a graphics card, WebKitGTK would paint through a graphics card that is itself a program (Mesa's llvmpipe):
/// it costs 82 MB (measured with 100,000 people: 443 and 361).
#[cfg(target_os = "linux")]
pub fn settle(window: &WebviewWindow) -> Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    if has_graphics_card(std::path::Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// The engines of other systems settle this by themselves.
#[cfg(not(target_os = "linux"))]
pub fn settle(_window: &WebviewWindow) -> Result<()> {
    Ok(())
}

/// Whether the kernel offers something to render with: `renderD128` and so on in its folder of devices.
#[cfg(target_os = "linux")]
fn has_graphics_card(devices: &std::path::Path) -> bool {
    let Ok(devices) = std::fs::read_dir(devices) else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_graphics_card_is_what_can_be_rendered_with() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_graphics_card(&devices.path().join("none")));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_graphics_card(devices.path()), "a plain screen does not render");
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_graphics_card(devices.path()));
    }
}
