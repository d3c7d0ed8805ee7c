//! However many rows are written at once, and wherever a run stops and goes on, the same comes of a sheet.

use crm::{
    engine::dump::canonical_dump,
    id::ImportId,
    import::{run, table},
    io::now,
};
use serde_json::{Value, json};

use super::Desk;

const HEADER: &str = "Mã HV,Họ tên,SĐT,Email,Ngày sinh,Trường,Trạng thái,Ghi chú,Nhãn,Quan tâm,Đồng ý,\
    Tên phụ huynh,SĐT phụ huynh";
const COLUMNS: [&str; 13] = [
    "externalId",
    "fullName",
    "phone",
    "email",
    "birthOn",
    "school",
    "status",
    "note",
    "tags",
    "interests",
    "consentMarketing",
    "guardianName",
    "guardianPhone",
];
/// What stands in each column, blanks among it: few words, so that rows are about each other all the time.
const POOLS: [&[&str]; 13] = [
    &["", "", "", "HV1", "HV2", "HV3"],
    &[
        "Nguyễn Văn An",
        "NGUYEN VAN AN",
        "Nguyễn Văn Ân",
        "Trần Thị Mai",
        "Trần Gia Khang",
        "Trần Gia Khanh",
        "",
    ],
    &["", "0901111111", "0902222222", "0901111111 / 0903333333", "8.49E+10", "0904444444"],
    &["", "", "an@lop.vn", "AN@lop.vn", "mai.gmail.com"],
    &["", "", "01/02/2010", "02/03/2011"],
    &["", "THCS Lê Lợi", "THCS Trần Phú"],
    &["", "Đang học", "Mới", "Chuyển lớp"],
    &["", "", "thích IELTS", "thích IELTS ", "hỏi lại sau"],
    &["", "VIP", "vip", "Hè 2024"],
    &["", "IELTS", "ielts", "Giao tiếp"],
    &["", "Có", "Không", "hỏi mẹ"],
    &["", "Trần Thị Mai", "Lê Thị Hoa", "Tran Thi Mai"],
    &["", "", "0904444444", "0905555555", "0901111111"],
];

/// A number that is always the same for a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

fn rows(seed: u64, count: usize) -> String {
    let mut dice = Dice(seed);
    let mut sheet = format!("{HEADER}\n");
    for at in 0..count {
        let mut cells: Vec<String> =
            POOLS.iter().map(|pool| pool[dice.below(pool.len())].to_owned()).collect();
        // More people than are ever looked at share a number, and some rows the engine refuses.
        match dice.below(12) {
            0 => (cells[1], cells[2]) = (format!("Lê Thị Hoa {at}"), "0909999999".to_owned()),
            1 => cells[8] = "x".repeat(90),
            _ => {}
        }
        sheet += &cells.join(",");
        sheet.push('\n');
    }
    sheet + ",TỔNG CỘNG: 9,,,,,,,,,,,\n"
}

/// A desk that knows people, with a sheet that was checked and not run.
fn before_the_run(seed: u64, mode: &str) -> (Desk, ImportId, Value) {
    let desk = Desk::founded();
    let columns = json!({ "columns": COLUMNS });
    desk.import_with(&rows(seed + 1_000, 25), &columns);
    let mut draft = desk.draft(&rows(seed, 130));
    draft["mapping"]["columns"] = json!(COLUMNS);
    draft["mapping"]["mode"] = json!(mode);
    let counts = desk.check(&draft)["counts"].clone();
    (desk, serde_json::from_value(draft["id"].clone()).expect("an id"), counts)
}

/// The same desk once more, with everything in it.
pub fn copy(desk: &Desk) -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(desk.folder.path(), folder.path());
    Desk::open(folder)
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            std::fs::create_dir_all(&to).expect("made");
            copy_folder(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("copied");
        }
    }
}

