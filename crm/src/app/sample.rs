//! The sample centre: invented people to look around with. It goes away with one call.

use crdt::Cause;

use super::{ApiError, App, AppError, Stage, changed, device, workspace};
use crate::{
    api::args::NoArgs,
    contact::edit::{ContactEdit, Fact},
    definition,
    edit::Edit,
    id::{AtMs, BranchId, ContactId, InteractionId, StaffId, TaskId},
    interaction::edit::InteractionEdit,
    io::now,
    session::view::{CreateArgs, Session},
    task::edit::{NewTask, TaskEdit},
};

const FAMILIES: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng"];
const MIDDLES: [&str; 8] = ["Thị", "Văn", "Minh", "Ngọc", "Thanh", "Gia", "Hoàng", "Bảo"];
const GIVENS: [&str; 16] = [
    "An", "Bình", "Chi", "Dũng", "Đức", "Giang", "Hà", "Hân", "Khang", "Lan", "Linh", "Nam", "Phúc", "Quân",
    "Thảo", "Vy",
];
const SOURCES: [&str; 5] = ["Facebook", "Zalo", "Giới thiệu", "Đi ngang qua", "Website"];
const LEVELS: [&str; 6] = ["Starters", "Movers", "Flyers", "KET", "PET", "IELTS"];
const SCHOOLS: [&str; 5] =
    ["THCS Lê Quý Đôn", "THPT Gia Định", "TH Nguyễn Bỉnh Khiêm", "THCS Ngô Tất Tố", "THPT Thủ Đức"];
const STATUSES: [&str; 6] = ["new", "contacted", "trial", "active", "paused", "ended"];
const NOTES: [&str; 4] = [
    "Hỏi lịch học cuối tuần.",
    "Phụ huynh muốn con học thử trước.",
    "Quan tâm lớp luyện thi, cần báo học phí.",
    "Đã gửi bảng giá qua Zalo.",
];
const PEOPLE: usize = 240;
const DAY_MS: i64 = 86_400_000;

impl App {
    /// Opens the sample centre on a device that belongs to none.
    ///
    /// # Errors
    /// [`ApiError`] if the device belongs to a centre already.
    pub fn open_sample(&self, _: NoArgs) -> Result<Session, ApiError> {
        let centre = CreateArgs {
            centre: "Anh ngữ Sao Mai (mẫu)".to_owned(),
            owner: "Trần Thị Mai".to_owned(),
            device_name: "Máy của bạn".to_owned(),
            branches: ["Quận 1", "Gò Vấp", "Thủ Đức"].map(str::to_owned).to_vec(),
            relay_url: None,
        };
        self.create_centre(centre, true)?;
        let branches = self.read(|conn, _| definition::query::named(conn, "branch"))?;
        let owner = self.read(|conn, _| workspace::staff(conn))?;
        let homes = self.write(|replica| Ok(replica.engine.homes()?))?;
        let edits: Vec<Edit> = (0..PEOPLE)
            .flat_map(|at| {
                let branch = branches.get(at % branches.len().max(1)).map(|(id, _)| BranchId(id.0));
                let id = ContactId::in_space(workspace::fresh_id(), homes.of(branch));
                person(at, id, branch, owner, now())
            })
            .collect();
        for part in edits.chunks(400) {
            let action = workspace::new_action(Cause::PERSON);
            self.write(|replica| Ok(replica.engine.act(action, part)?))?;
        }
        self.announce(vec![changed("session"), changed("contact"), changed("definition")]);
        self.session(NoArgs::default())
    }

    /// Takes the sample centre away; the device is as new afterwards. A real centre is never taken away so.
    ///
    /// # Errors
    /// [`ApiError`] if this is no sample centre, or the disk refuses.
    pub fn leave_sample(&self, args: NoArgs) -> Result<Session, ApiError> {
        if !self.session(NoArgs::default())?.is_sample {
            return Err(ApiError::new("not_sample", "this is not the sample centre"));
        }
        {
            let mut stage = self.stage();
            *super::lock(&self.inner.reader) = None;
            // Closes the writer, so that the file can be removed.
            *stage = Stage::Locked;
            let vault = super::lock(&self.inner.vault).clone().ok_or(AppError::Locked)?;
            device::remove_database(&self.inner.folder, &vault)?;
            let opened = device::open(&self.inner.folder, &vault)?;
            *super::lock(&self.inner.reader) = Some(super::Reader::new(opened.reader));
            *stage = opened.stage;
        }
        super::lock(&self.inner.session).disconnect();
        self.announce(crate::api::everything_changed());
        self.session(args)
    }
}

