//! What a person sees: the page, the timeline and the history of whoever a record is shown as.

use std::collections::BTreeMap;

use crdt::RegisterValue;
use crm::{
    api::args::{ContactArgs, HistoryArgs, TimelineArgs},
    comment::model::Subject,
    contact::{
        self,
        view::{ContactPage, FieldChange, TimelineEntry},
    },
    id::{AtMs, ContactId, InteractionId, TaskId},
    read::ReadContext,
};

use wire::DocId;

use crate::{
    Promise, Worded, World,
    ledger::Entry,
    violation::{broken, must_hold},
    winner::Winners,
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
    /// An acknowledged edit is on the page of the person it is about, whichever record of theirs holds it: as it was
    /// made, or as what came later says.
    pub(crate) fn check_shown(&mut self, place: usize, pages: &mut Pages, winners: &Winners, entry: &Entry) {
        let is_written_over = match &entry.promise {
            Promise::Words { of, text } => self.is_written_over(place, entry.contact, &of.register(), text),
            _ => false,
        };
        let conn = self.nodes[place].conn();
        let Ok((_, id)) = contact::query::canonical(conn, entry.contact) else {
            broken(format!("a person is on no page: {entry:?}"))
        };
        let shown = pages.entry(id).or_insert_with(|| read(conn, id, self.now_ms));
        let due = Due { winners, doc: entry.contact.doc() };
        let is_shown = match &entry.promise {
            Promise::Interaction { id, body } => shown.has_interaction(*id, body, &due),
            Promise::Task { id, title } => shown.has_task(*id, title, &due),
            Promise::Words { of, text } => {
                is_written_over || !due.stands(&of.record()) || shown.words(*of).any(|shown| shown == text)
            }
            Promise::Comment { on, id, body } => {
                let of = match on {
                    Subject::Person => shown.bodies(id.to_string()).collect::<Vec<_>>(),
                    Subject::Interaction(on) => shown.remarks(on.to_string()).collect(),
                    Subject::Task(on) => shown.remarks_on_task(*on).collect(),
                };
                let is_there = of.iter().any(|shown| shown.contains(body));
                let is_about = match on {
                    Subject::Person => true,
                    Subject::Interaction(on) => due.stands(&format!("interaction/{on}")),
                    Subject::Task(on) => due.stands(&format!("task/{on}")),
                };
                if due.stands(&format!("comment/{on}/{id}")) { is_there || !is_about } else { !is_there }
            }
            Promise::Consent { evidence, .. } => {
                shown.page.consents.iter().any(|consent| consent.evidence == *evidence)
            }
            Promise::Field { key, value } => {
                shown.held(key, value.as_deref().unwrap_or_default()) && shown.labels(key, &due)
            }
            Promise::Mark { key, .. } if key == "profile/deletedAt" => {
                let is_in_bin = !due.value("profile/deletedAt").is_empty();
                entry.contact != id || is_in_bin == shown.page.deleted_at_ms.is_some()
            }
            // Seen with what they are about, or in the history of the document alone.
            Promise::Mark { .. } | Promise::TaskDone { .. } => true,
        };
        must_hold(is_shown, || format!("an acknowledged edit is on no page: {entry:?}"));
    }
}

/// What the writes of a record say.
struct Due<'a> {
    winners: &'a Winners,
    doc: DocId,
}

impl Due<'_> {
    fn value(&self, key: &str) -> RegisterValue {
        self.winners.of(self.doc, key)
    }

    fn stands(&self, record: &str) -> bool {
        self.winners.stands(self.doc, record)
    }
}

impl Shown {
    /// Something that happened stands with the words and the pin that its writes say; or nowhere, if it was removed.
    fn has_interaction(&self, id: InteractionId, body: &str, due: &Due<'_>) -> bool {
        let record = format!("interaction/{id}");
        let Some(entry) = self.timeline.iter().find(|entry| entry.interaction == Some(id)) else {
            return !due.stands(&record);
        };
        due.stands(&record)
            && says(&entry.body, due.value(&format!("{record}/body")), body)
            && entry.is_pinned == due.value(&format!("{record}/pinned")).is_true()
    }

    /// Something to do stands with the title and the end that its writes say; or nowhere, if it was removed.
    fn has_task(&self, id: TaskId, title: &str, due: &Due<'_>) -> bool {
        let record = format!("task/{id}");
        let Some(task) = self.page.tasks.iter().find(|task| task.id == id) else {
            return !due.stands(&record);
        };
        due.stands(&record)
            && says(&task.title, due.value(&format!("{record}/title")), title)
            && task.done_at_ms.is_none() == due.value(&format!("{record}/doneAt")).is_empty()
            && task.outcome.as_deref() == due.value(&format!("{record}/outcome")).as_text()
    }

    /// A tag or an interest that the writes of a record say is on the page.
    fn labels(&self, key: &str, due: &Due<'_>) -> bool {
        let labels: Vec<_> = match key.split_once('/') {
            Some(("tag", _)) => self.page.row.tags.iter().map(|tag| tag.id.to_string()).collect(),
            Some(("interest", _)) => self.page.interests.iter().map(|one| one.id.to_string()).collect(),
            _ => return true,
        };
        due.value(key).is_empty() || labels.iter().any(|id| key.ends_with(id))
    }

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

/// What is shown is what was corrected last, or else the first words.
fn says(shown: &str, corrected: RegisterValue, first: &str) -> bool {
    corrected.as_text().map_or_else(|| shown.contains(first), |corrected| shown == corrected)
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
