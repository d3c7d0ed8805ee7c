//! Taking actions back.

use crm::{
    api::args::BulkChange,
    bulk,
    contact::edit::ContactEdit,
    edit::Edit,
    engine::dump::canonical_dump,
    id::{ActionId, AtMs, InteractionId, TaskId},
    interaction::edit::InteractionEdit,
    task::edit::{NewTask, NextTask, TaskEdit},
};

use super::device::{Device, fact};

const THIRD: &str = "00000000000000000000000003";

fn undo(device: &mut Device, target: ActionId) -> crm::edit::UndoDone {
    let action = device.action();
    device.engine.undo(target, action).expect("undo is accepted").0
}

fn shown(device: &Device) -> Vec<String> {
    let lines = canonical_dump(device.engine.conn()).expect("readable");
    lines.into_iter().filter(|line| !line.starts_with("contact:")).collect()
}

#[test]
fn undo_puts_back_and_can_itself_be_undone() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lan", &[fact("phone.1", "0911111111")], &[]);
    let before = shown(&desk);
    let target = desk.set(id, "phone.1", "0922 222 222");
    let after = shown(&desk);
    let done = undo(&mut desk, target);
    assert_eq!((done.skipped, shown(&desk)), (0, before));
    undo(&mut desk, done.action.expect("the undo changed something"));
    assert_eq!(shown(&desk), after);
}

#[test]
fn undo_leaves_what_others_changed_since_and_says_so() {
    let mut desk = Device::new(1);
    let id = desk.enter("Lan", &[], &[]);
    let target = desk.set(id, "level", "A1");
    desk.set(id, "level", "A2");
    let done = undo(&mut desk, target);
    assert_eq!((done.restored, done.skipped), (0, 1));
    assert_eq!(desk.text(id, "level").as_deref(), Some("A2"));
}

#[test]
fn undo_of_a_choice_between_two_values_brings_back_the_one_that_was_shown() {
    for (is_first_later, shown) in [(true, "Lê Lợi"), (false, "Chu Văn An")] {
        let (mut ada, mut ben) = (Device::new(1), Device::new(2));
        let id = ada.enter("Lan", &[], &[]);
        ada.send(id, &mut ben);
        let later = if is_first_later { &mut ada } else { &mut ben };
        later.now += 60_000;
        ada.set(id, "school", "Lê Lợi");
        ben.set(id, "school", "Chu Văn An");
        ben.send(id, &mut ada);
        assert_eq!(ada.text(id, "school").as_deref(), Some(shown));
        let target = ada.set(id, "school", "Trưng Vương");
        undo(&mut ada, target);
        assert_eq!(ada.text(id, "school").as_deref(), Some(shown));
    }
}

/// The disagreements about a person.
fn disputes(device: &Device) -> i64 {
    device.count("SELECT count(*) FROM conflict")
}

#[test]
fn undo_of_an_edit_that_another_device_disputes_leaves_what_the_other_wrote() {
    let fields = [
        ("phone.1", "0911 111 111", "0922 222 222", "0933 333 333", "+84933333333"),
        ("email.1", "a@quen.vn", "b@quen.vn", "c@quen.vn", "c@quen.vn"),
        ("owner", "00000000000000000000000001", "00000000000000000000000002", THIRD, THIRD),
        ("status", "new", "trial", "lost", "lost"),
        ("birthOn", "2010-01-01", "2010-01-02", "2010-01-03", "2010-01-03"),
    ];
    for (field, first, own, rival, left) in fields {
        let (mut ada, mut ben) = (Device::new(1), Device::new(2));
        let id = ada.enter("Lan", &[fact(field, first)], &[]);
        ada.send(id, &mut ben);
        ada.now = ben.now + 60_000;
        ben.set(id, field, rival);
        let target = ada.set(id, field, own);
        ben.send(id, &mut ada);
        assert_eq!(disputes(&ada), 1, "{field}");
        let done = undo(&mut ada, target);
        ada.send(id, &mut ben);
        for device in [&mut ada, &mut ben] {
            let value = device.engine.document(id.doc()).expect("readable");
            let key = if field.contains('.') { format!("point/{field}") } else { format!("profile/{field}") };
            let register = value.register(&key).expect("it is written");
            assert_eq!(register.value.as_text(), Some(left), "{field}");
            assert_eq!(disputes(device), 0, "{field}");
        }
        assert_eq!(done.skipped, 0, "{field}");
        undo(&mut ada, done.action.expect("the undo changed something"));
        ada.send(id, &mut ben);
        assert_eq!((disputes(&ada), disputes(&ben)), (1, 1), "{field}: taken back no more, it waits again");
    }
}

