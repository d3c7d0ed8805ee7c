//! The device behind the window, which is opened while the window comes up.

use crm::app::{ApiError, App};
use tokio::sync::watch;

/// The device, open or being opened.
pub struct Device(watch::Receiver<Option<App>>);

/// The other end: tells that the device is open.
pub struct Opening(watch::Sender<Option<App>>);

/// A device that is being opened.
pub fn opening() -> (Opening, Device) {
    let (sender, receiver) = watch::channel(None);
    (Opening(sender), Device(receiver))
}

impl Opening {
    /// The device is open: whoever waits for it goes on.
    pub fn done(self, app: App) {
        self.0.send_replace(Some(app));
    }
}

impl Device {
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

    #[tokio::test]
    async fn a_call_ends_when_the_device_cannot_be_opened() {
        let (opening, device) = opening();
        drop(opening);
        assert_eq!(device.app().await.err().unwrap().code, "internal");
    }
}
