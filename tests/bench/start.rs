//! From the start of the program to its first page.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;

use crate::{desk, figure::Figure, import};

/// Opens the device and asks for the first page of the list.
pub fn measure(folder: &Path) -> Result<Vec<Figure>> {
    let started = Instant::now();
    let app = desk::open(&folder.join(import::DEVICE))?;
    desk::call(&app, "session.get", json!({}))?;
    desk::call(&app, "task.today", json!({}))?;
    let view = json!({ "filter": { "is": "all", "of": [] } });
    desk::call(&app, "contact.list", json!({ "view": view, "offset": 0, "limit": 50 }))?;
    let time = started.elapsed().as_secs_f64();
    Ok(vec![Figure::new("start to the first page (core only)", "s", time).target(1.0).peak(400.0)])
}
