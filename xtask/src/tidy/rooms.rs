//! Who may name whom inside `crm`.

use super::rust::{NamedPath, names};
use super::tree::{Problem, SourceFile, Tree};

/// The nouns: each a folder with model, edit, doc, table and query.
const NOUNS: [&str; 8] =
    ["contact", "interaction", "task", "comment", "definition", "conflict", "duplicate", "listing"];

/// Words that every room may name.
// `mutant` holds the switches of planted bugs, which exist in the simulated world alone.
const WORDS: [&str; 6] = ["id", "bounds", "filter", "feed", "job", "mutant"];

/// A room and what it may name: a room, `noun`, one module of every noun (`noun::edit`), or one thing of a
/// room (`engine::load`). Arguments of calls (`api::args`) are plain values.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("word", &[]),
    ("store", &[]),
    // What an edit is checked against is handed down by the engine as a plain value; the history of a field is
    // read from the document itself, and the raw cells of an imported person from the import's tables.
    (
        "noun",
        &[
            "store",
            "noun",
            "read",
            "api::args",
            "engine::EditContext",
            "engine::EditError",
            "engine::load",
            "import::query",
        ],
    ),
    ("read", &["store", "engine::EngineError"]),
    ("edit", &["noun::model", "noun::edit"]),
    ("automation", &["noun::model", "noun::edit", "edit"]),
    ("engine", &["store", "noun", "edit", "automation"]),
    ("sync", &["store", "engine"]),
    ("bulk", &["store", "noun", "edit", "read", "engine", "app", "api::args"]),
    // What goes out is what an import compares with: one place says which values a person has.
    ("export", &["store", "noun", "read", "app", "api::args", "import::query"]),
    // Its thread writes through the replica and asks io for the moment of each batch.
    ("import", &["store", "noun", "edit", "read", "engine", "sync::Replica", "app", "api::args", "io::now"]),
    ("session", &["store", "noun", "sync", "engine"]),
    ("io", &["engine", "sync", "app", "store::DatabaseKey"]),
    (
        "app",
        &[
            "store", "noun", "read", "edit", "engine", "sync", "bulk", "export", "import", "session", "io",
            "api",
        ],
    ),
    (
        "api",
        &["engine", "store", "noun", "edit", "import", "export", "bulk", "sync", "session", "read", "app"],
    ),
];

/// Finds paths from one room of `crm` into another that the table does not allow.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.product_rust().filter(|file| file.path.starts_with("crm/src/")).flat_map(look).collect()
}

fn look(file: &SourceFile) -> Vec<Problem> {
    let own = own_path(&file.path);
    let Some(room) = own.first() else { return Vec::new() };
    let Some(allowed) = allowed(room) else {
        let message = format!("room {room} is not in the table of rooms (xtask/src/tidy/rooms.rs)");
        return vec![Problem::new(&file.path, message)];
    };
    let mut problems = Vec::new();
    for path in names(file).paths {
        let Some(target) = absolute(&own, &path) else { continue };
        if let Some(to) = target.first().filter(|to| *to != room && is_room(to) && !may(allowed, &target)) {
            let message = format!("{room} must not name {to} (here {})", target.join("::"));
            problems.push(Problem::at(&file.path, path.line, message));
        }
    }
    problems.dedup();
    problems
}

/// Module path of a file: `crm/src/contact/edit.rs` is `contact::edit`, `lib.rs` the empty one.
fn own_path(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("crm/src/").trim_end_matches(".rs");
    let mut names: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if matches!(names.last().map(String::as_str), Some("mod" | "lib")) {
        names.pop();
    }
    names
}

/// The path from the crate's root, when it starts with `crate`, `self` or `super`.
fn absolute(own: &[String], path: &NamedPath) -> Option<Vec<String>> {
    let mut base = own.to_vec();
    let mut names = path.names.iter();
    match names.next()?.as_str() {
        "crate" => base.clear(),
        "self" => {}
        "super" => drop(base.pop()),
        _ => return None,
    }
    for name in names {
        if name == "super" {
            base.pop();
        } else {
            base.push(name.clone());
        }
    }
    Some(base)
}

/// The kind of room that the table speaks of.
fn kind(room: &str) -> &str {
    if NOUNS.contains(&room) {
        "noun"
    } else if WORDS.contains(&room) {
        "word"
    } else {
        room
    }
}

fn allowed(room: &str) -> Option<&'static [&'static str]> {
    MAY_NAME.iter().find(|(known, _)| *known == kind(room)).map(|(_, allowed)| *allowed)
}

/// Types re-exported at the root are nobody's room.
fn is_room(name: &str) -> bool {
    allowed(name).is_some()
}

fn may(allowed: &[&str], target: &[String]) -> bool {
    let to = kind(&target[0]);
    let module = target.get(1).map(|module| format!("{to}::{module}"));
    to == "word" || allowed.contains(&to) || module.is_some_and(|module| allowed.contains(&module.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn a_path_against_the_table_is_found_by_any_road() {
        let message = ["store must not name engine (here engine::Writer)"];
        assert_eq!(found("crm/src/store/log.rs", "use crate::engine::Writer;"), message);
        assert_eq!(found("crm/src/store/log.rs", "fn f() { super::super::engine::Writer; }"), message);
        assert_eq!(found("crm/src/store/mod.rs", "use super::engine::Writer;"), message);
        assert_eq!(found("crm/src/contact/edit.rs", "use crate::api::call;").len(), 1);
    }

    #[test]
    fn automation_sees_only_models_and_edits() {
        assert_eq!(found("crm/src/automation/plan.rs", "use crate::contact::edit::ContactEdit;").len(), 0);
        assert_eq!(found("crm/src/automation/plan.rs", "use crate::contact::table::project;").len(), 1);
    }

    #[test]
    fn own_room_words_and_tests_are_free() {
        assert_eq!(found("crm/src/store/log.rs", "use crate::id::Id; use super::feed::Row;").len(), 0);
        assert_eq!(
            found("crm/src/store/log.rs", "#[cfg(test)] mod tests { use crate::engine::Writer; }").len(),
            0
        );
        assert_eq!(found("crm/src/lib.rs", "pub use engine::Writer;").len(), 0);
    }

    #[test]
    fn a_room_without_a_line_in_the_table_is_found() {
        assert_eq!(found("crm/src/utils.rs", "").len(), 1);
    }
}
