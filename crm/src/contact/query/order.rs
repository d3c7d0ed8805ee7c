//! The order of a view: one scan gives who is in it, in which order, and in which groups.
//!
//! Filters are written so that the scan reads one index, `contact_by_name`, from end to end: its cost does not
//! depend on what is asked.

use std::{collections::BTreeSet, sync::Arc};

use rusqlite::{Connection, params_from_iter, types::Value};

use super::search;
use crate::{
    contact::filter_sql::{Condition, compile},
    filter::{Sort, ViewSpec},
    read::{Ordered, ReadContext, ReadError},
};

const SHOWN: &str = "merged_into IS NULL AND deleted_at_ms IS NULL";
/// Found people are looked up one by one below this number; above it, all are passed by.
const LOOKED_UP_MAX: usize = 2_000;
/// How long an order may serve though the clock goes on: rules speak of days.
const MINUTE_MS: i64 = 60_000;

/// Who is in a view, in its order, from memory if that still holds.
pub(super) fn ordered(
    conn: &Connection,
    context: &ReadContext,
    view: &ViewSpec,
) -> Result<Arc<Ordered>, ReadError> {
    view.check()?;
    let Some(kept) = &context.kept else { return Ok(Arc::new(scan(conn, context, view)?)) };
    let name = name(context, view);
    if let Some(order) = kept.get(conn, &name)? {
        return Ok(order);
    }
    let order = Arc::new(scan(conn, context, view)?);
    kept.put(conn, name, Arc::clone(&order))?;
    Ok(order)
}

/// Everything on which an order depends, but for what the database holds.
fn name(context: &ReadContext, view: &ViewSpec) -> String {
    let ViewSpec { filter, search, sort, group_by, columns: _ } = view;
    let minute = context.now.0.div_euclid(MINUTE_MS);
    format!(
        "{filter:?} {:?} {sort:?} {group_by:?} {:?} {minute} {}",
        search.trim(),
        context.staff,
        context.utc_offset_minutes
    )
}

/// How the database goes about a view, for tests: its scan must not read rows.
///
/// # Errors
/// [`ReadError::BadArgument`] if the view is not acceptable.
#[doc(hidden)]
pub fn plan(conn: &Connection, context: &ReadContext, view: &ViewSpec) -> Result<Vec<String>, ReadError> {
    let question = question(conn, context, view)?;
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", question.condition.sql))?;
    let steps = statement.query_map(params_from_iter(&question.condition.values), |row| row.get(3))?;
    Ok(steps.collect::<Result<_, _>>()?)
}

/// What is asked of the database.
struct Question {
    /// The whole statement.
    condition: Condition,
    is_grouped: bool,
    /// Only these are wanted; everybody who fits when there are none.
    wanted: Option<BTreeSet<i64>>,
}

fn question(conn: &Connection, context: &ReadContext, view: &ViewSpec) -> Result<Question, ReadError> {
    let order = order(view)?;
    let group = view.group_by.as_deref().map(group_column).transpose()?;
    let Condition { mut sql, mut values } = compile(&view.filter, context)?;
    let mut wanted = None;
    if !view.search.trim().is_empty() {
        let found = search::everyone(conn, &view.search)?;
        if found.len() <= LOOKED_UP_MAX {
            sql = format!("({sql}) AND no IN (SELECT value FROM json_each(?))");
            let numbers: Vec<_> = found.iter().map(i64::to_string).collect();
            values.push(Value::Text(format!("[{}]", numbers.join(","))));
        } else {
            wanted = Some(found.into_iter().collect());
        }
    }
    let column = group.map(|column| format!(", {column}")).unwrap_or_default();
    let sql = format!("SELECT no{column} FROM contact WHERE {SHOWN} AND ({sql}) ORDER BY {order}");
    Ok(Question { condition: Condition { sql, values }, is_grouped: group.is_some(), wanted })
}

fn scan(conn: &Connection, context: &ReadContext, view: &ViewSpec) -> Result<Ordered, ReadError> {
    let Question { condition, is_grouped, wanted } = question(conn, context, view)?;
    let mut statement = conn.prepare_cached(&condition.sql)?;
    let mut rows = statement.query(params_from_iter(&condition.values))?;
    let mut ordered = Ordered::default();
    while let Some(row) = rows.next()? {
        let no = row.get(0)?;
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&no)) {
            continue;
        }
        ordered.numbers.push(no);
        if is_grouped {
            let value: Value = row.get(1)?;
            match ordered.groups.last_mut() {
                Some((last, count)) if *last == value => *count += 1,
                _ => ordered.groups.push((value, 1)),
            }
        }
    }
    Ok(ordered)
}

fn group_column(field: &str) -> Result<&'static str, ReadError> {
    ["status", "branch", "owner", "source", "level", "kind", "school"]
        .into_iter()
        .find(|column| *column == field)
        .ok_or(ReadError::BadArgument { what: "groupBy" })
}

/// By what a column is ordered: statuses follow the life cycle, branches and staff their names, words the Vietnamese
/// alphabet.
fn key(column: &str) -> String {
    match column {
        "status" => "instr('new contacted trial active paused ended lost', status)".to_owned(),
        "kind" => "instr('lead student guardian other', kind)".to_owned(),
        "branch" | "owner" => {
            format!(
                "alphabet((SELECT named.name FROM definition AS named WHERE named.id = contact.{column}))"
            )
        }
        "source" | "level" | "school" => format!("alphabet({column})"),
        _ => column.to_owned(),
    }
}

/// People without a value come last; values that stand alike are kept together.
fn group_order(column: &str) -> String {
    format!("{column} IS NULL, {}, {column}", key(column))
}

fn order(view: &ViewSpec) -> Result<String, ReadError> {
    let mut parts = Vec::new();
    if let Some(field) = &view.group_by {
        let column = group_column(field)?;
        parts.push(group_order(column));
    }
    for Sort { field, is_descending } in view.sort.iter().take(4) {
        let column = match field.as_str() {
            "fullName" => "name_sort",
            "createdAt" => "created_at_ms",
            "updatedAt" => "updated_at_ms",
            "statusSince" => "status_since_ms",
            "lastInteractionAt" => "last_interaction_at_ms",
            "nextStepAt" => "next_step_at_ms",
            "birthOn" => "birth_on",
            "status" | "kind" | "source" | "level" | "school" | "phone" | "email" | "branch" | "owner" => {
                field
            }
            _ => return Err(ReadError::BadArgument { what: "sort" }),
        };
        let direction = if *is_descending { " DESC" } else { "" };
        let nulls = if column == "name_sort" { String::new() } else { format!("{column} IS NULL, ") };
        parts.push(format!("{nulls}{}{direction}", key(column)));
    }
    if !view.sort.iter().any(|sort| sort.field == "fullName") {
        parts.push("name_sort".to_owned());
    }
    // Either way through the names is a way through their index.
    let is_upwards = view.sort.last().is_some_and(|sort| sort.field == "fullName" && sort.is_descending);
    parts.push(if is_upwards { "no DESC" } else { "no" }.to_owned());
    Ok(parts.join(", "))
}
