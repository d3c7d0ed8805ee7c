//! Roles, and what each may write.

use serde::{Deserialize, Serialize};

use crate::DocKind;

/// What a device may do. Anything finer (own people, single fields) is program policy, not cryptography.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, and the only one who makes owners and managers or changes the authority.
    Owner,
    /// Everything but that.
    Manager,
    /// Works with people and their fees.
    Staff,
    /// Marks attendance.
    Teacher,
    /// Reads.
    Viewer,
}

impl Role {
    /// All roles, from the most to the least powerful.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Manager, Self::Staff, Self::Teacher, Self::Viewer];

    /// Tells whether the role may change documents of `kind`. A kind that this program does not know is
    /// for managers, so that a newer program's definitions are not refused.
    pub fn may_write(self, kind: DocKind) -> bool {
        let least = match kind {
            DocKind::CONTACT | DocKind::LEDGER | DocKind::TRACE | DocKind::LISTING => Self::Staff,
            DocKind::ENROLMENT => Self::Teacher,
            _ => Self::Manager,
        };
        self.is_at_least(least)
    }

    /// Tells whether the role may sign any chunk at all.
    pub fn may_write_any(self) -> bool {
        self != Self::Viewer
    }

    /// Tells whether the role may append membership records, and sign carry chunks and snapshots.
    pub fn may_administer(self) -> bool {
        self.is_at_least(Self::Manager)
    }

    /// Tells whether the role may add, change or revoke a device of the role `other`: an owner all, a manager
    /// those below.
    pub fn may_govern(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => other > Self::Manager,
            _ => false,
        }
    }

    /// Tells whether this role has every right of `other`.
    pub fn is_at_least(self, other: Self) -> bool {
        self <= other
    }
}
