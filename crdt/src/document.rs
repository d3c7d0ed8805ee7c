//! A document: registers that several devices edit apart and merge.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, ReadDoc, transaction::CommitOptions};
use wire::{ActorId, DocId};

use crate::{
    ChangeError, ChangeHash, DocChange, HistoryEntry, HybridTime, Put, Register, RegisterValue, Registers,
    Stamp, Standing, Version,
    merge::{self, Places},
    stored,
};

/// Why a document could not be read, edited or merged.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A change cannot be used.
    #[error("document {doc}: a change cannot be used")]
    Change {
        /// Which document.
        doc: DocId,
        /// What is wrong with it.
        #[source]
        source: ChangeError,
    },
    /// Two changes claim one place in the work of one actor. Which of them counts is not for a document to say.
    #[error("document {doc}: two changes claim one place of one actor")]
    Contradiction {
        /// Which document.
        doc: DocId,
        /// The one in effect, or the smaller hash of two that are new.
        known: ChangeHash,
        /// The other.
        coming: ChangeHash,
    },
    /// A change is not made of registers, or the merge engine cannot take it.
    #[error("document {doc}: change {change} cannot be merged")]
    Unusable {
        /// Which document.
        doc: DocId,
        /// The change.
        change: ChangeHash,
    },
    /// The merge engine refused an edit.
    #[error("document {doc}: the merge engine refused")]
    Merge {
        /// Which document.
        doc: DocId,
        /// Its words.
        #[source]
        source: Box<automerge::AutomergeError>,
    },
}

/// What an edit made.
#[derive(Debug)]
pub struct Edited {
    /// The change to store and send.
    pub change: DocChange,
    /// The registers that it writes.
    pub touched: BTreeSet<String>,
}

/// What a merge did.
#[derive(Debug, Default)]
pub struct Merged {
    /// Changes that are in effect now and were not before.
    pub applied: Vec<ChangeHash>,
    /// The registers that those write.
    pub touched: BTreeSet<String>,
    /// Changes that are kept but wait for one that has not arrived.
    pub waiting: usize,
}

/// A document with its whole history.
///
/// Most documents of a big list have had one change only; those are read from the change itself and
/// cost no merge engine at all.
#[derive(Debug, Clone)]
pub struct Document {
    id: DocId,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Empty,
    Single(Box<DocChange>),
    Full(Box<Full>),
}

#[derive(Debug, Clone)]
struct Full {
    automerge: Automerge,
    /// Changes that lack a dependency; the merge engine is given them again with every merge.
    waiting: Vec<DocChange>,
    /// What is in effect, by place.
    places: Places,
}

impl Document {
    /// A document that nobody has written to.
    pub fn empty(id: DocId) -> Self {
        Self { id, body: Body::Empty }
    }

    /// Builds a document from all its stored changes, in any order.
    ///
    /// # Errors
    /// [`DocumentError`] as [`Document::merge`] says.
    pub fn from_changes(id: DocId, changes: Vec<DocChange>) -> Result<Self, DocumentError> {
        let mut document = Self::empty(id);
        document.merge(changes)?;
        Ok(document)
    }

    /// Its identifier.
    pub fn id(&self) -> DocId {
        self.id
    }

