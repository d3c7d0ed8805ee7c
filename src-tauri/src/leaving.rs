//! How the program ends: whoever ends it - a person, or the system at log-out and shutdown - it keeps where the window
//! stood, and the database is closed with its log brought in.

use std::{sync::mpsc, time::Duration};

use crm::app::App;
use tauri::AppHandle;

/// The longest that closing may take: what is committed is on the disk anyway, and the system waits for no program
/// for ever.
const CLOSING_MAX: Duration = Duration::from_secs(5);

/// Ends the program as a closed window does when the system asks it to end. The system gives a few seconds for that.
#[cfg(unix)]
pub fn when_asked(desk: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let desk = desk.clone();
    tauri::async_runtime::spawn(async move {
        let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
        let (Ok(mut terminate), Ok(mut interrupt)) = signals else {
            tracing::warn!("the system's wish to end the program is not heard");
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        desk.exit(0);
    });
}

/// Elsewhere the system closes the window.
#[cfg(not(unix))]
pub fn when_asked(_desk: &AppHandle) {}

/// Closes the device, and waits no longer than a while for work that goes on in it.
pub fn close(app: App) {
    let (closed, closing) = mpsc::channel();
    std::thread::spawn(move || {
        app.close();
        // Nobody may wait any more.
        let _late = closed.send(());
    });
    if closing.recv_timeout(CLOSING_MAX).is_err() {
        tracing::warn!("the database was still in use at the end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_device_leaves_one_file_of_the_database() {
        let place = tempfile::tempdir().unwrap();
        let passphrase = "bốn mùa hoa".to_owned();
        let app = App::open(place.path(), Some(passphrase.into())).unwrap();
        let log = place.path().join("quen.db-wal");
        assert!(log.exists());
        let elsewhere = app.clone();
        close(app);
        assert!(!log.exists() && place.path().join("quen.db").exists());
        drop(elsewhere);
    }
}
