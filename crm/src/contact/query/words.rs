//! Words in use: sources, levels, schools, tags.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::{id::TagId, read::ReadError};

/// Words listed at most.
const WORDS_MAX: usize = 200;

/// The words that stand in columns of words, most used first.
#[derive(Debug, Default)]
pub struct WordsInUse {
    /// Where people came from.
    pub sources: Vec<String>,
    /// Levels.
    pub levels: Vec<String>,
    /// Schools.
    pub schools: Vec<String>,
}

/// The words of all people who are shown: one scan of the index that holds the three columns.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn words_in_use(conn: &Connection) -> Result<WordsInUse, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT source, level, school FROM contact INDEXED BY contact_by_name
         WHERE merged_into IS NULL AND deleted_at_ms IS NULL",
    )?;
    let mut counts: [HashMap<String, u32>; 3] = Default::default();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (at, counts) in counts.iter_mut().enumerate() {
            let Some(word) = row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from)? else {
                continue;
            };
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(counts.insert(word.to_owned(), 1)),
            }
        }
    }
    let [sources, levels, schools] = counts.map(most_used);
    Ok(WordsInUse { sources, levels, schools })
}

fn most_used(counts: HashMap<String, u32>) -> Vec<String> {
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(WORDS_MAX);
    words.into_iter().map(|(word, _)| word).collect()
}

/// Tags that people carry, with how many, by name. Merged records have no rows of tags; people in the bin do, and they
/// are few: taking them off costs less than looking up everybody who carries one.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn tags_in_use(conn: &Connection) -> Result<Vec<(TagId, String, u32)>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT tag, min(label), count(*) FROM contact_tag
         WHERE list = 'tag' AND contact NOT IN (SELECT no FROM contact WHERE deleted_at_ms IS NOT NULL)
         GROUP BY tag ORDER BY min(label), tag",
    )?;
    let rows = statement.query_map([], |row| Ok((TagId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