/// One invented person with a note and, mostly, a next step. The same number gives the same person.
fn person(
    at: usize,
    id: ContactId,
    branch: Option<BranchId>,
    owner: Option<StaffId>,
    now: AtMs,
) -> Vec<Edit> {
    let pick = |list: &'static [&'static str], salt: usize| list[(at * 7 + at / 3 + salt * 5) % list.len()];
    let name = format!("{} {} {}", pick(&FAMILIES, at / 7), pick(&MIDDLES, at / 2), pick(&GIVENS, at));
    let status = STATUSES[(at * 5 + at / 4) % STATUSES.len()];
    let kind = if matches!(status, "new" | "contacted" | "trial") { "lead" } else { "student" };
    let birth_year = 2005 + at % 12;
    let mut facts = vec![
        ("fullName", name),
        ("kind", kind.to_owned()),
        ("status", status.to_owned()),
        ("phone.1", format!("09{:08}", 10_000_000 + at * 37_813 % 89_999_999)),
        ("birthOn", format!("{:02}/{:02}/{birth_year}", 1 + at * 3 % 28, 1 + at * 5 % 12)),
        ("source", pick(&SOURCES, 1).to_owned()),
        ("level", pick(&LEVELS, 2).to_owned()),
        ("school", pick(&SCHOOLS, 3).to_owned()),
    ];
    if at.is_multiple_of(3) {
        facts.push(("email.1", format!("hocvien{at}@example.com")));
    }
    facts.extend(branch.map(|branch| ("branch", branch.to_string())));
    facts.extend(owner.map(|owner| ("owner", owner.to_string())));
    let facts = facts.into_iter().map(|(field, value)| Fact { field: field.to_owned(), value }).collect();
    let tags =
        if at.is_multiple_of(4) { vec![format!("Quan tâm {}", pick(&LEVELS, 2))] } else { Vec::new() };
    let mut edits = vec![Edit::Contact { id, edit: ContactEdit::Create { facts, tags } }];
    let days_ago = (at * 11 % 60) as i64;
    let note = InteractionEdit::Record {
        kind: if at.is_multiple_of(2) { "call" } else { "zalo" }.to_owned(),
        happened_at_ms: Some(AtMs(now.0 - days_ago * DAY_MS)),
        direction: Some("in".to_owned()),
        outcome: None,
        body: NOTES[at % NOTES.len()].to_owned(),
    };
    edits.push(Edit::Interaction { contact: id, id: InteractionId(workspace::fresh_id()), edit: note });
    if kind == "lead" && !at.is_multiple_of(5) {
        let task = NewTask {
            kind: "call".to_owned(),
            title: "Gọi lại".to_owned(),
            due_at_ms: Some(AtMs(now.0 + ((at * 13 % 12) as i64 - 4) * DAY_MS)),
            owner,
            repeat: None,
        };
        edits.push(Edit::Task { contact: id, id: TaskId(workspace::fresh_id()), edit: TaskEdit::Add(task) });
    }
    edits
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use zeroize::Zeroizing;

    use super::*;
    use crate::api::args::NoArgs;

    const PAGE_BYTES: usize = 4_096;

    fn open(folder: &Path) -> App {
        App::open(folder, Some(Zeroizing::new("sao mai xanh".to_owned()))).expect("the device opens")
    }

    fn files(folder: &Path) -> BTreeSet<String> {
        let all = std::fs::read_dir(folder).expect("readable").flatten();
        all.map(|file| file.file_name().into_string().expect("text")).collect()
    }

    /// The database and its log of writes, in stretches of a page: each is enciphered with salt of its own, so that
    /// two are alike only where one was kept.
    fn pages(folder: &Path) -> Vec<Vec<u8>> {
        ["quen.db", "quen.db-wal"]
            .into_iter()
            .filter_map(|name| std::fs::read(folder.join(name)).ok())
            .flat_map(|bytes| bytes.chunks(PAGE_BYTES).map(<[u8]>::to_vec).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn sample_centre_goes_with_one_call_and_leaves_a_fresh_device_and_nothing_in_its_folder() {
        let place = tempfile::tempdir().expect("a folder");
        let app = open(place.path());
        let fresh = files(place.path());
        let session = app.open_sample(NoArgs::default()).expect("opened");
        assert!(session.is_sample && session.stage == "ready");
        let before: BTreeSet<_> = pages(place.path()).into_iter().collect();
        let left = app.leave_sample(NoArgs::default()).expect("it goes away");
        assert_eq!((left.stage.as_str(), left.is_sample), ("fresh", false));
        assert_eq!(files(place.path()), fresh, "no file is left that was not there");
        let kept = pages(place.path()).iter().filter(|page| before.contains(*page)).count();
        assert_eq!(kept, 0, "no page of it is left");
        let count = |sql: &'static str| {
            app.read(|conn, _| {
                Ok::<_, crate::store::StoreError>(conn.query_row(sql, [], |row| row.get::<_, i64>(0))?)
            })
        };
        for sql in ["SELECT count(*) FROM change", "SELECT count(*) FROM contact", "SELECT count(*) FROM doc"]
        {
            assert_eq!(count(sql).expect("readable"), 0, "{sql}");
        }
        let refused = app.leave_sample(NoArgs::default()).expect_err("it went away");
        assert_eq!(refused.code, "not_sample");
        drop(app);
        let session = open(place.path()).session(NoArgs::default()).expect("a session");
        assert_eq!((session.stage.as_str(), session.is_sample), ("fresh", false), "nor after the next start");
    }

    #[test]
    fn centre_of_ones_own_is_not_taken_away() {
        let place = tempfile::tempdir().expect("a folder");
        let app = open(place.path());
        let centre = CreateArgs {
            centre: "Sao Mai".to_owned(),
            owner: "Trần Thị Mai".to_owned(),
            device_name: "Bàn 1".to_owned(),
            branches: vec!["Quận 1".to_owned()],
            relay_url: None,
        };
        app.create_centre(centre, false).expect("founded");
        assert_eq!(app.leave_sample(NoArgs::default()).expect_err("it is no sample").code, "not_sample");
        assert_eq!(app.session(NoArgs::default()).expect("a session").stage, "ready");
    }
}
