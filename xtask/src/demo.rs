//! `cargo xtask run --demo`: a relay and the three desks of a sample centre, each with its own data folder.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use xtask::centre::{Plan, write};

use crate::run::{program, screens};
use crate::shell;

/// The desks: folder, branch, and the sheet that the branch keeps.
const DESKS: [(&str, &str, &str); 3] = [
    ("quan-1", "Quận 1", "quan-1.csv"),
    ("go-vap", "Gò Vấp", "go-vap.csv"),
    ("thu-duc", "Thủ Đức", "thu-duc.xlsx"),
];

/// Students and leads of the sample centre.
const PEOPLE: u64 = 300;

/// Where the relay listens, on this machine only.
const RELAY: &str = "127.0.0.1:7745";

/// How long the relay may take to start.
const START_MAX: Duration = Duration::from_secs(20);

/// A program that ends when the demo does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Makes the centre anew, fills it from generated sheets, lets two desks join and serves all three.
///
/// # Errors
/// When a program cannot be started or refuses a step.
pub fn run() -> Result<()> {
    let dir = shell::target_dir().join("quen-demo");
    if dir.exists() {
        fs::remove_dir_all(&dir).context("cannot empty the demo's folder; is another demo running?")?;
    }
    fs::create_dir_all(&dir)?;
    // Made-up people need no key store.
    fs::write(passphrase_file(&dir), "sample centre\n")?;
    let _relay = start_relay(&dir)?;
    found(&dir)?;
    for (folder, branch, _) in &DESKS[1..] {
        join(&dir, folder, branch)?;
    }
    let mut desks = Vec::new();
    println!("\nthree desks and a relay; Ctrl-C ends them, the data lies in {}", dir.display());
    for (folder, branch, _) in DESKS {
        let (desk, address) = serve(&dir, folder)?;
        println!("  {branch}: {address}");
        desks.push(desk);
    }
    for desk in &mut desks {
        desk.0.wait()?;
    }
    Ok(())
}

fn passphrase_file(dir: &Path) -> PathBuf {
    dir.join("passphrase")
}

/// The headless program on a desk's folder.
fn quen(dir: &Path, folder: &str) -> Command {
    let mut command = Command::new(program("quen"));
    command.arg("--data").arg(dir.join(folder)).arg("--passphrase-file").arg(passphrase_file(dir));
    command
}

fn start_relay(dir: &Path) -> Result<Running> {
    let log = fs::File::create(dir.join("relay.log"))?;
    let relay = Command::new(program("quen-relay"))
        .arg("--data")
        .arg(dir.join("relay"))
        .args(["--listen", RELAY])
        .stderr(log)
        .spawn()
        .context("cannot start quen-relay")?;
    let mut relay = Running(relay);
    let started = Instant::now();
    while TcpStream::connect(RELAY).is_err() {
        if let Some(status) = relay.0.try_wait()? {
            bail!("quen-relay ended ({status}); see {}", dir.join("relay.log").display());
        }
        if started.elapsed() > START_MAX {
            bail!("quen-relay does not listen on {RELAY}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(relay)
}

/// The first desk founds the centre and takes in the sheets of all branches.
fn found(dir: &Path) -> Result<()> {
    let sheets = dir.join("sheets");
    write(Plan::new(PEOPLE, 1), &sheets)?;
    let (first, name, _) = DESKS[0];
    let relay = format!("http://{RELAY}");
    let mut create = quen(dir, first);
    create.args(["create", "Trung tâm Anh ngữ Mẫu", "--owner", "Trần Thị Lan", "--relay", &relay]);
    create.args(["--device-name", name]);
    for (_, branch, _) in DESKS {
        create.args(["--branch", branch]);
    }
    shell::run(&mut create)?;
    for (_, branch, sheet) in DESKS {
        shell::run(quen(dir, first).arg("import").arg(sheets.join(sheet)).args(["--branch", branch]))?;
    }
    shell::run(quen(dir, first).arg("sync"))
}

/// Another desk joins; the first one lets it in.
fn join(dir: &Path, folder: &str, branch: &str) -> Result<()> {
    let mut invite = quen(dir, DESKS[0].0);
    invite.args(["--json", "invite", "--role", "manager", "--approve", "any"]);
    for (_, branch, _) in DESKS {
        invite.args(["--branch", branch]);
    }
    let mut inviting = Running(invite.stdout(Stdio::piped()).spawn().context("cannot start quen")?);
    let mut lines = BufReader::new(inviting.0.stdout.take().context("quen has no output")?).lines();
    let line = lines.next().context("quen made no invite")??;
    let code = invite_of(&line)?;
    shell::run(quen(dir, folder).args(["join", &code, "--device-name", branch]))?;
    let status = inviting.0.wait()?;
    if !status.success() {
        bail!("{branch} was not let in ({status})");
    }
    Ok(())
}

/// The text of the invite in the first line that `quen --json invite` prints.
fn invite_of(line: &str) -> Result<String> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    Ok(value["invite"].as_str().context("quen printed no invite")?.to_owned())
}

/// Starts a desk's server; the address stands in its first line.
fn serve(dir: &Path, folder: &str) -> Result<(Running, String)> {
    let mut command = quen(dir, folder);
    command.arg("serve").arg("--ui").arg(screens()).stdout(Stdio::piped());
    let mut desk = Running(command.spawn().context("cannot start quen")?);
    let mut address = String::new();
    BufReader::new(desk.0.stdout.take().context("quen has no output")?).read_line(&mut address)?;
    if address.is_empty() {
        bail!("{folder} does not serve");
    }
    Ok((desk, address.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invite_is_taken_from_the_first_line() {
        assert_eq!(invite_of(r#"{"invite":"QUEN-1","id":"2"}"#).unwrap(), "QUEN-1");
        assert!(invite_of(r#"{"error":"x"}"#).is_err());
    }
}
