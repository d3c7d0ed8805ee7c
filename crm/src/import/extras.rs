//! What a row says besides plain values: interests, consent, a note, the guardian. Each goes in once: what the
//! person has already is not asked for again, whichever import brought it.

use formats::{fold::fold, name::is_same_name};
use rusqlite::Connection;

use super::{
    changes::{added_slot, cell, has_label, labels_cell, set, typed},
    frame::{Frame, derived_from, note},
    lookup::{self, Known},
    overlay::{Overlay, Values},
    siblings,
    values::{Guardian, RowValues, labelled},
    view::{ImportCell, ImportNote, ImportRow},
};
use crate::{
    contact::edit::{ContactEdit, Fact},
    edit::Edit,
    id::{AtMs, ContactId, InteractionId},
    interaction::edit::InteractionEdit,
    store::StoreError,
};

/// Plans everything that a row adds to a person besides plain values, and says in `shown` what is left out and why.
///
/// # Errors
/// [`StoreError`] if a look-up fails.
pub fn plan(
    conn: &Connection,
    overlay: &Overlay,
    person: &Known,
    values: &RowValues,
    frame: &Frame<'_>,
    shown: &mut ImportRow,
) -> Result<Vec<Edit>, StoreError> {
    const CONSENT: (&str, &str) = ("marketing", "any");
    let id = person.id;
    let mut edits = Vec::new();
    let raw = |target: &str| values.raw.get(target).map_or("", String::as_str);
    let interests = values.interests.iter().filter(|label| !has_label(&person.values, "interest", label));
    let interests: Vec<_> = interests.cloned().collect();
    shown.cells.extend(labels_cell("interests", values, &interests));
    let add = |label| Edit::Contact { id, edit: ContactEdit::AddInterest { label, kind: None } };
    edits.extend(interests.into_iter().map(add));
    let consent = match values.consent {
        Some(says) => Some((says, overlay.consent_of(conn, id, CONSENT)?)),
        None => None,
    };
    if let Some((is_granted, before)) = consent.filter(|(says, before)| *before != Some(*says)) {
        let word = |says: bool| if says { "yes" } else { "no" };
        let before = before.map_or("", word);
        shown.cells.push(cell("consentMarketing", raw("consentMarketing"), before, word(is_granted)));
        let edit = ContactEdit::SetConsent {
            purpose: CONSENT.0.to_owned(),
            channel: CONSENT.1.to_owned(),
            is_granted,
            evidence: "import".to_owned(),
        };
        edits.push(Edit::Contact { id, edit });
    }
    let (mut known_guardians, mut kept) = (Vec::new(), values.notes.clone());
    let name = values.plain.get("fullName").or_else(|| person.values.get("fullName"));
    let name = name.map_or("", String::as_str);
    for (at, named) in guardians_of(values).iter().enumerate() {
        let is_other = std::ptr::eq(*named, &raw const values.guardians[1]);
        let place = Place { child: id, name, values, frame, line: shown.line, at, is_other };
        let planned = guardian(conn, overlay, named, &place, shown)?;
        known_guardians.extend(planned.here);
        edits.extend(planned.edits);
        kept.extend(planned.left);
    }
    let body = kept.join("\n").trim().to_owned();
    let at = values.interaction_at.map(|moment| moment.at_ms(frame.utc_offset_minutes));
    if (!body.is_empty() || at.is_some()) && !overlay.has_note(conn, id, &body, at)? {
        shown.cells.extend((!body.is_empty()).then(|| cell("note", raw("note"), "", &body)));
        let moment = raw("interactionAt");
        shown.cells.extend(at.map(|_| cell("interactionAt", moment, "", moment)));
        edits.push(recorded(frame, id, body, at));
    }
    edits.extend(siblings::of(conn, overlay, person, values, &known_guardians, shown)?);
    Ok(edits)
}

