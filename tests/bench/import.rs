//! A sheet goes in.

use std::path::Path;

use anyhow::Result;

use crate::{desk, figure::Figure, raw, sheet};

/// The folder of the device that the sheet went into.
pub const DEVICE: &str = "device";
/// The raw database beside it.
pub const RAW: &str = "raw.db";

/// Imports the generated centre.
pub fn measure(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let sheet = sheet::write(folder, people)?;
    let app = desk::found(&folder.join(DEVICE), &sheet.branches, None)?;
    let imported = desk::import(&app, &sheet.path)?;
    let peak = Figure::rate("import", "people/s", 0.0).peak(500.0).peak_mb;
    eprintln!("  {} people in the database", desk::count(&app)?);
    let raw = raw::import(&folder.join(RAW), people)?;
    let rate = |time: std::time::Duration| people as f64 / time.as_secs_f64();
    let mut run = Figure::rate("import of a sheet", "people/s", rate(imported.run)).target(4_000.0);
    run.raw = Some(rate(raw));
    (run.peak_mb, run.peak_target_mb) = (peak, Some(500.0));
    Ok(vec![run, Figure::rate("dry run of the same sheet", "people/s", rate(imported.check))])
}
