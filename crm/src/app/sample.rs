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
