//! What the window may ask the system for and load stands here word for word: a widening must be meant, and changes
//! this file too.

use serde_json::{Value, json};

use super::tree::{Problem, Tree};

const CONFIG: &str = "src-tauri/tauri.conf.json";
const CAPABILITIES: &str = "src-tauri/capabilities/";
const MAIN: &str = "src-tauri/capabilities/main.json";

/// The door, the files that a person chose, news of changes, and the printer's dialogue, which `window.print` needs on a
/// Mac; no shell, no file system, no network.
const PERMISSIONS: [&str; 8] = [
    "allow-call",
    "allow-file-open",
    "allow-file-save",
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "core:webview:allow-print",
    "dialog:allow-open",
    "dialog:allow-save",
];
/// Only what the program brings along, and nothing from or to anywhere else.
const CSP: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Compares both with what is meant.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    let security = json!({ "csp": CSP, "freezePrototype": true, "capabilities": ["main"] });
    if read(tree, CONFIG)["app"]["security"] != security {
        problems.push(Problem::new(CONFIG, "app.security is not what xtask/src/tidy/window.rs says"));
    }
    let main = read(tree, MAIN);
    let allowed = ["identifier", "description", "windows", "permissions"];
    let is_plain = main.as_object().is_some_and(|all| all.keys().all(|key| allowed.contains(&key.as_str())));
    let is_meant = main["permissions"] == json!(PERMISSIONS) && main["windows"] == json!(["main"]);
    if !is_plain || !is_meant {
        problems.push(Problem::new(MAIN, "it allows something else than xtask/src/tidy/window.rs says"));
    }
    let others = tree.files().filter(|file| file.path.starts_with(CAPABILITIES) && file.path != MAIN);
    problems.extend(others.map(|file| Problem::new(&file.path, "the window has one set of capabilities")));
    problems
}

fn read(tree: &Tree, path: &str) -> Value {
    let file = tree.files().find(|file| file.path == path);
    file.and_then(|file| serde_json::from_str(&file.text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_with(csp: &str, permissions: &[&str], more: &[(&str, &str)]) -> Vec<String> {
        let security = json!({ "csp": csp, "freezePrototype": true, "capabilities": ["main"] });
        let config = json!({ "app": { "security": security } }).to_string();
        let main =
            json!({ "identifier": "main", "windows": ["main"], "permissions": permissions }).to_string();
        let mut files = vec![(CONFIG, config.as_str()), (MAIN, main.as_str())];
        files.extend(more);
        check(&Tree::of(&files)).into_iter().map(|problem| problem.place).collect()
    }

    #[test]
    fn what_is_meant_passes_and_every_widening_is_told() {
        assert!(problems_with(CSP, &PERMISSIONS, &[]).is_empty());
        let wider = CSP.replace("img-src 'self'", "img-src 'self' https:");
        assert_eq!(problems_with(&wider, &PERMISSIONS, &[]), [CONFIG]);
        let more: Vec<_> = PERMISSIONS.into_iter().chain(["shell:allow-open"]).collect();
        assert_eq!(problems_with(CSP, &more, &[]), [MAIN]);
        let second = "src-tauri/capabilities/more.json";
        assert_eq!(problems_with(CSP, &PERMISSIONS, &[(second, "{}")]), [second]);
    }

    #[test]
    fn window_without_its_files_is_told() {
        assert_eq!(check(&Tree::of(&[])).len(), 2);
    }

    /// Permissions of one window for other pages, or with a scope of their own, stand under further keys.
    #[test]
    fn capability_with_another_key_is_told() {
        let main =
            json!({ "windows": ["main"], "permissions": PERMISSIONS, "remote": { "urls": ["https://*"] } });
        let security = json!({ "csp": CSP, "freezePrototype": true, "capabilities": ["main"] });
        let config = json!({ "app": { "security": security } });
        let found = check(&Tree::of(&[(CONFIG, &config.to_string()), (MAIN, &main.to_string())]));
        assert_eq!(found.len(), 1);
    }
}
