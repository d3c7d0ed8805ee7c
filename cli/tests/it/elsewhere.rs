//! A number that another branch knows, at a desk that does not hold its people.

use serde_json::{Value, json};

use crate::desk::{Desk, Relay};

#[test]
fn desk_hears_of_another_branch_while_typing_and_importing() {
    let folder = tempfile::tempdir().expect("a folder");
    let relay = Relay::start(&folder.path().join("relay"));
    let (founder, desk) = (Desk::at(&folder.path().join("a")), Desk::at(&folder.path().join("b")));
    let branches = ["--branch", "Quận 1", "--branch", "Gò Vấp", "--relay", &relay.url];
    founder.json(&[&["create", "Sao Mai", "--owner", "Trần Thị Lan"][..], &branches].concat());
    founder.admit_as(&desk, &["--role", "staff", "--branch", "Gò Vấp"]);
    let file = folder.path().join("quan-1.csv");
    std::fs::write(&file, "Họ tên,SĐT,Email\nTrần Thị Đức,0912345678,duc@example.com\n").expect("written");
    founder.json(&["import", file.to_str().expect("text"), "--branch", "Quận 1"]);
    founder.sync();
    desk.sync();
    assert_eq!(desk.people(), 0, "the desk does not hold her");

    let all = founder.json(&["call", "definition.list"]);
    let named = |name: &str| {
        let mut found =
            all["branches"].as_array().into_iter().flatten().filter(|branch| branch["name"] == name);
        found.next().expect("the branch is there")["id"].clone()
    };
    let typed = json!({ "fullName": "", "phone": "0912.345.678", "email": "", "except": null });
    let hints = desk.json(&["call", "contact.elsewhere", &typed.to_string()]);
    assert_eq!(hints, json!([{ "branch": named("Quận 1"), "reasons": ["phone"] }]));

    let file = folder.path().join("go-vap.csv");
    let sheet = "Họ tên,SĐT,Email\nTran Thi Duc,+84912345678,\nLê Văn Bình,0987654321,\n";
    std::fs::write(&file, sheet).expect("written");
    let import = desk.json(&["import", file.to_str().expect("text")]);
    let args = json!({ "import": import["id"], "outcome": null, "offset": 0, "limit": 10 });
    let rows = desk.json(&["call", "import.rows", &args.to_string()]);
    let notes = |at: usize| rows["rows"][at]["notes"].clone();
    assert_eq!(notes(0), json!([{ "code": "knownElsewhere", "column": "", "text": "Quận 1" }]));
    assert_eq!(notes(1), Value::Array(Vec::new()));
}
