//! Who a row is about, among the people who are here and the rows before it.

use std::collections::BTreeMap;

use formats::{
    fold::fold,
    name::{is_same_name, name_likeness},
};
use rusqlite::Connection;

use super::{
    extras::guardians_of,
    overlay::{Key, Overlay, Values},
    values::{Guardian, RowValues},
};
use crate::{id::ContactId, store::StoreError};

/// From this likeness of names on, somebody with the same phone or e-mail deserves a look.
const NAME_LIKENESS_MIN: f32 = 0.8;

/// What is looked up, in this order unless the mapping says otherwise.
const KEYS: [&str; 4] = ["externalId", "phone", "email", "nameBirth"];

/// Somebody who is here, or whom an earlier row entered.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Who.
    pub id: ContactId,
    /// Values by field key, points included.
    pub values: Values,
    /// The earlier row that is about the same person.
    pub line: Option<u32>,
}

/// The answer to who a row is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// One person, without doubt.
    One(Known),
    /// Several people, and nothing in the row tells them apart: their names.
    Several(String),
    /// Nobody, but somebody of this name may be the same person.
    Maybe(String),
    /// Nobody.
    None,
}

/// A text with fewer digits is nobody's number, however it was mistyped.
const DIGITS_MIN: usize = 7;

/// Whether a number says something about who somebody is. What could not be read does so if it is one that lacks a
/// digit or has one too many; not `8.49E+10`, which many numbers become, nor words.
fn is_number(phone: &str) -> bool {
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    phone.starts_with('+') || (digits >= DIGITS_MIN && !phone.contains(char::is_alphabetic))
}

/// Whether a row says nothing by which somebody could be looked up: neither of the person nor of a guardian.
pub fn is_keyless(values: &RowValues) -> bool {
    let has = |key: &str| values.plain.contains_key(key);
    let is_reachable = |guardian: &&Guardian| guardian.phone.is_some() || guardian.email.is_some();
    values.contact.is_none()
        && !has("externalId")
        && !has("birthOn")
        && values.emails.is_empty()
        && !values.phones.iter().any(|(phone, _)| is_number(phone))
        && !guardians_of(values).iter().any(is_reachable)
}

struct Candidate<'a> {
    id: ContactId,
    name: &'a str,
}

impl<'a> Candidate<'a> {
    fn of(id: ContactId, values: &'a Values) -> Self {
        Self { id, name: values.get("fullName").map_or("", String::as_str) }
    }
}

/// Finds who a row is about among the rows before it and the people who are here, by the keys in order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &Connection,
    overlay: &Overlay,
    values: &RowValues,
    match_keys: &[String],
) -> Result<Match, StoreError> {
    if let Some(id) = values.contact
        && let Some(known) = overlay.here(conn, id)?
    {
        return Ok(Match::One(Known { id, values: known, line: overlay.line_of(id) }));
    }
    let plain = |key: &str| values.plain.get(key).map(String::as_str);
    let (name, birth, external) =
        (plain("fullName").unwrap_or(""), plain("birthOn"), plain("externalId").unwrap_or(""));
    let numbers: Vec<_> =
        values.phones.iter().map(|(phone, _)| phone.as_str()).filter(|phone| is_number(phone)).collect();
    let name_fold = fold(name);
    let mut maybe = Match::None;
    let in_order = match_keys.iter().map(String::as_str);
    let others = KEYS.into_iter().filter(|key| !match_keys.iter().any(|known| known == key));
    for kind in in_order.chain(others) {
        // By a key that nobody asked for, rows of one sheet still know each other.
        let asks_base = match_keys.iter().any(|known| known == kind);
        let wanted: Vec<&str> = match kind {
            "externalId" if !external.is_empty() => vec![external],
            "phone" => numbers.clone(),
            "email" => values.emails.iter().map(String::as_str).collect(),
            "nameBirth" if !name_fold.is_empty() => birth.into_iter().collect(),
            _ => Vec::new(),
        };
        let mut found = BTreeMap::new();
        for value in wanted {
            found.extend(overlay.people(conn, Key { kind, value, name: &name_fold }, asks_base)?);
        }
        if kind != "externalId" {
            found.retain(|_, known| may_be(values, known));
        }
        let candidates: Vec<_> = found.iter().map(|(id, values)| Candidate::of(*id, values)).collect();
        match judge(name, kind, &candidates) {
            Judged::One(id) => {
                let values = found.remove(&id).unwrap_or_default();
                return Ok(Match::One(Known { id, values, line: overlay.line_of(id) }));
            }
            Judged::Several(names) => return Ok(Match::Several(names)),
            Judged::Maybe(name) if maybe == Match::None => maybe = Match::Maybe(name),
            Judged::Maybe(_) | Judged::None => {}
        }
    }
    match by_guardian(conn, overlay, values, &name_fold, match_keys)? {
        Match::None => Ok(maybe),
        found => Ok(found),
    }
}

