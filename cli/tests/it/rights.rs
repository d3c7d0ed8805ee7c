//! Folders whose rights do not let the program write. The system lets root write everywhere, so that whoever runs
//! these tests as root runs the program as somebody else.

use std::{
    io::ErrorKind,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::desk::{Desk, founded_desk};

/// Nobody in particular, on every system with users.
const NOBODY: u32 = 65_534;

/// Whether the system refuses nothing to whoever runs the tests.
fn is_root(folder: &Path) -> bool {
    set_mode(folder, 0o500);
    let is_root = std::fs::write(folder.join("probe"), b"").is_ok();
    set_mode(folder, 0o700);
    let _probe = std::fs::remove_file(folder.join("probe"));
    is_root
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("the mode is set");
}

/// A folder and all that is in it.
fn everything(path: &Path) -> Vec<PathBuf> {
    let mut all = vec![path.to_owned()];
    if path.is_dir() {
        let inside = std::fs::read_dir(path).expect("readable").flatten();
        all.extend(inside.flat_map(|file| everything(&file.path())));
    }
    all.sort();
    all
}

/// Every file, with what it holds.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = everything(folder).into_iter().filter(|path| path.is_file());
    files.map(|path| (path.clone(), std::fs::read(path).expect("readable"))).collect()
}

/// Somebody to whom the system refuses what a mode refuses, and who owns what is handed over.
struct Somebody {
    is_root: bool,
    folder: PathBuf,
}

impl Somebody {
    fn beside(folder: &Path) -> Self {
        let is_root = is_root(folder);
        if is_root {
            // A temporary folder is its maker's alone.
            set_mode(folder, 0o755);
        }
        Self { is_root, folder: folder.to_owned() }
    }

    /// Makes a folder and everything in it theirs.
    fn owns(&self, folder: &Path) {
        for path in everything(folder).iter().filter(|_| self.is_root) {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("it is handed over");
        }
    }

    fn run(&self, mut command: Command) -> Output {
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        match command.output() {
            // The project itself lies where root alone may go.
            Err(error) if self.is_root && error.kind() == ErrorKind::PermissionDenied => {
                self.within_reach(&command).output().expect("the copy starts")
            }
            output => output.expect("the program starts"),
        }
    }

    /// The same command for a copy of the program that everybody may start.
    fn within_reach(&self, command: &Command) -> Command {
        let copy = self.folder.join("program");
        if !copy.exists() {
            std::fs::copy(command.get_program(), &copy).expect("copied");
            set_mode(&copy, 0o755);
        }
        let mut again = Command::new(copy);
        again.args(command.get_args()).uid(NOBODY).gid(NOBODY);
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => again.env(name, value),
                None => again.env_remove(name),
            };
        }
        again
    }

    /// The command is refused with this code, and says so in English and in Vietnamese.
    fn is_refused(&self, desk: &Desk, args: &[&str], code: &str) {
        let told = self.run(desk.command(args));
        let words = String::from_utf8(told.stderr).expect("text");
        assert_eq!(told.status.code(), Some(1), "{words}");
        assert!(words.contains("; check its rights and the room on the disk"), "{words}");
        assert!(words.contains("Không ghi được vào thư mục dữ liệu; kiểm tra quyền"), "{words}");
        let all: Vec<&str> = ["--json"].iter().chain(args).copied().collect();
        let told = String::from_utf8(self.run(desk.command(&all)).stderr).expect("text");
        let error: Value = serde_json::from_str(told.lines().last().unwrap_or_default()).expect("an error");
        assert_eq!(error["code"], code, "{told}");
    }
}

#[test]
fn place_that_may_not_be_written_is_told_and_nothing_is_made_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let somebody = Somebody::beside(folder.path());
    let place = folder.path().join("place");
    std::fs::create_dir(&place).expect("made");
    somebody.owns(&place);
    set_mode(&place, 0o500);
    somebody.is_refused(&Desk::at(&place), &["list"], "folder_not_writable");
    somebody.is_refused(&Desk::at(&place.join("new")), &["list"], "folder_not_writable");
    set_mode(&place, 0o700);
    assert_eq!(std::fs::read_dir(&place).expect("readable").count(), 0);
}

#[test]
fn folder_of_a_device_that_became_read_only_is_told_and_harms_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let somebody = Somebody::beside(folder.path());
    let desk = founded_desk(folder.path());
    let before = contents(&desk.folder);
    somebody.owns(&desk.folder);
    set_mode(&desk.folder, 0o500);
    somebody.is_refused(&desk, &["list"], "folder_not_writable");
    set_mode(&desk.folder, 0o700);
    assert!(contents(&desk.folder) == before, "nothing was written");
    let shown = somebody.run(desk.command(&["--json", "list"]));
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
}

/// Another's folder, which may be read: nothing in it may be written either.
#[test]
fn folder_of_somebody_else_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let somebody = Somebody::beside(folder.path());
    let desk = founded_desk(folder.path());
    for path in everything(&desk.folder) {
        set_mode(&path, if path.is_dir() { 0o555 } else { 0o444 });
    }
    somebody.is_refused(&desk, &["list"], "folder_not_writable");
    set_mode(&desk.folder, 0o755);
}
