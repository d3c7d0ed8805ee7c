//! What the rows planned so far make of people, laid over the database.
//!
//! A row is planned against the people who were here when planning began, and against this. What the overlay knows
//! of a person is the answer; the database is asked only about people whom no planned row touches, and those stay
//! as they were. So nothing depends on how many of the planned rows are written by then: planning may run ahead of
//! writing by as much as it likes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use formats::fold::fold;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{outcome::Made, query};
use crate::{contact::table::row::values_of, id::ContactId, store::StoreError};

/// What stands of a person, by field key: points, tags and interests included.
pub type Values = BTreeMap<String, String>;

/// Of the people who share a number or an address, as many are looked at; those of the row's name first.
const SHARERS_MAX: usize = 50;
/// A guardian with more children than this is the number of a house: looking through them for every row would take
/// longer the more there are, and says little of who somebody is.
const NAMED_CHILDREN_MAX: usize = 200;

/// Somebody whom a row is about, or whom it enters or adds to besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Who.
    pub id: ContactId,
    /// Whether this import entered them.
    pub is_new: bool,
}

/// By what people are looked up.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// externalId, phone, email or nameBirth.
    pub kind: &'a str,
    /// The number, the address or the birth date.
    pub value: &'a str,
    /// The folded name of whom the row is about, empty if it has none.
    pub name: &'a str,
}

/// What planned rows make of people.
#[derive(Debug, Default)]
pub struct Overlay {
    people: HashMap<ContactId, Standing>,
    /// Hash of a key, when the person was first named, who. What is found is held against what stands.
    by_key: BTreeSet<(u64, u32, ContactId)>,
    notes: HashSet<[u8; 16]>,
    consents: HashMap<ContactId, bool>,
    /// Child and guardian.
    guardians: BTreeSet<(ContactId, ContactId)>,
    /// Guardian and child.
    children: BTreeSet<(ContactId, ContactId)>,
    /// Both ways.
    siblings: BTreeSet<(ContactId, ContactId)>,
}

#[derive(Debug)]
struct Standing {
    /// The row that named them first.
    line: u32,
    /// How many were named before.
    order: u32,
    is_new: bool,
    /// Hash of the folded name.
    name: u64,
    /// [`Values`] as JSON: a hundred thousand people are kept, and few are asked for again.
    values: Box<str>,
}

impl Overlay {
    /// Whether a planned row named somebody, and the first that did.
    pub fn line_of(&self, id: ContactId) -> Option<u32> {
        self.people.get(&id).map(|standing| standing.line)
    }

    /// Whether this import entered somebody.
    pub fn is_new(&self, id: ContactId) -> bool {
        self.people.get(&id).is_some_and(|standing| standing.is_new)
    }

