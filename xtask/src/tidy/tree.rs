//! The files that the rules look at, and what they find.

use std::fmt;
use std::fs;

use anyhow::{Context, Result};

use crate::shell;

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// File, or file and line.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file or package.
    pub fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }

    /// A problem in one line, counted from 1.
    pub fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A text file of the project.
pub struct SourceFile {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its text; files that are no UTF-8 are left out of the tree.
    pub text: String,
}

/// Every text file that git tracks or would track.
pub struct Tree {
    files: Vec<SourceFile>,
}

impl Tree {
    /// Reads the working copy.
    pub fn load() -> Result<Self> {
        let mut files = Vec::new();
        for path in shell::tracked_files()? {
            let bytes = fs::read(shell::root().join(&path)).with_context(|| format!("cannot read {path}"))?;
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(SourceFile { path, text });
            }
        }
        Ok(Self { files })
    }

    /// A tree of a test's own.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() })
            .collect();
        Self { files }
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Rust files that are part of a program or library: no tests, examples, benchmarks or build scripts.
    pub fn product_rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| {
            let path = file.path.as_str();
            path.ends_with(".rs")
                && !path.starts_with("tests/")
                && !path.contains("/tests/")
                && !path.contains("/examples/")
                && !path.contains("/benches/")
                && !path.ends_with("/tests.rs")
                && !path.ends_with("_tests.rs")
                && !path.ends_with("build.rs")
        })
    }
}
