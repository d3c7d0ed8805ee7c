//! What the screens about people receive.

mod bin;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    comment::view::CommentView,
    conflict::view::ConflictView,
    definition::view::{DeviceRef, StaffRef},
    id::{ActionId, AtMs, BranchId, CommentId, ContactId, InteractionId, StaffId, TagId, TaskId},
    task::view::TaskView,
};

pub use bin::{BinList, BinRow};

/// A person in one line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactRow {
    /// Who.
    pub id: ContactId,
    /// Family name first.
    pub full_name: String,
    /// How the person is addressed: anh, chị, em, bé...
    pub honorific: Option<String>,
    /// lead, student, guardian or other.
    pub kind: String,
    /// Place in the life cycle: new, contacted, trial, active, paused, ended, lost.
    pub status: Option<String>,
    /// Since when the person stands there.
    pub status_since_ms: Option<AtMs>,
    /// Home branch.
    pub branch: Option<BranchId>,
    /// The advisor in charge.
    pub owner: Option<StaffId>,
    /// First phone, E.164.
    pub phone: Option<String>,
    /// First e-mail.
    pub email: Option<String>,
    /// School.
    pub school: Option<String>,
    /// Level.
    pub level: Option<String>,
    /// Where the person came from.
    pub source: Option<String>,
    /// ISO date.
    pub birth_on: Option<String>,
    /// Tags, by name.
    pub tags: Vec<TagView>,
    /// When somebody last dealt with the person.
    pub last_interaction_at_ms: Option<AtMs>,
    /// The earliest open task.
    pub next_step: Option<NextStep>,
    /// When the person was entered.
    pub created_at_ms: AtMs,
    /// When anything about the person last changed.
    pub updated_at_ms: AtMs,
    /// Fields on which devices disagree.
    pub conflict_count: u32,
    /// Values of custom fields by field id; only those asked for as columns.
    pub custom: BTreeMap<String, String>,
    /// Values of other columns by key; only those asked for that have none of their own here.
    pub further: BTreeMap<String, String>,
}

/// A tag on a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagView {
    /// Which.
    pub id: TagId,
    /// Its name.
    pub label: String,
}

/// What a person is interested in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InterestView {
    /// Which.
    pub id: TagId,
    /// In what.
    pub label: String,
    /// goal, schedule, channel, language or course, where that is known.
    pub kind: Option<String>,
}

/// The earliest open task of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NextStep {
    /// Which task.
    pub task: TaskId,
    /// What to do.
    pub title: String,
    /// By when.
    pub due_at_ms: Option<AtMs>,
}

/// A stretch of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactList {
    /// How many match in all.
    pub total: u32,
    /// Where this stretch begins.
    pub offset: u32,
    /// The people.
    pub rows: Vec<ContactRow>,
    /// When grouped: each group with its count, in list order.
    pub groups: Vec<GroupCount>,
}

/// A group of a grouped list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupCount {
    /// The value that its people share; `None` for those without one.
    pub value: Option<String>,
    /// How many people.
    pub count: u32,
}

/// A person by name, as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactRef {
    /// Who.
    pub id: ContactId,
    /// Family name first.
    pub full_name: String,
    /// lead, student, guardian or other.
    pub kind: String,
    /// First phone, E.164.
    pub phone: Option<String>,
    /// Home branch.
    pub branch: Option<BranchId>,
}

/// A hit of the search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// The person.
    pub contact: ContactRef,
    /// What matched: name, phone, email or tag.
    pub matched: String,
    /// The text that matched.
    pub text: String,
    /// Place in the life cycle.
    pub status: Option<String>,
}

/// Everything on a person's page but the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactPage {
    /// The person in one line.
    pub row: ContactRow,
    /// Every plain field that has a value, by field key.
    pub fields: BTreeMap<String, FieldView>,
    /// Phones, e-mails, Zalo and Facebook ids, in order.
    pub points: Vec<PointView>,
    /// Interests, by kind and name.
    pub interests: Vec<InterestView>,
    /// Consents, newest first.
    pub consents: Vec<ConsentView>,
    /// Guardians, children, siblings, referrals; both directions.
    pub relations: Vec<RelationView>,
    /// Open tasks, earliest first, then those done.
    pub tasks: Vec<TaskView>,
    /// Remarks about tasks, oldest first.
    pub task_comments: BTreeMap<TaskId, Vec<CommentView>>,
    /// Fields on which devices disagree.
    pub conflicts: Vec<ConflictView>,
    /// People who may be the same.
    pub duplicates: Vec<DuplicateRef>,
    /// People merged into this one.
    pub merged: Vec<ContactRef>,
    /// When the person was put in the bin.
    pub deleted_at_ms: Option<AtMs>,
    /// How many timeline entries of each kind there are.
    pub timeline_counts: BTreeMap<String, u32>,
}

