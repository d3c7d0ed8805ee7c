//! `cargo xtask licences`: every crate and npm package has a licence that an Apache-2.0 program may ship.
//!
//! Offline: from `cargo metadata` and the `package.json` files that are installed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell::{self, root};

/// SPDX names that may stand in the dependency tree.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BlueOak-1.0.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "blessing",
    "CC0-1.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// Checks crates and npm packages and prints how many were seen.
///
/// # Errors
/// Names every package whose licence is missing or not allowed.
pub fn run() -> Result<()> {
    let metadata = shell::capture(shell::cargo().args(["metadata", "--format-version", "1", "--locked"]))?;
    let crates = crates(&serde_json::from_str(&metadata)?);
    let packages = npm(&root().join("ui").join("node_modules"))?;
    let mut refused: Vec<String> = Vec::new();
    for (name, licence) in crates.iter().chain(&packages) {
        if !is_allowed(licence) {
            refused.push(format!("{name}: {licence:?}"));
        }
    }
    if !refused.is_empty() {
        bail!("licences to look at:\n  {}", refused.join("\n  "));
    }
    println!("licences: {} crates and {} npm packages are fine", crates.len(), packages.len());
    Ok(())
}

/// Whether an SPDX expression can be met by allowed licences: one side of `OR`, both sides of `AND`.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let tokens = tokens(&expression);
    let mut place = 0;
    let verdict = any(&tokens, &mut place);
    verdict && place == tokens.len()
}

fn tokens(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let mut tokens: Vec<String> = Vec::new();
    let mut words = spaced.split_whitespace();
    while let Some(word) = words.next() {
        match (word, tokens.last_mut()) {
            ("WITH", Some(licence)) => {
                licence.push_str(" WITH ");
                licence.push_str(words.next().unwrap_or_default());
            }
            _ => tokens.push(word.to_owned()),
        }
    }
    tokens
}

fn any(tokens: &[String], place: &mut usize) -> bool {
    let mut verdict = all(tokens, place);
    while tokens.get(*place).is_some_and(|token| token == "OR") {
        *place += 1;
        verdict |= all(tokens, place);
    }
    verdict
}

fn all(tokens: &[String], place: &mut usize) -> bool {
    let mut verdict = one(tokens, place);
    while tokens.get(*place).is_some_and(|token| token == "AND") {
        *place += 1;
        verdict &= one(tokens, place);
    }
    verdict
}

fn one(tokens: &[String], place: &mut usize) -> bool {
    let Some(token) = tokens.get(*place) else { return false };
    *place += 1;
    if token == "(" {
        let verdict = any(tokens, place);
        let is_closed = tokens.get(*place).is_some_and(|token| token == ")");
        *place += 1;
        return verdict && is_closed;
    }
    ALLOWED.contains(&token.as_str())
}

/// Licence by crate, from the output of `cargo metadata`; our own crates included.
fn crates(metadata: &Value) -> BTreeMap<String, String> {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    packages
        .iter()
        .map(|package| {
            let name = format!("crate {} {}", text(&package["name"]), text(&package["version"]));
            (name, text(&package["license"]).to_owned())
        })
        .collect()
}

/// Licence by npm package, scoped and nested ones included.
fn npm(modules: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    if !modules.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(modules).with_context(|| format!("cannot read {}", modules.display()))? {
        let path = entry?.path();
        let is_scope = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('@'));
        if is_scope {
            found.extend(npm(&path)?);
            continue;
        }
        let manifest = path.join("package.json");
        if !manifest.is_file() {
            continue;
        }
        let value: Value = serde_json::from_slice(&fs::read(&manifest)?)
            .with_context(|| format!("{} is no JSON", manifest.display()))?;
        let name = format!("npm {} {}", text(&value["name"]), text(&value["version"]));
        found.insert(name, npm_licence(&value));
        found.extend(npm(&path.join("node_modules"))?);
    }
    Ok(found)
}

/// Today's `license` string, or the older `{ type }` and `licenses: [{ type }]`.
fn npm_licence(manifest: &Value) -> String {
    let licence = &manifest["license"];
    if let Some(expression) = licence.as_str() {
        return expression.to_owned();
    }
    if let Some(kind) = licence["type"].as_str() {
        return kind.to_owned();
    }
    let older = manifest["licenses"].as_array().map(Vec::as_slice).unwrap_or_default();
    older.iter().map(|entry| text(&entry["type"])).collect::<Vec<_>>().join(" OR ")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_side_of_or_and_both_sides_of_and_must_be_allowed() {
        assert!(is_allowed("MIT OR Apache-2.0"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("GPL-3.0 OR MIT"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("(MIT OR Apache-2.0) AND AGPL-3.0"));
    }

    #[test]
    fn copyleft_missing_and_unreadable_licences_are_refused() {
        for expression in
            ["GPL-3.0", "AGPL-3.0-only", "", "SEE LICENSE IN FILE", "(MIT", "MIT )", "UNLICENSED"]
        {
            assert!(!is_allowed(expression), "{expression}");
        }
    }

    #[test]
    fn scoped_and_nested_packages_are_seen_with_their_old_fields() {
        let dir = tempfile::tempdir().unwrap();
        for (place, manifest) in [
            ("@a/b", r#"{"name":"@a/b","version":"1","license":"MIT"}"#),
            ("c", r#"{"name":"c","version":"2","licenses":[{"type":"GPL-2.0"}]}"#),
            ("c/node_modules/d", r#"{"name":"d","version":"3","license":{"type":"ISC"}}"#),
        ] {
            fs::create_dir_all(dir.path().join(place)).unwrap();
            fs::write(dir.path().join(place).join("package.json"), manifest).unwrap();
        }
        let found = npm(dir.path()).unwrap();
        let licences: Vec<_> = found.into_values().collect();
        assert_eq!(licences, ["MIT", "GPL-2.0", "ISC"]);
    }
}
