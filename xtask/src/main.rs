//! `cargo xtask`: everything that a developer or CI runs. One module per command.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod centre_cmd;
mod codegen;
mod demo;
mod licences;
mod run;
mod setup;
mod shell;
mod sim;
mod test;
mod tidy;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything that a developer or CI runs", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up, build and open the app (about eight minutes the first time, seconds afterwards)
    Run {
        /// Serve the screens to a browser instead; so it is anyway where there is no display
        #[arg(long)]
        browser: bool,
        /// Start a relay and three desks of a sample centre, each with its own data folder
        #[arg(long, conflicts_with = "browser")]
        demo: bool,
    },
    /// Install what building and testing needs (a minute or two the first time, then seconds)
    Setup {
        /// Only what the app itself needs, not what the tests need
        #[arg(long)]
        app_only: bool,
    },
    /// Run every test of the project, with the minutes of each stage (under 45 minutes from a clean checkout)
    Test {
        /// Stages to run, all when none is named
        stages: Vec<String>,
    },
    /// Run the simulated world: devices, relay and faults from a seed (about a second a seed)
    Sim {
        /// The first seed
        #[arg(long, default_value_t = 0)]
        first: u64,
        /// How many
        #[arg(long, default_value_t = sim::SEEDS)]
        seeds: u64,
        /// Plant bugs instead, one after the other, and see that each is caught
        #[arg(long, conflicts_with_all = ["first", "seeds"])]
        mutants: bool,
    },
    /// Check the house rules: who imports whom, file lengths, frozen migrations... (a few seconds)
    Tidy {
        /// Freeze the migrations that are there, as part of a release
        #[arg(long)]
        freeze: bool,
    },
    /// Write the TypeScript types of every call into the UI (seconds once the engine is built)
    Codegen {
        /// Only say whether they are fresh
        #[arg(long)]
        check: bool,
    },
    /// Measure the product beside raw SQLite (builds for release first; about five minutes for 100,000 people)
    Bench {
        /// People of the generated centre
        #[arg(long, default_value_t = 100_000)]
        people: u64,
        /// Only this: import, start, reads, edit, sync or relay
        #[arg(long)]
        only: Option<String>,
        /// Write the figures as JSON too
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Check the licences of every crate and npm package (a few seconds, offline)
    Licences,
    /// Write the sheets of a dirty, realistic centre (10,000 people in about two seconds)
    Centre {
        /// Students and leads
        #[arg(long, default_value_t = 10_000)]
        people: u64,
        /// The same seed gives the same files
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Folder for the files; with --clean the CSV file
        #[arg(long)]
        out: PathBuf,
        /// One clean CSV instead of six dirty files
        #[arg(long)]
        clean: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Run { demo: true, .. } => run::build().and_then(|()| demo::run()),
        Command::Run { browser, .. } => run::run(browser),
        Command::Setup { app_only } => {
            setup::run(if app_only { setup::Need::App } else { setup::Need::Tests })
        }
        Command::Test { stages } => test::run(&stages),
        Command::Sim { mutants: true, .. } => sim::mutants(),
        Command::Sim { first, seeds, mutants: false } => sim::run(first, seeds),
        Command::Tidy { freeze: true } => tidy::freeze(),
        Command::Tidy { freeze: false } => tidy::run(),
        Command::Codegen { check } => codegen::run(check),
        Command::Bench { people, only, json } => bench::run(people, only.as_deref(), json.as_deref()),
        Command::Licences => licences::run(),
        Command::Centre { people, seed, out, clean } => centre_cmd::run(people, seed, &out, clean),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
