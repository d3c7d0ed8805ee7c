//! One row to edits: who it is about, what would change, what is worth saying. Pure but for the look-ups.

use std::collections::BTreeMap;

use formats::{fold::fold, table::Row};
use rusqlite::Connection;

use super::{
    extras,
    lookup::{self, Known, Match, Seen},
    values::{self, RowValues},
    view::{ImportCell, ImportMapping, ImportNote, ImportRow},
};
use crate::{
    contact::{
        edit::{ContactEdit, Fact},
        own_field,
        table::row::values_of,
    },
    edit::Edit,
    engine::Homes,
    id::{ContactId, ImportId, TagId},
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
    pub branches: BTreeMap<String, String>,
    /// Staff by folded name.
    pub staff: BTreeMap<String, String>,
    /// Where people of each branch live.
    pub homes: Homes,
}

impl Frame<'_> {
    /// The person that a row, or a part of it, enters.
    pub(super) fn person(&self, key: &str, values: &RowValues) -> ContactId {
        let branch = values.plain.get("branch").or_else(|| values.defaults.get("branch"));
        let space = self.homes.of(branch.and_then(|id| id.parse().ok()));
        ContactId::in_space(derived_from(self.import, key), space)
    }
}

/// A row, planned.
#[derive(Debug)]
pub struct Planned {
    /// As the screens show it.
    pub row: ImportRow,
    /// What to ask of the engine; empty when nothing is to be done.
    pub edits: Vec<Edit>,
}

/// Plans a row.
///
/// # Errors
/// [`StoreError`] if a look-up fails.
pub fn plan(conn: &Connection, row: &Row, frame: &Frame<'_>, seen: &mut Seen) -> Result<Planned, StoreError> {
    let mut values = values::read(row, frame.header, frame.mapping);
    settle_names(&mut values, frame);
    settle_own(conn, &mut values, frame)?;
    let name = values.plain.get("fullName").cloned().unwrap_or_default();
    let mut shown = ImportRow {
        line: row.number,
        outcome: "error".to_owned(),
        name,
        contact: None,
        cells: Vec::new(),
        notes: std::mem::take(&mut values.remarks),
    };
    if let Some(code) = not_a_person(row, frame.header, &values) {
        shown.outcome = "unchanged".to_owned();
        shown.notes = vec![note(code, "", "")];
        return Ok(Planned { row: shown, edits: Vec::new() });
    }
    if shown.name.is_empty() && values.phones.is_empty() && values.emails.is_empty() {
        shown.notes.push(note("noName", "", ""));
        return Ok(Planned { row: shown, edits: Vec::new() });
    }
    let own = frame.person(&format!("person {}", row.number), &values);
    // A row that was brought in before this run stopped is its own person, whoever else is alike.
    let found = match values_of(conn, own)? {
        Some(_) => Match::None,
        None => lookup::find(conn, seen, &values, &frame.mapping.match_keys)?,
    };
    match &found {
        Match::Several(names) | Match::Maybe(names) => shown.notes.push(note("maybeKnown", "", names)),
        Match::One(_) | Match::None => {}
    }
    let (known, mut edits) = match found {
        // Nothing in the row tells them apart, and a guess would write into the wrong person.
        Match::Several(_) => return Ok(Planned { row: shown, edits: Vec::new() }),
        Match::One(known) => {
            let edits = of_known(&known, &values, frame, row.number, &mut shown);
            (known, edits)
        }
        Match::Maybe(_) | Match::None if frame.mapping.mode == "update" => {
            shown.outcome = "unchanged".to_owned();
            shown.notes.push(note("noMatch", "", ""));
            return Ok(Planned { row: shown, edits: Vec::new() });
        }
        Match::Maybe(_) | Match::None => {
            shown.outcome = "new".to_owned();
            let edits = create(own, &values, frame, &mut shown);
            let values = values_of(conn, own)?.unwrap_or_default();
            (Known { id: own, values, line: None }, edits)
        }
    };
    shown.contact = Some(known.id);
    if known.line.is_none() && shown.outcome != "new" && frame.mapping.mode == "create" {
        shown.outcome = "unchanged".to_owned();
        shown.cells.clear();
        edits.clear();
    } else {
        edits.extend(extras::plan(conn, seen, &known, &values, frame, row.number)?);
    }
    if shown.outcome == "updated" && edits.is_empty() {
        shown.outcome = "unchanged".to_owned();
    }
    let mut standing = known.values;
    standing.extend(shown.cells.iter().map(|cell| (cell.field.clone(), cell.after.clone())));
    seen.add(known.id, row.number, standing);
    Ok(Planned { row: shown, edits })
}

