//! People as screens need them.

mod further;
mod hint;
mod list;
mod order;
mod page;
mod rows;
mod search;
mod words;

use rusqlite::{Connection, OptionalExtension};

use crate::{id::ContactId, read::ReadError};

pub use further::further;
pub use hint::hint;
pub use list::{bin, count, list, matching};
pub use order::plan;
pub use page::get;
pub use rows::{contact_ref, contact_row, contact_rows};
pub use search::search;
pub use words::{WordsInUse, tags_in_use, words_in_use};

/// The row number and identifier of the person under whom a record is shown.
///
/// # Errors
/// [`ReadError::NotFound`] if there is no such person.
pub fn canonical(conn: &Connection, id: ContactId) -> Result<(i64, ContactId), ReadError> {
    conn.prepare_cached(
        "SELECT shown.no, shown.id FROM contact AS record
         JOIN contact AS shown ON shown.id = ifnull(record.merged_into, record.id)
         WHERE record.id = ?1",
    )?
    .query_row([id.0], |row| Ok((row.get(0)?, ContactId(row.get(1)?))))
    .optional()?
    .ok_or(ReadError::NotFound)
}

/// Every record of a person: the one shown first, then those merged into it.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn members(conn: &Connection, id: ContactId) -> Result<Vec<ContactId>, ReadError> {
    let mut statement =
        conn.prepare_cached("SELECT id FROM contact WHERE id = ?1 OR merged_into = ?1 ORDER BY id")?;
    let rows = statement.query_map([id.0], |row| Ok(ContactId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
