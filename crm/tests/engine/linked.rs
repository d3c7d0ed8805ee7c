//! Working with people who are several records: through the shown one, whatever record holds it.

use crm::{
    api::args::ContactArgs,
    contact::{self, edit::ContactEdit},
    edit::Edit,
    engine::dump::canonical_dump,
    id::{AtMs, ContactId, TagId},
    interaction::edit::InteractionEdit,
    read::ReadContext,
    task::edit::{NewTask, TaskEdit},
};

use super::device::{Device, fact};

/// Two records of one person, linked from the one that is not shown.
fn pair(desk: &mut Device, first: &[(&str, &str)], second: &[(&str, &str)]) -> (ContactId, ContactId) {
    let facts = |list: &[(&str, &str)]| list.iter().map(|(key, value)| fact(key, value)).collect::<Vec<_>>();
    let a = desk.enter("Nguyễn Văn An", &facts(first), &["VIP"]);
    let b = desk.enter("Nguyễn Văn An", &facts(second), &["VIP", "Hè"]);
    (a, b)
}

fn merge(desk: &mut Device, left: ContactId, right: ContactId) {
    desk.act_contact(left, ContactEdit::MergeWith { other: right });
}

fn texts(desk: &Device, sql: &str) -> Vec<String> {
    let mut statement = desk.engine.conn().prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

fn points(desk: &Device) -> Vec<String> {
    texts(desk, "SELECT value FROM contact_point ORDER BY 1")
}

fn key_of(desk: &Device, value: &str) -> String {
    texts(desk, &format!("SELECT field FROM contact_point WHERE value = '{value}'")).remove(0)
}

fn shown(desk: &Device) -> i64 {
    desk.count("SELECT count(*) FROM contact WHERE merged_into IS NULL")
}

fn rebuilt_is_the_same(desk: &mut Device) {
    let before = canonical_dump(desk.engine.conn()).expect("readable");
    desk.engine.rebuild(|_| ()).expect("rows are built again");
    assert_eq!(canonical_dump(desk.engine.conn()).expect("readable"), before);
}

#[test]
fn every_phone_and_email_of_every_record_is_shown() {
    let mut desk = Device::new(1);
    let (a, b) = pair(
        &mut desk,
        &[
            ("phone.1", "0911111111"),
            ("phone.2", "0911111112"),
            ("email.1", "a1@x.vn"),
            ("email.2", "a2@x.vn"),
        ],
        &[
            ("phone.1", "0911111113"),
            ("phone.2", "0911111114"),
            ("email.1", "b1@x.vn"),
            ("email.2", "b2@x.vn"),
        ],
    );
    let c = desk.enter("An", &[fact("phone.1", "0911111115"), fact("phone.2", "0911111111")], &[]);
    merge(&mut desk, b, a);
    merge(&mut desk, c, b);
    assert_eq!(points(&desk).len(), 9, "{:?}", points(&desk));
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn points_of_another_record_are_changed_where_they_stand() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[("phone.1", "0911111111")], &[("phone.1", "0922222222")]);
    merge(&mut desk, a, b);
    let key = key_of(&desk, "+84922222222");
    desk.set(a, &key, "0933333333");
    assert_eq!(points(&desk), ["+84911111111", "+84933333333"]);
    desk.set(a, &key, "0911111111");
    assert_eq!(points(&desk), ["+84911111111"]);
    desk.set(a, "phone.1", "");
    assert_eq!(points(&desk), [""; 0], "both said it");
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn what_is_cleared_or_taken_off_does_not_show_through() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[("school", "Lê Lợi")], &[("school", "Chu Văn An")]);
    merge(&mut desk, a, b);
    desk.set(a, "school", "");
    assert_eq!(desk.text(a, "school"), None);
    for label in ["VIP", "Hè"] {
        desk.act_contact(a, ContactEdit::RemoveTag { tag: TagId::of_name(label) });
    }
    assert_eq!(desk.count("SELECT count(*) FROM contact_tag"), 0);
    let child = desk.enter("Bé", &[], &[]);
    let guardian = || "guardian".to_owned();
    desk.act_contact(b, ContactEdit::Relate { kind: guardian(), other: child });
    assert_eq!(desk.count("SELECT count(*) FROM relation"), 1);
    desk.act_contact(a, ContactEdit::Unrelate { kind: guardian(), other: child });
    assert_eq!(desk.count("SELECT count(*) FROM relation"), 0);
}

