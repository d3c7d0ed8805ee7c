//! A person's timeline: what happened, and what was changed, grouped by action.

use std::collections::BTreeMap;

use rusqlite::Connection;
use wire::DeviceId;

use super::{
    history::{by_action, change_of, entries, field_of},
    query::{canonical, members},
    view::TimelineEntry,
};
use crate::{
    api::args::{Timeline, TimelineArgs},
    definition::query::{device_of_actor, device_ref, staff_ref},
    id::{ActionId, AtMs, BranchId, ContactId, InteractionId, StaffId},
    interaction::{model::Comment, view::CommentView},
    read::{ReadContext, ReadError},
    store::change_log,
};

/// From then on a record that arrives from elsewhere counts as late.
const LATE_MS: i64 = 60 * 60 * 1_000;
const LIMIT_MAX: usize = 500;

/// A stretch of a timeline: pinned entries first, then newest first.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn timeline(conn: &Connection, _: &ReadContext, args: TimelineArgs) -> Result<Timeline, ReadError> {
    let (no, id) = canonical(conn, args.id)?;
    let wants = |kind: &str| args.kinds.is_empty() || args.kinds.iter().any(|wanted| wanted == kind);
    let mut all = interactions(conn, no, &written(conn, id)?)?;
    all.retain(|entry| wants(&entry.kind));
    if wants("change") || wants("created") {
        all.extend(changes(conn, id)?.into_iter().filter(|entry| wants(&entry.kind)));
    }
    if let Some(staff) = args.staff {
        all.retain(|entry| entry.staff.as_ref().is_some_and(|known| known.id == staff));
    }
    all.sort_by(|a, b| {
        let rank = |entry: &TimelineEntry| (!entry.is_pinned, std::cmp::Reverse(entry.happened_at_ms));
        rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
    });
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let limit = (args.limit as usize).clamp(1, LIMIT_MAX);
    let entries = all.into_iter().skip(args.offset as usize).take(limit).collect();
    Ok(Timeline { total, entries })
}

/// How each interaction came to be here: its action, and whether it came late.
struct Written {
    action: ActionId,
    is_late: bool,
}

fn written(conn: &Connection, id: ContactId) -> Result<BTreeMap<String, Written>, ReadError> {
    let mut arrived = BTreeMap::new();
    for member in members(conn, id)? {
        for (hash, at, is_local) in change_log::arrivals(conn, member.doc())? {
            arrived.insert(hash, (at, is_local));
        }
    }
    let mut found = BTreeMap::new();
    for entry in entries(conn, id)? {
        let (Some(stamp), Some(key)) = (entry.stamp, entry.key.strip_prefix("interaction/")) else {
            continue;
        };
        if key.contains('/') {
            continue;
        }
        let is_late = arrived
            .get(&entry.change)
            .is_some_and(|(at, is_local)| !is_local && at.0 - (stamp.time.wall_ms() as i64) > LATE_MS);
        found.insert(key.to_owned(), Written { action: stamp.action.into(), is_late });
    }
    Ok(found)
}

fn interactions(
    conn: &Connection,
    no: i64,
    written: &BTreeMap<String, Written>,
) -> Result<Vec<TimelineEntry>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, kind, happened_at_ms, recorded_at_ms, staff, device, branch, direction, outcome, body, is_pinned,
           comments FROM interaction WHERE contact = ?1",
    )?;
    let mut rows = statement.query([no])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = InteractionId(row.get(0)?);
        let staff: Option<[u8; 16]> = row.get(4)?;
        let device: Option<[u8; 16]> = row.get(5)?;
        let comments: String = row.get(11)?;
        let known = written.get(&id.to_string());
        found.push(TimelineEntry {
            key: id.to_string(),
            kind: row.get(1)?,
            interaction: Some(id),
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
            comments: comment_views(conn, &comments)?,
            changes: Vec::new(),
            action: known.map(|known| known.action),
        });
    }
    Ok(found)
}

fn comment_views(conn: &Connection, json: &str) -> Result<Vec<CommentView>, ReadError> {
    let stored: Vec<(String, Comment)> = serde_json::from_str(json).unwrap_or_default();
    let mut views = Vec::with_capacity(stored.len());
    for (id, comment) in stored {
        let Ok(id) = id.parse() else { continue };
        views.push(CommentView {
            id,
            staff: comment.staff.map(|id| staff_ref(conn, id)).transpose()?.flatten(),
            at_ms: comment.at_ms,
            body: comment.body,
            mentions: comment.mentions,
        });
    }
    views.sort_by_key(|view| view.at_ms);
    Ok(views)
}

fn changes(conn: &Connection, id: ContactId) -> Result<Vec<TimelineEntry>, ReadError> {
    let mut found = Vec::new();
    for (action, group) in by_action(entries(conn, id)?) {
        let Some(first) = group.first() else { continue };
        let Some(stamp) = first.stamp else { continue };
        let changes: Vec<_> =
            group.iter().filter_map(|entry| Some(change_of(field_of(&entry.key)?, entry))).collect();
        if changes.is_empty() {
            continue;
        }
        let is_created = changes.iter().any(|change| change.field == "createdAt" && change.before.is_empty());
        let at = AtMs(stamp.time.wall_ms() as i64);
        found.push(TimelineEntry {
            key: ActionId::from(action).to_string(),
            kind: if is_created { "created" } else { "change" }.to_owned(),
            interaction: None,
            happened_at_ms: at,
            recorded_at_ms: at,
            staff: staff_ref(conn, stamp.staff.into())?,
            device: device_of_actor(conn, first.actor)?,
            branch: None,
            direction: None,
            outcome: None,
            body: String::new(),
            is_pinned: false,
            is_late: false,
            comments: Vec::new(),
            changes: changes.into_iter().filter(|change| change.field != "createdAt").collect(),
            action: Some(action.into()),
        });
    }
    Ok(found)
}
