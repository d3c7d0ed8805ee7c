//! One row, read: cells by target, normalised, with notes on what was repaired or cannot be used.

use std::collections::BTreeMap;

use formats::{
    email,
    fold::fold,
    name, phone,
    phone::{PhoneNote, PhoneReading},
    table::Row,
};

use super::{
    days::{self, Moment, Said},
    table::OWN_ID_COLUMN,
    view::{ImportMapping, ImportNote},
    words,
};
use crate::id::ContactId;

/// What a row says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowValues {
    /// Whom the row of a mended file of errors went into before.
    pub contact: Option<ContactId>,
    /// Plain fields with a value, by field key; `fullName` among them.
    pub plain: BTreeMap<String, String>,
    /// What the options of the import say where the row says nothing, by field key.
    pub defaults: BTreeMap<String, String>,
    /// Phones: canonical or as written, and as written.
    pub phones: Vec<(String, String)>,
    /// E-mails.
    pub emails: Vec<String>,
    /// Zalo and Facebook ids, by kind.
    pub others: Vec<(&'static str, String)>,
    /// Tags.
    pub tags: Vec<String>,
    /// Interests.
    pub interests: Vec<String>,
    /// Notes, one interaction together.
    pub notes: Vec<String>,
    /// When somebody last spoke with the person.
    pub interaction_at: Option<Moment>,
    /// The guardian, and the other one.
    pub guardians: [Guardian; 2],
    /// Whether the person agreed to marketing.
    pub consent: Option<bool>,
    /// Worth saying.
    pub remarks: Vec<ImportNote>,
    /// Cells as they came, by field key.
    pub raw: BTreeMap<String, String>,
}

/// A guardian named in a student's row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guardian {
    /// The name.
    pub name: String,
    /// The first phone, canonical.
    pub phone: Option<String>,
    /// That phone as written.
    pub phone_raw: String,
    /// The e-mail.
    pub email: Option<String>,
    /// What the guardian is to the student.
    pub relation: String,
}

impl Guardian {
    /// Whether there is enough to enter a person.
    pub fn is_known(&self) -> bool {
        !self.name.is_empty() || self.phone.is_some() || self.email.is_some()
    }
}

/// Reads a row. A blank cell says nothing.
pub fn read(row: &Row, header: &[String], mapping: &ImportMapping) -> RowValues {
    let mut values = RowValues { contact: named(row, header), ..RowValues::default() };
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    let is_late = |at: &usize| header.get(*at).is_some_and(|name| is_part_of_campaign(name));
    let (late, early): (Vec<_>, Vec<_>) = (0..mapping.columns.len()).partition(is_late);
    for at in early.into_iter().chain(late) {
        let target = &mapping.columns[at];
        let cell = row.cells.get(at).map_or("", |cell| cell.trim());
        if cell.is_empty() || target == "ignore" {
            continue;
        }
        values.raw.entry(target.clone()).or_insert_with(|| cell.to_owned());
        let column = header.get(at).map_or("", String::as_str);
        match target.as_str() {
            "familyName" | "middleName" | "givenName" => {
                parts.insert(target, cell.to_owned());
            }
            _ => values.take(target, cell, column, mapping),
        }
    }
    if !values.plain.contains_key("fullName") && !parts.is_empty() {
        let part = |key| parts.get(key).map_or("", String::as_str);
        let joined = name::join_name(part("familyName"), part("middleName"), part("givenName"));
        values.take("fullName", &joined, "", mapping);
    }
    for (at, target) in ["guardianRelation", "otherGuardianRelation"].into_iter().enumerate() {
        // Nobody is named who could be it.
        if !values.guardians[at].is_known() && !values.guardians[at].relation.is_empty() {
            let relation = std::mem::take(&mut values.guardians[at].relation);
            let column = mapping.columns.iter().position(|known| known == target);
            let column = column.and_then(|at| header.get(at)).map_or("", String::as_str);
            values.notes.push(labelled(column, &relation));
        }
    }
    if values.plain.contains_key("kind") {
        values.defaults.remove("kind");
    }
    values
}

/// Whom the last column names, if it is our own.
fn named(row: &Row, header: &[String]) -> Option<ContactId> {
    let is_own = header.last().is_some_and(|name| name == OWN_ID_COLUMN);
    row.cells.get(header.len().checked_sub(1).filter(|_| is_own)?)?.trim().parse().ok()
}

