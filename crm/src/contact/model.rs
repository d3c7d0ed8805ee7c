//! A person as a value.

use std::collections::BTreeMap;

use crdt::{RegisterValue, Registers, Version};
use serde::{Deserialize, Serialize};

use super::field::{Field, PointKind};
use crate::{
    comment::model::{Comment, Subject},
    conflict::wording::Wording,
    id::{AtMs, ContactId, TagId},
    interaction::model::Interaction,
    task::model::Task,
};

/// A person, read from one document, or united from several that are the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub id: ContactId,
    /// When the person was entered.
    pub created_at: AtMs,
    /// When the person was put in the bin.
    pub deleted_at: Option<AtMs>,
    /// When anything last changed.
    pub updated_at: AtMs,
    /// Since when the status is what it is.
    pub status_since: Option<AtMs>,
    /// Plain fields with a value, by key.
    pub plain: BTreeMap<String, String>,
    /// Custom fields with a value, by key.
    pub custom: BTreeMap<String, String>,
    /// Ways to reach the person, by field key.
    pub points: BTreeMap<String, Point>,
    /// Tags by identifier.
    pub tags: BTreeMap<TagId, String>,
    /// Interests by identifier.
    pub interests: BTreeMap<TagId, String>,
    /// Of what kind an interest is, where that is known.
    pub interest_kinds: BTreeMap<TagId, String>,
    /// Consents by the moment's key.
    pub consents: BTreeMap<String, Consent>,
    /// What others are to this person.
    pub relations: Vec<(String, ContactId)>,
    /// Records of the same person.
    pub merges: Vec<ContactId>,
    /// Records declared to be somebody else.
    pub aparts: Vec<ContactId>,
    /// What happened.
    pub interactions: Vec<Interaction>,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// What colleagues remarked about any of it, in order of subject and identifier.
    pub comments: Vec<Comment>,
    /// Fields and wordings that a person should decide on, with every version, the one shown first.
    pub conflicts: BTreeMap<String, Vec<Version>>,
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Of which kind.
    pub kind: PointKind,
    /// Canonical, or as typed when it could not be read.
    pub value: String,
    /// What the source said, when that differs.
    pub raw: Option<String>,
    /// Whether it could be read.
    pub is_valid: bool,
}

/// A consent, as one register holds it (JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// What for.
    pub purpose: String,
    /// By which channel.
    pub channel: String,
    /// Given or withdrawn.
    pub is_granted: bool,
    /// When.
    pub at_ms: AtMs,
    /// By which form or words.
    pub evidence: String,
}

/// What a consent may be about, as written down here.
pub const CONSENT_PURPOSES: &[&str] = &["marketing", "care", "photo"];
/// By which channel, as written down here.
pub const CONSENT_CHANNELS: &[&str] = &["any", "phone", "email", "sms", "zalo"];

impl Contact {
    /// Reads a person; `None` if the document holds none (not entered, or its entering was undone).
    pub fn from_registers(id: ContactId, registers: &Registers, updated_at: AtMs) -> Option<Self> {
        let created_at = AtMs(registers.get("profile/createdAt")?.value.as_int()?);
        let mut contact = Self {
            id,
            created_at,
            deleted_at: None,
            updated_at,
            status_since: None,
            plain: BTreeMap::new(),
            custom: BTreeMap::new(),
            points: BTreeMap::new(),
            tags: BTreeMap::new(),
            interests: BTreeMap::new(),
            interest_kinds: BTreeMap::new(),
            consents: BTreeMap::new(),
            relations: Vec::new(),
            merges: Vec::new(),
            aparts: Vec::new(),
            interactions: crate::interaction::doc::read_all(registers),
            tasks: crate::task::doc::read_all(registers),
            comments: Vec::new(),
            conflicts: BTreeMap::new(),
        };
        for (key, register) in registers {
            let Some((section, name)) = key.split_once('/') else { continue };
            contact.take(section, name, register);
            if !register.versions.is_empty()
                && let Some((key, versions)) = contact.disputed(key, &register.versions, registers)
                && differs(&versions)
            {
                contact.conflicts.insert(key, versions);
            }
        }
        contact.read_raw_points(registers);
        contact.read_comments(registers);
        Some(contact)
    }

    /// The versions that a person has to choose from, and the key by which screens name them; `None` for what the last
    /// writer decides, and for the words of what was removed.
    fn disputed(
        &self,
        register: &str,
        versions: &[Version],
        registers: &Registers,
    ) -> Option<(String, Vec<Version>)> {
        if let Some(field) = Field::of_register(register) {
            return field.needs_review().then(|| (field.key(), versions.to_vec()));
        }
        let wording = Wording::of_register(register)?;
        let stands = match wording {
            Wording::Body(id) => self.interactions.iter().any(|one| one.id == id),
            Wording::Title(id) => self.tasks.iter().any(|one| one.id == id),
        };
        stands.then(|| (wording.key(), wording.as_texts(versions, registers)))
    }

    /// Remarks about what was removed go with it.
    fn read_comments(&mut self, registers: &Registers) {
        let mut comments = crate::comment::doc::read_all(registers);
        comments.retain(|comment| match comment.about {
            Subject::Person => true,
            Subject::Interaction(id) => self.interactions.iter().any(|one| one.id == id),
            Subject::Task(id) => self.tasks.iter().any(|one| one.id == id),
        });
        self.comments = comments;
    }

