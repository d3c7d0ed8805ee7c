//! Every code that the core answers an error with has a sentence in each language of the screens.

use std::collections::BTreeSet;

use super::tree::{Problem, Tree};

const WORDS: [&str; 2] = ["ui/src/locales/vi/errors.json", "ui/src/locales/en/errors.json"];
/// Where the codes of whole families of errors stand.
const FAMILIES: &str = "crm/src/app/error.rs";

/// Finds codes without words.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let mut codes = BTreeSet::new();
    for file in tree.files().filter(|file| file.path.starts_with("crm/src/") && file.path.ends_with(".rs")) {
        collect(&file.text, "ApiError::new(", &mut codes);
        if file.path == FAMILIES {
            collect(&file.text, "=> ", &mut codes);
        }
    }
    let mut problems = Vec::new();
    for file in tree.files().filter(|file| WORDS.contains(&file.path.as_str())) {
        let missing = codes.iter().filter(|code| !file.text.contains(&format!("\"{code}\":")));
        problems.extend(missing.map(|code| Problem::new(&file.path, format!("no sentence for {code}"))));
    }
    problems
}

/// The string literals that stand right after `mark`, if they look like a code.
fn collect(text: &str, mark: &str, codes: &mut BTreeSet<String>) {
    for (at, _) in text.match_indices(mark) {
        let rest = text[at + mark.len()..].trim_start();
        let Some((code, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
        if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            codes.insert(code.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_without_a_sentence_is_found() {
        let code = "ApiError::new(\n  \"disk_full\", x); E::Other => \"not_here\",";
        let found = |words: &str| {
            let files = [("crm/src/app/error.rs", code), ("ui/src/locales/vi/errors.json", words)];
            check(&Tree::of(&files)).len()
        };
        assert_eq!(found("{}"), 2);
        assert_eq!(found("{\"disk_full\": \"\", \"not_here\": \"\"}"), 0);
    }
}