/// Starts a run in batches of so many rows; one that stops does so after the first.
pub fn start(desk: &Desk, id: ImportId, batch_rows: usize, stops: bool) -> Value {
    let started = desk.app.start_import_job("import", id, move |app, job| {
        if let Some(own) = app.jobs().of_import(id).filter(|_| stops) {
            app.jobs().stop(own);
        }
        run::run_in(app, id, job, batch_rows)
    });
    serde_json::to_value(started.expect("starts")).expect("a job")
}

/// Everything that stands there, and what is said of every row; moments of this test are one moment.
fn standing(desk: &Desk, id: ImportId, began: i64) -> Vec<String> {
    let dump = desk.app.read(|conn, _| canonical_dump(conn)).expect("a dump");
    let is_now = |text: &str| text.parse::<i64>().is_ok_and(|at| (began..=now().0).contains(&at));
    let still = |line: String| {
        let parts: Vec<_> = line.split('|').map(|part| if is_now(part) { "now" } else { part }).collect();
        parts.join("|")
    };
    let mut lines: Vec<_> = dump.into_iter().map(still).collect();
    let args = json!({ "import": id, "outcome": null, "offset": 0, "limit": 1_000 });
    let report = desk.call("import.rows", args);
    lines.extend(report["rows"].as_array().expect("rows").iter().map(Value::to_string));
    lines.sort();
    lines
}

fn assert_same(left: &[String], right: &[String], what: &str) {
    let only = |these: &[String], those: &[String]| {
        these.iter().filter(|line| !those.contains(line)).take(6).cloned().collect::<Vec<_>>().join("\n")
    };
    assert!(left == right, "{what}:\n{}\n--- and not\n{}", only(left, right), only(right, left));
}

pub fn counts(desk: &Desk, id: ImportId) -> Value {
    desk.call("import.get", json!({ "import": id }))["counts"].clone()
}

#[test]
fn what_comes_of_a_sheet_does_not_depend_on_where_the_batches_end() {
    for (seed, mode) in [(1, "both"), (2, "create"), (3, "update"), (4, "both")] {
        let began = now().0;
        let (desk, id, checked) = before_the_run(seed, mode);
        let mut whole = None;
        for batch_rows in [1_000, 7, 1] {
            let desk = copy(&desk);
            desk.finish(&start(&desk, id, batch_rows, false));
            assert_eq!(
                counts(&desk, id),
                checked,
                "the dry run said so, seed {seed}, batches of {batch_rows}"
            );
            let standing = standing(&desk, id, began);
            let first = whole.get_or_insert_with(|| standing.clone());
            assert_same(first, &standing, &format!("seed {seed}, {mode}, batches of {batch_rows}"));
        }
    }
}

#[test]
fn a_run_that_stops_after_every_batch_comes_to_the_same() {
    for (seed, mode) in [(5, "both"), (6, "create")] {
        let began = now().0;
        let (desk, id, checked) = before_the_run(seed, mode);
        let at_once = copy(&desk);
        at_once.finish(&start(&at_once, id, 1_000, false));
        let mut desk = desk;
        for _ in 0..3 {
            desk.end(&start(&desk, id, 31, true), "paused");
            desk = killed(desk, id);
        }
        desk.finish(&start(&desk, id, 31, false));
        assert_eq!(counts(&desk, id), checked);
        let whole = standing(&at_once, id, began);
        assert_same(&whole, &standing(&desk, id, began), &format!("seed {seed}, {mode}"));
    }
}

/// The desk after a power cut: the database has the word that the import runs, and nobody works at it.
pub fn killed(desk: Desk, id: ImportId) -> Desk {
    let cut = desk.app.write(|replica| {
        let tx = replica.engine.conn_mut().transaction().expect("begins");
        let mut stored = table::get(&tx, id)?.expect("stands");
        stored.state = "running".to_owned();
        table::put(&tx, &stored, None)?;
        tx.commit().expect("commits");
        Ok(())
    });
    cut.expect("written");
    copy(&desk)
}
