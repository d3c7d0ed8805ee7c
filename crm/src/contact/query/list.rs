//! Lists: which people, in which order, grouped how.

use rusqlite::{Connection, params_from_iter, types::Value};

use super::{contact_rows, search};
use crate::{
    api::args::{ListArgs, PageArgs},
    contact::{
        filter_sql::{Condition, compile},
        view::{ContactList, GroupCount},
    },
    filter::{Sort, ViewSpec},
    id::ContactId,
    read::{ReadContext, ReadError},
};

/// People in one answer at most.
const LIMIT_MAX: u32 = 500;
const SHOWN: &str = "merged_into IS NULL AND deleted_at_ms IS NULL";

/// A stretch of a list.
///
/// # Errors
/// [`ReadError::BadArgument`] if the view is not acceptable.
pub fn list(conn: &Connection, context: &ReadContext, args: ListArgs) -> Result<ContactList, ReadError> {
    let condition = condition(conn, context, &args.view)?;
    let total: u32 = {
        let sql = format!("SELECT count(*) FROM contact WHERE {}", condition.sql);
        conn.prepare_cached(&sql)?.query_row(params_from_iter(&condition.values), |row| row.get(0))?
    };
    let groups = groups(conn, &args.view, &condition)?;
    let order = order(&args.view)?;
    let sql = format!("SELECT no FROM contact WHERE {} ORDER BY {order} LIMIT ? OFFSET ?", condition.sql);
    let mut values = condition.values;
    values.push(Value::Integer(i64::from(args.limit.min(LIMIT_MAX))));
    values.push(Value::Integer(i64::from(args.offset)));
    let numbers = numbers(conn, &sql, &values)?;
    let with_custom = args.view.columns.iter().any(|column| column.starts_with("custom."));
    Ok(ContactList { total, offset: args.offset, rows: contact_rows(conn, &numbers, with_custom)?, groups })
}

/// Everybody whom a view shows, in its order.
///
/// # Errors
/// [`ReadError::BadArgument`] if the view is not acceptable.
pub fn matching(
    conn: &Connection,
    context: &ReadContext,
    view: &ViewSpec,
) -> Result<Vec<ContactId>, ReadError> {
    let condition = condition(conn, context, view)?;
    let sql = format!("SELECT id FROM contact WHERE {} ORDER BY {}", condition.sql, order(view)?);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&condition.values), |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// People in the bin, newest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn bin(conn: &Connection, context: &ReadContext, args: PageArgs) -> Result<ContactList, ReadError> {
    const REST_MS: i64 = 30 * 86_400_000;
    let since = context.now.0 - REST_MS;
    let limit = if args.limit == 0 { 50 } else { args.limit.min(LIMIT_MAX) };
    let where_deleted = "deleted_at_ms > ?1 AND merged_into IS NULL";
    let total = conn
        .prepare_cached(&format!("SELECT count(*) FROM contact WHERE {where_deleted}"))?
        .query_row([since], |row| row.get(0))?;
    let sql = format!(
        "SELECT no FROM contact WHERE {where_deleted} ORDER BY deleted_at_ms DESC, no LIMIT ?2 OFFSET ?3"
    );
    let values = [Value::Integer(since), Value::Integer(limit.into()), Value::Integer(args.offset.into())];
    let numbers = numbers(conn, &sql, &values)?;
    let rows = contact_rows(conn, &numbers, false)?;
    Ok(ContactList { total, offset: args.offset, rows, groups: Vec::new() })
}

fn numbers(conn: &Connection, sql: &str, values: &[Value]) -> Result<Vec<i64>, ReadError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn condition(conn: &Connection, context: &ReadContext, view: &ViewSpec) -> Result<Condition, ReadError> {
    let filter = compile(&view.filter, context)?;
    let mut values = filter.values;
    let mut sql = format!("{SHOWN} AND ({})", filter.sql);
    if !view.search.trim().is_empty() {
        let found = search::numbers_of(conn, &view.search, usize::MAX)?;
        let marks: Vec<String> = found.iter().map(i64::to_string).collect();
        // Row numbers of our own, never typed text.
        sql.push_str(&format!(" AND no IN ({})", marks.join(",")));
    }
    values.shrink_to_fit();
    Ok(Condition { sql, values })
}

fn groups(conn: &Connection, view: &ViewSpec, condition: &Condition) -> Result<Vec<GroupCount>, ReadError> {
    let Some(field) = &view.group_by else { return Ok(Vec::new()) };
    let column = group_column(field)?;
    let sql = format!(
        "SELECT {column}, count(*) FROM contact WHERE {} GROUP BY {column} ORDER BY {}",
        condition.sql,
        group_order(column)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&condition.values), |row| {
        let value = match row.get::<_, Value>(0)? {
            Value::Text(text) => Some(text),
            Value::Blob(bytes) => crate::id::DefinitionId::from_slice(&bytes).map(|id| id.to_string()),
            _ => None,
        };
        Ok(GroupCount { value, count: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn group_column(field: &str) -> Result<&'static str, ReadError> {
    ["status", "branch", "owner", "source", "level", "kind", "school"]
        .into_iter()
        .find(|column| *column == field)
        .ok_or(ReadError::BadArgument { what: "groupBy" })
}

/// Statuses follow the life cycle; other groups their value. People without one come last.
fn group_order(column: &str) -> String {
    if column == "status" {
        "status IS NULL, instr('new contacted trial active paused ended lost', status), status".to_owned()
    } else {
        format!("{column} IS NULL, {column}")
    }
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
        parts.push(format!("{nulls}{column}{direction}"));
    }
    if !view.sort.iter().any(|sort| sort.field == "fullName") {
        parts.push("name_sort".to_owned());
    }
    parts.push("no".to_owned());
    Ok(parts.join(", "))
}
