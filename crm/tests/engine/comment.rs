//! Remarks of colleagues about people, interactions and tasks.

use crm::{
    api::args::{ContactArgs, TimelineArgs, TodayArgs},
    comment::{edit::CommentEdit, model::Subject},
    contact::{
        self,
        edit::ContactEdit,
        view::{ContactPage, TimelineEntry},
    },
    edit::Edit,
    engine::{EditError, dump::canonical_dump},
    id::{AtMs, CommentId, ContactId, InteractionId, StaffId, TaskId},
    interaction::edit::InteractionEdit,
    read::ReadContext,
    task::{
        self,
        edit::{NewTask, TaskEdit},
    },
};

use super::device::{Device, fact};

const BAO: StaffId = StaffId([2; 16]);

fn call_task() -> NewTask {
    NewTask { kind: "call".into(), title: "Gọi lại".into(), due_at_ms: None, owner: None, repeat: None }
}

fn note() -> InteractionEdit {
    InteractionEdit::Record {
        kind: "note".into(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: "Hỏi giá".into(),
    }
}

fn context(desk: &Device) -> ReadContext {
    ReadContext {
        now: AtMs(desk.now),
        utc_offset_minutes: 420,
        staff: desk.engine.author().staff,
        kept: None,
    }
}

fn timeline(desk: &Device, id: ContactId) -> Vec<TimelineEntry> {
    let args = TimelineArgs { id, kinds: vec![], staff: None, branch: None, offset: 0, limit: 50 };
    contact::timeline::timeline(desk.engine.conn(), &context(desk), args).expect("a timeline").entries
}

fn page(desk: &Device, id: ContactId) -> ContactPage {
    contact::query::get(desk.engine.conn(), &context(desk), ContactArgs { id }).expect("a page")
}

/// What today's screen says calls who sits here: the words and what they are about.
fn mentions(desk: &Device) -> Vec<(String, Subject, Option<String>)> {
    let today = task::query::today(desk.engine.conn(), &context(desk), TodayArgs::default()).expect("today");
    today.mentions.into_iter().map(|mention| (mention.body, mention.about, mention.task)).collect()
}

fn rebuilt_is_the_same(desk: &mut Device) {
    let before = canonical_dump(desk.engine.conn()).expect("readable");
    desk.engine.rebuild(|_| ()).expect("rows are built again");
    assert_eq!(canonical_dump(desk.engine.conn()).expect("readable"), before);
}

#[test]
fn remarks_about_a_person_a_task_and_an_interaction_call_a_colleague_on_another_desk() {
    let (mut ha, mut bao) = (Device::new(1), Device::new(2));
    let an = ha.enter("An", &[], &[]);
    let (call, done) = (ha.add_task(an, call_task()), ha.record(an, note()));
    for (number, about) in [(1, Subject::Person), (2, Subject::Interaction(done)), (3, Subject::Task(call))] {
        ha.comment(an, about, number, &format!("@Bảo {number}"), &[BAO]);
    }
    ha.send(an, &mut bao);
    assert_eq!(
        mentions(&bao),
        [
            ("@Bảo 3".to_owned(), Subject::Task(call), Some("Gọi lại".to_owned())),
            ("@Bảo 2".to_owned(), Subject::Interaction(done), None),
            ("@Bảo 1".to_owned(), Subject::Person, None),
        ]
    );
    assert_eq!(mentions(&ha), []);
    let found = page(&bao, an);
    assert_eq!(found.task_comments[&call][0].body, "@Bảo 3");
    assert_eq!((found.tasks[0].comment_count, found.timeline_counts["comment"]), (1, 1));
    let entries = timeline(&bao, an);
    let of = |kind: &str| entries.iter().find(|entry| entry.kind == kind).expect("an entry");
    assert_eq!((of("comment").body.as_str(), of("comment").comment), ("@Bảo 1", Some(CommentId([1; 16]))));
    assert_eq!(of("note").comments[0].body, "@Bảo 2");
    rebuilt_is_the_same(&mut bao);
}

#[test]
fn remark_written_at_the_shown_page_stands_in_the_record_that_holds_its_subject() {
    let mut desk = Device::new(1);
    let a = desk.enter("An", &[fact("phone.1", "0911111111")], &[]);
    let b = desk.enter("An", &[fact("phone.1", "0911111111")], &[]);
    let (shown, hidden) = (a.min(b), a.max(b));
    let (call, done) = (desk.add_task(hidden, call_task()), desk.record(hidden, note()));
    desk.act_contact(hidden, ContactEdit::MergeWith { other: shown });
    desk.comment(shown, Subject::Task(call), 1, "Việc", &[]);
    desk.comment(shown, Subject::Interaction(done), 2, "Ghi chú", &[]);
    desk.comment(shown, Subject::Person, 3, "Người", &[]);
    desk.comment(hidden, Subject::Person, 4, "Hồ sơ kia", &[]);
    assert_eq!(desk.count("SELECT count(*) FROM comment"), 4);
    assert_eq!(page(&desk, shown).task_comments[&call].len(), 1);
    // A remark of the hidden record is taken away through the page that shows it.
    let away = Edit::Comment {
        contact: shown,
        about: Subject::Person,
        id: CommentId([4; 16]),
        edit: CommentEdit::Delete,
    };
    desk.try_edit(away).expect("the remark is taken away");
    rebuilt_is_the_same(&mut desk);
    desk.act_contact(shown, ContactEdit::Unmerge { other: hidden });
    let held = |desk: &Device, id: ContactId| {
        let sql = format!(
            "SELECT count(*) FROM comment JOIN contact ON no = contact WHERE contact.id = x'{}'",
            data_encoding::HEXLOWER.encode(&id.0)
        );
        desk.count(&sql)
    };
    assert_eq!((held(&desk, shown), held(&desk, hidden)), (1, 2), "each record keeps what is its own");
}

#[test]
fn remark_is_undone_and_a_removed_one_stays_in_the_history() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let call = desk.add_task(an, call_task());
    let written = desk.comment(an, Subject::Task(call), 1, "Nhầm", &[BAO]);
    let undo = desk.action();
    let (done, _) = desk.engine.undo(written, undo).expect("the remark is undone");
    assert_eq!((done.restored, done.skipped), (1, 0));
    assert_eq!(desk.count("SELECT count(*) FROM comment") + desk.count("SELECT count(*) FROM mention"), 0);
    let about = Subject::Person;
    desk.comment(an, about, 2, "Mẹ đi công tác", &[]);
    let id = CommentId([2; 16]);
    let (removed, _) =
        desk.try_edit(Edit::Comment { contact: an, about, id, edit: CommentEdit::Delete }).expect("removed");
    let lost = timeline(&desk, an)
        .into_iter()
        .flat_map(|entry| entry.changes)
        .any(|change| change.field == "comment" && change.before == ["Mẹ đi công tác"]);
    assert!(lost, "its words are still to be read");
    let again = desk.action();
    desk.engine.undo(removed, again).expect("it comes back");
    assert_eq!(desk.count("SELECT count(*) FROM comment"), 1);
    desk.act_task(an, call, TaskEdit::Delete);
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn remark_about_nothing_known_is_refused() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let mut write = |about| {
        let edit = CommentEdit::Write { body: "Gì".into(), mentions: vec![] };
        desk.try_edit(Edit::Comment { contact: an, about, id: CommentId([1; 16]), edit })
    };
    assert!(matches!(write(Subject::Task(TaskId([9; 16]))), Err(EditError::UnknownTask { .. })));
    let missing = write(Subject::Interaction(InteractionId([9; 16])));
    assert!(matches!(missing, Err(EditError::UnknownInteraction { .. })));
}
