//! Listing people under the hashes of their phones and e-mails.

use std::collections::BTreeSet;

use crdt::{RegisterValue, Registers, seal::IndexKey};
use wire::DocKind;

use super::{Acted, Action, EditError, Engine, EngineError};
use crate::{
    contact::{
        self,
        field::{Field, PointKind},
    },
    id::{ContactId, PageId},
    listing::{
        self,
        model::{Listing, PointHash},
    },
};

impl Engine {
    /// What must be listed, or taken off, so that exactly the phones and e-mails that people have now are.
    ///
    /// # Errors
    /// [`EngineError`] if the database refuses.
    pub fn unlisted(
        &mut self,
        people: &BTreeSet<ContactId>,
        key: &IndexKey,
    ) -> Result<Vec<Listing>, EngineError> {
        let mut listings = Vec::new();
        for &person in people {
            let held = self.hashes_of(person, key)?;
            let known = listing::query::of_person(&self.conn, person)?;
            let is_listed =
                |hash: &PointHash| known.get(hash).is_some_and(|generation| generation.is_listed());
            let all: BTreeSet<_> = held.iter().chain(known.keys()).copied().collect();
            for hash in all.into_iter().filter(|hash| held.contains(hash) != is_listed(hash)) {
                let generation = known.get(&hash).copied().unwrap_or_default();
                listings.extend(generation.next().map(|generation| Listing { hash, person, generation }));
            }
        }
        Ok(listings)
    }

    /// Writes listings as one new page of the index.
    ///
    /// # Errors
    /// [`EditError`] if this device may not, or the disk refuses; then nothing took effect.
    pub fn list(&mut self, action: Action, page: PageId, listings: &[Listing]) -> Result<Acted, EditError> {
        if !self.author.role.may_write(DocKind::LISTING) {
            return Err(EditError::NotAllowed);
        }
        self.write(action, vec![(page.doc(), listing::doc::puts(listings))], |_| Ok(()))
    }

    /// The hashes of the phones and e-mails of one record, disputed ones too; none for who lies in the bin.
    fn hashes_of(&mut self, person: ContactId, key: &IndexKey) -> Result<BTreeSet<PointHash>, EngineError> {
        // The rows do not say what others wrote, nor which of the records that are shown as one person has what.
        let points = if contact::table::is_linked(&self.conn, person)?
            || contact::table::is_disputed(&self.conn, person)?
        {
            points_of(&self.document(person.doc())?.registers())
        } else {
            contact::table::shown_points(&self.conn, person)?
        };
        Ok(points.into_iter().filter_map(|(kind, value)| PointHash::of(key, kind, &value)).collect())
    }
}

/// The phones and e-mails that a document holds, with those that wait for a choice.
fn points_of(registers: &Registers) -> Vec<(PointKind, String)> {
    let mut points = Vec::new();
    if registers.get("profile/deletedAt").is_some_and(|register| !register.value.is_empty()) {
        return points;
    }
    for (key, register) in registers {
        let Some(Field::Point { kind, .. }) = Field::of_register(key) else { continue };
        let others = register.versions.iter().map(|version| &version.value);
        for value in others.chain([&register.value]).filter_map(RegisterValue::as_text) {
            if kind.canonical(value).as_deref() == Some(value) {
                points.push((kind, value.to_owned()));
            }
        }
    }
    points
}
