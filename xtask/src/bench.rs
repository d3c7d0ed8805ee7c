//! `cargo xtask bench`: builds the bench for release and starts it. What it measures is in `tests/bench/`.

use std::path::{Path, PathBuf, absolute};

use anyhow::Result;

use crate::shell;

/// What starts windows on a screen that nobody sees.
const DRIVERS: [&str; 2] = ["Xvfb", "WebKitWebDriver"];

/// Measures with a centre of `people`.
///
/// # Errors
/// When the build or a measurement fails; a figure that is missed is no failure.
pub fn run(people: u64, only: Option<&str>, json: Option<&Path>) -> Result<()> {
    let mut command = shell::cargo();
    command.args(["run", "--release", "--package", "journeys", "--bin", "bench", "--"]);
    command.args(["--people", &people.to_string()]);
    if let Some(name) = only {
        command.args(["--only", name]);
    }
    if only.is_none_or(|name| name == "window") {
        match DRIVERS.iter().find(|program| !shell::is_installed(program)) {
            Some(missing) => println!("the window is not measured: {missing} is not installed"),
            None => _ = command.arg("--desktop").arg(desktop()?),
        }
    }
    if let Some(path) = json {
        // cargo runs in the root folder, whoever called from elsewhere.
        command.arg("--json").arg(absolute(path)?);
    }
    shell::run(&mut command)
}

/// Builds the screens and the desktop program for release.
fn desktop() -> Result<PathBuf> {
    shell::run(shell::npm().args(["run", "build"]))?;
    let mut command = shell::cargo();
    command.args(["build", "--release", "--package", "quen-desktop"]).args(shell::FEATURES);
    shell::run(&mut command)?;
    Ok(shell::target_dir().join("release").join(format!("quen-desktop{}", std::env::consts::EXE_SUFFIX)))
}
