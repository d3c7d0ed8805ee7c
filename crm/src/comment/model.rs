//! A remark as a value.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{AtMs, BadId, CommentId, InteractionId, StaffId, TaskId};

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "id", rename_all = "camelCase")]
pub enum Subject {
    /// The person as a whole.
    Person,
    /// Something that happened with the person.
    Interaction(InteractionId),
    /// Something to do for the person.
    Task(TaskId),
}

/// A remark and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What it is about.
    pub about: Subject,
    /// Which.
    pub id: CommentId,
    /// What was written down.
    pub record: CommentRecord,
}

/// What one register holds (JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommentRecord {
    /// By whom.
    pub staff: Option<StaffId>,
    /// When.
    pub at_ms: AtMs,
    /// The text.
    pub body: String,
    /// Who is called by name.
    pub mentions: Vec<StaffId>,
}

impl Subject {
    /// As a row names it: the kind, and which; none of the person.
    pub fn to_columns(self) -> (&'static str, Vec<u8>) {
        match self {
            Self::Person => ("person", Vec::new()),
            Self::Interaction(id) => ("interaction", id.0.to_vec()),
            Self::Task(id) => ("task", id.0.to_vec()),
        }
    }

    /// Reads such columns.
    pub fn from_columns(kind: &str, id: &[u8]) -> Option<Self> {
        match kind {
            "person" => Some(Self::Person),
            "interaction" => InteractionId::from_slice(id).map(Self::Interaction),
            "task" => TaskId::from_slice(id).map(Self::Task),
            _ => None,
        }
    }
}

const PERSON: &str = "person";
const TASK: &str = "task.";

/// As in the key of a register: `person`, `task.<id>`, or the interaction's identifier alone.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person => f.write_str(PERSON),
            Self::Interaction(id) => id.fmt(f),
            Self::Task(id) => write!(f, "{TASK}{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.strip_prefix(TASK) {
            _ if text == PERSON => Ok(Self::Person),
            Some(task) => task.parse().map(Self::Task),
            None => text.parse().map(Self::Interaction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_read_back_from_keys_and_columns() {
        let id = [7; 16];
        for subject in [Subject::Person, Subject::Interaction(InteractionId(id)), Subject::Task(TaskId(id))] {
            assert_eq!(subject.to_string().parse(), Ok(subject));
            let (kind, id) = subject.to_columns();
            assert_eq!(Subject::from_columns(kind, &id), Some(subject));
        }
        assert_eq!("nobody".parse::<Subject>(), Err(BadId));
    }
}
