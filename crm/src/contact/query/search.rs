//! Search while typing: names with or without marks, any part of a phone number or address, tags.

use std::collections::BTreeSet;

use formats::{fold::fold, phone::search_digits};
use rusqlite::{Connection, OptionalExtension};

use super::contact_ref;
use crate::{
    api::args::SearchArgs,
    bounds::{self, SEARCH_CHARS_MAX},
    contact::view::SearchHit,
    id::ContactId,
    read::{ReadContext, ReadError},
};

/// Hits of one search at most.
const LIMIT_MAX: u32 = 50;
/// Digits from which on a number is meant.
const DIGITS_MIN: usize = 3;
/// Rows that one way of searching gives at most.
const FOUND_MAX: usize = 100_000;

/// People who match, best first: names with the marks as typed, then other names, then numbers, addresses, tags.
///
/// # Errors
/// [`ReadError`] if the text is too long or the database refuses.
pub fn search(conn: &Connection, _: &ReadContext, args: SearchArgs) -> Result<Vec<SearchHit>, ReadError> {
    bounds::text("search", &args.text, SEARCH_CHARS_MAX)?;
    let limit = args.limit.clamp(1, LIMIT_MAX) as usize;
    let numbers = numbers_of(conn, &args.text, limit)?;
    let digits = search_digits(&args.text);
    let mut hits = Vec::with_capacity(numbers.len());
    for no in numbers {
        let (id, status, name_fold, email): (ContactId, Option<String>, String, Option<String>) = conn
            .prepare_cached("SELECT id, status, name_fold, email FROM contact WHERE no = ?1")?
            .query_row([no], |row| Ok((ContactId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let Some(contact) = contact_ref(conn, id)? else { continue };
        let folded = fold(&args.text);
        let is_name = folded.split(' ').all(|word| name_fold.split(' ').any(|part| part.starts_with(word)));
        let (matched, text) = if is_name && !folded.is_empty() {
            ("name", contact.full_name.clone())
        } else if let Some(number) = number_with(conn, no, &digits)? {
            ("phone", number)
        } else if email.as_deref().is_some_and(|email| email.contains(&args.text.trim().to_lowercase())) {
            ("email", email.unwrap_or_default())
        } else {
            ("tag", args.text.trim().to_owned())
        };
        hits.push(SearchHit { contact, matched: matched.to_owned(), text, status });
    }
    Ok(hits)
}

/// The number of a person in which the digits stand; of several, the first.
fn number_with(conn: &Connection, no: i64, digits: &str) -> Result<Option<String>, ReadError> {
    if digits.is_empty() {
        return Ok(None);
    }
    Ok(conn
        .prepare_cached(
            "SELECT value FROM contact_point WHERE contact = ?1 AND kind = 'phone' AND instr(digits(value), ?2) > 0
             ORDER BY field NOT LIKE '%.1', field LIMIT 1",
        )?
        .query_row((no, digits), |row| row.get(0))
        .optional()?)
}

/// Row numbers of everybody who matches.
pub(super) fn everyone(conn: &Connection, text: &str) -> Result<Vec<i64>, ReadError> {
    numbers_of(conn, text, FOUND_MAX)
}

/// Row numbers of people who match, best first.
pub(super) fn numbers_of(conn: &Connection, text: &str, limit: usize) -> Result<Vec<i64>, ReadError> {
    let mut found = Found { numbers: Vec::new(), seen: BTreeSet::new(), limit };
    let digits = search_digits(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if !digits.is_empty() && letters == 0 {
        let by_number = if digits.len() < DIGITS_MIN { few_digits } else { parts };
        found.add(by_number(conn, &digits, limit)?);
        return Ok(found.numbers);
    }
    let typed = text.trim().to_lowercase();
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(found.numbers);
    }
    if typed != folded {
        found.add(words(conn, "written", &typed, limit)?);
    }
    if !found.is_full() {
        found.add(prefix(conn, &folded, limit)?);
    }
    if !found.is_full() {
        found.add(words(conn, "{folded extra}", &folded, limit)?);
    }
    if typed.chars().count() >= 3 && (typed.contains('@') || typed.contains('.') || found.numbers.is_empty())
    {
        found.add(parts(conn, &typed, limit)?);
    }
    if found.numbers.is_empty() {
        found.add(name_and_number(conn, &folded)?);
    }
    Ok(found.numbers)
}

/// People in whose words the words begin one, and in one of whose numbers the digits stand: "duc 0912".
fn name_and_number(conn: &Connection, folded: &str) -> Result<Vec<i64>, ReadError> {
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let (digits, names): (Vec<_>, Vec<_>) = folded.split_whitespace().partition(is_number);
    let digits = digits.concat();
    if digits.len() < DIGITS_MIN || names.is_empty() {
        return Ok(Vec::new());
    }
    let with_number: BTreeSet<_> = parts(conn, &digits, FOUND_MAX)?.into_iter().collect();
    let mut numbers = words(conn, "{folded extra}", &names.join(" "), FOUND_MAX)?;
    numbers.retain(|no| with_number.contains(no));
    Ok(numbers)
}

struct Found {
    numbers: Vec<i64>,
    seen: BTreeSet<i64>,
    limit: usize,
}

impl Found {
    fn is_full(&self) -> bool {
        self.numbers.len() >= self.limit
    }

    fn add(&mut self, numbers: Vec<i64>) {
        for no in numbers {
            if self.numbers.len() < self.limit && self.seen.insert(no) {
                self.numbers.push(no);
            }
        }
    }
}

/// People whose whole name begins so.
fn prefix(conn: &Connection, folded: &str, limit: usize) -> Result<Vec<i64>, ReadError> {
    let sql = "SELECT no FROM contact WHERE name_fold >= ?1 AND name_fold < ?2
        AND merged_into IS NULL AND deleted_at_ms IS NULL LIMIT ?3";
    let end = format!("{folded}\u{10ffff}");
    rows(conn, sql, (folded, end, limit as i64))
}

/// People in whose words every typed word begins one.
fn words(conn: &Connection, columns: &str, text: &str, limit: usize) -> Result<Vec<i64>, ReadError> {
    let terms: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|word| !word.is_empty())
        .take(12)
        .map(|word| format!("\"{}\"*", word.replace('"', "")))
        .collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let query = format!("{columns} : ({})", terms.join(" AND "));
    rows(conn, "SELECT rowid FROM contact_words WHERE contact_words MATCH ?1 LIMIT ?2", (query, limit as i64))
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// People in whose numbers one or two digits stand: hardly anybody is left out, so that no index helps.
fn few_digits(conn: &Connection, digits: &str, limit: usize) -> Result<Vec<i64>, ReadError> {
    let sql =
        "SELECT DISTINCT contact.no FROM contact_point AS point JOIN contact ON contact.no = point.contact
        WHERE point.kind = 'phone' AND instr(digits(point.value), ?1) > 0
          AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL LIMIT ?2";
    rows(conn, sql, (digits, limit as i64))
}

/// People in whose numbers or addresses the text occurs anywhere.
fn parts(conn: &Connection, text: &str, limit: usize) -> Result<Vec<i64>, ReadError> {
    let chars: Vec<char> = text.chars().filter(|c| *c != '"').take(64).collect();
    if chars.len() < 3 {
        return Ok(Vec::new());
    }
    // The index knows trigrams only; whether they stand together is checked on the points themselves.
    let trigrams: Vec<String> =
        chars.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect();
    let query = trigrams.join(" AND ");
    let sql = "SELECT found.rowid FROM contact_parts AS found WHERE contact_parts MATCH ?1
        AND EXISTS (SELECT 1 FROM contact_point AS point WHERE point.contact = found.rowid
          AND instr(CASE kind WHEN 'phone' THEN digits(value) ELSE lower(value) END, ?2) > 0)
        LIMIT ?3";
    rows(conn, sql, (query, text, limit as i64))
}

fn rows(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<i64>, ReadError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
