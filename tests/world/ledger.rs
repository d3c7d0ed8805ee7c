//! The independent log of what was acknowledged. Nothing in it is read back from a document.

use std::collections::{BTreeMap, BTreeSet};

use crm::{
    comment::model::Subject,
    id::{ActionId, CommentId, ContactId, InteractionId, TaskId},
};

use crate::Worded;

/// What an acknowledged edit promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// A field of a person holds a value, or held it before somebody wrote over it.
    Field {
        /// The register.
        key: String,
        /// The value as stored; `None` when cleared.
        value: Option<String>,
    },
    /// A yes or no of a person: relation or merge.
    Flag {
        /// The register.
        key: String,
        /// Whether it was set.
        is_set: bool,
    },
    /// Something happened with a person.
    Interaction {
        /// Which.
        id: InteractionId,
        /// The words.
        body: String,
    },
    /// A remark.
    Comment {
        /// On what.
        on: Subject,
        /// Which.
        id: CommentId,
        /// The words.
        body: String,
    },
    /// Something to do.
    Task {
        /// Which.
        id: TaskId,
        /// What.
        title: String,
    },
    /// Words were corrected, or chosen among several.
    Words {
        /// Of what.
        of: Worded,
        /// The words.
        text: String,
    },
    /// It was done.
    TaskDone {
        /// Which.
        id: TaskId,
        /// How it went.
        outcome: String,
    },
}

/// An acknowledged edit.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its action.
    pub action: ActionId,
    /// The device that acknowledged it, by place.
    pub node: usize,
    /// Whom it is about.
    pub contact: ContactId,
    /// What it promised.
    pub promise: Promise,
}

/// Everything that was acknowledged.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In order.
    pub entries: Vec<Entry>,
    /// Actions that somebody took back.
    pub undone: BTreeSet<ActionId>,
    /// Interactions, tasks and remarks that somebody removed.
    pub removed: BTreeSet<[u8; 16]>,
    /// Interactions and tasks whose words somebody corrected.
    pub reworded: BTreeSet<[u8; 16]>,
    /// Actions whose only copies were on disks that were destroyed.
    pub lost: BTreeSet<ActionId>,
    /// The action that entered each person.
    pub entered: BTreeMap<ContactId, ActionId>,
    /// What actions did to registers, as seen at the device that made them.
    pub(crate) effects: BTreeMap<ActionId, Vec<crate::undo::Effect>>,
    /// What undoing let stand again where values disagreed.
    pub(crate) again: crate::dispute::Again,
    /// How many edits were acknowledged.
    pub edit_count: u32,
}

impl Ledger {
    /// Writes promises down.
    pub fn note(&mut self, action: ActionId, node: usize, contact: ContactId, promises: Vec<Promise>) {
        self.edit_count += 1;
        self.entries.extend(promises.into_iter().map(|promise| Entry { action, node, contact, promise }));
    }
}
