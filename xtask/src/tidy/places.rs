//! Nothing of one machine or one person is committed: no absolute paths, no private registry, no secret.

use super::tree::{Problem, SourceFile, Tree};

/// Folders of somebody's machine; written in two halves so that this file does not find itself.
const MACHINE_FOLDERS: [(&str, &str); 4] = [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/wo", "rk/")];

/// How secrets begin.
const SECRETS: [(&str, &str); 4] =
    [("PRIVATE ", "KEY-----"), ("ghp", "_"), ("github_", "pat_"), ("AKI", "A")];

/// Finds machine paths, secrets, and lock files that name another registry than the public one.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files().flat_map(look).collect()
}

fn look(file: &SourceFile) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_guide = file.path.ends_with(".md");
    for (number, line) in file.text.lines().enumerate() {
        let mut found = |message: &str| problems.push(Problem::at(&file.path, number + 1, message));
        if !is_guide && MACHINE_FOLDERS.iter().any(|halves| begins_path(line, &joined(*halves))) {
            found("an absolute path of one machine");
        }
        if SECRETS.iter().any(|halves| has_secret(line, &joined(*halves))) {
            found("this looks like a secret");
        }
        if is_foreign_registry(&file.path, line) {
            found("only the public registries may stand here");
        }
    }
    problems
}

fn joined((first, second): (&str, &str)) -> String {
    format!("{first}{second}")
}

/// Whether `folder` stands in `line` as the beginning of a path, not in the middle of one.
fn begins_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '~' | '}' | ')' | '@')
        })
    })
}

/// A mark that is followed by at least sixteen letters and digits, or the mark of a key file.
fn has_secret(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let rest = &line[at + mark.len()..];
        mark.ends_with("-----") || rest.chars().take_while(char::is_ascii_alphanumeric).count() >= 16
    })
}

fn is_foreign_registry(path: &str, line: &str) -> bool {
    let line = line.trim();
    if path.ends_with("package-lock.json") {
        return line.starts_with("\"resolved\": \"http") && !line.contains("//registry.npmjs.org/");
    }
    if path.ends_with("Cargo.lock") {
        let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        return line.starts_with("source = \"") && line != public;
    }
    path.ends_with(".npmrc") && line.contains("registry=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_machine_path_is_found_and_a_path_below_another_is_not() {
        let home = joined(MACHINE_FOLDERS[1]);
        assert_eq!(found("a.rs", &format!("let x = \"{home}lan/quen\";")), 1);
        assert_eq!(found("a.rs", &format!("let x = \"https://host{home}lan\";")), 0);
        assert_eq!(found("docs/guide/a.md", &format!("for example {home}lan/quen")), 0);
    }

    #[test]
    fn secrets_are_found() {
        assert_eq!(found("a.pem", &format!("-----BEGIN {}", joined(SECRETS[0]))), 1);
        assert_eq!(found("a.ts", &format!("const t = \"{}{}\";", joined(SECRETS[1]), "a1".repeat(10))), 1);
        assert_eq!(found("a.ts", "const ghp_count = 3;"), 0);
    }

    #[test]
    fn another_registry_is_found() {
        assert_eq!(found("ui/package-lock.json", "  \"resolved\": \"https://mirror.example/x.tgz\","), 1);
        assert_eq!(found("ui/package-lock.json", "  \"resolved\": \"https://registry.npmjs.org/x.tgz\","), 0);
        assert_eq!(found("Cargo.lock", "source = \"registry+https://mirror.example/index\""), 1);
        assert_eq!(
            found("Cargo.lock", "source = \"registry+https://github.com/rust-lang/crates.io-index\""),
            0
        );
        assert_eq!(found("ui/.npmrc", "registry=https://mirror.example"), 1);
    }
}
