//! A file stays under 400 lines, so that it can be read at once.

use super::tree::{Problem, Tree};

/// Lines of a file at most.
const LINES_MAX: usize = 400;

/// Endings of the files that count.
const ENDINGS: [&str; 4] = [".rs", ".ts", ".tsx", ".css"];

/// Finds source files that are too long; generated bindings do not count.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files()
        .filter(|file| ENDINGS.iter().any(|ending| file.path.ends_with(ending)))
        .filter(|file| !file.path.starts_with("ui/src/ipc/bindings/"))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let is_long = lines > LINES_MAX;
            is_long.then(|| Problem::new(&file.path, format!("{lines} lines; split it below {LINES_MAX}")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_source_file_is_found_and_a_long_text_or_binding_is_not() {
        let long = "x\n".repeat(401);
        let short = "x\n".repeat(400);
        let tree = Tree::of(&[
            ("crm/src/a.rs", &long),
            ("crm/src/b.rs", &short),
            ("ui/src/a.tsx", &long),
            ("ui/src/ipc/bindings/Api.ts", &long),
            ("docs/a.md", &long),
        ]);
        let places: Vec<_> = check(&tree).into_iter().map(|problem| problem.place).collect();
        assert_eq!(places, ["crm/src/a.rs", "ui/src/a.tsx"]);
    }
}
