//! A sheet goes in, through the door that the screens use, on a real encrypted database.

mod batches;
mod blank;
mod bounds;
mod cells;
mod doubts;
mod files;
mod guardian;
mod kept;
mod kinds;
mod matching;
mod notes;
mod siblings;
mod stopped;
mod words;

use std::time::Duration;

use crm::{
    api::{self, Transport},
    app::App,
};
use serde_json::{Value, json};
use zeroize::Zeroizing;

const SHEET: &str = "\
STT,Họ và tên,SĐT,Ngày sinh,Phụ huynh,SĐT phụ huynh,Ghi chú
1,Trần Thị Đức,0912 345 678,12/03/2010,Trần Văn Hòa,0903111222,thích IELTS
2,Nguyễn Văn An,01234567890,05/06/2011,,,
STT,Họ và tên,SĐT,Ngày sinh,Phụ huynh,SĐT phụ huynh,Ghi chú
3,Trần Thị Lụa,,01/02/2012,Trần Văn Hòa,0903 111 222,
4,,,,,,chỉ có ghi chú
,TỔNG CỘNG: 4,,,,,
";

struct Desk {
    app: App,
    folder: tempfile::TempDir,
}

impl Desk {
    fn founded() -> Self {
        let desk = Self::open(tempfile::tempdir().expect("a folder"));
        let centre = json!({ "centre": "Trung tâm", "owner": "Trần Thị Hà", "deviceName": "Bàn 1",
            "branches": ["Quận 1"], "relayUrl": null });
        desk.call("workspace.create", centre);
        desk
    }

    fn open(folder: tempfile::TempDir) -> Self {
        let app = App::open(folder.path(), Some(Zeroizing::new("bốn mùa hoa".to_owned()))).expect("opens");
        Self { app, folder }
    }

