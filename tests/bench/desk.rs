//! A device, through the door that the screens use.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use crm::{
    api::{self, Transport},
    app::{ApiError, App},
};
use serde_json::{Value, json};

/// How long anything may take before the run fails.
const PATIENCE: Duration = Duration::from_secs(300);

/// Opens the device of a folder.
pub fn open(folder: &Path) -> Result<App> {
    let passphrase = "a passphrase for the bench".to_owned();
    App::open(folder, Some(passphrase.into())).map_err(|error| fault(error.into()))
}

/// Opens a fresh device and founds a centre.
pub fn found(folder: &Path, branches: &[String], relay_url: Option<&str>) -> Result<App> {
    let app = open(folder)?;
    let args = json!({ "centre": "Bench", "owner": "Trần Thị Hà", "deviceName": "desk",
        "branches": branches, "relayUrl": relay_url });
    call(&app, "workspace.create", args)?;
    Ok(app)
}

/// Makes a call.
pub fn call(app: &App, name: &str, args: Value) -> Result<Value> {
    api::call(app, Transport::Http, name, args).map_err(fault)
}

/// Makes a call and says how long it took.
pub fn timed(app: &App, name: &str, args: Value) -> Result<(Duration, Value)> {
    let started = Instant::now();
    let value = call(app, name, args)?;
    Ok((started.elapsed(), value))
}

fn fault(error: ApiError) -> anyhow::Error {
    anyhow!("{}: {error}", error.code)
}

/// Waits until something holds, looking now and then.
pub fn until(what: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
    let started = Instant::now();
    while !holds()? {
        if started.elapsed() > PATIENCE {
            bail!("waited too long for {what}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn finish(app: &App, started: &Value) -> Result<()> {
    until("a job", || {
        let job = call(app, "job.get", json!({ "job": started["job"] }))?;
        match job["state"].as_str() {
            Some("running") => Ok(false),
            Some("done") => Ok(true),
            _ => bail!("the job ended as {job}"),
        }
    })
}

/// How long an import took.
pub struct Imported {
    /// The dry run.
    pub check: Duration,
    /// The run.
    pub run: Duration,
}

/// Imports a sheet as a person would: open, check, run.
pub fn import(app: &App, sheet: &Path) -> Result<Imported> {
    let file = app.files().take_path(sheet);
    let draft = call(app, "import.open", json!({ "file": file }))?;
    let started = Instant::now();
    let checked = call(app, "import.check", json!({ "import": draft["id"], "mapping": draft["mapping"] }))?;
    finish(app, &checked)?;
    let check = started.elapsed();
    let started = Instant::now();
    let running = call(app, "import.run", json!({ "import": draft["id"] }))?;
    finish(app, &running)?;
    Ok(Imported { check, run: started.elapsed() })
}

/// How many people a list without a filter shows.
pub fn count(app: &App) -> Result<u64> {
    app.read(|conn, _| {
        conn.query_row("SELECT count(*) FROM contact", [], |row| row.get::<_, i64>(0))
            .map(|count| u64::try_from(count).unwrap_or(0))
            .map_err(|error| ApiError::new("internal", error))
    })
    .map_err(fault)
}

/// Whether the badge says that everything was exchanged.
pub fn is_synced(app: &App) -> Result<bool> {
    Ok(call(app, "sync.status", json!({}))?["state"] == "synced")
}
