//! Fields that take one of some words.

use crdt::{Cause, Document, HybridTime, Put, Stamp};
use crm::{
    contact::{edit::ContactEdit, field::FieldError},
    engine::{EditError, RemoteBundle},
    id::{AtMs, ContactId},
};
use wire::ActorId;

use super::device::{Device, SHARED, contact_id, fact};

const WORDS: [&str; 3] = ["status", "kind", "gender"];

/// What a device with a newer version writes, which knows more words.
fn written_elsewhere(desk: &mut Device, id: ContactId, word: &str) {
    let changes = desk.engine.document(id.doc()).expect("the document loads").changes();
    let mut document = Document::from_changes(id.doc(), changes).expect("the changes fit");
    let puts = WORDS.map(|field| Put::new(format!("profile/{field}"), word));
    let stamp = Stamp {
        action: crdt::ActionId([9; 16]),
        time: HybridTime::from_ms(desk.now.unsigned_abs() + 1),
        staff: Default::default(),
        cause: Cause::PERSON,
    };
    document.edit(ActorId([9; 16]), stamp, &puts).expect("the document takes it");
    let bundle = RemoteBundle { doc: id.doc(), space: SHARED, changes: document.changes() };
    desk.engine.receive(vec![bundle], AtMs(desk.now), |_| Ok(())).expect("the merge is accepted");
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
