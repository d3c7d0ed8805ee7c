//! The bench itself works: with few people, every figure is there. How good they are is not asked here.

use std::process::Command;

#[test]
fn every_figure_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("figures.json");
    let output = Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(["--people", "120", "--json"])
        .arg(&json)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let figures: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let measured = |name: &str| {
        figures.iter().any(|figure| {
            figure["name"].as_str().unwrap().starts_with(name) && figure["value"].as_f64().unwrap() > 0.0
        })
    };
    for name in [
        "import of a sheet",
        "start to the first page",
        "search, one keystroke",
        "list, a page anywhere",
        "nested filter",
        "one durable edit",
        "first sync",
        "merge of",
        "relay, durable puts",
    ] {
        assert!(measured(name), "{name} is missing among {figures:?}");
    }
}
