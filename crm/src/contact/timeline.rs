//! A person's timeline: what happened, and what was changed, like changes grouped.

use std::collections::BTreeMap;

use crdt::{ChangeHash, HistoryEntry, Stamp};
use rusqlite::Connection;
use wire::{ActorId, DeviceId};

use super::{
    history::{by_action, cause_word, change_of, entries},
    query::{canonical, members},
    view::{FieldChange, TimelineEntry, TimelineStep},
};
use crate::{
    api::args::{Timeline, TimelineArgs},
    bounds::{self, KINDS_MAX},
    comment::{
        self,
        model::{Comment, Subject},
        view::CommentView,
    },
    definition::{
        model::Content,
        query::{content, device_of_actor, device_ref, staff_ref},
    },
    id::{ActionId, AtMs, BranchId, ContactId, InteractionId, StaffId, TaskId},
    read::{ReadContext, ReadError},
    store::change_log,
};

/// From then on a record that arrives from elsewhere counts as late.
const LATE_MS: i64 = 60 * 60 * 1_000;
/// Changes with no more than this between them stand in one line.
const GROUP_MS: i64 = 10 * 60 * 1_000;
const LIMIT_MAX: usize = 500;

/// A stretch of a timeline: pinned entries first, then newest first.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn timeline(conn: &Connection, _: &ReadContext, args: TimelineArgs) -> Result<Timeline, ReadError> {
    bounds::at_most("kinds", KINDS_MAX, args.kinds.len())?;
    let (no, id) = canonical(conn, args.id)?;
    let wants = |kind: &str| args.kinds.is_empty() || args.kinds.iter().any(|wanted| wanted == kind);
    let history = entries(conn, id)?;
    let arrivals = Arrivals::of(conn, id)?;
    let authors = authors(&history);
    let mut all = happened(conn, no, &written(&history, &arrivals))?;
    all.retain(|entry| wants(&entry.kind));
    if wants("change") || wants("created") {
        all.extend(changes(conn, history, &arrivals)?.into_iter().filter(|entry| wants(&entry.kind)));
    }
    if let Some(branch) = args.branch {
        all.retain(|entry| entry.branch == Some(branch));
    }
    if let Some(staff) = args.staff {
        all.retain(|entry| entry.staff.as_ref().is_some_and(|known| known.id == staff));
    }
    all.sort_by(|a, b| {
        let rank = |entry: &TimelineEntry| (!entry.is_pinned, std::cmp::Reverse(entry.happened_at_ms));
        rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
    });
    let all = grouped(all, &authors);
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let limit = (args.limit as usize).clamp(1, LIMIT_MAX);
    let entries = all.into_iter().skip(args.offset as usize).take(limit).collect();
    Ok(Timeline { total, entries })
}

/// Changes that one person made on one device shortly after each other, nothing else between, as one line.
fn grouped(entries: Vec<TimelineEntry>, authors: &Authors) -> Vec<TimelineEntry> {
    let mut lines: Vec<TimelineEntry> = Vec::with_capacity(entries.len());
    // The moment of the oldest change in the last line.
    let mut oldest = AtMs(0);
    for entry in entries {
        let at = entry.happened_at_ms;
        match lines.last_mut() {
            Some(line) if belongs(line, &entry, authors) && oldest.0.saturating_sub(at.0) <= GROUP_MS => {
                if line.steps.is_empty() {
                    let first = step_of(line);
                    line.steps.extend(first);
                }
                line.steps.splice(0..0, step_of(&entry));
                line.actions += entry.actions;
                line.action = None;
                line.changes.splice(0..0, entry.changes);
            }
            _ => lines.push(entry),
        }
        oldest = at;
    }
    lines
}

fn step_of(entry: &TimelineEntry) -> Option<TimelineStep> {
    let action = entry.action?;
    Some(TimelineStep { action, at_ms: entry.happened_at_ms, changes: entry.changes.clone() })
}

fn belongs(line: &TimelineEntry, entry: &TimelineEntry, authors: &Authors) -> bool {
    line.kind == "change"
        && entry.kind == "change"
        && authors.get(&line.key) == authors.get(&entry.key)
        && (&line.cause, line.is_late) == (&entry.cause, entry.is_late)
}

/// Who made each action, in whose name and as which actor, by the key of its entry.
type Authors = BTreeMap<String, (crdt::StaffId, ActorId)>;

