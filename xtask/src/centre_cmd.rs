//! `cargo xtask centre`: writes the sheets of a generated centre.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use xtask::centre::{Plan, write, write_clean};

/// Writes the files and says how many people, rows and repeats they hold.
pub fn run(people: u64, seed: u64, out: &Path, clean: bool) -> Result<()> {
    let started = Instant::now();
    let plan = Plan::new(people, seed);
    let report = if clean { write_clean(plan, out)? } else { write(plan, out)? };
    println!(
        "{} people in {} rows ({} repeats) in {}, {:.1} s",
        report.people,
        report.rows,
        report.repeats,
        out.display(),
        started.elapsed().as_secs_f64()
    );
    Ok(())
}
