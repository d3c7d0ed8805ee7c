//! Who may import whom in the UI: app -> features -> ipc, kit -> lib; and one door to the engine.

use super::tree::{Problem, SourceFile, Tree};

/// A zone and those that it may import from, itself included.
const MAY_IMPORT: [(&str, &[&str]); 5] = [
    ("app", &["app", "features", "ipc", "kit", "lib"]),
    ("features", &["features", "ipc", "kit", "lib"]),
    ("ipc", &["ipc", "lib"]),
    ("kit", &["kit", "lib"]),
    ("lib", &["lib"]),
];

/// Calls that only `ipc` makes.
const DOORS: [&str; 3] = ["fetch(", "invoke(", "listen("];

/// Finds imports against the direction, a feature that imports another, and calls past `ipc`.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files()
        .filter(|file| file.path.starts_with("ui/src/"))
        .filter(|file| file.path.ends_with(".ts") || file.path.ends_with(".tsx"))
        .flat_map(look)
        .collect()
}

fn look(file: &SourceFile) -> Vec<Problem> {
    let mut problems = Vec::new();
    let own = zone(&file.path);
    for (number, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with("//") || line.starts_with('*') || line.starts_with("/*") {
            continue;
        }
        let mut found = |message: String| problems.push(Problem::at(&file.path, number + 1, message));
        if let Some(target) = imported(line) {
            if target.starts_with("@tauri-apps/") && own.0 != "ipc" {
                found(format!("{target} only in ipc"));
            } else if let Some(message) = resolved(&file.path, target).and_then(|to| refused(own, zone(&to)))
            {
                found(message);
            }
        }
        let is_free = own.0 == "ipc" || file.path.contains(".test.");
        if let Some(door) = DOORS.iter().find(|door| !is_free && calls(line, door)) {
            found(format!("{door}...) only in ipc"));
        }
    }
    problems
}

/// Zone of a path, and the folder of a feature.
fn zone(path: &str) -> (&str, &str) {
    let mut parts = path.strip_prefix("ui/src/").unwrap_or_default().split('/');
    let first = parts.next().unwrap_or_default();
    (first, if first == "features" { parts.next().unwrap_or_default() } else { "" })
}

fn refused(own: (&str, &str), to: (&str, &str)) -> Option<String> {
    // Files beside the zones (main.tsx) put everything together.
    let (_, allowed) = MAY_IMPORT.iter().find(|(zone, _)| *zone == own.0)?;
    if own.0 == "features" && to.0 == "features" && own.1 != to.1 {
        return Some(format!("feature {} must not import feature {}", own.1, to.1));
    }
    let is_zone = MAY_IMPORT.iter().any(|(zone, _)| *zone == to.0);
    let is_refused = is_zone && !allowed.contains(&to.0);
    is_refused.then(|| format!("{} must not import from {}", own.0, to.0))
}

/// What a line imports: the text after `from`, `import` or `import(`.
fn imported(line: &str) -> Option<&str> {
    let at = ["from \"", "from '", "import \"", "import '", "import(\"", "import('"]
        .iter()
        .find_map(|mark| line.find(mark).map(|at| at + mark.len()))?;
    line[at..].split(['"', '\'']).next()
}

/// Path from the root of an import that stays inside the UI.
fn resolved(from: &str, target: &str) -> Option<String> {
    if let Some(rest) = target.strip_prefix("@/") {
        return Some(format!("ui/src/{rest}"));
    }
    if !target.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Whether the line calls `door` itself, not a method or a longer name that ends alike.
fn calls(line: &str, door: &str) -> bool {
    line.match_indices(door).any(|(at, _)| {
        let before = &line[..at];
        before.ends_with("window.")
            || before.ends_with("globalThis.")
            || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn imports_against_the_direction_are_found() {
        assert_eq!(
            found("ui/src/kit/Table.tsx", "import { call } from \"../ipc/call\";"),
            ["kit must not import from ipc"]
        );
        assert_eq!(
            found("ui/src/lib/dates.ts", "import x from '@/kit/x';"),
            ["lib must not import from kit"]
        );
        assert_eq!(
            found("ui/src/app/Shell.tsx", "import { Today } from \"../features/today/Today\";").len(),
            0
        );
        assert_eq!(found("ui/src/main.tsx", "import { App } from \"./app/App\";").len(), 0);
    }

    #[test]
    fn a_feature_that_imports_a_feature_is_found() {
        let text = "const X = lazy(() => import(\"../../contact/Page\"));";
        assert_eq!(
            found("ui/src/features/today/parts/List.tsx", text),
            ["feature today must not import feature contact"]
        );
        assert_eq!(found("ui/src/features/today/List.tsx", "import { a } from \"./parts/a\";").len(), 0);
    }

    #[test]
    fn calls_past_the_door_are_found() {
        let path = "ui/src/features/today/Today.tsx";
        assert_eq!(found(path, "const x = await fetch(url);").len(), 1);
        assert_eq!(found(path, "window.fetch(url)").len(), 1);
        assert_eq!(found(path, "import { invoke } from \"@tauri-apps/api/core\";").len(), 1);
        assert_eq!(found(path, "void query.refetch(); store.listen(f);").len(), 0);
        assert_eq!(found("ui/src/ipc/httpTransport.ts", "await fetch(url)").len(), 0);
    }
}
