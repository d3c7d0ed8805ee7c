//! One clean CSV for benchmarks: the same people without any dirt.

use std::path::Path;

use anyhow::{Context, Result};

use super::row::Row;
use super::{Plan, Report};

/// Header of the clean file.
const HEADER: [&str; 16] = [
    "name",
    "phone",
    "email",
    "birth_date",
    "guardian_name",
    "guardian_phone",
    "school",
    "level",
    "branch",
    "address",
    "source",
    "status",
    "tags",
    "advisor",
    "first_contact",
    "note",
];

/// Writes the people of `plan` as one UTF-8 CSV with commas: ISO dates, national phones, tags split by `, `.
///
/// # Errors
/// When the file cannot be written.
pub fn write_clean(plan: Plan, path: &Path) -> Result<Report> {
    let mut writer =
        csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
    writer.write_record(HEADER)?;
    let mut report = Report::default();
    for person in plan.people() {
        let row = Row::clean(&person);
        writer.write_record([
            &row.name,
            &row.phone,
            &row.email,
            &row.born,
            &row.guardian,
            &row.guardian_phone,
            &row.school,
            &row.level,
            &row.branch,
            &row.address,
            &row.source,
            &row.status,
            &row.tags,
            &row.advisor,
            &row.registered,
            &row.note,
        ])?;
        report.people += 1;
        report.rows += 1;
    }
    writer.flush()?;
    Ok(report)
}
