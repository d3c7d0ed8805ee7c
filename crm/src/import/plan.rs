//! One row to edits: who it is about, what would change, what is worth saying. Writes nothing.

use formats::table::{Row, RowError};
use rusqlite::Connection;

use super::{
    apart::not_a_person,
    changes, doubts, extras,
    frame::{Frame, note},
    lookup::{self, Known, Match},
    outcome,
    overlay::{Named, Overlay, Values},
    refusal,
    values::{self, RowValues},
    view::{ImportNote, ImportRow},
};
use crate::{
    edit::Edit,
    engine::{EditError, EngineError},
    id::ContactId,
    store::StoreError,
};

/// Plans the rows of one file, in order.
///
/// What comes out depends on the database as it was when the first row was planned, and on the rows before; not on
/// how many of those are written already. So whoever writes may lag behind.
#[derive(Debug)]
pub struct Planner<'a> {
    frame: Frame<'a>,
    overlay: Overlay,
}

/// A row, planned.
#[derive(Debug)]
pub struct Planned {
    /// As the screens show it.
    pub row: ImportRow,
    /// Whom it is about and whom it enters or adds to besides, in the order in which it names them.
    pub named: Vec<Named>,
    /// What to ask of the engine; empty when nothing is to be done.
    pub edits: Vec<Edit>,
    /// How many guardians it enters.
    pub guardians: u32,
}

impl<'a> Planner<'a> {
    /// Begins at the first row.
    pub fn new(frame: Frame<'a>) -> Self {
        Self { frame, overlay: Overlay::default() }
    }

    /// Passes over a row that an earlier run has written and that named these people.
    ///
    /// # Errors
    /// [`StoreError`] if the database refuses.
    pub fn pass(&mut self, conn: &Connection, line: u32, named: &[Named]) -> Result<(), StoreError> {
        named.iter().try_for_each(|named| self.overlay.recall(conn, line, *named))
    }

    /// Plans the next row.
    ///
    /// # Errors
    /// [`StoreError`] if a look-up fails.
    pub fn plan(&mut self, conn: &Connection, row: Result<Row, RowError>) -> Result<Planned, StoreError> {
        let row = match row {
            Ok(row) => row,
            Err(error) => return Ok(Planned::told(unreadable(&error))),
        };
        let mut values = values::read(&row, self.frame.header, self.frame.mapping);
        self.frame.settle(conn, &mut values)?;
        let mut shown = ImportRow {
            line: row.number,
            outcome: "error".to_owned(),
            name: values.plain.get("fullName").cloned().unwrap_or_default(),
            contact: None,
            cells: Vec::new(),
            notes: std::mem::take(&mut values.remarks),
        };
        shown.notes.extend(doubts::swallowed(&row, self.frame.header, self.frame.delimiter));
        if let Some(code) = not_a_person(&row, self.frame.header, &values) {
            shown.outcome = "unchanged".to_owned();
            shown.notes = vec![note(code, "", "")];
            return Ok(Planned::told(shown));
        }
        let is_named = values.contact.is_some() || values.plain.contains_key("externalId");
        if is_nameless(&values) && !is_named {
            shown.notes.push(note("noName", "", ""));
            return Ok(Planned::told(shown));
        }
        let Some(known) = self.whom(conn, &values, &mut shown)? else { return Ok(Planned::told(shown)) };
        if shown.name.is_empty() {
            shown.name = known.values.get("fullName").cloned().unwrap_or_default();
        }
        let edits = self.edits(conn, &known, &values, &mut shown)?;
        self.settled(conn, (known.id, &known.values), edits, shown)
    }

    /// Whom a row is about: somebody known, or somebody new, of whom nothing stands. `None` if it shall do nothing;
    /// why is said.
    fn whom(
        &self,
        conn: &Connection,
        values: &RowValues,
        shown: &mut ImportRow,
    ) -> Result<Option<Known>, StoreError> {
        let found = lookup::find(conn, &self.overlay, values, &self.frame.mapping.match_keys)?;
        if let Match::Several(names) | Match::Maybe(names) = &found {
            shown.notes.push(note("maybeKnown", "", names));
        }
        let found = match found {
            Match::None if lookup::is_keyless(values) => self.same_words(conn, values)?,
            found => found,
        };
        match found {
            // Nothing in the row tells them apart, and a guess would write into the wrong person.
            Match::Several(_) => Ok(None),
            Match::One(known) => {
                shown.outcome = if known.line.is_some() { "duplicate" } else { "updated" }.to_owned();
                if let Some(earlier) = known.line {
                    shown.notes.push(note("sameAsLine", "", &earlier.to_string()));
                }
                Ok(Some(known))
            }
            Match::Maybe(_) | Match::None if self.frame.mapping.mode == "update" => {
                shown.outcome = "unchanged".to_owned();
                shown.notes.push(note("noMatch", "", ""));
                Ok(None)
            }
            // A code that nobody has is not enough to enter somebody by.
            Match::Maybe(_) | Match::None if is_nameless(values) => {
                shown.notes.extend([note("noMatch", "", ""), note("noName", "", "")]);
                Ok(None)
            }
            Match::Maybe(_) | Match::None => {
                shown.outcome = "new".to_owned();
                shown.notes.extend(doubts::elsewhere(conn, &self.frame, values)?);
                let id = if lookup::is_keyless(values) {
                    self.by_words(conn, values)?
                } else {
                    self.frame.person(shown.line, 0, values)
                };
                Ok(Some(Known { id, values: Values::new(), line: None }))
            }
        }
    }

