//! A migration that was released never changes: the databases of users have run it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::tree::{Problem, Tree};
use crate::shell::root;

/// The folders with migrations.
const FOLDERS: [&str; 2] = ["crm/migrations/", "relay/migrations/"];

/// Name of the list inside each folder.
const LIST: &str = "frozen.toml";

/// BLAKE3 by file name.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Frozen {
    files: BTreeMap<String, String>,
}

/// Compares every released migration with its hash.
///
/// # Errors
/// When a list cannot be read.
pub fn check(tree: &Tree) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for folder in FOLDERS {
        let now = hashes(tree, folder);
        for (file, hash) in listed(tree, folder)?.files {
            let place = format!("{folder}{file}");
            match now.get(&file) {
                Some(same) if *same == hash => {}
                Some(_) => problems.push(Problem::new(
                    place,
                    "this migration was released: put it back and write a new one",
                )),
                None => problems.push(Problem::new(place, "this migration was released and is gone")),
            }
        }
    }
    Ok(problems)
}

/// Adds the migrations of today to the lists.
///
/// # Errors
/// When a frozen migration has changed, or a list cannot be written.
pub fn freeze(tree: &Tree) -> Result<()> {
    if let Some(problem) = check(tree)?.first() {
        bail!("{problem}");
    }
    for folder in FOLDERS {
        let files = hashes(tree, folder);
        if files.is_empty() {
            continue;
        }
        let path = root().join(folder).join(LIST);
        let head = "# BLAKE3 of each released migration; written by `cargo xtask tidy --freeze`.\n";
        let text = format!("{head}{}", toml::to_string(&Frozen { files })?);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn listed(tree: &Tree, folder: &str) -> Result<Frozen> {
    let place = format!("{folder}{LIST}");
    match tree.files().find(|file| file.path == place) {
        Some(file) => toml::from_str(&file.text).with_context(|| format!("{place} cannot be read")),
        None => Ok(Frozen::default()),
    }
}

fn hashes(tree: &Tree, folder: &str) -> BTreeMap<String, String> {
    tree.files()
        .filter_map(|file| Some((file.path.strip_prefix(folder)?, file)))
        .filter(|(name, _)| name.ends_with(".sql"))
        // Git may check text out with other line ends.
        .map(|(name, file)| {
            (name.to_owned(), blake3::hash(file.text.replace("\r\n", "\n").as_bytes()).to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(list: &str, sql: &str) -> Vec<Problem> {
        check(&Tree::of(&[("crm/migrations/frozen.toml", list), ("crm/migrations/V1__log.sql", sql)]))
            .unwrap()
    }

    fn list(name: &str, sql: &str) -> String {
        format!("[files]\n\"{name}\" = \"{}\"\n", blake3::hash(sql.as_bytes()))
    }

    #[test]
    fn a_changed_or_missing_released_migration_is_found() {
        let released = list("V1__log.sql", "CREATE TABLE a (b);");
        assert_eq!(tree(&released, "CREATE TABLE a (b);"), []);
        assert_eq!(tree(&released, "CREATE TABLE a (c);").len(), 1);
        assert_eq!(tree(&list("V0__gone.sql", ""), "x").len(), 1);
    }

    #[test]
    fn line_ends_and_unreleased_migrations_do_not_matter() {
        assert_eq!(tree(&list("V1__log.sql", "a\nb"), "a\r\nb"), []);
        assert_eq!(tree("[files]\n", "whatever"), []);
    }
}
