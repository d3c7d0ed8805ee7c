//! One durable edit, and the list after it.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use crm::app::App;
use serde_json::{Value, json};

use crate::{desk, figure::Figure, figure::percentiles, import, raw};

const EDITS: u64 = 500;
const LISTS: u64 = 50;

/// Edits one field of people here and there, each beside a raw commit of as many bytes.
pub fn measure(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let app = desk::open(&folder.join(import::DEVICE))?;
    let mut raw = raw::open(&folder.join(import::RAW))?;
    // A sheet names some people twice.
    let people = people.min(desk::count(&app)?).max(1);
    // Measured once more in the same folder, it is other people's turn.
    let before: u64 =
        raw.query_row("SELECT count(*) FROM plain", [], |row| row.get::<_, i64>(0))?.unsigned_abs();
    let mut ids = Vec::new();
    for at in before..before + EDITS.min(people) {
        let offset = at.wrapping_mul(2_654_435_761) % people;
        let list = desk::call(&app, "contact.list", json!({ "view": {}, "offset": offset, "limit": 1 }))?;
        ids.push((at, list["rows"][0]["id"].clone()));
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (at, id) in ids {
        let edit = json!({ "noun": "contact", "id": id,
            "edit": { "do": "set", "field": "note", "value": format!("gọi lại lần {at}") } });
        let (time, done) = desk::timed(&app, "edit", json!({ "edits": [edit] }))?;
        anyhow::ensure!(done["action"] != Value::Null, "the edit changed nothing");
        ours.push(time);
        let bytes: Vec<u8> = app
            .write(|replica| {
                let sql = "SELECT bytes FROM change ORDER BY no DESC LIMIT 1";
                Ok(replica.engine.conn().query_row(sql, [], |row| row.get(0)).unwrap_or_default())
            })
            .ok()
            .context("the change is gone")?;
        theirs.push(raw::commit(&mut raw, &bytes)?);
    }
    // The middle is compared: the disk's own outliers strike both alike.
    let (raw_p50, _) = percentiles(&mut theirs);
    let (p50, p99) = percentiles(&mut ours);
    let mut figure = Figure::new("one durable edit", "ms p50", p50).raw(raw_p50);
    figure.ratio_target = Some(3.0);
    let worst = Figure::new("the same edit, at worst", "ms p99", p99).raw(percentiles(&mut theirs).1);
    let after = Figure::times("list right after an edit", &mut lists_after_edits(&app, before)?);
    Ok(vec![figure, worst, after])
}

/// Pages of a list that is asked for as soon as somebody in it was edited: its order is read anew.
fn lists_after_edits(app: &App, before: u64) -> Result<Vec<Duration>> {
    let page = || json!({ "view": {}, "offset": 0, "limit": 50 });
    let id = desk::call(app, "contact.list", page())?["rows"][0]["id"].clone();
    let mut lists = Vec::new();
    for at in 0..LISTS {
        let edit = json!({ "noun": "contact", "id": id,
            "edit": { "do": "set", "field": "note", "value": format!("xem lại lần {before}.{at}") } });
        desk::call(app, "edit", json!({ "edits": [edit] }))?;
        lists.push(desk::timed(app, "contact.list", page())?.0);
    }
    Ok(lists)
}
