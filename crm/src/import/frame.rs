//! What does not change from row to row, and how the words of a row become ours by it.

use std::collections::BTreeMap;

use crdt::seal::IndexKey;
use formats::fold::fold;
use rusqlite::Connection;
use wire::SpaceId;

use super::{
    values::RowValues,
    view::{ImportMapping, ImportNote},
};
use crate::{
    contact::own_field,
    definition,
    engine::{EditContext, Homes},
    id::{ContactId, DefinitionId, ImportId},
    listing,
    store::StoreError,
};

/// What does not change from row to row.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The import.
    pub import: ImportId,
    /// Names of the columns.
    pub header: &'a [String],
    /// How they are understood.
    pub mapping: &'a ImportMapping,
    /// Branches by folded name.
    branches: BTreeMap<String, String>,
    /// Staff by folded name.
    staff: BTreeMap<String, String>,
    /// How far the clock on the wall is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// What stands between the cells of the file, if it is text.
    pub delimiter: Option<char>,
    /// Where people of each branch live.
    pub homes: Homes,
    /// What edits are checked against.
    pub context: EditContext,
    /// The key of the index of phones and e-mails, if anybody is listed.
    pub index_key: Option<IndexKey>,
}

impl<'a> Frame<'a> {
    /// Reads what rows are held against.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn of(
        conn: &Connection,
        import: ImportId,
        (header, delimiter): (&'a [String], Option<char>),
        mapping: &'a ImportMapping,
        (homes, context): (Homes, EditContext),
        utc_offset_minutes: i32,
    ) -> Result<Self, StoreError> {
        let by_name = |kind: &str| -> Result<BTreeMap<String, String>, StoreError> {
            let named = definition::query::named(conn, kind)?;
            Ok(named.into_iter().map(|(id, name)| (fold(&name), id.to_string())).collect())
        };
        let (branches, staff) = (by_name("branch")?, by_name("staff")?);
        let index_key = listing::query::index_key(conn)?;
        Ok(Self {
            import,
            header,
            mapping,
            branches,
            staff,
            utc_offset_minutes,
            delimiter,
            homes,
            context,
            index_key,
        })
    }

    /// The person whom a row enters: the one it is about (0), or one of its guardians (from 1 on).
    ///
    /// The same import, row and place give the same one. Rows that follow each other enter people who stand side by
    /// side in every index of identifiers, so that a batch touches few of their pages.
    pub(super) fn person(&self, line: u32, place: u8, values: &RowValues) -> ContactId {
        ContactId::in_space(seed_of(self.import, line, place), self.home_of(values))
    }

    /// The person whom a row enters that has nothing to look it up by: the same words give the same one, whichever
    /// sheet they stand in, and the `nth` of the same words another.
    pub(super) fn person_of_words(&self, values: &RowValues, nth: u32) -> ContactId {
        let mut hasher = blake3::Hasher::new_derive_key("quen 2026 person of an imported row");
        for (field, word) in &values.raw {
            hasher.update(field.as_bytes()).update(&[0]).update(word.trim().as_bytes()).update(&[0]);
        }
        hasher.update(&nth.to_be_bytes());
        let mut seed = [0; 16];
        seed.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        ContactId::in_space(seed, self.home_of(values))
    }

    fn home_of(&self, values: &RowValues) -> SpaceId {
        let branch = values.plain.get("branch").or_else(|| values.defaults.get("branch"));
        self.homes.of(branch.and_then(|id| id.parse().ok()))
    }

    /// The name of the column that is understood as a field.
    pub(super) fn column_of(&self, target: &str) -> &str {
        let at = self.mapping.columns.iter().position(|known| known == target);
        at.and_then(|at| self.header.get(at)).map_or("", String::as_str)
    }

    /// Brings what depends on the centre into form: its branches, its people, its own fields.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub(super) fn settle(&self, conn: &Connection, values: &mut RowValues) -> Result<(), StoreError> {
        self.settle_names(values);
        self.settle_own(conn, values)
    }

    /// Fields of one's own take their form; what cannot stand there is kept in a note.
    fn settle_own(&self, conn: &Connection, values: &mut RowValues) -> Result<(), StoreError> {
        let own = values.plain.iter().filter(|(key, _)| key.starts_with("custom."));
        let own: Vec<(String, String)> = own.map(|(key, text)| (key.clone(), text.clone())).collect();
        for (key, text) in own {
            match own_field::fit(conn, &key, &text)? {
                Ok(value) => drop(values.plain.insert(key, value)),
                Err(_) => {
                    values.plain.remove(&key);
                    values.keep("unknownWord", self.column_of(&key), &text);
                }
            }
        }
        Ok(())
    }

    /// Names of branches and staff to identifiers; what nobody knows is said and the default taken.
    fn settle_names(&self, values: &mut RowValues) {
        let mapping = self.mapping;
        for (field, known, default) in [
            ("branch", &self.branches, mapping.branch.map(|id| id.to_string())),
            ("owner", &self.staff, mapping.owner.map(|id| id.to_string())),
        ] {
            let written = values.plain.remove(field);
            let found = written.as_ref().and_then(|word| {
                let is_id = word.parse::<DefinitionId>().is_ok();
                if is_id { Some(word.clone()) } else { known.get(&fold(word)).cloned() }
            });
            if let (Some(word), None) = (&written, &found) {
                let code = if field == "branch" { "unknownBranch" } else { "unknownStaff" };
                values.remarks.push(note(code, field, word));
            }
            match (found, default) {
                (Some(id), _) => drop(values.plain.insert(field.to_owned(), id)),
                (None, Some(id)) => drop(values.defaults.insert(field.to_owned(), id)),
                (None, None) => {}
            }
        }
        if let Some(source) = mapping.source.as_ref().filter(|_| !values.plain.contains_key("source")) {
            values.defaults.insert("source".to_owned(), source.clone());
        }
    }
}

/// The same import and row give the same identifier: doing a row twice is doing it once.
pub(super) fn derived_from(import: ImportId, key: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("quen 2026 import id");
    hasher.update(&import.0).update(key.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    id
}

/// Six bytes of the import, the row in 28 bits, and the place in it in 4; the rest names the space.
fn seed_of(import: ImportId, line: u32, place: u8) -> [u8; 16] {
    let mut seed = derived_from(import, "people");
    seed[6..10].copy_from_slice(&((line << 4) | u32::from(place & 0xf)).to_be_bytes());
    seed
}

pub(super) fn note(code: &str, column: &str, text: &str) -> ImportNote {
    ImportNote { code: code.to_owned(), column: column.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_rows_are_apart_and_stand_in_the_order_of_the_rows() {
        let seeds: Vec<_> = (1..2_000)
            .flat_map(|line| (0..3).map(move |place| seed_of(ImportId([7; 16]), line, place)))
            .collect();
        assert!(seeds.is_sorted_by(|before, after| before[..10] < after[..10]));
        assert_ne!(seeds[0][..6], seed_of(ImportId([8; 16]), 1, 0)[..6]);
    }
}