    /// Whether it has no change in effect.
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Empty => true,
            Body::Single(_) => false,
            Body::Full(full) => full.automerge.get_heads().is_empty(),
        }
    }

    /// The newest changes, sorted: two devices with equal heads hold the same document.
    pub fn heads(&self) -> Vec<ChangeHash> {
        let mut heads: Vec<_> = match &self.body {
            Body::Empty => Vec::new(),
            Body::Single(change) => vec![change.hash()],
            Body::Full(full) => full.automerge.get_heads().iter().map(|hash| ChangeHash(hash.0)).collect(),
        };
        heads.sort_unstable();
        heads
    }

    /// Writes registers in one change.
    ///
    /// A wish that already holds makes no part of the change; when all do, there is no change and
    /// nothing is returned. A disagreement among devices is settled by writing the register.
    ///
    /// # Errors
    /// [`DocumentError`] if the merge engine refuses.
    pub fn edit(
        &mut self,
        actor: ActorId,
        stamp: Stamp,
        puts: &[Put],
    ) -> Result<Option<Edited>, DocumentError> {
        let puts = self.effective(puts);
        if puts.is_empty() {
            return Ok(None);
        }
        let touched = puts.iter().map(|put| put.key.clone()).collect();
        if matches!(self.body, Body::Empty) {
            let change = DocChange::first(actor, stamp, &puts).map_err(|source| self.bad_change(source))?;
            self.body = Body::Single(Box::new(change.clone()));
            return Ok(Some(Edited { change, touched }));
        }
        let id = self.id;
        let full = self.full()?;
        full.automerge.set_actor(automerge::ActorId::from(&actor.0[..]));
        let commit = CommitOptions::default()
            .with_message(stamp.to_message())
            .with_time(i64::try_from(stamp.time.0).unwrap_or(i64::MAX));
        let result = full.automerge.transact_with::<_, _, automerge::AutomergeError, _>(
            |_| commit,
            |tx| {
                for put in &puts {
                    stored::put_over(tx, put)?;
                }
                Ok(())
            },
        );
        let success = result.map_err(|failure| merge_error(id, failure.error))?;
        let Some(hash) = success.hash else { return Ok(None) };
        let Some(inner) = full.automerge.get_change_by_hash(&hash) else { return Ok(None) };
        let change =
            DocChange::from_inner(inner).map_err(|source| DocumentError::Change { doc: id, source })?;
        full.places.insert((change.actor(), change.seq()), change.hash());
        Ok(Some(Edited { change, touched }))
    }

    /// Takes changes from elsewhere. Repeated ones do nothing; those that lack a dependency wait.
    ///
    /// # Errors
    /// [`DocumentError::Contradiction`] or [`DocumentError::Unusable`] if a change cannot stand beside what is there;
    /// the document is unchanged then.
    pub fn merge(&mut self, changes: Vec<DocChange>) -> Result<Merged, DocumentError> {
        let id = self.id;
        if matches!(self.body, Body::Empty)
            && let [only] = changes.as_slice()
            && only.is_first()
        {
            let puts = merge::writes(id, only)?;
            let (applied, touched) = (vec![only.hash()], puts.into_iter().map(|put| put.key).collect());
            self.body = Body::Single(Box::new(only.clone()));
            return Ok(Merged { applied, touched, waiting: 0 });
        }
        let full = self.full()?;
        let known = |hash: &ChangeHash| {
            full.automerge.get_change_meta_by_hash(&automerge::ChangeHash(hash.0)).is_some()
        };
        let mut candidates = full.waiting.clone();
        candidates.extend(changes);
        candidates.retain(|change| !known(&change.hash()));
        candidates.sort_by_key(DocChange::hash);
        candidates.dedup_by_key(|change| change.hash());
        merge::require_places(id, &full.places, &candidates)?;
        let (ready, waiting) = merge::order_by_dependency(candidates, known, &full.places);
        let (automerge, touched) = merge::apply(id, &full.automerge, &ready)?;
        full.automerge = automerge;
        full.places.extend(ready.iter().map(|change| ((change.actor(), change.seq()), change.hash())));
        let applied = ready.iter().map(DocChange::hash).collect();
        let merged = Merged { applied, touched, waiting: waiting.len() };
        full.waiting = waiting;
        Ok(merged)
    }

    /// All registers with their present values and disagreements.
    pub fn registers(&self) -> Registers {
        match &self.body {
            Body::Empty => Registers::new(),
            Body::Single(change) => change
                .puts()
                .into_iter()
                .map(|put| (put.key, Register { value: put.value, versions: Vec::new() }))
                .collect(),
            Body::Full(full) => stored::registers(&full.automerge),
        }
    }

    /// One register.
    pub fn register(&self, key: &str) -> Option<Register> {
        match &self.body {
            Body::Full(full) => stored::register(&full.automerge, key),
            _ => self.registers().remove(key),
        }
    }

    /// The value that a register shows.
    pub fn shown(&self, key: &str) -> RegisterValue {
        self.register(key).map_or(RegisterValue::Empty, |register| register.value)
    }

    /// The writes of a register that nobody wrote over, the one shown first.
    pub fn standing(&self, key: &str) -> Vec<Standing> {
        match &self.body {
            Body::Empty => Vec::new(),
            Body::Single(change) => {
                let put = change.puts().into_iter().rev().find(|put| put.key == key);
                put.map(|put| Standing::alone(Version::of(change, put.value))).into_iter().collect()
            }
            Body::Full(full) => stored::standing(&full.automerge, key),
        }
    }

    /// When the value that a register shows was written; a document of one change answers with its moment.
    pub fn written_at(&self, key: &str) -> Option<HybridTime> {
        match &self.body {
            Body::Empty => None,
            Body::Single(_) => Some(self.last_time()),
            Body::Full(full) => stored::written_at(&full.automerge, key),
        }
    }

    /// The greatest moment at which somebody wrote to it.
    pub fn last_time(&self) -> HybridTime {
        match &self.body {
            Body::Empty => HybridTime::default(),
            Body::Single(change) => change.stamp().map_or(HybridTime::default(), |stamp| stamp.time),
            Body::Full(full) => full
                .automerge
                .get_heads()
                .iter()
                .filter_map(|head| full.automerge.get_change_meta_by_hash(head))
                .filter_map(|meta| u64::try_from(meta.timestamp).ok())
                .map(HybridTime)
                .max()
                .unwrap_or_default(),
        }
    }

    /// Every write that ever happened, oldest first.
    pub fn history(&self) -> Vec<HistoryEntry> {
        crate::history::of_changes(&self.changes())
    }

    /// All changes in effect, each after those it stands on.
    pub fn changes(&self) -> Vec<DocChange> {
        match &self.body {
            Body::Empty => Vec::new(),
            Body::Single(change) => vec![(**change).clone()],
            Body::Full(full) => full
                .automerge
                .get_changes(&[])
                .into_iter()
                .filter_map(|inner| DocChange::from_inner(inner).ok())
                .collect(),
        }
    }

    /// Changes that lack a dependency.
    pub fn waiting(&self) -> &[DocChange] {
        match &self.body {
            Body::Full(full) => &full.waiting,
            Body::Empty | Body::Single(_) => &[],
        }
    }

    /// Drops wishes that already hold, and all but the last wish for one register.
    fn effective(&self, puts: &[Put]) -> Vec<Put> {
        let last: BTreeMap<_, _> = puts.iter().map(|put| (put.key.as_str(), put)).collect();
        let holds = |put: &Put| match self.register(&put.key) {
            Some(register) => {
                let beside = register.versions.iter().map(|version| version.change);
                register.value == put.value && beside.eq(put.rivals.iter().copied())
            }
            None => put.value.is_empty(),
        };
        last.into_values().filter(|put| !holds(put)).cloned().collect()
    }

    fn full(&mut self) -> Result<&mut Full, DocumentError> {
        if !matches!(self.body, Body::Full(_)) {
            let (mut automerge, mut places) = (Automerge::new(), Places::new());
            if let Body::Single(change) = &self.body {
                let (doc, hash) = (self.id, change.hash());
                automerge = merge::attempt(&automerge, std::slice::from_ref(&**change))
                    .ok_or(DocumentError::Unusable { doc, change: hash })?;
                places.insert((change.actor(), change.seq()), change.hash());
            }
            self.body = Body::Full(Box::new(Full { automerge, waiting: Vec::new(), places }));
        }
        match &mut self.body {
            Body::Full(full) => Ok(full),
            Body::Empty | Body::Single(_) => unreachable!("the body was made full above"),
        }
    }

    fn bad_change(&self, source: ChangeError) -> DocumentError {
        DocumentError::Change { doc: self.id, source }
    }
}

fn merge_error(doc: DocId, source: automerge::AutomergeError) -> DocumentError {
    DocumentError::Merge { doc, source: Box::new(source) }
}
