//! What reading needs besides a connection: the moment, the place in time, who asks.

mod kept;

use std::sync::Arc;

use crate::{
    bounds::Excess,
    id::{AtMs, StaffId},
    store::StoreError,
};

pub use kept::{KeptOrders, Ordered};

/// Who asks, and when.
#[derive(Debug, Clone)]
pub struct ReadContext {
    /// The moment.
    pub now: AtMs,
    /// Minutes to add to UTC for the local calendar day.
    pub utc_offset_minutes: i32,
    /// Who sits at the device.
    pub staff: Option<StaffId>,
    /// Orders that were read over the same connection; without them each list is read anew.
    pub kept: Option<Arc<KeptOrders>>,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A filter, a sorting or an argument is not one that exists.
    #[error("{what} is not acceptable")]
    BadArgument {
        /// Which: field, operator, value, sort, limit, id.
        what: &'static str,
    },
    /// More is asked for than fits.
    #[error(transparent)]
    Excess(#[from] Excess),
    /// What was asked for is not here.
    #[error("not found")]
    NotFound,
    /// A document could not be read.
    #[error(transparent)]
    Engine(#[from] crate::engine::EngineError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