    /// What stands of a person once the planned rows are written; `None` if there is no such person.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn values_of(&self, conn: &Connection, id: ContactId) -> Result<Option<Values>, StoreError> {
        match self.people.get(&id) {
            Some(standing) => standing.values().map(Some),
            None => values_of(conn, id),
        }
    }

    /// What stands of somebody who is here once the planned rows are written.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn here(&self, conn: &Connection, id: ContactId) -> Result<Option<Values>, StoreError> {
        let is_here = self.people.contains_key(&id) || query::is_here(conn, id)?;
        if is_here { self.values_of(conn, id) } else { Ok(None) }
    }

    /// The people of a key, those of planned rows first, in the order in which they were named.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn people(
        &self,
        conn: &Connection,
        key: Key<'_>,
        asks_base: bool,
    ) -> Result<Vec<(ContactId, Values)>, StoreError> {
        let mut found: Vec<(ContactId, Values)> = Vec::new();
        for hash in [hash(key.kind, key.value, key.name), hash(key.kind, key.value, "")] {
            let end = (hash, u32::MAX, ContactId([u8::MAX; 16]));
            for (_, _, id) in self.by_key.range((hash, 0, ContactId([0; 16]))..=end) {
                if found.len() >= SHARERS_MAX || found.iter().any(|(known, _)| known == id) {
                    continue;
                }
                let values = self.values_of(conn, *id)?.unwrap_or_default();
                if holds(&values, key) {
                    found.push((*id, values));
                }
            }
        }
        if asks_base {
            let untouched = |id: &ContactId| !self.people.contains_key(id);
            for id in query::people(conn, key, SHARERS_MAX, untouched)? {
                found.extend(values_of(conn, id)?.map(|values| (id, values)));
            }
        }
        Ok(found)
    }

    /// Those who are guardians of a person once the planned rows are written.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn guardians_of(
        &self,
        conn: &Connection,
        child: ContactId,
    ) -> Result<BTreeSet<ContactId>, StoreError> {
        let mut guardians: BTreeSet<_> = query::guardians_of(conn, child)?.into_iter().collect();
        guardians.extend(others(&self.guardians, child));
        Ok(guardians)
    }

    /// Those whose guardian somebody is once the planned rows are written.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn children_of(
        &self,
        conn: &Connection,
        guardian: ContactId,
    ) -> Result<BTreeSet<ContactId>, StoreError> {
        let mut children: BTreeSet<_> = query::children_of(conn, guardian)?.into_iter().collect();
        children.extend(others(&self.children, guardian));
        Ok(children)
    }

    /// The children of a guardian who have a folded name, once the planned rows are written.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn children_named(
        &self,
        conn: &Connection,
        guardian: ContactId,
        name: &str,
    ) -> Result<Vec<(ContactId, Values)>, StoreError> {
        let of_base = query::children_and_names(conn, guardian, NAMED_CHILDREN_MAX + 1)?;
        let of_rows = others(&self.children, guardian).take(NAMED_CHILDREN_MAX + 1);
        let mut children: BTreeMap<ContactId, Option<String>> = of_rows.map(|id| (id, None)).collect();
        children.extend(of_base.into_iter().map(|(id, name)| (id, Some(name))));
        if children.len() > NAMED_CHILDREN_MAX {
            return Ok(Vec::new());
        }
        let mut named = Vec::new();
        for (id, of_base) in children {
            let is_named = match self.people.get(&id) {
                Some(standing) => standing.name == name_mark(name),
                None => of_base.is_some_and(|of_base| of_base == name),
            };
            if is_named {
                named.extend(self.values_of(conn, id)?.map(|values| (id, values)));
            }
        }
        Ok(named)
    }

    /// Whether two people are brothers or sisters once the planned rows are written.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn are_siblings(
        &self,
        conn: &Connection,
        one: ContactId,
        other: ContactId,
    ) -> Result<bool, StoreError> {
        Ok(self.siblings.contains(&(one, other)) || query::are_siblings(conn, one, other)?)
    }

    /// Whether a note of these words stands at a person, at this time if one is given; without words, any at this
    /// time.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn has_note(
        &self,
        conn: &Connection,
        person: ContactId,
        body: &str,
        at_ms: Option<i64>,
    ) -> Result<bool, StoreError> {
        Ok(self.notes.contains(&note_mark(person, body, at_ms))
            || query::has_note(conn, person, body, at_ms)?)
    }

    /// What a person said last about marketing.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn consent_of(
        &self,
        conn: &Connection,
        person: ContactId,
        (purpose, channel): (&str, &str),
    ) -> Result<Option<bool>, StoreError> {
        match self.consents.get(&person) {
            Some(is_granted) => Ok(Some(*is_granted)),
            None => query::consent_of(conn, person, purpose, channel),
        }
    }

    /// Takes in what a row makes of people, and says whom it named.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn take(&mut self, line: u32, made: Made) -> Result<Vec<Named>, StoreError> {
        let Made { people, notes, consents, guardians, siblings } = made;
        let mut named = Vec::new();
        for (id, values, is_new) in people {
            self.put(line, Named { id, is_new }, &values)?;
            named.push(Named { id, is_new: self.is_new(id) });
        }
        for (person, body, at_ms) in notes {
            self.notes.extend([
                note_mark(person, &body, at_ms),
                note_mark(person, &body, None),
                note_mark(person, "", at_ms),
            ]);
        }
        self.consents.extend(consents);
        self.children.extend(guardians.iter().map(|(child, guardian)| (*guardian, *child)));
        self.guardians.extend(guardians);
        self.siblings.extend(siblings.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]));
        Ok(named)
    }

    /// Takes in somebody whom a row of an earlier run named: that row is written, and what stands is in the
    /// database.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn recall(&mut self, conn: &Connection, line: u32, named: Named) -> Result<(), StoreError> {
        // Whoever was taken out of the database meanwhile is not here any more.
        let Some(values) = values_of(conn, named.id)? else { return Ok(()) };
        self.put(line, named, &values)
    }

    fn put(&mut self, line: u32, Named { id, is_new }: Named, values: &Values) -> Result<(), StoreError> {
        let text =
            serde_json::to_string(values).map_err(|_| StoreError::Unreadable { what: "planned row" })?;
        let order = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let name = name_mark(&values.get("fullName").map(|name| fold(name)).unwrap_or_default());
        let standing = Standing { line, order, is_new, name, values: "".into() };
        let standing = self.people.entry(id).or_insert(standing);
        standing.name = name;
        standing.values = text.into_boxed_str();
        standing.is_new |= is_new;
        let order = standing.order;
        self.by_key.extend(hashes(values).into_iter().map(|hash| (hash, order, id)));
        Ok(())
    }
}