/// What waits for a choice: the values, when, where and in whose name each was written.
fn waiting(device: &Device) -> Vec<String> {
    let conn = device.engine.conn();
    let mut statement = conn.prepare("SELECT versions FROM conflict ORDER BY field").expect("readable");
    let rows = statement.query_map([], |row| row.get(0)).expect("readable");
    rows.collect::<Result<_, _>>().expect("readable")
}

#[test]
fn choice_that_is_taken_back_waits_again_with_who_and_when() {
    let fields = [
        ("phone.1", "0911 111 111", "0922 222 222", "0933 333 333"),
        ("email.1", "a@quen.vn", "b@quen.vn", "c@quen.vn"),
        ("owner", "00000000000000000000000001", "00000000000000000000000002", THIRD),
        ("status", "new", "trial", "lost"),
        ("birthOn", "2010-01-01", "2010-01-02", "2010-01-03"),
    ];
    for (field, first, own, rival) in fields {
        for chosen in [own, rival, first] {
            let (mut ada, mut ben) = (Device::new(1), Device::new(2));
            let id = ada.enter("Lan", &[fact(field, first)], &[]);
            ada.send(id, &mut ben);
            ada.set(id, field, own);
            ben.set(id, field, rival);
            ben.send(id, &mut ada);
            let waited = waiting(&ada);
            assert_eq!(waited.len(), 1, "{field}");
            let choice = ContactEdit::Resolve { field: field.to_owned(), value: Some(chosen.to_owned()) };
            let choice = ada.try_contact(id, choice).expect("it is chosen").0;
            assert_eq!(disputes(&ada), 0, "{field}");
            let taken_back = undo(&mut ada, choice).action.expect("the undo changed something");
            ada.send(id, &mut ben);
            assert_eq!((waiting(&ada), waiting(&ben)), (waited.clone(), waited.clone()), "{field}: {chosen}");
            undo(&mut ada, taken_back);
            ada.send(id, &mut ben);
            assert_eq!((disputes(&ada), disputes(&ben)), (0, 0), "{field}: chosen after all");
        }
    }
}

#[test]
fn what_is_taken_back_while_it_waits_beside_the_value_shown_waits_no_more() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let id = ada.enter("Lan", &[fact("status", "new")], &[]);
    ada.send(id, &mut ben);
    ben.now = ada.now + 60_000;
    let target = ada.set(id, "status", "trial");
    ben.set(id, "status", "lost");
    ben.send(id, &mut ada);
    assert_eq!((ada.text(id, "status").as_deref(), disputes(&ada)), (Some("lost"), 1));
    assert_eq!(undo(&mut ada, target).skipped, 0);
    assert_eq!((ada.text(id, "status").as_deref(), disputes(&ada)), (Some("lost"), 0));
}

#[test]
fn undo_where_several_others_dispute_leaves_them_waiting_without_it() {
    let (mut ada, mut ben, mut chi) = (Device::new(1), Device::new(2), Device::new(3));
    let id = ada.enter("Lan", &[fact("status", "new")], &[]);
    ada.send(id, &mut ben);
    ada.send(id, &mut chi);
    ben.now = ada.now + 60_000;
    chi.now = ada.now + 30_000;
    ada.now += 90_000;
    ben.set(id, "status", "trial");
    chi.set(id, "status", "lost");
    let target = ada.set(id, "status", "active");
    ben.send(id, &mut ada);
    chi.send(id, &mut ada);
    undo(&mut ada, target);
    assert_eq!(ada.text(id, "status").as_deref(), Some("trial"));
    let waiting = waiting(&ada).remove(0);
    assert!(
        waiting.contains("trial") && waiting.contains("lost") && !waiting.contains("active"),
        "{waiting}"
    );
}

