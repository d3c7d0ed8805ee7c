//! Lists: which people, in which order, grouped how.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, types::Value};

use super::{contact_rows, order::ordered};
use crate::{
    api::args::{ListArgs, PageArgs},
    contact::view::{BinList, BinRow, ContactList, GroupCount},
    filter::ViewSpec,
    id::{AtMs, ContactId, DefinitionId},
    read::{ReadContext, ReadError},
};

/// People in one answer at most.
const LIMIT_MAX: u32 = 500;

/// A stretch of a list.
///
/// # Errors
/// [`ReadError::BadArgument`] if the view is not acceptable.
pub fn list(conn: &Connection, context: &ReadContext, args: ListArgs) -> Result<ContactList, ReadError> {
    let order = ordered(conn, context, &args.view)?;
    let from = (args.offset as usize).min(order.numbers.len());
    let to = from.saturating_add(args.limit.min(LIMIT_MAX) as usize).min(order.numbers.len());
    Ok(ContactList {
        total: order.numbers.len() as u32,
        offset: args.offset,
        rows: contact_rows(conn, &order.numbers[from..to], &args.view.columns)?,
        groups: order.groups.iter().map(group).collect(),
    })
}

fn group((value, count): &(Value, u32)) -> GroupCount {
    let value = match value {
        Value::Text(text) => Some(text.clone()),
        Value::Blob(bytes) => DefinitionId::from_slice(bytes).map(|id| id.to_string()),
        _ => None,
    };
    GroupCount { value, count: *count }
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
    let order = ordered(conn, context, view)?;
    let mut statement = conn.prepare_cached("SELECT id FROM contact WHERE no = ?1")?;
    let mut id = |no: &i64| statement.query_row([no], |row| Ok(ContactId(row.get(0)?)));
    Ok(order.numbers.iter().map(&mut id).collect::<Result<_, _>>()?)
}

/// How many people a view shows besides these.
///
/// # Errors
/// [`ReadError::BadArgument`] if the view is not acceptable.
pub fn count(
    conn: &Connection,
    context: &ReadContext,
    view: &ViewSpec,
    except: &[ContactId],
) -> Result<u32, ReadError> {
    let order = ordered(conn, context, view)?;
    let mut statement = conn.prepare_cached("SELECT no FROM contact WHERE id = ?1")?;
    let mut left_out = BTreeSet::new();
    for id in except {
        left_out.extend(statement.query_row([id.0], |row| row.get::<_, i64>(0)).optional()?);
    }
    let left_out = order.numbers.iter().filter(|no| left_out.contains(no)).count();
    Ok((order.numbers.len() - left_out) as u32)
}

/// People in the bin, newest first.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn bin(conn: &Connection, context: &ReadContext, args: PageArgs) -> Result<BinList, ReadError> {
    const REST_MS: i64 = 30 * 86_400_000;
    let since = context.now.0 - REST_MS;
    let limit = if args.limit == 0 { 50 } else { args.limit.min(LIMIT_MAX) };
    let where_deleted = "deleted_at_ms > ?1 AND merged_into IS NULL";
    let total = conn
        .prepare_cached(&format!("SELECT count(*) FROM contact WHERE {where_deleted}"))?
        .query_row([since], |row| row.get(0))?;
    let mut statement = conn.prepare_cached(&format!(
        "SELECT no, deleted_at_ms FROM contact WHERE {where_deleted}
         ORDER BY deleted_at_ms DESC, no LIMIT ?2 OFFSET ?3"
    ))?;
    let found =
        statement.query_map((since, limit, args.offset), |row| Ok((row.get(0)?, AtMs(row.get(1)?))))?;
    let found: Vec<(i64, AtMs)> = found.collect::<Result<_, _>>()?;
    let mut rows = Vec::with_capacity(found.len());
    for (no, deleted_at_ms) in found {
        rows.extend(contact_rows(conn, &[no], &[])?.into_iter().map(|row| BinRow { row, deleted_at_ms }));
    }
    Ok(BinList { total, offset: args.offset, rows })
}
