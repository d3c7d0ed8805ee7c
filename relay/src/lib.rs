//! The blind relay: stores sealed chunks in order, keeps a copy of the membership log, passes hints on.
//!
//! [`Store`] is the disk, [`handle()`] answers one request and knows nothing of HTTP, [`http`] puts it on a
//! socket. Nothing that decrypts is in the dependency tree of this crate.

mod folder;
mod handle;
pub mod http;
mod session;
mod store;

pub use folder::{DataFolder, FolderError};
pub use handle::handle;
pub use session::Caller;
pub use store::{Founding, Hint, Store, StoreConfig, StoreError};