/// A plain field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    /// The value, in its canonical form.
    pub value: String,
    /// Whether devices disagree on it.
    pub is_conflicted: bool,
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PointView {
    /// The field key to edit it by: `phone.1`, `email.<ulid>`.
    pub field: String,
    /// phone, email, zalo or facebook.
    pub kind: String,
    /// E.164, address or id; what was typed when it could not be read.
    pub value: String,
    /// For people to read: 0912 345 678.
    pub display: String,
    /// What the source said before it was normalised, when that differs.
    pub raw: Option<String>,
    /// Whether it could be read as such a point.
    pub is_valid: bool,
    /// Whether devices disagree on it.
    pub is_conflicted: bool,
}

/// A consent given or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConsentView {
    /// What for: marketing, photo, care...
    pub purpose: String,
    /// email, sms, zalo, phone or any.
    pub channel: String,
    /// Given or withdrawn.
    pub is_granted: bool,
    /// When.
    pub at_ms: AtMs,
    /// By which form, sheet or words.
    pub evidence: String,
}

/// How two people belong together, seen from one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RelationView {
    /// guardian, child, sibling, referredBy or referred: what the other is to this person.
    pub kind: String,
    /// The other.
    pub contact: ContactRef,
}

/// One entry of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// Unique within the person.
    pub key: String,
    /// note, call, meeting, email, sms, zalo, facebook, letter, web, other; or comment, change, created.
    pub kind: String,
    /// The interaction behind it.
    pub interaction: Option<InteractionId>,
    /// The remark about the person behind it.
    pub comment: Option<CommentId>,
    /// When it happened.
    pub happened_at_ms: AtMs,
    /// When it was written down.
    pub recorded_at_ms: AtMs,
    /// Who.
    pub staff: Option<StaffRef>,
    /// On which device it was written down.
    pub device: Option<DeviceRef>,
    /// At which branch.
    pub branch: Option<BranchId>,
    /// in, out or none.
    pub direction: Option<String>,
    /// reached, noAnswer, interested, notInterested, booked, ... or what a newer version knows.
    pub outcome: Option<String>,
    /// The text.
    pub body: String,
    /// Kept at the top.
    pub is_pinned: bool,
    /// Arrived here long after it was written down, from a device that was offline.
    pub is_late: bool,
    /// Remarks under it, oldest first.
    pub comments: Vec<CommentView>,
    /// For `change`: the fields that were changed, in the order in which they were.
    pub changes: Vec<FieldChange>,
    /// For `change`: how many actions in a row, by one person on one device, stand in this line.
    pub actions: u32,
    /// When these are several: each of them, oldest first.
    pub steps: Vec<TimelineStep>,
    /// For `change` and `created`: person, import, undo, rule or resolve.
    pub cause: Option<String>,
    /// The action that wrote it, to undo by; none when several did.
    pub action: Option<ActionId>,
}

/// One of several actions that stand in one line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineStep {
    /// The action, to undo by.
    pub action: ActionId,
    /// When.
    pub at_ms: AtMs,
    /// What it changed.
    pub changes: Vec<FieldChange>,
}

/// One field's way from one value to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// The field key.
    pub field: String,
    /// What stood there; several when a disagreement was settled.
    pub before: Vec<String>,
    /// What was written.
    pub after: String,
}

/// One write of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// What changed.
    pub change: FieldChange,
    /// When.
    pub at_ms: AtMs,
    /// Who.
    pub staff: Option<StaffRef>,
    /// On which device.
    pub device: Option<DeviceRef>,
    /// person, import, undo, rule or resolve.
    pub cause: String,
    /// The action that it belongs to.
    pub action: Option<ActionId>,
}

/// One stay of a person in a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatusStay {
    /// The status before; none for the first.
    pub from: Option<String>,
    /// The status; none when it was cleared.
    pub to: Option<String>,
    /// Since when.
    pub at_ms: AtMs,
    /// How long it lasted, in milliseconds; none while it lasts.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// Who put the person there.
    pub staff: Option<StaffRef>,
    /// On which device.
    pub device: Option<DeviceRef>,
    /// person, import, undo, rule or resolve.
    pub cause: String,
}

/// Somebody who may be the same as the person shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateRef {
    /// Who.
    pub contact: ContactRef,
    /// Whether they live in one space; see [`DuplicateView::can_merge`].
    pub can_merge: bool,
}

/// A pair of people who may be the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateView {
    /// The one entered first.
    pub left: ContactRow,
    /// The other.
    pub right: ContactRow,
    /// Why: phone, email, name, birth date.
    pub reasons: Vec<String>,
    /// 0 to 100.
    pub score: u32,
    /// Whether they live in one space. Those of two are never merged: a device may hold one of them alone.
    pub can_merge: bool,
}

/// Somebody who may already be here, while a new person is typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateHint {
    /// Who.
    pub contact: ContactRow,
    /// Why: phone, phonePart (the digits typed so far), email, name.
    pub reasons: Vec<String>,
}
