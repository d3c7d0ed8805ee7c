//! Nothing half-done is committed: no reminders, no tests left out or singled out, no printing for oneself.

use super::tree::{Problem, SourceFile, Tree};

/// Marks of unfinished work in any source; in two halves so that this file does not find itself.
const REMINDERS: [(&str, &str); 3] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X")];

/// Tests that do not run, or that keep the others from running.
const LEFT_OUT: [(&str, &str); 8] = [
    ("#[ign", "ore"),
    ("it.sk", "ip("),
    ("it.on", "ly("),
    ("test.sk", "ip("),
    ("test.on", "ly("),
    ("describe.sk", "ip("),
    ("describe.on", "ly("),
    ("it.to", "do("),
];

/// Endings of source files.
const ENDINGS: [&str; 7] = [".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql"];

/// Finds reminders and left-out tests in sources, and `console.log` in the screens.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files()
        .filter(|file| ENDINGS.iter().any(|ending| file.path.ends_with(ending)))
        .filter(|file| !file.path.starts_with("ui/src/ipc/bindings/"))
        .flat_map(look)
        .collect()
}

fn look(file: &SourceFile) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let mut found = |message: String| problems.push(Problem::at(&file.path, number + 1, message));
        for (first, second) in REMINDERS {
            if has_word(line, &format!("{first}{second}")) {
                found(format!("{first}{second}: do it or open an issue"));
            }
        }
        for (first, second) in LEFT_OUT {
            if line.contains(&format!("{first}{second}")) {
                found(format!("{first}{second}: a test that is left out proves nothing"));
            }
        }
        if file.path.starts_with("ui/src/") && line.contains("console.log(") {
            found("console.log(: take it out".to_owned());
        }
    }
    problems
}

/// Whether `word` stands alone in `line`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn reminders_and_left_out_tests_are_found() {
        let reminder = format!("// {}{}: later", REMINDERS[0].0, REMINDERS[0].1);
        assert_eq!(found("crm/src/a.rs", &reminder), 1);
        assert_eq!(found("crm/src/a.rs", &format!("{}{}]", LEFT_OUT[0].0, LEFT_OUT[0].1)), 1);
        assert_eq!(found("ui/src/a.test.ts", &format!("{}{}'x', f)", LEFT_OUT[2].0, LEFT_OUT[2].1)), 1);
        assert_eq!(found("ui/src/a.ts", "console.log(x)"), 1);
    }

    #[test]
    fn words_that_only_contain_a_mark_are_fine() {
        let word = format!("{}{}S_MAX", REMINDERS[0].0, REMINDERS[0].1);
        assert_eq!(found("crm/src/a.rs", &word), 0);
        assert_eq!(found("ui/scripts/a.mjs", "console.log(x)"), 0);
    }
}
