//! The device behind the window, which is opened while the window comes up.

use std::{path::Path, thread, time::Duration};

use crm::{
    app::{ApiError, App, AppError},
    io::FolderError,
};
use tokio::sync::watch;
use zeroize::Zeroizing;

/// How often, and how far apart, a folder is tried that another window still has: two seconds.
const LEAVING_TRIES: u32 = 20;
const LEAVING_PAUSE: Duration = Duration::from_millis(100);

/// The device, open or being opened.
pub struct Device(watch::Receiver<Option<App>>);

/// The other end: tells that the device is open.
pub struct Opening(watch::Sender<Option<App>>);

/// A device that is being opened.
pub fn opening() -> (Opening, Device) {
    let (sender, receiver) = watch::channel(None);
    (Opening(sender), Device(receiver))
}

/// Opens the device of a folder. Whoever closes a window and opens it at once meets the old program on its way out: that
/// one is waited for.
///
/// # Errors
/// [`AppError`] as for [`App::open`].
pub fn open(folder: &Path, passphrase: Option<&Zeroizing<String>>) -> Result<App, AppError> {
    for _ in 0..LEAVING_TRIES {
        match App::open(folder, passphrase.cloned()) {
            Err(AppError::Folder(FolderError::InUse)) => thread::sleep(LEAVING_PAUSE),
            outcome => return outcome,
        }
    }
    App::open(folder, passphrase.cloned())
}

impl Opening {
    /// The device is open: whoever waits for it goes on.
    pub fn done(self, app: App) {
        self.0.send_replace(Some(app));
    }
}

impl Device {
    /// The device, if it is open.
    pub fn opened(&self) -> Option<App> {
        self.0.borrow().clone()
    }

    /// The device, once it is open.
    ///
    /// # Errors
    /// [`ApiError`] if it could not be opened.
    pub async fn app(&self) -> Result<App, ApiError> {
        let mut opened = self.0.clone();
        let app = opened.wait_for(Option::is_some).await.ok().and_then(|app| app.clone());
        app.ok_or_else(|| ApiError::new("internal", "the device was not opened"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_call_waits_until_the_device_is_open() {
        let place = tempfile::tempdir().unwrap();
        let (opening, device) = opening();
        let opened = async { opening.done(App::open(place.path(), None).unwrap()) };
        // Asked first, opened then.
        let (asked, ()) = tokio::join!(device.app(), opened);
        assert!(asked.is_ok());
        assert!(device.app().await.is_ok(), "and later calls find it open");
    }

    #[test]
    fn a_folder_that_is_being_left_is_waited_for_and_one_in_use_is_told() {
        let place = tempfile::tempdir().unwrap();
        let first = App::open(place.path(), None).unwrap();
        let refused = open(place.path(), None).err().unwrap();
        assert!(matches!(refused, AppError::Folder(FolderError::InUse)), "{refused}");
        let leaving = thread::spawn(move || {
            thread::sleep(LEAVING_PAUSE * 3);
            drop(first);
        });
        assert!(open(place.path(), None).is_ok());
        leaving.join().unwrap();
    }

    #[tokio::test]
    async fn a_call_ends_when_the_device_cannot_be_opened() {
        let (opening, device) = opening();
        drop(opening);
        assert_eq!(device.app().await.err().unwrap().code, "internal");
    }
}
