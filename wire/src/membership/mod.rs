//! The membership log: a hash-linked chain of signed records that says which device may do what.
//!
//! [`Record`] is one link, [`MembershipState`] what the links so far amount to, [`MembershipLog`] both
//! together, and [`verify_chunk`] the verdict on a chunk. The verdict depends on chunk, log and this
//! program's rules alone, never on the order in which things arrived. Records hold no names.

mod body;
mod history;
mod log;
mod record;
mod role;
mod rules;
mod state;
#[cfg(test)]
mod tests;
mod verdict;

pub use body::{
    Adoption, AuthorityChanged, Body, CutOff, DeviceAdded, DevicePublicKeys, DeviceRevoked, Erasure, Founded,
    InviteMade, InviteWithdrawn, RoleChanged, Rotation, SpaceAdded, Wrap,
};
pub use history::{Member, Standing};
pub use log::MembershipLog;
pub use record::{Record, RecordError};
pub use role::Role;
pub use state::{Invite, MembershipState};
pub use verdict::{Refusal, Verdict, goes_back, verify_chunk};
