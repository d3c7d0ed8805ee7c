//! Who a row is about, among the people who are here and the rows before it.

use std::collections::{BTreeMap, HashMap};

use formats::{fold::fold, name::name_likeness};
use rusqlite::Connection;

use super::{
    table,
    values::{Guardian, RowValues},
};
use crate::{id::ContactId, store::StoreError};

/// From this likeness of names on, one phone or e-mail means one person rather than a family.
const NAME_LIKENESS_MIN: f32 = 0.8;

/// Somebody who is here.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Who.
    pub id: ContactId,
    /// Values by field key, points included.
    pub values: BTreeMap<String, String>,
}

/// People named by the rows read so far.
#[derive(Debug, Default)]
pub struct Seen {
    by_key: HashMap<String, (u32, ContactId)>,
}

impl Seen {
    /// The row and person that an earlier row about the same person named.
    pub fn find(&self, values: &RowValues) -> Option<(u32, ContactId)> {
        keys(values).iter().find_map(|key| self.by_key.get(key).copied())
    }

    /// Notes who a row is about.
    pub fn add(&mut self, values: &RowValues, line: u32, contact: ContactId) {
        for key in keys(values) {
            self.by_key.entry(key).or_insert((line, contact));
        }
    }
}

fn keys(values: &RowValues) -> Vec<String> {
    let name = fold(values.plain.get("fullName").map_or("", String::as_str));
    let mut keys = Vec::new();
    if let Some(id) = values.plain.get("externalId") {
        keys.push(format!("x {id}"));
        // A different number of the other system means a different person, whatever else is alike.
        return keys;
    }
    if name.is_empty() {
        return keys;
    }
    keys.extend(values.phones.iter().map(|(phone, _)| format!("p {phone} {name}")));
    keys.extend(values.emails.iter().map(|email| format!("e {email} {name}")));
    if let Some(birth) = values.plain.get("birthOn") {
        keys.push(format!("b {birth} {name}"));
    }
    keys
}

/// Finds who a row is about among the people who are here, by the keys in order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &Connection,
    values: &RowValues,
    match_keys: &[String],
) -> Result<Option<Known>, StoreError> {
    let name = values.plain.get("fullName").map_or("", String::as_str);
    let birth = values.plain.get("birthOn").map(String::as_str);
    let fits = |candidate: &table::Candidate| {
        let births_differ = matches!((birth, candidate.birth_on.as_deref()), (Some(a), Some(b)) if a != b);
        !births_differ && (name.is_empty() || name_likeness(name, &candidate.full_name) >= NAME_LIKENESS_MIN)
    };
    for key in match_keys {
        let mut candidates = Vec::new();
        match key.as_str() {
            "externalId" => {
                if let Some(id) = values.plain.get("externalId") {
                    candidates = table::with_external_id(conn, id)?;
                }
            }
            "phone" => {
                for (phone, _) in &values.phones {
                    candidates.extend(table::with_point(conn, "phone", phone)?.into_iter().filter(&fits));
                }
            }
            "email" => {
                for email in &values.emails {
                    candidates.extend(table::with_point(conn, "email", email)?.into_iter().filter(&fits));
                }
            }
            "nameBirth" => {
                if let Some(birth) = birth.filter(|_| !name.is_empty()) {
                    candidates = table::with_name_and_birth(conn, &fold(name), birth)?;
                }
            }
            _ => {}
        }
        if let Some(found) = candidates.first() {
            return Ok(Some(Known { id: found.id, values: table::values_of(conn, found.id)? }));
        }
    }
    Ok(None)
}

/// Finds a guardian among the people who are here: by phone or e-mail, and by name where the row gives one.
/// Without a name only somebody who is a guardian counts: a student often has the family's number.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find_guardian(conn: &Connection, guardian: &Guardian) -> Result<Option<ContactId>, StoreError> {
    for (kind, value) in [("phone", &guardian.phone), ("email", &guardian.email)] {
        let Some(value) = value else { continue };
        for candidate in table::with_point(conn, kind, value)? {
            let is_theirs = if guardian.name.is_empty() {
                table::values_of(conn, candidate.id)?.get("kind").is_some_and(|kind| kind == "guardian")
            } else {
                name_likeness(&guardian.name, &candidate.full_name) >= NAME_LIKENESS_MIN
            };
            if is_theirs {
                return Ok(Some(candidate.id));
            }
        }
    }
    Ok(None)
}