#[test]
fn undo_of_an_edit_that_another_cleared_meanwhile_leaves_it_cleared() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let id = ada.enter("Lan", &[fact("birthOn", "2010-01-01")], &[]);
    ada.send(id, &mut ben);
    ada.now = ben.now + 60_000;
    ben.act_contact(id, ContactEdit::Set { field: "birthOn".into(), value: None });
    let target = ada.set(id, "birthOn", "2010-01-02");
    ben.send(id, &mut ada);
    undo(&mut ada, target);
    assert_eq!((ada.text(id, "birth_on"), disputes(&ada)), (None, 0));
}

#[test]
fn undone_entering_puts_the_person_into_the_bin_unless_somebody_worked_with_it() {
    let mut desk = Device::new(1);
    let edit = ContactEdit::Create { facts: vec![fact("fullName", "Lan")], tags: vec![] };
    let id = super::contact_id(5);
    let (target, _) = desk.try_contact(id, edit).unwrap();
    let done = undo(&mut desk, target);
    assert_eq!(desk.count("SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL"), 0);
    assert_eq!(desk.count("SELECT count(*) FROM contact WHERE deleted_at_ms IS NOT NULL"), 1);
    undo(&mut desk, done.action.expect("the undo changed something"));
    assert_eq!(desk.count("SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL"), 1);

    let edit = ContactEdit::Create { facts: vec![fact("fullName", "Mai")], tags: vec![] };
    let id = super::contact_id(6);
    let (target, _) = desk.try_contact(id, edit).unwrap();
    desk.set(id, "level", "B1");
    let done = undo(&mut desk, target);
    assert_eq!((done.restored, done.skipped), (0, 1));
    assert_eq!(desk.text(id, "full_name").as_deref(), Some("Mai"));
}

