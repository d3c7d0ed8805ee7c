//! A device and a relay as processes.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use crm::app::App;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// What a machine under load may take for anything here.
const PATIENCE: Duration = Duration::from_secs(180);

/// Waits until something holds.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A device with a centre of its own, no people and no relay.
pub(crate) fn founded_desk(folder: &Path) -> Desk {
    let desk = Desk::at(&folder.join("a"));
    desk.create(None);
    desk
}

/// How many people [`desk_with_people`] has.
pub(crate) const PEOPLE: u64 = 300;

/// A device with a centre of its own and [`PEOPLE`] in it, of which no relay knows yet.
pub(crate) fn desk_with_people(folder: &Path, relay: Option<&str>) -> Desk {
    let desk = Desk::at(&folder.join("a"));
    desk.create(relay);
    let file = folder.join("lop.csv");
    let rows: String = (0..PEOPLE).map(|number| format!("Trần Thị Số {number}\n")).collect();
    std::fs::write(&file, format!("Họ tên\n{rows}")).expect("written");
    desk.json(&["import", file.to_str().expect("text")]);
    desk
}

/// A device's data folder, and the program on it.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) passphrase: String,
}

impl Desk {
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), passphrase: "sao mai xanh".to_owned() }
    }

    /// The same folder, opened by somebody with another passphrase.
    pub(crate) fn with_passphrase(&self, passphrase: &str) -> Self {
        Self { folder: self.folder.clone(), passphrase: passphrase.to_owned() }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quen"));
        command.env("QUEN_PASSPHRASE", &self.passphrase).env_remove("QUEN_DATA");
        command.arg("--data").arg(&self.folder).args(args);
        command
    }

    /// Runs a command to its end.
    pub(crate) fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// Runs a command that must succeed; the JSON that it printed last.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let all: Vec<&str> = ["--json"].iter().chain(args).copied().collect();
        let output = self.output(&all);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {errors}");
        last_json(&output.stdout)
    }

    /// Runs a command that must fail as a program expects it; what it said to a program and to a person.
    pub(crate) fn refusal(&self, args: &[&str]) -> (String, String) {
        let all: Vec<&str> = ["--json"].iter().chain(args).copied().collect();
        let output = self.output(&all);
        let errors = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{args:?} must be refused: {errors}");
        let line = errors.lines().last().unwrap_or_default();
        let error: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not an error: {errors}"));
        let told = self.output(args);
        assert_eq!(told.status.code(), Some(1));
        let told = String::from_utf8(told.stderr).expect("text");
        assert!(!told.contains("panicked"), "{told}");
        (error["code"].as_str().unwrap_or_default().to_owned(), told)
    }

    pub(crate) fn people(&self) -> u64 {
        self.json(&["list", "--limit", "1"])["total"].as_u64().expect("a number")
    }

    pub(crate) fn sync(&self) -> Value {
        self.json(&["sync", "--timeout-s", "120"])
    }

    /// A hash of everything that the device shows.
    pub(crate) fn shows(&self) -> String {
        self.json(&["doctor"])["shows"].as_str().expect("a hash").to_owned()
    }

    /// The program's insides on this folder, in this process.
    pub(crate) fn open(&self) -> App {
        App::open(&self.folder, Some(self.passphrase.clone().into())).expect("the device opens")
    }

    /// Creates a centre with one branch.
    pub(crate) fn create(&self, relay: Option<&str>) {
        let mut args = vec!["create", "Sao Mai", "--owner", "Trần Thị Lan", "--branch", "Quận 1"];
        args.extend(relay.iter().flat_map(|url| ["--relay", url]));
        self.json(&args);
    }

    /// Invites another device as manager, compares fingerprints, lets it in.
    pub(crate) fn admit(&self, newcomer: &Self) {
        self.admit_as(newcomer, &["--role", "manager"]);
    }

    /// The same with a role and branches.
    pub(crate) fn admit_as(&self, newcomer: &Self, rights: &[&str]) {
        let args = [&["--json", "invite", "--approve", "any"], rights].concat();
        let mut host = self.command(&args).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(host.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("an invite").expect("text");
        let invite: Value = serde_json::from_str(&first).expect("JSON");
        let session = newcomer.json(&["join", invite["invite"].as_str().expect("text")]);
        assert_eq!(session["stage"], "ready");
        assert!(host.wait().expect("it ends").success());
    }
}

/// The last line of what was printed.
pub(crate) fn last_json(stdout: &[u8]) -> Value {
    let text = String::from_utf8_lossy(stdout);
    serde_json::from_str(text.lines().last().unwrap_or_default()).expect("JSON")
}

/// A running relay; ended as a crash does when dropped.
pub(crate) struct Relay {
    process: Child,
    folder: PathBuf,
    pub(crate) url: String,
}

impl Relay {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// A relay with options of its own, until it is started again.
    pub(crate) fn start_with(folder: &Path, options: &[&str]) -> Self {
        Self::listen(folder, "127.0.0.1:0", options)
    }

    fn listen(folder: &Path, address: &str, options: &[&str]) -> Self {
        let mut process = Command::new(relay_program())
            .arg("--data")
            .arg(folder)
            .args(["--rate", "0", "--listen", address])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the relay starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("piped")).read_line(&mut line).expect("text");
        let url = line.trim().strip_prefix("quen-relay listens on ").expect("an address").to_owned();
        Self { process, folder: folder.to_owned(), url }
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("it can be ended");
        self.process.wait().expect("it ends");
    }

    /// Starts again where it was.
    pub(crate) fn restart(&mut self) {
        self.restart_with(&[]);
    }

    /// Starts again where it was, with options of its own.
    pub(crate) fn restart_with(&mut self, options: &[&str]) {
        let address = self.url.rsplit('/').next().expect("an address").to_owned();
        *self = Self::listen(&self.folder.clone(), &address, options);
    }

    /// Chunks that are on its disk for good: what another reader of the database sees is committed.
    pub(crate) fn chunks(&self) -> u64 {
        self.counter()()
    }

    /// Counts [`Relay::chunks`], from wherever.
    pub(crate) fn counter(&self) -> impl Fn() -> u64 + Send + Sync + Clone + 'static {
        let file = self.folder.join("relay.db");
        move || {
            let conn = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY);
            let count = conn.and_then(|conn| {
                conn.busy_timeout(Duration::from_secs(5))?;
                conn.query_row("SELECT count(*) FROM chunk", [], |row| row.get::<_, i64>(0))
            });
            count.expect("the relay's database can be read").unsigned_abs()
        }
    }

    /// Removes everything but its identity.
    pub(crate) fn wipe(&self) {
        for file in std::fs::read_dir(&self.folder).expect("the folder is there").flatten() {
            if file.file_name() != "identity.key" {
                std::fs::remove_file(file.path()).expect("it can be removed");
            }
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _status = self.process.wait();
    }
}

/// The relay beside `quen`; built when only this package's tests were.
pub(crate) fn relay_program() -> PathBuf {
    let quen = Path::new(env!("CARGO_BIN_EXE_quen"));
    let program = quen.with_file_name(format!("quen-relay{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        let built =
            Command::new(env!("CARGO")).args(["build", "-p", "relay", "--bin", "quen-relay"]).status();
        assert!(built.expect("cargo starts").success());
    }
    program
}
