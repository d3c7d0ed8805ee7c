//! `cargo xtask bench`: builds the bench for release and starts it. What it measures is in `tests/bench/`.

use std::path::{Path, absolute};

use anyhow::Result;

use crate::shell;

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
    if let Some(path) = json {
        // cargo runs in the root folder, whoever called from elsewhere.
        command.arg("--json").arg(absolute(path)?);
    }
    shell::run(&mut command)
}
