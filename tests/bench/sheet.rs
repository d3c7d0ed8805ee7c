//! The sheet of a generated centre: clean, and one row for each person.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xtask::centre::{Plan, Row};

/// Column names.
const HEADER: [&str; 13] = [
    "name",
    "phone",
    "email",
    "birth_date",
    "school",
    "level",
    "branch",
    "address",
    "source",
    "status",
    "tags",
    "first_contact",
    "note",
];

/// A sheet that was written.
pub struct Sheet {
    /// Where.
    pub path: PathBuf,
    /// Names of its branches.
    pub branches: Vec<String>,
}

/// The cells of every person. Guardians are left out, so that a row is a person.
pub fn rows(people: u64) -> impl Iterator<Item = [String; 13]> {
    Plan::new(people, 1).people().map(|person| {
        let row = Row::clean(&person);
        [
            row.name,
            row.phone,
            row.email,
            row.born,
            row.school,
            row.level,
            row.branch,
            row.address,
            row.source,
            row.status,
            row.tags,
            row.registered,
            row.note,
        ]
    })
}

/// Writes the sheet into a folder.
pub fn write(folder: &Path, people: u64) -> Result<Sheet> {
    let path = folder.join("centre.csv");
    let mut branches = BTreeSet::new();
    let mut writer = csv::Writer::from_path(&path)?;
    writer.write_record(HEADER)?;
    for row in rows(people) {
        writer.write_record(&row)?;
        branches.insert(row[6].clone());
    }
    writer.flush()?;
    Ok(Sheet { path, branches: branches.into_iter().collect() })
}
