//! The edge of the world: clock, randomness, key store, files, sockets. Nothing outside this room touches them.

mod folder;
mod recover;
mod relay_client;
pub mod sync_loop;
mod system;
mod vault;

pub use folder::{DataFolder, FolderError};
pub use recover::{RecoverError, recover};
pub use relay_client::{RelayClient, RelayError};
pub use system::{SystemEntropy, local_offset_minutes, now};
pub use vault::{Secrets, Vault, VaultError, is_long_enough, takes_first_passphrase};
