//! Who may already be here, while a new person is typed.

use std::collections::BTreeMap;

use formats::{
    email::parse_email,
    fold::fold,
    name,
    phone::{parse_phone, search_digits},
};
use rusqlite::Connection;

use super::{contact_row, search};
use crate::{
    api::args::HintArgs,
    bounds::{self, SEARCH_CHARS_MAX},
    contact::view::DuplicateHint,
    read::{ReadContext, ReadError},
};

const HINTS_MAX: usize = 6;
/// From so many digits on a number that is still being typed is looked for.
const DIGITS_MIN: usize = 6;
const NAME_LIKENESS_MIN: f32 = 0.85;

/// People with the same phone or e-mail, with the digits typed so far in a phone, or with a name much like the one
/// typed.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn hint(conn: &Connection, _: &ReadContext, args: HintArgs) -> Result<Vec<DuplicateHint>, ReadError> {
    // Nobody has such a name, number or address; the edit will say that it is too long.
    let typed = [&args.full_name, &args.phone, &args.email];
    if typed.into_iter().any(|text| bounds::text("search", text, SEARCH_CHARS_MAX).is_err()) {
        return Ok(Vec::new());
    }
    let mut reasons: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    let phone = parse_phone(&args.phone).map(|number| number.as_str().to_owned());
    for (kind, value) in [("phone", phone), ("email", parse_email(&args.email))] {
        let Some(value) = value else { continue };
        let mut statement = conn.prepare_cached(
            "SELECT point.contact FROM contact_point AS point JOIN contact ON contact.no = point.contact
             WHERE point.value = ?1 AND contact.merged_into IS NULL AND contact.deleted_at_ms IS NULL LIMIT 6",
        )?;
        for no in statement.query_map([value], |row| row.get(0))? {
            reasons.entry(no?).or_default().push(kind);
        }
    }
    let is_known = |reasons: &BTreeMap<i64, Vec<&str>>| reasons.values().any(|each| each.contains(&"phone"));
    let digits = search_digits(&args.phone);
    if digits.len() >= DIGITS_MIN && !is_known(&reasons) {
        for no in search::numbers_of(conn, &digits, HINTS_MAX)? {
            reasons.entry(no).or_default().push("phonePart");
        }
    }
    if name::given_name(&args.full_name) != args.full_name.trim() {
        for no in like_names(conn, &args.full_name)? {
            reasons.entry(no).or_default().push("name");
        }
    }
    let mut hints = Vec::new();
    for (no, reasons) in reasons {
        let contact = contact_row(conn, no)?;
        if args.except != Some(contact.id) {
            hints.push(DuplicateHint { contact, reasons: reasons.into_iter().map(str::to_owned).collect() });
        }
    }
    // A shared number says more than a name, and a name more than some digits.
    let rank = |hint: &DuplicateHint| match hint.reasons.as_slice() {
        [only] if only == "phonePart" => 2,
        [only] if only == "name" => 1,
        _ => 0,
    };
    hints.sort_by_key(|hint| (rank(hint), std::cmp::Reverse(hint.reasons.len())));
    hints.truncate(HINTS_MAX);
    Ok(hints)
}

fn like_names(conn: &Connection, full_name: &str) -> Result<Vec<i64>, ReadError> {
    let mut statement = conn.prepare_cached(
        "SELECT no, full_name FROM contact WHERE given_fold = ?1
           AND merged_into IS NULL AND deleted_at_ms IS NULL LIMIT 2000",
    )?;
    let rows = statement.query_map([fold(name::given_name(full_name))], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (no, other) = row?;
        if name::name_likeness(full_name, &other) >= NAME_LIKENESS_MIN {
            found.push(no);
        }
        if found.len() == HINTS_MAX {
            break;
        }
    }
    Ok(found)
}
