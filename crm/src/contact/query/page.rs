//! A person's page.

use std::collections::BTreeMap;

use formats::phone::format_national;
use rusqlite::Connection;

use super::{canonical, contact_ref, contact_row, rows};
use crate::{
    api::args::ContactArgs,
    conflict,
    contact::view::{ConsentView, ContactPage, ContactRef, FieldView, PointView, RelationView},
    duplicate,
    id::{AtMs, ContactId},
    read::{ReadContext, ReadError},
    task,
};

/// Everything on a person's page but the timeline. A merged record's page is that of the person it belongs to.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn get(conn: &Connection, _: &ReadContext, args: ContactArgs) -> Result<ContactPage, ReadError> {
    let (no, id) = canonical(conn, args.id)?;
    let conflicts = conflict::query::of_contact(conn, no)?;
    let is_conflicted = |field: &str| conflicts.iter().any(|conflict| conflict.field == field);
    let deleted: Option<i64> = conn
        .prepare_cached("SELECT deleted_at_ms FROM contact WHERE no = ?1")?
        .query_row([no], |row| row.get(0))?;
    Ok(ContactPage {
        row: contact_row(conn, no)?,
        fields: fields(conn, no, &is_conflicted)?,
        points: points(conn, no, &is_conflicted)?,
        interests: rows::interests(conn, no)?,
        consents: consents(conn, no)?,
        relations: relations(conn, no, id)?,
        tasks: task::query::of_contact(conn, no)?,
        task_comments: crate::contact::timeline::task_comments(conn, no, id)?,
        duplicates: duplicate::query::of_contact(conn, id)?,
        merged: merged(conn, id)?,
        deleted_at_ms: deleted.map(AtMs),
        timeline_counts: timeline_counts(conn, no)?,
        conflicts,
    })
}

fn fields(
    conn: &Connection,
    no: i64,
    is_conflicted: &impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, FieldView>, ReadError> {
    let mut values = crate::contact::table::row::values_of_row(conn, no)?;
    let mut statement = conn.prepare_cached("SELECT field, value FROM contact_field WHERE contact = ?1")?;
    let others = statement.query_map([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for other in others {
        let (field, value) = other?;
        values.insert(field, value);
    }
    Ok(values
        .into_iter()
        .map(|(field, value)| {
            let is_conflicted = is_conflicted(&field);
            (field, FieldView { value, is_conflicted })
        })
        .collect())
}

fn points(
    conn: &Connection,
    no: i64,
    is_conflicted: &impl Fn(&str) -> bool,
) -> Result<Vec<PointView>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT field, kind, value, raw, is_valid FROM contact_point WHERE contact = ?1
         ORDER BY CASE kind WHEN 'phone' THEN 0 WHEN 'email' THEN 1 WHEN 'zalo' THEN 2 ELSE 3 END,
           field NOT LIKE '%.1', field",
    )?;
    let found = statement.query_map([no], |row| {
        let (kind, value): (String, String) = (row.get(1)?, row.get(2)?);
        let display = if kind == "phone" { format_national(&value) } else { value.clone() };
        Ok(PointView {
            field: row.get(0)?,
            kind,
            display,
            value,
            raw: row.get(3)?,
            is_valid: row.get(4)?,
            is_conflicted: false,
        })
    })?;
    let mut views = found.collect::<Result<Vec<_>, _>>()?;
    for view in &mut views {
        view.is_conflicted = is_conflicted(&view.field);
    }
    Ok(views)
}

fn consents(conn: &Connection, no: i64) -> Result<Vec<ConsentView>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT purpose, channel, is_granted, at_ms, evidence FROM consent WHERE contact = ?1
         ORDER BY at_ms DESC, id DESC",
    )?;
    let rows = statement.query_map([no], |row| {
        Ok(ConsentView {
            purpose: row.get(0)?,
            channel: row.get(1)?,
            is_granted: row.get(2)?,
            at_ms: AtMs(row.get(3)?),
            evidence: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What others are to this person: links written here, and those written at the other person turned round.
fn relations(conn: &Connection, no: i64, id: ContactId) -> Result<Vec<RelationView>, ReadError> {
    let mut found: Vec<(String, ContactId)> = Vec::new();
    let mut statement = conn.prepare_cached("SELECT kind, other FROM relation WHERE contact = ?1")?;
    for row in statement.query_map([no], |row| Ok((row.get(0)?, ContactId(row.get(1)?))))? {
        found.push(row?);
    }
    let mut statement = conn.prepare_cached(
        "SELECT relation.kind, contact.id FROM relation JOIN contact ON contact.no = relation.contact
         WHERE relation.other = ?1 AND contact.deleted_at_ms IS NULL",
    )?;
    // A link to a record is a link to the person, whichever record it is.
    for member in super::members(conn, id)? {
        let links =
            statement.query_map([member.0], |row| Ok((row.get::<_, String>(0)?, ContactId(row.get(1)?))))?;
        for link in links {
            let (kind, other) = link?;
            let kind = match kind.as_str() {
                "guardian" => "child",
                "referredBy" => "referred",
                other => other,
            };
            found.push((kind.to_owned(), other));
        }
    }
    found.sort();
    found.dedup();
    let mut views = Vec::new();
    for (kind, other) in found {
        let Ok((_, shown)) = canonical(conn, other) else { continue };
        if let Some(contact) = contact_ref(conn, shown)? {
            views.push(RelationView { kind, contact });
        }
    }
    Ok(views)
}

fn merged(conn: &Connection, id: ContactId) -> Result<Vec<ContactRef>, ReadError> {
    let mut refs = Vec::new();
    for member in super::members(conn, id)?.into_iter().filter(|member| *member != id) {
        refs.extend(contact_ref(conn, member)?);
    }
    Ok(refs)
}

fn timeline_counts(conn: &Connection, no: i64) -> Result<BTreeMap<String, u32>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT kind, count(*) FROM interaction WHERE contact = ?1 GROUP BY kind
         UNION ALL SELECT 'comment', count(*) FROM comment WHERE contact = ?1 AND about = 'person' HAVING count(*) > 0",
    )?;
    let rows = statement.query_map([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
