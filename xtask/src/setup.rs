//! `cargo xtask setup`: system packages and npm packages, only what is missing.
//!
//! On Debian and Ubuntu the system packages are installed by apt-get; elsewhere what is missing is named
//! together with the way to get it, and the work goes on as far as it can.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::shell::{self, root};

/// What the set-up is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Building and starting the app.
    App,
    /// Also driving it under tests.
    Tests,
}

/// Packages of Debian 12 and Ubuntu 24.04 that the app is built with.
const APP_PACKAGES: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libdbus-1-dev",
    "libayatana-appindicator3-dev",
];

/// Packages that the end-to-end tests drive the app with; fonts, so that pictures are the same everywhere.
const TEST_PACKAGES: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "gnome-keyring",
    "libsecret-tools",
    "dbus-x11",
    "fonts-noto-core",
    "fonts-noto-color-emoji",
    "dunst",
    "imagemagick",
    "xdotool",
];

/// Disk that a build from nothing takes, packages included: with every test, and the app alone.
const TESTS_DISK_GIB: u64 = 6;
const APP_DISK_GIB: u64 = 4;

/// Oldest Node.js that the UI's tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Installs or names what is missing for `need`. Takes about two minutes the first time, a second afterwards.
///
/// # Errors
/// When apt-get or npm fails, or Node.js is missing or too old.
pub fn run(need: Need) -> Result<()> {
    let started = Instant::now();
    disk(need)?;
    system_packages(need)?;
    node()?;
    npm_packages()?;
    println!("set-up complete ({:.0} s)", started.elapsed().as_secs_f64());
    Ok(())
}

/// A build that runs out of disk fails in the linker, with words that nobody understands.
fn disk(need: Need) -> Result<()> {
    if !cfg!(unix) || shell::target_dir().join("debug").is_dir() {
        return Ok(());
    }
    let needed_gib = if need == Need::Tests { TESTS_DISK_GIB } else { APP_DISK_GIB };
    let listing = shell::capture(Command::new("df").arg("-Pk").arg(root()))?;
    match free_gib(&listing) {
        Some(free) if free < needed_gib => {
            bail!("{free} GiB are free on this disk, the build needs about {needed_gib}: make room first")
        }
        _ => Ok(()),
    }
}

/// What `df -Pk` says is free, in whole GiB; `None` if it says something else.
fn free_gib(listing: &str) -> Option<u64> {
    let kib: u64 = listing.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kib >> 20)
}

fn system_packages(need: Need) -> Result<()> {
    if !cfg!(target_os = "linux") {
        name_other_system();
        return Ok(());
    }
    if !shell::is_installed("apt-get") || !shell::is_installed("dpkg-query") {
        name_other_linux(need);
        return Ok(());
    }
    let missing = missing_packages(need)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing {} (about a minute, up to 1.6 GiB)", missing.join(" "));
    let as_root = shell::capture(Command::new("id").arg("-u"))?.trim() == "0";
    if !as_root && !shell::is_installed("sudo") {
        bail!("run as root: apt-get install --no-install-recommends {}", missing.join(" "));
    }
    apt_get(as_root, &["update", "-qq"], &[])?;
    apt_get(as_root, &["install", "-y", "-qq", "--no-install-recommends"], &missing)
}

fn apt_get(as_root: bool, args: &[&str], packages: &[&str]) -> Result<()> {
    let mut command = if as_root { Command::new("apt-get") } else { Command::new("sudo") };
    if as_root {
        command.env("DEBIAN_FRONTEND", "noninteractive");
    } else {
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    shell::run(command.args(args).args(packages))
}

fn missing_packages(need: Need) -> Result<Vec<&'static str>> {
    let wanted = APP_PACKAGES.iter().chain(if need == Need::Tests { TEST_PACKAGES } else { &[] });
    let listing = shell::capture(Command::new("dpkg-query").args(["-W", "-f", "${Package} ${Status}\n"]))?;
    Ok(wanted.copied().filter(|package| !is_listed_installed(&listing, package)).collect())
}

fn is_listed_installed(listing: &str, package: &str) -> bool {
    let line = format!("{package} install ok installed");
    listing.lines().any(|known| known == line)
}

fn name_other_linux(need: Need) {
    println!("this system has no apt-get. Quen needs, by whatever names it has here:");
    println!("  a C compiler, pkg-config, OpenSSL, WebKitGTK 4.1, librsvg, D-Bus and Ayatana AppIndicator,");
    println!(
        "  each with its development files; see https://tauri.app/start/prerequisites/ for your system."
    );
    if need == Need::Tests {
        println!(
            "  For the tests: Xvfb, WebKitWebDriver, Chromium, gnome-keyring, secret-tool and Noto fonts."
        );
    }
    println!("going on: the build says if one is missing.");
}

fn name_other_system() {
    if cfg!(target_os = "macos") {
        println!("macOS: needs the Xcode command line tools (xcode-select --install) and OpenSSL 3");
        println!("(brew install openssl@3 pkg-config).");
    } else {
        println!(
            "Windows: needs the Visual Studio C++ build tools, WebView2 (part of Windows 11) and OpenSSL 3"
        );
        println!("(vcpkg install openssl:x64-windows-static-md, then set OPENSSL_DIR).");
    }
    println!("The end-to-end tests drive the window on Linux only. Going on.");
}

fn node() -> Result<()> {
    let advice = format!("install Node.js {NODE_MAJOR_MIN} or newer from https://nodejs.org");
    let version = shell::capture(Command::new("node").arg("--version")).with_context(|| advice.clone())?;
    match major(&version) {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        _ => bail!("Node.js {} is too old: {advice}", version.trim()),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Runs `npm ci` when the installed packages are not those of the lock file.
fn npm_packages() -> Result<()> {
    let ui = root().join("ui");
    if !ui.join("package-lock.json").is_file() || is_fresh(&ui)? {
        return Ok(());
    }
    println!("installing the UI's npm packages (about half a minute)");
    shell::run(shell::npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::copy(ui.join("package-lock.json"), installed_lock(&ui))?;
    Ok(())
}

/// A copy of the lock file that was installed last.
fn installed_lock(ui: &Path) -> std::path::PathBuf {
    ui.join("node_modules").join(".installed-lock.json")
}

fn is_fresh(ui: &Path) -> Result<bool> {
    let installed = installed_lock(ui);
    Ok(installed.is_file() && fs::read(installed)? == fs::read(ui.join("package-lock.json"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_disk_is_read_from_the_fourth_column() {
        let listing = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263174212 90000000 4194304 96% /";
        assert_eq!(free_gib(listing), Some(4));
        assert_eq!(free_gib("df: no such thing"), None);
    }

    #[test]
    fn a_package_counts_only_when_it_is_fully_installed() {
        let listing = "xvfb install ok installed\nchromium deinstall ok config-files\n";
        assert!(is_listed_installed(listing, "xvfb"));
        assert!(!is_listed_installed(listing, "chromium"));
        assert!(!is_listed_installed(listing, "xauth"));
    }

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn npm_runs_when_the_lock_file_changed() {
        let dir = tempfile::tempdir().unwrap();
        let ui = dir.path();
        fs::create_dir(ui.join("node_modules")).unwrap();
        fs::write(ui.join("package-lock.json"), "1").unwrap();
        assert!(!is_fresh(ui).unwrap());
        fs::write(installed_lock(ui), "1").unwrap();
        assert!(is_fresh(ui).unwrap());
        fs::write(ui.join("package-lock.json"), "2").unwrap();
        assert!(!is_fresh(ui).unwrap());
    }
}
