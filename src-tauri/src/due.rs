//! Which due tasks a person has not been told of yet.

use std::collections::HashSet;

use crm::{
    id::{AtMs, StaffId, TaskId},
    task::view::{TaskView, TodayView},
};

/// From this many on, one line says how many there are.
const SINGLE_MAX: usize = 3;

/// Remembers what was told.
#[derive(Debug, Default)]
pub struct Due {
    told: HashSet<TaskId>,
}

/// What the system shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Notice {
    /// The first line.
    pub title: String,
    /// What is below it.
    pub body: String,
}

impl Due {
    /// What is new since the last time: own tasks, and those of nobody, whose moment has come.
    pub fn news(
        &mut self,
        today: &TodayView,
        staff: Option<StaffId>,
        now: AtMs,
        language: &str,
    ) -> Vec<Notice> {
        let due: Vec<&TaskView> = today
            .overdue
            .iter()
            .chain(&today.due_today)
            .filter(|task| task.due_at_ms.is_some_and(|due| due <= now))
            .filter(|task| task.done_at_ms.is_none())
            .filter(|task| task.owner.is_none() || task.owner == staff)
            .collect();
        // A task that moved to a later time is told again then.
        self.told.retain(|id| due.iter().any(|task| task.id == *id));
        let fresh: Vec<&TaskView> = due.into_iter().filter(|task| self.told.insert(task.id)).collect();
        if fresh.len() > SINGLE_MAX { vec![many(fresh.len(), language)] } else { singles(&fresh) }
    }
}

fn singles(tasks: &[&TaskView]) -> Vec<Notice> {
    tasks
        .iter()
        .map(|task| Notice { title: task.title.clone(), body: task.contact.full_name.clone() })
        .collect()
}

fn many(count: usize, language: &str) -> Notice {
    let body = if language == "en" {
        format!("{count} tasks are due. Open Today to see them.")
    } else {
        format!("{count} việc đã đến hạn. Mở Hôm nay để xem.")
    };
    Notice { title: "Quen".to_owned(), body }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000_000;

    fn id(n: usize) -> String {
        format!("01J{n:023}")
    }

    fn task(n: usize, due: i64, owner: Option<usize>) -> Value {
        json!({
            "id": id(n), "kind": "call", "title": format!("Gọi lại {n}"), "dueAtMs": due,
            "owner": owner.map(id), "repeat": null, "outcome": null, "doneAtMs": null, "commentCount": 0,
            "contact": { "id": id(99), "fullName": "Nguyễn Thị Hoà", "kind": "lead", "phone": null, "branch": null },
        })
    }

    fn today(tasks: &[Value]) -> TodayView {
        serde_json::from_value(json!({
            "overdue": [], "dueToday": tasks, "upcoming": [], "overdueTotal": 0, "dueTodayTotal": 1,
            "upcomingTotal": 0, "birthdays": [], "newContacts": [],
            "withoutNextStep": [], "withoutNextStepTotal": 0, "newContactsTotal": 0, "mentions": [],
        }))
        .unwrap()
    }

    fn staff(n: usize) -> Option<StaffId> {
        serde_json::from_value(json!(id(n))).unwrap()
    }

    #[test]
    fn a_task_is_told_once_when_its_moment_has_come() {
        let mut due = Due::default();
        let view = today(&[task(1, NOW, None), task(2, NOW + 60_000, None)]);
        let notice = Notice { title: "Gọi lại 1".into(), body: "Nguyễn Thị Hoà".into() };
        assert_eq!(due.news(&view, None, AtMs(NOW), "vi"), [notice]);
        assert_eq!(due.news(&view, None, AtMs(NOW + 1_000), "vi"), []);
        assert_eq!(due.news(&view, None, AtMs(NOW + 60_000), "vi")[0].title, "Gọi lại 2");
    }

    #[test]
    fn a_task_that_was_put_off_is_told_again() {
        let mut due = Due::default();
        assert_eq!(due.news(&today(&[task(1, NOW, None)]), None, AtMs(NOW), "vi").len(), 1);
        let later = today(&[task(1, NOW + 5_000, None)]);
        assert_eq!(due.news(&later, None, AtMs(NOW + 1_000), "vi"), []);
        assert_eq!(due.news(&later, None, AtMs(NOW + 5_000), "vi").len(), 1);
    }

    #[test]
    fn tasks_of_others_are_not_told() {
        let view = today(&[task(1, NOW, Some(7)), task(2, NOW, Some(8))]);
        let told = Due::default().news(&view, staff(7), AtMs(NOW), "vi");
        assert_eq!(told.iter().map(|notice| notice.title.as_str()).collect::<Vec<_>>(), ["Gọi lại 1"]);
    }

    #[test]
    fn many_at_once_are_one_line_without_names() {
        let tasks: Vec<Value> = (1..=5).map(|n| task(n, NOW, None)).collect();
        let told = Due::default().news(&today(&tasks), None, AtMs(NOW), "en");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].body, "5 tasks are due. Open Today to see them.");
    }
}
