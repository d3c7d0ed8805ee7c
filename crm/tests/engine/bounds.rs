//! How much a person here may write at once, and how much somebody may hold.

use super::device::{Device, contact_id, fact};
use crdt::Put;
use crm::{
    bounds::{Excess, LABELS_MAX, POINTS_MAX, RELATIONS_MAX},
    comment::{edit::CommentEdit, model::Subject},
    contact::edit::ContactEdit,
    definition::edit::DefinitionEdit,
    edit::Edit,
    engine::EditError,
    filter::{Filter, ViewSpec},
    id::{AtMs, CommentId, DefinitionId, InteractionId, StaffId, TaskId},
    interaction::edit::InteractionEdit,
    task::edit::{NewTask, TaskEdit},
};

fn phone(slot: usize) -> ContactEdit {
    let value = Some(format!("09123{slot:05}"));
    ContactEdit::Set { field: format!("phone.{}", slot + 1), value }
}

fn tag(number: usize) -> ContactEdit {
    ContactEdit::AddTag { label: format!("Thẻ {number}") }
}

fn excess(result: Result<impl std::fmt::Debug, EditError>) -> Excess {
    match result {
        Err(EditError::Excess(excess)) => excess,
        other => panic!("it is refused as too much: {other:?}"),
    }
}

fn full(what: &'static str, max: usize) -> Excess {
    Excess::Full { what, max }
}

#[test]
fn a_person_holds_so_many_points_tags_and_links_and_no_more() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[], &[]);
    (0..POINTS_MAX).for_each(|slot| drop(desk.act_contact(id, phone(slot))));
    (0..LABELS_MAX).for_each(|number| drop(desk.act_contact(id, tag(number))));
    let relate = |number: usize| ContactEdit::Relate {
        kind: "sibling".to_owned(),
        other: contact_id(1_000 + number as u64),
    };
    (0..RELATIONS_MAX).for_each(|number| drop(desk.act_contact(id, relate(number))));
    for (edit, refused) in [
        (phone(POINTS_MAX), full("phone", POINTS_MAX)),
        (tag(LABELS_MAX), full("tags", LABELS_MAX)),
        (relate(RELATIONS_MAX), full("relation", RELATIONS_MAX)),
    ] {
        assert_eq!(excess(desk.try_contact(id, edit)), refused);
    }
    assert_eq!(desk.count("SELECT count(*) FROM contact_point"), POINTS_MAX as i64);
    // What is there may be changed, said again and taken away; then there is room for one.
    desk.act_contact(id, tag(0));
    desk.set(id, "phone.1", "0987654321");
    desk.act_contact(id, ContactEdit::Set { field: "phone.1".to_owned(), value: None });
    desk.act_contact(id, phone(POINTS_MAX));
    assert_eq!(excess(desk.try_contact(id, phone(0))), full("phone", POINTS_MAX));
}

#[test]
fn somebody_is_not_entered_with_more_than_fits() {
    let mut desk = Device::new(1);
    let tags = (0..=LABELS_MAX).map(|number| format!("Thẻ {number}")).collect();
    let create = ContactEdit::Create { facts: vec![fact("fullName", "Trần An")], tags };
    assert_eq!(excess(desk.try_contact(contact_id(1), create)), full("tags", LABELS_MAX));
    let points =
        (0..=POINTS_MAX).map(|slot| fact(&format!("email.{}", slot + 1), &format!("a{slot}@lop.vn")));
    let create = ContactEdit::Create { facts: points.collect(), tags: Vec::new() };
    assert_eq!(excess(desk.try_contact(contact_id(1), create)), full("email", POINTS_MAX));
    assert_eq!(desk.count("SELECT count(*) FROM contact"), 0);
}

