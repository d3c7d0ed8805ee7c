//! Who is listed under what.

use std::collections::{BTreeMap, BTreeSet};

use crdt::seal::{EpochKey, IndexKey};
use formats::{email::parse_email, phone::parse_phone};
use rusqlite::{Connection, OptionalExtension};
use wire::{DocId, DocKind};

use super::{
    model::{Generation, PointHash},
    view::ElsewhereHint,
};
use crate::{
    api::args::HintArgs,
    bounds::{self, SEARCH_CHARS_MAX},
    contact::field::PointKind,
    definition,
    id::{BranchId, ContactId},
    read::{ReadContext, ReadError},
    store::{StoreError, change_log, key},
};

/// The greatest generation of a person under every hash under which they ever were listed.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn of_person(conn: &Connection, id: ContactId) -> Result<BTreeMap<PointHash, Generation>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT hash, max(generation) FROM listing WHERE person = ?1 GROUP BY hash")?;
    let rows = statement.query_map([id.0], |row| Ok((PointHash(row.get(0)?), row.get::<_, i64>(1)?)))?;
    let mut known = BTreeMap::new();
    for row in rows {
        let (hash, number) = row?;
        known.insert(hash, Generation::new(number).unwrap_or_default());
    }
    Ok(known)
}

/// At which branches somebody whom this device does not hold has the phone or e-mail, by branch.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn elsewhere(
    conn: &Connection,
    _: &ReadContext,
    args: HintArgs,
) -> Result<Vec<ElsewhereHint>, ReadError> {
    // Nobody has such a number or address; the edit will say that it is too long.
    let typed = [&args.phone, &args.email];
    if typed.into_iter().any(|text| bounds::text("search", text, SEARCH_CHARS_MAX).is_err()) {
        return Ok(Vec::new());
    }
    let Some(index_key) = index_key(conn)? else { return Ok(Vec::new()) };
    let phone = parse_phone(&args.phone).map(|number| number.as_str().to_owned());
    let points = [("phone", PointKind::Phone, phone), ("email", PointKind::Email, parse_email(&args.email))];
    let mut found: BTreeMap<Option<BranchId>, BTreeSet<&str>> = BTreeMap::new();
    for (reason, kind, value) in points {
        for branch in branches(conn, &index_key, kind, &value.unwrap_or_default())? {
            found.entry(branch).or_default().insert(reason);
        }
    }
    let hint = |(branch, reasons): (_, BTreeSet<&str>)| ElsewhereHint {
        branch,
        reasons: reasons.into_iter().map(str::to_owned).collect(),
    };
    Ok(found.into_iter().map(hint).collect())
}

/// At which branches somebody whom this device does not hold has a phone or e-mail; none for people without one.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn branches(
    conn: &Connection,
    key: &IndexKey,
    kind: PointKind,
    value: &str,
) -> Result<BTreeSet<Option<BranchId>>, StoreError> {
    let mut found = BTreeSet::new();
    let Some(hash) = PointHash::of(key, kind, value).filter(|_| !value.is_empty()) else { return Ok(found) };
    for person in listed(conn, hash)? {
        if change_log::space_of(conn, person.doc())?.is_none() {
            found.insert(branch_of(conn, person)?);
        }
    }
    Ok(found)
}

fn listed(conn: &Connection, hash: PointHash) -> Result<Vec<ContactId>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT person FROM listing WHERE hash = ?1 GROUP BY person HAVING max(generation) % 2 = 1",
    )?;
    let rows = statement.query_map([hash.0], |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The branch in whose space a person was entered.
fn branch_of(conn: &Connection, person: ContactId) -> Result<Option<BranchId>, StoreError> {
    let spaces = definition::query::branch_spaces(conn)?;
    Ok(spaces.into_iter().find(|(_, space)| person.is_of(*space)).map(|(branch, _)| branch))
}

/// The key under which phones and e-mails are hashed: that of the space of all pages. `None` as long as there are none.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn index_key(conn: &Connection) -> Result<Option<IndexKey>, StoreError> {
    let page = conn.prepare_cached("SELECT doc FROM listing LIMIT 1")?.query_row([], |row| row.get(0));
    let Some(page) = page.optional()? else { return Ok(None) };
    let page = DocId { kind: DocKind::LISTING, key: page };
    let Some(shared) = change_log::space_of(conn, page)? else { return Ok(None) };
    let first = key::get(conn, shared, 1)?;
    Ok(first.map(|bytes| IndexKey::of_first_epoch(&EpochKey::from_bytes(*bytes))))
}
