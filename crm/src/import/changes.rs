//! What a row says of a person to edits: of somebody new, and of somebody who is known.

use formats::phone;

use super::{
    frame::{Frame, derived_from, note},
    lookup::Known,
    overlay::Values,
    values::RowValues,
    view::{ImportCell, ImportRow},
};
use crate::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    id::{ContactId, ImportId, TagId},
};

/// Words that stand for a field of which nobody has said anything.
const UNSAID: [(&str, &str); 2] = [("status", "new"), ("kind", "lead")];

/// Enters a person.
pub fn create(id: ContactId, values: &RowValues, frame: &Frame<'_>, shown: &mut ImportRow) -> Vec<Edit> {
    let mut facts: Vec<Fact> = values
        .plain
        .iter()
        .chain(&values.defaults)
        .map(|(field, value)| Fact { field: field.clone(), value: value.clone() })
        .collect();
    for fact in &facts {
        let raw = values.raw.get(&fact.field).unwrap_or(&fact.value);
        shown.cells.push(cell(&fact.field, raw, "", &fact.value));
    }
    let mut free = [("phone", 1), ("email", 1), ("zalo", 1), ("facebook", 1)];
    for Point { kind, value, typed } in points(values) {
        let Some((_, slot)) = free.iter_mut().find(|(known, _)| *known == kind) else { continue };
        let field = format!("{kind}.{slot}");
        *slot += 1;
        shown.cells.push(cell(&field, typed, "", value));
        facts.push(Fact { field, value: typed.to_owned() });
    }
    let tags: Vec<_> = values.tags.iter().chain(&frame.mapping.tags).cloned().collect();
    shown.cells.extend(labels_cell("tags", values, &tags));
    vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags } }]
}

/// Changes somebody who is known. A row about somebody whom an earlier row named adds and overrules nothing.
pub fn update(known: &Known, values: &RowValues, frame: &Frame<'_>, shown: &mut ImportRow) -> Vec<Edit> {
    let (id, only_fills) = (known.id, known.line.is_some());
    let mut edits = Vec::new();
    let written =
        values.plain.iter().filter(|(field, _)| *field != "createdOn").map(|cell| (cell, only_fills));
    // What the options say for rows that say nothing never overrules, and nobody changes branch by it.
    let defaults = values.defaults.iter().filter(|(field, _)| *field != "branch").map(|cell| (cell, true));
    for ((field, value), only_fills) in written.chain(defaults) {
        let before = known.values.get(field).map_or("", String::as_str);
        // A name without marks takes none away from the same name with marks.
        let is_poorer = field == "fullName" && value.is_ascii() && !before.is_ascii();
        let is_said = !before.is_empty() && !UNSAID.contains(&(field.as_str(), before));
        if before == value || is_poorer || (only_fills && is_said) {
            continue;
        }
        let home = (field == "branch").then(|| frame.homes.of(value.parse().ok()));
        if home.is_some_and(|home| !id.is_of(home)) {
            let written = values.raw.get(field).unwrap_or(value);
            shown.notes.push(note("otherBranch", field, written));
            continue;
        }
        shown.cells.push(cell(field, values.raw.get(field).map_or("", String::as_str), before, value));
        edits.push(set(id, field.clone(), value.clone()));
    }
    edits.extend(new_points(known, values, frame, shown));
    let tags = values.tags.iter().chain(&frame.mapping.tags);
    let tags: Vec<_> = tags.filter(|label| !has_label(&known.values, "tag", label)).cloned().collect();
    shown.cells.extend(labels_cell("tags", values, &tags));
    let add = |label| Edit::Contact { id, edit: ContactEdit::AddTag { label } };
    edits.extend(tags.into_iter().map(add));
    edits
}

/// Numbers and addresses that a known person lacks.
fn new_points(known: &Known, values: &RowValues, frame: &Frame<'_>, shown: &mut ImportRow) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (at, Point { kind, value, typed }) in points(values).into_iter().enumerate() {
        if known.values.values().any(|held| held == value) {
            continue;
        }
        let first = format!("{kind}.1");
        let stands = known.values.get(&first);
        // A mended row brings the number in the place of what could not be read as one.
        let mends = values.contact.is_some() && kind == "phone" && value.starts_with('+');
        let is_open = stands.is_none_or(|stands| mends && !stands.starts_with('+'));
        let is_free = is_open && !edits.iter().any(|edit| is_set(edit, &first));
        let before = stands.filter(|_| is_free).map_or("", String::as_str);
        let field =
            if is_free { first } else { format!("{kind}.{}", added_slot(frame.import, shown.line, at)) };
        shown.cells.push(cell(&field, typed, before, value));
        edits.push(set(known.id, field, typed.to_owned()));
    }
    edits
}

/// A way to reach a person.
struct Point<'a> {
    kind: &'static str,
    /// As it will stand.
    value: &'a str,
    /// As it goes in: as written, where that is read as the same.
    typed: &'a str,
}

fn points(values: &RowValues) -> Vec<Point<'_>> {
    let phones =
        values.phones.iter().map(|(value, raw)| Point { kind: "phone", value, typed: typed(value, raw) });
    let emails = values.emails.iter().map(|value| Point { kind: "email", value, typed: value });
    let others = values.others.iter().map(|(kind, value)| Point { kind, value, typed: value });
    phones.chain(emails).chain(others).collect()
}

/// A number as it goes in: as written, where that is read as the same.
pub fn typed<'a>(value: &'a str, raw: &'a str) -> &'a str {
    let reads_back = phone::parse_phone(raw).is_some_and(|number| number.as_str() == value);
    if reads_back { raw } else { value }
}

/// Whether a tag or an interest stands, however its name is written.
pub fn has_label(values: &Values, list: &str, label: &str) -> bool {
    let key = data_encoding::HEXLOWER.encode(&TagId::of_name(label).0);
    values.contains_key(&format!("{list}.{key}"))
}

/// Sets one field.
pub fn set(id: ContactId, field: String, value: String) -> Edit {
    Edit::Contact { id, edit: ContactEdit::Set { field, value: Some(value) } }
}

/// A place for a further number or address, the same whenever the row is planned.
pub fn added_slot(import: ImportId, line: u32, at: usize) -> String {
    ulid::Ulid::from_bytes(derived_from(import, &format!("point {line} {at}"))).to_string()
}

fn is_set(edit: &Edit, key: &str) -> bool {
    matches!(edit, Edit::Contact { edit: ContactEdit::Set { field, .. }, .. } if field == key)
}

/// The cell of tags or interests that are added, if any are.
pub fn labels_cell(target: &str, values: &RowValues, labels: &[String]) -> Option<ImportCell> {
    let raw = values.raw.get(target).map_or("", String::as_str);
    (!labels.is_empty()).then(|| cell(target, raw, "", &labels.join(", ")))
}

/// What would change in one field.
pub fn cell(field: &str, raw: &str, before: &str, after: &str) -> ImportCell {
    ImportCell {
        field: field.to_owned(),
        raw: raw.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    }
}