#[test]
fn tasks_and_interactions_of_another_record_are_worked_with() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[], &[]);
    let new =
        NewTask { kind: "call".into(), title: "Gọi".into(), due_at_ms: None, owner: None, repeat: None };
    let task = desk.add_task(b, new);
    let record = InteractionEdit::Record {
        kind: "call".into(),
        happened_at_ms: None,
        direction: None,
        outcome: None,
        body: "Hỏi giá".into(),
    };
    let call = desk.record(b, record);
    merge(&mut desk, b, a);
    let done = crm::id::InteractionId([9; 16]);
    let complete =
        TaskEdit::Complete { outcome: "reached".into(), note: "Xong".into(), interaction: done, next: None };
    desk.act_task(a, task, complete);
    for edit in [InteractionEdit::Pin { is_pinned: true }, InteractionEdit::Delete] {
        desk.try_edit(Edit::Interaction { contact: a, id: call, edit }).unwrap();
    }
    let pin = InteractionEdit::Pin { is_pinned: true };
    desk.try_edit(Edit::Interaction { contact: a, id: done, edit: pin }).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM task WHERE done_at_ms IS NOT NULL"), 1);
    assert_eq!(desk.count("SELECT count(*) FROM interaction WHERE is_pinned"), 1);
    assert_eq!(desk.count("SELECT count(*) FROM interaction"), 1, "the deleted one is gone");
    desk.act_task(a, task, TaskEdit::Delete);
    assert_eq!(desk.count("SELECT count(*) FROM task"), 0);
}

#[test]
fn disagreement_about_another_record_is_decided_on_the_shown_page() {
    let (mut ada, mut ben) = (Device::new(1), Device::new(2));
    let (a, b) = pair(&mut ada, &[("phone.1", "0911111111")], &[("phone.1", "0922222222")]);
    ada.send(b, &mut ben);
    for (device, phone, status) in [(&mut ada, "0933333333", "trial"), (&mut ben, "0944444444", "lost")] {
        device.set(b, "phone.1", phone);
        device.set(b, "status", status);
    }
    ben.send(b, &mut ada);
    merge(&mut ada, a, b);
    let fields = texts(&ada, "SELECT DISTINCT field FROM conflict");
    assert_eq!(fields.len(), 2);
    for field in fields {
        let value = if field == "status" { "lost" } else { "0933333333" };
        ada.act_contact(a, ContactEdit::Resolve { field, value: Some(value.into()) });
    }
    assert_eq!(ada.count("SELECT count(*) FROM conflict"), 0);
    assert_eq!(ada.text(a, "status").as_deref(), Some("lost"));
    assert_eq!(points(&ada), ["+84911111111", "+84933333333"]);
}

#[test]
fn records_come_apart_from_the_shown_page_however_they_were_linked() {
    for is_turned in [false, true] {
        let mut desk = Device::new(1);
        let (a, b) = pair(&mut desk, &[], &[]);
        let (left, right) = if is_turned { (b, a) } else { (a, b) };
        merge(&mut desk, left, right);
        assert_eq!(shown(&desk), 1);
        desk.act_contact(a, ContactEdit::Unmerge { other: b });
        assert_eq!(shown(&desk), 2);
    }
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[], &[]);
    let c = desk.enter("An", &[], &[]);
    merge(&mut desk, c, b);
    merge(&mut desk, b, a);
    assert_eq!(shown(&desk), 1);
    desk.act_contact(a, ContactEdit::Unmerge { other: b });
    assert_eq!(shown(&desk), 2, "the third record stays with the shown one");
    assert_eq!(desk.count("SELECT count(*) FROM contact WHERE merged_into IS NOT NULL"), 1);
    desk.act_contact(a, ContactEdit::Unmerge { other: c });
    assert_eq!(shown(&desk), 3);
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn plain_field_set_under_a_hidden_record_is_shown() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[("level", "A1")], &[("level", "B2")]);
    merge(&mut desk, b, a);
    let hidden = a.max(b);
    desk.set(hidden, "level", "C1");
    assert_eq!(texts(&desk, "SELECT level FROM contact WHERE merged_into IS NULL"), ["C1"]);
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn person_of_several_records_goes_into_the_bin_and_comes_back_whole() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[], &[]);
    merge(&mut desk, b, a);
    let alive = "SELECT count(*) FROM contact WHERE deleted_at_ms IS NULL AND merged_into IS NULL";
    desk.act_contact(a.min(b), ContactEdit::Delete);
    desk.act_contact(a.min(b), ContactEdit::Unmerge { other: a.max(b) });
    assert_eq!(desk.count(alive), 0, "neither record rises from the bin by itself");
    merge(&mut desk, b, a);
    desk.act_contact(a.max(b), ContactEdit::Restore);
    assert_eq!(desk.count(alive), 1);
    rebuilt_is_the_same(&mut desk);
}

#[test]
fn links_to_a_hidden_record_stand_on_the_page() {
    let mut desk = Device::new(1);
    let (a, b) = pair(&mut desk, &[], &[]);
    let child = desk.enter("Nguyễn Thị Bé", &[], &[]);
    desk.act_contact(child, ContactEdit::Relate { kind: "guardian".into(), other: a.max(b) });
    merge(&mut desk, b, a);
    let context = ReadContext { now: AtMs(desk.now), utc_offset_minutes: 420, staff: None, kept: None };
    let page = contact::query::get(desk.engine.conn(), &context, ContactArgs { id: a }).unwrap();
    let links: Vec<_> = page.relations.iter().map(|link| (link.kind.as_str(), link.contact.id)).collect();
    assert_eq!(links, [("child", child)]);
}
