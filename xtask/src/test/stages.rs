//! The stages of `cargo xtask test`, in order. Cheap ones first; later ones find built what they need.

use std::process::Command;

use anyhow::{Error, anyhow};

use super::tally::Tally;
use crate::setup::{self, Need};
use crate::shell::{self, FEATURES};
use crate::{codegen, licences, sim, tidy};

/// One stage.
pub struct Stage {
    /// Name on the command line.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Does it; counts tests where it runs some.
    pub run: fn() -> Result<Tally, Failure>,
}

/// Why a stage failed, with the tests that it had counted.
pub struct Failure {
    /// What went wrong.
    pub error: Error,
    /// Tests counted before the end.
    pub tally: Tally,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, tally: Tally::default() }
    }
}

/// Every stage, in the order in which they run.
pub const STAGES: &[Stage] = &[
    Stage { name: "setup", about: "system and npm packages, where missing", run: setup_stage },
    Stage { name: "fmt", about: "formatting of the Rust code", run: fmt },
    Stage { name: "tidy", about: "house rules: layers, lengths, frozen files", run: tidy_stage },
    Stage { name: "licences", about: "licences of every dependency", run: licences_stage },
    Stage { name: "ui", about: "types, lints and tests of the screens, then their build", run: ui },
    Stage { name: "clippy", about: "lints, no warning allowed", run: clippy },
    Stage { name: "build", about: "every program and every test", run: build },
    Stage { name: "codegen", about: "the types that the screens use are fresh", run: codegen_stage },
    Stage { name: "rust", about: "unit, property and process tests", run: rust },
    Stage { name: "sim", about: "seeds of the simulated world", run: sim_stage },
    Stage { name: "mutants", about: "planted bugs, each seen by the simulated world", run: mutants_stage },
    Stage {
        name: "e2e",
        about: "journeys in the window and in Chromium with a real relay; pictures of every screen",
        run: e2e,
    },
];

fn setup_stage() -> Result<Tally, Failure> {
    setup::run(Need::Tests)?;
    Ok(Tally::default())
}

fn fmt() -> Result<Tally, Failure> {
    plain(shell::cargo().args(["fmt", "--all", "--check"]))
}

fn tidy_stage() -> Result<Tally, Failure> {
    tidy::run()?;
    Ok(Tally::default())
}

fn licences_stage() -> Result<Tally, Failure> {
    licences::run()?;
    Ok(Tally::default())
}

fn ui() -> Result<Tally, Failure> {
    let tally = counted(shell::npm().args(["run", "check"]))?;
    // The desktop app embeds what is built here.
    shell::run(shell::npm().args(["run", "build"]))?;
    Ok(tally)
}

fn codegen_stage() -> Result<Tally, Failure> {
    codegen::run(true)?;
    Ok(Tally::default())
}

fn clippy() -> Result<Tally, Failure> {
    plain(shell::cargo().arg("clippy").arg("--workspace").args(FEATURES).args([
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn build() -> Result<Tally, Failure> {
    plain(shell::cargo().arg("build").arg("--workspace").args(FEATURES).arg("--all-targets"))
}

fn rust() -> Result<Tally, Failure> {
    counted(shell::cargo().arg("test").arg("--workspace").args(FEATURES).arg("--no-fail-fast"))
}

fn sim_stage() -> Result<Tally, Failure> {
    counted(&mut sim::command(0, sim::SEEDS))
}

fn mutants_stage() -> Result<Tally, Failure> {
    counted(&mut sim::mutants_command())
}

fn e2e() -> Result<Tally, Failure> {
    counted(shell::npm().args(["run", "e2e"]).env("QUEN_BIN_DIR", shell::target_dir().join("debug")))
}

/// A stage that only succeeds or fails.
fn plain(command: &mut Command) -> Result<Tally, Failure> {
    shell::run(command)?;
    Ok(Tally::default())
}

/// A stage that runs tests: counted from the runner's own lines. A runner that ran nothing has failed.
fn counted(command: &mut Command) -> Result<Tally, Failure> {
    let ran = shell::tee(command)?;
    let tally = Tally::of(&ran.output);
    match (ran.ok, tally.passed) {
        (true, 0) => Err(Failure { error: anyhow!("no test ran"), tally }),
        (true, _) => Ok(tally),
        (false, _) => Err(Failure { error: anyhow!("the test runner reports failure"), tally }),
    }
}
