//! `bench`: how fast the real product is, beside the same work on raw SQLite in the same run.
//!
//! Each figure is measured by a process of its own, so that its peak of memory is its own. `cargo xtask bench`
//! builds and starts this program; a test starts it with a few people, so that it cannot rot.

#[path = "bench/desk.rs"]
mod desk;
#[path = "bench/edits.rs"]
mod edits;
#[path = "bench/figure.rs"]
mod figure;
#[path = "bench/hosts.rs"]
mod hosts;
#[path = "bench/import.rs"]
mod import;
#[path = "bench/raw.rs"]
mod raw;
#[path = "bench/reads.rs"]
mod reads;
#[path = "bench/relay_puts.rs"]
mod relay_puts;
#[path = "bench/sheet.rs"]
mod sheet;
#[path = "bench/start.rs"]
mod start;
#[path = "bench/sync.rs"]
mod sync;
#[path = "bench/window.rs"]
mod window;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use clap::Parser;

use figure::Figure;

/// What can be measured, in order; `import` leaves the folder in which the others read.
const MEASURES: [&str; 7] = ["import", "start", "window", "reads", "edit", "sync", "relay"];

#[derive(Parser)]
#[command(name = "bench", about = "Measures the product beside raw SQLite")]
struct Args {
    /// People of the generated centre
    #[arg(long, default_value_t = 100_000)]
    people: u64,
    /// Only this: import, start, window, reads, edit, sync or relay
    #[arg(long)]
    only: Option<String>,
    /// The desktop program; its window is not measured without it
    #[arg(long, value_name = "FILE")]
    desktop: Option<PathBuf>,
    /// Writes the figures here too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// One measurement, in this process
    #[arg(long, hide = true)]
    measure: Option<String>,
    /// Its folder
    #[arg(long, hide = true)]
    folder: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match (&args.measure, &args.folder) {
        (Some(name), Some(folder)) => measure(name, folder, &args),
        _ => all(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(name: &str, folder: &Path, args: &Args) -> Result<()> {
    let people = args.people;
    let figures = match name {
        "import" => import::measure(folder, people)?,
        "start" => start::measure(folder)?,
        "window" => window::measure(folder, args.desktop.as_deref().context("--desktop names no program")?)?,
        "reads" => reads::measure(folder, people)?,
        "edit" => edits::measure(folder, people)?,
        "sync" => sync::measure(folder, people)?,
        "sync-long" => sync::measure_long(folder, people)?,
        "relay" => relay_puts::measure(folder, people)?,
        "host-relay" => return hosts::relay(folder),
        "host-founder" => return hosts::founder(folder, people),
        _ => bail!("there is no measurement {name}"),
    };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}

fn all(args: &Args) -> Result<()> {
    if let Some(name) = &args.only
        && !MEASURES.contains(&name.as_str())
    {
        bail!("there is no measurement {name}; there are: {}", MEASURES.join(", "));
    }
    let folder = tempfile::tempdir().context("there is no temporary folder")?;
    let mut figures = Vec::new();
    for name in MEASURES {
        let is_there = name != "window" || args.desktop.is_some();
        let is_wanted = is_there && args.only.as_ref().is_none_or(|only| only == name);
        // What is read must be there first.
        let is_needed =
            name == "import" && matches!(args.only.as_deref(), Some("start" | "window" | "reads" | "edit"));
        if !is_wanted && !is_needed {
            continue;
        }
        eprintln!("measuring {name} ...");
        let found = child(name, folder.path(), args.people, args.desktop.as_deref())?;
        if is_wanted {
            figures.extend(found);
        }
        if name == "sync" && is_wanted {
            let people = (args.people / 50).max(1);
            eprintln!("measuring sync of {people} people with 30 interactions ...");
            figures.extend(child("sync-long", folder.path(), people, None)?);
        }
    }
    print!("{}", figure::table(&figures, args.people));
    if let Some(path) = &args.json {
        std::fs::write(path, serde_json::to_string_pretty(&figures)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn child(name: &str, folder: &Path, people: u64, desktop: Option<&Path>) -> Result<Vec<Figure>> {
    let mut command = itself(name, folder, people)?;
    if let Some(desktop) = desktop {
        command.arg("--desktop").arg(desktop);
    }
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot measure {name}"))?;
    if !output.status.success() {
        bail!("the measurement {name} failed ({})", output.status);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().last().with_context(|| format!("{name} says nothing"))?;
    serde_json::from_str(line).with_context(|| format!("{name} says something else"))
}

/// This program, to do one thing.
fn itself(name: &str, folder: &Path, people: u64) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--measure", name, "--people", &people.to_string(), "--folder"]).arg(folder);
    Ok(command)
}
