//! What is announced after a commit, so that screens fetch again exactly what moved.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that moved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Changed {
    /// contact, definition, conflict, sync, job, import or session.
    pub entity: String,
    /// Which; empty when many moved at once and everything of the entity should be fetched again.
    pub id: String,
    /// local, remote, import, undo or rebuild.
    pub cause: String,
}
