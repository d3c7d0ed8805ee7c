//! The whole window: from the start of the program to the first page that a person can read.
//!
//! Needs `Xvfb` and `WebKitWebDriver` (packages xvfb and webkit2gtk-driver), which `cargo xtask test` installs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{figure::Figure, import};

/// How often the window is started; the middle one counts.
const STARTS: usize = 5;
/// How long a start may take before the run fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// Whether a page stands there with what the core answered: its title, and no lines that hold the place.
const HAS_PAGE: &str = "return document.querySelector('main h1, main h2') !== null
    && document.querySelector('main .mantine-Skeleton-root') === null";

/// Starts the window of the folder that `import` left.
pub fn measure(folder: &Path, binary: &Path) -> Result<Vec<Figure>> {
    let home = folder.join("home");
    std::fs::create_dir_all(&home)?;
    let screen = Screen::start()?;
    let driver = Driver::start(&screen, &folder.join(import::DEVICE), &home)?;
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (time, memory_mb) = driver.open(binary)?;
        times.push(time.as_secs_f64());
        peaks.push(memory_mb);
    }
    times.sort_by(f64::total_cmp);
    peaks.sort_by(f64::total_cmp);
    let mut figure = Figure::new("start of the window to the first page", "s", times[STARTS / 2]).target(1.0);
    (figure.peak_mb, figure.peak_target_mb) = (Some(peaks[STARTS - 1]), Some(400.0));
    Ok(vec![figure])
}

/// A screen that nobody sees.
struct Screen {
    process: Child,
    display: String,
}

impl Screen {
    fn start() -> Result<Self> {
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb: install the package xvfb")?;
        let said = process.stdout.take().context("no output")?;
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number)?;
        Ok(Self { process, display: format!(":{}", number.trim()) })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// What opens windows and looks into them.
struct Driver {
    process: Child,
    address: String,
    runtime: tokio::runtime::Runtime,
}

impl Driver {
    fn start(screen: &Screen, data: &Path, home: &Path) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs([("DISPLAY", screen.display.as_str()), ("QUEN_PASSPHRASE", "a passphrase for the bench")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("QUEN_DATA", data)
            .env("HOME", home)
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start WebKitWebDriver: install the package webkit2gtk-driver")?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let driver = Self { process, address: format!("http://127.0.0.1:{port}"), runtime };
        driver.wait("the driver", || Ok(driver.ask("GET", "/status", None).is_ok()))?;
        Ok(driver)
    }

    /// Opens the window, waits for its page, weighs it, and closes it.
    fn open(&self, binary: &Path) -> Result<(Duration, f64)> {
        let options = json!({ "binary": binary, "args": [] });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let started = Instant::now();
        let session = self.ask("POST", "/session", Some(wanted))?;
        let id = session["sessionId"].as_str().context("no session")?;
        let script = json!({ "script": HAS_PAGE, "args": [] });
        self.wait("the first page", || {
            Ok(self.ask("POST", &format!("/session/{id}/execute/sync"), Some(script.clone()))? == true)
        })?;
        let time = started.elapsed();
        let memory_mb = memory_mb(self.process.id())?;
        self.ask("DELETE", &format!("/session/{id}"), None)?;
        Ok((time, memory_mb))
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        let method = method.parse()?;
        let mut request = reqwest::Client::new().request(method, format!("{}{path}", self.address));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let text = self.runtime.block_on(async { request.send().await?.text().await })?;
        let answer: Value = serde_json::from_str(&text)?;
        if let Some(error) = answer["value"]["error"].as_str() {
            bail!("the driver says {error}");
        }
        Ok(answer["value"].clone())
    }

    fn wait(&self, what: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
        let started = Instant::now();
        while !holds()? {
            if started.elapsed() > PATIENCE {
                bail!("waited too long for {what}");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// What the window and its helpers hold, shared pages counted in part: everything that descends from the driver.
fn memory_mb(driver: u32) -> Result<f64> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Some(pid) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // A process may have ended meanwhile.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let parent = after_name.split_whitespace().nth(1).and_then(|text| text.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (pid, parent)));
    }
    let mut family = vec![driver];
    let mut at = 0;
    while at < family.len() {
        let older = family[at];
        family.extend(parents.iter().filter(|(_, parent)| *parent == older).map(|(pid, _)| *pid));
        at += 1;
    }
    let mut sum_kb = 0.0;
    for pid in &family[1..] {
        let Ok(smaps) = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")) else { continue };
        let line = smaps.lines().find_map(|line| line.strip_prefix("Pss:"));
        sum_kb += line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0);
    }
    Ok(sum_kb / 1_024.0)
}

fn end(process: &mut Child) {
    // It may have ended already.
    let _ = process.kill();
    let _ = process.wait();
}