/// The guardians whom a row names, each once: not the person whom it is about, and not one person under two heads.
pub(super) fn guardians_of(values: &RowValues) -> Vec<&Guardian> {
    let name = values.plain.get("fullName").map_or("", String::as_str);
    let is_self = |guardian: &Guardian| {
        let has_phone = |phone: &String| values.phones.iter().any(|(known, _)| known == phone);
        is_same_name(name, &guardian.name) && guardian.phone.as_ref().is_none_or(has_phone)
    };
    let [first, second] = &values.guardians;
    let is_one = first.phone == second.phone
        && first.email == second.email
        && (first.name == second.name || is_same_name(&first.name, &second.name));
    let mut guardians = vec![first];
    guardians.extend((!is_one).then_some(second));
    guardians.retain(|guardian| guardian.is_known() && !is_self(guardian));
    guardians
}

/// The same words about the same person are one note, in however many rows they stand.
fn recorded(frame: &Frame<'_>, contact: ContactId, body: String, at_ms: Option<i64>) -> Edit {
    let id = InteractionId(derived_from(frame.import, &format!("note {contact} {at_ms:?} {body}")));
    let edit = InteractionEdit::Record {
        kind: "note".to_owned(),
        happened_at_ms: at_ms.map(AtMs),
        direction: None,
        outcome: None,
        body,
    };
    Edit::Interaction { contact, id, edit }
}

/// Where a sheet says a guardian's name, phone, e-mail and relation, of the first and the second.
const TARGETS: [[&str; 4]; 2] = [
    ["guardianName", "guardianPhone", "guardianEmail", "guardianRelation"],
    ["otherGuardianName", "otherGuardianPhone", "otherGuardianEmail", "otherGuardianRelation"],
];

/// Where a guardian is named.
struct Place<'a> {
    child: ContactId,
    /// The child's name.
    name: &'a str,
    values: &'a RowValues,
    frame: &'a Frame<'a>,
    line: u32,
    /// Which of the row's guardians.
    at: usize,
    /// Whether the sheet has it under the other guardian.
    is_other: bool,
}

/// What is to be done about a guardian.
struct PlannedGuardian {
    /// Who it is, if they were here already.
    here: Option<ContactId>,
    edits: Vec<Edit>,
    /// What the row says of them and their page has no room for.
    left: Option<String>,
}

/// A guardian is a person of their own; one who is named for several children is one person.
fn guardian(
    conn: &Connection,
    overlay: &Overlay,
    guardian: &Guardian,
    place: &Place<'_>,
    shown: &mut ImportRow,
) -> Result<PlannedGuardian, StoreError> {
    let (child, mode) = (place.child, place.frame.mapping.mode.as_str());
    let mut known = lookup::find_guardian(conn, overlay, guardian)?;
    if known.is_none() {
        known = lookup::find_guardian_of(conn, overlay, child, guardian)?;
    }
    let known = known.filter(|known| known.id != child);
    let here = known.as_ref().map(|known| known.id);
    let mut left = None;
    let mut cells = Vec::new();
    let (id, name, mut edits) = match known {
        Some(known) => {
            let mut edits = fill(&known, guardian, place, &mut cells);
            left = place.left(guardian, &known.values);
            // An import that only enters people adds to nobody else.
            if mode == "create" && !overlay.is_new(known.id) && !edits.is_empty() {
                edits.clear();
                cells.clear();
                shown.notes.push(place.told("guardianNotChanged", guardian));
            }
            (known.id, known.values.get("fullName").cloned().unwrap_or_default(), edits)
        }
        // An import that only changes people enters nobody.
        None if mode == "update" => {
            shown.notes.push(place.told("guardianNotEntered", guardian));
            return Ok(PlannedGuardian { here: None, edits: Vec::new(), left });
        }
        None => enter(guardian, place, &mut cells),
    };
    if !overlay.guardians_of(conn, child)?.contains(&id) {
        cells.insert(0, place.cell(0, &name));
        let edit = ContactEdit::Relate { kind: "guardian".to_owned(), other: id };
        edits.push(Edit::Contact { id: child, edit });
    }
    shown.cells.append(&mut cells);
    Ok(PlannedGuardian { here, edits, left })
}

impl Guardian {
    /// A phone or e-mail as it goes in.
    fn typed<'a>(&'a self, value: &'a str) -> &'a str {
        if self.phone.as_deref() == Some(value) { typed(value, &self.phone_raw) } else { value }
    }
}

