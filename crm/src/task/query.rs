//! Tasks and the Today screen.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use rusqlite::{Connection, Row};

use super::view::{BirthdayView, TaskView, TodayView};
use crate::{
    api::args::{TaskListArgs, TodayArgs},
    comment,
    contact::{query::contact_ref, view::ContactRef},
    id::{AtMs, ContactId, StaffId, TaskId},
    read::{ReadContext, ReadError},
};

const COLUMNS: &str = "task.id, contact.id, task.kind, task.title, task.due_at_ms, task.owner, task.repeat,
  task.outcome, task.done_at_ms, (SELECT count(*) FROM comment
    WHERE comment.contact = task.contact AND comment.about = 'task' AND comment.about_id = task.id)";
const FROM: &str = "task JOIN contact ON contact.no = task.contact
  WHERE contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL";
const LIST_MAX: u32 = 200;
/// Tasks of one part of the day at most, however often one asks for more.
const TODAY_MAX: u32 = 5_000;

struct Raw {
    contact: ContactId,
    view: TaskView,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let contact = ContactId(row.get(1)?);
    let nobody =
        ContactRef { id: contact, full_name: String::new(), kind: String::new(), phone: None, branch: None };
    let view = TaskView {
        id: TaskId(row.get(0)?),
        contact: nobody,
        kind: row.get(2)?,
        title: row.get(3)?,
        due_at_ms: row.get::<_, Option<i64>>(4)?.map(AtMs),
        owner: row.get::<_, Option<[u8; 16]>>(5)?.map(StaffId),
        repeat: row.get(6)?,
        outcome: row.get(7)?,
        done_at_ms: row.get::<_, Option<i64>>(8)?.map(AtMs),
        comment_count: row.get(9)?,
    };
    Ok(Raw { contact, view })
}

fn tasks(conn: &Connection, tail: &str, params: impl rusqlite::Params) -> Result<Vec<TaskView>, ReadError> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM {FROM} {tail}"))?;
    let found = statement.query_map(params, read)?.collect::<Result<Vec<_>, _>>()?;
    let mut views = Vec::with_capacity(found.len());
    for mut raw in found {
        if let Some(contact) = contact_ref(conn, raw.contact)? {
            raw.view.contact = contact;
            views.push(raw.view);
        }
    }
    Ok(views)
}

/// Tasks of one person: open ones by due time, then those done, newest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn of_contact(conn: &Connection, no: i64) -> Result<Vec<TaskView>, ReadError> {
    let tail = "AND task.contact = ?1 ORDER BY task.done_at_ms IS NOT NULL, task.done_at_ms DESC,
      task.due_at_ms IS NULL, task.due_at_ms, task.id";
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM task JOIN contact ON contact.no = task.contact WHERE 1 {tail}"
    ))?;
    let found = statement.query_map([no], read)?.collect::<Result<Vec<_>, _>>()?;
    let mut views = Vec::new();
    for mut raw in found {
        if let Some(contact) = contact_ref(conn, raw.contact)? {
            raw.view.contact = contact;
            views.push(raw.view);
        }
    }
    Ok(views)
}

/// A stretch of tasks, of one member of staff or of all.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn list(conn: &Connection, _: &ReadContext, args: TaskListArgs) -> Result<Vec<TaskView>, ReadError> {
    let order = if args.is_done { "task.done_at_ms DESC" } else { "task.due_at_ms IS NULL, task.due_at_ms" };
    let tail = format!(
        "AND (?1 IS NULL OR task.owner = ?1) AND (task.done_at_ms IS NOT NULL) = ?2
         ORDER BY {order}, task.id LIMIT ?3 OFFSET ?4"
    );
    let owner = args.owner.map(|id| id.0);
    tasks(conn, &tail, (owner, args.is_done, args.limit.clamp(1, LIST_MAX), args.offset))
}

