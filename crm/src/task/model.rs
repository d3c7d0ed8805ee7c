//! A task as a value.

use serde::{Deserialize, Serialize};

use crate::id::{AtMs, StaffId, TaskId};

/// Something to do for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// What was asked, with later changes.
    pub record: TaskRecord,
    /// How it ended.
    pub outcome: Option<String>,
    /// When it was done.
    pub done_at: Option<AtMs>,
}

/// What one register holds from the moment of adding on (JSON).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRecord {
    /// call, message, meet, email or other.
    pub kind: String,
    /// What to do.
    pub title: String,
    /// By when.
    pub due_at_ms: Option<AtMs>,
    /// By whom.
    pub owner: Option<StaffId>,
    /// daily, weekly or monthly.
    pub repeat: Option<String>,
    /// When it was added.
    pub created_at_ms: AtMs,
}

/// What may be asked here. What another device asked is shown whatever it is: a newer version may know more.
pub const KINDS: &[&str] = &["call", "message", "meet", "email", "other"];
/// How often a task may come again, as asked here.
pub const REPEATS: &[&str] = &["daily", "weekly", "monthly"];

/// Longest title, in characters.
pub const TITLE_CHARS_MAX: usize = 500;

/// When a repeated task is due again: one step after `due`, and after `now`.
///
/// Months keep the day of the month where they have it (31 January, 28 February, 28 March).
pub fn next_due(repeat: &str, due: AtMs, now: AtMs) -> Option<AtMs> {
    use chrono::{DateTime, Days, Months};
    let step = |at: DateTime<chrono::Utc>| match repeat {
        "daily" => at.checked_add_days(Days::new(1)),
        "weekly" => at.checked_add_days(Days::new(7)),
        "monthly" => at.checked_add_months(Months::new(1)),
        _ => None,
    };
    let mut at = step(DateTime::from_timestamp_millis(due.0)?)?;
    while at.timestamp_millis() <= now.0 {
        at = step(at)?;
    }
    Some(AtMs(at.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    #[test]
    fn repeated_task_comes_again_after_now() {
        assert_eq!(next_due("daily", AtMs(0), AtMs(0)), Some(AtMs(DAY_MS)));
        assert_eq!(next_due("weekly", AtMs(0), AtMs(20 * DAY_MS)), Some(AtMs(21 * DAY_MS)));
        assert_eq!(next_due("monthly", AtMs(0), AtMs(0)), Some(AtMs(31 * DAY_MS)));
        assert_eq!(next_due("sometimes", AtMs(0), AtMs(0)), None);
    }
}