    fn call(&self, name: &str, args: Value) -> Value {
        api::call(&self.app, Transport::CommandLine, name, args)
            .unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn draft(&self, sheet: &str) -> Value {
        self.draft_of("hoc vien.csv", sheet.as_bytes())
    }

    fn draft_of(&self, name: &str, bytes: &[u8]) -> Value {
        let file = self.app.files().take_bytes(name, bytes).expect("kept");
        self.call("import.open", json!({ "file": file }))
    }

    /// Waits for a job: it runs on a thread of its own, and its end is what it says of itself.
    fn finish(&self, job: &Value) {
        self.end(job, "done");
    }

    /// Waits until a job ends in a state.
    fn end(&self, job: &Value, state: &str) {
        for _ in 0..3_000 {
            let view = self.call("job.get", json!({ "job": job["job"] }));
            match view["state"].as_str() {
                Some("running") => std::thread::sleep(Duration::from_millis(20)),
                Some(end) if end == state => return,
                _ => panic!("{view}"),
            }
        }
        panic!("the job did not end");
    }

    fn check(&self, draft: &Value) -> Value {
        let job = self.call("import.check", json!({ "import": draft["id"], "mapping": draft["mapping"] }));
        self.finish(&job);
        self.call("import.get", json!({ "import": draft["id"] }))
    }

    fn import(&self, sheet: &str) -> Value {
        self.import_with(sheet, &json!({}))
    }

    /// Imports with some of the mapping's options set.
    fn import_with(&self, sheet: &str, options: &Value) -> Value {
        let mut draft = self.draft(sheet);
        for (key, value) in options.as_object().expect("options") {
            draft["mapping"][key] = value.clone();
        }
        self.run(&draft)
    }

    /// Checks and runs an import, and holds the one against the other.
    fn run(&self, draft: &Value) -> Value {
        let checked = self.check(draft);
        let job = self.call("import.run", json!({ "import": draft["id"] }));
        self.finish(&job);
        let done = self.call("import.get", json!({ "import": draft["id"] }));
        assert_eq!(done["counts"], checked["counts"], "the dry run said what the run did");
        done
    }

    fn undo(&self, import: &Value) {
        let job = self.call("import.undo", json!({ "import": import["id"] }));
        self.finish(&job);
    }

    fn names(&self) -> Vec<String> {
        let list = self.call("contact.list", json!({ "view": {}, "offset": 0, "limit": 50 }));
        let mut names: Vec<String> = list["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["fullName"].as_str().unwrap_or("").to_owned())
            .collect();
        names.sort();
        names
    }

    fn person(&self, words: &str) -> Value {
        let hits = self.call("contact.search", json!({ "text": words, "limit": 5 }));
        self.call("contact.get", json!({ "id": hits[0]["contact"]["id"] }))
    }
}

#[test]
fn a_dirty_sheet_becomes_people_and_one_guardian() {
    let desk = Desk::founded();
    let done = desk.import(SHEET);
    assert_eq!(
        done["counts"],
        json!({ "new": 3, "updated": 0, "unchanged": 2, "duplicate": 0, "error": 1, "guardians": 1 })
    );
    assert_eq!(desk.names(), ["Nguyễn Văn An", "Trần Thị Lụa", "Trần Thị Đức", "Trần Văn Hòa"]);
    let person = desk.person("tran thi duc");
    assert_eq!(person["row"]["phone"], "+84912345678");
    assert_eq!(person["relations"][0]["contact"]["fullName"], "Trần Văn Hòa");
    let moved = desk.person("nguyen van an");
    assert_eq!(moved["row"]["phone"], "+84834567890", "eleven digits became ten in 2018");
}

#[test]
fn the_same_sheet_again_changes_nobody() {
    let desk = Desk::founded();
    desk.import(SHEET);
    let again = desk.import(SHEET);
    assert_eq!(
        again["counts"],
        json!({ "new": 0, "updated": 0, "unchanged": 5, "duplicate": 0, "error": 1, "guardians": 0 })
    );
    assert_eq!(desk.names().len(), 4);
}

#[test]
fn a_guardian_who_is_here_is_not_entered_twice() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT\nTrần Văn Hòa,0903111222\n");
    desk.import(SHEET);
    assert_eq!(desk.names().iter().filter(|name| *name == "Trần Văn Hòa").count(), 1);
    assert_eq!(desk.person("tran thi lua")["relations"][0]["contact"]["fullName"], "Trần Văn Hòa");
}

#[test]
fn undoing_an_import_keeps_what_others_wrote_later() {
    let desk = Desk::founded();
    let import = desk.import(SHEET);
    let id = desk.person("nguyen van an")["row"]["id"].clone();
    let rename = json!({ "do": "set", "field": "fullName", "value": "Nguyễn Văn An Bình" });
    desk.call("edit", json!({ "edits": [{ "noun": "contact", "id": id, "edit": rename }] }));
    desk.undo(&import);
    assert_eq!(desk.names(), ["Nguyễn Văn An Bình"]);
}

#[test]
fn a_branch_is_added_later_and_takes_people() {
    let desk = Desk::founded();
    let id = "01M86JBKVH9SJTG0YD0EG270MG";
    let branch = json!({ "do": "branch", "name": "Thủ Đức" });
    desk.call("edit", json!({ "edits": [{ "noun": "definition", "id": id, "edit": branch }] }));
    let branches = desk.call("definition.list", json!({}))["branches"].clone();
    assert!(branches.as_array().is_some_and(|all| all.iter().any(|b| b["id"] == id && b["isHeld"] == true)));
    desk.import("Họ tên,SĐT,Chi nhánh\nLê An,0903111222,Thủ Đức\n");
    assert_eq!(desk.person("le an")["row"]["branch"], id);
}

#[test]
fn a_row_that_names_another_branch_for_a_known_person_says_so_and_moves_nobody() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Chi nhánh\nLê An,0903111222,Quận 1\n");
    let before = desk.person("le an")["row"]["branch"].clone();
    let branch = json!({ "do": "branch", "name": "Thủ Đức" });
    let id = "01M86JBKVH9SJTG0YD0EG270MG";
    desk.call("edit", json!({ "edits": [{ "noun": "definition", "id": id, "edit": branch }] }));
    let done = desk.import("Họ tên,SĐT,Chi nhánh,Trường\nLê An,0903111222,Thủ Đức,THPT Gia Định\n");
    assert_eq!(done["counts"]["updated"], 1);
    let person = desk.person("le an");
    assert_eq!(person["row"]["branch"], before);
    let args = json!({ "import": done["id"], "outcome": null, "offset": 0, "limit": 5 });
    let rows = desk.call("import.rows", args);
    let notes = rows["rows"][0]["notes"].clone();
    assert!(notes.as_array().is_some_and(|all| all.iter().any(|n| n["code"] == "otherBranch")), "{rows}");
}

#[test]
fn an_export_holds_every_number_and_every_part_of_a_name() {
    let desk = Desk::founded();
    desk.import("Họ tên,SĐT,Địa chỉ,Giới tính\nTrần Thị Đức,0912345678 / 0903111222,12 Lê Lợi,Nữ\n");
    let text = |format: &str, columns: Value| {
        let args = json!({ "selection": { "which": "matching", "view": {}, "except": [] },
            "format": format, "columns": columns });
        let file = serde_json::from_value(desk.call("export.run", args)).expect("a file");
        std::fs::read_to_string(desk.app.files().path(&file).expect("made here")).expect("readable")
    };
    let csv = text("csv", json!(["fullName", "phone", "address", "gender"]));
    assert!(csv.contains("0912 345 678 / 0903 111 222"), "{csv}");
    assert!(csv.contains("12 Lê Lợi") && csv.contains("female"), "{csv}");
    let card = text("vcard", json!([]));
    assert!(card.contains("N:Trần;Đức;Thị") && card.matches("TEL").count() == 2, "{card}");
}
