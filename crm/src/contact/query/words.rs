//! Words in use: sources, levels, schools, tags.

use rusqlite::Connection;

use crate::{id::TagId, read::ReadError};

/// Words listed at most.
const WORDS_MAX: u32 = 200;

/// The words that stand in a column, most used first.
///
/// # Errors
/// [`ReadError::BadArgument`] if there is no such column of words.
pub fn words_in_use(conn: &Connection, column: &str) -> Result<Vec<String>, ReadError> {
    let column = ["source", "level", "school"].into_iter().find(|known| *known == column);
    let column = column.ok_or(ReadError::BadArgument { what: "field" })?;
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {column} FROM contact WHERE {column} IS NOT NULL AND merged_into IS NULL AND deleted_at_ms IS NULL
         GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT ?1"
    ))?;
    let rows = statement.query_map([WORDS_MAX], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tags that people carry, with how many, by name.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn tags_in_use(conn: &Connection) -> Result<Vec<(TagId, String, u32)>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT tag, min(label), count(*) FROM contact_tag JOIN contact ON contact.no = contact_tag.contact
         WHERE list = 'tag' AND merged_into IS NULL AND deleted_at_ms IS NULL
         GROUP BY tag ORDER BY min(label), tag",
    )?;
    let rows = statement.query_map([], |row| Ok((TagId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
