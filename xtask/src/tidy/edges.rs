//! Clock, randomness and network come in as arguments; only the rooms at the edge read them.

use super::rust::{NamedPath, names};
use super::tree::{Problem, Tree};

/// Where the world may be touched.
const EDGES: [&str; 8] = [
    "crm/src/io/",
    "crm/src/io.rs",
    "cli/",
    "src-tauri/",
    "relay/src/main.rs",
    "relay/src/server/",
    "relay/src/http/",
    "xtask/",
];

/// What reads the clock.
const CLOCKS: [&str; 4] = ["SystemTime", "Instant", "Utc", "Local"];

/// Finds the clock, randomness and sockets anywhere else.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.product_rust()
        .filter(|file| !EDGES.iter().any(|edge| file.path.starts_with(edge)))
        .flat_map(|file| {
            names(file).paths.into_iter().filter_map(|path| {
                let what = touches(&path)?;
                let named = path.names.join("::");
                Some(Problem::at(
                    &file.path,
                    path.line,
                    format!("{named} reads the {what}: pass it in, only the rooms at the edge may"),
                ))
            })
        })
        .collect()
}

fn touches(path: &NamedPath) -> Option<&'static str> {
    if CLOCKS.iter().any(|clock| path.ends_with(&[clock, "now"])) {
        return Some("clock");
    }
    if path.starts_with(&["getrandom"]) || path.starts_with(&["rand"]) || path.ends_with(&["OsRng"]) {
        return Some("randomness");
    }
    if path.ends_with(&["Ulid", "new"]) || path.ends_with(&["Ulid", "generate"]) {
        return Some("clock and randomness");
    }
    let is_network = [["std", "net"], ["tokio", "net"]].iter().any(|start| path.starts_with(start));
    if is_network || path.starts_with(&["reqwest"]) { Some("network") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn the_clock_is_found_by_any_road() {
        assert_eq!(found("crm/src/engine/a.rs", "fn f() { std::time::Instant::now(); }"), 1);
        assert_eq!(
            found("crm/src/engine/a.rs", "use std::time::SystemTime; fn f() { SystemTime::now(); }"),
            1
        );
        assert_eq!(found("wire/src/a.rs", "fn f() { vec![chrono::Utc::now()]; }"), 1);
        assert_eq!(found("crm/src/a.rs", "fn f(at: chrono::DateTime<chrono::Utc>) {}"), 0);
    }

    #[test]
    fn randomness_and_sockets_are_found() {
        assert_eq!(found("crdt/src/a.rs", "fn f() { getrandom::fill(&mut x); }"), 1);
        assert_eq!(found("crm/src/sync/a.rs", "use reqwest::Client;"), 1);
        assert_eq!(found("crm/src/sync/a.rs", "use std::net::TcpStream;"), 1);
        assert_eq!(found("crm/src/contact/a.rs", "fn f() { ulid::Ulid::new(); }"), 1);
    }

    #[test]
    fn the_edge_and_tests_may_touch_the_world() {
        let text = "fn f() { std::time::Instant::now(); }";
        assert_eq!(found("crm/src/io/clock.rs", text), 0);
        assert_eq!(found("cli/src/main.rs", text), 0);
        assert_eq!(found("crm/src/engine/tests.rs", text), 0);
        assert_eq!(found("crm/src/engine/a.rs", "#[cfg(test)] mod tests { fn f() { Instant::now(); } }"), 0);
    }
}
