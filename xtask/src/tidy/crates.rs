//! Who may depend on whom among our crates, and what must never be in a crate's tree.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::tree::Problem;

/// Our crates and those of ours that each may use; tests and development dependencies included.
const MAY_USE: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("formats", &[]),
    ("crdt", &["wire"]),
    ("crm", &["wire", "crdt", "formats"]),
    ("relay", &["wire"]),
    ("cli", &["crm", "formats"]),
    ("quen-desktop", &["crm"]),
    ("journeys", &["wire", "crdt", "crm", "formats", "relay", "cli", "xtask"]),
    ("xtask", &["formats"]),
];

/// What tests may use beside that: those of the command line play a relay.
const TESTS_MAY_USE: &[(&str, &str)] = &[("cli", "wire")];

/// Crates that must not be anywhere below ours: the relay cannot decrypt because nothing that decrypts is
/// there, and documents know neither databases nor sockets.
const MUST_NOT_REACH: &[(&str, &[&str])] = &[
    (
        "relay",
        &[
            "crdt",
            "crm",
            "automerge",
            "chacha20poly1305",
            "aes-gcm",
            "hpke",
            "x25519-dalek",
            "argon2",
            "keyring",
        ],
    ),
    ("wire", &["rusqlite", "tokio", "reqwest", "automerge", "chacha20poly1305"]),
    ("crdt", &["rusqlite", "tokio", "reqwest", "axum", "tauri"]),
    ("formats", &["rusqlite", "tokio", "reqwest", "automerge"]),
    ("crm", &["tauri", "axum", "clap"]),
    ("cli", &["tauri"]),
];

/// Checks the output of `cargo metadata`.
pub fn check(metadata: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let members = strings(&metadata["workspace_members"]);
    let packages: Vec<&Value> =
        list(&metadata["packages"]).iter().filter(|package| members.contains(text(&package["id"]))).collect();
    let ours: BTreeSet<&str> = packages.iter().map(|package| text(&package["name"])).collect();
    for package in &packages {
        let name = text(&package["name"]);
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            problems.push(Problem::new(
                name,
                "this crate is not in the table of who may use whom (xtask/src/tidy/crates.rs)",
            ));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let used = text(&dependency["name"]);
            let is_for_tests = text(&dependency["kind"]) == "dev" && TESTS_MAY_USE.contains(&(name, used));
            if ours.contains(used) && !allowed.contains(&used) && !is_for_tests {
                problems.push(Problem::new(name, format!("must not depend on {used}")));
            }
        }
    }
    problems.extend(unreachable(metadata));
    problems
}

/// Follows normal dependencies only: what tests use is not shipped.
fn unreachable(metadata: &Value) -> Vec<Problem> {
    let name_by_id: HashMap<&str, &str> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let mut used_by_id: HashMap<&str, Vec<&str>> = HashMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let used = list(&node["deps"]).iter().filter(|dep| is_normal(dep)).map(|dep| text(&dep["pkg"]));
        used_by_id.insert(text(&node["id"]), used.collect());
    }
    let mut problems = Vec::new();
    for member in strings(&metadata["workspace_members"]) {
        let Some(name) = name_by_id.get(member) else { continue };
        let Some((_, banned)) = MUST_NOT_REACH.iter().find(|(known, _)| known == name) else { continue };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![member];
        while let Some(id) = open.pop() {
            for used in used_by_id.get(id).into_iter().flatten() {
                if seen.insert(used) {
                    open.push(used);
                }
            }
        }
        for id in seen {
            let reached = name_by_id.get(id).copied().unwrap_or_default();
            if banned.contains(&reached) {
                problems.push(Problem::new(*name, format!("must not have {reached} in its dependency tree")));
            }
        }
    }
    problems
}

fn is_normal(dependency: &Value) -> bool {
    list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn strings(value: &Value) -> BTreeSet<&str> {
    list(value).iter().map(text).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn workspace(relay_uses: &str, kind: Value) -> Value {
        json!({
            "workspace_members": ["relay 0", "wire 0", "crdt 0"],
            "packages": [
                { "id": "relay 0", "name": "relay", "dependencies": [{ "name": "wire" }] },
                { "id": "wire 0", "name": "wire", "dependencies": [] },
                { "id": "crdt 0", "name": "crdt", "dependencies": [{ "name": "wire" }] },
                { "id": "mid 1", "name": "mid", "dependencies": [] },
                { "id": "hpke 1", "name": "hpke", "dependencies": [] },
            ],
            "resolve": { "nodes": [
                { "id": "relay 0", "deps": [
                    { "pkg": "wire 0", "dep_kinds": [{ "kind": null }] },
                    { "pkg": relay_uses, "dep_kinds": [{ "kind": kind }] },
                ] },
                { "id": "mid 1", "deps": [{ "pkg": "hpke 1", "dep_kinds": [{ "kind": null }] }] },
            ] },
        })
    }

    #[test]
    fn what_decrypts_is_found_however_deep_below_the_relay() {
        let problems = check(&workspace("mid 1", Value::Null));
        assert_eq!(problems, [Problem::new("relay", "must not have hpke in its dependency tree")]);
        assert_eq!(check(&workspace("wire 0", Value::Null)), []);
    }

    #[test]
    fn what_only_tests_use_is_not_shipped() {
        assert_eq!(check(&workspace("mid 1", json!("dev"))), []);
    }

    #[test]
    fn tests_of_the_command_line_may_speak_the_protocol_and_the_program_may_not() {
        let metadata = |kind: Value| {
            json!({
                "workspace_members": ["wire 0", "cli 0"],
                "packages": [
                    { "id": "wire 0", "name": "wire", "dependencies": [] },
                    { "id": "cli 0", "name": "cli", "dependencies": [{ "name": "wire", "kind": kind }] },
                ],
                "resolve": { "nodes": [] },
            })
        };
        assert_eq!(check(&metadata(json!("dev"))), []);
        assert_eq!(check(&metadata(Value::Null)), [Problem::new("cli", "must not depend on wire")]);
    }

    #[test]
    fn a_forbidden_edge_and_an_unknown_crate_are_found() {
        let metadata = json!({
            "workspace_members": ["wire 0", "crdt 0", "new 0"],
            "packages": [
                { "id": "wire 0", "name": "wire", "dependencies": [{ "name": "crdt" }] },
                { "id": "crdt 0", "name": "crdt", "dependencies": [{ "name": "wire" }] },
                { "id": "new 0", "name": "new", "dependencies": [] },
            ],
            "resolve": { "nodes": [] },
        });
        let places: Vec<_> = check(&metadata).into_iter().map(|problem| problem.to_string()).collect();
        assert_eq!(places.len(), 2, "{places:?}");
        assert!(places[0].contains("wire: must not depend on crdt"));
        assert!(places[1].starts_with("new:"));
    }
}
