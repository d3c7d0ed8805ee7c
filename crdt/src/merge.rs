//! Merging what others wrote: in which order, what contradicts what is there, and what the merge engine cannot take.
//!
//! Changes come from members whose programs may be faulty. Whatever they hold, a document is either merged or left
//! as it was.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use automerge::Automerge;
use wire::{ActorId, DocId};

use crate::{ChangeHash, DocChange, DocumentError, Put};

/// Changes by their place: the how-manieth of which actor.
pub(crate) type Places = BTreeMap<(ActorId, u64), ChangeHash>;

/// Refuses changes whose place another change has.
pub(crate) fn require_places(
    doc: DocId,
    places: &Places,
    candidates: &[DocChange],
) -> Result<(), DocumentError> {
    let mut claimed = Places::new();
    for change in candidates {
        let place = (change.actor(), change.seq());
        if let Some(known) = places.get(&place).or_else(|| claimed.get(&place)) {
            return Err(DocumentError::Contradiction { doc, known: *known, coming: change.hash() });
        }
        claimed.insert(place, change.hash());
    }
    Ok(())
}

/// Splits changes into those that can be applied, each after what it stands on, and the rest.
///
/// Every change stands on the one before it of its own actor too, whether it says so or not.
pub(crate) fn order_by_dependency(
    mut candidates: Vec<DocChange>,
    is_known: impl Fn(&ChangeHash) -> bool,
    places: &Places,
) -> (Vec<DocChange>, Vec<DocChange>) {
    let mut ready: Vec<DocChange> = Vec::with_capacity(candidates.len());
    let (mut placed, mut reached) = (BTreeSet::new(), BTreeSet::new());
    loop {
        let before = candidates.len();
        let mut rest = Vec::new();
        for change in candidates {
            let follows = change.seq().checked_sub(1).is_some_and(|earlier| {
                let place = (change.actor(), earlier);
                earlier == 0 || places.contains_key(&place) || reached.contains(&place)
            });
            if follows && change.deps().all(|dep| placed.contains(&dep) || is_known(&dep)) {
                placed.insert(change.hash());
                reached.insert((change.actor(), change.seq()));
                ready.push(change);
            } else {
                rest.push(change);
            }
        }
        candidates = rest;
        if candidates.is_empty() || candidates.len() == before {
            return (ready, candidates);
        }
    }
}

/// Applies changes that are ready to a copy. Returns it and the registers that they write.
pub(crate) fn apply(
    doc: DocId,
    automerge: &Automerge,
    ready: &[DocChange],
) -> Result<(Automerge, BTreeSet<String>), DocumentError> {
    if ready.is_empty() {
        return Ok((automerge.clone(), BTreeSet::new()));
    }
    let mut touched = BTreeSet::new();
    for change in ready {
        touched.extend(writes(doc, change)?.into_iter().map(|put| put.key));
    }
    if let Some(next) = attempt(automerge, ready) {
        return Ok((next, touched));
    }
    // One of them is to blame: the first that does not go on top of those before it.
    let culprit = (1..=ready.len()).find(|count| attempt(automerge, &ready[..*count]).is_none());
    let change = ready[culprit.unwrap_or(ready.len()) - 1].hash();
    Err(DocumentError::Unusable { doc, change })
}

/// The registers that a change writes, if it writes registers and nothing else.
pub(crate) fn writes(doc: DocId, change: &DocChange) -> Result<Vec<Put>, DocumentError> {
    contained(|| change.flat_puts()).flatten().ok_or(DocumentError::Unusable { doc, change: change.hash() })
}

/// Applies changes to a copy; nothing if the merge engine cannot take them.
pub(crate) fn attempt(automerge: &Automerge, changes: &[DocChange]) -> Option<Automerge> {
    contained(|| {
        let mut next = automerge.clone();
        next.apply_changes(changes.iter().map(|change| change.inner().clone())).ok()?;
        Some(next)
    })
    .flatten()
}

/// The merge engine asserts where a change contradicts itself; a member's faulty change must not end this program.
/// Nothing is kept of what was under way.
fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