    fn take(&mut self, section: &str, name: &str, register: &crdt::Register) {
        let text = || register.value.as_text().map(str::to_owned);
        match section {
            "profile" if name == "deletedAt" => self.deleted_at = register.value.as_int().map(AtMs),
            "profile" => {
                if let Some(text) = text() {
                    self.plain.insert(name.to_owned(), text);
                }
            }
            "custom" => {
                if let Some(text) = text() {
                    self.custom.insert(format!("custom.{name}"), text);
                }
            }
            "point" => self.take_point(name, text()),
            // A tag that one device put on while another took it off stays on.
            "tag" | "interest" => {
                let label = text().or_else(|| {
                    register.versions.iter().find_map(|version| version.value.as_text().map(str::to_owned))
                });
                if let (Ok(id), Some(label)) = (name.parse(), label) {
                    let list = if section == "tag" { &mut self.tags } else { &mut self.interests };
                    list.insert(id, label);
                }
            }
            "interestKind" => {
                if let (Ok(id), Some(kind)) = (name.parse(), text()) {
                    self.interest_kinds.insert(id, kind);
                }
            }
            "consent" => {
                if let Some(consent) = text().and_then(|text| serde_json::from_str(&text).ok()) {
                    self.consents.insert(name.to_owned(), consent);
                }
            }
            "relation" => {
                if let (true, Some((kind, other))) = (register.value.is_true(), name.split_once('.'))
                    && let Ok(other) = other.parse()
                {
                    self.relations.push((kind.to_owned(), other));
                }
            }
            "merge" | "apart" => {
                if let (true, Ok(other)) = (register.value.is_true(), name.parse()) {
                    let list = if section == "merge" { &mut self.merges } else { &mut self.aparts };
                    list.push(other);
                }
            }
            _ => {}
        }
    }

    fn take_point(&mut self, name: &str, value: Option<String>) {
        let Some(value) = value else { return };
        let Ok(Field::Point { kind, .. }) = name.parse() else { return };
        let is_valid = kind.canonical(&value).as_deref() == Some(value.as_str());
        self.points.insert(name.to_owned(), Point { kind, value, raw: None, is_valid });
    }

    fn read_raw_points(&mut self, registers: &Registers) {
        for (key, point) in &mut self.points {
            point.raw = registers
                .get(&format!("point/{key}.raw"))
                .and_then(|register| register.value.as_text())
                .filter(|raw| *raw != point.value)
                .map(str::to_owned);
        }
    }

    /// A plain field's value.
    pub fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    /// The first point of a kind: slot `1` before all others.
    pub fn first_point(&self, kind: PointKind) -> Option<&Point> {
        self.points
            .iter()
            .filter(|(_, point)| point.kind == kind)
            .min_by_key(|(key, _)| (!key.ends_with(".1"), key.as_str()))
            .map(|(_, point)| point)
    }

    /// Takes in another record of the same person: what is missing here is filled, collections are united.
    ///
    /// The caller unites in order of identifier, so that every device arrives at the same person.
    pub fn unite(&mut self, other: &Self) {
        self.created_at = self.created_at.min(other.created_at);
        self.updated_at = self.updated_at.max(other.updated_at);
        if !self.plain.contains_key("status") {
            self.status_since = other.status_since;
        }
        // Whether the person is in the bin follows the record that is shown: that is the one people delete.
        fill(&mut self.plain, &other.plain);
        fill(&mut self.custom, &other.custom);
        for (key, point) in &other.points {
            let is_known =
                self.points.values().any(|own| (own.kind, &own.value) == (point.kind, &point.value));
            if !is_known {
                self.points.insert(key_of_record(key, other.id), point.clone());
            }
        }
        fill(&mut self.tags, &other.tags);
        fill(&mut self.interests, &other.interests);
        fill(&mut self.interest_kinds, &other.interest_kinds);
        fill(&mut self.consents, &other.consents);
        self.relations.extend(other.relations.iter().cloned());
        self.relations.sort();
        self.relations.dedup();
        self.merges.extend(&other.merges);
        self.aparts.extend(&other.aparts);
        self.interactions.extend(other.interactions.iter().cloned());
        self.tasks.extend(other.tasks.iter().cloned());
        self.comments.extend(other.comments.iter().cloned());
        for (key, versions) in &other.conflicts {
            let is_point = matches!(key.parse(), Ok(Field::Point { .. }));
            let key = if is_point { key_of_record(key, other.id) } else { key.clone() };
            self.conflicts.entry(key).or_insert_with(|| versions.clone());
        }
    }
}

/// How the page of a united person names a point of a record that is not the one shown.
fn key_of_record(key: &str, record: ContactId) -> String {
    format!("{key}@{record}")
}

/// The point and the record that such a name stands for.
pub fn point_of_record(key: &str) -> Option<(&str, ContactId)> {
    let (key, record) = key.split_once('@')?;
    Some((key, record.parse().ok()?))
}

fn fill<K: Ord + Clone, V: Clone>(into: &mut BTreeMap<K, V>, from: &BTreeMap<K, V>) {
    for (key, value) in from {
        into.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

/// Two devices that wrote the same value apart do not disagree.
fn differs(versions: &[Version]) -> bool {
    let shown: Vec<&RegisterValue> = versions.iter().map(|version| &version.value).collect();
    shown.windows(2).any(|pair| pair[0] != pair[1])
}