/// Whether nothing that a row says tells somebody of the same number apart.
fn may_be(values: &RowValues, known: &Values) -> bool {
    ["birthOn", "externalId"].iter().all(|key| match (values.plain.get(*key), known.get(*key)) {
        (Some(said), Some(known)) => said == known,
        _ => true,
    })
}

/// Finds a child by its name among the children of a guardian whom the row names by phone or e-mail: many a sheet
/// has no number but the guardian's. Brothers and sisters are told apart by their names.
fn by_guardian(
    conn: &Connection,
    overlay: &Overlay,
    values: &RowValues,
    name_fold: &str,
    match_keys: &[String],
) -> Result<Match, StoreError> {
    let mut found = BTreeMap::new();
    if name_fold.is_empty() {
        return Ok(Match::None);
    }
    for guardian in guardians_of(values) {
        let guardian_name = fold(&guardian.name);
        for (kind, value) in [("phone", &guardian.phone), ("email", &guardian.email)] {
            let Some(value) = value else { continue };
            // As with one's own number: by a key that nobody asked for, only rows of the sheet know each other.
            let asks_base = match_keys.iter().any(|known| known == kind);
            for (id, _) in overlay.people(conn, Key { kind, value, name: &guardian_name }, true)? {
                let children = overlay.children_named(conn, id, name_fold)?;
                let counted = children.into_iter().filter(|(child, known)| {
                    (asks_base || overlay.line_of(*child).is_some()) && may_be(values, known)
                });
                found.extend(counted);
            }
        }
    }
    let name = values.plain.get("fullName").map_or("", String::as_str);
    found
        .retain(|_, known: &mut Values| is_same_name(name, known.get("fullName").map_or("", String::as_str)));
    let names = || found.values().filter_map(|known| known.get("fullName").map(String::as_str));
    Ok(match found.len() {
        0 => Match::None,
        1 => found
            .pop_first()
            .map_or(Match::None, |(id, values)| Match::One(Known { id, values, line: overlay.line_of(id) })),
        _ => Match::Several(names().collect::<Vec<_>>().join(", ")),
    })
}

enum Judged {
    One(ContactId),
    Several(String),
    Maybe(String),
    None,
}

fn judge(name: &str, key: &str, candidates: &[Candidate<'_>]) -> Judged {
    let is_same = |candidate: &&Candidate<'_>| {
        key == "externalId"
            || is_same_name(name, candidate.name)
            || (name.is_empty() && candidate.name.is_empty())
    };
    let same: Vec<_> = candidates.iter().filter(is_same).collect();
    let names = |of: Vec<&str>| of.join(", ");
    match (same.as_slice(), candidates) {
        ([one], _) => Judged::One(one.id),
        ([_, _, ..], _) => Judged::Several(names(same.iter().map(|one| one.name).collect())),
        ([], [one]) if name.is_empty() => Judged::One(one.id),
        ([], [_, _, ..]) if name.is_empty() => {
            Judged::Several(names(candidates.iter().map(|one| one.name).collect()))
        }
        _ => {
            let alike = candidates
                .iter()
                .find(|one| one.name.is_empty() || name_likeness(name, one.name) >= NAME_LIKENESS_MIN);
            alike.map_or(Judged::None, |one| Judged::Maybe(one.name.to_owned()))
        }
    }
}

/// Finds a guardian among the rows before and the people who are here: by phone or e-mail, and by name where
/// the row gives one. Without a name only somebody who is a guardian counts: a student often has the family's
/// number.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find_guardian(
    conn: &Connection,
    overlay: &Overlay,
    guardian: &Guardian,
) -> Result<Option<Known>, StoreError> {
    let name = fold(&guardian.name);
    for (kind, value) in [("phone", &guardian.phone), ("email", &guardian.email)] {
        let Some(value) = value else { continue };
        let found = overlay.people(conn, Key { kind, value, name: &name }, true)?;
        if let Some((id, values)) = found.into_iter().find(|(_, values)| is_theirs(guardian, values)) {
            return Ok(Some(Known { id, values, line: None }));
        }
    }
    Ok(None)
}

/// Finds the guardian among those whom a child has already.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find_guardian_of(
    conn: &Connection,
    overlay: &Overlay,
    child: ContactId,
    guardian: &Guardian,
) -> Result<Option<Known>, StoreError> {
    for id in overlay.guardians_of(conn, child)? {
        let Some(values) = overlay.values_of(conn, id)? else { continue };
        if !guardian.name.is_empty() && is_theirs(guardian, &values) {
            return Ok(Some(Known { id, values, line: None }));
        }
    }
    Ok(None)
}

fn is_theirs(guardian: &Guardian, values: &Values) -> bool {
    let get = |key: &str| values.get(key).map_or("", String::as_str);
    match guardian.name.as_str() {
        "" => get("kind") == "guardian",
        name => is_same_name(name, get("fullName")),
    }
}