#[test]
fn what_arrives_and_what_is_taken_back_has_no_bound() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[fact("phone.1", "0912345678")], &[]);
    let phones =
        (2..=POINTS_MAX + 5).map(|slot| Put::new(format!("point/phone.{slot}"), format!("+8491{slot:07}")));
    let long = "dài ".repeat(200);
    let more = [Put::new("profile/channel", long.as_str()), Put::new("profile/status", long.as_str())];
    desk.take_from_elsewhere(id, &phones.chain(more).collect::<Vec<_>>());
    assert_eq!(desk.count("SELECT count(*) FROM contact_point"), POINTS_MAX as i64 + 5);
    assert_eq!(desk.text(id, "status").as_deref(), Some(long.as_str()));
    // None more may be added here, and each may be changed or taken away.
    let added = ContactEdit::Set { field: "phone.99".to_owned(), value: Some("0912000099".to_owned()) };
    assert_eq!(excess(desk.try_contact(id, added)), full("phone", POINTS_MAX));
    desk.set(id, "phone.7", "0912000007");
    let clear = ContactEdit::Set { field: "phone.8".to_owned(), value: None };
    let cleared = desk.try_contact(id, clear).expect("it may go").0;
    let action = desk.action();
    let (done, _) = desk.engine.undo(cleared, action).expect("it comes back");
    assert_eq!((done.restored > 0, done.skipped), (true, 0));
    assert_eq!(desk.count("SELECT count(*) FROM contact_point"), POINTS_MAX as i64 + 5);
}

#[test]
fn evidence_choices_and_moments_of_edits_are_bounded() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let record = InteractionEdit::Record {
        kind: "call".to_owned(),
        happened_at_ms: Some(AtMs(i64::MAX)),
        direction: None,
        outcome: None,
        body: String::new(),
    };
    let task = TaskEdit::Add(NewTask {
        kind: "call".to_owned(),
        title: "Gọi".to_owned(),
        due_at_ms: Some(AtMs(i64::MIN)),
        owner: None,
        repeat: None,
    });
    let of_interaction = |edit| Edit::Interaction { contact, id: InteractionId([5; 16]), edit };
    let of_task = |edit| Edit::Task { contact, id: TaskId([5; 16]), edit };
    let define = |edit| Edit::Definition { id: DefinitionId([5; 16]), edit };
    let consent = Edit::Contact {
        id: contact,
        edit: ContactEdit::SetConsent {
            purpose: "care".to_owned(),
            channel: "any".to_owned(),
            is_granted: true,
            evidence: "x".repeat(2_001),
        },
    };
    let field = |choices| {
        let (label, kind) = ("Tên".to_owned(), "choice".to_owned());
        define(DefinitionEdit::Field { label, kind, choices })
    };
    for (edit, what) in [
        (of_interaction(record), "happenedAt"),
        (of_task(task), "due"),
        (consent, "evidence"),
        (field(vec!["x".repeat(201)]), "choices"),
        (field(vec![String::new(); 201]), "choices"),
    ] {
        assert_eq!(excess(desk.try_edit(edit.clone())).what(), what, "{edit:?}");
    }
}

#[test]
fn remarks_views_and_actions_are_bounded() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let mentions = vec![StaffId([3; 16]); 51];
    let write = CommentEdit::Write { body: "Nhớ gọi".to_owned(), mentions };
    let remark = Edit::Comment { contact, about: Subject::Person, id: CommentId([5; 16]), edit: write };
    assert_eq!(excess(desk.try_edit(remark)).what(), "mentions");

    let deep = (0..9).fold(Filter::default(), |of, _| Filter::Not { of: Box::new(of) });
    let wide = Filter::Any { of: vec![Filter::default(); 100] };
    for (filter, what) in [(deep, "filterDepth"), (wide, "rules")] {
        let view = ViewSpec { filter, ..ViewSpec::default() };
        let view =
            DefinitionEdit::View { name: "Của tôi".to_owned(), staff: None, is_pinned: false, view };
        let edit = Edit::Definition { id: DefinitionId([6; 16]), edit: view };
        assert_eq!(excess(desk.try_edit(edit)).what(), what);
    }

    // One change carries all of an action about one person, and must fit into one chunk.
    let notes = (0..30_u8).map(|number| Edit::Interaction {
        contact,
        id: InteractionId([number; 16]),
        edit: InteractionEdit::Record {
            kind: "note".to_owned(),
            happened_at_ms: None,
            direction: None,
            outcome: None,
            body: "d".repeat(20_000),
        },
    });
    let action = desk.action();
    let edits: Vec<_> = notes.collect();
    assert_eq!(excess(desk.engine.act(action, &edits)).what(), "bytes");
    assert_eq!(desk.count("SELECT count(*) FROM interaction"), 0);
    let action = desk.action();
    desk.engine.act(action, &edits[..20]).expect("in parts it fits");
}