fn authors(history: &[HistoryEntry]) -> Authors {
    let author = |entry: &HistoryEntry| {
        let stamp = entry.stamp?;
        Some((ActionId::from(stamp.action).to_string(), (stamp.staff, entry.actor)))
    };
    history.iter().filter_map(author).collect()
}

/// How each interaction, and each remark under one, came to be here: its action, and whether it came late.
struct Written {
    action: ActionId,
    actor: ActorId,
    is_late: bool,
}

/// When each change of a person's records came to this device, and whether it was made here.
struct Arrivals(BTreeMap<ChangeHash, (AtMs, bool)>);

impl Arrivals {
    fn of(conn: &Connection, id: ContactId) -> Result<Self, ReadError> {
        let mut arrived = BTreeMap::new();
        for member in members(conn, id)? {
            for (hash, at, is_local) in change_log::arrivals(conn, member.doc())? {
                arrived.insert(hash, (at, is_local));
            }
        }
        Ok(Self(arrived))
    }

    fn is_late(&self, entry: &HistoryEntry, stamp: Stamp) -> bool {
        self.0
            .get(&entry.change)
            .is_some_and(|(at, is_local)| !is_local && at.0 - (stamp.time.wall_ms() as i64) > LATE_MS)
    }
}

fn written(history: &[HistoryEntry], arrivals: &Arrivals) -> BTreeMap<String, Written> {
    let mut found = BTreeMap::new();
    for entry in history {
        let (Some(stamp), Some((section, name))) = (entry.stamp, entry.key.split_once('/')) else { continue };
        let key = match (section, name.rsplit_once('/')) {
            ("interaction", None) => name,
            ("comment", Some((_, comment))) => comment,
            _ => continue,
        };
        let is_late = arrivals.is_late(entry, stamp);
        let written = Written { action: stamp.action.into(), actor: entry.actor, is_late };
        found.insert(key.to_owned(), written);
    }
    found
}

/// What happened, and what was remarked about the person.
fn happened(
    conn: &Connection,
    no: i64,
    written: &BTreeMap<String, Written>,
) -> Result<Vec<TimelineEntry>, ReadError> {
    let (mut about_person, mut about_interactions) = (Vec::new(), Remarks::new());
    for comment in comment::query::of_contact(conn, no)? {
        let about = comment.about;
        let view = comment_view(conn, comment, written)?;
        match about {
            Subject::Person => about_person.push(view),
            Subject::Interaction(id) => about_interactions.entry(id).or_default().push(view),
            Subject::Task(_) => {}
        }
    }
    let mut found = interactions(conn, no, written, about_interactions)?;
    for remark in about_person {
        found.push(remark_entry(conn, remark, written)?);
    }
    Ok(found)
}

/// Remarks by the interaction under which they stand.
type Remarks = BTreeMap<InteractionId, Vec<CommentView>>;

fn interactions(
    conn: &Connection,
    no: i64,
    written: &BTreeMap<String, Written>,
    mut remarks: Remarks,
) -> Result<Vec<TimelineEntry>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, kind, happened_at_ms, recorded_at_ms, staff, device, branch, direction, outcome, body, is_pinned
         FROM interaction WHERE contact = ?1",
    )?;
    let mut rows = statement.query([no])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = InteractionId(row.get(0)?);
        let staff: Option<[u8; 16]> = row.get(4)?;
        let device: Option<[u8; 16]> = row.get(5)?;
        let known = written.get(&id.to_string());
        found.push(TimelineEntry {
            key: id.to_string(),
            kind: row.get(1)?,
            interaction: Some(id),
            comment: None,
            happened_at_ms: AtMs(row.get(2)?),
            recorded_at_ms: AtMs(row.get(3)?),
            staff: staff.map(|id| staff_ref(conn, StaffId(id))).transpose()?.flatten(),
            device: device.map(|id| device_ref(conn, DeviceId(id))).transpose()?.flatten(),
            branch: row.get::<_, Option<[u8; 16]>>(6)?.map(BranchId),
            direction: row.get(7)?,
            outcome: row.get(8)?,
            body: row.get(9)?,
            is_pinned: row.get(10)?,
            is_late: known.is_some_and(|known| known.is_late),
            comments: remarks.remove(&id).unwrap_or_default(),
            changes: Vec::new(),
            actions: 0,
            steps: Vec::new(),
            cause: None,
            action: known.map(|known| known.action),
        });
    }
    Ok(found)
}