/// A row about somebody who is here, or whom an earlier row is about: that one it adds to and overrules in nothing.
fn of_known(
    known: &Known,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
    shown: &mut ImportRow,
) -> Vec<Edit> {
    shown.outcome = if known.line.is_some() { "duplicate" } else { "updated" }.to_owned();
    if let Some(earlier) = known.line {
        shown.notes.push(note("sameAsLine", "", &earlier.to_string()));
    }
    update(known, values, frame, line, shown)
}

/// What a row is that people put between the people of a sheet: sums, or the names of the columns once more.
fn not_a_person(row: &Row, header: &[String], values: &RowValues) -> Option<&'static str> {
    const SUMS: [&str; 6] = ["tong cong", "tong so", "tong ket", "tong", "total", "grand total"];
    let mut cells =
        row.cells.iter().enumerate().map(|(at, cell)| (at, fold(cell))).filter(|(_, cell)| !cell.is_empty());
    let is_header = cells.clone().count() > 1
        && cells.clone().all(|(at, cell)| header.get(at).is_some_and(|name| fold(name) == cell));
    if is_header {
        return Some("headerRow");
    }
    let letters = |cell: &str| {
        let words = cell.split(' ').filter(|word| word.contains(char::is_alphabetic));
        words.collect::<Vec<_>>().join(" ")
    };
    let is_sum = values.phones.is_empty()
        && values.emails.is_empty()
        && cells.any(|(_, cell)| SUMS.contains(&letters(&cell).as_str()) || cell.starts_with("tong cong "));
    is_sum.then_some("totalRow")
}

/// Fields of one's own take their form; what cannot stand there is kept in a note.
fn settle_own(conn: &Connection, values: &mut RowValues, frame: &Frame<'_>) -> Result<(), StoreError> {
    let own: Vec<_> = values.plain.iter().filter(|(key, _)| key.starts_with("custom.")).collect();
    let own: Vec<(String, String)> = own.into_iter().map(|(key, text)| (key.clone(), text.clone())).collect();
    for (key, text) in own {
        match own_field::fit(conn, &key, &text)? {
            Ok(value) => drop(values.plain.insert(key, value)),
            Err(_) => {
                let at = frame.mapping.columns.iter().position(|target| *target == key);
                let column = at.and_then(|at| frame.header.get(at)).map_or("", String::as_str);
                values.plain.remove(&key);
                values.keep("unknownWord", column, &text);
            }
        }
    }
    Ok(())
}

/// Names of branches and staff to identifiers; what nobody knows is said and the default taken.
fn settle_names(values: &mut RowValues, frame: &Frame<'_>) {
    for (field, known, default) in [
        ("branch", &frame.branches, frame.mapping.branch.map(|id| id.to_string())),
        ("owner", &frame.staff, frame.mapping.owner.map(|id| id.to_string())),
    ] {
        let written = values.plain.remove(field);
        let found = written.as_ref().and_then(|word| {
            let is_id = word.parse::<crate::id::DefinitionId>().is_ok();
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
    if let Some(source) = frame.mapping.source.as_ref().filter(|_| !values.plain.contains_key("source")) {
        values.defaults.insert("source".to_owned(), source.clone());
    }
}

fn create(id: ContactId, values: &RowValues, frame: &Frame<'_>, shown: &mut ImportRow) -> Vec<Edit> {
    let mut facts: Vec<Fact> = values
        .plain
        .iter()
        .chain(&values.defaults)
        .map(|(field, value)| Fact { field: field.clone(), value: value.clone() })
        .collect();
    for (at, (value, raw)) in values.phones.iter().enumerate() {
        facts.push(Fact {
            field: slot("phone", at),
            value: if value.starts_with('+') { raw.clone() } else { value.clone() },
        });
    }
    for (at, email) in values.emails.iter().enumerate() {
        facts.push(Fact { field: slot("email", at), value: email.clone() });
    }
    for (kind, value) in &values.others {
        facts.push(Fact { field: format!("{kind}.1"), value: value.clone() });
    }
    for fact in &facts {
        let raw = values.raw.get(&fact.field).cloned().unwrap_or_else(|| fact.value.clone());
        // A phone goes in as it was written; the person has it as a number.
        let number = values.phones.iter().find(|(_, written)| *written == fact.value);
        let after = match fact.field.split_once('.') {
            Some(("phone", _)) => number.map_or(&fact.value, |(number, _)| number),
            _ => &fact.value,
        };
        let (field, after) = (fact.field.clone(), after.clone());
        shown.cells.push(ImportCell { field, raw, before: String::new(), after });
    }
    let tags = values.tags.iter().chain(&frame.mapping.tags).cloned().collect();
    vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags } }]
}

