//! The independent log of what was acknowledged. Nothing in it is read back from a document.

use std::collections::{BTreeMap, BTreeSet};

use crdt::RegisterValue;
use crm::{
    comment::model::Subject,
    id::{ActionId, CommentId, ContactId, DefinitionId, InteractionId, TaskId},
};

use wire::DocId;

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
    /// A mark was set or taken away: a relation, a merge, the bin, removed, kept at the top, open again.
    Mark {
        /// The register.
        key: String,
        /// What it holds.
        value: RegisterValue,
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
    /// A consent was given or withdrawn. Nothing is ever written over it.
    Consent {
        /// What for and by which channel.
        about: String,
        /// By which words.
        evidence: String,
    },
    /// It was done.
    TaskDone {
        /// Which.
        id: TaskId,
        /// How it went.
        outcome: String,
    },
}

/// An acknowledged edit of a definition.
#[derive(Debug, Clone)]
pub struct Defined {
    /// Its action.
    pub action: ActionId,
    /// The device that acknowledged it, by place.
    pub node: usize,
    /// What was defined.
    pub id: DefinitionId,
    /// Of what kind.
    pub noun: Noun,
    /// What it promised.
    pub wording: Wording,
}

/// What can be defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A tag.
    Tag,
    /// A field.
    Field,
    /// A view.
    View,
    /// A branch.
    Branch,
}

/// What an edit of a definition promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// It says these words.
    Says(String),
    /// It was retired, or brought back.
    Retired(bool),
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

/// What an action wrote into one document.
pub(crate) type Written = (ActionId, DocId);

/// Everything that was acknowledged.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In order.
    pub entries: Vec<Entry>,
    /// Of definitions, in order.
    pub definitions: Vec<Defined>,
    /// Rows of sheets that were taken in, by the name of the person in each.
    pub rows: BTreeMap<String, (ActionId, ContactId)>,
    /// Actions that somebody took back.
    pub undone: BTreeSet<ActionId>,
    /// What actions wrote into documents whose only copies were on disks that were destroyed.
    pub lost: BTreeSet<Written>,
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
    /// Everything that was promised of.
    pub fn written(&self) -> BTreeSet<Written> {
        let defined = self.definitions.iter().map(|entry| (entry.action, entry.id.doc()));
        self.entries.iter().map(|entry| (entry.action, entry.contact.doc())).chain(defined).collect()
    }

    /// Writes promises down.
    pub fn note(&mut self, action: ActionId, node: usize, contact: ContactId, promises: Vec<Promise>) {
        self.edit_count += 1;
        self.entries.extend(promises.into_iter().map(|promise| Entry { action, node, contact, promise }));
    }
}
