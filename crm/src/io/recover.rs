//! A recovery kit in use: an empty device's one conversation with the relay.

use super::{RelayClient, RelayError, SystemEntropy, now};
use crate::sync::{Recovery, RecoveryError};

/// Why the conversation came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The relay cannot be asked.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// The kit opens nothing there.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// The system gives no means to talk.
    #[error("no conversation can be begun here")]
    Runtime(#[source] std::io::Error),
}

/// Talks with the relay at `address` until the kit has let the device in. Waits for the network.
///
/// # Errors
/// [`RecoverError`] if the relay cannot be reached or the kit opens nothing there.
pub fn recover(address: &str, recovery: &mut Recovery) -> Result<(), RecoverError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(RecoverError::Runtime)?.block_on(async {
        let client = RelayClient::new(address)?;
        while let Some((request, token)) = recovery.next() {
            let response = client.ask(&request, token.as_ref()).await?;
            recovery.answer(response, now(), &mut SystemEntropy)?;
        }
        Ok(())
    })
}