fn update(
    known: &Known,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
    shown: &mut ImportRow,
) -> Vec<Edit> {
    let (id, only_fills) = (known.id, known.line.is_some());
    let mut edits = Vec::new();
    let written =
        values.plain.iter().filter(|(field, _)| *field != "createdOn").map(|cell| (cell, only_fills));
    // What the options say for rows that say nothing never overrules, and nobody changes branch by it.
    let defaults = values.defaults.iter().filter(|(field, _)| *field != "branch").map(|cell| (cell, true));
    for ((field, value), only_fills) in written.chain(defaults) {
        let before = known.values.get(field).cloned().unwrap_or_default();
        // A name without marks takes none away from the same name with marks.
        let is_poorer = field == "fullName" && value.is_ascii() && !before.is_ascii();
        if before == *value || is_poorer || (only_fills && !before.is_empty()) {
            continue;
        }
        let home = (field == "branch").then(|| frame.homes.of(value.parse().ok()));
        if home.is_some_and(|home| !id.is_of(home)) {
            let written = values.raw.get(field).unwrap_or(value);
            shown.notes.push(note("otherBranch", field, written));
            continue;
        }
        shown.cells.push(ImportCell {
            field: field.clone(),
            raw: values.raw.get(field).cloned().unwrap_or_default(),
            before,
            after: value.clone(),
        });
        edits.push(set(id, field.clone(), value.clone()));
    }
    let has = |value: &str| known.values.values().any(|known| known == value);
    let points = values.phones.iter().map(|(phone, _)| ("phone", phone));
    let points = points.chain(values.emails.iter().map(|email| ("email", email)));
    let points = points.chain(values.others.iter().map(|(kind, value)| (*kind, value)));
    for (at, (kind, value)) in points.enumerate().filter(|(_, (_, value))| !has(value)) {
        let first = format!("{kind}.1");
        let is_free = !known.values.contains_key(&first) && !edits.iter().any(|edit| is_set(edit, &first));
        let field = if is_free { first } else { format!("{kind}.{}", added_slot(frame.import, line, at)) };
        shown.cells.push(ImportCell {
            field: field.clone(),
            raw: value.clone(),
            before: String::new(),
            after: value.clone(),
        });
        edits.push(set(id, field, value.clone()));
    }
    for label in values.tags.iter().chain(&frame.mapping.tags) {
        let key = format!("tag.{}", data_encoding::HEXLOWER.encode(&TagId::of_name(label).0));
        if !known.values.contains_key(&key) {
            edits.push(Edit::Contact { id, edit: ContactEdit::AddTag { label: label.clone() } });
        }
    }
    edits
}

pub(super) fn set(id: ContactId, field: String, value: String) -> Edit {
    Edit::Contact { id, edit: ContactEdit::Set { field, value: Some(value) } }
}

fn is_set(edit: &Edit, key: &str) -> bool {
    matches!(edit, Edit::Contact { edit: ContactEdit::Set { field, .. }, .. } if field == key)
}

fn slot(kind: &str, at: usize) -> String {
    format!("{kind}.{}", at + 1)
}

pub(super) fn added_slot(import: ImportId, line: u32, at: usize) -> String {
    ulid::Ulid::from_bytes(derived_from(import, &format!("point {line} {at}"))).to_string()
}

/// The same import and row give the same identifier: doing a row twice is doing it once.
pub(super) fn derived_from(import: ImportId, key: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("quen 2026 import id");
    hasher.update(&import.0).update(key.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    id
}

fn note(code: &str, column: &str, text: &str) -> ImportNote {
    ImportNote { code: code.to_owned(), column: column.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(cells: [&str; 3]) -> Option<&'static str> {
        let header = ["STT", "Họ và tên", "SĐT"].map(str::to_owned);
        let row = Row { number: 9, cells: cells.map(str::to_owned).to_vec() };
        let columns = ["ignore", "fullName", "phone"].map(str::to_owned).to_vec();
        let mapping = ImportMapping { columns, ..ImportMapping::default() };
        not_a_person(&row, &header, &values::read(&row, &header, &mapping))
    }

    #[test]
    fn sums_and_repeated_headers_are_not_people() {
        assert_eq!(kind_of(["", "TỔNG CỘNG: 412", ""]), Some("totalRow"));
        assert_eq!(kind_of(["Tổng", "412", ""]), Some("totalRow"));
        assert_eq!(kind_of(["", "Tổng cộng học viên", ""]), Some("totalRow"));
        assert_eq!(kind_of(["STT", "HỌ VÀ TÊN", "SĐT"]), Some("headerRow"));
    }

    #[test]
    fn people_whose_family_name_is_tong_stay_people() {
        assert_eq!(kind_of(["3", "Tống Cộng Hòa", "0912345678"]), None);
        assert_eq!(kind_of(["3", "Tống Văn An", ""]), None);
        assert_eq!(kind_of(["", "", ""]), None);
    }
}