impl RowValues {
    fn take(&mut self, target: &str, cell: &str, column: &str, mapping: &ImportMapping) {
        match target {
            "fullName" => {
                let clean = name::clean_name(cell);
                let mut full_name = clean.full_name;
                let called = words::called(clean.honorific.as_deref().unwrap_or(""));
                if called != words::Called::Other {
                    self.defaults.insert("kind".to_owned(), "guardian".to_owned());
                }
                match clean.honorific {
                    // The name is the child's; whose number it is has none.
                    Some(honorific) if called == words::Called::GuardianOfNamed => {
                        full_name = format!("{} {full_name}", capitalised(&honorific));
                    }
                    Some(honorific) => {
                        self.plain.entry("honorific".to_owned()).or_insert(honorific);
                    }
                    None => {}
                }
                if let Some(remark) = clean.remark {
                    self.notes.push(remark);
                }
                self.put_plain("fullName", full_name, column);
            }
            "phone" => self.take_phones(cell, column),
            "email" => self.take_emails(cell, column),
            "zalo" => self.others.push(("zalo", cell.to_owned())),
            "facebook" => self.others.push(("facebook", cell.to_owned())),
            "birthOn" | "createdOn" => {
                if let Some(day) = self.doubted(days::day(cell, target, mapping), cell, column) {
                    self.put_plain(target, day.to_string(), column);
                }
            }
            "interactionAt" => {
                if let Some(moment) = self.doubted(days::moment(cell, target, mapping), cell, column) {
                    self.interaction_at = Some(moment);
                }
            }
            "tags" => self.tags.extend(split(cell)),
            "interests" => self.interests.extend(split(cell)),
            "note" => self.notes.push(cell.to_owned()),
            "consentMarketing" => match words::consent(cell) {
                Some(says) if words::is_opt_out(column) => {
                    // Whoever has not opted out has not agreed by that.
                    self.consent = if says { Some(false) } else { self.consent };
                }
                Some(is_granted) => self.consent = Some(is_granted),
                None => self.keep("unknownWord", column, cell),
            },
            "guardianName" | "guardianPhone" | "guardianEmail" | "guardianRelation" => {
                self.take_guardian(0, target, cell, column);
            }
            "otherGuardianName" => self.take_guardian(1, "guardianName", cell, column),
            "otherGuardianPhone" => self.take_guardian(1, "guardianPhone", cell, column),
            "otherGuardianEmail" => self.take_guardian(1, "guardianEmail", cell, column),
            "otherGuardianRelation" => self.take_guardian(1, "guardianRelation", cell, column),
            "status" | "kind" | "gender" => self.take_word(target, cell, column, mapping),
            _ => {
                let mapped = mapped(target, cell, mapping).unwrap_or_else(|| cell.to_owned());
                self.put_plain(target, mapped, column);
            }
        }
    }

    /// A second column of one field is kept beside the first: joined in an address, as a note otherwise.
    fn put_plain(&mut self, target: &str, value: String, column: &str) {
        match self.plain.get_mut(target) {
            Some(first) if *first == value => {}
            Some(first) if target == "honorific" && fold(first) == fold(&value) => {}
            Some(first) if target == "address" => *first = format!("{first}, {value}"),
            Some(_) => self.notes.push(labelled(column, &value)),
            None => drop(self.plain.insert(target.to_owned(), value)),
        }
    }

    fn take_word(&mut self, target: &str, cell: &str, column: &str, mapping: &ImportMapping) {
        let ours = mapped(target, cell, mapping).or_else(|| words::guess(target, cell).map(str::to_owned));
        match ours {
            Some(ours) => self.put_plain(target, ours, column),
            None => self.keep("unknownWord", column, cell),
        }
    }

    fn take_phones(&mut self, cell: &str, column: &str) {
        let readings = phone::parse_phones(cell);
        if readings.len() > 1 {
            self.remark("twoPhones", column, cell);
        }
        if is_cut_off(&readings) {
            self.keep("longPhones", column, cell);
        } else if readings.iter().any(|reading| reading.label.is_some() || has_extension(reading)) {
            self.notes.push(labelled(column, cell));
        }
        for reading in readings {
            self.remark_phone(&reading, column);
            let value = reading.e164.map_or_else(|| reading.raw.clone(), |number| number.as_str().to_owned());
            if !self.phones.iter().any(|(known, _)| *known == value) {
                self.phones.push((value, reading.raw));
            }
        }
    }

    /// Says what was repaired in a number, or why there is none.
    fn remark_phone(&mut self, reading: &PhoneReading, column: &str) {
        for note in &reading.notes {
            match note {
                PhoneNote::ElevenDigitsConverted => self.remark("elevenDigits", column, &reading.raw),
                PhoneNote::LostZeroRestored => self.remark("lostZero", column, &reading.raw),
                PhoneNote::ScientificNotation => self.remark("lostDigits", column, &reading.raw),
                PhoneNote::Invalid { .. } => self.remark("badPhone", column, &reading.raw),
                _ => {}
            }
        }
    }

