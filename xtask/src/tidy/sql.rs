//! SQL stands only where rows are written and read.

use super::rust::names;
use super::tree::{Problem, Tree};

/// How a statement begins.
const STATEMENTS: [&str; 10] = [
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE FROM",
    "REPLACE INTO",
    "WITH ",
    "CREATE ",
    "DROP ",
    "ALTER TABLE",
    "PRAGMA ",
];

/// Finds statements in text literals of `crm` outside `store/`, `table.rs` and `query.rs` (a folder of that
/// name counts as the file).
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.product_rust()
        .filter(|file| file.path.starts_with("crm/src/") && !may_hold_sql(&file.path))
        .flat_map(|file| {
            names(file)
                .texts
                .into_iter()
                .filter(|(_, text)| is_statement(text))
                .map(|(line, _)| Problem::at(&file.path, line, "SQL belongs in store/, table.rs or query.rs"))
        })
        .collect()
}

fn may_hold_sql(path: &str) -> bool {
    path.starts_with("crm/src/store/")
        // The oracle of the tests: it reads every table without knowing one.
        || path == "crm/src/engine/dump.rs"
        // A query with a file of its own.
        || path == "crm/src/contact/timeline.rs"
        || path.ends_with("/table.rs")
        || path.ends_with("/query.rs")
        || path.contains("/table/")
        || path.contains("/query/")
}

fn is_statement(text: &str) -> bool {
    let start = text.trim_start();
    STATEMENTS.iter().any(|statement| start.starts_with(statement))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_in_the_wrong_room_is_found() {
        let text = "fn f() { tx.execute(\n\"\n  UPDATE contact SET x = 1\", []); }";
        let problems = check(&Tree::of(&[("crm/src/contact/edit.rs", text)]));
        assert_eq!(
            problems,
            [Problem::at("crm/src/contact/edit.rs", 2, "SQL belongs in store/, table.rs or query.rs")]
        );
    }

    #[test]
    fn sql_at_home_and_words_that_look_like_it_are_fine() {
        let text = "fn f() { g(\"SELECT 1\"); }";
        let words = "fn f() { g(\"select a person\", \"Update failed\", \"DELETE\"); }";
        let tree = Tree::of(&[
            ("crm/src/store/log.rs", text),
            ("crm/src/contact/table.rs", text),
            ("crm/src/contact/query.rs", text),
            ("crm/src/contact/query/list.rs", text),
            ("relay/src/store.rs", text),
            ("crm/src/contact/edit.rs", words),
        ]);
        assert_eq!(check(&tree), []);
    }
}
