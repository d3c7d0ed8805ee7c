//! Starting programs from the project's root, with their output on the screen and, where wanted, in hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Features that every build names, so that run, clippy, build and tests compile nothing twice.
pub const FEATURES: [&str; 2] = ["--features", "quen-desktop/custom-protocol"];

/// The project's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root folder").to_path_buf()
}

/// Where cargo puts what it builds.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// npm in the UI's folder.
pub fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join("ui"));
    command
}

/// What a program printed on its standard output, and whether it succeeded.
pub struct Ran {
    /// Standard output, broken bytes replaced.
    pub output: String,
    /// Exit code 0.
    pub ok: bool,
}

/// Prints the command, runs it to its end and fails when it fails.
///
/// # Errors
/// When the program cannot be started or reports failure.
pub fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name(command));
    }
    Ok(())
}

/// Prints the command and runs it; standard output goes to the screen line by line and is kept as well.
///
/// # Errors
/// When the program cannot be started; a failure of the program itself is in [`Ran::ok`].
pub fn tee(command: &mut Command) -> Result<Ran> {
    announce(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", name(command)))?;
    let mut output = String::new();
    let mut reader = BufReader::new(child.stdout.take().context("the program has no output")?);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        std::io::stdout().write_all(text.as_bytes())?;
        output.push_str(&text);
        line.clear();
    }
    Ok(Ran { output, ok: child.wait()?.success() })
}

/// Runs silently and returns standard output.
///
/// # Errors
/// When the program cannot be started or reports failure; its standard error is in the message.
pub fn capture(command: &mut Command) -> Result<String> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", name(command)))?;
    let mut errors = child.stderr.take().context("the program has no standard error")?;
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        // What could be read is shown; a broken pipe only shortens it.
        let _ = errors.read_to_end(&mut text);
        text
    });
    let mut output = Vec::new();
    child.stdout.take().context("the program has no output")?.read_to_end(&mut output)?;
    let status = child.wait()?;
    let errors = reader.join().unwrap_or_default();
    if !status.success() {
        bail!("{} failed ({status})\n{}", name(command), String::from_utf8_lossy(&errors));
    }
    Ok(String::from_utf8_lossy(&output).into_owned())
}

/// The files that git tracks or would track, relative to the root, in order, with `/` between folders.
///
/// # Errors
/// When git is missing or this is no working copy.
pub fn tracked_files() -> Result<Vec<String>> {
    let output = capture(Command::new("git").current_dir(root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "-z",
    ]))?;
    let mut files: Vec<String> = output
        .split('\0')
        .filter(|file| !file.is_empty() && root().join(file).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether a program of this name stands in the search path.
pub fn is_installed(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    std::env::split_paths(&path)
        .any(|dir| endings.iter().any(|ending| dir.join(format!("{program}{ending}")).is_file()))
}

fn announce(command: &Command) {
    let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
    println!("$ {} {}", name(command), args.join(" "));
}

fn name(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
