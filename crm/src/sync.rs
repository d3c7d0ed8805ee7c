//! How devices exchange what they wrote: a state machine without IO.
//!
//! [`Replica`] is a device with its keys, its membership log and its engine. [`Session`] says what to ask a relay
//! next and takes the answer. Sockets, clocks and randomness are outside.

mod contradiction;
mod entropy;
mod entrust;
mod founding;
mod index;
mod intake;
mod invite;
mod kit;
mod membership;
mod outbox;
mod recovery;
mod replica;
mod restore;
mod session;
pub mod view;

pub use entropy::Entropy;
pub use founding::{First, Founding};
pub use intake::Taken;
pub use invite::{INVITE_AGE_MS, JoinError, JoinTicket, NotEntered};
pub use kit::{KitMade, KitState, Kits};
pub use membership::MembershipError;
pub use recovery::{Recovery, RecoveryError};
pub use replica::{Replica, ReplicaError, Unopened};
pub use session::{Progress, Session, SessionError, SyncNotice, SyncState};
