//! Notifications for tasks that are due: each once, while the program runs.

use std::{collections::BTreeSet, time::Duration};

use crm::{api, app::App};
use serde_json::{Value, json};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Starts looking once a minute.
pub fn start(handle: &AppHandle, device: &App) {
    let (handle, device) = (handle.clone(), device.clone());
    std::thread::spawn(move || {
        let mut told = BTreeSet::new();
        loop {
            if let Some(title) = look(&device, &mut told) {
                let shown = handle.notification().builder().title("Quen").body(title).show();
                tracing::debug!(is_shown = shown.is_ok(), "due task");
            }
            std::thread::sleep(LOOK_EVERY);
        }
    });
}

fn look(device: &App, told: &mut BTreeSet<String>) -> Option<String> {
    let call = |name: &str| api::call(device, api::Transport::Window, name, json!({})).ok();
    let session = call("session.get")?;
    if session["stage"] != "ready" || session["settings"]["areNotificationsOn"] != true {
        return None;
    }
    fresh(&call("task.today")?, told, session["settings"]["language"] == "en")
}

/// The sentence for tasks that became due and were not told of yet; `None` when there is none.
fn fresh(today: &Value, told: &mut BTreeSet<String>, is_english: bool) -> Option<String> {
    let overdue = today["overdue"].as_array()?;
    let new: Vec<&Value> = overdue
        .iter()
        .filter(|task| told.insert(task["id"].as_str().unwrap_or_default().to_owned()))
        .collect();
    let first = new.first()?;
    let what = first["title"].as_str().unwrap_or_default();
    let who = first["contact"]["fullName"].as_str().unwrap_or_default();
    Some(match (new.len(), is_english) {
        (1, _) => format!("{what}: {who}"),
        (count, false) => format!("{count} việc đã đến hạn"),
        (count, true) => format!("{count} tasks are due"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_told_once() {
        let today =
            json!({ "overdue": [{ "id": "1", "title": "Gọi lại", "contact": { "fullName": "Lan" } }] });
        let mut told = BTreeSet::new();
        assert_eq!(fresh(&today, &mut told, false).as_deref(), Some("Gọi lại: Lan"));
        assert_eq!(fresh(&today, &mut told, false), None);
    }

    #[test]
    fn many_tasks_are_told_together() {
        let task = |id: &str| json!({ "id": id, "title": "t", "contact": {} });
        let today = json!({ "overdue": [task("1"), task("2")] });
        assert_eq!(fresh(&today, &mut BTreeSet::new(), true).as_deref(), Some("2 tasks are due"));
    }
}
