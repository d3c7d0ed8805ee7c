//! Values for columns that a line has not of itself.

use std::collections::BTreeMap;

use formats::phone::format_national;
use rusqlite::Connection;

use super::{canonical, contact_ref, rows::tags};
use crate::{
    contact::{column::GUARDIANS, field::PointKind, table::row::values_of_row},
    id::ContactId,
    read::ReadError,
};

/// Values of a person for these columns, by column: plain fields, points of contact, interests, guardians.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn further(
    conn: &Connection,
    no: i64,
    columns: &[String],
) -> Result<BTreeMap<String, String>, ReadError> {
    let mut values = BTreeMap::new();
    let mut all = values_of_row(conn, no)?;
    all.retain(|key, _| columns.contains(key));
    values.append(&mut all);
    let is_wanted = |key: &str| columns.iter().any(|column| column == key);
    let mut statement =
        conn.prepare_cached("SELECT value FROM contact_field WHERE contact = ?1 AND field = ?2")?;
    for column in columns.iter().filter(|column| !column.starts_with("custom.")) {
        if let Some(value) = statement.query((no, column))?.next()? {
            values.insert(column.clone(), value.get(0)?);
        }
    }
    for kind in PointKind::ALL.into_iter().filter(|kind| is_wanted(kind.key())) {
        values.insert(kind.key().to_owned(), points(conn, no, kind)?.join("; "));
    }
    if is_wanted("interests") {
        let labels: Vec<_> = tags(conn, no, "interest")?.into_iter().map(|tag| tag.label).collect();
        values.insert("interests".to_owned(), labels.join(", "));
    }
    if GUARDIANS.iter().flatten().any(|key| is_wanted(key)) {
        guardians(conn, no, &mut values)?;
    }
    values.retain(|key, value| !value.is_empty() && is_wanted(key));
    Ok(values)
}

/// The points of one kind, numbers as people write them.
fn points(conn: &Connection, no: i64, kind: PointKind) -> Result<Vec<String>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT value FROM contact_point WHERE contact = ?1 AND kind = ?2 ORDER BY field NOT LIKE '%.1', field",
    )?;
    let found = statement.query_map((no, kind.key()), |row| row.get::<_, String>(0))?;
    let shown = |value: String| if kind == PointKind::Phone { format_national(&value) } else { value };
    Ok(found.map(|value| value.map(shown)).collect::<Result<_, _>>()?)
}

fn guardians(conn: &Connection, no: i64, values: &mut BTreeMap<String, String>) -> Result<(), ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT other FROM relation WHERE contact = ?1 AND kind = 'guardian' ORDER BY other",
    )?;
    let others = statement.query_map([no], |row| Ok(ContactId(row.get(0)?)))?;
    let mut columns = GUARDIANS.iter();
    for other in others {
        let Ok((guardian, shown)) = canonical(conn, other?) else { continue };
        let Some(link) = contact_ref(conn, shown)? else { continue };
        let Some([name, phone, email]) = columns.next() else { break };
        values.insert((*name).to_owned(), link.full_name);
        values.insert((*phone).to_owned(), points(conn, guardian, PointKind::Phone)?.join(" / "));
        values.insert((*email).to_owned(), points(conn, guardian, PointKind::Email)?.join("; "));
    }
    Ok(())
}