    fn take_emails(&mut self, cell: &str, column: &str) {
        for reading in email::parse_emails(cell) {
            match reading.email {
                Some(address) if !self.emails.contains(&address) => self.emails.push(address),
                Some(_) => {}
                None => self.keep("badEmail", column, &reading.raw),
            }
        }
    }

    /// What a cell says of a day, with what is doubtful about it remarked; what cannot be read is kept.
    fn doubted<T>(&mut self, said: Said<T>, cell: &str, column: &str) -> Option<T> {
        match said {
            Said::Nothing => None,
            Said::This(value, doubt) => {
                if let Some(code) = doubt {
                    self.remark(code, column, cell);
                }
                Some(value)
            }
            Said::Unclear => {
                self.keep("badDate", column, cell);
                None
            }
        }
    }

    fn take_guardian(&mut self, at: usize, target: &str, cell: &str, column: &str) {
        let guardian = &mut self.guardians[at];
        match target {
            "guardianName" if !guardian.name.is_empty() => self.notes.push(labelled(column, cell)),
            "guardianName" => guardian.name = name::clean_name(cell).full_name,
            "guardianPhone" => self.take_guardian_phone(at, cell, column),
            "guardianRelation" if !guardian.relation.is_empty() => self.notes.push(labelled(column, cell)),
            "guardianRelation" => guardian.relation = cell.to_owned(),
            _ => match (email::parse_email(cell), &guardian.email) {
                (Some(address), None) => guardian.email = Some(address),
                (Some(address), Some(known)) if address == *known => {}
                (Some(_), Some(_)) => self.notes.push(labelled(column, cell)),
                (None, _) => self.keep("badEmail", column, cell),
            },
        }
    }

    /// A guardian has one number here; what else stands in the cell is kept in a note.
    fn take_guardian_phone(&mut self, at: usize, cell: &str, column: &str) {
        let readings = phone::parse_phones(cell);
        for reading in &readings {
            self.remark_phone(reading, column);
        }
        let mut numbers = readings.iter().filter_map(|reading| Some((reading.e164.as_ref()?, &reading.raw)));
        match (numbers.next(), &mut self.guardians[at]) {
            (None, _) => {}
            (Some((number, raw)), guardian @ Guardian { phone: None, .. }) => {
                guardian.phone = Some(number.as_str().to_owned());
                guardian.phone_raw.clone_from(raw);
            }
            (Some((number, _)), known) if known.phone.as_deref() == Some(number.as_str()) => return,
            (Some(_), _) => return self.notes.push(labelled(column, cell)),
        }
        if is_cut_off(&readings) {
            self.keep("longPhones", column, cell);
        } else if readings.len() != 1
            || self.guardians[at].phone.is_none()
            || readings.iter().any(|reading| reading.label.is_some() || has_extension(reading))
        {
            self.notes.push(labelled(column, cell));
        }
    }

    /// Says that a cell was not understood, and keeps it as it is in a note of the person.
    pub(super) fn keep(&mut self, code: &str, column: &str, text: &str) {
        self.remark(code, column, text);
        self.notes.push(labelled(column, text));
    }

    fn remark(&mut self, code: &str, column: &str, text: &str) {
        let note = ImportNote { code: code.to_owned(), column: column.to_owned(), text: text.to_owned() };
        self.remarks.push(note);
    }
}

/// Whether a cell says more than was read of it.
fn is_cut_off(readings: &[PhoneReading]) -> bool {
    readings.iter().any(|reading| reading.notes.contains(&PhoneNote::CutOff))
}

fn has_extension(reading: &PhoneReading) -> bool {
    reading.notes.iter().any(|note| matches!(note, PhoneNote::Extension { .. }))
}

/// Whether a column names a part of a campaign: the campaign's own name comes first, if there is one.
fn is_part_of_campaign(column: &str) -> bool {
    ["ad name", "adset name", "form name"].contains(&fold(&column.replace('_', " ")).as_str())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A cell with the name of its column.
pub(super) fn labelled(column: &str, text: &str) -> String {
    if column.is_empty() { text.to_owned() } else { format!("{column}: {text}") }
}

fn mapped(target: &str, cell: &str, mapping: &ImportMapping) -> Option<String> {
    mapping.values.get(target)?.get(cell).filter(|value| !value.is_empty()).cloned()
}

fn split(cell: &str) -> impl Iterator<Item = String> + '_ {
    cell.split([',', ';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}