#[test]
fn undone_entering_hides_nothing_that_another_desk_wrote_meanwhile() {
    let (mut desk, mut other) = (Device::new(1), Device::new(2));
    let edit = ContactEdit::Create { facts: vec![fact("fullName", "Lan")], tags: vec![] };
    let id = super::contact_id(7);
    let (target, _) = desk.try_contact(id, edit).unwrap();
    desk.send(id, &mut other);
    let call = InteractionEdit::Record {
        kind: "call".into(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: "Hỏi giá".into(),
    };
    other.record(id, call);
    undo(&mut desk, target);
    other.send(id, &mut desk);
    desk.send(id, &mut other);
    for device in [&mut desk, &mut other] {
        assert_eq!(device.count("SELECT count(*) FROM interaction"), 1);
        device.act_contact(id, ContactEdit::Restore);
        assert_eq!(device.text(id, "full_name").as_deref(), Some("Lan"));
    }
}

#[test]
fn walk_in_with_guardian_wish_and_meeting_is_one_action_and_one_undo() {
    let mut desk = Device::new(1);
    let (child, mother) = (super::contact_id(5), super::contact_id(6));
    let create = |name: &str, kind: &str| ContactEdit::Create {
        facts: vec![fact("fullName", name), fact("kind", kind)],
        tags: vec![],
    };
    let about = |id, edit| crm::edit::Edit::Contact { id, edit };
    let meeting = InteractionEdit::Record {
        kind: "meeting".into(),
        happened_at_ms: None,
        direction: Some("in".into()),
        outcome: None,
        body: "Hỏi lớp tối".into(),
    };
    let action = desk.action();
    let edits = [
        about(child, create("Lê Gia Hân", "lead")),
        about(child, ContactEdit::AddInterest { label: "IELTS".into(), kind: None }),
        about(mother, create("Trần Thị Mẹ", "guardian")),
        about(child, ContactEdit::Relate { kind: "guardian".into(), other: mother }),
        crm::edit::Edit::Interaction { contact: child, id: crm::id::InteractionId([9; 16]), edit: meeting },
    ];
    assert_eq!(desk.engine.act(action, &edits).unwrap().docs.len(), 2);
    let shown = "SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL";
    assert_eq!((desk.count(shown), desk.count("SELECT count(*) FROM relation")), (2, 1));
    undo(&mut desk, action.id);
    assert_eq!(desk.count(shown), 0);
}

/// What stands before an action stands again once it is taken back, whatever the action is.
#[test]
fn undo_of_bulk_merge_delete_and_completion_leaves_what_stood_before() {
    let mut desk = Device::new(1);
    let people: Vec<_> = ["An", "Bình", "Chi"]
        .iter()
        .map(|name| desk.enter(name, &[fact("phone.1", "0911111111")], &["VIP"]))
        .collect();
    let task = NewTask {
        kind: "call".into(),
        title: "Gọi lại".into(),
        due_at_ms: Some(AtMs(1_000)),
        owner: None,
        repeat: Some("weekly".into()),
    };
    let call = desk.add_task(people[0], task.clone());
    let next =
        NextTask { id: TaskId([8; 16]), task: NewTask { title: "Gửi học phí".into(), ..task.clone() } };
    let complete = TaskEdit::Complete {
        outcome: "interested".into(),
        note: "hẹn thứ bảy".into(),
        interaction: InteractionId([7; 16]),
        next: Some(next),
    };
    let bulk = |change: &BulkChange| bulk::edits(&people, change, std::iter::repeat_with(|| TaskId([9; 16])));
    let contact = |edit: ContactEdit| vec![Edit::Contact { id: people[0], edit }];
    let wishes = [
        bulk(&BulkChange::AddTag { label: "hè".into() }),
        bulk(&BulkChange::Set { field: "source".into(), value: Some("Facebook".into()) }),
        bulk(&BulkChange::AddTask { task }),
        bulk(&BulkChange::Delete),
        contact(ContactEdit::MergeWith { other: people[1] }),
        contact(ContactEdit::Delete),
        vec![Edit::Task { contact: people[0], id: call, edit: complete }],
    ];
    for edits in wishes {
        let (before, action) = (shown(&desk), desk.action());
        let people_shown = desk.count("SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL");
        desk.engine.act(action, &edits).expect("it is accepted");
        undo(&mut desk, action.id);
        assert_eq!(shown(&desk), before, "{edits:?}");
        assert_eq!(
            desk.count("SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL"),
            people_shown,
            "{edits:?}"
        );
    }
}

#[test]
fn repeated_task_that_is_opened_again_stands_once() {
    let mut desk = Device::new(1);
    let an = desk.enter("An", &[], &[]);
    let task = NewTask {
        kind: "call".into(),
        title: "Gọi lại".into(),
        due_at_ms: Some(AtMs(1_000)),
        owner: None,
        repeat: Some("weekly".into()),
    };
    let call = desk.add_task(an, task);
    let complete = |number| TaskEdit::Complete {
        outcome: "noAnswer".into(),
        note: String::new(),
        interaction: InteractionId([number; 16]),
        next: None,
    };
    let open = "SELECT count(*) FROM task WHERE done_at_ms IS NULL";
    desk.act_task(an, call, complete(1));
    desk.act_task(an, call, TaskEdit::Reopen);
    assert_eq!(desk.count(open), 1, "the next turn went when the task was opened again");
    desk.act_task(an, call, complete(2));
    assert_eq!(desk.count(open), 1, "and came with the second completion");
}

#[test]
fn repeated_task_that_two_devices_complete_apart_has_one_next_turn() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let an = ada.enter("An", &[], &[]);
    let task = NewTask {
        kind: "call".into(),
        title: "Gọi lại".into(),
        due_at_ms: Some(AtMs(1_000)),
        owner: None,
        repeat: Some("weekly".into()),
    };
    let call = ada.add_task(an, task);
    ada.send(an, &mut ben);
    for (device, number) in [(&mut ada, 1), (&mut ben, 2)] {
        let complete = TaskEdit::Complete {
            outcome: "noAnswer".into(),
            note: String::new(),
            interaction: InteractionId([number; 16]),
            next: None,
        };
        device.act_task(an, call, complete);
    }
    ada.send(an, &mut ben);
    ben.send(an, &mut ada);
    for device in [&ada, &ben] {
        assert_eq!(device.count("SELECT count(*) FROM task WHERE done_at_ms IS NULL"), 1);
        assert_eq!(device.count("SELECT count(*) FROM interaction"), 2, "both calls were made");
    }
}
