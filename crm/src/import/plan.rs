//! One row to edits: who it is about, what would change, what is worth saying. Pure but for the look-ups.

use std::collections::BTreeMap;

use formats::{fold::fold, table::Row};
use rusqlite::Connection;

use super::{
    lookup::{self, Known, Seen},
    table,
    values::{self, Guardian, RowValues},
    view::{ImportCell, ImportMapping, ImportNote, ImportRow},
};
use crate::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    id::{AtMs, ContactId, ImportId, InteractionId, TagId},
    interaction::edit::InteractionEdit,
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
    if values.guardian.is_known() {
        values.guardian.known = lookup::find_guardian(conn, &values.guardian)?;
    }
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
    let earlier = seen.find(&values);
    let known = match earlier {
        Some(_) => None,
        None => lookup::find(conn, &values, &frame.mapping.match_keys)?,
    };
    let id = match (&earlier, &known) {
        (Some((_, id)), _) => *id,
        (None, Some(known)) => known.id,
        (None, None) => ContactId(derived(frame.import, row.number, "person")),
    };
    if earlier.is_none() {
        seen.add(&values, row.number, id);
    }
    shown.contact = Some(id);
    let edits = match (earlier, known) {
        (Some((line, _)), _) => {
            shown.outcome = "duplicate".to_owned();
            shown.notes.push(note("sameAsLine", "", &line.to_string()));
            // The later row adds what the earlier one left out, and overrules nothing.
            let so_far = table::values_of(conn, id).unwrap_or_default();
            update(id, &Known { id, values: so_far }, &values, frame, row.number, true, &mut shown)
        }
        (None, Some(_)) if frame.mapping.mode == "create" => {
            shown.outcome = "unchanged".to_owned();
            Vec::new()
        }
        (None, Some(known)) => {
            let edits = update(id, &known, &values, frame, row.number, false, &mut shown);
            shown.outcome = if edits.is_empty() { "unchanged" } else { "updated" }.to_owned();
            edits
        }
        (None, None) if frame.mapping.mode == "update" => {
            shown.outcome = "unchanged".to_owned();
            shown.notes.push(note("noMatch", "", ""));
            Vec::new()
        }
        (None, None) => {
            shown.outcome = "new".to_owned();
            create(id, &values, frame, row.number, &mut shown)
        }
    };
    Ok(Planned { row: shown, edits })
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
        if let Some(id) = found.or(default) {
            values.plain.insert(field.to_owned(), id);
        }
    }
    if let Some(source) = &frame.mapping.source {
        values.plain.entry("source".to_owned()).or_insert_with(|| source.clone());
    }
}

fn create(
    id: ContactId,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
    shown: &mut ImportRow,
) -> Vec<Edit> {
    let mut facts: Vec<Fact> = values
        .plain
        .iter()
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
        shown.cells.push(ImportCell {
            field: fact.field.clone(),
            raw,
            before: String::new(),
            after: fact.value.clone(),
        });
    }
    let tags = values.tags.iter().chain(&frame.mapping.tags).cloned().collect();
    let mut edits = vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags } }];
    edits.extend(extras(id, values, frame, line));
    edits
}

fn update(
    id: ContactId,
    known: &Known,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
    only_fills: bool,
    shown: &mut ImportRow,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (field, value) in values.plain.iter().filter(|(field, _)| *field != "createdOn") {
        let before = known.values.get(field).cloned().unwrap_or_default();
        if before == *value || (only_fills && !before.is_empty()) {
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
    // A note of a row that was brought in before is not brought in twice by this import, but may be by another.
    if !edits.is_empty() || only_fills {
        edits.extend(extras(id, values, frame, line));
    }
    edits
}

/// What a row says besides plain values: interests, consent, a note, the guardian.
fn extras(id: ContactId, values: &RowValues, frame: &Frame<'_>, line: u32) -> Vec<Edit> {
    let mut edits = Vec::new();
    for label in &values.interests {
        edits.push(Edit::Contact { id, edit: ContactEdit::AddInterest { label: label.clone() } });
    }
    if let Some(is_granted) = values.consent {
        let edit = ContactEdit::SetConsent {
            purpose: "marketing".to_owned(),
            channel: "any".to_owned(),
            is_granted,
            evidence: "import".to_owned(),
        };
        edits.push(Edit::Contact { id, edit });
    }
    if !values.notes.is_empty() || values.interaction_at_ms.is_some() {
        let edit = InteractionEdit::Record {
            kind: "note".to_owned(),
            happened_at_ms: values.interaction_at_ms.map(AtMs),
            direction: None,
            outcome: None,
            body: values.notes.join("\n"),
        };
        let interaction = InteractionId(derived(frame.import, line, "note"));
        edits.push(Edit::Interaction { contact: id, id: interaction, edit });
    }
    if values.guardian.is_known() {
        edits.extend(guardian(id, &values.guardian, values, frame, line));
    }
    edits
}

/// The guardian is a person of their own; one who is named for several children is one person.
fn guardian(
    child: ContactId,
    guardian: &Guardian,
    values: &RowValues,
    frame: &Frame<'_>,
    line: u32,
) -> Vec<Edit> {
    let key = match &guardian.phone {
        Some(phone) => format!("guardian {phone} {}", fold(&guardian.name)),
        None => format!("guardian of line {line}"),
    };
    if let Some(known) = guardian.known.filter(|known| *known != child) {
        let edit = ContactEdit::Relate { kind: "guardian".to_owned(), other: known };
        return vec![Edit::Contact { id: child, edit }];
    }
    let id = ContactId(derived_from(frame.import, &key));
    let mut facts = vec![Fact { field: "kind".to_owned(), value: "guardian".to_owned() }];
    let name = if guardian.name.is_empty() {
        format!("Phụ huynh {}", values.plain.get("fullName").map_or("", String::as_str))
    } else {
        guardian.name.clone()
    };
    facts.push(Fact { field: "fullName".to_owned(), value: name });
    for (field, value) in [("phone.1", &guardian.phone), ("email.1", &guardian.email)] {
        if let Some(value) = value {
            facts.push(Fact { field: field.to_owned(), value: value.clone() });
        }
    }
    for field in ["branch", "source", "owner"] {
        if let Some(value) = values.plain.get(field) {
            facts.push(Fact { field: field.to_owned(), value: value.clone() });
        }
    }
    vec![
        Edit::Contact { id, edit: ContactEdit::Create { facts, tags: Vec::new() } },
        Edit::Contact { id: child, edit: ContactEdit::Relate { kind: "guardian".to_owned(), other: id } },
    ]
}

fn set(id: ContactId, field: String, value: String) -> Edit {
    Edit::Contact { id, edit: ContactEdit::Set { field, value: Some(value) } }
}

fn is_set(edit: &Edit, key: &str) -> bool {
    matches!(edit, Edit::Contact { edit: ContactEdit::Set { field, .. }, .. } if field == key)
}

fn slot(kind: &str, at: usize) -> String {
    format!("{kind}.{}", at + 1)
}

fn added_slot(import: ImportId, line: u32, at: usize) -> String {
    ulid::Ulid::from_bytes(derived_from(import, &format!("point {line} {at}"))).to_string()
}

fn derived(import: ImportId, line: u32, what: &str) -> [u8; 16] {
    derived_from(import, &format!("{what} {line}"))
}

/// The same import and row give the same identifier: doing a row twice is doing it once.
fn derived_from(import: ImportId, key: &str) -> [u8; 16] {
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