impl Place<'_> {
    /// What a guardian is to the child, where something else stands on the page of a known guardian.
    fn left(&self, guardian: &Guardian, known: &Values) -> Option<String> {
        let stands = known.get("note").is_some_and(|note| fold(note) != fold(&guardian.relation));
        let column = self.frame.column_of(self.target(3));
        (stands && !guardian.relation.is_empty()).then(|| labelled(column, &guardian.relation))
    }

    /// The target of a guardian's name, phone, e-mail or relation.
    fn target(&self, which: usize) -> &'static str {
        TARGETS[usize::from(self.is_other)][which]
    }

    /// What a guardian's name, phone, e-mail or relation would become.
    fn cell(&self, which: usize, after: &str) -> ImportCell {
        let target = self.target(which);
        cell(target, self.values.raw.get(target).map_or("", String::as_str), "", after)
    }

    /// Names a guardian in a note about the row.
    fn told(&self, code: &str, guardian: &Guardian) -> ImportNote {
        let known = [
            guardian.name.as_str(),
            guardian.phone.as_deref().unwrap_or(""),
            guardian.email.as_deref().unwrap_or(""),
        ];
        let said: Vec<_> = known.into_iter().filter(|text| !text.is_empty()).collect();
        let mut columns = (0..3).map(|which| self.frame.column_of(self.target(which)));
        let column = columns.find(|column| !column.is_empty()).unwrap_or("");
        note(code, column, &said.join(" "))
    }
}

/// Adds a phone or e-mail that a known guardian lacks, and what they are to the child if nothing is noted of them.
fn fill(known: &Known, guardian: &Guardian, place: &Place<'_>, cells: &mut Vec<ImportCell>) -> Vec<Edit> {
    let Known { id, values, .. } = known;
    let mut edits = Vec::new();
    for (at, (kind, value)) in
        [("phone", &guardian.phone), ("email", &guardian.email)].into_iter().enumerate()
    {
        let Some(value) = value.as_ref().filter(|value| !values.values().any(|held| held == *value)) else {
            continue;
        };
        let first = format!("{kind}.1");
        let field = if values.contains_key(&first) {
            format!("{kind}.{}", added_slot(place.frame.import, place.line, 1_000 + 100 * place.at + at))
        } else {
            first
        };
        cells.push(place.cell(at + 1, value));
        edits.push(set(*id, field, guardian.typed(value).to_owned()));
    }
    if !guardian.relation.is_empty() && !values.contains_key("note") {
        cells.push(place.cell(3, &guardian.relation));
        edits.push(set(*id, "note".to_owned(), guardian.relation.clone()));
    }
    edits
}

/// Enters a guardian; says who, under which name, and how.
fn enter(
    guardian: &Guardian,
    place: &Place<'_>,
    cells: &mut Vec<ImportCell>,
) -> (ContactId, String, Vec<Edit>) {
    let Place { values, frame, line, at, .. } = *place;
    // A row has two guardians at most.
    let id = frame.person(line, u8::try_from(at + 1).unwrap_or(u8::MAX), values);
    let name = match guardian.name.as_str() {
        "" => format!("Phụ huynh {}", place.name),
        name => name.to_owned(),
    };
    let mut facts = vec![fact("kind", "guardian"), fact("fullName", &name)];
    let relation = Some(&guardian.relation).filter(|relation| !relation.is_empty());
    let said =
        [("phone.1", guardian.phone.as_ref()), ("email.1", guardian.email.as_ref()), ("note", relation)];
    for (which, (field, value)) in said.into_iter().enumerate() {
        let Some(value) = value else { continue };
        cells.push(place.cell(which + 1, value));
        facts.push(fact(field, guardian.typed(value)));
    }
    for field in ["branch", "source", "owner"] {
        let value = values.plain.get(field).or_else(|| values.defaults.get(field));
        facts.extend(value.map(|value| fact(field, value)));
    }
    (id, name, vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags: Vec::new() } }])
}

fn fact(field: &str, value: &str) -> Fact {
    Fact { field: field.to_owned(), value: value.to_owned() }
}