    /// Whom a row without any key is about: who was entered from a row of the same words. The second row of the same
    /// words in one sheet is the second person of them.
    fn same_words(&self, conn: &Connection, values: &RowValues) -> Result<Match, StoreError> {
        let id = self.by_words(conn, values)?;
        let known = self.overlay.here(conn, id)?;
        Ok(known.map_or(Match::None, |values| Match::One(Known { id, values, line: None })))
    }

    /// The first person of these words whom no row of this sheet was about, here or not yet.
    fn by_words(&self, conn: &Connection, values: &RowValues) -> Result<ContactId, StoreError> {
        let mut nth = 0;
        loop {
            let id = self.frame.person_of_words(values, nth);
            let is_free = self.overlay.line_of(id).is_none();
            // Who lies in the bin or is part of another record is passed over.
            let is_gone =
                self.overlay.here(conn, id)?.is_none() && self.overlay.values_of(conn, id)?.is_some();
            if is_free && !is_gone {
                return Ok(id);
            }
            nth += 1;
        }
    }

    fn edits(
        &self,
        conn: &Connection,
        known: &Known,
        values: &RowValues,
        shown: &mut ImportRow,
    ) -> Result<Vec<Edit>, StoreError> {
        let is_new = shown.outcome == "new";
        let mut edits = if is_new {
            changes::create(known.id, values, &self.frame, shown)
        } else if self.may_change(known.id) {
            changes::update(known, values, &self.frame, shown)
        } else {
            if shown.outcome == "updated" {
                shown.outcome = "unchanged".to_owned();
            }
            shown.notes.push(note("onlyNew", "", ""));
            return Ok(Vec::new());
        };
        edits.extend(extras::plan(conn, &self.overlay, known, values, &self.frame, shown)?);
        if shown.outcome == "updated" && edits.is_empty() {
            shown.outcome = "unchanged".to_owned();
        }
        Ok(edits)
    }

    /// Whether somebody known may be changed: in an import that only enters people, those whom it entered.
    fn may_change(&self, id: ContactId) -> bool {
        self.frame.mapping.mode != "create" || self.overlay.is_new(id)
    }

    /// Takes a row into account, unless the engine would refuse it: then it does nothing, and says why.
    fn settled(
        &mut self,
        conn: &Connection,
        about: (ContactId, &Values),
        edits: Vec<Edit>,
        mut row: ImportRow,
    ) -> Result<Planned, StoreError> {
        match outcome::of(conn, &self.overlay, about, &edits, &self.frame) {
            Ok(made) => {
                row.contact = Some(about.0);
                let entered = made.people.iter().filter(|(id, _, is_new)| *is_new && *id != about.0);
                let guardians = u32::try_from(entered.count()).unwrap_or(u32::MAX);
                let named = self.overlay.take(row.line, made)?;
                Ok(Planned { row, named, edits, guardians })
            }
            Err(EditError::Engine(EngineError::Store(error))) => Err(error),
            Err(error) => {
                let why = refusal::told(error, &edits, &self.frame);
                let mut planned = Planned::told(row);
                planned.refuse(why);
                Ok(planned)
            }
        }
    }
}

impl Planned {
    fn told(row: ImportRow) -> Self {
        Self { row, named: Vec::new(), edits: Vec::new(), guardians: 0 }
    }

    /// Says why the engine does not accept the row, which then does nothing.
    pub fn refuse(&mut self, why: ImportNote) {
        if self.row.outcome == "new" {
            self.row.contact = None;
        }
        self.row.outcome = "error".to_owned();
        self.row.notes.push(why);
        self.guardians = 0;
        self.named.clear();
        self.edits.clear();
    }
}

/// Whether a row says nothing by which somebody could be called.
fn is_nameless(values: &RowValues) -> bool {
    !values.plain.contains_key("fullName") && values.phones.is_empty() && values.emails.is_empty()
}

/// The line in the file at which a row could not be read.
pub(super) fn line_of(error: &RowError) -> u32 {
    match error {
        RowError::CellTooLong { row, .. } | RowError::TooManyColumns { row, .. } => *row,
        // The row named is the last good one.
        RowError::Damaged { row, .. } => row.saturating_add(1),
        RowError::TooManyRows { .. } => u32::MAX,
    }
}

fn unreadable(error: &RowError) -> ImportRow {
    ImportRow {
        line: line_of(error),
        outcome: "error".to_owned(),
        name: String::new(),
        contact: None,
        cells: Vec::new(),
        notes: vec![note("unreadable", "", &error.to_string())],
    }
}
