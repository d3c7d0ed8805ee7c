//! Taking an action back: a new action that puts `before` where the value still is what the old one wrote. Where
//! another device wrote something else meanwhile, its value stays instead: that was never taken back. Values that
//! waited for a choice wait again. What would leave nothing by which a person is known stays.

use std::collections::{BTreeMap, BTreeSet};

use crdt::{Cause, ChangeHash, Document, HistoryEntry, Put, RegisterValue, Standing, Version};
use rusqlite::Transaction;

use super::{Acted, Action, EditError, Engine};
use crate::{
    edit::UndoDone,
    id::{ActionId, AtMs},
    mutant::Mutant,
    store::{StoreError, change_log},
};

/// What undoing would do to one document.
struct Plan {
    puts: Vec<Put>,
    skipped: u32,
}

impl Engine {
    /// Takes an action back, wherever its values still stand. Later edits of others stay and are counted.
    ///
    /// A person whom the action entered goes into the bin; one whom others have worked with since stays altogether.
    ///
    /// # Errors
    /// [`EditError`] if the role does not allow it or the disk refuses.
    pub fn undo(&mut self, target: ActionId, action: Action) -> Result<(UndoDone, Acted), EditError> {
        let docs = change_log::docs_of_action(&self.conn, target)?;
        self.undo_in(target, action, &docs, |_| Ok(()))
    }

    /// Whether nobody has written over anything that an action wrote: it would be taken back as a whole.
    ///
    /// # Errors
    /// [`EditError::Engine`] if the log cannot be read.
    pub fn stands_whole(&mut self, target: ActionId, docs: &[wire::DocId]) -> Result<bool, EditError> {
        for doc in docs.iter().copied() {
            if plan(&self.document(doc)?, target, AtMs(0)).skipped > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes an action back in some of its documents, and writes whatever `also` writes, in one commit: what touched
    /// very many is taken back part by part. A part that was taken back already has nothing to do.
    ///
    /// # Errors
    /// [`EditError`] as for [`Engine::undo`].
    pub fn undo_in(
        &mut self,
        target: ActionId,
        action: Action,
        docs: &[wire::DocId],
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(UndoDone, Acted), EditError> {
        let action = Action { cause: Cause::UNDO, ..action };
        let (mut writes, mut restored, mut skipped) = (Vec::new(), 0, 0);
        for doc in docs.iter().copied() {
            if !self.author.role.may_write(doc.kind) {
                return Err(EditError::NotAllowed);
            }
            let document = self.document(doc)?;
            let mut plan = plan(&document, target, action.at);
            plan.skipped += self.keep_known(&document, &mut plan.puts)?;
            restored += u32::try_from(plan.puts.len()).unwrap_or(u32::MAX);
            skipped += plan.skipped;
            if !plan.puts.is_empty() {
                writes.push((doc, plan.puts));
            }
        }
        let acted = self.write(action, writes, also)?;
        let id = (!acted.docs.is_empty()).then_some(action.id);
        Ok((UndoDone { action: id, restored, skipped, job: None }, acted))
    }
}

fn plan(document: &Document, target: ActionId, now: AtMs) -> Plan {
    let history = document.history();
    let is_target =
        |entry: &&HistoryEntry| entry.stamp.is_some_and(|stamp| ActionId::from(stamp.action) == target);
    let mut spans: BTreeMap<&str, Span<'_>> = BTreeMap::new();
    for entry in history.iter().filter(is_target) {
        let first = || Span { before: &entry.before, after: &entry.after, changes: BTreeSet::new() };
        let span = spans.entry(&entry.key).or_insert_with(first);
        span.after = &entry.after;
        span.changes.insert(entry.change);
    }
    let entered = spans.get("profile/createdAt").is_some_and(|span| span.shown_before().is_empty());
    let others_wrote = history.iter().any(|entry| !is_target(&entry));
    if entered && others_wrote && is_worked_with(document, &history, target) {
        return Plan { puts: Vec::new(), skipped: 1 };
    }
    if entered {
        return into_the_bin(document, now);
    }
    let mut plan = Plan { puts: Vec::new(), skipped: 0 };
    for (key, span) in spans {
        match span.taken_back(key, &document.standing(key)) {
            Some(put) => plan.puts.push(put),
            None => plan.skipped += u32::from(document.shown(key) != *span.shown_before()),
        }
    }
    plan
}

/// What an action did to one register.
struct Span<'a> {
    /// What stood there before it, the value shown first.
    before: &'a [Version],
    /// What it left there.
    after: &'a RegisterValue,
    /// The changes by which it did so.
    changes: BTreeSet<ChangeHash>,
}

impl Span<'_> {
    fn shown_before(&self) -> &RegisterValue {
        self.before.first().map_or(&RegisterValue::Empty, |version| &version.value)
    }

    /// What puts things right where these writes stand: what stood before, or what other devices wrote beside it
    /// without knowing of it. Where that disagrees it waits for a choice, as it did.
    ///
    /// Nothing if somebody wrote over the action since.
    fn taken_back(&self, key: &str, standing: &[Standing]) -> Option<Put> {
        let is_shown = standing.first().map_or(&RegisterValue::Empty, Standing::value) == self.after;
        let (own, others): (Vec<_>, Vec<_>) =
            standing.iter().partition(|write| self.changes.contains(&write.change));
        if !is_shown && own.is_empty() {
            return Mutant::UndoOverLater.is_planted().then(|| Put::again(key, self.before));
        }
        let beside: Vec<_> = others
            .into_iter()
            .flat_map(|write| &write.versions)
            .filter(|version| version.value != *self.after)
            .cloned()
            .collect();
        let mut put = Put::again(key, if beside.is_empty() { self.before } else { &beside });
        if Mutant::UndoChooses.is_planted() {
            put.rivals.clear();
        }
        Some(put)
    }
}

/// Taking back that a person was entered puts the person into the bin with everything that stands of them.
///
/// A desk that was away may have worked with the person meanwhile: cleared registers would hide that work from
/// every screen, while from the bin it can be brought back.
fn into_the_bin(document: &Document, now: AtMs) -> Plan {
    const DELETED_AT: &str = "profile/deletedAt";
    let is_there = !document.shown(DELETED_AT).is_empty();
    let puts = if is_there { Vec::new() } else { vec![Put::new(DELETED_AT, now.0)] };
    Plan { puts, skipped: 0 }
}

/// Whether something that another action wrote still stands: what was itself taken back does not count.
fn is_worked_with(document: &Document, history: &[HistoryEntry], target: ActionId) -> bool {
    history
        .iter()
        .filter(|entry| entry.stamp.is_none_or(|stamp| ActionId::from(stamp.action) != target))
        .filter(|entry| entry.stamp.is_none_or(|stamp| stamp.cause != Cause::UNDO))
        .any(|entry| {
            let now = document.shown(&entry.key);
            !now.is_empty() && now == entry.after
        })
}
