//! Taking an action back: a new action that puts `before` where the value still is what the old one wrote. Where
//! another device wrote something else meanwhile, its value stays instead: that was never taken back.

use std::collections::BTreeMap;

use crdt::{Cause, Document, HistoryEntry, Put, Register, RegisterValue};
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
            let plan = plan(&self.document(doc)?, target, action.at);
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
    // Per register: what stood there before the action, and what the action left there.
    let mut spans: BTreeMap<&str, (RegisterValue, &RegisterValue)> = BTreeMap::new();
    for entry in history.iter().filter(is_target) {
        let before = entry.before.first().cloned().unwrap_or(RegisterValue::Empty);
        spans.entry(&entry.key).and_modify(|span| span.1 = &entry.after).or_insert((before, &entry.after));
    }
    let entered = spans.get("profile/createdAt").is_some_and(|span| span.0.is_empty());
    let others_wrote = history.iter().any(|entry| !is_target(&entry));
    if entered && others_wrote && is_worked_with(document, &history, target) {
        return Plan { puts: Vec::new(), skipped: 1 };
    }
    if entered {
        return into_the_bin(document, now);
    }
    let mut plan = Plan { puts: Vec::new(), skipped: 0 };
    for (key, (before, after)) in spans {
        let register = document.register(key);
        let now = register.as_ref().map_or(&RegisterValue::Empty, |register| &register.value);
        if now == after || Mutant::UndoOverLater.is_planted() {
            let rival = register.as_ref().and_then(|register| rival(register, after));
            plan.puts.push(Put::new(key, rival.cloned().unwrap_or(before)));
        } else if *now != before {
            plan.skipped += 1;
        }
    }
    plan
}

/// What another device wrote beside a value without knowing of it; of several the one that would be shown. A write
/// replaces all that its author knows of, so that no more than one can be left standing.
fn rival<'a>(register: &'a Register, value: &RegisterValue) -> Option<&'a RegisterValue> {
    register.versions.iter().map(|version| &version.value).find(|rival| *rival != value)
}

/// Taking back that a person was entered puts the person into the bin with everything that stands of them.
///
/// A desk that was away may have worked with the person meanwhile: cleared registers would hide that work from
/// every screen, while from the bin it can be brought back.
fn into_the_bin(document: &Document, now: AtMs) -> Plan {
    const DELETED_AT: &str = "profile/deletedAt";
    let is_there = document.register(DELETED_AT).is_some_and(|register| !register.value.is_empty());
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
            let now = document.register(&entry.key).map_or(RegisterValue::Empty, |register| register.value);
            !now.is_empty() && now == entry.after
        })
}
