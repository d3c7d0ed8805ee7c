//! `cargo xtask codegen`: the TypeScript types of every call, generated from `crm::api`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{self, root};

/// Writes the types into `ui/src/ipc/bindings/`; with `check` only says whether they are fresh.
///
/// # Errors
/// When the types cannot be generated, or are stale and only to be checked.
pub fn run(check: bool) -> Result<()> {
    let fresh_dir = shell::target_dir().join("bindings");
    if fresh_dir.exists() {
        fs::remove_dir_all(&fresh_dir).context("cannot empty target/bindings")?;
    }
    // The whole workspace's features, so that nothing is compiled once more for this.
    let mut generate = shell::cargo();
    generate.args(["run", "--quiet"]).args(shell::FEATURES).args(["--example", "bindings", "--"]);
    shell::run(generate.arg(&fresh_dir))?;
    let fresh = files(&fresh_dir)?;
    let kept_dir = root().join("ui").join("src").join("ipc").join("bindings");
    let kept = files(&kept_dir)?;
    let stale = differences(&kept, &fresh);
    if stale.is_empty() {
        println!("codegen: {} files are fresh", fresh.len());
        return Ok(());
    }
    if check {
        bail!("stale types: {}; run `cargo xtask codegen` and commit", stale.join(", "));
    }
    replace(&kept_dir, &kept, &fresh)?;
    println!("codegen: {} of {} files rewritten", stale.len(), fresh.len());
    Ok(())
}

type Files = BTreeMap<String, String>;

/// Names that are new, gone or different.
fn differences(kept: &Files, fresh: &Files) -> Vec<String> {
    let gone = kept.keys().filter(|name| !fresh.contains_key(*name));
    let moved = fresh.iter().filter(|(name, text)| kept.get(*name) != Some(text)).map(|(name, _)| name);
    gone.chain(moved).cloned().collect()
}

fn replace(dir: &Path, kept: &Files, fresh: &Files) -> Result<()> {
    for name in kept.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(dir.join(name)).with_context(|| format!("cannot remove {name}"))?;
    }
    for (name, text) in fresh {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap_or(dir))?;
        fs::write(&path, text).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}

/// Every file below `dir` by its path from there, with `/` and one kind of line end.
fn files(dir: &Path) -> Result<Files> {
    let mut found = Files::new();
    let mut open: Vec<PathBuf> = vec![dir.to_path_buf()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(dir)?.to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path)?.replace("\r\n", "\n"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn new_gone_and_changed_files_are_stale() {
        let kept = of(&[("A.ts", "1"), ("B.ts", "1"), ("Gone.ts", "1")]);
        let fresh = of(&[("A.ts", "1"), ("B.ts", "2"), ("New.ts", "1")]);
        assert_eq!(differences(&kept, &fresh), ["Gone.ts", "B.ts", "New.ts"]);
        assert!(differences(&fresh, &fresh).is_empty());
    }

    #[test]
    fn the_folder_becomes_what_was_generated() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("Gone.ts"), "1").unwrap();
        let fresh = of(&[("A.ts", "1"), ("serde_json/JsonValue.ts", "2")]);
        replace(dir.path(), &files(dir.path()).unwrap(), &fresh).unwrap();
        assert_eq!(files(dir.path()).unwrap(), fresh);
    }
}