impl Standing {
    fn values(&self) -> Result<Values, StoreError> {
        serde_json::from_str(&self.values).map_err(|_| StoreError::Unreadable { what: "planned row" })
    }
}

/// Whom a set of pairs ties to somebody.
fn others(pairs: &BTreeSet<(ContactId, ContactId)>, of: ContactId) -> impl Iterator<Item = ContactId> + '_ {
    pairs.range((of, ContactId([0; 16]))..=(of, ContactId([u8::MAX; 16]))).map(|(_, other)| *other)
}

fn hash(kind: &str, value: &str, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, value, name).hash(&mut hasher);
    hasher.finish()
}

fn name_mark(name: &str) -> u64 {
    hash("name", name, "")
}

/// A point is found by itself, and at once if the name is known as well.
fn hashes(values: &Values) -> Vec<u64> {
    let name = values.get("fullName").map(|name| fold(name)).unwrap_or_default();
    let mut hashes = Vec::new();
    for (field, value) in values {
        match field.split('.').next() {
            Some("externalId") => hashes.push(hash("externalId", value, "")),
            Some("birthOn") if !name.is_empty() => hashes.push(hash("nameBirth", value, &name)),
            Some(kind @ ("phone" | "email")) => {
                hashes.extend([hash(kind, value, ""), hash(kind, value, &name)]);
            }
            _ => {}
        }
    }
    hashes
}

/// Whether a person still has what a key says: a later row may have put something else there.
fn holds(values: &Values, key: Key<'_>) -> bool {
    let has = |field: &str| values.get(field).is_some_and(|value| value == key.value);
    match key.kind {
        "externalId" => has("externalId"),
        "nameBirth" => has("birthOn") && values.get("fullName").is_some_and(|name| fold(name) == key.name),
        kind => values.iter().any(|(field, value)| {
            value == key.value && field.split_once('.').is_some_and(|(of, _)| of == kind)
        }),
    }
}

fn note_mark(person: ContactId, body: &str, at_ms: Option<i64>) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&person.0).update(format!("{at_ms:?} ").as_bytes()).update(body.as_bytes());
    let mut mark = [0; 16];
    mark.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    mark
}
