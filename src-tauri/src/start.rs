//! Where the data is and how to open it, from arguments and environment.

use std::{
    ffi::{OsStr, OsString},
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

use zeroize::Zeroizing;

/// The name of the app towards the system.
const IDENTIFIER: &str = "vn.quen.desktop";

/// How to start.
#[derive(Debug, PartialEq, Eq)]
pub struct Start {
    /// The data folder.
    pub data: PathBuf,
    /// What opens it, where the system has no key store.
    pub passphrase: Option<Zeroizing<String>>,
    is_usual_folder: bool,
}

/// Why the program cannot start.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// `--data` stands alone.
    #[error("--data needs a folder")]
    NoFolder,
    /// An argument that is not known.
    #[error("{0:?} is not known; usage: quen-desktop [--data FOLDER]")]
    Unknown(OsString),
    /// Nothing says where a person's files are.
    #[error("there is no home folder; name one with --data")]
    NoHome,
}

impl Start {
    /// Reads arguments and environment.
    ///
    /// # Errors
    /// [`StartError`] if an argument is not known or no folder can be found.
    pub fn find(
        args: impl IntoIterator<Item = OsString>,
        env: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, StartError> {
        let named = data_of(args)?.or_else(|| env("QUEN_DATA").filter(|folder| !folder.is_empty()));
        let passphrase = env("QUEN_PASSPHRASE").and_then(|text| text.into_string().ok()).map(Zeroizing::new);
        let is_usual_folder = named.is_none();
        let data = match named {
            Some(folder) => PathBuf::from(folder),
            None => usual_folder(env).ok_or(StartError::NoHome)?,
        };
        Ok(Self { data, passphrase, is_usual_folder })
    }

    /// The name by which a second window on the same folder finds the first one.
    pub fn bus_name(&self) -> String {
        if self.is_usual_folder {
            return IDENTIFIER.to_owned();
        }
        let mut hasher = DefaultHasher::new();
        std::path::absolute(&self.data).unwrap_or_else(|_| self.data.clone()).hash(&mut hasher);
        format!("{IDENTIFIER}.d{:016x}", hasher.finish())
    }

    /// Whether a second window can find the first one: outside Linux there is one name for all folders, so that
    /// only the usual one may use it.
    pub fn knows_other_windows(&self) -> bool {
        cfg!(target_os = "linux") || self.is_usual_folder
    }
}

fn data_of(args: impl IntoIterator<Item = OsString>) -> Result<Option<OsString>, StartError> {
    let mut data = None;
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        if arg == OsStr::new("--data") {
            data = Some(args.next().filter(|folder| !folder.is_empty()).ok_or(StartError::NoFolder)?);
        } else if let Some(folder) = arg.to_str().and_then(|text| text.strip_prefix("--data=")) {
            data = Some(OsString::from(folder)).filter(|folder| !folder.is_empty());
            data.as_ref().ok_or(StartError::NoFolder)?;
        } else {
            return Err(StartError::Unknown(arg));
        }
    }
    Ok(data)
}

/// The folder that the system gives to programs for their data.
fn usual_folder(env: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        folder("APPDATA")?
    } else if cfg!(target_os = "macos") {
        folder("HOME")?.join("Library").join("Application Support")
    } else {
        folder("XDG_DATA_HOME").or_else(|| Some(folder("HOME")?.join(".local").join("share")))?
    };
    Some(base.join(IDENTIFIER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(args: &[&str], env: &[(&str, &str)]) -> Result<Start, StartError> {
        Start::find(args.iter().map(OsString::from), |name| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_argument_wins_over_the_environment() {
        let env = [("QUEN_DATA", "/env"), ("QUEN_PASSPHRASE", "chìa khoá")];
        let start = find(&["--data", "/arg"], &env).unwrap();
        assert_eq!(start.data, PathBuf::from("/arg"));
        assert_eq!(start.passphrase.as_ref().map(|text| text.as_str()), Some("chìa khoá"));
        assert_eq!(find(&["--data=/arg"], &env).unwrap().data, PathBuf::from("/arg"));
        assert_eq!(find(&[], &env).unwrap().data, PathBuf::from("/env"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn without_a_name_the_data_lies_where_the_system_wants_it() {
        let usual = find(&[], &[("HOME", "/people/lan")]).unwrap();
        assert_eq!(usual.data, PathBuf::from("/people/lan/.local/share/vn.quen.desktop"));
        let moved = find(&[], &[("HOME", "/people/lan"), ("XDG_DATA_HOME", "/data")]).unwrap();
        assert_eq!(moved.data, PathBuf::from("/data/vn.quen.desktop"));
        assert_eq!(find(&[], &[]), Err(StartError::NoHome));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(find(&["--data"], &[]), Err(StartError::NoFolder));
        assert_eq!(find(&["--data="], &[]), Err(StartError::NoFolder));
        assert_eq!(find(&["--date", "x"], &[]), Err(StartError::Unknown("--date".into())));
    }

    #[test]
    fn each_folder_has_its_own_name_on_the_bus() {
        let one = find(&["--data", "/one"], &[]).unwrap().bus_name();
        assert_eq!(one, find(&["--data", "/one"], &[]).unwrap().bus_name());
        assert_ne!(one, find(&["--data", "/two"], &[]).unwrap().bus_name());
        assert!(one.starts_with("vn.quen.desktop.d"));
    }
}
