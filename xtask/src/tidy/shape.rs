//! The shape of the house: `lib.rs` is a page, and no drawer is called `utils`.

use syn::Item;

use super::tree::{Problem, Tree};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "misc", "manager", "service"];

/// Finds logic in a `lib.rs`, a `lib.rs` without a word for the newcomer, and empty names.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.files() {
        let is_source = [".rs", ".ts", ".tsx"].iter().any(|ending| file.path.ends_with(ending));
        let stem = |part: &str| part.split('.').next().unwrap_or(part).to_lowercase();
        if is_source && file.path.split('/').any(|part| EMPTY_NAMES.contains(&stem(part).as_str())) {
            problems.push(Problem::new(&file.path, "name the concept: this name says nothing"));
        }
        if !file.path.ends_with("src/lib.rs") {
            continue;
        }
        if !file.text.starts_with("//!") {
            problems.push(Problem::new(&file.path, "starts with //! and tells the newcomer what is here"));
        }
        let logic = syn::parse_file(&file.text).is_ok_and(|parsed| parsed.items.iter().any(is_logic));
        if logic {
            problems.push(Problem::new(&file.path, "is a page: mod lines and pub use, no logic"));
        }
    }
    problems
}

fn is_logic(item: &Item) -> bool {
    matches!(item, Item::Fn(_) | Item::Impl(_) | Item::Struct(_) | Item::Enum(_) | Item::Trait(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn logic_in_a_page_is_found() {
        assert_eq!(found("crm/src/lib.rs", "//! Page.\npub mod a;\npub use a::B;\nfn f() {}"), 1);
        assert_eq!(found("crm/src/lib.rs", "//! Page.\npub mod a;\npub use a::B;"), 0);
        assert_eq!(found("crm/src/lib.rs", "pub mod a;"), 1);
    }

    #[test]
    fn a_drawer_is_found() {
        assert_eq!(found("crm/src/contact/utils.rs", ""), 1);
        assert_eq!(found("ui/src/common/x.ts", ""), 1);
        assert_eq!(found("ui/src/kit/Utilities.tsx", ""), 0);
    }
}
