//! Fields that take one of some words.

use crdt::Put;
use crm::{
    contact::{edit::ContactEdit, field::FieldError},
    edit::Edit,
    engine::EditError,
    id::{AtMs, ContactId, InteractionId, TaskId},
    interaction::{
        edit::InteractionEdit,
        model::{InteractionRecord, KINDS, OUTCOMES},
    },
    task::edit::{NewTask, TaskEdit},
};

use super::device::{Device, contact_id, fact};

const WORDS: [&str; 3] = ["status", "kind", "gender"];

/// What a device with a newer version writes, which knows more words.
fn written_elsewhere(desk: &mut Device, id: ContactId, word: &str) {
    desk.take_from_elsewhere(id, &WORDS.map(|field| Put::new(format!("profile/{field}"), word)));
}

fn refused(result: Result<impl std::fmt::Debug, EditError>, field: &str) {
    let is_refused = matches!(&result,
        Err(EditError::Field { field: named, source: FieldError::NotAChoice }) if named == field);
    assert!(is_refused, "{field}: {result:?}");
}

#[test]
fn a_word_that_nobody_knows_is_refused_and_changes_nothing() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[fact("status", "trial"), fact("kind", "student")], &[]);
    for (at, field) in (1..).zip(WORDS) {
        let value = Some("alumni".to_owned());
        let set = ContactEdit::Set { field: field.to_owned(), value: value.clone() };
        refused(desk.try_contact(id, set), field);
        refused(desk.try_contact(id, ContactEdit::Resolve { field: field.to_owned(), value }), field);
        let facts = vec![fact("fullName", "Lê Bình"), fact(field, "alumni")];
        refused(desk.try_contact(contact_id(at), ContactEdit::Create { facts, tags: vec![] }), field);
    }
    assert_eq!(desk.text(id, "status").as_deref(), Some("trial"));
    assert_eq!(desk.text(id, "kind").as_deref(), Some("student"));
    assert_eq!(desk.count("SELECT count(*) FROM contact"), 1);
}

#[test]
fn a_word_of_a_newer_device_is_shown_as_it_is_and_can_be_kept() {
    let mut desk = Device::new(1);
    let id = desk.enter("Trần An", &[], &[]);
    written_elsewhere(&mut desk, id, "Alumni");
    for field in WORDS {
        assert_eq!(desk.text(id, field).as_deref(), Some("Alumni"), "{field}");
        let keep = ContactEdit::Resolve { field: field.to_owned(), value: Some("Alumni".to_owned()) };
        desk.try_contact(id, keep).expect("what stands can be kept");
        let other = ContactEdit::Set { field: field.to_owned(), value: Some("guest".to_owned()) };
        refused(desk.try_contact(id, other), field);
    }
    desk.set(id, "status", "lost");
    assert_eq!(desk.text(id, "status").as_deref(), Some("lost"));
}

fn record(kind: &str, outcome: Option<&str>) -> InteractionEdit {
    InteractionEdit::Record {
        kind: kind.to_owned(),
        happened_at_ms: None,
        direction: None,
        outcome: outcome.map(str::to_owned),
        body: "Đã nói chuyện".to_owned(),
    }
}

fn correct(outcome: &str) -> InteractionEdit {
    InteractionEdit::Correct { happened_at_ms: None, outcome: Some(outcome.to_owned()), body: None }
}

#[test]
fn what_happened_is_of_a_known_kind_and_ends_in_a_known_way() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let about = |edit| Edit::Interaction { contact, id: InteractionId([7; 16]), edit };
    refused(desk.try_edit(about(record("pigeon", None))), "kind");
    refused(desk.try_edit(about(record("call", Some("happy")))), "outcome");
    let task = NewTask {
        kind: "call".to_owned(),
        title: "Gọi".to_owned(),
        due_at_ms: None,
        owner: None,
        repeat: None,
    };
    let id: TaskId = desk.add_task(contact, task);
    let complete = |outcome: &str| TaskEdit::Complete {
        outcome: outcome.to_owned(),
        note: String::new(),
        interaction: InteractionId([8; 16]),
        next: None,
    };
    refused(desk.try_edit(Edit::Task { contact, id, edit: complete("happy") }), "outcome");
    assert_eq!(desk.count("SELECT count(*) FROM interaction"), 0);
    for kind in KINDS {
        desk.record(contact, record(kind, OUTCOMES.first().copied()));
    }
    let call = desk.record(contact, record("call", None));
    for outcome in OUTCOMES.iter().chain(&[""]) {
        let edit = Edit::Interaction { contact, id: call, edit: correct(outcome) };
        desk.try_edit(edit).expect("it ends in a known way, or nothing is said");
    }
    refused(desk.try_edit(Edit::Interaction { contact, id: call, edit: correct("happy") }), "outcome");
    desk.act_task(contact, id, complete("reached"));
}

#[test]
fn what_happened_elsewhere_is_shown_as_it_is_and_its_outcome_can_be_kept() {
    let mut desk = Device::new(1);
    let contact = desk.enter("Trần An", &[], &[]);
    let id = InteractionId([7; 16]);
    let written = InteractionRecord {
        kind: "videoCall".to_owned(),
        happened_at_ms: AtMs(desk.now),
        recorded_at_ms: AtMs(desk.now),
        staff: None,
        device: None,
        branch: None,
        direction: None,
        outcome: Some("enrolled".to_owned()),
        body: "Gặp qua mạng".to_owned(),
    };
    let text = serde_json::to_string(&written).expect("JSON");
    desk.take_from_elsewhere(contact, &[Put::new(format!("interaction/{id}"), text)]);
    let shown = |desk: &Device| -> (String, Option<String>) {
        let sql = "SELECT kind, outcome FROM interaction";
        desk.engine.conn().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("one is here")
    };
    assert_eq!(shown(&desk), ("videoCall".to_owned(), Some("enrolled".to_owned())));
    let about = |edit| Edit::Interaction { contact, id, edit };
    desk.try_edit(about(correct("enrolled"))).expect("what stands can be kept");
    refused(desk.try_edit(about(correct("happy"))), "outcome");
    desk.try_edit(about(correct("booked"))).expect("another that is known");
    assert_eq!(shown(&desk).1.as_deref(), Some("booked"));
}
