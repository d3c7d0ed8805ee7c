//! Opening the device of this window.

use std::path::PathBuf;

use crm::app::{ApiError, App};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use zeroize::Zeroizing;

/// The exit code when the device cannot be opened.
pub const EXIT_IN_USE: i32 = 2;

/// What was given at the start.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    data: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments and the environment: `--data DIR`, else QUEN_DATA.
    pub fn from_env() -> Self {
        Self::parse(std::env::args().skip(1), std::env::var("QUEN_DATA").ok())
    }

    fn parse(args: impl Iterator<Item = String>, data: Option<String>) -> Self {
        let mut options = Self { data: data.map(PathBuf::from) };
        let mut args = args;
        while let Some(arg) = args.next() {
            match arg.strip_prefix("--data=") {
                Some(folder) => options.data = Some(folder.into()),
                None if arg == "--data" => options.data = args.next().map(PathBuf::from),
                None => {}
            }
        }
        options
    }
}

/// Opens the device, or tells the person why it cannot be opened.
pub fn open(handle: &AppHandle, options: &Options) -> Option<App> {
    let folder = match &options.data {
        Some(folder) => folder.clone(),
        None => handle.path().app_data_dir().ok()?,
    };
    let passphrase = std::env::var("QUEN_PASSPHRASE").ok().map(Zeroizing::new);
    match App::open(&folder, passphrase) {
        Ok(device) => Some(device),
        Err(error) => {
            let error = ApiError::from(error);
            tracing::error!(code = error.code, message = error.message, "the device cannot be opened");
            handle
                .dialog()
                .message(sentence(&error.code))
                .title("Quen")
                .kind(MessageDialogKind::Error)
                .blocking_show();
            None
        }
    }
}

/// What a person reads before there is a window: Vietnamese, then English.
fn sentence(code: &str) -> &'static str {
    match code {
        "folder_in_use" => {
            "Quen đang mở ở cửa sổ khác.\nHãy dùng cửa sổ đó, hoặc đóng nó trước.\n\nQuen is open in another window. Use that one, or close it first."
        }
        "folder_not_writable" | "read_only" => {
            "Không ghi được vào thư mục dữ liệu.\nKiểm tra quyền và dung lượng đĩa.\n\nThe data folder cannot be written. Check its rights and the room on the disk."
        }
        "database_newer" => {
            "Dữ liệu do bản Quen mới hơn ghi.\nHãy cập nhật chương trình.\n\nA newer Quen wrote this data. Update the program."
        }
        "wrong_passphrase" => {
            "Mật khẩu không đúng. Dữ liệu vẫn còn nguyên.\n\nThe passphrase is wrong. Nothing is lost."
        }
        _ => {
            "Không mở được dữ liệu. Không có gì bị mất.\nChạy `quen doctor` để xem chi tiết.\n\nThe data cannot be opened. Nothing is lost. Run `quen doctor` for more."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str], data: Option<&str>) -> Options {
        Options::parse(args.iter().map(|arg| (*arg).to_owned()), data.map(str::to_owned))
    }

    #[test]
    fn argument_overrules_environment() {
        assert_eq!(parse(&["--data", "a"], Some("b")).data, Some("a".into()));
        assert_eq!(parse(&["--data=c"], None).data, Some("c".into()));
        assert_eq!(parse(&[], Some("b")).data, Some("b".into()));
        assert_eq!(parse(&["--data"], None).data, None);
    }
}