/// The Today screen: what is overdue comes first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn today(conn: &Connection, context: &ReadContext, args: TodayArgs) -> Result<TodayView, ReadError> {
    let day = local_day(context);
    let (start, end) = (day_start_ms(day, context), day_start_ms(day + Days::new(1), context));
    let week_end = day_start_ms(day + Days::new(8), context);
    let owner = context.staff.map(|id| id.0);
    let open = "AND task.done_at_ms IS NULL AND (?1 IS NULL OR task.owner IS NULL OR task.owner = ?1)
      AND task.due_at_ms >= ?2 AND task.due_at_ms < ?3";
    let limit = if args.limit == 0 { LIST_MAX } else { args.limit.min(TODAY_MAX) };
    let part = |from: i64, to: i64| -> Result<(Vec<TaskView>, u32), ReadError> {
        let tail = format!("{open} ORDER BY task.due_at_ms, task.id LIMIT {limit}");
        let found = tasks(conn, &tail, (owner, from, to))?;
        // What came whole need not be counted.
        let total = match u32::try_from(found.len()) {
            Ok(some) if some < limit => some,
            _ => count(conn, &format!("SELECT count(*) FROM {FROM} {open}"), (owner, from, to))?,
        };
        Ok((found, total))
    };
    let now_or_start = start.min(context.now.0);
    let (overdue, overdue_total) = part(i64::MIN, now_or_start)?;
    let (due_today, due_today_total) = part(now_or_start, end)?;
    let (upcoming, upcoming_total) = part(end, week_end)?;
    let yesterday = day_start_ms(day - Days::new(1), context);
    let shown = "merged_into IS NULL AND deleted_at_ms IS NULL";
    let without = format!(
        "{shown} AND kind = 'lead' AND (status IS NULL OR status NOT IN ('lost', 'ended')) AND next_step_at_ms IS NULL
         AND (?1 IS NULL OR owner = ?1)"
    );
    Ok(TodayView {
        overdue,
        due_today,
        upcoming,
        overdue_total,
        due_today_total,
        upcoming_total,
        birthdays: birthdays(conn, day)?,
        new_contacts: refs(
            conn,
            &format!(
                "SELECT id FROM contact WHERE {shown} AND created_at_ms >= ?1 ORDER BY created_at_ms DESC LIMIT 20"
            ),
            [yesterday],
        )?,
        new_contacts_total: count(
            conn,
            &format!("SELECT count(*) FROM contact WHERE {shown} AND created_at_ms >= ?1"),
            [yesterday],
        )?,
        without_next_step: refs(
            conn,
            &format!(
                "SELECT id FROM contact WHERE {without} ORDER BY ifnull(last_interaction_at_ms, 0), no LIMIT 20"
            ),
            [owner],
        )?,
        without_next_step_total: count(
            conn,
            &format!("SELECT count(*) FROM contact WHERE {without}"),
            [owner],
        )?,
        mentions: comment::query::mentions(conn, context)?,
    })
}

fn local_day(context: &ReadContext) -> NaiveDate {
    let local_ms = context.now.0 + i64::from(context.utc_offset_minutes) * 60_000;
    DateTime::<Utc>::from_timestamp_millis(local_ms).unwrap_or_default().date_naive()
}

fn day_start_ms(day: NaiveDate, context: &ReadContext) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    midnight - i64::from(context.utc_offset_minutes) * 60_000
}

fn birthdays(conn: &Connection, today: NaiveDate) -> Result<Vec<BirthdayView>, ReadError> {
    let mut views = Vec::new();
    for ahead in 0..=7 {
        let day = today + Days::new(ahead);
        let mut dates = vec![day.format("%m-%d").to_string()];
        // Who was born on 29 February celebrates a day earlier in other years.
        if dates[0] == "02-28" && !day.leap_year() {
            dates.push("02-29".to_owned());
        }
        for date in dates {
            let mut statement = conn.prepare_cached(
                "SELECT id, birth_on FROM contact WHERE birthday = ?1 AND merged_into IS NULL
                   AND deleted_at_ms IS NULL ORDER BY name_sort LIMIT 50",
            )?;
            let rows = statement
                .query_map([date], |row| Ok((ContactId(row.get(0)?), row.get::<_, String>(1)?)))?
                .collect::<Result<Vec<_>, _>>()?;
            for (id, birth_on) in rows {
                let year: i32 = birth_on.get(..4).and_then(|year| year.parse().ok()).unwrap_or(day.year());
                if let Some(contact) = contact_ref(conn, id)? {
                    let age = u32::try_from(day.year() - year).unwrap_or(0);
                    views.push(BirthdayView { contact, on: day.to_string(), age });
                }
            }
        }
    }
    Ok(views)
}

fn refs(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<ContactRef>, ReadError> {
    let mut statement = conn.prepare_cached(sql)?;
    let ids =
        statement.query_map(params, |row| Ok(ContactId(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
    let mut refs = Vec::new();
    for id in ids {
        refs.extend(contact_ref(conn, id)?);
    }
    Ok(refs)
}

fn count(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<u32, ReadError> {
    Ok(conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}
