//! `cargo xtask run`: builds everything that a person sees and opens it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::setup::{self, Need};
use crate::shell::{self, root};

/// Sets up, builds the screens and the programs, and opens the window. Without a display, or with `browser`,
/// serves the same screens on loopback and prints the address.
///
/// # Errors
/// When something cannot be built or started.
pub fn run(browser: bool) -> Result<()> {
    build()?;
    if browser || !has_display() {
        println!("serving the screens to a browser; Ctrl-C ends it");
        return shell::run(Command::new(program("quen")).arg("serve").arg("--ui").arg(screens()));
    }
    println!("opening the window; closing it ends the program");
    shell::run(&mut Command::new(program("quen-desktop")))
}

/// Builds the screens and the three programs.
pub fn build() -> Result<()> {
    println!("setting up and building: about eight minutes the first time, seconds afterwards");
    setup::run(Need::App)?;
    shell::run(shell::npm().args(["run", "build"]))?;
    let bins = ["--bin", "quen-desktop", "--bin", "quen", "--bin", "quen-relay"];
    shell::run(shell::cargo().arg("build").args(shell::FEATURES).args(bins))
}

/// Where cargo puts a program of ours.
pub fn program(name: &str) -> PathBuf {
    let file = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    shell::target_dir().join("debug").join(file)
}

/// The built screens.
pub fn screens() -> PathBuf {
    root().join("ui").join("dist")
}

/// Linux says by variables whether there is a display; the other systems always have one.
fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
