//! The engine: everything that a CRM does, without a window.

pub mod api;
pub mod edit;
pub mod feed;
pub mod filter;
pub mod id;
pub mod job;
/// People.
pub mod contact {
    pub mod edit;
    pub mod view;
}
/// x
pub mod interaction {
    pub mod edit;
    pub mod view;
}
/// x
pub mod task {
    pub mod edit;
    pub mod view;
}
/// x
pub mod definition {
    pub mod edit;
    pub mod view;
}
/// x
pub mod conflict {
    pub mod view;
}
/// x
pub mod import {
    pub mod view;
}
/// x
pub mod session {
    pub mod view;
}
/// x
pub mod sync {
    pub mod view;
}
