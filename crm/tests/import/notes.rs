//! What is said of rows has words, on the screens and in the file of errors.

use std::{collections::BTreeSet, path::Path};

use crm::import::words::reason;
use serde_json::Value;

/// Every code that the import room says of rows, as its source has it.
fn codes() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import");
    let mut codes = BTreeSet::new();
    for file in std::fs::read_dir(root).expect("the room is there").flatten() {
        let text = std::fs::read_to_string(file.path()).expect("readable");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for opening in
            ["note(\"", "remark(\"", "keep(\"", "told(\"", "let code = if field == \"branch\" { \""]
        {
            codes.extend(
                code.split(opening).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
            );
        }
    }
    let apart = [
        "list_full",
        "too_many",
        "too_long",
        "bad_field",
        "totalRow",
        "headerRow",
        "unknownStaff",
        "ambiguousDate",
        "turnedDate",
    ];
    codes.extend(apart.map(str::to_owned));
    codes
}

#[test]
fn every_note_of_a_row_has_words_in_both_languages_and_in_the_file_of_errors() {
    let codes = codes();
    assert!(codes.len() > 15 && codes.contains("siblings") && codes.contains("badPhone"), "{codes:?}");
    let screens = ["vi", "en"].map(|language| {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../ui/src/locales/{language}/import.json"));
        let text = std::fs::read_to_string(file).expect("the screens' words");
        (language, serde_json::from_str::<Value>(&text).expect("JSON"))
    });
    for code in codes {
        for (language, words) in &screens {
            assert!(words["note"][&code].is_string(), "{language}: {code}");
        }
        assert_ne!(reason(&code, ""), code, "the file of errors has no words for it");
    }
}
