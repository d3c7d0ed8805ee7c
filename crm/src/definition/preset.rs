//! Views that ship with the program: the lists that every language centre asks for. They stand in no document, so
//! that nobody can lose them; the screens say their names in the language of the session.

use serde_json::json;

use super::view::SavedView;
use crate::{filter::ViewSpec, id::DefinitionId};

/// Those who are not lost, not gone, and not here as somebody's guardian.
const OPEN: [&str; 4] = ["new", "contacted", "trial", "active"];
const LEADS: [&str; 3] = ["new", "contacted", "trial"];

/// A view that ships.
struct Preset {
    /// By which the screens name it.
    key: &'static str,
    /// Its Vietnamese name, by which the command line finds it.
    name: &'static str,
    view: serde_json::Value,
}

/// The identifier of the view with this key, the same everywhere.
fn id_of(key: &str) -> DefinitionId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::derive_key("quen 2026 preset view", key.as_bytes())[..16]);
    DefinitionId(id)
}

/// Every view that ships, in the order in which it is offered.
pub fn all() -> Vec<SavedView> {
    let saved = |preset: Preset| {
        // The texts below are constant; a test reads them all.
        let view: ViewSpec = serde_json::from_value(preset.view).unwrap_or_default();
        SavedView {
            id: id_of(preset.key),
            name: preset.name.to_owned(),
            staff: None,
            is_private: false,
            is_pinned: false,
            preset: Some(preset.key.to_owned()),
            view,
        }
    };
    presets().into_iter().map(saved).collect()
}

/// Whether a definition would stand in the place of a view that ships.
pub fn is_preset(id: DefinitionId) -> bool {
    presets().iter().any(|preset| id_of(preset.key) == id)
}

fn rule(field: &str, op: &str, value: serde_json::Value) -> serde_json::Value {
    json!({ "is": "rule", "field": field, "op": op, "value": value })
}

fn view(of: Vec<serde_json::Value>, sort: &str, is_descending: bool) -> serde_json::Value {
    let sort =
        if sort.is_empty() { json!([]) } else { json!([{ "field": sort, "isDescending": is_descending }]) };
    json!({ "filter": { "is": "all", "of": of }, "sort": sort })
}

fn grouped(mut view: serde_json::Value, by: &str) -> serde_json::Value {
    view["groupBy"] = json!(by);
    view
}

fn studying() -> serde_json::Value {
    rule("status", "is", json!(["active"]))
}

fn presets() -> Vec<Preset> {
    let preset = |key, name, view| Preset { key, name, view };
    let aged = |op: &str, value| vec![studying(), rule("age", op, value)];
    vec![
        preset(
            "newThisWeek",
            "Mới vào tuần này",
            view(vec![rule("createdAt", "inLastDays", json!(7))], "createdAt", true),
        ),
        preset(
            "onTrial",
            "Đang học thử",
            view(vec![rule("status", "is", json!(["trial"]))], "statusSince", false),
        ),
        preset("studying", "Đang học", view(vec![studying()], "", false)),
        preset("byLevel", "Đang học, theo trình độ", grouped(view(vec![studying()], "", false), "level")),
        preset("children", "Học viên dưới 12 tuổi", view(aged("before", json!(12)), "birthOn", true)),
        preset(
            "teens",
            "Học viên 12 đến 17 tuổi",
            view(aged("between", json!(["12", "17"])), "birthOn", true),
        ),
        preset("adults", "Học viên từ 18 tuổi", view(aged("after", json!(17)), "birthOn", true)),
        preset(
            "silent",
            "Chưa liên hệ 14 ngày",
            view(
                vec![
                    rule("status", "is", json!(OPEN)),
                    rule("lastInteractionAt", "olderThanDays", json!(14)),
                ],
                "lastInteractionAt",
                false,
            ),
        ),
        preset(
            "withoutNextStep",
            "Chưa có việc tiếp theo",
            view(
                vec![rule("status", "is", json!(LEADS)), rule("nextStepAt", "isEmpty", json!(null))],
                "createdAt",
                true,
            ),
        ),
        preset(
            "stuck",
            "Học thử quá 14 ngày",
            view(
                vec![rule("status", "is", json!(["trial"])), rule("statusSince", "olderThanDays", json!(14))],
                "statusSince",
                false,
            ),
        ),
        preset(
            "paused",
            "Bảo lưu và đã nghỉ",
            view(vec![rule("status", "is", json!(["paused", "ended"]))], "statusSince", true),
        ),
        preset(
            "birthdays",
            "Sinh nhật 30 ngày tới",
            view(vec![rule("birthday", "inNextDays", json!(30))], "", false),
        ),
        preset(
            "conflicts",
            "Ghi khác nhau",
            view(vec![rule("hasConflict", "isSet", json!(null))], "", false),
        ),
    ]
}
