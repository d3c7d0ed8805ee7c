//! What a person sees: the page, the timeline and the history of whoever a record is shown as.

use std::collections::BTreeMap;

use crm::{
    api::args::{ContactArgs, HistoryArgs, TimelineArgs},
    comment::model::Subject,
    contact::{
        self,
        view::{ContactPage, FieldChange, TimelineEntry},
    },
    id::{AtMs, ContactId, TaskId},
    read::ReadContext,
};

use crate::{
    Promise, Worded, World,
    ledger::Entry,
    violation::{broken, must_hold},
};

/// Entries of a timeline in one answer; nobody in a world has as many.
const ENTRIES: u32 = 500;

/// Everything that the screens say about a person.
pub(crate) struct Shown {
    page: ContactPage,
    timeline: Vec<TimelineEntry>,
    history: Vec<FieldChange>,
}

/// What was read so far, by the person shown.
pub(crate) type Pages = BTreeMap<ContactId, Shown>;

impl World {
    /// An acknowledged edit is on the page of the person it is about, whichever record of theirs holds it.
    pub(crate) fn check_shown(&mut self, place: usize, pages: &mut Pages, entry: &Entry) {
        let is_written_over = match &entry.promise {
            Promise::Words { of, text } => self.is_written_over(place, entry.contact, &of.register(), text),
            _ => false,
        };
        let conn = self.nodes[place].conn();
        let Ok((_, id)) = contact::query::canonical(conn, entry.contact) else {
            broken(format!("a person is on no page: {entry:?}"))
        };
        let shown = pages.entry(id).or_insert_with(|| read(conn, id, self.now_ms));
        let is_shown = match &entry.promise {
            Promise::Interaction { id, body } => {
                let is_reworded = self.ledger.reworded.contains(&id.0);
                self.is_taken_away(id.0)
                    || shown.bodies(id.to_string()).any(|shown| is_reworded || shown.contains(body))
            }
            Promise::Words { of, text } => {
                is_written_over || self.is_taken_away(of.id()) || shown.words(*of).any(|shown| shown == text)
            }
            Promise::Comment { on, id, body } => {
                self.is_taken_away(id.0)
                    || match on {
                        Subject::Person => shown.bodies(id.to_string()).any(|shown| shown.contains(body)),
                        Subject::Interaction(on) => {
                            self.is_taken_away(on.0)
                                || shown.remarks(on.to_string()).any(|shown| shown.contains(body))
                        }
                        Subject::Task(on) => {
                            self.is_taken_away(on.0)
                                || shown.remarks_on_task(*on).any(|shown| shown.contains(body))
                        }
                    }
            }
            Promise::Task { id, title } => {
                self.is_taken_away(id.0)
                    || shown.page.tasks.iter().any(|task| {
                        let is_reworded = self.ledger.reworded.contains(&id.0);
                        task.id == *id && (is_reworded || task.title.contains(title))
                    })
            }
            Promise::Field { key, value } => shown.held(key, value.as_deref().unwrap_or_default()),
            // In the history of the document alone.
            Promise::Flag { .. } | Promise::TaskDone { .. } => true,
        };
        must_hold(is_shown, || format!("an acknowledged edit is on no page: {entry:?}"));
    }

    /// Somebody removed an interaction, task or remark, or took back that it was written.
    fn is_taken_away(&self, id: [u8; 16]) -> bool {
        self.ledger.removed.contains(&id)
            || self.ledger.entries.iter().any(|entry| {
                let of = match &entry.promise {
                    Promise::Interaction { id, .. } => id.0,
                    Promise::Task { id, .. } => id.0,
                    _ => return false,
                };
                of == id && self.ledger.undone.contains(&entry.action)
            })
    }
}

impl Shown {
    fn bodies(&self, key: String) -> impl Iterator<Item = &String> {
        self.timeline.iter().filter(move |entry| entry.key == key).map(|entry| &entry.body)
    }

    /// Every wording that a person can see of something: the one shown, and those that wait beside it.
    fn words(&self, of: Worded) -> impl Iterator<Item = &String> {
        let field = of.field();
        let waiting = self.page.conflicts.iter().filter(move |conflict| conflict.field == field);
        let waiting = waiting.flat_map(|conflict| &conflict.versions).map(|version| &version.value);
        let (bodies, titles) = match of {
            Worded::Interaction(id) => (Some(self.bodies(id.to_string())), None),
            Worded::Task(id) => (None, self.page.tasks.iter().find(|task| task.id == id)),
        };
        waiting.chain(bodies.into_iter().flatten()).chain(titles.map(|task| &task.title))
    }

    fn remarks(&self, key: String) -> impl Iterator<Item = &String> {
        let of = self.timeline.iter().filter(move |entry| entry.key == key);
        of.flat_map(|entry| &entry.comments).map(|comment| &comment.body)
    }

    fn remarks_on_task(&self, task: TaskId) -> impl Iterator<Item = &String> {
        self.page.task_comments.get(&task).into_iter().flatten().map(|comment| &comment.body)
    }

    /// The history names a value of a register.
    fn held(&self, key: &str, value: &str) -> bool {
        let field = match key.split_once('/') {
            Some(("profile" | "point", field)) => field,
            Some((section, _)) => section,
            None => key,
        };
        self.history.iter().any(|change| change.after == value && change.field == field)
    }
}

fn read(conn: &rusqlite::Connection, id: ContactId, now_ms: i64) -> Shown {
    let context = ReadContext { now: AtMs(now_ms), utc_offset_minutes: 420, staff: None, kept: None };
    let page = contact::query::get(conn, &context, ContactArgs { id }).expect("a page");
    let wanted = TimelineArgs { id, kinds: Vec::new(), staff: None, branch: None, offset: 0, limit: ENTRIES };
    let timeline = contact::timeline::timeline(conn, &context, wanted).expect("a timeline").entries;
    let history = contact::history::history(conn, &context, HistoryArgs { id, field: None });
    let history = history.expect("a history").into_iter().map(|view| view.change).collect();
    Shown { page, timeline, history }
}
