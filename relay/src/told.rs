//! Why the relay does not start, in words for whoever looks after the server: what happened and what to do, in English
//! and in Vietnamese.

use std::{io::ErrorKind, path::Path};

use relay::{FolderError, StoreError, http::ServeError};

/// A sentence in both languages.
pub struct Told {
    /// English.
    pub english: String,
    /// Vietnamese.
    pub vietnamese: String,
}

fn told(english: impl Into<String>, vietnamese: impl Into<String>) -> Told {
    Told { english: english.into(), vietnamese: vietnamese.into() }
}

/// Puts an error into words. `data` is the folder of the relay.
pub fn of(error: &anyhow::Error, data: &Path) -> Told {
    if let Some(error) = error.downcast_ref::<FolderError>() {
        return folder(error);
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return store(error, data);
    }
    if let Some(error) = error.downcast_ref::<ServeError>() {
        return serve(error, data);
    }
    told(
        format!("{error:#}; start it again, and look at the system's own log if it stays so"),
        format!("không chạy được ({error:#}); chạy lại, nếu còn lỗi thì xem nhật ký của hệ thống"),
    )
}

fn folder(error: &FolderError) -> Told {
    match error {
        FolderError::InUse { path } => told(
            error.to_string(),
            format!(
                "một quen-relay khác đang dùng {}; dừng nó, hoặc chọn thư mục --data khác",
                path.display()
            ),
        ),
        FolderError::NotWritable { path, source } => told(
            error.to_string(),
            format!(
                "không ghi được vào {} ({source}); kiểm tra thư mục có đó và thuộc về người dùng này",
                path.display()
            ),
        ),
        FolderError::BadIdentity { path } => told(
            error.to_string(),
            format!("{} bị hỏng, phải có đúng 32 byte; đặt lại từ bản sao", path.display()),
        ),
    }
}

fn store(error: &StoreError, data: &Path) -> Told {
    let data = data.display();
    match error {
        StoreError::Full(_) => told(
            format!("the disk of {data} is full; free some space and start again"),
            format!("đĩa chứa {data} đã đầy; giải phóng chỗ rồi chạy lại"),
        ),
        StoreError::ReadOnly(_) => told(
            format!(
                "the database in {data} cannot be opened or written; check that it belongs to this user and may be written"
            ),
            format!(
                "không mở hoặc không ghi được cơ sở dữ liệu trong {data}; kiểm tra nó thuộc về người dùng này và được ghi"
            ),
        ),
        StoreError::Newer { .. } => told(
            format!("a newer quen-relay made the database in {data}; use that version or a later one"),
            format!("cơ sở dữ liệu trong {data} do bản quen-relay mới hơn tạo; dùng bản đó hoặc mới hơn"),
        ),
        StoreError::Damaged(_) => told(
            format!(
                "the database in {data} is damaged; put a copy of relay.db back, or move relay.db away and keep \
                 identity.key: the devices bring back what it held"
            ),
            format!(
                "cơ sở dữ liệu trong {data} bị hỏng; đặt lại bản sao của relay.db, hoặc dời relay.db đi và giữ \
                 identity.key: các thiết bị sẽ gửi lại những gì nó có"
            ),
        ),
        StoreError::Database(cause) => told(
            format!(
                "the database in {data} does not answer ({cause}); start again, and put a copy back if it stays so"
            ),
            format!(
                "cơ sở dữ liệu trong {data} không trả lời ({cause}); chạy lại, nếu còn lỗi thì đặt lại bản sao"
            ),
        ),
    }
}

fn serve(error: &ServeError, data: &Path) -> Told {
    match error {
        ServeError::InTheClear { listen } => told(
            error.to_string(),
            format!(
                "không nghe ở {listen} khi thiếu TLS: thêm --cert và --key, hoặc --behind-proxy nếu có proxy lo TLS"
            ),
        ),
        ServeError::Listen { listen, source } => match source.kind() {
            ErrorKind::AddrInUse => told(
                format!(
                    "cannot listen on {listen}: another program uses this port; stop it, or choose another --listen"
                ),
                format!(
                    "không nghe được ở {listen}: chương trình khác đang dùng cổng này; dừng nó, hoặc chọn --listen khác"
                ),
            ),
            ErrorKind::PermissionDenied => told(
                format!(
                    "cannot listen on {listen}: this user may not use the port; choose one above 1023 with --listen"
                ),
                format!(
                    "không nghe được ở {listen}: người dùng này không được dùng cổng đó; chọn cổng trên 1023 bằng --listen"
                ),
            ),
            _ => told(
                format!(
                    "cannot listen on {listen} ({source}); give an address of this machine with --listen"
                ),
                format!("không nghe được ở {listen} ({source}); dùng --listen với một địa chỉ của máy này"),
            ),
        },
        ServeError::Certificate { tls, source } => {
            let (cert, key) = (tls.cert.display(), tls.key.display());
            told(
                format!(
                    "cannot use the certificate {cert} with the key {key} ({source}); check both paths and that they \
                     are PEM files of one certificate"
                ),
                format!(
                    "không dùng được chứng chỉ {cert} với khoá {key} ({source}); kiểm tra hai đường dẫn và rằng đó là \
                     hai tệp PEM của cùng một chứng chỉ"
                ),
            )
        }
        ServeError::Serve(cause) => told(
            format!("the server stopped ({cause}); start it again"),
            format!("máy chủ đã dừng ({cause}); chạy lại"),
        ),
        ServeError::Close(error) => store(error, data),
    }
}