fn remark_entry(
    conn: &Connection,
    remark: CommentView,
    written: &BTreeMap<String, Written>,
) -> Result<TimelineEntry, ReadError> {
    let known = written.get(&remark.id.to_string());
    let device = known.map(|known| device_of_actor(conn, known.actor)).transpose()?.flatten();
    let branch = remark.staff.as_ref().map(|staff| branch_of(conn, staff.id)).transpose()?.flatten();
    Ok(TimelineEntry {
        key: remark.id.to_string(),
        kind: "comment".to_owned(),
        interaction: None,
        comment: Some(remark.id),
        happened_at_ms: remark.at_ms,
        recorded_at_ms: remark.at_ms,
        staff: remark.staff,
        device,
        branch,
        direction: None,
        outcome: None,
        body: remark.body,
        is_pinned: false,
        is_late: remark.is_late,
        comments: Vec::new(),
        changes: Vec::new(),
        actions: 0,
        steps: Vec::new(),
        cause: None,
        action: known.map(|known| known.action),
    })
}

/// Remarks about a person's tasks, oldest first.
pub(super) fn task_comments(
    conn: &Connection,
    no: i64,
    id: ContactId,
) -> Result<BTreeMap<TaskId, Vec<CommentView>>, ReadError> {
    let mut comments = comment::query::of_contact(conn, no)?;
    comments.retain(|comment| matches!(comment.about, Subject::Task(_)));
    let mut found: BTreeMap<TaskId, Vec<CommentView>> = BTreeMap::new();
    if comments.is_empty() {
        return Ok(found);
    }
    let written = written(&entries(conn, id)?, &Arrivals::of(conn, id)?);
    for comment in comments {
        if let Subject::Task(task) = comment.about {
            found.entry(task).or_default().push(comment_view(conn, comment, &written)?);
        }
    }
    Ok(found)
}

fn comment_view(
    conn: &Connection,
    Comment { id, record, .. }: Comment,
    written: &BTreeMap<String, Written>,
) -> Result<CommentView, ReadError> {
    Ok(CommentView {
        id,
        is_late: written.get(&id.to_string()).is_some_and(|known| known.is_late),
        staff: record.staff.map(|id| staff_ref(conn, id)).transpose()?.flatten(),
        at_ms: record.at_ms,
        body: record.body,
        mentions: record.mentions,
    })
}

/// A remark stands in the timeline by itself until it is taken away.
fn is_no_entry(change: &FieldChange) -> bool {
    change.field != "comment" || change.after.is_empty()
}

fn changes(
    conn: &Connection,
    history: Vec<HistoryEntry>,
    arrivals: &Arrivals,
) -> Result<Vec<TimelineEntry>, ReadError> {
    let mut found = Vec::new();
    for (action, group) in by_action(history) {
        let Some(first) = group.first() else { continue };
        let Some(stamp) = first.stamp else { continue };
        let mut changes = Vec::new();
        for entry in &group {
            changes.extend(change_of(conn, entry)?.filter(is_no_entry));
        }
        if changes.is_empty() {
            continue;
        }
        let is_created = changes.iter().any(|change| change.field == "createdAt" && change.before.is_empty());
        let at = AtMs(stamp.time.wall_ms() as i64);
        found.push(TimelineEntry {
            key: ActionId::from(action).to_string(),
            kind: if is_created { "created" } else { "change" }.to_owned(),
            interaction: None,
            comment: None,
            happened_at_ms: at,
            recorded_at_ms: at,
            staff: staff_ref(conn, stamp.staff.into())?,
            device: device_of_actor(conn, first.actor)?,
            branch: branch_of(conn, stamp.staff.into())?,
            direction: None,
            outcome: None,
            body: String::new(),
            is_pinned: false,
            is_late: arrivals.is_late(first, stamp),
            comments: Vec::new(),
            changes: changes.into_iter().filter(|change| change.field != "createdAt").collect(),
            actions: 1,
            steps: Vec::new(),
            cause: Some(cause_word(stamp.cause).to_owned()),
            action: Some(action.into()),
        });
    }
    Ok(found)
}

/// The branch at which a member of staff works.
fn branch_of(conn: &Connection, staff: StaffId) -> Result<Option<BranchId>, ReadError> {
    Ok(match content(conn, staff.into())? {
        Some(Content::Staff { branch, .. }) => branch,
        _ => None,
    })
}
