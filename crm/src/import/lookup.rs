//! Who a row is about, among the people who are here and the rows before it.

use std::collections::{BTreeMap, HashMap};

use formats::{
    fold::fold,
    name::{is_same_name, name_likeness},
};
use rusqlite::Connection;

use super::{
    query,
    values::{Guardian, RowValues},
};
use crate::{contact::table::row::values_of, id::ContactId, store::StoreError};

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
    pub values: BTreeMap<String, String>,
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

/// People named by the rows read so far, with what stands of them once those rows are written.
///
/// A dry run writes nothing and a run commits in batches: both look here first, so that both decide alike.
#[derive(Debug, Default)]
pub struct Seen {
    people: HashMap<ContactId, Named>,
    by_key: HashMap<String, Vec<ContactId>>,
}

#[derive(Debug)]
struct Named {
    /// The row that named them; none for guardians.
    line: u32,
    values: BTreeMap<String, String>,
}

impl Seen {
    /// Notes what stands of a person once a row is written; the row that named them first keeps the name of it.
    pub fn add(&mut self, contact: ContactId, line: u32, values: BTreeMap<String, String>) {
        for key in keys(&values) {
            let people = self.by_key.entry(key).or_default();
            if !people.contains(&contact) {
                people.push(contact);
            }
        }
        let line = self.people.get(&contact).map_or(line, |named| named.line);
        self.people.insert(contact, Named { line, values });
    }

    fn with(&self, key: &str) -> Vec<ContactId> {
        self.by_key.get(key).cloned().unwrap_or_default()
    }
}

fn keys(values: &BTreeMap<String, String>) -> Vec<String> {
    let mut keys = Vec::new();
    for (field, value) in values {
        match field.split('.').next() {
            Some("externalId") => keys.push(format!("externalId {value}")),
            Some("phone") if is_number(value) => keys.push(format!("phone {value}")),
            Some("email") => keys.push(format!("email {value}")),
            _ => {}
        }
    }
    if let (Some(name), Some(birth)) = (values.get("fullName"), values.get("birthOn")) {
        keys.push(format!("nameBirth {birth} {}", fold(name)));
    }
    keys
}

/// What could not be read as a number says nothing about who somebody is.
fn is_number(phone: &str) -> bool {
    phone.starts_with('+')
}

struct Candidate {
    id: ContactId,
    name: String,
    birth: Option<String>,
    external: Option<String>,
}

impl Candidate {
    fn of(id: ContactId, values: &BTreeMap<String, String>) -> Self {
        let get = |key| values.get(key).cloned();
        Self {
            id,
            name: get("fullName").unwrap_or_default(),
            birth: get("birthOn"),
            external: get("externalId"),
        }
    }
}

/// Finds who a row is about among the rows before it and the people who are here, by the keys in order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn find(
    conn: &Connection,
    seen: &Seen,
    values: &RowValues,
    match_keys: &[String],
) -> Result<Match, StoreError> {
    let plain = |key: &str| values.plain.get(key).map(String::as_str);
    let (name, birth, external) =
        (plain("fullName").unwrap_or(""), plain("birthOn"), plain("externalId").unwrap_or(""));
    let numbers: Vec<_> =
        values.phones.iter().map(|(phone, _)| phone.as_str()).filter(|phone| is_number(phone)).collect();
    let name_fold = fold(name);
    let mut maybe = Match::None;
    let in_order = match_keys.iter().map(String::as_str);
    let others = KEYS.into_iter().filter(|key| !match_keys.iter().any(|known| known == key));
    for key in in_order.chain(others) {
        let is_asked = match_keys.iter().any(|known| known == key);
        let wanted: Vec<&str> = match key {
            "externalId" if !external.is_empty() => vec![external],
            "phone" => numbers.clone(),
            "email" => values.emails.iter().map(String::as_str).collect(),
            "nameBirth" if !name_fold.is_empty() => birth.into_iter().collect(),
            _ => Vec::new(),
        };
        let mut found = BTreeMap::new();
        for value in wanted {
            let of_rows = match key {
                "nameBirth" => seen.with(&format!("nameBirth {value} {name_fold}")),
                _ => seen.with(&format!("{key} {value}")),
            };
            let of_base = match key {
                _ if !is_asked => Vec::new(),
                "externalId" => query::with_external_id(conn, value)?,
                "nameBirth" => query::with_name_and_birth(conn, &name_fold, value)?,
                _ => query::with_point(conn, key, value)?,
            };
            for id in of_rows.into_iter().chain(of_base) {
                let is_new = !found.contains_key(&id);
                if is_new && let Some(values) = standing(conn, seen, id)? {
                    found.insert(id, Candidate::of(id, &values));
                }
            }
        }
        let differ = |a: &str, b: Option<&String>| b.is_some_and(|b| !a.is_empty() && a != b);
        found.retain(|_, candidate| {
            key == "externalId"
                || (!differ(birth.unwrap_or(""), candidate.birth.as_ref())
                    && !differ(external, candidate.external.as_ref()))
        });
        match judge(name, key, found.values().collect()) {
            Judged::One(id) => {
                let line = seen.people.get(&id).map(|named| named.line);
                let values = standing(conn, seen, id)?.unwrap_or_default();
                return Ok(Match::One(Known { id, values, line }));
            }
            Judged::Several(names) => return Ok(Match::Several(names)),
            Judged::Maybe(name) if maybe == Match::None => maybe = Match::Maybe(name),
            Judged::Maybe(_) | Judged::None => {}
        }
    }
    Ok(maybe)
}

