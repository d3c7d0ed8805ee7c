//! A new device gets everything; then it was offline while another desk worked.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use crm::{app::App, io::sync_loop};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    desk,
    figure::{Figure, peak_mb},
    hosts::{Founded, Host},
    raw,
};

/// Edits that wait for a device which was offline.
const OFFLINE_EDITS: u64 = 10_000;

/// People who came from a sheet, one change each; then many edits at once.
pub fn measure(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let mut scene = Scene::set(folder, people, "sheet")?;
    let pulled_s = scene.join()?;
    let peak = peak_mb();
    let raw_path = scene.folder.join("raw.db");
    let raw = raw::import(&raw_path, people)?;
    let name = format!("first sync of {people} people");
    let mut first = Figure::new(&name, "s", pulled_s).target(40.0).raw(raw.as_secs_f64());
    (first.peak_mb, first.peak_target_mb) = (peak, Some(400.0));
    let pushed = Figure::new(&format!("first push of {people} people"), "s", scene.founded.pushed_s);

    let edits = OFFLINE_EDITS.min(scene.founded.people);
    desk::call(&scene.app, "relay.set", json!({ "url": null }))?;
    scene.founder.ask(&format!("edit {edits}"))?;
    let started = Instant::now();
    desk::call(&scene.app, "relay.set", json!({ "url": scene.url }))?;
    desk::until("the edits", || Ok(moved(&scene.app)? >= edits))?;
    let merged_s = started.elapsed().as_secs_f64();
    let name = format!("merge of {edits} edits made elsewhere");
    let merged = Figure::new(&name, "s", merged_s).target(4.0).raw(raw_updates(&raw_path, edits)?);
    Ok(vec![first, pushed, merged])
}

/// People with 30 interactions in 50 changes.
pub fn measure_long(folder: &Path, people: u64) -> Result<Vec<Figure>> {
    let mut scene = Scene::set(folder, people, "long")?;
    let pulled_s = scene.join()?;
    let name = format!("first sync, {people} x 30 interactions");
    let each = format!("{people} x 30 interactions, each person");
    Ok(vec![
        Figure { peak_mb: peak_mb(), ..Figure::new(&name, "s", pulled_s) },
        Figure::new(&each, "us", pulled_s * 1e6 / people as f64),
    ])
}

/// A relay, a founder who sent everything, and an empty device.
struct Scene {
    app: App,
    founder: Host,
    _relay: Host,
    url: String,
    founded: Founded,
    folder: PathBuf,
}

impl Scene {
    fn set(folder: &Path, people: u64, kind: &str) -> Result<Self> {
        let folder = folder.join(format!("sync-{kind}"));
        std::fs::create_dir_all(&folder)?;
        let (relay, url) = Host::start("host-relay", &folder, people, None)?;
        let first = format!("{url} {kind}");
        let (founder, said) = Host::start("host-founder", &folder, people, Some(&first))?;
        let founded = Founded::read(&said)?;
        let app = desk::open(&folder.join("joiner"))?;
        sync_loop::start(&app);
        Ok(Self { app, founder, _relay: relay, url, founded, folder })
    }

    /// Joins, and says how long it took from being let in until everything is here and shown.
    fn join(&mut self) -> Result<f64> {
        let people = self.founded.people;
        let args = json!({ "invite": self.founded.invite, "deviceName": "new desk" });
        desk::call(&self.app, "workspace.join", args)?;
        self.founder.ask("admit one")?;
        let mut started = Instant::now();
        desk::until("being let in", || {
            started = Instant::now();
            let session: Value = desk::call(&self.app, "session.get", json!({}))?;
            Ok(session["stage"] == "ready")
        })?;
        desk::until("the first sync", || {
            Ok(desk::count(&self.app)? >= people && desk::is_synced(&self.app)?)
        })?;
        Ok(started.elapsed().as_secs_f64())
    }
}

fn moved(app: &App) -> Result<u64> {
    let sql = "SELECT count(*) FROM contact WHERE address = 'số 1 đường mới'";
    let count: i64 = app
        .read(|conn, _| {
            conn.query_row(sql, [], |row| row.get(0))
                .map_err(|error| crm::app::ApiError::new("internal", error))
        })
        .ok()
        .context("the list cannot be read")?;
    Ok(u64::try_from(count)?)
}

/// As many updates of single rows, committed by the hundred.
fn raw_updates(path: &Path, count: u64) -> Result<f64> {
    let mut conn: Connection = raw::open(path)?;
    let started = Instant::now();
    let all: Vec<i64> = (1..=i64::try_from(count)?).collect();
    for part in all.chunks(100) {
        let tx = conn.transaction()?;
        for no in part {
            tx.prepare_cached("UPDATE person SET address = 'số 1 đường mới' WHERE no = ?1")?.execute([no])?;
        }
        tx.commit()?;
    }
    Ok(started.elapsed().as_secs_f64())
}
