//! Actions that touch too many people for one commit: carried out part by part under one action, so that neither
//! memory nor the writer is held for long, and taken back as one.
//!
//! While such work goes on, a record of it stands in the database. A start that finds one takes the action back to
//! its end: what was begun by a run that was cut off is done for all or for nobody.

use crdt::Cause;
use rusqlite::Transaction;
use wire::DocId;

use super::{ApiError, App, JobContext, changed, workspace};
use crate::{
    api::args::{BulkArgs, BulkChange, BulkDone, Done, NoArgs},
    bulk,
    contact::query,
    edit::UndoDone,
    engine::{Acted, Action, EditError},
    id::{ActionId, ContactId, TaskId},
    import,
    io::now,
    job::{PartsDone, TakenBack},
    read::ReadError,
    store::{StoreError, change_log, setting},
};

/// Documents in one commit.
const PART_DOCS: usize = 1_000;
const UNFINISHED: &str = "unfinished.";
const TAKEN_BACK: &str = "takenBack.";

/// An action that must be taken back if the program ends before the work at it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unfinished {
    target: ActionId,
    undo: ActionId,
    /// How many people were to be changed; none of an undo, which goes on to its end and is not told.
    people: Option<u32>,
}

impl Unfinished {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (target, undo) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some(Self { target, undo, people: words.next().and_then(|count| count.parse().ok()) })
    }

    fn key(self) -> String {
        format!("{UNFINISHED}{}", self.target)
    }

    fn put(self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let people = self.people.map(|count| format!(" {count}")).unwrap_or_default();
        setting::put(tx, &self.key(), &format!("{} {}{people}", self.target, self.undo))
    }

    fn remove(self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        setting::remove(tx, &self.key())
    }

    /// Keeps the record from the first part on until the last one.
    fn keep(self, tx: &Transaction<'_>, part: usize, parts: usize) -> Result<(), StoreError> {
        if part + 1 >= parts {
            self.remove(tx)
        } else if part == 0 {
            self.put(tx)
        } else {
            Ok(())
        }
    }
}

impl App {
    /// Does one thing to many people, as one action; a job when they are very many.
    ///
    /// # Errors
    /// [`ApiError`] if it is refused for anybody; then nobody was changed.
    pub fn bulk(&self, args: BulkArgs) -> Result<BulkDone, ApiError> {
        let ids = self.read(|conn, context| bulk::ids(conn, context, &args.selection))?;
        if ids.len() > PART_DOCS {
            let started = self.start_job("bulk", move |app, job| app.bulk_in_parts(&ids, &args.change, job));
            return Ok(BulkDone { action: None, count: 0, job: Some(started.job) });
        }
        let action = workspace::new_action(Cause::PERSON);
        let (acted, count) = self.bulk_part(action, &ids, &args.change, |_| Ok(()))?;
        self.announce(acted.changed);
        self.wake_sync();
        Ok(BulkDone { action: (count > 0).then_some(action.id), count, job: None })
    }

