//! Pairs who may be one person, as screens need them.

use rusqlite::Connection;

use crate::{
    api::args::{Count, NoArgs, PageArgs},
    contact::{
        home,
        query::{canonical, contact_ref, contact_row},
        view::{DuplicateRef, DuplicateView},
    },
    id::ContactId,
    read::{ReadContext, ReadError},
};

/// Nobody has declared the two of a pair different. Who was merged or lies in the bin stands in no pair.
const IS_OPEN: &str = "NOT EXISTS (SELECT 1 FROM contact_link AS link WHERE link.kind = 'apart'
    AND ((link.source = duplicate.left_id AND link.target = duplicate.right_id)
      OR (link.source = duplicate.right_id AND link.target = duplicate.left_id)))";

/// Open pairs with their people.
const OPEN: &str =
    "duplicate JOIN contact AS a ON a.id = duplicate.left_id JOIN contact AS b ON b.id = duplicate.right_id";

/// A stretch of all open pairs.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn list(conn: &Connection, _: &ReadContext, args: PageArgs) -> Result<Vec<DuplicateView>, ReadError> {
    let limit = if args.limit == 0 { 50 } else { args.limit.min(500) };
    let sql = format!(
        "SELECT a.no, b.no, duplicate.score, duplicate.reasons, a.created_at_ms <= b.created_at_ms,
           duplicate.left_id, duplicate.right_id FROM {OPEN} WHERE {IS_OPEN}
         ORDER BY duplicate.score DESC, duplicate.left_id, duplicate.right_id LIMIT ?1 OFFSET ?2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement
        .query_map((limit, args.offset), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, u32>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, bool>(4)?,
                (ContactId(row.get(5)?), ContactId(row.get(6)?)),
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut views = Vec::with_capacity(found.len());
    for (a, b, score, reasons, is_first, (left_id, right_id)) in found {
        let (first, second) = if is_first { (a, b) } else { (b, a) };
        views.push(DuplicateView {
            left: contact_row(conn, first)?,
            right: contact_row(conn, second)?,
            reasons: reasons.split(' ').map(str::to_owned).collect(),
            score,
            can_merge: home::share_space(conn, left_id, right_id)?,
        });
    }
    Ok(views)
}

/// How many open pairs there are.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn count(conn: &Connection, _: &ReadContext, _: NoArgs) -> Result<Count, ReadError> {
    let sql = format!("SELECT count(*) FROM duplicate WHERE {IS_OPEN}");
    Ok(Count { count: conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))? })
}

/// Who may be the same as one person.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn of_contact(conn: &Connection, id: ContactId) -> Result<Vec<DuplicateRef>, ReadError> {
    let (_, id) = canonical(conn, id)?;
    let sql = format!(
        "SELECT CASE WHEN duplicate.left_id = ?1 THEN duplicate.right_id ELSE duplicate.left_id END
         FROM {OPEN} WHERE {IS_OPEN} AND (duplicate.left_id = ?1 OR duplicate.right_id = ?1) ORDER BY duplicate.score DESC LIMIT 10"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let ids =
        statement.query_map([id.0], |row| Ok(ContactId(row.get(0)?)))?.collect::<Result<Vec<_>, _>>()?;
    let mut refs = Vec::new();
    for other in ids {
        if let Some(contact) = contact_ref(conn, other)? {
            refs.push(DuplicateRef { contact, can_merge: home::share_space(conn, id, other)? });
        }
    }
    Ok(refs)
}
