//! What the screens receive about tasks.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    comment::view::MentionView,
    contact::view::ContactRef,
    id::{AtMs, StaffId, TaskId},
};

/// Something to do for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskView {
    /// Which.
    pub id: TaskId,
    /// For whom.
    pub contact: ContactRef,
    /// call, message, meet, email or other.
    pub kind: String,
    /// What to do.
    pub title: String,
    /// By when.
    pub due_at_ms: Option<AtMs>,
    /// By whom.
    pub owner: Option<StaffId>,
    /// daily, weekly, monthly; none when it is done once.
    pub repeat: Option<String>,
    /// How it ended.
    pub outcome: Option<String>,
    /// When it was done.
    pub done_at_ms: Option<AtMs>,
    /// How many remarks there are about it.
    pub comment_count: u32,
}

/// The Today screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TodayView {
    /// Open tasks whose time has passed, oldest first.
    pub overdue: Vec<TaskView>,
    /// Open tasks of today.
    pub due_today: Vec<TaskView>,
    /// Open tasks of the next seven days.
    pub upcoming: Vec<TaskView>,
    /// How many are overdue in all.
    pub overdue_total: u32,
    /// How many are due today in all.
    pub due_today_total: u32,
    /// How many there are in the next seven days in all.
    pub upcoming_total: u32,
    /// Whose birthday is today or in the next seven days, with the age reached.
    pub birthdays: Vec<BirthdayView>,
    /// People entered since yesterday morning, newest first.
    pub new_contacts: Vec<ContactRef>,
    /// Leads in charge of this staff member without an open task, longest silent first.
    pub without_next_step: Vec<ContactRef>,
    /// How many of those there are in all.
    pub without_next_step_total: u32,
    /// How many people are new since yesterday in all.
    pub new_contacts_total: u32,
    /// Comments that mention this staff member, newest first.
    pub mentions: Vec<MentionView>,
}

/// A birthday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BirthdayView {
    /// Whose.
    pub contact: ContactRef,
    /// ISO date of this year's birthday.
    pub on: String,
    /// The age reached.
    pub age: u32,
}
