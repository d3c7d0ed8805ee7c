//! `cargo xtask tidy`: the house rules that a compiler does not know. Each rule is one module.

mod codes;
mod crates;
mod edges;
mod frozen;
mod leftovers;
mod lengths;
mod places;
mod rooms;
mod rust;
mod shape;
mod sql;
mod tree;
mod window;
mod zones;

use anyhow::{Result, bail};

use crate::shell;
use tree::{Problem, Tree};

/// Checks every rule and prints what is wrong, all of it.
///
/// # Errors
/// When a rule is broken.
pub fn run() -> Result<()> {
    let tree = Tree::load()?;
    let metadata = shell::capture(shell::cargo().args(["metadata", "--format-version", "1"]))?;
    let mut problems = crates::check(&serde_json::from_str(&metadata)?);
    for rule in [
        rooms::check,
        shape::check,
        lengths::check,
        leftovers::check,
        edges::check,
        sql::check,
        zones::check,
        places::check,
        codes::check,
        window::check,
    ] {
        problems.extend(rule(&tree));
    }
    problems.extend(frozen::check(&tree)?);
    report(&problems, tree.len())
}

/// Writes the hashes of the migrations that are there: done once for each release.
///
/// # Errors
/// When a migration that is frozen already has changed, or the list cannot be written.
pub fn freeze() -> Result<()> {
    frozen::freeze(&Tree::load()?)
}

fn report(problems: &[Problem], files: usize) -> Result<()> {
    for problem in problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("tidy: {files} files keep the house rules");
        return Ok(());
    }
    bail!("{} house rules broken", problems.len())
}
