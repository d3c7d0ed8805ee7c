//! `cargo xtask sim`: the simulated world, seed after seed.

use std::process::Command;

use anyhow::Result;

use crate::shell;

/// Seeds of a run in CI.
pub const SEEDS: u64 = 500;

/// Runs `seeds` seeds from `first` on.
///
/// # Errors
/// When a seed loses something or devices end up different; the seed is printed.
pub fn run(first: u64, seeds: u64) -> Result<()> {
    shell::run(&mut command(first, seeds))
}

/// Plants bugs, one after the other: the oracle must see each.
///
/// # Errors
/// When a bug goes unnoticed.
pub fn mutants() -> Result<()> {
    shell::run(&mut mutants_command())
}

/// The test runner with bugs to plant. The same features as everywhere but one, so that little is built anew.
pub fn mutants_command() -> Command {
    let mut command = shell::cargo();
    let features = format!("{},journeys/mutants", shell::FEATURES[1]);
    command.args([
        "test",
        "--workspace",
        shell::FEATURES[0],
        &features,
        "--test",
        "journeys",
        "planted_bugs",
    ]);
    command
}

/// The test runner on these seeds.
pub fn command(first: u64, seeds: u64) -> Command {
    let mut command = shell::cargo();
    command
        .env("QUEN_FIRST_SEED", first.to_string())
        .env("QUEN_SEEDS", seeds.to_string())
        .args(["test", "--workspace"])
        .args(shell::FEATURES)
        .args(["--test", "journeys", "simulation"]);
    command
}