    fn bulk_in_parts(
        &self,
        ids: &[ContactId],
        change: &BulkChange,
        job: &JobContext,
    ) -> Result<&'static str, ApiError> {
        let action = workspace::new_action(Cause::PERSON);
        let (undo, people) = (workspace::new_action(Cause::UNDO).id, Some(in_all(ids.len())));
        let record = Unfinished { target: action.id, undo, people };
        let (parts, mut count) = (ids.len().div_ceil(PART_DOCS), 0);
        for (at, part) in ids.chunks(PART_DOCS).enumerate() {
            if job.is_stopping() {
                self.take_back(record, Some(job))?;
                return Ok("cancelled");
            }
            match self.bulk_part(action, part, change, |tx| record.keep(tx, at, parts)) {
                Ok((_, changed)) => count += changed,
                Err(refused) => {
                    // Nobody shall stand changed. What cannot be taken back now is taken back at the next start.
                    if let Err(error) = self.take_back(record, Some(job)) {
                        tracing::warn!(%error, "a refused action is taken back later");
                    }
                    return Err(refused);
                }
            }
            job.progress(in_all((at + 1) * PART_DOCS).min(in_all(ids.len())), in_all(ids.len()));
        }
        job.did(PartsDone { action: (count > 0).then_some(action.id), count, skipped: 0 });
        self.wake_sync();
        Ok("done")
    }

    fn bulk_part(
        &self,
        action: Action,
        ids: &[ContactId],
        change: &BulkChange,
        also: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(Acted, u32), ApiError> {
        let fresh = std::iter::repeat_with(|| TaskId(workspace::fresh_id()));
        let edits = bulk::edits(ids, change, fresh);
        self.write(|replica| {
            let acted = replica.engine.act_with(action, &edits, also)?;
            let count = people(replica.engine.conn(), &acted.docs)?;
            Ok((acted, count))
        })
    }

    /// Takes an action back; a job when it touched very much.
    ///
    /// # Errors
    /// [`ApiError`] if the role does not allow it or the disk refuses.
    pub fn undo(&self, args: crate::api::args::ActionArgs) -> Result<UndoDone, ApiError> {
        if let Some(done) = self.undo_private_view(args.action)? {
            return Ok(done);
        }
        let docs = self.read(|conn, _| change_log::docs_of_action(conn, args.action))?;
        if docs.len() > PART_DOCS {
            let started = self.start_job("undo", move |app, job| app.undo_in_parts(args.action, job));
            return Ok(UndoDone { action: None, restored: 0, skipped: 0, job: Some(started.job) });
        }
        let action = workspace::new_action(Cause::UNDO);
        let (done, acted) = self.write(|replica| Ok(replica.engine.undo(args.action, action)?))?;
        self.announce(acted.changed);
        self.wake_sync();
        Ok(done)
    }

    /// Takes a large action back part by part, however often the program ends meanwhile.
    ///
    /// # Errors
    /// [`ApiError`] if the role does not allow it or the disk refuses; the next start goes on.
    pub fn undo_in_parts(&self, target: ActionId, job: &JobContext) -> Result<&'static str, ApiError> {
        let record = Unfinished { target, undo: workspace::new_action(Cause::UNDO).id, people: None };
        let done = self.take_back(record, Some(job))?;
        job.did(PartsDone { action: done.action, count: done.restored, skipped: done.skipped });
        self.wake_sync();
        Ok("done")
    }

    fn take_back(&self, record: Unfinished, job: Option<&JobContext>) -> Result<UndoDone, ApiError> {
        let docs = self.read(|conn, _| change_log::docs_of_action(conn, record.target))?;
        self.write(|replica| {
            let role = replica.engine.author().role;
            if docs.iter().all(|doc| role.may_write(doc.kind)) {
                Ok(())
            } else {
                Err(EditError::NotAllowed.into())
            }
        })?;
        let action = Action { id: record.undo, at: now(), cause: Cause::UNDO, new_space: None };
        let mut sum = UndoDone { action: None, restored: 0, skipped: 0, job: None };
        let parts = docs.len().div_ceil(PART_DOCS);
        if docs.is_empty() {
            import::run::transact(self, |tx| record.remove(tx))?;
        }
        for (at, part) in docs.chunks(PART_DOCS).enumerate() {
            let (done, _) = self.write(|replica| {
                let keep = |tx: &Transaction<'_>| record.keep(tx, at, parts);
                Ok(replica.engine.undo_in(record.target, action, part, keep)?)
            })?;
            sum.action = sum.action.or(done.action);
            sum.restored = sum.restored.saturating_add(done.restored);
            sum.skipped = sum.skipped.saturating_add(done.skipped);
            if let Some(job) = job {
                job.progress(in_all((at + 1) * PART_DOCS).min(in_all(docs.len())), in_all(docs.len()));
            }
        }
        Ok(sum)
    }

    /// Takes back what the last run of the program began and did not end. Called when the device was opened.
    pub(super) fn take_back_unfinished(&self) {
        let found = self.read(|conn, _| setting::values_under(conn, UNFINISHED));
        let records: Vec<_> =
            found.unwrap_or_default().iter().filter_map(|text| Unfinished::read(text)).collect();
        if records.is_empty() {
            return;
        }
        self.start_job("undo", move |app, job| {
            for record in records {
                app.tell_taken_back(record)?;
                let done = app.take_back(record, Some(job))?;
                tracing::info!(restored = done.restored, "an action that was cut off was taken back");
                import::run::note_undone(app, record.target)?;
            }
            app.wake_sync();
            Ok("done")
        });
        self.announce(vec![changed("job")]);
    }
}

impl App {
    /// Notes what people are told of an action that was cut off. Before it is taken back: else an end of the program
    /// right afterwards would leave it untold.
    fn tell_taken_back(&self, record: Unfinished) -> Result<(), ApiError> {
        let Some(total) = record.people else { return Ok(()) };
        let (action, at_ms) = (record.target, now());
        let done = self.read(|conn, _| -> Result<u32, ReadError> {
            people(conn, &change_log::docs_of_action(conn, action)?)
        })?;
        let told = TakenBack { action, done, total, at_ms };
        let text = serde_json::to_string(&told).map_err(|error| ApiError::new("internal", error))?;
        import::run::transact(self, |tx| setting::put(tx, &format!("{TAKEN_BACK}{action}"), &text))
    }

    /// Changes to very many people that were cut off and taken back, until somebody has read of them.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn taken_back(&self, _: NoArgs) -> Result<Vec<TakenBack>, ApiError> {
        let found = self.read(|conn, _| setting::values_under(conn, TAKEN_BACK))?;
        Ok(found.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
    }

    /// Somebody has read of what was taken back.
    ///
    /// # Errors
    /// [`ApiError`] if the database refuses.
    pub fn forget_taken_back(&self, args: NoArgs) -> Result<Done, ApiError> {
        let told = self.taken_back(args)?;
        import::run::transact(self, |tx| {
            told.iter().try_for_each(|told| setting::remove(tx, &format!("{TAKEN_BACK}{}", told.action)))
        })?;
        self.announce(vec![changed("job")]);
        Ok(Done {})
    }
}

/// How many people the documents of contacts stand for: records that were merged are one.
fn people(conn: &rusqlite::Connection, docs: &[DocId]) -> Result<u32, ReadError> {
    let mut shown = std::collections::BTreeSet::new();
    for doc in docs.iter().filter(|doc| doc.kind == wire::DocKind::CONTACT) {
        let id = ContactId(doc.key);
        shown.insert(match query::canonical(conn, id) {
            Ok((_, shown)) => shown,
            Err(ReadError::NotFound) => id,
            Err(error) => return Err(error),
        });
    }
    Ok(in_all(shown.len()))
}

fn in_all(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