enum Judged {
    One(ContactId),
    Several(String),
    Maybe(String),
    None,
}

fn judge(name: &str, key: &str, candidates: Vec<&Candidate>) -> Judged {
    let is_same = |candidate: &&&Candidate| {
        key == "externalId"
            || is_same_name(name, &candidate.name)
            || (name.is_empty() && candidate.name.is_empty())
    };
    let same: Vec<_> = candidates.iter().filter(is_same).collect();
    let names = |of: Vec<&str>| of.join(", ");
    match (same.as_slice(), candidates.as_slice()) {
        ([one], _) => Judged::One(one.id),
        ([_, _, ..], _) => Judged::Several(names(same.iter().map(|one| one.name.as_str()).collect())),
        ([], [one]) if name.is_empty() => Judged::One(one.id),
        ([], [_, _, ..]) if name.is_empty() => {
            Judged::Several(names(candidates.iter().map(|one| one.name.as_str()).collect()))
        }
        _ => {
            let alike = candidates
                .iter()
                .find(|one| one.name.is_empty() || name_likeness(name, &one.name) >= NAME_LIKENESS_MIN);
            alike.map_or(Judged::None, |one| Judged::Maybe(one.name.clone()))
        }
    }
}

/// What stands of a person once the rows so far are written; `None` if there is no such person.
fn standing(
    conn: &Connection,
    seen: &Seen,
    id: ContactId,
) -> Result<Option<BTreeMap<String, String>>, StoreError> {
    match seen.people.get(&id) {
        Some(named) => Ok(Some(named.values.clone())),
        None => values_of(conn, id),
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
    seen: &Seen,
    guardian: &Guardian,
) -> Result<Option<Known>, StoreError> {
    for (kind, value) in [("phone", &guardian.phone), ("email", &guardian.email)] {
        let Some(value) = value else { continue };
        let of_base = query::with_point(conn, kind, value)?;
        for id in seen.with(&format!("{kind} {value}")).into_iter().chain(of_base) {
            let Some(values) = standing(conn, seen, id)? else { continue };
            if is_theirs(guardian, &values) {
                return Ok(Some(Known { id, values, line: None }));
            }
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
    seen: &Seen,
    child: ContactId,
    guardian: &Guardian,
) -> Result<Option<Known>, StoreError> {
    for id in query::guardians_of(conn, child)? {
        let Some(values) = standing(conn, seen, id)? else { continue };
        if !guardian.name.is_empty() && is_theirs(guardian, &values) {
            return Ok(Some(Known { id, values, line: None }));
        }
    }
    Ok(None)
}

fn is_theirs(guardian: &Guardian, values: &BTreeMap<String, String>) -> bool {
    let get = |key: &str| values.get(key).map_or("", String::as_str);
    match guardian.name.as_str() {
        "" => get("kind") == "guardian",
        name => is_same_name(name, get("fullName")),
    }
}
